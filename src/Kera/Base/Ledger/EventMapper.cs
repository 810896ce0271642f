using Kera.Base.Store;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>An event whose every key is known, with what is kept beside it.</summary>
public sealed record MappedEvent(EconomicEvent Event, string? IdempotencyKey, string Audience, DeclaredFlowRow? Declared, string Note, string Reason)
{
    /// <summary>Whether there are words to keep where they can be erased.</summary>
    public bool HasText => Note.Length > 0 || Reason.Length > 0;
}

/// <summary>Turns keys into nouns. Every unknown one is refused by name, with the nearest known where one is near.</summary>
public sealed class EventMapper(Catalog catalog)
{
    private const int LongestKey = 200;
    private const int LongestNote = 10_000;
    private const int LongestReason = 500;
    private const int LongestState = 60;

    /// <summary>Maps an input.</summary>
    /// <param name="input">What came in.</param>
    /// <param name="created">The moment of recording, microseconds since 1970 UTC.</param>
    /// <param name="eventAt">Finds the event that a correction corrects.</param>
    /// <param name="besideOf">Finds the audience of that event and the flow it is a reading of: a correction has the same, so that whoever saw the number sees it corrected.</param>
    /// <param name="refusal">Why it cannot be mapped.</param>
    /// <returns>The event, or null with a refusal.</returns>
    public MappedEvent? Map(EventInput input, long created, Func<long, RecordedEvent?> eventAt, Func<long, (string Audience, DeclaredFlowRow? Declared)> besideOf, out Refusal? refusal)
    {
        refusal = CheckTexts(input);
        if (refusal is not null)
        {
            return null;
        }

        var mapping = new Mapping(catalog);
        var original = input.Corrects is { } position ? eventAt(position)?.Event : null;
        var beside = original is null ? default : besideOf(input.Corrects!.Value);
        var declared = input.Flow is null ? beside.Declared : mapping.Find(catalog.DeclaredFlows, input.Flow, "flow", "declared flow");
        var e = original ?? FromDeclared(declared);
        if (declared is not null && declared.ActionId is null)
        {
            refusal = new NotAsDeclared("flow", declared.Key);
            return null;
        }

        var action = input.Action is null ? e?.Action : mapping.Action(input.Action);
        var provider = mapping.Find(catalog.Agents, input.Provider, "provider", "agent") ?? e?.Provider;
        var receiver = mapping.Find(catalog.Agents, input.Receiver, "receiver", "agent") ?? e?.Receiver;
        if (mapping.Refusal is null && input.Corrects is not null && original is null)
        {
            refusal = new WrongCorrection("corrects", $"There is no event {input.Corrects}.");
            return null;
        }

        if (mapping.Refusal is null && action is null)
        {
            refusal = new MissingField("action");
            return null;
        }

        if (action is { CreateResource: not CreateResource.OptionalTo } || action?.Name is "move" or "copy")
        {
            (provider, receiver) = (provider ?? receiver, receiver ?? provider);
        }

        if (mapping.Refusal is null && (provider ?? receiver) is null)
        {
            refusal = new MissingAgent("provider");
            return null;
        }

        if (mapping.Refusal is null && (provider is null || receiver is null))
        {
            refusal = new MissingAgent(provider is null ? "provider" : "receiver");
            return null;
        }

        var mapped = mapping.Refusal is not null ? null : new EconomicEvent
        {
            Action = action!,
            Provider = provider!,
            Receiver = receiver!,
            InputOf = mapping.Find(catalog.Processes, input.InputOf, "inputOf", "process") ?? (original is null ? e?.InputOf : null),
            OutputOf = mapping.Find(catalog.Processes, input.OutputOf, "outputOf", "process") ?? (original is null ? e?.OutputOf : null),
            Resource = mapping.Find(catalog.Resources, input.ResourceInventoriedAs, "resourceInventoriedAs", "resource") ?? (original is null ? e?.Resource : null),
            ToResource = mapping.Find(catalog.Resources, input.ToResourceInventoriedAs, "toResourceInventoriedAs", "resource") ?? (original is null ? e?.ToResource : null),
            ConformsTo = mapping.Find(catalog.Specifications, input.ResourceConformsTo, "resourceConformsTo", "specification") ?? (original is null ? e?.ConformsTo : null),
            ResourceQuantity = input.ResourceQuantity?.HasNumericalValue,
            ResourceUnit = mapping.Unit(input.ResourceQuantity, "resourceQuantity.hasUnit"),
            EffortQuantity = input.EffortQuantity?.HasNumericalValue,
            EffortUnit = mapping.Unit(input.EffortQuantity, "effortQuantity.hasUnit"),
            PointInTime = Microseconds(input.HasPointInTime),
            Beginning = Microseconds(input.HasBeginning),
            End = Microseconds(input.HasEnd),
            ToLocation = mapping.Find(catalog.Places, input.ToLocation, "toLocation", "place"),
            State = input.State,
            HasReason = input.Reason?.Length > 0,
            Corrects = input.Corrects,
            Fulfills = [.. input.Fulfills.Select(mapping.Link).OfType<Fulfilment>()],
            RealizationOf = mapping.Find(catalog.Agreements, input.RealizationOf, "realizationOf", "agreement"),
            Created = created,
        };
        refusal = mapping.Refusal ?? (original is not null ? CheckBeside(input, declared, beside) : declared is null ? null : CheckDeclared(mapped!, e!, declared));
        if (refusal is not null)
        {
            return null;
        }

        var audience = original is not null ? beside.Audience : Audience(input, mapped!, declared, mapping);
        refusal = mapping.Refusal;
        return refusal is not null ? null : new MappedEvent(mapped!, input.IdempotencyKey, audience, declared, input.Note ?? "", input.Reason ?? "");
    }

    private static WrongText? CheckTexts(EventInput input) =>
        TooLong("idempotencyKey", input.IdempotencyKey, LongestKey, lines: false) ??
        TooLong("note", input.Note, LongestNote, lines: true) ??
        TooLong("reason", input.Reason, LongestReason, lines: true) ??
        TooLong("state", input.State, LongestState, lines: false);

    private static WrongText? TooLong(string field, string? text, int longest, bool lines)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length > longest)
        {
            return new(field, $"'{field}' has {text.Length} characters; at most {longest} are kept.");
        }

        if (text.Length == 0 && !lines)
        {
            return new(field, $"'{field}' is empty; leave it out or say it.");
        }

        foreach (var letter in text)
        {
            if (char.IsControl(letter) && !(lines && letter is '\n' or '\r' or '\t'))
            {
                return new(field, $"'{field}' has a control character (U+{(int)letter:X4}), which no text needs.");
            }
        }

        return null;
    }

    private EconomicEvent? FromDeclared(DeclaredFlowRow? declared)
    {
        if (declared is not { ActionId: { } actionId, ProviderId: { } providerId, ReceiverId: { } receiverId })
        {
            return null;
        }

        var action = FlowAction.All[actionId];
        var process = declared.ProcessId is { } id ? catalog.Processes.Get(id).Noun : null;
        return new EconomicEvent
        {
            Action = action,
            Provider = catalog.Agents.Get(providerId).Noun,
            Receiver = catalog.Agents.Get(receiverId).Noun,
            InputOf = action.InputOutput == InputOutput.Input ? process : null,
            OutputOf = action.InputOutput is InputOutput.Output or InputOutput.OutputInput ? process : null,
            Resource = declared.ResourceId is { } resource ? catalog.Resources.Get(resource).Noun : null,
            ToResource = declared.ToResourceId is { } to ? catalog.Resources.Get(to).Noun : null,
            ConformsTo = declared.SpecificationId is { } specification ? catalog.Specifications.Get(specification).Noun : null,
        };
    }

    private static NotAsDeclared? CheckDeclared(EconomicEvent mapped, EconomicEvent flow, DeclaredFlowRow declared)
    {
        var differs =
            mapped.Action != flow.Action ? "action"
            : mapped.Provider != flow.Provider ? "provider"
            : mapped.Receiver != flow.Receiver ? "receiver"
            : mapped.Resource != flow.Resource ? "resourceInventoriedAs"
            : mapped.ToResource != flow.ToResource ? "toResourceInventoriedAs"
            : (mapped.InputOf ?? mapped.OutputOf) != (flow.InputOf ?? flow.OutputOf) ? "inputOf"
            : null;
        return differs is null ? null : new NotAsDeclared(differs, declared.Key);
    }

    private static WrongCorrection? CheckBeside(EventInput input, DeclaredFlowRow? declared, (string Audience, DeclaredFlowRow? Declared) beside) =>
        declared?.Id != beside.Declared?.Id ? new("flow", "The event that is corrected is a reading of another flow, or of none. Leave 'flow' out.")
        : input.Audience.Count > 0 && Catalog.AudienceKeyOf(input.Audience) != beside.Audience ? new("audience", "A correction is read by whoever reads the event that it corrects. Leave 'audience' out.")
        : null;

    private string Audience(EventInput input, EconomicEvent mapped, DeclaredFlowRow? declared, Mapping mapping)
    {
        foreach (var key in input.Audience)
        {
            if (key != Catalog.Public)
            {
                mapping.Find(catalog.Agents, key, "audience", "agent");
            }
        }

        return input.Audience.Count > 0 ? Catalog.AudienceKeyOf(input.Audience)
            : declared?.AudienceId is { } audience ? catalog.AudienceKey(audience)
            : Catalog.AudienceKeyOf([mapped.Provider.Key, mapped.Receiver.Key]);
    }

    private static long? Microseconds(NodaTime.Instant? instant) => instant is { } known ? DistrictCalendar.ToMicroseconds(known) : null;

    /// <summary>Look-ups that remember the first that failed.</summary>
    private sealed class Mapping(Catalog catalog)
    {
        public Refusal? Refusal { get; private set; }

        public TNoun? Find<TNoun, TRow>(NounTable<TNoun, TRow> table, string? key, string field, string kind)
            where TRow : NounRow
            where TNoun : class
        {
            if (key is null || Refusal is not null)
            {
                return null;
            }

            var entry = catalog.Find(table, key);
            if (entry is null)
            {
                Refusal = new UnknownNoun(field, kind, key, Nearest.To(key, table.All.Select(known => known.Row.Key)));
                return null;
            }

            if (entry.Row.Retired)
            {
                Refusal = new RetiredNoun(field, kind, key);
            }

            return entry.Noun;
        }

        public FlowAction? Action(string name)
        {
            if (FlowAction.TryFind(name, out var action))
            {
                return action;
            }

            Refusal ??= new UnknownNoun("action", "action", name, Nearest.To(name, FlowAction.All.Select(known => known.Name)));
            return null;
        }

        public Unit? Unit(MeasureInput? measure, string field)
        {
            if (measure is null || Kera.Flows.Unit.TryFind(measure.HasUnit, out var unit))
            {
                return measure is null ? null : Kera.Flows.Unit.Find(measure.HasUnit);
            }

            Refusal ??= new UnknownNoun(field, "unit", measure.HasUnit, Nearest.To(measure.HasUnit, Kera.Flows.Unit.All.Select(known => known.Code)));
            return unit;
        }

        public Fulfilment? Link(FulfilmentInput input)
        {
            var commitment = Find(catalog.Commitments, input.Commitment, "fulfills", "commitment");
            var unit = Unit(input.Quantity, "fulfills.resourceQuantity.hasUnit");
            if (commitment is null || unit is null)
            {
                return null;
            }

            var expected = commitment.ResourceQuantity is not null ? commitment.ConformsTo.Unit : commitment.ConformsTo.EffortUnit ?? Kera.Flows.Unit.Find("h");
            if (unit.ConvertTo(expected, input.Quantity.HasNumericalValue) is { } quantity)
            {
                return new Fulfilment(commitment, quantity);
            }

            Refusal ??= new WrongUnit("fulfills.resourceQuantity.hasUnit", unit.Code, expected.Code);
            return null;
        }
    }
}
