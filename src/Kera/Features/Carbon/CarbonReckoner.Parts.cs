using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Carbon;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Carbon;

/// <content>Parts, factors, coverage and events of figures.</content>
public sealed partial class CarbonReckoner
{
    private const double DaysOfAYear = 365.25;

    private Task<FigureValue> SumAsync(TracedPeriod period, List<TracedFlow> flows, string formula, CancellationToken cancellation)
    {
        var parts = period.Layout.Sources.Select(key => Part(_names.Source(key), period.OfSource(flows, key), QualityOf(flows), key == FootprintLayout.Measured ? null : WhyLink("source", FootprintLayout.Declared(key).Key, period.Time)));
        return WithProvenanceAsync(Value(period, parts, formula), period, flows, cancellation);
    }

    private Task<FigureValue> ByFlowAsync(TracedPeriod period, List<TracedFlow> flows, string formula, CancellationToken cancellation)
    {
        var parts = flows.GroupBy(flow => flow.Nouns).Select(group => Part(_names.Flow(group.Key), Location(group), QualityOf(group), null));
        return WithProvenanceAsync(Value(period, parts, formula), period, flows, cancellation);
    }

    private async Task<FigureValue> WithProvenanceAsync(FigureValue value, TracedPeriod period, List<TracedFlow> flows, CancellationToken cancellation, FactorStage stage = FactorStage.LifeCycle) => value with
    {
        Events = await EventsAsync(period.Time, cancellation),
        Coverage = CoverageOf(period, flows),
        Factors = [.. FactorsOf(period, flows, stage)],
        EventsLink = FlowsLink(period.Time, null),
    };

    private static FigureValue Value(TracedPeriod period, IEnumerable<FigurePart> parts, string formula)
    {
        List<FigurePart> kept = [.. parts.Where(part => part.Quantity != Quantity.Zero).OrderByDescending(part => part.Quantity)];
        return new FigureValue
        {
            Quantity = Total(kept),
            Unit = Kilogram,
            From = period.Time.Start,
            Until = period.Time.End,
            Formula = formula,
            Parts = kept,
            Position = period.Position,
        };
    }

    private async Task<long> EventsAsync(CarbonTime time, CancellationToken cancellation)
    {
        var filter = new LedgerFilter { From = DistrictCalendar.ToMicroseconds(time.Start), Until = DistrictCalendar.ToMicroseconds(time.End) };
        var granularity = time.Span switch { CarbonSpan.Hour => Granularity.Hour, CarbonSpan.Day => Granularity.Day, _ => Granularity.Month };
        return (await _queries.TotalsAsync(_reader, filter, granularity, cancellation)).Sum(total => total.Events);
    }

    private FigureCoverage? CoverageOf(TracedPeriod period, List<TracedFlow> flows)
    {
        // A percentage of several units would be of nothing; gaps of the others are told by their sizes.
        var units = period.Coverage(flows).ToList();
        var gaps = period.Gaps.Where(gap => flows.Contains(gap.Flow) || (gap.Flow.Carbon.End == FlowEnd.Entered && units.Any(unit => unit.Unit == gap.Flow.Nouns.Specification.Unit.Code))).ToList();
        return units.Where(unit => unit.Unit == "kWh").Take(1).Concat(units).FirstOrDefault() is { Entered: > 0 } main && units.Count(unit => unit.Unit == main.Unit) == 1
            ? new FigureCoverage(Rounded(main.Covered), Rounded(main.Entered), main.Unit, [.. gaps.Select(gap => new FigurePart(_names.Flow(gap.Flow.Nouns), Rounded(gap.Amount), gap.Flow.Nouns.Specification.Unit.Code, gap.Flow.Quality, null))])
            : null;
    }

    private IEnumerable<FigurePart> LeftOut(TracedPeriod period) =>
        period.Exported > 0 ? [Part(T["carbon.exported"], period.Exported, QualityOf(period.Flows), null)] : [];

    private IEnumerable<FigureFactor> FactorsOf(TracedPeriod period, List<TracedFlow> flows, FactorStage stage = FactorStage.LifeCycle) =>
        _rules.Carbon.Sources.Values
            .Where(source => period.OfSource(flows, source.Key) + period.OfSource(flows, FootprintLayout.Mean(source.Key)) > 0)
            .SelectMany(source => FactorsOf(source, period, stage))
            .Distinct();

    // Those of the first day and of the last: a factor may hold for a part of a year.
    private IEnumerable<FigureFactor> FactorsOf(CarbonSource source, TracedPeriod period, FactorStage stage = FactorStage.LifeCycle)
    {
        foreach (var day in new[] { _factors.DayOf(period.Time.Start), _factors.DayOf(period.Time.End - Duration.Epsilon) }.Distinct())
        {
            if (source.Mix is { } key && period.OfSource(period.Flows, source.Key) > 0)
            {
                var mix = _rules.Carbon.Mixes[key];
                foreach (var kind in mix.Kinds.Values.Where(kind => _mixSeries.Value.Contains(kind.Series(mix.Key)) && (stage == FactorStage.LifeCycle || kind.Burns)))
                {
                    var reference = new FactorReference(kind.Factor, Unit.Find("kWh"), stage, FactorMethod.Location, "CO2e");
                    if (_factors.Find(reference, day) is { } factor)
                    {
                        yield return Factor(factor, reference) with { Detail = T.Format("carbon.factor.mix", ("mix", mix.Name.In(_language.Code)), ("detail", Factor(factor, reference).Detail)) };
                    }
                }
            }

            if (source.Mix is null || period.OfSource(period.Flows, FootprintLayout.Mean(source.Key)) > 0)
            {
                foreach (var reference in source.Factors)
                {
                    if (_factors.Find(reference, day) is { } factor)
                    {
                        yield return Factor(factor, reference);
                    }
                }
            }
        }
    }

    private FigureFactor Factor(EmissionFactor factor, FactorReference reference)
    {
        var formats = new Formats(_language, Book.Zone);
        var amount = factor.Kilograms < 1 ? formats.Amount(Rounded(factor.Kilograms * 1_000), "g") : formats.Amount(Rounded(factor.Kilograms), "kg");
        return new FigureFactor(
            $"{amount} {factor.Gas}/{formats.Unit(reference.Unit.Code)}",
            T.Format(
                "carbon.factor",
                ("key", factor.Key),
                ("stage", T.Of("carbon.stage", factor.Stage.ToString())),
                ("method", T.Of("carbon.method", factor.Method.ToString())),
                ("region", factor.Region),
                ("from", LocalDatePattern.Iso.Format(LocalDate.FromDateOnly(factor.From)))),
            factor.Source,
            factor.Quality == FactorQuality.Placeholder);
    }

    // Divided by the hours in which the room can be booked: all of them together carry what was embodied.
    private static double Embodied(EmbodiedThing thing, decimal hoursPerYear, Instant at)
    {
        var used = (at - thing.From.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant()).TotalDays / DaysOfAYear;
        if (used < 0)
        {
            return 0;
        }

        var remaining = Math.Clamp((double)thing.Years - used, 0, (double)thing.Years);
        return EmbodiedCarbon.PerHour((double)thing.Kilograms * remaining / (double)thing.Years, remaining * (double)hoursPerYear, (double)thing.LeastHours);
    }

    private static double OfEither(double[] carried, FootprintLayout layout, string source) =>
        new[] { source, FootprintLayout.Mean(source) }.Where(layout.Sources.Contains).Sum(key => carried[FootprintLayout.OfSource(layout.IndexOfSource(key))]);

    // An hour without any flow at either end is no hole.
    private static bool IsPartial(CarbonTime time, Instant from, Instant until) => until - from < time.End - time.Start - Duration.FromHours(1);

    private static double Location(IEnumerable<TracedFlow> flows) => flows.Sum(flow => flow.Carbon.Carried[FootprintLayout.Location]);

    private static Quality? QualityOf(IEnumerable<TracedFlow> flows)
    {
        Quality? least = Quality.Measured;
        foreach (var flow in flows)
        {
            if (flow.Quality is not { } quality)
            {
                return null;
            }

            least = quality > least ? quality : least;
        }

        return least;
    }

    private static FigurePart Part(string label, double kilograms, Quality? quality, FigureLink? link) => new(label, Rounded(kilograms), Kilogram, quality, link);

    // Kilograms to the gram.
    private static Quantity Rounded(double amount) => RoundedQuantity.Of(amount, 3);

    private static Quantity Total(IEnumerable<FigurePart> parts) => parts.Aggregate(Quantity.Zero, (sum, part) => sum + part.Quantity);

    private string Percent(double share) => new Formats(_language, Book.Zone).Percent(Rounded(share), Rounded(1));

    private FigureLink WhyLink(CarbonTime time) => new(FigureReader.WhyPath(CarbonFigures.Total(time, Book.Zone)), []);

    private FigureLink WhyLink(string what, string key, CarbonTime time) => new(FigureReader.WhyPath(CarbonFigures.Of(what, key, time, Book.Zone)), []);

    private static FigureLink ResourceLink(EconomicResource resource) => new($"{FlowsPath}/resources/{Uri.EscapeDataString(resource.Key)}", []);

    private FigureLink FlowsLink(CarbonTime time, KeyValuePair<string, string?>? filter)
    {
        var date = LocalDatePattern.Iso.Format(time.Start.InZone(Book.Zone).Date);
        var period = time.Span switch { CarbonSpan.Hour or CarbonSpan.Day => "hour", CarbonSpan.Month => "day", _ => "month" };
        List<KeyValuePair<string, string?>> query = [new("period", period), new("from", date)];
        if (filter is { } one)
        {
            query.Add(one);
        }

        return new FigureLink(FlowsPath, query);
    }
}
