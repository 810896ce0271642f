namespace Kera.Flows;

/// <content>Late events and corrections: the histories they touch are folded again from their time on, in order, with the candidate in its place.</content>
public sealed partial class LedgerBook
{
    private Refusal? Correct(ref EconomicEvent candidate)
    {
        var position = candidate.Corrects!.Value;
        var original = EventAt(position);
        if (original is null)
        {
            return new WrongCorrection("corrects", $"There is no event {position}.");
        }

        // The histories that are loaded below must hold this very one, so that a later event of the transaction sees it corrected.
        _recorded.TryAdd(position, original);
        var e = original.Event;
        if (e.Corrects is { } first)
        {
            return new WrongCorrection("corrects", $"Event {position} is itself a correction; correct event {first} instead.");
        }

        Refusal? refusal = CheckSame(candidate, e);
        refusal ??= CheckDelta(candidate, e);
        refusal ??= EventForm.Convert(ref candidate, e.Specification);
        if (refusal is not null)
        {
            return refusal;
        }

        var (quantityDelta, effortDelta) = (candidate.ResourceQuantity ?? Quantity.Zero, candidate.EffortQuantity ?? Quantity.Zero);
        if (quantityDelta == Quantity.Zero && effortDelta == Quantity.Zero)
        {
            return new WrongCorrection("resourceQuantity", "A correction of zero says nothing. Give the difference between the right number and the recorded one.");
        }

        if ((Int128)original.Quantity.Millionths + quantityDelta.Millionths is var quantity && quantity < 0)
        {
            return new CorrectedBelowZero(position, "resourceQuantity", original.Quantity, e.Specification!.Unit.Code);
        }

        if ((Int128)original.Effort.Millionths + effortDelta.Millionths is var effort && effort < 0)
        {
            return new CorrectedBelowZero(position, "effortQuantity", original.Effort, candidate.EffortUnit!.Code);
        }

        if (quantity > EventForm.Largest.Millionths || effort > EventForm.Largest.Millionths)
        {
            return new BeyondOneEvent(quantity > EventForm.Largest.Millionths ? "resourceQuantity" : "effortQuantity");
        }

        var corrected = new RecordedEvent(e, new Quantity((long)quantity), new Quantity((long)effort), corrected: true);
        refusal = CheckLinked(e, corrected.Quantity, corrected.Effort) ?? ApplyCorrection(original, corrected, quantityDelta);
        if (refusal is not null)
        {
            return refusal;
        }

        var (quantityBefore, effortBefore, correctedBefore) = (original.Quantity, original.Effort, original.Corrected);
        (original.Quantity, original.Effort, original.Corrected) = (corrected.Quantity, corrected.Effort, true);
        _undo?.Add(() => (original.Quantity, original.Effort, original.Corrected) = (quantityBefore, effortBefore, correctedBefore));

        candidate = e with
        {
            Position = NextPosition,
            Corrects = position,
            ResourceQuantity = candidate.ResourceQuantity,
            EffortQuantity = candidate.EffortQuantity,
            EffortUnit = candidate.EffortUnit,
            HasReason = candidate.HasReason,
            Created = candidate.Created,
            Fulfills = [],
        };
        Record(new RecordedEvent(candidate, quantityDelta, effortDelta, corrected: false));
        return null;
    }

    private static WrongCorrection? CheckSame(EconomicEvent given, EconomicEvent original)
    {
        var differs =
            given.Action != original.Action ? "action"
            : given.Provider != original.Provider ? "provider"
            : given.Receiver != original.Receiver ? "receiver"
            : given.InputOf is not null && given.InputOf != original.InputOf ? "inputOf"
            : given.OutputOf is not null && given.OutputOf != original.OutputOf ? "outputOf"
            : given.Resource is not null && given.Resource != original.Resource ? "resourceInventoriedAs"
            : given.ToResource is not null && given.ToResource != original.ToResource ? "toResourceInventoriedAs"
            : given.ConformsTo is not null && given.ConformsTo != original.Specification ? "resourceConformsTo"
            : given.PointInTime is not null && given.PointInTime != original.PointInTime ? "hasPointInTime"
            : given.Beginning is not null && given.Beginning != original.Beginning ? "hasBeginning"
            : given.End is not null && given.End != original.End ? "hasEnd"
            : given.ToLocation is not null && given.ToLocation != original.ToLocation ? "toLocation"
            : given.State is not null && given.State != original.State ? "state"
            : given.RealizationOf is not null && given.RealizationOf != original.RealizationOf ? "realizationOf"
            : given.Fulfills.Count > 0 && !given.Fulfills.SequenceEqual(original.Fulfills) ? "fulfills"
            : null;
        return differs is null ? null : new WrongCorrection(differs, $"A correction changes the amount only; '{differs}' is the original's. To change it, correct the event to zero and record another.");
    }

    private static UnexpectedQuantity? CheckDelta(EconomicEvent given, EconomicEvent original) =>
        given.ResourceQuantity is not null && original.ResourceQuantity is null ? new("resourceQuantity", "correction of an event without one")
        : given.EffortQuantity is not null && original.EffortQuantity is null ? new("effortQuantity", "correction of an event without one")
        : null;

    private Refusal? ApplyCorrection(RecordedEvent original, RecordedEvent corrected, Quantity delta)
    {
        var e = original.Event;
        if ((e.Resource ?? e.ToResource) is not { } resource)
        {
            return null;
        }

        if (!resource.Throughput)
        {
            return Refold(corrected, candidateIsNew: false);
        }

        var book = Book(resource);
        var (accounting, onhand) = ResourceRules.Deltas(e, delta, e.Resource is null);
        var sum = (Int128)book.State.Accounting.Millionths + accounting.Millionths;
        if (Int128.Abs(sum) > long.MaxValue)
        {
            return new TooMuch(resource.Key);
        }

        var before = book.State;
        book.State = before with { Accounting = before.Accounting + accounting, Onhand = before.Onhand + onhand };
        _changed.Add(book);
        _undo?.Add(() => book.State = before);
        return null;
    }

    /// <summary>Whether the container of a combine, or anything around it, has an event after this one.</summary>
    private bool ContainerIsLate(EconomicEvent e)
    {
        if (e.Action.Contained != AttributeEffect.Update)
        {
            return false;
        }

        for (var container = e.ToResource; container is not null && container != e.Resource; container = Book(container).State.Container)
        {
            if (Book(container).LastEffectTime > e.EffectTime)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Folds the histories of the candidate's resources from the candidate's time on with the candidate in its place, and of
    /// every further resource to which a changed attribute is handed on; keeps the outcome only if no event breaks a rule.
    /// </summary>
    private Refusal? Refold(RecordedEvent candidate, bool candidateIsNew)
    {
        var e = candidate.Event;
        var affected = new Dictionary<int, Fold>();
        Include(e.Resource);
        Include(e.ToResource);
        if (e.Action.Contained != AttributeEffect.NotApplicable)
        {
            IncludeContents(e.Resource!);
        }

        while (true)
        {
            var (refusal, reached) = FoldOnce(affected, candidate, candidateIsNew);
            if (refusal is not null)
            {
                return refusal;
            }

            if (reached is null)
            {
                break;
            }

            Include(reached);
        }

        foreach (var fold in affected.Values)
        {
            Keep(fold, candidateIsNew ? candidate : null);
        }

        return null;

        void Include(EconomicResource? resource)
        {
            if (resource is not null)
            {
                affected.TryAdd(resource.Id, BeginFold(resource, e.EffectTime));
            }
        }

        // Where containment changes, whatever was ever put in, or into that, may now lie inside itself: it is judged again.
        void IncludeContents(EconomicResource container)
        {
            foreach (var put in History(Book(container), long.MinValue))
            {
                if (put.Event.Action.Contained == AttributeEffect.Update && put.Event.ToResource == container && !affected.ContainsKey(put.Event.Resource!.Id))
                {
                    Include(put.Event.Resource);
                    IncludeContents(put.Event.Resource);
                }
            }
        }
    }

    private (Refusal? Refusal, EconomicResource? Reached) FoldOnce(Dictionary<int, Fold> affected, RecordedEvent candidate, bool candidateIsNew)
    {
        foreach (var fold in affected.Values)
        {
            fold.Begin();
        }

        var nowhere = default(ResourceState);
        foreach (var recorded in InOrder(affected.Values, candidate, candidateIsNew))
        {
            if (recorded.Void)
            {
                continue;
            }

            var e = recorded.Event;
            var from = e.Resource is null ? null : affected.GetValueOrDefault(e.Resource.Id);
            var to = e.ToResource is null ? null : affected.GetValueOrDefault(e.ToResource.Id);
            var fromState = from?.State ?? (e.Resource is null ? nowhere : Before(e.Resource, e));
            var toState = to?.State ?? nowhere;
            if (from is not null && to is null && e.ToResource is not null && e.Action.Contained != AttributeEffect.Update && HandsOnOther(fromState, Before(e.Resource!, e)))
            {
                return (null, e.ToResource);
            }

            var refusal = ResourceRules.Apply(
                e, recorded.Quantity, ref fromState, from is not null, ref toState, to is not null,
                resource => affected.TryGetValue(resource.Id, out var fold) ? fold.State.Container : Before(resource, e).Container);
            if (refusal is not null)
            {
                return (e.Position == candidate.Event.Position ? refusal : new LaterEventImpossible(e.Position, refusal), null);
            }

            from?.Take(e, fromState);
            to?.Take(e, toState);
        }

        return (null, null);
    }

    /// <summary>Whether what a resource hands to a to-resource is not what it handed before.</summary>
    private static bool HandsOnOther(in ResourceState now, in ResourceState before) =>
        now.Accountable != before.Accountable || now.Custodian != before.Custodian || now.Location != before.Location || now.Stage != before.Stage;

    /// <summary>The attributes of a resource outside the fold, just before an event.</summary>
    private ResourceState Before(EconomicResource resource, EconomicEvent e) => ResourceBook.Before(Versions(Book(resource)), e.EffectTime, e.Position);

    private static List<RecordedEvent> InOrder(IEnumerable<Fold> folds, RecordedEvent candidate, bool candidateIsNew)
    {
        var position = candidate.Event.Position;
        var events = folds.SelectMany(fold => fold.Later).DistinctBy(recorded => recorded.Event.Position).Where(recorded => recorded.Event.Position != position).ToList();
        events.Add(candidate);
        events.Sort(static (left, right) =>
        {
            var byTime = left.Event.EffectTime.CompareTo(right.Event.EffectTime);
            return byTime != 0 ? byTime : left.Event.Position.CompareTo(right.Event.Position);
        });
        return events;
    }

    private void Keep(Fold fold, RecordedEvent? added)
    {
        var book = fold.Book;
        var (state, last, versions, addedVersions, rewritten) = (book.State, book.LastEffectTime, book.Versions, book.Added, book.Rewritten);
        var touched = added is not null && (added.Event.Resource == book.Resource || added.Event.ToResource == book.Resource);
        book.State = fold.State;
        book.Versions = fold.Versions;
        book.Rewritten = true;
        book.Added = [];
        if (touched)
        {
            book.LastEffectTime = Math.Max(last, added!.Event.EffectTime);
            book.History!.Insert(ResourceBook.After(book.History, added.Event.EffectTime, added.Event.Position), added);
        }

        _changed.Add(book);
        _undo?.Add(() =>
        {
            (book.State, book.LastEffectTime, book.Versions, book.Added, book.Rewritten) = (state, last, versions, addedVersions, rewritten);
            if (touched)
            {
                book.History!.Remove(added!);
            }
        });
    }

    /// <summary>The events of a resource from an effect time on, in order, or more of them.</summary>
    private List<RecordedEvent> History(ResourceBook book, long from)
    {
        if (book.History is null || book.HistoryFrom > from)
        {
            var history = new Dictionary<long, RecordedEvent>();
            foreach (var stored in _memory.History(book.Resource, from))
            {
                history[stored.Event.Position] = stored;
            }

            foreach (var (position, recent) in _recorded)
            {
                var e = recent.Event;
                if (e.Corrects is null && e.EffectTime >= from && (e.Resource == book.Resource || e.ToResource == book.Resource))
                {
                    history[position] = recent;
                }
            }

            book.History = [.. history.Values.OrderBy(recorded => recorded.Event.EffectTime).ThenBy(recorded => recorded.Event.Position)];
            book.HistoryFrom = from;
            foreach (var recorded in book.History)
            {
                _recorded.TryAdd(recorded.Event.Position, recorded);
            }
        }

        return book.History;
    }

    /// <summary>The resource as it was just before an effect time, and what happened to it from then on.</summary>
    private Fold BeginFold(EconomicResource resource, long from)
    {
        var book = Book(resource);
        var history = History(book, from);
        var later = history[ResourceBook.After(history, from - 1, long.MaxValue)..];
        var earlier = Versions(book).TakeWhile(version => version.EffectTime < from).ToList();
        var state = earlier.Count == 0 ? default : earlier[^1].Attributes;
        (state.Accounting, state.Onhand) = (book.State.Accounting, book.State.Onhand);
        // Backwards, so that every step is a state that was.
        for (var index = later.Count - 1; index >= 0; index--)
        {
            if (!later[index].Void)
            {
                var (accounting, onhand) = ResourceRules.Deltas(later[index].Event, later[index].Quantity, later[index].Event.Resource != resource);
                state.Accounting -= accounting;
                state.Onhand -= onhand;
            }
        }

        return new Fold(book, state, earlier, later);
    }

    private List<ResourceVersion> Versions(ResourceBook book) => book.Versions ??= [.. _memory.Versions(book.Resource), .. book.Added];

    /// <summary>A resource's state while its history is folded from an effect time on.</summary>
    private sealed class Fold(ResourceBook book, ResourceState before, List<ResourceVersion> earlier, List<RecordedEvent> later)
    {
        public ResourceBook Book { get; } = book;

        /// <summary>Its events from that time on, as they were recorded.</summary>
        public List<RecordedEvent> Later { get; } = later;

        public ResourceState State { get; private set; }

        public List<ResourceVersion> Versions { get; private set; } = [];

        public void Begin()
        {
            State = before;
            Versions = [.. earlier];
        }

        public void Take(EconomicEvent e, in ResourceState state)
        {
            if (!state.HasAttributesOf(State))
            {
                Versions.Add(new ResourceVersion(e.EffectTime, e.Position, state.WithoutQuantities()));
            }

            State = state;
        }
    }
}
