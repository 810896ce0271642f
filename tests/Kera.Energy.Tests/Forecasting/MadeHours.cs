using NodaTime;

namespace Kera.Energy.Tests.Forecasting;

/// <summary>Series made from a seed: a pattern that is known, and noise.</summary>
internal static class MadeHours
{
    public static Instant Start { get; } = Instant.FromUtc(2023, 1, 1, 0, 0);

    public static DateTimeZone Helsinki { get; } = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    public static Instant Day(int day) => Start + Duration.FromDays(day);

    public static HourlySeries Of(int days, Func<int, double> value) => new(Start, [.. Enumerable.Range(0, 24 * days).Select(value)]);

    /// <summary>Temperature that wanders from day to day and rises in the afternoon.</summary>
    public static HourlySeries Temperature(int seed, int days)
    {
        var noise = new Random(seed);
        var level = 0.0;
        return Of(days, hour =>
        {
            level = hour % 24 == 0 ? (0.8 * level) + (3 * Normal(noise)) : level;
            return 5 + level + (3 * Math.Sin(2 * Math.PI * ((hour % 24) - 9) / 24));
        });
    }

    /// <summary>Demand of 10 that falls by 0.3 a degree and by 2 at week-ends, higher by 3 in the evening of the zone's clock, with noise of 0.5.</summary>
    public static HourlySeries Demand(int seed, HourlySeries temperature)
    {
        var noise = new Random(seed + 1);
        return Of(temperature.Count / 24, hour =>
        {
            var instant = Start + Duration.FromHours(hour);
            var local = instant.InZone(Helsinki);
            return 10 - (0.3 * temperature[instant]) - (local.DayOfWeek >= IsoDayOfWeek.Saturday ? 2 : 0) + (local.Hour is >= 17 and < 21 ? 3 : 0) + (0.5 * Normal(noise));
        });
    }

    /// <summary>The same hours, with another value in some.</summary>
    public static HourlySeries Changed(HourlySeries series, Func<int, double, double> change) =>
        new(series.Start, [.. Enumerable.Range(0, series.Count).Select(hour => change(hour, series[series.Start + Duration.FromHours(hour)]))]);

    /// <summary>A number of the normal distribution with mean 0 and deviation 1 (Box and Muller).</summary>
    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
