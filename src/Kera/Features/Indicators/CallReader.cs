using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.District.Formulas;
using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Indicators;

/// <summary>Finds what the calls of formulas come to, for one reader and request: sums, Series, Figures and facts with their provenance.</summary>
internal sealed class CallReader(IServiceProvider services, Reader reader, Language language, DistrictModel district, FigureReader figures, Instant now)
{
    // Another feature's page: linked to where it is there.
    private const string FlowsPath = "/flows";

    private readonly LedgerQueries _queries = services.GetRequiredService<LedgerQueries>();
    private readonly Catalog _catalog = services.GetRequiredService<Catalog>();
    private readonly IndicatorSums _sums = services.GetRequiredService<IndicatorSums>();
    private readonly FormulaScope _scope = district.FormulaScope;
    private readonly Texts _texts = Texts.For(language);
    private readonly bool _hasFlows = services.GetServices<NavigationEntry>().Any(entry => entry.Path == FlowsPath);
    private readonly Dictionary<IndicatorPeriod, IReadOnlyList<FlowSum>> _ofPeriod = [];
    private long? _head;

    /// <summary>The present day in the district.</summary>
    public LocalDate Today => now.InZone(_queries.Zone).Date;

    /// <summary>What a call comes to; null where nothing is recorded, or a figure is not there.</summary>
    public async Task<CallValue?> ValueAsync(FormulaCall call, IndicatorPeriod period, CancellationToken cancellation) => call switch
    {
        FormulaTotal total => await TotalAsync(total, period, cancellation),
        FormulaFact fact => Fact(fact),
        FormulaFigure figure => await FigureAsync(figure, cancellation),
        FormulaSeries series => await SeriesAsync(series, period, cancellation),
        _ => null,
    };

    /// <summary>The sums of a total by day, from one day to before another; null where a key that it names is not in the store.</summary>
    public async Task<IReadOnlyList<FlowTotal>?> DaysAsync(FormulaTotal total, LocalDate from, LocalDate after, CancellationToken cancellation) =>
        FlowMatch.Of(total, _queries, _catalog, _scope) is not { } match ? null : [.. (await _queries.TotalsAsync(
            reader,
            match.Filter with { From = Micros(from), Until = Micros(after) },
            Granularity.Day,
            cancellation)).Where(day => match.Fits(day.Flow))];

    /// <summary>The day of a moment in the district.</summary>
    public LocalDate DayOf(long micros) => DistrictCalendar.ToInstant(micros).InZone(_queries.Zone).Date;

    /// <summary>The beginning of a day in the district.</summary>
    public Instant StartOf(LocalDate day) => _queries.Zone.AtStartOfDay(day).ToInstant();

    private async Task<CallValue?> TotalAsync(FormulaTotal total, IndicatorPeriod period, CancellationToken cancellation)
    {
        if (FlowMatch.Of(total, _queries, _catalog, _scope) is not { } match)
        {
            return null;
        }

        var sums = (await SumsAsync(period, cancellation)).Where(sum => match.Fits(sum.Flow)).ToList();
        if (sums.Count == 0)
        {
            return null;
        }

        var specification = sums[0].Flow.Specification;
        var unit = FormulaUnit.Of(total.IsEffort ? specification.EffortUnit ?? Unit.Find("h") : specification.Unit);
        var amount = sums.Aggregate(Quantity.Zero, (sum, each) => sum + Amount(each));
        var window = IndicatorWindow.Of(period, Today);
        var (begins, ends) = (DayOf(sums.Min(sum => sum.First)), DayOf(sums.Max(sum => sum.Last)));
        return new CallValue(
            (double)(amount.ToDecimal() * unit.Size),
            unit,
            [.. sums.Select(sum => new FigurePart(LabelOf(sum.Flow), Amount(sum), unit.Code, QualityOf(sum.Flow), Link(sum.Flow.Specification, sum.Flow.Action, sum.Flow.Receiver, period, window, DayOf(sum.Last))))],
            sums.Any(sum => QualityOf(sum.Flow) is null) ? null : sums.Max(sum => QualityOf(sum.Flow)))
        {
            Begins = window.First is { } first && begins > first && !await RecordedBeforeAsync(total, match, first, cancellation) ? begins : null,
            Ends = window.First is not null && ends < window.After.PlusDays(-1) && sums.Any(IsDaily) ? ends : null,
            First = begins,
            IsPartial = period == IndicatorPeriod.Day && await LacksHoursAsync(match, sums, cancellation),
            Events = sums.Sum(sum => sum.Events),
            Link = Link(specification, match.Filter.Action, null, period, window, ends),
        };

        Quantity Amount(FlowSum sum) => total.IsEffort ? sum.Effort : sum.Quantity;
    }

    // What happens once a week began before the window, whatever its first day within it is.
    private async Task<bool> RecordedBeforeAsync(FormulaTotal total, FlowMatch match, LocalDate first, CancellationToken cancellation) =>
        (await SumsAsync(IndicatorPeriod.AllTime, cancellation)).Any(sum => match.Fits(sum.Flow) && DayOf(sum.First) < new LocalDate(first.Year, first.Month, 1))
        || await DaysAsync(total, new LocalDate(first.Year, first.Month, 1), first, cancellation) is { Count: > 0 };

    // Of what is recorded every day or oftener, a day without it is a hole; of what happens now and then it is not.
    private bool IsDaily(FlowSum sum) => sum.Events > Period.DaysBetween(DayOf(sum.First), DayOf(sum.Last));

    // Against what the flows have on a day of the last month: a flow may be read hourly or daily, and one may have stopped.
    private async Task<bool> LacksHoursAsync(FlowMatch match, List<FlowSum> day, CancellationToken cancellation)
    {
        const int DaysOfMonth = 30;
        const double Nearly = 0.9;
        return (await SumsAsync(IndicatorPeriod.Month, cancellation)).Where(month => match.Fits(month.Flow) && IsDaily(month)).Any(month =>
            month.Events * Nearly / Math.Min(DaysOfMonth, Period.DaysBetween(DayOf(month.First), DayOf(month.Last)) + 1) > day.Where(sum => sum.Flow == month.Flow).Sum(sum => sum.Events));
    }

    private async Task<IReadOnlyList<FlowSum>> SumsAsync(IndicatorPeriod period, CancellationToken cancellation)
    {
        if (!_ofPeriod.TryGetValue(period, out var sums))
        {
            _head ??= (await _queries.HeadAsync(cancellation)).Position;
            _ofPeriod[period] = sums = await _sums.ReadAsync(reader, period, Today, _head.Value, cancellation);
        }

        return sums;
    }

    private CallValue? Fact(FormulaFact call)
    {
        if (!district.Facts.TryGetValue(call.Key, out var fact))
        {
            return null;
        }

        var unit = FormulaUnit.Of(fact.Unit);
        var name = fact.Name.In(language.Code);
        var quality = fact.Fictional ? Quality.Synthetic : Quality.Printed;
        return new CallValue((double)(fact.Value.ToDecimal() * unit.Size), unit, [new FigurePart(name, fact.Value, unit.Code, quality, null)], quality)
        {
            Factor = new FigureFactor(
                new Formats(language, _queries.Zone).Amount(fact.Value, unit.Code),
                name,
                SourceOf(fact.Sources, fact.Fictional),
                fact.Fictional),
        };
    }

    /// <summary>Where a number is from, in words.</summary>
    public string SourceOf(IReadOnlyList<string> sources, bool illustrative) => illustrative
        ? _texts["indicators.illustrative"]
        : string.Join("; ", sources.Select(source => district.Sources.GetValueOrDefault(source)?.Citation ?? source));

    private async Task<CallValue?> FigureAsync(FormulaFigure call, CancellationToken cancellation)
    {
        if (await figures.ValueAsync(call.Key, cancellation) is not { } value || FormulaUnit.TryParse(value.Unit) is not { } unit || !unit.Fits(call.Unit))
        {
            return null;
        }

        var link = new FigureLink(FigureReader.WhyPath(call.Key), []);
        return new CallValue(
            (double)(value.Quantity.ToDecimal() * unit.Size),
            unit,
            [new FigurePart(figures.Find(call.Key)?.NameIn(language) ?? call.Key, value.Quantity, value.Unit, value.Quality, link)],
            value.Quality)
        {
            Events = value.Events,
            Link = value.EventsLink,
            // Of one that has events these tell more; its own page has the rest.
            Factors = value.EventsLink is null && value.Events == 0 ? value.Factors : [],
            Time = (value.From, value.Until),
            IsPartial = value.IsPartial,
        };
    }

    private async Task<CallValue?> SeriesAsync(FormulaSeries call, IndicatorPeriod period, CancellationToken cancellation)
    {
        var window = IndicatorWindow.Of(period, Today);
        var values = new List<SeriesValue>();
        for (Instant? from = window.First is { } first ? StartOf(first) : Instant.FromUnixTimeTicks(0); from is not null;)
        {
            if (await services.GetRequiredService<SeriesStore>().ReadAsync(call.Key, reader, from, StartOf(window.After), cancellation: cancellation) is not { } page
                || FormulaUnit.TryParse(page.Series.Unit) is not { } unit || !unit.Fits(call.Unit) || unit.Size != call.Unit.Size)
            {
                return null;
            }

            values.AddRange(page.Values);
            from = page.Next;
        }

        if (values.Count == 0)
        {
            return null;
        }

        var sum = values.Sum(value => value.Value.ToDecimal());
        var amount = IndicatorBill.ToQuantity((double)(call.IsMean ? sum / values.Count : sum));
        var quality = values.Max(value => value.Quality) switch
        {
            Base.Store.SeriesQuality.Measured => Quality.Measured,
            Base.Store.SeriesQuality.Synthetic => Quality.Synthetic,
            _ => Quality.Estimated,
        };
        var begins = values[0].Start.InZone(_queries.Zone).Date;
        return new CallValue((double)(amount.ToDecimal() * call.Unit.Size), call.Unit, [new FigurePart(call.Key, amount, call.Unit.Code, quality, null)], quality)
        {
            Begins = window.First is { } start && begins > start ? begins : null,
        };
    }

    private FigureLink? Link(ResourceSpecification specification, FlowAction? action, Agent? agent, IndicatorPeriod period, IndicatorWindow window, LocalDate last) => !_hasFlows ? null : new FigureLink(
        FlowsPath,
        [
            new("specification", specification.Key),
            new("action", action?.Name),
            new("agent", agent?.Key),
            new("period", period switch { IndicatorPeriod.Day => "hour", IndicatorPeriod.Month => null, _ => "month" }),
            new("from", LocalDatePattern.Iso.Format(window.First is null ? last : window.After.PlusDays(-1))),
        ]);

    private string LabelOf(FlowNouns flow) =>
        flow.DeclaredId is { } declared ? _catalog.DeclaredFlows.Get(declared).Row.Name(language)
        : (flow.InputOf ?? flow.OutputOf) is { } process ? _catalog.Processes.Get(process.Id).Row.Name(language)
        : _catalog.Agents.Get(flow.Receiver.Id).Row.Name(language);

    // A flow says what its readings are; of the history, the files do.
    private Quality? QualityOf(FlowNouns flow)
    {
        if (flow.DeclaredId is { } declared)
        {
            return Enum.TryParse<Quality>(_catalog.DeclaredFlows.Get(declared).Row.Quality, ignoreCase: true, out var quality) ? quality : null;
        }

        var events = district.History.Values.Where(each => each.Input.Action == flow.Action.Name && each.Input.ResourceInventoriedAs == flow.Resource?.Key).ToList();
        return events.Count == 0 ? null : events.Any(each => each.Quality == DistrictQuality.Estimated) ? Quality.Estimated : Quality.Printed;
    }

    private long Micros(LocalDate day) => DistrictCalendar.ToMicroseconds(StartOf(day));
}
