using NodaTime;

namespace Kera.Energy.Tests.Forecasting;

/// <summary>The days that the almanac of Finland prints.</summary>
public sealed class FinnishHolidaysTests
{
    // Good Friday, Easter Sunday and Monday, Ascension Day, Pentecost, midsummer's eve and day, All Saints' Day.
    [Theory]
    [InlineData(2023, "04-07 04-09 04-10 05-18 05-28 06-23 06-24 11-04")]
    [InlineData(2024, "03-29 03-31 04-01 05-09 05-19 06-21 06-22 11-02")]
    [InlineData(2025, "04-18 04-20 04-21 05-29 06-08 06-20 06-21 11-01")]
    [InlineData(2026, "04-03 04-05 04-06 05-14 05-24 06-19 06-20 10-31")]
    [InlineData(2027, "03-26 03-28 03-29 05-06 05-16 06-25 06-26 11-06")]
    public void They_are_those_of_the_almanac_and_no_others(int year, string moving)
    {
        string[] published = [.. moving.Split(' '), "01-01", "01-06", "05-01", "12-06", "12-24", "12-25", "12-26"];
        var days = Enumerable.Range(0, CalendarSystem.Iso.GetDaysInYear(year)).Select(day => new LocalDate(year, 1, 1).PlusDays(day));

        var found = days.Where(FinnishHolidays.Contains).Select(day => $"{day.Month:00}-{day.Day:00}");

        Assert.Equal(published.Order(StringComparer.Ordinal), found);
    }

    [Theory]
    [InlineData(1818, 3, 22)]
    [InlineData(1943, 4, 25)]
    [InlineData(2000, 4, 23)]
    [InlineData(2038, 4, 25)]
    public void Easter_is_where_it_was_and_will_be(int year, int month, int day) => Assert.Equal(new LocalDate(year, month, day), FinnishHolidays.Easter(year));
}
