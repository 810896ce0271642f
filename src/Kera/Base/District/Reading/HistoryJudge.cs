using Kera.Base.Ledger;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.District.Reading;

/// <summary>Lets the ledger's own rules judge a district's history, on a book that starts empty.</summary>
internal sealed class HistoryJudge
{
    private readonly LedgerBook book = LedgerBook.InMemory();
    private readonly DistrictModel model;
    private readonly Dictionary<string, Agent> agents;
    private readonly Dictionary<string, SpatialThing> places;
    private readonly Dictionary<string, ResourceSpecification> specifications;
    private readonly Dictionary<string, EconomicResource> resources;
    private readonly Dictionary<string, Process> processes;
    private readonly Dictionary<string, Agreement> agreements;
    private readonly Dictionary<string, Commitment> commitments;

    private HistoryJudge(DistrictModel model)
    {
        this.model = model;
        agents = Numbered(model.Agents, (id, agent) => new Agent(id, agent.Key, agent.Outside));
        places = Numbered(model.Places, (id, place) => new SpatialThing(id, place.Key));
        specifications = Numbered(model.ResourceSpecifications, (id, specification) => new ResourceSpecification(id, specification.Key, specification.Unit, specification.EffortUnit));
        resources = Numbered(model.Resources, (id, resource) => new EconomicResource(id, resource.Key, specifications[resource.Specification], resource.Kind, resource.Lot));
        var kinds = Numbered(model.ProcessSpecifications, (id, kind) => new ProcessSpecification(id, kind.Key));
        processes = Numbered(model.Processes, (id, process) => new Process(id, process.Key, Known(kinds, process.BasedOn), process.Continuous));
        agreements = Numbered(model.Agreements, (id, agreement) => new Agreement(id, agreement.Key));
        commitments = Numbered(model.Commitments, (id, promise) => Commitment(id, promise, model.Header.Zone));
    }

    /// <summary>Reports every event of the history that the ledger would refuse; the model must be without mistakes otherwise.</summary>
    /// <param name="model">The district.</param>
    /// <param name="now">The moment of recording; null where events may lie in the future.</param>
    /// <param name="root">The file of the history.</param>
    public static void Check(DistrictModel model, Instant? now, Entry root)
    {
        var judge = new HistoryJudge(model);
        foreach (var opening in model.Openings)
        {
            // A network's opening is made by the program and cannot be wrong in any other way than by its date.
            judge.Append(opening, now);
        }

        var entries = root.Children("events", "event");
        foreach (var (entry, happened) in entries.Zip(model.History.Values))
        {
            if (judge.Append(happened.Input, now) is { } refusal)
            {
                root.Report.Add(
                    entry.Node.Field(refusal.Field) ?? entry.Node,
                    $"the ledger refuses the event '{happened.Key}': {refusal.Sentence.TrimEnd('.')}",
                    $"mend its '{refusal.Field}', or what happened before it");
            }
        }
    }

    private static Dictionary<string, TNoun> Numbered<TFile, TNoun>(IReadOnlyDictionary<string, TFile> table, Func<int, TFile, TNoun> make) =>
        table.Select((row, index) => (row.Key, Noun: make(index + 1, row.Value))).ToDictionary(row => row.Key, row => row.Noun, StringComparer.Ordinal);

    private static T? Known<T>(Dictionary<string, T> table, string? key)
        where T : class =>
        key is null ? null : table[key];

    private Refusal? Append(EventInput input, Instant? now)
    {
        var effect = input.HasPointInTime ?? input.HasBeginning ?? default;
        return book.Append(
        [
            new EconomicEvent
            {
                Action = FlowAction.Find(input.Action!),
                Provider = agents[input.Provider!],
                Receiver = agents[input.Receiver!],
                InputOf = Known(processes, input.InputOf),
                OutputOf = Known(processes, input.OutputOf),
                Resource = Known(resources, input.ResourceInventoriedAs),
                ToResource = Known(resources, input.ToResourceInventoriedAs),
                ConformsTo = Known(specifications, input.ResourceConformsTo),
                ResourceQuantity = input.ResourceQuantity?.HasNumericalValue,
                ResourceUnit = UnitOf(input.ResourceQuantity),
                EffortQuantity = input.EffortQuantity?.HasNumericalValue,
                EffortUnit = UnitOf(input.EffortQuantity),
                PointInTime = input.HasPointInTime is { } point ? DistrictCalendar.ToMicroseconds(point) : null,
                Beginning = input.HasBeginning is { } beginning ? DistrictCalendar.ToMicroseconds(beginning) : null,
                End = input.HasEnd is { } end ? DistrictCalendar.ToMicroseconds(end) : null,
                ToLocation = Known(places, input.ToLocation),
                State = input.State,
                HasReason = input.Reason is not null,
                Fulfills = [.. input.Fulfills.Select(Fulfilment)],
                RealizationOf = Known(agreements, input.RealizationOf),
                Created = DistrictCalendar.ToMicroseconds(now ?? effect),
            },
        ]).Refusal;
    }

    private Fulfilment Fulfilment(FulfilmentInput link)
    {
        var promise = model.Commitments[link.Commitment];
        var unit = promise.CountedIn(model.ResourceSpecifications[promise.Specification]);
        return new Fulfilment(commitments[link.Commitment], Converted(link.Quantity, unit)!.Value);
    }

    private static Unit? UnitOf(MeasureInput? measure) => measure is null ? null : Unit.Find(measure.HasUnit);

    private Commitment Commitment(int id, DistrictCommitment promise, DateTimeZone zone)
    {
        var specification = specifications[promise.Specification];
        return new Commitment(
            id,
            promise.Key,
            promise.Action,
            agents[promise.Provider],
            agents[promise.Receiver],
            specification,
            Known(resources, promise.Resource),
            Converted(promise.ResourceQuantity, specification.Unit),
            Converted(promise.EffortQuantity, specification.EffortUnit ?? Unit.Find("h")),
            promise.Due is { } due ? DistrictCalendar.ToMicroseconds(zone.AtStartOfDay(due.Last.PlusDays(1)).ToInstant()) : null,
            agreements[promise.ClauseOf]);
    }

    private static Quantity? Converted(MeasureInput? measure, Unit unit) =>
        measure is null ? null : UnitOf(measure)!.ConvertTo(unit, measure.HasNumericalValue);
}
