using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.District.Formulas;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Ui;
using NodaTime;

namespace Kera.Features.Indicators;

/// <summary>
/// Reckons indicators for one reader and request: in the reader's language, and only from what the reader may read. An endpoint takes it
/// as a parameter.
/// </summary>
public sealed partial class GoalReader
{
    /// <summary>What the name of an indicator's figure begins with.</summary>
    internal static string FigurePrefix => "indicator.";

    private readonly DistrictModel? _district;
    private readonly CallReader? _calls;
    private readonly FigureReader _figures;
    private readonly Formats _formats;
    private readonly Language _language;
    private readonly Texts _texts;

    private GoalReader(FigureContext context, FigureReader figures)
    {
        _district = context.Services.GetRequiredService<DistrictInForce>().Model;
        _language = context.Language;
        _texts = Texts.For(context.Language);
        _figures = figures;
        _formats = new Formats(context.Language, _district?.Header.Zone ?? DateTimeZone.Utc);
        _calls = _district is null ? null : new CallReader(context.Services, context.Reader, context.Language, _district, figures, context.Now);
    }

    /// <summary>Makes the reader of a figure.</summary>
    internal static GoalReader Of(FigureContext context) => new(context, new FigureReader(context));

    /// <summary>Makes the reader of a request; called by the framework for an endpoint's parameter.</summary>
    public static ValueTask<GoalReader> BindAsync(HttpContext context)
    {
        var asked = new FigureContext(context.RequestServices, context.Reader(), PageContext.Of(context).Language, context.RequestServices.GetRequiredService<IClock>().GetCurrentInstant());
        return ValueTask.FromResult(new GoalReader(asked, new FigureReader(asked)));
    }

    /// <summary>The present day in the district.</summary>
    internal LocalDate Today => _calls?.Today ?? default;

    /// <summary>Every indicator with where it stands, in the order of the files.</summary>
    internal async Task<IReadOnlyList<Goal>> AllAsync(CancellationToken cancellation)
    {
        var goals = new List<Goal>();
        foreach (var indicator in _district?.Indicators.Values ?? [])
        {
            goals.Add(await GoalAsync(indicator, cancellation));
        }

        return goals;
    }

    /// <summary>One indicator with where it stands; null where there is none of the key.</summary>
    internal async Task<Goal?> FindAsync(string key, CancellationToken cancellation) =>
        _district?.Indicators.GetValueOrDefault(key) is { } indicator ? await GoalAsync(indicator, cancellation) : null;

    /// <summary>What an indicator amounts to; null where nothing is recorded for it.</summary>
    internal async Task<FigureValue?> ValueAsync(DistrictIndicator indicator, CancellationToken cancellation) =>
        (await GoalAsync(indicator, cancellation)).Value;

    private async Task<Goal> GoalAsync(DistrictIndicator indicator, CancellationToken cancellation)
    {
        var reckoned = await ReckonAsync(indicator, cancellation);
        // What lacks a part would stand better or worse than it is: its value is shown, and not judged.
        double? value = reckoned is not { IsWhole: true } ? null : (double)reckoned.Value.Figure.Quantity.ToDecimal();
        return new Goal(
            indicator,
            reckoned?.Figure,
            PathStatus.Of(indicator.Direction, indicator.Baseline, indicator.Path, value, _calls!.Today),
            reckoned?.Days,
            value is { } known && indicator is { Benchmark: { } benchmark, IsOfU4ssc: true } ? BenchmarkPoints.Of(indicator.Direction, known, (double)benchmark.Value.ToDecimal()) : null);
    }

    private async Task<(FigureValue Figure, RecordedDays? Days, bool IsWhole)?> ReckonAsync(DistrictIndicator indicator, CancellationToken cancellation)
    {
        if (indicator.Formula is not { } formula || _calls is null)
        {
            return null;
        }

        var values = new Dictionary<FormulaCall, CallValue>();
        foreach (var call in formula.Calls)
        {
            if (await _calls.ValueAsync(call, indicator.Period, cancellation) is not { } value)
            {
                return null;
            }

            values[call] = value;
        }

        var window = IndicatorWindow.Of(indicator.Period, _calls.Today);
        var days = Recorded(window, values.Values);
        var scale = indicator.Rate && days is { Missing: true } ? (double)days.Wanted / days.Recorded : 1;
        var result = FormulaValues.Evaluate(formula, call => values[call].Value) * scale / (double)indicator.Unit.Size;
        if (!double.IsFinite(result))
        {
            return null;
        }

        var bill = IndicatorBill.Of(formula, indicator.Unit, values, scale, days is null ? "" : Say("indicators.days", days), Words.Of);
        var time = values.Values.All(value => value.Time is not null) ? values.Values.First().Time : null;
        return (new FigureValue
        {
            Quantity = IndicatorBill.ToQuantity(result),
            Unit = indicator.Unit.Code,
            PartUnit = bill.Unit.Code,
            From = time?.From ?? _calls.StartOf(days?.First ?? window.First ?? values.Values.Min(value => value.First) ?? _calls.Today),
            Until = time?.Until ?? _calls.StartOf(window.First is null ? _calls.Today.PlusDays(1) : window.After),
            SentenceKey = "indicators.sentence",
            Formula = FormulaOf(indicator, formula, days, scale),
            Parts = bill.Parts,
            Divisor = bill.Divisor,
            Factors = Factors(indicator, values.Values),
            Events = values.Values.Sum(value => value.Events),
            EventsLink = values.Values.Select(value => value.Link).FirstOrDefault(link => link is not null),
        }, days, IsWhole(indicator, window, days, values.Values));
    }

    // A sum of fewer days than it is to be of is no whole, nor a ratio of sums that are not of the same days.
    private static bool IsWhole(DistrictIndicator indicator, IndicatorWindow window, RecordedDays? days, IEnumerable<CallValue> values)
    {
        const int Alike = 7;
        var sums = values.Where(value => value.First is not null).ToList();
        return !values.Any(value => value.IsPartial)
            && !(days is { Missing: true } && !indicator.Rate && indicator.Formula!.Growth != 0)
            && (window.First is not { } first || indicator.Formula!.Growth != 0
                || (Apart(sums.Select(value => value.Begins ?? first)) <= Alike && Apart(sums.Select(value => value.Ends ?? window.After)) <= Alike));

        static int Apart(IEnumerable<LocalDate> days) => days.Any() ? Period.DaysBetween(days.Min(), days.Max()) : 0;
    }

    private FormulaWords Words => new(_district!, _language, key => _figures.Find(key)?.NameIn(_language));

    // From the first to the last day that anything of the formula is recorded on; null where the period has no length or nothing is summed.
    private static RecordedDays? Recorded(IndicatorWindow window, IEnumerable<CallValue> values)
    {
        if (window is not { First: { } first, Days: { } wanted } || values.All(value => value.Factor is not null || value.Time is not null))
        {
            return null;
        }

        var summed = values.Where(value => value.Factor is null && value.Time is null).ToList();
        var begins = summed.All(value => value.Begins is not null) ? summed.Min(value => value.Begins)!.Value : first;
        var after = summed.All(value => value.Ends is not null) ? summed.Max(value => value.Ends)!.Value.PlusDays(1) : window.After;
        return new RecordedDays(begins, Period.DaysBetween(begins, after), wanted);
    }

    private string FormulaOf(DistrictIndicator indicator, Formula formula, RecordedDays? days, double scale)
    {
        var words = _texts.Format("indicators.formula", ("words", Words.Of(formula)), ("written", indicator.FormulaText));
        var note = days is not { Missing: true } ? "" : " " + Say(scale == 1 ? "indicators.short" : "indicators.scaled", days);
        return words + note;
    }

    private string Say(string key, RecordedDays days) => _texts.Format(key, ("days", _formats.Number(days.Recorded)), ("of", _formats.Number(days.Wanted)));

    private List<FigureFactor> Factors(DistrictIndicator indicator, IEnumerable<CallValue> values)
    {
        var factors = values.SelectMany(value => value.Factor is { } fact ? [fact] : value.Factors).Distinct().ToList();
        if (indicator.Benchmark is { } benchmark)
        {
            factors.Add(new FigureFactor(
                _formats.Amount(benchmark.Value, indicator.Unit.Code),
                _texts["indicators.benchmark"],
                _calls!.SourceOf(benchmark.Sources, benchmark.Illustrative),
                benchmark.Illustrative));
        }

        return factors;
    }
}

/// <summary>How much of a period is recorded.</summary>
/// <param name="First">The first day.</param>
/// <param name="Recorded">How many days from it to the period's end, or to where the record stopped.</param>
/// <param name="Wanted">How many the period has.</param>
public sealed record RecordedDays(LocalDate First, int Recorded, int Wanted)
{
    /// <summary>Whether the record is shorter than the period.</summary>
    public bool Missing => Recorded < Wanted;
}

/// <summary>An indicator with where it stands.</summary>
/// <param name="Indicator">What the files say.</param>
/// <param name="Value">What it amounts to; null without data.</param>
/// <param name="Standing">Where that stands against its path; no data where the value is not of the whole that it is to be of.</param>
/// <param name="Days">How much of its period is recorded; null where that cannot be said.</param>
/// <param name="Points">The points of U4SSC, 1 to 4; null where there is no benchmark or value.</param>
public sealed record Goal(DistrictIndicator Indicator, FigureValue? Value, Standing Standing, RecordedDays? Days, int? Points)
{
    /// <summary>What its value rests on: the least sure of its parts and its divisor; null where unsaid.</summary>
    public Quality? Quality => Value?.Quality;

    /// <summary>Whether it meets a target; null without a value.</summary>
    public bool? Meets(Target target)
    {
        if (Value is null)
        {
            return null;
        }

        var value = Value.Quantity.ToDecimal() * Indicator.Unit.Size;
        var wanted = target.Value.ToDecimal() * target.Unit.Size;
        return target.Comparator switch
        {
            TargetComparator.AtMost => value <= wanted,
            TargetComparator.AtLeast => value >= wanted,
            _ => value == wanted,
        };
    }
}
