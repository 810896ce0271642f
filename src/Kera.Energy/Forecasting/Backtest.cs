using NodaTime;

namespace Kera.Energy;

/// <summary>How good a forecast would have been: made again and again from ever later origins, each time from what was known then.</summary>
public static class Backtest
{
    private const int GroupHours = 24;

    /// <summary>Makes the forecasts and judges them.</summary>
    /// <param name="task">What is forecast.</param>
    /// <param name="series">What was. A forecast is given what is before its origin; an hour that is a gap is not judged.</param>
    /// <param name="inputs">What else is known, given whole: where they are what was and not what others forecast, the score is that of perfect knowledge of them.</param>
    /// <param name="origins">The first hours of the forecasts.</param>
    /// <param name="hours">How many hours each forecasts.</param>
    /// <param name="learner">What makes them.</param>
    /// <returns>A score for each 24 hours ahead: the first for hours 1 to 24, the second for 25 to 48, and so on.</returns>
    public static BacktestResult Run(ForecastTask task, HourlySeries series, ForecastInputs inputs, IReadOnlyList<Instant> origins, int hours, ForecastLearner learner)
    {
        var groups = new List<(ForecastHour, double)>[(hours + GroupHours - 1) / GroupHours];
        var methods = new Dictionary<ForecastMethod, int>();
        for (var group = 0; group < groups.Length; group++)
        {
            groups[group] = [];
        }

        foreach (var origin in origins)
        {
            var forecast = learner(task, series.Before(origin), inputs, origin, hours);
            methods[forecast.Method] = methods.GetValueOrDefault(forecast.Method) + 1;
            for (var ahead = 0; ahead < hours; ahead++)
            {
                var actual = series[forecast.Hours[ahead].Start];
                if (!double.IsNaN(actual))
                {
                    groups[ahead / GroupHours].Add((forecast.Hours[ahead], actual));
                }
            }
        }

        return new BacktestResult(Array.ConvertAll(groups, ForecastScore.Of), methods);
    }

    /// <summary>One origin a day at an hour of a zone's clock, from a day on; at the next hour where the clock leaves that one out.</summary>
    public static IReadOnlyList<Instant> DailyOrigins(DateTimeZone zone, LocalDate first, int days, int hour = 0) =>
        [.. Enumerable.Range(0, days).Select(day => zone.AtLeniently(first.PlusDays(day).At(new LocalTime(hour, 0))).ToInstant())];
}

/// <summary>What a backtest found.</summary>
/// <param name="ByDayAhead">A score for each 24 hours ahead.</param>
/// <param name="Methods">How many of the forecasts were made in which way.</param>
public sealed record BacktestResult(IReadOnlyList<ForecastScore> ByDayAhead, IReadOnlyDictionary<ForecastMethod, int> Methods);
