using NodaTime;

namespace Kera.Energy;

/// <summary>
/// What is known of an hour at an origin, as a row of numbers. The series is told as its difference from its base, the mean of the same hour
/// of the seven newest days, so that learning nothing is to repeat the week. Days go by the clock of the zone.
/// </summary>
internal sealed class ForecastFeatures
{
    private const int Day = 24;
    private const int BaseDays = 7;
    // Fewer of the same hour do not make a base.
    private const int FewestBaseDays = 3;
    private readonly ForecastKind _kind;
    private readonly double[] _values;
    private readonly RunningSums _means;
    private readonly int[] _offsets;
    private readonly int[] _weekdays;
    private readonly ForecastWeather[] _weather;

    /// <summary>Makes them for the hours from the start of the history, which ends at the origin, through the last one that is forecast.</summary>
    public ForecastFeatures(ForecastTask task, HourlySeries history, ForecastInputs inputs, Instant origin, int hours)
    {
        _kind = task.Kind;
        Origin = history.HoursFromStart(origin);
        var count = Origin + hours;
        Known = history.Part(history.Start, count);
        Scale = PriceScale.Of(task.Kind == ForecastKind.Price ? Known.AsSpan(0, Origin) : []);
        _values = task.Kind == ForecastKind.Price ? Array.ConvertAll(Known, Scale.Shrink) : Known;
        _means = new RunningSums(_values);
        (_offsets, _weekdays) = (new int[count], new int[count]);
        for (var hour = 0; hour < count; hour++)
        {
            var local = (history.Start + Duration.FromHours(hour)).InZone(task.Zone);
            _offsets[hour] = (int)Math.Floor(local.Offset.Seconds / 3600.0);
            _weekdays[hour] = task.Holidays?.Invoke(local.Date) == true ? (int)IsoDayOfWeek.Sunday : (int)local.DayOfWeek;
        }

        _weather = ForecastWeather.Of(task.Kind, inputs, history.Start, count);
    }

    /// <summary>The first hour that is forecast, in hours from the start of the history.</summary>
    public int Origin { get; }

    /// <summary>What was, in its own unit; NaN in gaps and from the origin on.</summary>
    public double[] Known { get; }

    /// <summary>In what scale prices are learned.</summary>
    public PriceScale Scale { get; }

    /// <summary>What was, as it is learned.</summary>
    public double Learned(int hour) => _values[hour];

    /// <summary>The same hour by the clock some days before; below zero where it is before the history.</summary>
    public int DaysBefore(int hour, int days)
    {
        var before = hour - (Day * days);
        return before < 0 ? -1 : before + _offsets[hour] - _offsets[before];
    }

    /// <summary>The mean of the same hour of the newest seven days that are known at an origin; NaN where fewer than three are.</summary>
    public double Base(int origin, int hour) => MeanOfDays(_values, origin, hour);

    /// <summary>What is known of an hour at an origin, gaps as NaN.</summary>
    public double[] Row(int origin, int hour)
    {
        var @base = Base(origin, hour);
        var newest = Newest(origin, hour);
        var week = hour - (7 * Day * (((hour - origin) / (7 * Day)) + 1));
        var (lastDay, dayBefore, lastWeek) = (_means.Mean(origin - Day, Day), _means.Mean(origin - (2 * Day), Day), _means.Mean(origin - (7 * Day), 7 * Day));
        List<double> row =
        [
            Value(newest) - @base, Value(DaysBefore(newest, 1)) - @base, Value(DaysBefore(newest, 2)) - @base,
            Value(week) - @base, Value(week - (7 * Day)) - @base,
            Value(origin - 1) - Value(origin - 1 - Day), Value(origin - 1) - Value(origin - 2),
            lastDay - dayBefore, lastDay - lastWeek, lastDay - @base,
        ];
        for (var weekday = 2; weekday <= 7; weekday++)
        {
            row.Add(_weekdays[hour] == weekday ? 1 : 0);
        }

        // What kind of day the newest one was.
        row.Add(newest >= 0 && _weekdays[newest] == 6 ? 1 : 0);
        row.Add(newest >= 0 && _weekdays[newest] == 7 ? 1 : 0);
        if (_kind == ForecastKind.Price)
        {
            var (least, most) = Extremes(origin);
            row.AddRange([@base, least - @base, most - @base]);
        }

        foreach (var weather in _weather)
        {
            var usual = MeanOfDays(weather.Values, origin, hour);
            row.Add(weather.Values[hour] - usual);
            row.Add((newest >= 0 ? weather.Values[newest] : double.NaN) - usual);
            if (weather.OfDays)
            {
                row.AddRange([weather.Values[hour], weather.Means.Mean(hour - (Day / 2), Day) - weather.Means.Mean(origin - Day, Day)]);
            }
        }

        return [.. row];
    }

    /// <summary>The same hour by the clock, of the newest day of which it is known at an origin.</summary>
    private int Newest(int origin, int hour)
    {
        var days = ((hour - origin) / Day) + 1;
        var newest = DaysBefore(hour, days);
        // Where the clock went forward since, the same hour may lie at the origin.
        return newest >= origin ? DaysBefore(hour, days + 1) : newest;
    }

    private double MeanOfDays(double[] values, int origin, int hour)
    {
        var (count, sum, seen) = (0, 0.0, Newest(origin, hour));
        for (var day = 0; day < BaseDays && seen >= 0; day++)
        {
            if (!double.IsNaN(values[seen]))
            {
                (count, sum) = (count + 1, sum + values[seen]);
            }

            seen = DaysBefore(seen, 1);
        }

        return count < FewestBaseDays ? double.NaN : sum / count;
    }

    private double Value(int hour) => hour >= 0 ? _values[hour] : double.NaN;

    private (double Least, double Most) Extremes(int origin)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var hour = Math.Max(0, origin - Day); hour < origin; hour++)
        {
            // A comparison with NaN is false: a gap is passed over.
            least = _values[hour] < least ? _values[hour] : least;
            most = _values[hour] > most ? _values[hour] : most;
        }

        return most < least ? (double.NaN, double.NaN) : (least, most);
    }
}
