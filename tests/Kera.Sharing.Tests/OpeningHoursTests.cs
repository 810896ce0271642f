using NodaTime;
using static Kera.Sharing.Tests.Hall;

namespace Kera.Sharing.Tests;

/// <summary>Opening hours laid on days, with answers reckoned by hand.</summary>
public sealed class OpeningHoursTests
{
    private static readonly LocalDate s_spring = new(2027, 3, 28);
    private static readonly LocalDate s_autumn = new(2027, 10, 31);

    [Fact]
    public void A_night_is_an_hour_shorter_in_march_and_longer_in_october()
    {
        var nights = Every(new DaySpan(new(1, 0), new(5, 0)));

        Assert.Equal(Duration.FromHours(3), Assert.Single(nights.Intervals(Helsinki, s_spring, s_spring)).Duration);
        Assert.Equal(Duration.FromHours(5), Assert.Single(nights.Intervals(Helsinki, s_autumn, s_autumn)).Duration);
        Assert.Equal(Duration.FromHours(4), Assert.Single(nights.Intervals(Helsinki, Day, Day)).Duration);
    }

    [Fact]
    public void A_time_that_is_left_out_moves_on_and_of_one_that_comes_twice_the_first_is_meant()
    {
        // 03:30 is not there: it is 04:30 of summer time, 01:30 in UTC.
        Assert.Equal([Utc(2027, 3, 28, 1, 30)], Every(new DaySpan(new(3, 30), new(6, 0))).Intervals(Helsinki, s_spring, s_spring).Select(time => time.Start));
        Assert.Empty(Every(new DaySpan(new(3, 30), new(4, 15))).Intervals(Helsinki, s_spring, s_spring));
        // 03:30 comes first in summer time, at 00:30 in UTC.
        Assert.Equal([Utc(2027, 10, 31, 0, 30)], Every(new DaySpan(new(3, 30), new(6, 0))).Intervals(Helsinki, s_autumn, s_autumn).Select(time => time.Start));
    }

    [Fact]
    public void Spans_that_touch_are_one_over_midnight_too()
    {
        var hours = OpeningHours.Weekly(
            new WeeklySpan(Weekdays.Wednesday, new(new(20, 0), LocalTime.Midnight, true)),
            new WeeklySpan(Weekdays.Thursday, new(LocalTime.Midnight, new(2, 0))),
            new WeeklySpan(Weekdays.Wednesday, new(new(8, 0), new(10, 0))),
            new WeeklySpan(Weekdays.Wednesday, new(new(9, 0), new(11, 0))));

        Assert.Equal([Time(8, 11), Time(20, 26)], hours.Intervals(Helsinki, Day, Day.PlusDays(1)));
        // Cut to the days that are asked for.
        Assert.Equal([Time(8, 11), Time(20, 24)], hours.Intervals(Helsinki, Day, Day));
        Assert.Equal([Time(24, 26)], hours.Intervals(Helsinki, Day.PlusDays(1), Day.PlusDays(1)));
    }

    [Fact]
    public void An_override_replaces_the_rest_on_all_its_days_and_periods_of_one_level_add_up()
    {
        SpanGroup[] Spans(Weekdays weekdays, int begin, int end) => [new([new(weekdays, new(new(begin, 0), new(end, 0)))], [])];
        var hours = new OpeningHours(
            [
                new(null, null, Spans(Weekdays.All, 8, 12)),
                new(Day, null, Spans(Weekdays.All, 14, 16)),
                new(Day.PlusDays(1), Day.PlusDays(2), Spans(Weekdays.Thursday, 10, 11), Override: 1),
            ],
            []);

        Assert.Equal([Time(8, 12), Time(14, 16), Time(34, 35)], hours.Intervals(Helsinki, Day, Day.PlusDays(2)));
        Assert.Equal([Time(-16, -12)], hours.Intervals(Helsinki, Day.PlusDays(-1), Day.PlusDays(-1)));
    }

    [Fact]
    public void A_dated_exception_goes_before_a_holiday_by_name_and_that_before_all_holidays()
    {
        var midsummer = new LocalDate(2027, 6, 25);
        DaySpan[] From(int begin) => [new(new(begin, 0), new(20, 0))];
        OpeningException all = new HolidayException(null, From(12)), eve = new HolidayException(FinnishHoliday.MidsummerEve, From(14)), dated = new DateException(midsummer, From(16));
        int Begins(LocalDate date, params OpeningException[] exceptions) =>
            (int)((EightToTwenty with { Exceptions = exceptions }).Intervals(Helsinki, date, date)[0].Start - At(date, 0)).TotalHours;

        Assert.Equal((16, 14, 12, 8), (Begins(midsummer, all, eve, dated), Begins(midsummer, all, eve), Begins(midsummer, all), Begins(midsummer)));
        Assert.Equal(12, Begins(midsummer.PlusDays(1), all, eve, dated));
        Assert.Empty((EightToTwenty with { Exceptions = [new DateException(Day, [])] }).Intervals(Helsinki, Day, Day));
    }

    [Fact]
    public void Closed_goes_before_staff_only_and_that_before_open()
    {
        var hours = Every(new DaySpan(new(8, 0), new(20, 0)), new(new(8, 0), new(10, 0), State: OpenState.StaffOnly), new(new(9, 0), new(11, 0), State: OpenState.Closed));

        Assert.Equal([Time(11, 20)], hours.Intervals(Helsinki, Day, Day));
        Assert.Equal([Time(8, 9), Time(11, 20)], hours.Intervals(Helsinki, Day, Day, staff: true));
    }

    [Fact]
    public void A_closed_span_cuts_the_night_before_and_a_day_without_spans_does_not()
    {
        var nights = Every(new DaySpan(new(22, 0), new(4, 0), true));
        IReadOnlyList<Interval> On(params DaySpan[] spans) => (nights with { Exceptions = [new DateException(Day, spans)] }).Intervals(Helsinki, Day, Day);

        Assert.Equal([Time(0, 4)], On());
        Assert.Empty(On(DaySpan.WholeDay(OpenState.Closed)));
    }

    [Fact]
    public void A_period_without_spans_is_whole_days_of_its_state()
    {
        var hours = new OpeningHours([new(null, null, []), new(Day, Day, [], OpenState.Closed, Override: 1)], []);

        Assert.Equal([Time(-24, 0), Time(24, 48)], hours.Intervals(Helsinki, Day.PlusDays(-1), Day.PlusDays(1)));
    }

    [Fact]
    public void Rules_choose_weeks_and_days_of_a_month()
    {
        // 14 April 2027 is a Wednesday of week 15, and the second of its month.
        Assert.Equal([true, false, true], new[] { 0, 1, 2 }.Select(weeks => new EveryNthWeek(2, Day.PlusDays(4)).Holds(Day.PlusDays(7 * weeks))));
        Assert.False(new EveryNthWeek(1, Day).Holds(Day.PlusDays(-3)));
        Assert.True(new EveryNthWeek(1, Day).Holds(Day.PlusDays(-2)));
        Assert.True(new IsoWeeks(Even: false).Holds(Day));
        Assert.True(new IsoWeeks(Even: true).Holds(Day.PlusDays(7)));
        // 2026 has a week 53, and week 1 follows it.
        Assert.True(new IsoWeeks(Even: false).Holds(new(2027, 1, 3)));
        Assert.True(new IsoWeeks(Even: false).Holds(new(2027, 1, 4)));
        Assert.True(new NthWeekdayOfMonth(2, IsoDayOfWeek.Wednesday).Holds(Day));
        Assert.True(new NthWeekdayOfMonth(-3, IsoDayOfWeek.Wednesday).Holds(Day));
        Assert.True(new NthWeekdayOfMonth(-1, IsoDayOfWeek.Tuesday).Holds(new(2028, 2, 29)));
        Assert.True(new NthWeekdayOfMonth(5, IsoDayOfWeek.Tuesday).Holds(new(2028, 2, 29)));
        Assert.False(new NthWeekdayOfMonth(1, IsoDayOfWeek.Thursday).Holds(Day));
    }

    private static OpeningHours Every(params DaySpan[] spans) => OpeningHours.Weekly([.. spans.Select(span => new WeeklySpan(Weekdays.All, span))]);

    private static Instant Utc(int year, int month, int day, int hour, int minute) => Instant.FromUtc(year, month, day, hour, minute);
}
