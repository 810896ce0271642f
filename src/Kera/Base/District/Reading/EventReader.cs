using Kera.Base.Ledger;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.District.Reading;

/// <summary>Reads the events of history.yaml.</summary>
internal sealed class EventReader(
    DateTimeZone zone,
    IReadOnlyList<string> audience,
    IReadOnlyDictionary<string, DistrictCommitment> commitments,
    IReadOnlyDictionary<string, DistrictResourceSpecification> specifications)
{
    public DistrictEvent Event(Entry entry)
    {
        var key = entry.Key();
        var quality = entry.Choice<DistrictQuality>("quality");
        var formula = entry.OptionalLocalized("formula");
        if (quality == DistrictQuality.Estimated && formula is null)
        {
            entry.Report.Add(entry.Node, $"the estimated event '{key}' has no formula", "say in formula how the quantity was reckoned and what was assumed");
        }
        else if (quality == DistrictQuality.Printed && formula is not null)
        {
            entry.Report.Add(entry.Node.Field("formula")!, $"the event '{key}' is printed and has a formula", "write quality: estimated, or remove the formula");
        }

        return new DistrictEvent(key, entry.Localized("title"), Input(entry, key), quality, formula, entry.Flag("uncertain"), entry.Sources());
    }

    private EventInput Input(Entry entry, string key)
    {
        var action = entry.Action();
        var (provider, receiver) = Parties(entry, action);
        var input = new EventInput
        {
            IdempotencyKey = $"history:{key}",
            Action = action?.Name,
            Provider = provider,
            Receiver = receiver,
            InputOf = entry.OptionalReference("inputOf", Noun.Process),
            OutputOf = entry.OptionalReference("outputOf", Noun.Process),
            ResourceInventoriedAs = entry.OptionalReference("resourceInventoriedAs", Noun.Resource),
            ToResourceInventoriedAs = entry.OptionalReference("toResourceInventoriedAs", Noun.Resource),
            ResourceConformsTo = entry.OptionalReference("resourceConformsTo", Noun.ResourceSpecification),
            ResourceQuantity = entry.OptionalMeasure("resourceQuantity"),
            EffortQuantity = entry.OptionalMeasure("effortQuantity"),
            ToLocation = entry.OptionalReference("toLocation", Noun.Place),
            State = entry.OptionalText("state", 60),
            Note = entry.OptionalText("note", 10_000),
            Reason = entry.OptionalText("reason", 500),
            Fulfills = [.. entry.Children("fulfills", "fulfilment").Select(Fulfilment)],
            RealizationOf = entry.OptionalReference("realizationOf", Noun.Agreement),
            Audience = entry.Audience(missing: audience),
        };
        return WithTimes(entry, input);
    }

    /// <summary>Both parties; where an action needs no two and names one, that one is both.</summary>
    private static (string? Provider, string? Receiver) Parties(Entry entry, FlowAction? action)
    {
        var provider = entry.OptionalReference("provider", Noun.Agent);
        var receiver = entry.OptionalReference("receiver", Noun.Agent);
        var betweenTwo = action is { InputOutput: InputOutput.NotApplicable, CreateResource: CreateResource.OptionalTo };
        if (action is not null && (betweenTwo ? provider is null || receiver is null : provider is null && receiver is null))
        {
            entry.Report.Add(entry.Node, $"the event does not say {(betweenTwo ? "both from whom and to whom" : "by whom")}", betweenTwo ? "add provider and receiver" : "add provider");
        }

        return betweenTwo ? (provider, receiver) : (provider ?? receiver, receiver ?? provider);
    }

    private FulfilmentInput Fulfilment(Entry entry)
    {
        var commitment = entry.Reference("commitment", Noun.Commitment);
        var quantity = entry.OptionalMeasure("quantity");
        if (quantity is null)
        {
            entry.Report.Add(entry.Node, "the fulfilment has no quantity", "say how much of the event counts towards the commitment");
        }

        if (commitments.TryGetValue(commitment, out var promise) && promise is not { ResourceQuantity: null, EffortQuantity: null } && specifications.TryGetValue(promise.Specification, out var specification))
        {
            MeasureUnits.Check(entry, "quantity", quantity, promise.CountedIn(specification), promise.Specification);
        }

        entry.Done();
        return new FulfilmentInput(commitment, quantity ?? new MeasureInput(Quantity.Zero, "1"));
    }

    private EventInput WithTimes(Entry entry, EventInput input)
    {
        var point = entry.OptionalScalar("hasPointInTime");
        var beginning = entry.OptionalScalar("hasBeginning");
        var end = entry.OptionalScalar("hasEnd");
        if (point is null == beginning is null)
        {
            entry.Report.Add(point ?? entry.Node, point is null ? "the event does not say when" : "the event has a point in time and a beginning", "write either hasPointInTime or hasBeginning");
            return input;
        }

        if (end is not null && point is not null)
        {
            entry.Report.Add(end, "the event has a point in time and an end", "write hasBeginning in place of hasPointInTime, or remove hasEnd");
        }

        if (point is not null)
        {
            var at = TimesOf(entry, point);
            if (at is { Days: > 1 })
            {
                entry.Report.Add(point, $"'{point.Text}' is {at.Days} days long", "write a day, or hasBeginning in place of hasPointInTime");
            }

            return input with { HasPointInTime = at?.Beginning };
        }

        var from = TimesOf(entry, beginning!);
        var to = end is null ? null : TimesOf(entry, end);
        if (from is not null && to is not null && to.End <= from.Beginning)
        {
            entry.Report.Add(end!, $"the end {end!.Text} is not after the beginning {beginning!.Text}", "swap or mend the two times");
        }

        // A month or a season is an event's whole length; a day or a moment is only its beginning.
        return input with { HasBeginning = from?.Beginning, HasEnd = to?.End ?? (from is { Days: > 1 } ? from.End : null) };
    }

    private Times? TimesOf(Entry entry, FileNode node)
    {
        if (DistrictDate.TryParse(node.Text) is { } date)
        {
            return new Times(
                zone.AtStartOfDay(date.First).ToInstant(),
                zone.AtStartOfDay(date.Last.PlusDays(1)).ToInstant(),
                Period.DaysBetween(date.First, date.Last) + 1);
        }

        if (EntryValues.Moment(node) is { } moment)
        {
            return new Times(moment, moment, 0);
        }

        entry.Report.Add(node, $"'{node.Text}' is no time", $"{DistrictDate.Forms}, or a moment 2022-06-16T15:00:00+03:00");
        return null;
    }

    /// <summary>What a time in a file spans; a moment spans no day.</summary>
    private sealed record Times(Instant Beginning, Instant End, int Days);
}
