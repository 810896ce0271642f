using NodaTime;

namespace Kera.Energy.Tests.Forecasting;

public sealed class SeasonalNaiveTests
{
    private static readonly ForecastTask s_task = ForecastTask.Demand(DateTimeZone.Utc, null);

    [Fact]
    public void The_newest_day_and_the_newest_week_are_repeated()
    {
        var history = MadeHours.Of(21, hour => hour);
        var origin = 21 * 24;

        var day = SeasonalNaive.DayBefore(s_task, history, new(), MadeHours.Day(21), 50);
        var week = SeasonalNaive.WeekBefore(s_task, history, new(), MadeHours.Day(21), 170);

        Assert.Equal([origin - 24, origin - 1, origin - 24, origin - 1], new[] { 0, 23, 24, 47 }.Select(ahead => day.Hours[ahead].Median));
        Assert.Equal([origin - 168, origin - 1, origin - 168], new[] { 0, 167, 168 }.Select(ahead => week.Hours[ahead].Median));
        Assert.Equal((ForecastMethod.DayBefore, ForecastMethod.WeekBefore), (day.Method, week.Method));
    }

    [Fact]
    public void Its_band_is_that_of_its_own_errors_at_the_same_distance()
    {
        // Each day is one more than the day before: the error is always 1, for two days 2.
        var day = SeasonalNaive.DayBefore(s_task, MadeHours.Of(21, hour => hour / 24), new(), MadeHours.Day(21), 48);

        Assert.Equal((20.0, 21.0, 21.0), (day.Hours[0].Median, day.Hours[0].Low, day.Hours[0].High));
        Assert.Equal((20.0, 22.0, 22.0), (day.Hours[47].Median, day.Hours[47].Low, day.Hours[47].High));
    }

    [Fact]
    public void Over_a_gap_the_day_before_it_is_repeated()
    {
        var gap = MadeHours.Of(21, hour => hour / 24 == 20 && hour % 24 < 6 ? double.NaN : hour);

        var forecast = SeasonalNaive.DayBefore(s_task, gap, new(), MadeHours.Day(21), 24);

        Assert.Equal([(19 * 24) + 5, (20 * 24) + 6], new[] { 5, 6 }.Select(ahead => forecast.Hours[ahead].Median));
    }

    [Fact]
    public void An_hour_that_was_never_seen_cannot_be_repeated() =>
        Assert.Equal("history", Assert.Throws<EnergyException>(() => SeasonalNaive.DayBefore(s_task, new HourlySeries(MadeHours.Start, new double[20]), new(), MadeHours.Start + Duration.FromHours(20), 24)).Field);
}
