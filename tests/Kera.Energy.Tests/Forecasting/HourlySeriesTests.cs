using NodaTime;

namespace Kera.Energy.Tests.Forecasting;

public sealed class HourlySeriesTests
{
    private static readonly HourlySeries s_series = new(MadeHours.Start, [1, double.NaN, 3]);

    [Fact]
    public void An_hour_that_is_not_there_is_a_gap_and_never_nothing()
    {
        Assert.Equal([1, double.NaN, 3, double.NaN, double.NaN], new[] { 0, 1, 2, 3, -1 }.Select(hour => s_series[MadeHours.Start + Duration.FromHours(hour)]));
        Assert.Equal([double.NaN, 1, double.NaN, 3, double.NaN], s_series.Part(MadeHours.Start - Duration.FromHours(1), 5));
    }

    [Fact]
    public void Before_an_instant_are_the_hours_that_have_ended()
    {
        Assert.Equal(1, s_series.Before(MadeHours.Start + Duration.FromMinutes(119)).Count);
        Assert.Equal(2, s_series.Before(MadeHours.Start + Duration.FromHours(2)).Count);
        Assert.Equal(3, s_series.Before(MadeHours.Day(9)).Count);
        Assert.Equal(0, s_series.Before(MadeHours.Day(-9)).Count);
    }

    [Fact]
    public void It_begins_on_a_full_hour_and_its_numbers_have_an_end()
    {
        Assert.Equal("start", Assert.Throws<EnergyException>(() => new HourlySeries(MadeHours.Start + Duration.FromMinutes(30), [1])).Field);
        Assert.Equal("values", Assert.Throws<EnergyException>(() => new HourlySeries(MadeHours.Start, [1, double.PositiveInfinity])).Field);
    }
}
