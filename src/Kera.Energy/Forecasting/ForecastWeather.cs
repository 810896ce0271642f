using NodaTime;

namespace Kera.Energy;

/// <summary>Weather as a feature: what a series depends on in a straight line, by pieces.</summary>
/// <param name="Values">A number for each hour, gaps as NaN.</param>
/// <param name="Means">Its means.</param>
/// <param name="OfDays">Whether its height and that of the whole day count too, and not only how it differs from the week before.</param>
internal sealed record ForecastWeather(double[] Values, RunningSums Means, bool OfDays)
{
    // Where heating begins, where it begins even in new houses, and where frost does: between them demand is taken to be straight.
    private static readonly double[] s_bends = [16, 10, 0];
    private const int Day = 24;

    /// <summary>What a kind of forecast knows of its inputs.</summary>
    public static ForecastWeather[] Of(ForecastKind kind, ForecastInputs inputs, Instant start, int count)
    {
        List<ForecastWeather> weather = [];
        if (kind != ForecastKind.Sun && inputs.Temperature is { } temperature)
        {
            // Houses feel the day and the night before too.
            var degrees = temperature.Part(start, count);
            var means = new RunningSums(degrees);
            var days = Enumerable.Range(0, count).Select(hour => means.Mean(hour - Day + 1, Day)).ToArray();
            weather.Add(new(degrees, means, kind == ForecastKind.Price));
            weather.Add(new(days, means, false));
            weather.AddRange(s_bends.SelectMany(bend => new[] { degrees, days }.Select(values => new ForecastWeather(Array.ConvertAll(values, value => Math.Max(0, value - bend)), means, false))));
        }

        foreach (var power in kind == ForecastKind.Price ? new[] { inputs.Wind, inputs.Nuclear } : [])
        {
            if (power is not null)
            {
                var values = power.Part(start, count);
                weather.Add(new(values, new RunningSums(values), true));
            }
        }

        return [.. weather];
    }
}
