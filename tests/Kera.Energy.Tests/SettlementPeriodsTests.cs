using NodaTime;

namespace Kera.Energy.Tests;

/// <summary>Quarters of whole days, on which the clock may change.</summary>
public sealed class SettlementPeriodsTests
{
    private static readonly DateTimeZone s_helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    [Theory]
    [InlineData(2, 28 * 96)]
    [InlineData(3, 31 * 96 - 4)]
    [InlineData(7, 31 * 96)]
    [InlineData(10, 31 * 96 + 4)]
    public void A_month_has_the_quarters_of_its_days(int month, int count) => Assert.Equal(count, SettlementPeriods.OfMonth(new YearMonth(2026, month), s_helsinki).Count);

    [Fact]
    public void The_day_of_23_hours_has_92_quarters_and_the_next_begins_after_them()
    {
        var periods = new SettlementPeriods(new LocalDate(2026, 3, 29), new LocalDate(2026, 3, 31), s_helsinki);

        Assert.Equal((0, 92, 188), (periods.FirstOf(new LocalDate(2026, 3, 29)), periods.FirstOf(new LocalDate(2026, 3, 30)), periods.Count));
        // Midnight is 22:00 UTC before and 21:00 UTC after; at 03:00 the clock goes to 04:00.
        Assert.Equal(Instant.FromUtc(2026, 3, 28, 22, 0), periods.Begin(0));
        Assert.Equal(new LocalDateTime(2026, 3, 29, 4, 0), periods.Begin(12).InZone(s_helsinki).LocalDateTime);
        Assert.Equal(Instant.FromUtc(2026, 3, 29, 21, 0), periods.Begin(92));
    }

    [Fact]
    public void The_day_of_25_hours_has_100_quarters_and_an_hour_that_is_there_twice()
    {
        var periods = new SettlementPeriods(new LocalDate(2026, 10, 25), new LocalDate(2026, 10, 27), s_helsinki);

        Assert.Equal((100, 196), (periods.FirstOf(new LocalDate(2026, 10, 26)), periods.Count));
        Assert.Equal(periods.Begin(12).InZone(s_helsinki).LocalDateTime, periods.Begin(16).InZone(s_helsinki).LocalDateTime);
    }

    [Fact]
    public void A_period_is_found_by_its_beginning()
    {
        var periods = SettlementPeriods.OfMonth(new YearMonth(2026, 10), s_helsinki);

        Assert.All(Enumerable.Range(0, periods.Count), period => Assert.Equal(period, periods.BeginningAt(periods.Begin(period))));
        Assert.Null(periods.BeginningAt(periods.Begin(-1)));
        Assert.Null(periods.BeginningAt(periods.Begin(periods.Count)));
        Assert.Null(periods.BeginningAt(periods.Begin(3) + Duration.FromSeconds(1)));
    }

    [Fact]
    public void Days_outside_are_taken_for_the_nearest_end()
    {
        var periods = SettlementPeriods.OfMonth(new YearMonth(2026, 7), s_helsinki);

        Assert.Equal((0, periods.Count), (periods.FirstOf(new LocalDate(2020, 1, 1)), periods.FirstOf(new LocalDate(2030, 1, 1))));
    }

    [Fact]
    public void No_day_is_refused() => Assert.Contains("no day", Assert.Throws<EnergyException>(() => new SettlementPeriods(new LocalDate(2026, 7, 1), new LocalDate(2026, 7, 1), s_helsinki)).Message, StringComparison.Ordinal);
}
