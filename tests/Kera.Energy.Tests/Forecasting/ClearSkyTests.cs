using NodaTime;

namespace Kera.Energy.Tests.Forecasting;

public sealed class ClearSkyTests
{
    // 90° less the latitude, and the sun's declination: 23.44° at midsummer, −0.16° nine hours before the equinox, −23.44° at midwinter.
    [Theory]
    [InlineData(2023, 6, 21, 53.24)]
    [InlineData(2023, 3, 20, 29.64)]
    [InlineData(2023, 12, 22, 6.36)]
    public void At_noon_the_sun_stands_where_latitude_and_season_say(int year, int month, int day, double degrees)
    {
        var midnight = Instant.FromUtc(year, month, day, 0, 0);

        var highest = Enumerable.Range(0, 24 * 60).Max(minute => ClearSky.SineOfHeight(midnight + Duration.FromMinutes(minute), 60.2, 24.66));

        Assert.Equal(degrees, Math.Asin(highest) * 180 / Math.PI, 0.05);
    }

    // Helsinki, the almanac: midsummer noon at 13:22 summer time, sunrise 3:54, sunset 22:50.
    [Fact]
    public void It_is_day_from_sunrise_to_sunset()
    {
        var lit = Enumerable.Range(0, 24 * 60)
            .Where(minute => ClearSky.SineOfHeight(Instant.FromUtc(2023, 6, 21, 0, 0) + Duration.FromMinutes(minute), 60.17, 24.94) > Math.Sin(-0.833 * Math.PI / 180))
            .ToArray();

        Assert.Equal((54.0, (19 * 60) + 50.0), (lit[0], lit[^1]), (first, second) => Math.Abs(first.Item1 - second.Item1) <= 3 && Math.Abs(first.Item2 - second.Item2) <= 3);
    }

    [Fact]
    public void At_night_there_is_exactly_nothing_and_at_noon_most_of_the_sun()
    {
        Assert.Equal(0, ClearSky.OfHour(Instant.FromUtc(2023, 12, 21, 20, 0), 60.2, 24.66));
        // 1098 × 0.801 × exp(−0.057 / 0.801), by hand.
        Assert.Equal(819, ClearSky.OfHour(Instant.FromUtc(2023, 6, 21, 10, 0), 60.2, 24.66), 5.0);
    }
}
