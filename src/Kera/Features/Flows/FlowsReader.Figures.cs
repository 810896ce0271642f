using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Flows;

/// <content>Figures: sums with all that they are made of.</content>
public sealed partial class FlowsReader
{
    private const int EventsJudged = 50;
    private static readonly FlowAction Consume = FlowAction.Find("consume");
    private static readonly FlowAction Produce = FlowAction.Find("produce");

    internal static FlowsReader Of(FigureContext context) => new(context.Services, context.Reader, context.Language);

    /// <summary>
    /// What was used of a kind of energy in the newest hour that is over. What goes into a process that itself makes energy is left
    /// out: it is counted where that energy is used.
    /// </summary>
    internal async Task<FigureValue?> HourAsync(HourlyUse use, Instant now, CancellationToken cancellation)
    {
        if (_catalog.Find(_catalog.Specifications, use.Specification)?.Noun is not { } specification)
        {
            return null;
        }

        var filter = new LedgerFilter { Specification = specification, Action = Consume };
        var over = Hours.Of(now);
        var day = new FlowsWindow(BarWidth.Hour, now.InZone(_queries.Zone).Date, _queries.Zone);
        var totals = await TotalsAsync(day.Start, over);
        if (totals.Count == 0)
        {
            // Nothing today: an hour just begun, or silence. The day of the newest event, then.
            if (await _queries.EventsAsync(_reader, filter with { Until = DistrictCalendar.ToMicroseconds(over) }, null, 1, cancellation) is not [var newest, ..])
            {
                return null;
            }

            day = new FlowsWindow(BarWidth.Hour, DistrictCalendar.ToInstant(newest.Event.EffectTime).InZone(_queries.Zone).Date, _queries.Zone);
            totals = await TotalsAsync(day.Start, Instant.Min(day.End, over));
        }

        var start = DistrictCalendar.ToInstant(totals[^1].Start);
        var local = start.InZone(_queries.Zone).LocalDateTime;
        var dayBefore = Hours.Of(_queries.Zone.AtLeniently(local.PlusDays(-1)).ToInstant());
        var conversions = Conversions();
        var before = (await TotalsAsync(dayBefore, dayBefore + Hours.Length)).Where(IsUse).ToList();
        var hours = totals.Where(IsUse).ToLookup(total => total.Start);
        var ofHour = hours[DistrictCalendar.ToMicroseconds(start)].ToList();
        var comparable = before.Count == ofHour.Count && before.Sum(total => total.Quantity.Millionths) > 0;
        return new FigureValue
        {
            Quantity = Sum(ofHour),
            Unit = specification.Unit.Code,
            From = start,
            Until = start + Hours.Length,
            SentenceKey = use.Sentence,
            FormulaKey = "flows.hour.formula",
            Parts = Parts(ofHour, "hour", local.Date),
            LeftOut = Parts(totals.Where(total => total.Start == DistrictCalendar.ToMicroseconds(start) && !IsUse(total)), "hour", local.Date),
            Events = ofHour.Sum(total => total.Events),
            EventsLink = Link(specification, null, "hour", local.Date),
            Before = comparable ? new FigureComparison(Sum(before), use.More, use.Less, use.Same) : null,
            Course = [.. day.Starts.Select(hour => new FigureHour(hour, hours[DistrictCalendar.ToMicroseconds(hour)] is var found && found.Any() ? Sum(found) : null))],
        };

        bool IsUse(FlowTotal total) => total.Flow.InputOf is null || !conversions.Contains(total.Flow.InputOf.Id);
        async Task<IReadOnlyList<FlowTotal>> TotalsAsync(Instant from, Instant until) => from >= until ? [] : await _queries.TotalsAsync(
            _reader,
            filter with { From = DistrictCalendar.ToMicroseconds(from), Until = DistrictCalendar.ToMicroseconds(until) },
            Granularity.Hour,
            cancellation);
    }

    /// <summary>What was used of a kind of energy from one day to before another, by the kept sums of days; null where nothing is recorded.</summary>
    /// <returns>How much, and on how many days something was.</returns>
    internal async Task<(Quantity Quantity, string Unit, int Days)?> UsedAsync(string key, LocalDate from, LocalDate until, CancellationToken cancellation)
    {
        if (_catalog.Find(_catalog.Specifications, key)?.Noun is not { } specification)
        {
            return null;
        }

        var conversions = Conversions();
        var totals = (await _queries.TotalsAsync(
            _reader,
            new LedgerFilter { Specification = specification, Action = Consume, From = Micros(from), Until = Micros(until) },
            Granularity.Day,
            cancellation)).Where(total => total.Flow.InputOf is null || !conversions.Contains(total.Flow.InputOf.Id)).ToList();
        return totals.Count == 0 ? null : (Sum(totals), specification.Unit.Code, totals.Select(total => total.Start).Distinct().Count());

        long Micros(LocalDate date) => DistrictCalendar.ToMicroseconds(_queries.Zone.AtStartOfDay(date).ToInstant());
    }

    /// <summary>How much of a material has been put to use, from the kept sums of months.</summary>
    internal async Task<FigureValue?> ReusedAsync(string key, CancellationToken cancellation)
    {
        if (_catalog.Find(_catalog.Specifications, key)?.Noun is not { } specification)
        {
            return null;
        }

        var filter = new LedgerFilter { Specification = specification, Action = Consume };
        var totals = await _queries.TotalsAsync(_reader, filter, Granularity.Month, cancellation);
        if (totals.Count == 0)
        {
            return null;
        }

        // A month's sum does not say what it rests on; its events do.
        var qualities = (await _queries.EventsAsync(_reader, filter, null, EventsJudged, cancellation)).ToLookup(stored => stored.Flow.Id, QualityOf);
        var last = DistrictCalendar.ToInstant(totals[^1].Start).InZone(_queries.Zone).Date;
        var first = DistrictCalendar.ToInstant(totals[0].Start).InZone(_queries.Zone).Year;
        return new FigureValue
        {
            Quantity = Sum(totals),
            Unit = specification.Unit.Code,
            // Of whole years: history knows no finer dates of it.
            From = _queries.Zone.AtStartOfDay(new LocalDate(first, 1, 1)).ToInstant(),
            Until = _queries.Zone.AtStartOfDay(new LocalDate(last.Year + 1, 1, 1)).ToInstant(),
            SentenceKey = "flows.recycled.sentence",
            FormulaKey = "flows.recycled.formula",
            Parts = Parts(totals, "month", last, flow => qualities[flow.Id].Any(quality => quality is null) ? null : qualities[flow.Id].Max()),
            Events = totals.Sum(total => total.Events),
            EventsLink = Link(specification, null, "month", last),
        };
    }

    private static Quantity Sum(IEnumerable<FlowTotal> totals) => totals.Aggregate(Quantity.Zero, (sum, total) => sum + total.Quantity);

    private static FigureLink Link(ResourceSpecification specification, Agent? agent, string period, LocalDate date) => new(
        FlowsFeature.Path,
        [new("specification", specification.Key), new("action", Consume.Name), new("agent", agent?.Key), new("period", period), new("from", LocalDatePattern.Iso.Format(date))]);

    // The processes that make energy, so far as the reader may know of it.
    private HashSet<int> Conversions()
    {
        var readable = _queries.MayRead(_reader);
        return
        [
            .. _flows.All()
                .Where(flow => flow.Action == Produce && flow.OutputOf is not null && readable.Contains(flow.AudienceId) && IsEnergy(flow.Specification))
                .Select(flow => flow.OutputOf!.Id),
        ];

        bool IsEnergy(ResourceSpecification specification) => _catalog.Specifications.Get(specification.Id).Row.Classification == "energy";
    }

    private IReadOnlyList<FigurePart> Parts(IEnumerable<FlowTotal> totals, string period, LocalDate date, Func<FlowNouns, Quality?>? qualityOf = null) =>
    [
        .. totals.GroupBy(total => total.Flow.Id)
            .Select(same => (same.First().Flow, Quantity: Sum(same)))
            .OrderByDescending(part => part.Quantity)
            .Select(part => new FigurePart(
                Label(part.Flow),
                part.Quantity,
                part.Flow.Specification.Unit.Code,
                (qualityOf ?? QualityOf)(part.Flow),
                Link(part.Flow.Specification, part.Flow.Receiver, period, date))),
    ];

    private string Label(FlowNouns flow) =>
        flow.InputOf is { } process ? _names.Of(process).Name
        : flow.DeclaredId is { } declared ? _catalog.DeclaredFlows.Get(declared).Row.Name(_language)
        : _names.Of(flow.Receiver).Name;
}
