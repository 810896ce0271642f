using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Indicators;

/// <summary>A goal's path and values as places in a drawing, in percent of its box.</summary>
public sealed class PathDrawing
{
    private const int MostLabels = 6;

    private readonly LocalDate _first;
    private readonly int _days;

    /// <summary>Lays a goal out.</summary>
    public PathDrawing(Goal goal, IReadOnlyList<MonthValue> course, LocalDate today)
    {
        var points = goal.Indicator.Path.ToList();
        if (goal.Indicator.Baseline is { } baseline)
        {
            points.Insert(0, baseline);
        }

        var years = points.Select(point => point.Year).Append(today.Year).Concat(course.Select(month => month.Month.Year)).ToList();
        (FirstYear, LastYear) = (years.Min(), years.Max());
        _first = new LocalDate(FirstYear, 1, 1);
        _days = Period.DaysBetween(_first, new LocalDate(LastYear + 1, 1, 1));
        var values = course.Select(month => IndicatorBill.ToQuantity(month.Value)).Concat(points.Select(point => point.Number.Value));
        Scale = new BarScale(goal.Value is { } now ? values.Append(now.Quantity) : values);
        Path = [.. points.Select(point => (X(new LocalDate(point.Year, 12, 31)), Y(point.Number.Value)))];
        Course = [.. course.Select(month => (X(month.Month.PlusDays(15)), Y(IndicatorBill.ToQuantity(month.Value))))];
        Now = goal.Value is { } value ? (X(today), Y(value.Quantity)) : null;
        HasBaseline = goal.Indicator.Baseline is not null;
    }

    /// <summary>The first year drawn.</summary>
    public int FirstYear { get; }

    /// <summary>The last.</summary>
    public int LastYear { get; }

    /// <summary>Where values stand.</summary>
    public BarScale Scale { get; }

    /// <summary>The points of the path, the baseline first.</summary>
    public IReadOnlyList<(string X, string Y)> Path { get; }

    /// <summary>The values of months.</summary>
    public IReadOnlyList<(string X, string Y)> Course { get; }

    /// <summary>The value now.</summary>
    public (string X, string Y)? Now { get; }

    /// <summary>Whether the first point is a baseline.</summary>
    public bool HasBaseline { get; }

    /// <summary>The years that have a label, with the middle of each.</summary>
    public IEnumerable<(int Year, string X, string Anchor)> Labels
    {
        get
        {
            var step = Math.Max(1, (LastYear - FirstYear + MostLabels) / MostLabels);
            for (var year = FirstYear; year <= LastYear; year += step)
            {
                // At the edge a label stands inside it.
                yield return year == LastYear ? (year, "100%", "end") : (year, X(new LocalDate(year, 7, 1)), "middle");
            }
        }
    }

    private string X(LocalDate day) => BarScale.Percent(100m * Period.DaysBetween(_first, day) / _days);

    private string Y(Quantity value) => BarScale.Percent(Scale.Top(value));
}
