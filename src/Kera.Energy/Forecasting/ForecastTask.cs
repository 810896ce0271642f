using NodaTime;

namespace Kera.Energy;

/// <summary>What is forecast.</summary>
public enum ForecastKind
{
    /// <summary>Heat or power that people and machines take: by calendar, temperature and what was before.</summary>
    Demand,

    /// <summary>What panels give: by where the sun stands and what was before. It knows no clouds.</summary>
    Sun,

    /// <summary>A price of a day-ahead market: by calendar, weather and what was before.</summary>
    Price,
}

/// <summary>What is forecast, and where. Make one by <see cref="Demand"/>, <see cref="Sun"/> or <see cref="Price"/>.</summary>
public sealed record ForecastTask
{
    private ForecastTask(ForecastKind kind, DateTimeZone zone) => (Kind, Zone) = (kind, zone);

    /// <summary>What is forecast.</summary>
    public ForecastKind Kind { get; }

    /// <summary>By whose clock people live: its days and weekdays are those of the calendar.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The days that are as Sundays; null for none but Sundays.</summary>
    public Func<LocalDate, bool>? Holidays { get; private init; }

    /// <summary>Degrees north of the panels.</summary>
    public double Latitude { get; private init; }

    /// <summary>Degrees east of the panels.</summary>
    public double Longitude { get; private init; }

    /// <summary>Heat or power that is taken.</summary>
    public static ForecastTask Demand(DateTimeZone zone, Func<LocalDate, bool>? holidays) => new(ForecastKind.Demand, zone) { Holidays = holidays };

    /// <summary>What panels give, in any unit.</summary>
    /// <exception cref="EnergyException">There is no such place.</exception>
    public static ForecastTask Sun(double latitude, double longitude) =>
        Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
            ? new(ForecastKind.Sun, DateTimeZone.Utc) { Latitude = latitude, Longitude = longitude }
            : throw new EnergyException("latitude", $"There is no place {latitude}° north and {longitude}° east.");

    /// <summary>A price of a day-ahead market, in any unit.</summary>
    public static ForecastTask Price(DateTimeZone zone, Func<LocalDate, bool>? holidays) => new(ForecastKind.Price, zone) { Holidays = holidays };
}

/// <summary>
/// What else is known: until the first hour of the forecast what was, from then on what others forecast. Each may be missing, and
/// each may end early: an hour's forecast uses what is there for it. The sun uses none of them.
/// </summary>
/// <param name="Temperature">Degrees Celsius outdoors.</param>
/// <param name="Wind">Power of the wind in the area of the price, MW.</param>
/// <param name="Nuclear">Power of its nuclear plants, MW.</param>
public sealed record ForecastInputs(HourlySeries? Temperature = null, HourlySeries? Wind = null, HourlySeries? Nuclear = null);

/// <summary>Makes a forecast from what was known. It sees nothing of the series after the first hour that it forecasts.</summary>
/// <param name="task">What is forecast.</param>
/// <param name="history">What was, until the first hour of the forecast.</param>
/// <param name="inputs">What else is known.</param>
/// <param name="origin">The first hour that is forecast.</param>
/// <param name="hours">How many hours.</param>
public delegate Forecast ForecastLearner(ForecastTask task, HourlySeries history, ForecastInputs inputs, Instant origin, int hours);
