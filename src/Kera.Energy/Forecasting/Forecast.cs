using NodaTime;

namespace Kera.Energy;

/// <summary>How a forecast was made.</summary>
public enum ForecastMethod
{
    /// <summary>Learned from what was.</summary>
    Learned,

    /// <summary>The same hour of the newest day that is known.</summary>
    DayBefore,

    /// <summary>The same hour of the newest same weekday that is known.</summary>
    WeekBefore,
}

/// <summary>What is to come, hour by hour.</summary>
/// <param name="Origin">The first hour that is forecast: nothing of it, or after it, was known of the series.</param>
/// <param name="Method">How it was made.</param>
/// <param name="Why">Why it was made so where it is not learned, as a sentence; null where it is.</param>
/// <param name="Hours">The hours, from the origin on.</param>
public sealed record Forecast(Instant Origin, ForecastMethod Method, string? Why, IReadOnlyList<ForecastHour> Hours)
{
    /// <summary>The share of hours that are to lie between low and high.</summary>
    public const double BandCoverage = 0.8;
}

/// <summary>One hour that is to come.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Median">As often above as below.</param>
/// <param name="Low">Nine in ten are above; null where too few errors of the past are known to say.</param>
/// <param name="High">Nine in ten are below; null where too few errors of the past are known to say.</param>
public sealed record ForecastHour(Instant Start, double Median, double? Low, double? High);
