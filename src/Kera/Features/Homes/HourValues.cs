using Kera.Base.Access;
using Kera.Base.Series;
using NodaTime;

namespace Kera.Features.Homes;

/// <summary>A public Series of prices or intensities, asked for the mean over a reading's interval.</summary>
public sealed class HourValues
{
    private readonly Dictionary<Instant, decimal> _values = [];
    private Duration _step = Duration.FromHours(1);

    /// <summary>Reads how many grams of CO2e a kilowatt-hour of a network has, as its tracing writes it hour by hour.</summary>
    public static Task<HourValues> OfNetworkAsync(SeriesStore series, string network, Instant from, Instant until, CancellationToken cancellation) =>
        ReadAsync(series, "carbon.intensity." + network, from, until, cancellation);

    /// <summary>Reads a stretch; a Series that is not there has no values.</summary>
    public static async Task<HourValues> ReadAsync(SeriesStore series, string key, Instant from, Instant until, CancellationToken cancellation)
    {
        var values = new HourValues();
        for (Instant? start = from; start is not null;)
        {
            var page = await series.ReadAsync(key, Reader.Public, start, until, cancellation: cancellation);
            start = page?.Next;
            foreach (var value in page?.Values ?? [])
            {
                values._step = page!.Series.Step;
                values._values[value.Start] = value.Value.ToDecimal();
            }
        }

        return values;
    }

    /// <summary>The mean over an interval; null where a part of it is unknown, or it is longer than an hour, in which prices and intensities differ.</summary>
    public decimal? Mean(Instant start, Duration length)
    {
        if (length > Duration.FromHours(1))
        {
            return null;
        }

        var (sum, count) = (0m, 0);
        var seconds = (long)_step.TotalSeconds;
        for (var at = Instant.FromUnixTimeSeconds(start.ToUnixTimeSeconds() / seconds * seconds); at < start + length; at += _step)
        {
            if (!_values.TryGetValue(at, out var value))
            {
                return null;
            }

            (sum, count) = (sum + value, count + 1);
        }

        return sum / count;
    }
}
