namespace Kera.Flows;

/// <summary>The answer to a transaction: its events as recorded, or the first refusal.</summary>
/// <param name="Events">The events, normalised and with their positions; empty where refused.</param>
/// <param name="Refusal">Why it was refused; null where accepted.</param>
/// <param name="RefusedIndex">Which event of the transaction was refused; -1 where accepted.</param>
public sealed record AppendResult(IReadOnlyList<EconomicEvent> Events, Refusal? Refusal, int RefusedIndex)
{
    /// <summary>Whether every event was accepted.</summary>
    public bool Accepted => Refusal is null;
}

/// <summary>
/// The ledger's judge: takes transactions, applies the rules of docs/concepts/ledger-rules.md, and knows the state of every
/// resource. Not safe for several threads. An event in the order of time costs constant time; a late one, or a correction,
/// time in the number of later events of the resources it touches.
/// </summary>
public sealed partial class LedgerBook
{
    private readonly ILedgerMemory _memory;
    private readonly bool _holdsEverything;
    private readonly Dictionary<int, ResourceBook> _resources = [];
    private readonly Dictionary<long, RecordedEvent> _recorded = [];
    private readonly Dictionary<int, Quantity> _fulfilled = [];
    private readonly HashSet<int> _finished = [];
    private readonly HashSet<ResourceBook> _changed = [];
    private List<Action>? _undo;

    private LedgerBook(ILedgerMemory memory, bool holdsEverything)
    {
        _memory = memory;
        _holdsEverything = holdsEverything;
        _currentContainer = resource => Book(resource).State.Container;
    }

    private readonly Func<EconomicResource, EconomicResource?> _currentContainer;

    /// <summary>The position that the next event gets.</summary>
    public long NextPosition { get; set; } = 1;

    /// <summary>A book that holds everything in memory and starts empty.</summary>
    public static LedgerBook InMemory() => new(new NoMemory(), holdsEverything: true);

    /// <summary>A book that looks up in <paramref name="memory"/> what it needs and forgets when told to.</summary>
    public static LedgerBook Over(ILedgerMemory memory) => new(memory, holdsEverything: false);

    /// <summary>Judges the events in order, each on the state that those before it leave; records all or none.</summary>
    public AppendResult Append(IReadOnlyList<EconomicEvent> transaction)
    {
        if (transaction.Count == 1)
        {
            var single = transaction[0];
            var refusal = Append(ref single);
            return refusal is null ? new AppendResult([single], null, -1) : new AppendResult([], refusal, 0);
        }

        var accepted = new EconomicEvent[transaction.Count];
        _undo = [];
        try
        {
            for (var index = 0; index < transaction.Count; index++)
            {
                accepted[index] = transaction[index];
                if (Append(ref accepted[index]) is { } refusal)
                {
                    for (var step = _undo.Count - 1; step >= 0; step--)
                    {
                        _undo[step]();
                    }

                    return new AppendResult([], refusal, index);
                }
            }
        }
        finally
        {
            _undo = null;
        }

        return new AppendResult(accepted, null, -1);
    }

    /// <summary>Judges one event and records it under <see cref="NextPosition"/>.</summary>
    /// <param name="candidate">The event; replaced by its normalised form with its position.</param>
    /// <returns>The rule it breaks, or null where it was recorded.</returns>
    public Refusal? Append(ref EconomicEvent candidate)
    {
        if (candidate.Corrects is not null)
        {
            return Correct(ref candidate);
        }

        if ((EventForm.Check(ref candidate) ?? CheckFulfilment(candidate)) is { } refusal)
        {
            return refusal;
        }

        candidate = candidate.At(NextPosition);
        var recorded = new RecordedEvent(candidate, candidate.ResourceQuantity ?? Quantity.Zero, candidate.EffortQuantity ?? Quantity.Zero, corrected: false);
        if (candidate.Resource is not null || candidate.ToResource is not null)
        {
            refusal = ApplyInOrder(recorded);
            if (refusal is not null)
            {
                candidate = candidate.At(0);
                return refusal;
            }
        }

        Record(recorded);
        return null;
    }

    /// <summary>The state of a resource at the head; null before it came into being.</summary>
    public ResourceState? StateOf(EconomicResource resource)
    {
        var state = Book(resource).State;
        return state.Exists ? state : null;
    }

    /// <summary>The state that all events with an effect time up to and including the given one leave.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="effectTime">Microseconds since 1970 UTC.</param>
    /// <returns>The state, or null where the resource was not there yet.</returns>
    public ResourceState? StateAt(EconomicResource resource, long effectTime)
    {
        var book = Book(resource);
        var history = History(book, long.MinValue);
        var count = ResourceBook.After(history, effectTime, long.MaxValue);
        ResourceState state;
        if (resource.Throughput)
        {
            state = count == 0 ? default : book.State.WithoutQuantities();
        }
        else
        {
            state = ResourceBook.Before(Versions(book), effectTime, long.MaxValue);
        }

        if (!state.Exists)
        {
            return null;
        }

        for (var index = 0; index < count; index++)
        {
            var recorded = history[index];
            if (!recorded.Void)
            {
                var (accounting, onhand) = ResourceRules.Deltas(recorded.Event, recorded.Quantity, recorded.Event.Resource != resource);
                state.Accounting += accounting;
                state.Onhand += onhand;
            }
        }

        return state;
    }

    /// <summary>What is recorded at a position, corrections folded in; null where nothing is.</summary>
    public RecordedEvent? EventAt(long position) => _recorded.TryGetValue(position, out var recorded) ? recorded : _memory.Event(position);

    /// <summary>From now on the commitment takes no more fulfilment.</summary>
    public void Finish(Commitment commitment) => _finished.Add(commitment.Id);

    /// <summary>Takes back <see cref="Finish"/>.</summary>
    public void Reopen(Commitment commitment) => _finished.Remove(commitment.Id);

    /// <summary>How much of a commitment the links of events have fulfilled.</summary>
    public Quantity FulfilledOf(Commitment commitment) => _fulfilled.TryGetValue(commitment.Id, out var quantity) ? quantity : _memory.Fulfilled(commitment);

    /// <summary>What changed since the last call, for whoever stores it.</summary>
    public IReadOnlyList<ResourceChange> TakeChanges()
    {
        var changes = new List<ResourceChange>(_changed.Count);
        foreach (var book in _changed)
        {
            changes.Add(new ResourceChange(book.Resource, book.State, book.LastEffectTime, book.Rewritten ? book.Versions! : book.Added, book.Rewritten));
            book.Added = [];
            book.Rewritten = false;
        }

        _changed.Clear();
        return changes;
    }

    /// <summary>
    /// Forgets events and histories once they are stored; with <paramref name="states"/> also every state, for when another
    /// writer may have changed them or a transaction was lost.
    /// </summary>
    public void Forget(bool states)
    {
        _recorded.Clear();
        _fulfilled.Clear();
        _changed.Clear();
        if (states)
        {
            _resources.Clear();
            _finished.Clear();
            return;
        }

        foreach (var book in _resources.Values)
        {
            book.History = null;
            book.Versions = null;
        }
    }

    private Refusal? ApplyInOrder(RecordedEvent recorded)
    {
        var e = recorded.Event;
        var from = e.Resource is null ? null : Book(e.Resource);
        var to = e.ToResource is null ? null : Book(e.ToResource);
        if ((from ?? to)!.Resource.Throughput)
        {
            var network = (from ?? to)!;
            var state = network.State;
            if (ResourceRules.ApplyToNetwork(e, recorded.Quantity, ref state) is { } unfit)
            {
                return unfit;
            }

            Settle(network, state, recorded);
            return null;
        }

        if (e.EffectTime < from?.LastEffectTime || e.EffectTime < to?.LastEffectTime || ContainerIsLate(e))
        {
            return Refold(recorded, candidateIsNew: true);
        }

        var fromState = from?.State ?? default;
        var toState = to?.State ?? default;
        if (ResourceRules.Apply(e, recorded.Quantity, ref fromState, judgeFrom: true, ref toState, judgeTo: true, _currentContainer) is { } refusal)
        {
            return refusal;
        }

        if (from is not null)
        {
            Settle(from, fromState, recorded);
        }

        if (to is not null)
        {
            Settle(to, toState, recorded);
        }

        return null;
    }

    /// <summary>Keeps the new state of a resource after its newest event.</summary>
    private void Settle(ResourceBook book, in ResourceState state, RecordedEvent recorded)
    {
        var (before, lastBefore, added) = (book.State, book.LastEffectTime, false);
        var e = recorded.Event;
        if (!book.Resource.Throughput && !state.HasAttributesOf(before))
        {
            var version = new ResourceVersion(e.EffectTime, e.Position, state.WithoutQuantities());
            book.Versions?.Add(version);
            book.Added.Add(version);
            added = true;
        }

        book.State = state;
        book.LastEffectTime = Math.Max(lastBefore, e.EffectTime);
        book.History?.Insert(ResourceBook.After(book.History, e.EffectTime, e.Position), recorded);
        _changed.Add(book);
        _undo?.Add(Unsettle(book, before, lastBefore, recorded, added));
    }

    // The undoing stands apart: a method that captures pays for it on every call, and a single event needs no undoing.
    private static Action Unsettle(ResourceBook book, ResourceState before, long lastBefore, RecordedEvent recorded, bool added) => () =>
    {
        book.State = before;
        book.LastEffectTime = lastBefore;
        book.History?.Remove(recorded);
        if (added)
        {
            book.Versions?.RemoveAt(book.Versions.Count - 1);
            if (!book.Rewritten)
            {
                book.Added.RemoveAt(book.Added.Count - 1);
            }
        }
    };

    private void Record(RecordedEvent recorded)
    {
        var e = recorded.Event;
        NextPosition++;
        _recorded[e.Position] = recorded;
        _undo?.Add(Unrecord(e.Position));
        for (var index = 0; index < e.Fulfills.Count; index++)
        {
            var (commitment, quantity) = e.Fulfills[index];
            var before = FulfilledOf(commitment);
            _fulfilled[commitment.Id] = before + quantity;
            _undo?.Add(Unfulfil(commitment, before));
        }
    }

    private Action Unrecord(long position) => () =>
    {
        NextPosition--;
        _recorded.Remove(position);
    };

    private Action Unfulfil(Commitment commitment, Quantity before) => () => _fulfilled[commitment.Id] = before;

    private ResourceBook Book(EconomicResource resource)
    {
        if (_resources.TryGetValue(resource.Id, out var book))
        {
            return book;
        }

        book = new ResourceBook(resource);
        if (_holdsEverything)
        {
            book.History = [];
            book.Versions = [];
        }
        else if (_memory.State(resource) is { } stored)
        {
            book.State = stored.State;
            book.LastEffectTime = stored.LastEffectTime;
        }

        _resources.Add(resource.Id, book);
        return book;
    }

    private WrongFulfilment? CheckFulfilment(EconomicEvent candidate)
    {
        if (candidate.Fulfills.Count == 0)
        {
            return null;
        }

        for (var index = 0; index < candidate.Fulfills.Count; index++)
        {
            var (commitment, quantity) = candidate.Fulfills[index];
            var why =
                candidate.Fulfills.Take(index).Any(link => link.Commitment == commitment) ? "it is named twice; put the two quantities into one link."
                : _finished.Contains(commitment.Id) || _memory.IsFinished(commitment) ? "it is finished and takes no more."
                : commitment.Action != candidate.Action ? $"it promises '{commitment.Action}', the event is '{candidate.Action}'."
                : commitment.Provider != candidate.Provider || commitment.Receiver != candidate.Receiver ? $"it is from '{commitment.Provider.Key}' to '{commitment.Receiver.Key}', the event is not."
                : commitment.ConformsTo != candidate.Specification ? $"it is of '{commitment.ConformsTo.Key}', the event is not."
                : commitment.Resource is not null && commitment.Resource != candidate.Resource ? $"it is of '{commitment.Resource.Key}', the event is not."
                : quantity <= Quantity.Zero ? "the quantity that counts towards it must be above zero."
                : null;
            if (why is not null)
            {
                return new WrongFulfilment(commitment.Key, why);
            }
        }

        return CheckLinked(candidate, candidate.ResourceQuantity, candidate.EffortQuantity);
    }

    private static WrongFulfilment? CheckLinked(EconomicEvent e, Quantity? quantity, Quantity? effort)
    {
        foreach (var (isEffort, has) in new[] { (false, quantity ?? Quantity.Zero), (true, effort ?? Quantity.Zero) })
        {
            var linked = Int128.Zero;
            foreach (var link in e.Fulfills)
            {
                linked += isEffort == link.Commitment.ResourceQuantity is null ? link.Quantity.Millionths : 0;
            }

            if (linked > has.Millionths)
            {
                return new WrongFulfilment(e.Fulfills[0].Commitment.Key, $"the event has {has}, and its links take more than that.");
            }
        }

        return null;
    }
}
