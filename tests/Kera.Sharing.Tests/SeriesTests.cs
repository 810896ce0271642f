using CsCheck;
using NodaTime;
using static Kera.Sharing.Tests.Hall;

namespace Kera.Sharing.Tests;

/// <summary>Series: their dates, what is refused, and what a change changes.</summary>
public sealed class SeriesTests
{
    private static readonly int s_more = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 40 : 1;

    [Fact]
    public void Dates_are_by_weeks_by_months_or_one_by_one()
    {
        // From a Wednesday; the second week of two is left out, and of the first Monday is over.
        Assert.Equal([14, 26, 28], new WeeklyDates(Day, Day.PlusDays(16), Weekdays.Monday | Weekdays.Wednesday, 2).Dates().Select(date => date.Day));
        Assert.Equal([new(2027, 4, 30), new(2027, 7, 30), new(2027, 10, 29)], new MonthlyDates(Day, new(2027, 12, 30), new(5, IsoDayOfWeek.Friday)).Dates());
        Assert.Equal([Day, Day.PlusDays(3)], new ListedDates([Day.PlusDays(3), Day, Day]).Dates());
    }

    [Fact]
    public void A_series_is_two_years_at_most_and_has_a_step()
    {
        Assert.Equal(Day.PlusYears(2), new WeeklyDates(Day, Day.PlusYears(2), Weekdays.All).Dates()[^1]);
        Assert.Throws<SharingException>(() => new ListedDates([Day, Day.PlusYears(2).PlusDays(1)]).Dates());
        Assert.Throws<SharingException>(() => new WeeklyDates(Day, Day, Weekdays.All, 0).Dates());
        Assert.Throws<SharingException>(() => new WeeklyDates(Day, Day.PlusDays(-1), Weekdays.All).Dates());
    }

    [Fact]
    public void Earlier_dates_of_a_series_count_for_the_later()
    {
        var rules = new BookingRules { Limits = [new BookingsAtOnce(LimitOf.Person, 2)] };
        var series = new BookingSeries("s", "room", new WeeklyDates(Day, Day.PlusDays(21), Weekdays.Wednesday), new(10, 0), new(11, 0));

        Assert.Equal([true, true, false, false], SeriesPlan.Of(Book(rules), series, Anna, Now).Occurrences.Select(occurrence => occurrence.Decision.Allowed));
    }

    [Fact]
    public void A_series_keeps_its_local_time_when_the_clocks_change()
    {
        var series = new BookingSeries("s", "room", new WeeklyDates(new(2027, 3, 21), new(2027, 3, 28), Weekdays.Sunday), new(10, 0), new(11, 0));

        Assert.Equal([8, 7], SeriesPlan.Of(Book(), series, Anna, At(new(2027, 3, 1), 0)).Bookings.Select(booking => booking.Time.Start.InUtc().Hour));
    }

    [Fact]
    public void A_change_is_of_one_the_following_or_all_that_have_not_begun()
    {
        Booking[] series = [.. Enumerable.Range(0, 5).Select(week => Booked($"s/{week}", "room", Time(Day.PlusDays(7 * week), 10, 11)) with { State = week == 3 ? BookingState.Cancelled : BookingState.Confirmed })];
        IEnumerable<string> Of(SeriesScope scope) => SeriesChange.Affected(series, "s/2", scope, At(Day, 10)).Select(booking => booking.Id[2..]);

        Assert.Equal(["2"], Of(SeriesScope.One));
        Assert.Equal(["2", "4"], Of(SeriesScope.Following));
        // The first has just begun, the fourth was cancelled.
        Assert.Equal(["1", "2", "4"], Of(SeriesScope.All));
        var cancelled = SeriesChange.Cancel(SeriesChange.Affected(series, "s/0", SeriesScope.All, Now), new() { CancellableBefore = Duration.FromDays(3) }, _ => 0, Now);
        Assert.Equal(["s/1", "s/2", "s/4"], cancelled.Cancelled.Select(booking => booking.Id));
        Assert.Equal(("s/0", StateRefusalCode.TooLate), (cancelled.Kept[0].Booking.Id, Assert.Single(cancelled.Kept[0].Why.Refusals).Code));
    }

    [Fact]
    public void What_moves_makes_room_and_what_stays_is_in_the_way()
    {
        // Three days in a row; on the fourth somebody else is there. All are to move by a day: the third stays, and so do the others.
        Booking[] series = [.. Enumerable.Range(0, 3).Select(day => Booked($"s/{day}", "room", Time(Day.PlusDays(day), 10, 11)))];
        var free = new BookingBook(Tree(), series);
        var taken = free.Add(Booked("b", "room", Time(Day.PlusDays(3), 10, 11)));

        Assert.All(Move(free, 1), move => Assert.True(move.Decision.Allowed));
        Assert.Equal(["s/1", "s/2", "b"], Move(taken, 1).Select(move => Assert.Single(move.Decision.Refusals).Key));
        // An hour later that day each has room by itself.
        Assert.Equal(Time(Day.PlusDays(2), 11, 12), SeriesChange.Move(taken, series, 0, new(11, 0), new(12, 0), 1, Anna, Now)[2].Time);

        IReadOnlyList<SeriesMove> Move(BookingBook book, int days) => SeriesChange.Move(book, series, days, new(10, 0), new(11, 0), 1, Anna, Now);
    }

    [Fact]
    public void After_any_move_of_a_series_no_rule_is_broken() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var random = new Random(seed);
            var situation = Situation.Calm(seed);
            LocalDate[] dates = [.. Enumerable.Range(0, 4).Select(day => situation.From.PlusDays(day))];
            var hour = random.Next(4, 20);
            var space = situation.AnySpace();
            var plan = SeriesPlan.Of(situation.Book, new("s", space, new ListedDates(dates), new(hour, 0), new(hour + 2, 0)), situation.Asker, situation.Now);
            var book = plan.Bookings.Aggregate(situation.Book, (all, booking) => all.Add(booking));

            var moves = SeriesChange.Move(book, plan.Bookings, random.Next(-1, 3), new(random.Next(24), 0), new(random.Next(24), 0), 1, situation.Asker, situation.Now);

            Booking[] after = [.. moves.Select(move => !move.Decision.Allowed ? move.Booking : move.Booking with { Time = move.Time, BufferBefore = move.Decision.BufferBefore, BufferAfter = move.Decision.BufferAfter })];
            var brute = BruteForceTests.Brute(situation, after);
            Assert.All(after, booking => Assert.Empty(brute.Codes(new BookingRequest(space, booking.Time) { Replaces = booking.Id })));
        },
        iter: 300 * s_more);
}
