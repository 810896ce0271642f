using NodaTime;

namespace Kera.Energy;

/// <summary>
/// What the sun would give under a sky without clouds. The sun's place is that of the Astronomical Almanac's low-precision formulas (good to
/// 0.01° between 1950 and 2050); what reaches the ground is Haurwitz's formula of 1945.
/// </summary>
public static class ClearSky
{
    private const double Degree = Math.PI / 180;

    /// <summary>The sine of the height of the sun above the horizon; below zero at night.</summary>
    /// <param name="instant">When.</param>
    /// <param name="latitude">Degrees north.</param>
    /// <param name="longitude">Degrees east.</param>
    public static double SineOfHeight(Instant instant, double latitude, double longitude)
    {
        var days = (instant - Instant.FromUtc(2000, 1, 1, 12, 0)).TotalDays;
        var anomaly = (357.528 + (0.9856003 * days)) * Degree;
        var ecliptic = (280.460 + (0.9856474 * days) + (1.915 * Math.Sin(anomaly)) + (0.020 * Math.Sin(2 * anomaly))) * Degree;
        var obliquity = (23.439 - (0.0000004 * days)) * Degree;
        var ascension = Math.Atan2(Math.Cos(obliquity) * Math.Sin(ecliptic), Math.Cos(ecliptic));
        var declination = Math.Asin(Math.Sin(obliquity) * Math.Sin(ecliptic));
        var sidereal = (280.46062 + (360.98564737 * days)) * Degree;
        var hourAngle = sidereal + (longitude * Degree) - ascension;
        return (Math.Sin(latitude * Degree) * Math.Sin(declination)) + (Math.Cos(latitude * Degree) * Math.Cos(declination) * Math.Cos(hourAngle));
    }

    /// <summary>Watts on a level square metre, the mean of four instants of an hour; exactly 0 where the sun is down in all of them.</summary>
    /// <param name="hour">When the hour begins.</param>
    /// <param name="latitude">Degrees north.</param>
    /// <param name="longitude">Degrees east.</param>
    public static double OfHour(Instant hour, double latitude, double longitude)
    {
        var sum = 0.0;
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var sine = SineOfHeight(hour + Duration.FromSeconds(450 + (900 * quarter)), latitude, longitude);
            sum += sine > 0 ? 1098 * sine * Math.Exp(-0.057 / sine) : 0;
        }

        return sum / 4;
    }
}
