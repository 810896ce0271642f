using NodaTime;

namespace Kera.Energy;

/// <summary>One number for each hour, one hour after the other. An hour of which nothing is known is a gap, and never nothing.</summary>
public sealed class HourlySeries
{
    private readonly double[] _values;

    /// <summary>The numbers of hours that follow each other.</summary>
    /// <param name="start">When the first hour begins, on a full hour of UTC.</param>
    /// <param name="values">A number for each hour; <see cref="double.NaN"/> for a gap.</param>
    /// <exception cref="EnergyException">It does not begin on a full hour, or one of its numbers has no end.</exception>
    public HourlySeries(Instant start, ReadOnlySpan<double> values)
    {
        if (start.ToUnixTimeTicks() % NodaConstants.TicksPerHour != 0)
        {
            throw new EnergyException("start", $"{start} is no full hour. Hours begin on full hours of UTC.");
        }

        foreach (var value in values)
        {
            if (double.IsInfinity(value))
            {
                throw new EnergyException("values", "One of its numbers has no end. Leave a gap where nothing is known.");
            }
        }

        (Start, _values) = (start, values.ToArray());
    }

    /// <summary>When the first hour begins.</summary>
    public Instant Start { get; }

    /// <summary>How many hours it has, gaps too.</summary>
    public int Count => _values.Length;

    /// <summary>When the last hour ends.</summary>
    public Instant End => Start + Duration.FromHours(Count);

    /// <summary>The number of the hour that begins then; <see cref="double.NaN"/> in a gap, before its start and after its end.</summary>
    public double this[Instant hour] => HoursFromStart(hour) is >= 0 and var index && index < Count ? _values[index] : double.NaN;

    /// <summary>What is known before an instant: the hours that have ended by then.</summary>
    public HourlySeries Before(Instant end) => end >= End ? this : new HourlySeries(Start, _values.AsSpan(0, Math.Max(0, HoursFromStart(end))));

    /// <summary>As many of its hours from an instant on as are asked for, with gaps where it has none.</summary>
    internal double[] Part(Instant start, int count)
    {
        var part = new double[count];
        var first = HoursFromStart(start);
        for (var hour = 0; hour < count; hour++)
        {
            part[hour] = first + hour >= 0 && first + hour < Count ? _values[first + hour] : double.NaN;
        }

        return part;
    }

    /// <summary>Full hours from its start to an instant; below zero before it.</summary>
    internal int HoursFromStart(Instant instant) => (int)Math.Floor((instant - Start).TotalHours);
}
