using CsCheck;
using NodaTime;

namespace Kera.Sharing.Tests;

/// <summary>The holidays of Finland, against the calendars of single years.</summary>
public sealed class FinnishHolidaysTests
{
    [Theory]
    [InlineData(FinnishHoliday.GoodFriday, 2026, 4, 3)]
    [InlineData(FinnishHoliday.EasterSunday, 2026, 4, 5)]
    [InlineData(FinnishHoliday.AscensionDay, 2026, 5, 14)]
    [InlineData(FinnishHoliday.Whitsunday, 2026, 5, 24)]
    [InlineData(FinnishHoliday.MidsummerEve, 2026, 6, 19)]
    [InlineData(FinnishHoliday.MidsummerDay, 2026, 6, 20)]
    [InlineData(FinnishHoliday.AllSaintsDay, 2026, 10, 31)]
    [InlineData(FinnishHoliday.MidsummerDay, 2027, 6, 26)]
    [InlineData(FinnishHoliday.AllSaintsDay, 2027, 11, 6)]
    [InlineData(FinnishHoliday.EasterSunday, 2038, 4, 25)]
    [InlineData(FinnishHoliday.EasterSunday, 2285, 3, 22)]
    [InlineData(FinnishHoliday.IndependenceDay, 1917, 12, 6)]
    public void A_holiday_is_on_its_day(FinnishHoliday holiday, int year, int month, int day)
    {
        Assert.Equal(new LocalDate(year, month, day), FinnishHolidays.DateOf(holiday, year));
        Assert.True(FinnishHolidays.Is(holiday, new(year, month, day)));
        Assert.False(FinnishHolidays.Is(holiday, new LocalDate(year, month, day).PlusDays(1)));
    }

    [Fact]
    public void Two_may_meet_on_one_day() => Assert.Equal(
        [FinnishHoliday.MayDay, FinnishHoliday.AscensionDay],
        FinnishHolidays.All.Where(holiday => FinnishHolidays.Is(holiday, new(2008, 5, 1))));

    [Fact]
    public void A_day_is_a_holiday_just_if_one_by_name_is_on_it() => Gen.Int[1900, 2300].Sample(
        year =>
        {
            var named = FinnishHolidays.All.Select(holiday => FinnishHolidays.DateOf(holiday, year)).ToHashSet();
            Assert.Equal(named.Order(), Enumerable.Range(0, 366).Select(new LocalDate(year, 1, 1).PlusDays).Where(date => date.Year == year && FinnishHolidays.Contains(date)));
        },
        iter: 100);
}
