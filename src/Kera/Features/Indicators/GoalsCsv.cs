using System.Globalization;
using System.Text;
using Kera.Base.Ui;

namespace Kera.Features.Indicators;

/// <summary>Indicators as comma-separated values (RFC 4180): keys beside names, numbers with a point.</summary>
internal static class GoalsCsv
{
    private static readonly string[] Columns =
    [
        "key", "name", "level", "period", "unit", "value", "from", "until", "recordedDays", "quality", "status", "expected",
        "benchmark", "u4sscPoints", "sdg", "codes", "responsible", "formula",
    ];

    private static readonly string[] CourseColumns = ["key", "kind", "time", "days", "value", "unit", "illustrative"];

    /// <summary>Writes all goals, a line each.</summary>
    public static string Write(IEnumerable<Goal> goals, Language language)
    {
        var csv = new StringBuilder();
        csv.CsvLine(Columns);
        foreach (var goal in goals)
        {
            var indicator = goal.Indicator;
            csv.CsvLine(
            [
                indicator.Key, Texts.WithoutSoftHyphens(indicator.Name.In(language.Code)), GoalQuery.Word(indicator.Level), GoalQuery.Word(indicator.Period), indicator.Unit.Code,
                goal.Value?.Quantity.ToString(), goal.Value?.From.ToString(), goal.Value?.Until.ToString(), goal.Days?.Recorded.ToString(CultureInfo.InvariantCulture),
                goal.Quality?.ToString().ToLowerInvariant(), GoalQuery.Word(goal.Standing.Status), Number(goal.Standing.Expected),
                indicator.Benchmark?.Value.ToString(), goal.Points?.ToString(CultureInfo.InvariantCulture), string.Join(' ', indicator.Sdg),
                string.Join("; ", indicator.Codes.Select(code => code.Edition is { } edition ? $"{code.Standard}:{edition} {code.Code}" : $"{code.Standard} (edition not stated) {code.Code}")),
                indicator.Responsible, indicator.FormulaText,
            ]);
        }

        return csv.ToString();
    }

    /// <summary>Writes one goal's path and how it went, a line for each point.</summary>
    public static string Write(Goal goal, IEnumerable<MonthValue> course)
    {
        var (csv, indicator) = (new StringBuilder(), goal.Indicator);
        csv.CsvLine(CourseColumns);
        if (indicator.Baseline is { } baseline)
        {
            Point("baseline", baseline.Year, baseline.Number);
        }

        foreach (var point in indicator.Path)
        {
            Point("path", point.Year, point.Number);
        }

        foreach (var month in course)
        {
            csv.CsvLine([indicator.Key, "month", $"{month.Month.Year:0000}-{month.Month.Month:00}", month.Days.ToString(CultureInfo.InvariantCulture), Number(month.Value), indicator.Unit.Code, null]);
        }

        if (goal.Value is { } value)
        {
            csv.CsvLine([indicator.Key, "value", value.Until.ToString(), goal.Days?.Recorded.ToString(CultureInfo.InvariantCulture), value.Quantity.ToString(), indicator.Unit.Code, null]);
        }

        return csv.ToString();

        void Point(string kind, int year, Base.District.IndicatorNumber number) =>
            csv.CsvLine([indicator.Key, kind, year.ToString(CultureInfo.InvariantCulture), null, number.Value.ToString(), indicator.Unit.Code, number.Illustrative ? "true" : "false"]);
    }

    private static string Number(double value) => IndicatorBill.ToQuantity(value).ToString();
}
