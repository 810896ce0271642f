using NodaTime;

namespace Kera.Energy;

/// <summary>
/// What is known of an hour of sun at an origin: the sky without clouds, and which share of it came through lately. What is learned is that
/// share, so that spring is no surprise to who has seen winter only.
/// </summary>
internal sealed class SunFeatures
{
    private const int Day = 24;
    private const int UsualDays = 14;

    // Watts on a square metre below which it is night: shares of next to nothing say nothing.
    private const double LeastClear = 5;
    private readonly double[] _clear;
    private readonly double[] _values;

    /// <summary>Makes them for hours from a start on.</summary>
    /// <param name="task">Where the panels are.</param>
    /// <param name="start">When the first hour begins.</param>
    /// <param name="values">What came, gaps and what is to come as NaN.</param>
    public SunFeatures(ForecastTask task, Instant start, double[] values)
    {
        _values = values;
        _clear = new double[values.Length];
        for (var hour = 0; hour < values.Length; hour++)
        {
            var clear = ClearSky.OfHour(start + Duration.FromHours(hour), task.Latitude, task.Longitude);
            _clear[hour] = clear < LeastClear ? 0 : clear;
        }
    }

    /// <summary>What comes down on a level square metre without clouds, W; exactly 0 at night.</summary>
    public double Clear(int hour) => _clear[hour];

    /// <summary>What came, for each watt that would have come without clouds.</summary>
    public double Share(int hour) => _values[hour] / _clear[hour];

    /// <summary>The share in the same hour of the newest fourteen days that are known at an origin, where none of them had sun of all hours; NaN where there was none at all.</summary>
    public double Usual(int origin, int hour)
    {
        var usual = CameThrough(Newest(origin, hour), Day, UsualDays);
        return double.IsNaN(usual) ? CameThrough(origin - 1, 1, UsualDays * Day) : usual;
    }

    /// <summary>What is known of an hour at an origin, gaps as NaN.</summary>
    public double[] Row(int origin, int hour)
    {
        var (usual, newest) = (Usual(origin, hour), Newest(origin, hour));
        var (lastDay, lastDays, lastWeeks) = (CameThrough(origin - 1, 1, Day), CameThrough(origin - 1, 1, 3 * Day), CameThrough(origin - 1, 1, UsualDays * Day));
        return
        [
            _clear[hour] / 1000, lastDay - lastWeeks, lastDays - lastWeeks, usual, usual - lastWeeks,
            CameThrough(newest, Day, 1) - usual, CameThrough(newest, Day, 2) - usual,
        ];
    }

    private static int Newest(int origin, int hour) => hour - (Day * (((hour - origin) / Day) + 1));

    // What came of what would have come without clouds, over some hours backwards; NaN where none of them is known.
    private double CameThrough(int last, int step, int count)
    {
        var (came, clear) = (0.0, 0.0);
        for (var hour = last; hour >= 0 && count > 0; hour -= step, count--)
        {
            if (!double.IsNaN(_values[hour]))
            {
                (came, clear) = (came + _values[hour], clear + _clear[hour]);
            }
        }

        return clear > 0 ? came / clear : double.NaN;
    }
}
