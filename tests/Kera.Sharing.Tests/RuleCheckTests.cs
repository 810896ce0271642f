using NodaTime;
using static Kera.Sharing.Tests.Hall;

namespace Kera.Sharing.Tests;

/// <summary>Contradictory rules are told with the field and what would be right.</summary>
public sealed class RuleCheckTests
{
    [Fact]
    public void What_is_set_well_has_no_mistakes() => Assert.Empty(RuleCheck.Mistakes(
        Tree(new()
        {
            LeastDuration = Duration.FromHours(1),
            MostDuration = Duration.FromHours(12),
            NoticeDays = 1,
            HorizonDays = 60,
            Audiences = ["residents"],
            Limits = [new BookingsAtOnce(LimitOf.Person, 2), new TimePerPeriod(LimitOf.Group, Duration.FromHours(1), LimitPeriod.Week, ["court"])],
            Rounds = [new("spring", Day, Day, false)],
        }),
        Day));

    [Fact]
    public void The_least_duration_is_not_above_the_greatest() =>
        Assert.Equal(Duration.FromHours(1), Only("LeastDuration", RuleMistakeCode.LeastAboveMost, new() { LeastDuration = Duration.FromHours(2), MostDuration = Duration.FromHours(1) }).Right);

    [Fact]
    public void Some_multiple_of_the_step_is_a_duration()
    {
        // From 1 h 15 min to 1 h 20 min there is no half hour; the next is 1 h 30 min.
        var rules = new BookingRules { LeastDuration = Duration.FromMinutes(75), MostDuration = Duration.FromMinutes(80) };

        Assert.Equal(Duration.FromMinutes(90), Only("MostDuration", RuleMistakeCode.NoDurationFits, rules).Right);
        Assert.Empty(RuleCheck.Mistakes(Tree(rules with { DurationStep = Duration.FromMinutes(5) }), "room", Day));
        Assert.Empty(RuleCheck.Mistakes(Tree(rules with { MostDuration = Duration.FromMinutes(90) }), "room", Day));
        Assert.Equal(Duration.FromHours(1), Only("MostDuration", RuleMistakeCode.NoDurationFits, new() { StartGrid = Duration.FromHours(1), MostDuration = Duration.FromMinutes(30) }).Right);
    }

    [Fact]
    public void It_is_open_as_long_as_the_least_duration_some_time_in_the_year()
    {
        Assert.Equal(Duration.FromHours(12), Only("LeastDuration", RuleMistakeCode.NeverOpenLongEnough, new() { LeastDuration = Duration.FromHours(13) }).Right);
        Assert.Empty(RuleCheck.Mistakes(Tree(new() { LeastDuration = Duration.FromHours(12) }), "room", Day));
        Assert.Empty(RuleCheck.Mistakes(Tree(new() { LeastDuration = Duration.FromHours(13) }, OpeningHours.Never), "room", Day));
    }

    [Fact]
    public void Windows_end_after_they_begin_and_bookings_are_taken_while_the_space_is_shown()
    {
        Assert.Equal(At(Day, 8).InZone(Helsinki).LocalDateTime, Only("BookingCloses", RuleMistakeCode.EndsBeforeItBegins, new() { BookingOpens = At(Day, 8), BookingCloses = At(Day, 7) }).Until);
        Only("PublishedUntil", RuleMistakeCode.EndsBeforeItBegins, new() { PublishedFrom = At(Day, 8), PublishedUntil = At(Day, 8) });
        Only("BookingOpens", RuleMistakeCode.BookingWhileHidden, new() { PublishedUntil = At(Day, 8), BookingOpens = At(Day, 9) });
        Only("BookingCloses", RuleMistakeCode.BookingWhileHidden, new() { PublishedFrom = At(Day, 8), BookingCloses = At(Day, 7) });
        Only("Rounds[0].To", RuleMistakeCode.EndsBeforeItBegins, new() { Rounds = [new("spring", Day, Day.PlusDays(-1), false)] });
    }

    [Fact]
    public void Numbers_and_lists_allow_something()
    {
        Only("StartGrid", RuleMistakeCode.NotPositive, new() { StartGrid = Duration.Zero, DurationStep = Duration.FromMinutes(30) });
        Only("DurationStep", RuleMistakeCode.NotPositive, new() { DurationStep = Duration.Zero });
        Only("LeastDuration", RuleMistakeCode.NotPositive, new() { LeastDuration = Duration.Zero });
        Only("BufferAfter", RuleMistakeCode.Negative, new() { BufferAfter = Duration.FromMinutes(-1) });
        Only("CancellableBefore", RuleMistakeCode.Negative, new() { CancellableBefore = Duration.FromMinutes(-1) });
        Only("NoticeDays", RuleMistakeCode.TooSmall, new() { NoticeDays = -1 });
        Only("Audiences", RuleMistakeCode.Empty, new() { Audiences = [] });
        Only("Deposit", RuleMistakeCode.TooSmall, new() { Deposit = -1 });
        Only("Limits[0].Most", RuleMistakeCode.TooSmall, new() { Limits = [new BookingsAtOnce(LimitOf.Person, 0)] });
        Only("Limits[0].Kinds", RuleMistakeCode.Empty, new() { Limits = [new BookingsAtOnce(LimitOf.Person, 1, [])] });
        Assert.Equal("pool", Only("Limits[0].Kinds", RuleMistakeCode.UnknownKind, new() { Limits = [new BookingsAtOnce(LimitOf.Person, 1, ["pool", "court"])] }).Name);
        Assert.Equal(Duration.FromHours(2), Only("Limits[0].Most", RuleMistakeCode.LimitBelowLeastDuration, new() { LeastDuration = Duration.FromHours(2), Limits = [new TimePerPeriod(LimitOf.Person, Duration.FromHours(1), LimitPeriod.Week)] }).Right);
    }

    [Fact]
    public void A_notice_in_hours_is_within_the_horizon_too() =>
        Assert.Equal(2, Only("HorizonDays", RuleMistakeCode.NoticeBeyondHorizon, new() { Notice = Duration.FromHours(30), HorizonDays = 1 }).Count);

    [Fact]
    public void Lives_permits_capacities_and_pieces_can_be()
    {
        Only("LastDay", RuleMistakeCode.EndsBeforeItBegins, new(), space => space with { FirstDay = Day, LastDay = Day.PlusDays(-1) });
        Only("Permits[0].To", RuleMistakeCode.EndsBeforeItBegins, new(), space => space with { Permits = [new(Day, Day.PlusDays(-1))] });
        Only("Capacity", RuleMistakeCode.TooSmall, new(), space => space with { Capacity = 0 });
        Assert.Equal("chairs", Assert.Single(RuleCheck.Mistakes(new(Helsinki, [], [new("chairs", 0)]), Day)).Key);
    }

    [Fact]
    public void Hours_end_after_they_begin_and_are_on_some_day()
    {
        void Hours(string field, RuleMistakeCode code, OpeningHours hours) => Only(field, code, new(), space => space with { Hours = hours });

        Hours("Hours.Periods[0].Groups[0].Spans[0].End", RuleMistakeCode.EndsBeforeItBegins, OpeningHours.Weekly(new WeeklySpan(Weekdays.All, new(new(20, 0), new(2, 0)))));
        Hours("Hours.Periods[0].Groups[0].Spans[0].Weekdays", RuleMistakeCode.Empty, OpeningHours.Weekly(new WeeklySpan(Weekdays.None, new(new(20, 0), new(22, 0)))));
        Hours("Hours.Periods[0].To", RuleMistakeCode.EndsBeforeItBegins, new([new(Day, Day.PlusDays(-1), [])], []));
        Hours("Hours.Periods[0].Groups[0].Rules[0]", RuleMistakeCode.TooSmall, new([new(null, null, [new([], [new EveryNthWeek(0, Day)])])], []));
        Hours("Hours.Exceptions[0].Spans[0].End", RuleMistakeCode.EndsBeforeItBegins, new([], [new DateException(Day, [new(new(8, 0), new(8, 0))])]));
    }

    private static RuleMistake Only(string field, RuleMistakeCode code, BookingRules rules, Func<Space, Space>? with = null)
    {
        var mistake = Assert.Single(RuleCheck.Mistakes(Tree(rules, with: with), "room", Day));
        Assert.Equal(("room", field, code), (mistake.Key, mistake.Field, mistake.Code));
        return mistake;
    }
}
