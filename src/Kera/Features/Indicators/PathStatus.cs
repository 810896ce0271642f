using Kera.Base.District;
using NodaTime;

namespace Kera.Features.Indicators;

/// <summary>Where an indicator stands against its path, the worst first.</summary>
public enum GoalStatus
{
    /// <summary>Worse than the path.</summary>
    Behind,

    /// <summary>As the path, or nearly so.</summary>
    OnPath,

    /// <summary>Better than the path.</summary>
    Ahead,

    /// <summary>Without a value.</summary>
    NoData,
}

/// <summary>Where a value stands.</summary>
/// <param name="Status">The status.</param>
/// <param name="Expected">What the path says of the day, in the indicator's unit.</param>
/// <param name="Better">By how much the value is better than that; negative where it is worse, 0 without a value.</param>
public sealed record Standing(GoalStatus Status, double Expected, double Better);

/// <summary>
/// The rule by which a value is ahead, on the path or behind (docs/concepts/indicators.md). A path goes straight from the end of one
/// year to the end of another.
/// </summary>
public static class PathStatus
{
    /// <summary>On the path is what differs from it by no more than this share of the whole way from baseline to last point.</summary>
    public static double Tolerance => 0.05;

    /// <summary>Judges a value.</summary>
    /// <param name="direction">Which way is better.</param>
    /// <param name="baseline">Where the path begins; null where the first point holds from ever.</param>
    /// <param name="path">What it is to be, by year; one at least, the earliest first.</param>
    /// <param name="value">What it is; null without data.</param>
    /// <param name="day">Of which day.</param>
    public static Standing Of(IndicatorDirection direction, IndicatorPoint? baseline, IReadOnlyList<IndicatorPoint> path, double? value, LocalDate day)
    {
        var expected = Expected(baseline, path, day);
        if (value is not { } known)
        {
            return new Standing(GoalStatus.NoData, expected, 0);
        }

        var better = direction == IndicatorDirection.More ? known - expected : expected - known;
        var status = Math.Abs(better) <= Width(baseline, path) ? GoalStatus.OnPath : better > 0 ? GoalStatus.Ahead : GoalStatus.Behind;
        return new Standing(status, expected, better);
    }

    /// <summary>What the path says of a day: before it begins its beginning, after it ends its end.</summary>
    public static double Expected(IndicatorPoint? baseline, IReadOnlyList<IndicatorPoint> path, LocalDate day)
    {
        var before = baseline;
        foreach (var point in path)
        {
            if (day <= EndOf(point))
            {
                return before is null ? ValueOf(point) : Between(before, point, day);
            }

            before = point;
        }

        return ValueOf(path[^1]);
    }

    /// <summary>How far from the path is still on it, in the indicator's unit; a flat path has the same share of its height.</summary>
    public static double Width(IndicatorPoint? baseline, IReadOnlyList<IndicatorPoint> path)
    {
        var way = Math.Abs(ValueOf(path[^1]) - ValueOf(baseline ?? path[0]));
        return Tolerance * (way > 0 ? way : Math.Abs(ValueOf(path[^1])));
    }

    private static double Between(IndicatorPoint before, IndicatorPoint after, LocalDate day)
    {
        var (start, end) = (EndOf(before), EndOf(after));
        var share = Math.Clamp((double)Period.DaysBetween(start, day) / Period.DaysBetween(start, end), 0, 1);
        return ValueOf(before) + (share * (ValueOf(after) - ValueOf(before)));
    }

    private static LocalDate EndOf(IndicatorPoint point) => new(point.Year, 12, 31);

    private static double ValueOf(IndicatorPoint point) => (double)point.Number.Value.ToDecimal();
}
