using NodaTime;

namespace Kera.Energy;

/// <summary>
/// What was is what will be: the same hour of the newest day that is known, or of the newest same weekday. Learning has to be better than that.
/// Where that hour is a gap, the one a day or a week before it is taken. The band is of its own past errors.
/// </summary>
public static class SeasonalNaive
{
    // As far back as gaps are bridged, and as many days of errors as make a band.
    private const int MostSteps = 14;
    private const int ErrorDays = 56;

    /// <summary>The same hour of the newest day that is known.</summary>
    /// <exception cref="EnergyException">An hour of the day was never seen.</exception>
    public static Forecast DayBefore(ForecastTask task, HourlySeries history, ForecastInputs inputs, Instant origin, int hours) =>
        Repeat(history, origin, hours, 24, ForecastMethod.DayBefore, null);

    /// <summary>The same hour of the newest same weekday that is known.</summary>
    /// <exception cref="EnergyException">An hour of the week was never seen.</exception>
    public static Forecast WeekBefore(ForecastTask task, HourlySeries history, ForecastInputs inputs, Instant origin, int hours) =>
        Repeat(history, origin, hours, 168, ForecastMethod.WeekBefore, null);

    /// <summary>One of the two, with why.</summary>
    internal static Forecast Repeat(HourlySeries history, Instant origin, int hours, ForecastMethod method, string why) =>
        Repeat(history, origin, hours, method == ForecastMethod.WeekBefore ? 168 : 24, method, why);

    /// <summary>What was one or more seasons before an hour and before the origin; NaN where nothing is known.</summary>
    internal static double Before(double[] values, int origin, int hour, int season)
    {
        var seen = hour - (season * ((hour - origin) / season + 1));
        for (var step = 0; step < MostSteps && seen >= 0; step++, seen -= season)
        {
            if (!double.IsNaN(values[seen]))
            {
                return values[seen];
            }
        }

        return double.NaN;
    }

    private static Forecast Repeat(HourlySeries history, Instant origin, int hours, int season, ForecastMethod method, string? why)
    {
        var first = history.HoursFromStart(origin);
        var values = history.Before(origin).Part(history.Start, Math.Max(0, first));
        var forecast = new ForecastHour[hours];
        var bands = new Dictionary<int, (double? Low, double Median, double? High)>();
        for (var ahead = 0; ahead < hours; ahead++)
        {
            var value = Before(values, first, first + ahead, season);
            if (double.IsNaN(value))
            {
                throw new EnergyException("history", $"Nothing is known of the hour that is forecast for {origin + Duration.FromHours(ahead)}, not {(season == 24 ? "one day" : "one week")} before it and not earlier.");
            }

            var seasons = (ahead / season) + 1;
            if (!bands.TryGetValue(seasons, out var band))
            {
                bands[seasons] = band = ErrorQuantiles.Of(Errors(values, season * seasons));
            }

            forecast[ahead] = new ForecastHour(origin + Duration.FromHours(ahead), value, value + band.Low, value + band.High);
        }

        return new Forecast(origin, method, why, forecast);
    }

    private static List<double> Errors(double[] values, int distance)
    {
        List<double> errors = [];
        for (var hour = Math.Max(distance, values.Length - (24 * ErrorDays)); hour < values.Length; hour++)
        {
            var error = values[hour] - values[hour - distance];
            if (!double.IsNaN(error))
            {
                errors.Add(error);
            }
        }

        return errors;
    }
}
