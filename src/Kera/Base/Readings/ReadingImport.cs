using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.Readings;

/// <summary>Readings for a declared flow.</summary>
/// <param name="Flow">The flow's key.</param>
/// <param name="Table">The rows.</param>
/// <param name="Scale">By what each number is multiplied to be the quantity of its interval.</param>
/// <param name="Unit">The unit after that.</param>
/// <param name="Owner">Whose readings they are, for a private Series of a flow that names no owner.</param>
public sealed record ReadingRequest(string Flow, ReadingTable Table, ExactNumber Scale, Unit Unit, string? Owner);

/// <summary>What an import did.</summary>
public sealed record ReadingReport
{
    /// <summary>The flow's key.</summary>
    public required string Flow { get; init; }

    /// <summary>The unit of <see cref="Total"/>.</summary>
    public required string Unit { get; init; }

    /// <summary>The sum of all rows, as rounded.</summary>
    public required Quantity Total { get; init; }

    /// <summary>The key of the Series that took the values; null where the ledger alone did.</summary>
    public string? Series { get; set; }

    /// <summary>What the Series took.</summary>
    public SeriesAppend? Values { get; set; }

    /// <summary>Hours recorded in the ledger now.</summary>
    public int Recorded { get; set; }

    /// <summary>Hours that were there with another number and are now corrected.</summary>
    public int Corrected { get; set; }

    /// <summary>Hours that were there, equal.</summary>
    public int Same { get; set; }

    /// <summary>Hours of which a part is missing; not in the ledger until it comes.</summary>
    public int Partial { get; set; }

    /// <summary>Rows without a value.</summary>
    public required int Empty { get; init; }

    /// <summary>Why it stopped before the end; null where it did not.</summary>
    public string? Stopped { get; set; }
}

/// <summary>
/// Takes readings into the ledger, one event an hour, and what is finer or private into Series. The same readings again add
/// nothing; others correct.
/// </summary>
public sealed class ReadingImport(Catalog catalog, LedgerWriter ledger, LedgerQueries queries, SeriesStore series)
{
    private const int Batch = 1_000;
    private const string Feature = "readings";

    /// <summary>Imports readings.</summary>
    /// <param name="request">The readings.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="progress">Told the number of hours done, now and then.</param>
    /// <param name="cancellation">Stops between batches; what is recorded stays.</param>
    /// <exception cref="ReadingException">The readings do not fit the flow; nothing was taken.</exception>
    public async Task<ReadingReport> RunAsync(ReadingRequest request, Actor actor, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        var flow = catalog.Find(catalog.DeclaredFlows, request.Flow)?.Row is { Retired: false } declared
            ? declared
            : throw new ReadingException(null, "--flow", $"There is no declared flow '{request.Flow}'.{Suggestion(request.Flow)} Flows are declared in the district's flows.yaml.");
        var forLedger = flow.Target == "ledger";
        var unit = forLedger ? UnitOf(flow) : Unit.Find(flow.Unit);
        if (unit.Dimension != request.Unit.Dimension)
        {
            throw new ReadingException(null, "--unit", $"'{request.Unit}' is {request.Unit.Dimension}; the flow '{flow.Key}' is in '{unit}', {unit.Dimension}.");
        }

        if (request.Owner is not null && (forLedger || flow.OwnerId is not null))
        {
            throw new ReadingException(null, "--owner", $"The flow '{flow.Key}' says in its file whose it is. Leave --owner out.");
        }

        var step = request.Table.Step;
        if (forLedger && Hours.Length.BclCompatibleTicks % step.BclCompatibleTicks != 0)
        {
            throw new ReadingException(null, "file", $"its intervals are {step.TotalMinutes} min, and the ledger takes hours or whole parts of an hour. Give finer readings.");
        }

        var readings = Quantities(request, unit, forLedger);
        var report = new ReadingReport
        {
            Flow = flow.Key,
            Unit = unit.Code,
            Empty = request.Table.Empty,
            Total = readings.Aggregate(Quantity.Zero, (sum, reading) => sum + reading.Quantity),
        };
        if (!forLedger || step < Hours.Length)
        {
            await AppendToSeriesAsync(request, flow, unit, readings, report, actor, cancellation);
        }

        if (forLedger)
        {
            await AppendToLedgerAsync(flow, unit, step, readings, report, actor, progress, cancellation);
        }

        return report;
    }

    private static List<HourReading> Quantities(ReadingRequest request, Unit unit, bool forLedger)
    {
        var factor = request.Scale
            * ExactNumber.Fraction(request.Unit.Numerator, request.Unit.Denominator)
            * ExactNumber.Fraction(unit.Denominator, unit.Numerator);
        var rounder = new CarryingRounder();
        List<HourReading> readings = new(request.Table.Rows.Count);
        foreach (var row in request.Table.Rows)
        {
            if (rounder.Next(row.Value * factor) is not { } quantity)
            {
                throw new ReadingException(row.Line, "value", $"the quantity is beyond ±9,223,372,036,854 {unit}. Check --scale and --unit.");
            }

            if (forLedger && quantity < Quantity.Zero)
            {
                throw new ReadingException(row.Line, "value", $"the quantity is below zero ({quantity} {unit}). What flows the other way is a flow of its own.");
            }

            if (forLedger && request.Table.Step == Hours.Length && Hours.Of(row.Start) != row.Start)
            {
                throw new ReadingException(row.Line, "time", $"{row.Start} is not the beginning of an hour. The ledger takes whole hours of UTC; give finer readings, which are added up.");
            }

            readings.Add(new HourReading(row.Start, quantity));
        }

        return readings;
    }

    private async Task AppendToSeriesAsync(ReadingRequest request, DeclaredFlowRow flow, Unit unit, List<HourReading> readings, ReadingReport report, Actor actor, CancellationToken cancellation)
    {
        var declaration = Declaration(flow, request, unit);
        var opened = await series.OpenAsync(declaration, actor, cancellation);
        var quality = Enum.Parse<SeriesQuality>(flow.Quality, ignoreCase: true);
        report.Series = opened.Key;
        report.Values = await series.AppendAsync(opened, [.. readings.Select(reading => new SeriesValue(reading.Start, reading.Quantity, quality))], actor, cancellation);
    }

    private SeriesDeclaration Declaration(DeclaredFlowRow flow, ReadingRequest request, Unit unit)
    {
        if (flow.OwnerId is not null || flow.Target == "ledger")
        {
            var owner = flow.OwnerId is { } id ? catalog.Agents.Get(id).Noun.Key : null;
            return new SeriesDeclaration(flow.Key, Feature, unit.Code, request.Table.Step, flow.AudienceId ?? catalog.AudienceId([owner!]), flow.OwnerId);
        }

        if (request.Owner is null)
        {
            throw new ReadingException(null, "--owner", $"The flow '{flow.Key}' is private and its file names no owner. Say whose readings these are with --owner KEY ('kera person add' makes one).");
        }

        if (catalog.Find(catalog.Agents, request.Owner)?.Row is not { Retired: false } agent)
        {
            throw new ReadingException(null, "--owner", $"There is no agent '{request.Owner}'. Give the key that 'kera person add' printed, or one of the district's agents.");
        }

        return new SeriesDeclaration($"{flow.Key}:{agent.Key}", Feature, unit.Code, request.Table.Step, flow.AudienceId ?? catalog.AudienceId([agent.Key]), agent.Id);
    }

    private async Task AppendToLedgerAsync(DeclaredFlowRow flow, Unit unit, Duration step, List<HourReading> readings, ReadingReport report, Actor actor, Action<int>? progress, CancellationToken cancellation)
    {
        var (first, end) = (Hours.Of(readings[0].Start), Hours.Of(readings[^1].Start) + Hours.Length);
        // An hour may have come in two files: it is the sum of what the Series holds of it, not of this file alone.
        var finer = report.Series is null ? readings : await ReadSeriesAsync(report.Series, first, end, cancellation);
        var (hours, partial) = Hours.Sum(finer, step);
        report.Partial = partial;
        var recorded = (await queries.DeclaredHoursAsync(flow.Key, DistrictCalendar.ToMicroseconds(first), DistrictCalendar.ToMicroseconds(end), cancellation)).ToDictionary(hour => hour.Start);
        var done = 0;
        foreach (var batch in hours.Chunk(Batch))
        {
            List<EventInput> events = [];
            foreach (var hour in batch)
            {
                var there = recorded.GetValueOrDefault(DistrictCalendar.ToMicroseconds(hour.Start));
                if (there?.Quantity == hour.Quantity)
                {
                    report.Same++;
                }
                else
                {
                    events.Add(there is null ? Reading(flow, unit, hour) : Correction(flow, unit, hour, there));
                }
            }

            var outcome = events.Count == 0 ? null : await ledger.AppendAsync(events, actor, cancellation);
            if (outcome?.Refusal is { } refusal)
            {
                var refused = events[outcome.RefusedIndex];
                report.Stopped = $"the hour of {refused.IdempotencyKey!.Split('|')[1]}: {refusal.Field}: {refusal.Sentence}";
                return;
            }

            report.Corrected += events.Count(input => input.Corrects is not null);
            report.Recorded += events.Count(input => input.Corrects is null);
            done += batch.Length;
            progress?.Invoke(done);
        }
    }

    private async Task<List<HourReading>> ReadSeriesAsync(string key, Instant first, Instant end, CancellationToken cancellation)
    {
        List<HourReading> readings = [];
        for (Instant? from = first; from is not null;)
        {
            var page = await series.ReadAsync(key, Reader.Everything, from, end, cancellation: cancellation);
            readings.AddRange(page!.Values.Select(value => new HourReading(value.Start, value.Value)));
            from = page.Next;
        }

        return readings;
    }

    private static EventInput Reading(DeclaredFlowRow flow, Unit unit, HourReading hour) => new()
    {
        IdempotencyKey = Hours.Key(flow.Key, hour.Start, revision: 0),
        Flow = flow.Key,
        ResourceQuantity = new MeasureInput(hour.Quantity, unit.Code),
        HasBeginning = hour.Start,
        HasEnd = hour.Start + Hours.Length,
    };

    private static EventInput Correction(DeclaredFlowRow flow, Unit unit, HourReading hour, DeclaredHour there) => new()
    {
        IdempotencyKey = Hours.Key(flow.Key, hour.Start, there.Revisions + 1),
        Flow = flow.Key,
        Corrects = there.Position,
        ResourceQuantity = new MeasureInput(hour.Quantity - there.Quantity, unit.Code),
        Reason = "The reading of this hour came again with another number.",
    };

    private Unit UnitOf(DeclaredFlowRow flow) =>
        (flow.ResourceId ?? flow.ToResourceId) is { } resource
            ? catalog.Resources.Get(resource).Noun.ConformsTo.Unit
            : catalog.Specifications.Get(flow.SpecificationId!.Value).Noun.Unit;

    private string Suggestion(string key) =>
        Nearest.To(key, catalog.DeclaredFlows.All.Select(entry => entry.Row.Key)) is { } nearest ? $" Did you mean '{nearest}'?" : "";
}
