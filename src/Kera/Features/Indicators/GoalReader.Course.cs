using Kera.Base.District;
using Kera.Base.District.Formulas;
using Kera.Base.Ledger;
using NodaTime;

namespace Kera.Features.Indicators;

/// <content>How an indicator went, month by month.</content>
public sealed partial class GoalReader
{
    private const int Months = 24;

    /// <summary>
    /// What an indicator was in each of the last months, reckoned to its period; empty where a month cannot be compared with it: where it
    /// is a sum and no rate, or rests on more than the ledger's sums and facts.
    /// </summary>
    internal async Task<IReadOnlyList<MonthValue>> CourseAsync(DistrictIndicator indicator, CancellationToken cancellation)
    {
        if (_calls is null || indicator is not { Formula: { } formula, Period: not IndicatorPeriod.AllTime }
            || !formula.Calls.Any(call => call is FormulaTotal) || formula.Calls.Any(call => call is not (FormulaTotal or FormulaFact))
            || !(formula.Growth == 0 || indicator.Rate))
        {
            return [];
        }

        var today = _calls.Today;
        var from = new LocalDate(today.Year, today.Month, 1).PlusMonths(1 - Months);
        var facts = new Dictionary<FormulaCall, double>();
        var days = new Dictionary<FormulaCall, ILookup<LocalDate, FlowTotal>>();
        foreach (var call in formula.Calls)
        {
            switch (call)
            {
                case FormulaTotal total when await _calls.DaysAsync(total, from, today, cancellation) is { } read:
                    days[total] = read.ToLookup(day => FirstOfMonth(_calls.DayOf(day.Start)));
                    break;
                case FormulaFact fact when await _calls.ValueAsync(fact, indicator.Period, cancellation) is { } known:
                    facts[fact] = known.Value;
                    break;
                default:
                    return [];
            }
        }

        var dates = days.Values.SelectMany(months => months).SelectMany(month => month).Select(day => _calls.DayOf(day.Start)).DefaultIfEmpty(today).Distinct().ToList();
        var (recorded, stopped) = (dates.Min(), dates.Max().PlusDays(1));
        // What happens now and then does not stop with its last day.
        var end = dates.Count == Period.DaysBetween(recorded, stopped) ? LocalDate.Min(stopped, today) : today;
        var wanted = IndicatorWindow.Of(indicator.Period, today).Days!.Value;
        var course = new List<MonthValue>();
        for (var month = FirstOfMonth(recorded); month < today; month = month.PlusMonths(1))
        {
            if (days.Values.Any(months => !months[month].Any()))
            {
                continue;
            }

            var (first, after) = (LocalDate.Max(month, recorded), LocalDate.Min(month.PlusMonths(1), end));
            var length = Period.DaysBetween(first, after);
            var value = FormulaValues.Evaluate(formula, call => call is FormulaTotal total ? SumOf(total, days[total][month]) : facts[call])
                * (indicator.Rate ? (double)wanted / length : 1) / (double)indicator.Unit.Size;
            if (double.IsFinite(value))
            {
                course.Add(new MonthValue(month, length, value));
            }
        }

        return course;
    }

    private static LocalDate FirstOfMonth(LocalDate day) => new(day.Year, day.Month, 1);

    private static double SumOf(FormulaTotal total, IEnumerable<FlowTotal> days)
    {
        var sum = 0.0;
        foreach (var day in days)
        {
            var specification = day.Flow.Specification;
            var unit = total.IsEffort ? specification.EffortUnit ?? Kera.Flows.Unit.Find("h") : specification.Unit;
            sum += (double)((total.IsEffort ? day.Effort : day.Quantity).ToDecimal() * FormulaUnit.Of(unit).Size);
        }

        return sum;
    }
}

/// <summary>What an indicator was in a month, reckoned to its period.</summary>
/// <param name="Month">The first day of the month.</param>
/// <param name="Days">From how many days.</param>
/// <param name="Value">In the indicator's unit.</param>
public sealed record MonthValue(LocalDate Month, int Days, double Value);
