using System.Globalization;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Readings;

/// <summary>What flowed in one hour.</summary>
/// <param name="Start">The beginning of the hour.</param>
/// <param name="Quantity">How much.</param>
public readonly record struct HourReading(Instant Start, Quantity Quantity);

/// <summary>Readings by the hour, as the ledger keeps them: one event for each declared flow and hour.</summary>
public static class Hours
{
    /// <summary>An hour.</summary>
    public static readonly Duration Length = Duration.FromHours(1);

    /// <summary>The beginning of the hour of a moment.</summary>
    public static Instant Of(Instant instant)
    {
        var seconds = instant.ToUnixTimeSeconds();
        return Instant.FromUnixTimeSeconds(seconds - (((seconds % 3_600) + 3_600) % 3_600));
    }

    /// <summary>The key that records a flow's hour once: revision 0 is the reading, each following one a correction of it.</summary>
    public static string Key(string flow, Instant hour, int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"flow:{flow}|{InstantPattern.General.Format(hour)}|{revision}");

    /// <summary>Adds finer readings up to hours, exactly.</summary>
    /// <param name="readings">In order of time, each once.</param>
    /// <param name="step">How long each is: an hour or a whole part of it.</param>
    /// <returns>The hours that are whole, and how many are not, because a part of them is missing.</returns>
    public static (List<HourReading> Whole, int Partial) Sum(IEnumerable<HourReading> readings, Duration step)
    {
        var parts = (int)(Length.BclCompatibleTicks / step.BclCompatibleTicks);
        List<HourReading> whole = [];
        var partial = 0;
        foreach (var hour in readings.GroupBy(reading => Of(reading.Start)))
        {
            var sum = Quantity.Zero;
            var count = 0;
            foreach (var reading in hour)
            {
                sum += reading.Quantity;
                count++;
            }

            if (count == parts)
            {
                whole.Add(new HourReading(hour.Key, sum));
            }
            else
            {
                partial++;
            }
        }

        return (whole, partial);
    }
}
