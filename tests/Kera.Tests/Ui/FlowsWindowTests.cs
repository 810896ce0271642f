using Kera.Features.Flows;
using NodaTime;

namespace Kera.Tests.Ui;

public sealed class FlowsWindowTests
{
    private static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    [Theory]
    [InlineData(3, 29, 23)]
    [InlineData(10, 25, 25)]
    [InlineData(11, 24, 24)]
    public void A_day_has_the_hours_that_its_clock_has(int month, int day, int hours) =>
        Assert.Equal(hours, new FlowsWindow(BarWidth.Hour, new LocalDate(2026, month, day), Helsinki).Starts.Count);

    [Fact]
    public void A_month_is_its_days_in_the_zone_of_the_district()
    {
        var window = new FlowsWindow(BarWidth.Day, new LocalDate(2024, 2, 15), Helsinki);

        Assert.Equal(29, window.Starts.Count);
        Assert.Equal(Instant.FromUtc(2024, 1, 31, 22, 0), window.Start);
        Assert.Equal(Instant.FromUtc(2024, 2, 29, 22, 0), window.End);
        Assert.Equal(new LocalDate(2024, 1, 1), window.Before);
        Assert.Equal(new LocalDate(2024, 3, 1), window.After);
    }

    [Fact]
    public void A_moment_falls_into_the_bar_that_holds_it()
    {
        var window = new FlowsWindow(BarWidth.Month, new LocalDate(2026, 6, 1), Helsinki);

        Assert.Equal(0, window.IndexOf(Instant.FromUtc(2025, 12, 31, 22, 0)));
        Assert.Equal(-1, window.IndexOf(Instant.FromUtc(2025, 12, 31, 21, 59)));
        Assert.Equal(11, window.IndexOf(Instant.FromUtc(2026, 12, 31, 21, 59)));
        Assert.Equal(-1, window.IndexOf(Instant.FromUtc(2026, 12, 31, 22, 0)));
    }
}
