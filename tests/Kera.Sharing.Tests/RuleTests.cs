using NodaTime;
using static Kera.Sharing.Tests.Hall;

namespace Kera.Sharing.Tests;

/// <summary>The rules of booking by their numbers in docs/concepts/booking-rules.md, with answers reckoned by hand: 1 to 17.</summary>
public sealed class RuleTests
{
    private static readonly BookingRequest s_ten = new("court-a", Time(10, 11));

    [Fact]
    public void Rule_01_what_is_not_published_is_not_booked()
    {
        var later = Book(new() { PublishedFrom = Now + Duration.FromTicks(1) });
        var now = Book(new() { PublishedFrom = Now, PublishedUntil = Now + Duration.FromTicks(1) });
        var gone = Book(new() { PublishedUntil = Now });

        Assert.Equal((RefusalCode.NotPublished, Now + Duration.FromTicks(1)), (later.Refusal(s_ten).Code, later.Refusal(s_ten).From));
        Assert.Empty(now.Codes(s_ten));
        Assert.Equal((RefusalCode.NotPublished, Now), (gone.Refusal(s_ten).Code, gone.Refusal(s_ten).Until));
    }

    [Fact]
    public void Rule_02_bookings_are_taken_within_their_window()
    {
        var soon = Book(new() { BookingOpens = Now + Duration.FromMinutes(1) });
        var closed = Book(new() { BookingCloses = Now });

        Assert.Equal((RefusalCode.BookingNotOpen, Now + Duration.FromMinutes(1)), (soon.Refusal(s_ten).Code, soon.Refusal(s_ten).From));
        Assert.Equal((RefusalCode.BookingClosed, Now), (closed.Refusal(s_ten).Code, closed.Refusal(s_ten).Until));
        Assert.Empty(Book(new() { BookingOpens = Now, BookingCloses = Now + Duration.FromMinutes(1) }).Codes(s_ten));
    }

    [Fact]
    public void Rule_03_what_rounds_give_out_is_not_booked_directly()
    {
        Assert.Equal([RefusalCode.OnlyByRounds], Book(new() { Way = BookingWay.Rounds }).Codes(s_ten));
        Assert.Empty(Book(new() { Way = BookingWay.Both }).Codes(s_ten));
        Assert.Empty(Book(new() { Way = BookingWay.Rounds }).Codes(s_ten with { Kind = BookingKind.Seasonal }, Caretaker));
    }

    [Fact]
    public void Rule_04_starts_are_counted_from_the_opening_of_each_span()
    {
        var hours = OpeningHours.Weekly(new WeeklySpan(Weekdays.All, new(new(8, 15), new(12, 0))), new WeeklySpan(Weekdays.All, new(new(13, 0), new(17, 0))));
        var book = new BookingBook(Tree(new() { StartGrid = Duration.FromMinutes(90) }, hours), []);

        Assert.Equal([8.25, 9.75, 13, 14.5], book.Starts("hall", 1.5));
        Assert.Equal([RefusalCode.NotOnGrid], book.Codes(new("hall", Time(9, 10.5))));
        // 10:30 to 12:00 fits, and is not on the grid.
        Assert.Equal(Duration.FromMinutes(90), book.Refusal(new("hall", Time(10.5, 12))).Limit);
    }

    [Fact]
    public void Rule_04_a_night_is_counted_from_its_opening_and_a_day_that_never_closes_from_midnight()
    {
        var night = new BookingBook(Tree(new() { StartGrid = Duration.FromHours(2) }, OpeningHours.Weekly(new WeeklySpan(Weekdays.All, new(new(19, 0), new(3, 0), true)))), []);
        var always = new BookingBook(Tree(new() { StartGrid = Duration.FromHours(7) }, OpeningHours.Always), []);

        Assert.Equal([1, 19, 21, 23], night.Starts("hall", 2));
        Assert.Equal([0, 7, 14, 21], always.Starts("hall", 7));
    }

    [Fact]
    public void Rule_05_no_start_is_offered_with_less_than_the_least_duration_left()
    {
        var book = Book(new() { LeastDuration = Duration.FromHours(10) });
        var wish = new StartWish(Day, Day);

        var offered = OfferedStarts.Of(book, "hall", wish, Anna, Now);

        // From 8 to 20 ten hours fit until 10.
        Assert.Equal(Duration.FromHours(10), offered.Duration);
        Assert.Equal([8, 8.5, 9, 9.5, 10], offered.Starts.Select(start => (start - At(Day, 0)).TotalHours));
    }

    [Fact]
    public void Rule_06_staff_begin_every_half_hour_from_midnight_whatever_the_hours()
    {
        var book = Book(new() { StartGrid = Duration.FromHours(2) });

        Assert.Equal(Enumerable.Range(0, 48).Select(half => half / 2.0), book.Starts("hall", 1, kind: BookingKind.Staff, asker: Caretaker));
        Assert.Equal([RefusalCode.NotOnGrid], book.Codes(new("hall", Time(3.25, 4), BookingKind.Staff), Caretaker));
        Assert.Empty(Book(new() { StartGrid = Duration.FromMinutes(15) }).Codes(new("hall", Time(3.25, 4), BookingKind.Staff), Caretaker));
    }

    [Fact]
    public void Rule_07_a_duration_is_from_the_least_to_the_greatest_in_steps()
    {
        var book = Book(new() { LeastDuration = Duration.FromHours(1), MostDuration = Duration.FromHours(3) });

        Assert.Equal([RefusalCode.NoDuration], book.Codes(new("hall", Time(10, 10))));
        Assert.Equal([RefusalCode.TooShort], book.Codes(new("hall", Time(10, 10.5))));
        Assert.Empty(book.Codes(new("hall", Time(10, 11))));
        Assert.Equal([RefusalCode.NotMultiple], book.Codes(new("hall", Time(10, 11.25))));
        Assert.Empty(book.Codes(new("hall", Time(10, 13))));
        Assert.Equal([RefusalCode.TooLong], book.Codes(new("hall", Time(10, 13.5))));
        Assert.Empty(Book(new() { DurationStep = Duration.FromMinutes(15) }).Codes(new("hall", Time(10, 11.25))));
    }

    [Fact]
    public void Rule_08_notice_in_days_counts_from_the_start_of_today_and_the_horizon_from_now()
    {
        // It is 10:20 two days before.
        var notice = Book(new() { NoticeDays = 2 });
        var horizon = Book(new() { HorizonDays = 2 });

        Assert.True(notice.Allows("hall", Time(8, 9)));
        Assert.Equal((RefusalCode.ShortNotice, At(Day, 0)), (notice.Refusal(new("hall", Time(Day.PlusDays(-1), 19, 20))).Code, notice.Refusal(new("hall", Time(Day.PlusDays(-1), 19, 20))).From));
        Assert.True(horizon.Allows("hall", Time(10, 11)));
        Assert.Equal((RefusalCode.BeyondHorizon, At(Day, 10, 20)), (horizon.Refusal(new("hall", Time(10.5, 11))).Code, horizon.Refusal(new("hall", Time(10.5, 11))).Until));
        // Hours count from now.
        Assert.Equal([10.5, 11], Book(new() { Notice = Duration.FromHours(48) }).Starts("hall", 1).Take(2));
    }

    [Fact]
    public void Rule_09_nobody_begins_in_the_past_but_staff_go_back_to_the_start_of_today()
    {
        var book = Book();
        BookingRequest Staff(double begin) => new("hall", Time(begin, begin + 1), BookingKind.Staff);

        Assert.Equal([RefusalCode.InThePast], book.Codes(new("hall", Time(10, 11)), now: At(Day, 10, 1)));
        Assert.Empty(book.Codes(new("hall", Time(10, 11)), now: At(Day, 10)));
        Assert.Empty(book.Codes(Staff(0), Caretaker, At(Day, 23, 59)));
        Assert.Equal([RefusalCode.InThePast], book.Codes(Staff(-0.5), Caretaker, At(Day, 1)));
        Assert.Empty(book.Codes(Staff(-24), Caretaker, At(Day, 0, 59)));
        Assert.Equal([RefusalCode.InThePast], book.Codes(Staff(-24.5), Caretaker, At(Day, 0, 59)));
    }

    [Fact]
    public void Rule_10_of_two_buffers_the_larger_counts_and_not_the_sum()
    {
        var there = Booked("b", "room", Time(10, 11)) with { BufferAfter = Duration.FromMinutes(30), BufferBefore = Duration.FromMinutes(60) };
        var book = Book(new() { BufferBefore = Duration.FromMinutes(60), BufferAfter = Duration.FromMinutes(30) }, there);

        // After it 60 minutes stay free, the new one's; before it 60, its own; 30 of the other buffer are in them.
        Assert.Equal([8, 12, 12.5], book.Starts("room", 1).Take(3));
        Assert.Equal("b", book.Refusal(new("room", Time(11.5, 12))).Key);
    }

    [Fact]
    public void Rule_11_blocks_know_no_buffers()
    {
        var rules = new BookingRules { BufferBefore = Duration.FromMinutes(60), BufferAfter = Duration.FromMinutes(60) };
        var block = new Booking("b", "room", Time(10, 11), BookingKind.Block) { BufferAfter = Duration.FromHours(5) };

        Assert.Equal([8, 8.5, 9, 11, 11.5], Book(rules, block).Starts("room", 1).Take(5));
        // A block fits close to a booking whatever its buffers.
        var booked = Booked("b", "room", Time(10, 11)) with { BufferAfter = Duration.FromHours(5) };
        Assert.Empty(Book(rules, booked).Codes(new("room", Time(11, 12), BookingKind.Block), Caretaker));
        Assert.Equal((Duration.Zero, Duration.Zero), (BookingCheck.Decide(Book(rules), new("room", Time(11, 12), BookingKind.Block), Caretaker, Now) is var decision ? (decision.BufferBefore, decision.BufferAfter) : default));
    }

    [Fact]
    public void Rule_12_a_booking_may_keep_its_whole_day()
    {
        var rules = new BookingRules { BlocksWholeDay = true };
        var book = new BookingBook(Tree(rules, OpeningHours.Always), [Booked("b", "room", Time(18, 24)) with { BufferBefore = Duration.FromHours(18) }]);

        Assert.Empty(book.Starts("room", 1));
        // It ended at midnight: the next day is free, and so is the day before.
        Assert.Equal(0, book.Starts("room", 1, Day.PlusDays(1)).First());
        Assert.Equal(23, book.Starts("room", 1, Day.PlusDays(-1)).Last());
        Assert.Equal((Duration.FromHours(18), Duration.Zero), rules.BuffersOf(Helsinki, Time(18, 24)));
        Assert.Equal((Duration.FromHours(18), Duration.FromHours(22)), rules.BuffersOf(Helsinki, Time(18, 26)));
        // In spring the day of the change has 23 hours: 20 is 19 hours after its midnight.
        Assert.Equal((Duration.FromHours(19), Duration.FromHours(3)), rules.BuffersOf(Helsinki, new(At(new(2027, 3, 28), 20), At(new(2027, 3, 28), 21))));
    }

    [Fact]
    public void Rule_13_a_booking_occupies_what_is_above_and_below_and_not_beside()
    {
        var court = Book(null, Booked("b", "court-a", Time(10, 11)));
        var hall = Book(null, Booked("b", "hall", Time(10, 11)));

        Assert.Equal([RefusalCode.Overlap], court.Codes(new("hall", Time(10, 11))));
        Assert.Empty(court.Codes(new("court-b", Time(10, 11))));
        Assert.Equal([RefusalCode.Overlap], hall.Codes(new("court-a", Time(10, 11))));
        Assert.Equal([RefusalCode.Overlap], hall.Codes(new("court-b", Time(10, 11))));
        Assert.Empty(hall.Codes(new("room", Time(10, 11))));
        Assert.Equal("b", Assert.Single(hall.Occupying("court-b", Time(10.5, 12), Now)).Id);
    }

    [Fact]
    public void Rule_13_shared_equipment_is_taken_by_pieces()
    {
        var book = Book(null,
            Booked("b", "court-a", Time(10, 12)) with { Equipment = [new("chairs", 12), new("projector")] },
            Booked("c", "court-b", Time(11, 13)) with { Equipment = [new("chairs", 5)] });
        BookingRequest Chairs(double begin, double end, int pieces) => new("room", Time(begin, end)) { Equipment = [new("chairs", pieces)] };

        Assert.Empty(book.Codes(Chairs(10, 11, 8)));
        Assert.Equal((RefusalCode.EquipmentTaken, "chairs", 3, 20), book.Refusal(Chairs(10, 13, 4)) is var refusal ? (refusal.Code, refusal.Key, refusal.Count, refusal.Most) : default);
        Assert.Empty(book.Codes(Chairs(10, 13, 3)));
        Assert.Equal([RefusalCode.EquipmentTaken], book.Codes(new("room", Time(11, 12)) { Equipment = [new("projector")] }));
        Assert.Empty(book.Codes(new("room", Time(12, 13)) { Equipment = [new("projector")] }));
        Assert.Equal(0, book.Refusal(new("room", Time(12, 13)) { Equipment = [new("sauna")] }).Most);
    }

    [Theory]
    [InlineData(BookingState.Held, true)]
    [InlineData(BookingState.Confirmed, true)]
    [InlineData(BookingState.AwaitingPayment, true)]
    [InlineData(BookingState.AwaitingHandling, true)]
    [InlineData(BookingState.Cancelled, false)]
    [InlineData(BookingState.Denied, false)]
    public void Rule_14_some_states_occupy_and_others_do_not(BookingState state, bool occupies) =>
        Assert.Equal(!occupies, Book(null, Booked("b", "room", Time(10, 11)) with { State = state }).Allows("room", Time(10, 11)));

    [Fact]
    public void Rule_15_only_active_normal_bookings_of_the_space_count()
    {
        var rules = new BookingRules { Limits = [new BookingsAtOnce(LimitOf.Person, 2)] };
        Booking Mine(string id, string space, Interval time) => Booked(id, space, time) with { Person = "anna" };
        var book = Book(rules,
            Mine("past", "room", Time(Day.PlusDays(-2), 8, 9)),
            Mine("elsewhere", "court-a", Time(8, 9)),
            Mine("staff's", "room", Time(8, 9)) with { Kind = BookingKind.Behalf },
            Mine("gone", "room", Time(12, 13)) with { State = BookingState.Cancelled },
            Mine("one", "room", Time(14, 15)));

        Assert.True(book.Allows("room", Time(16, 17)));
        var full = book.Add(Mine("two", "room", Time(18, 19)));
        Assert.Equal((RefusalCode.TooManyBookings, 2, 2), full.Refusal(new("room", Time(16, 17))) is var refusal ? (refusal.Code, refusal.Count, refusal.Most) : default);
        // Moving one of them is no third.
        Assert.Empty(full.Codes(new("room", Time(16, 17)) { Replaces = "one" }));
        Assert.Empty(full.Codes(new("room", Time(16, 17)), new("ben")));
    }

    [Fact]
    public void Rule_15_hours_of_a_week_and_a_month_are_limited_too()
    {
        var rules = new BookingRules { Limits = [new TimePerPeriod(LimitOf.Group, Duration.FromHours(4), LimitPeriod.Week, ["court"])] };
        var choir = Anna with { Group = "choir" };
        // The week of the day is 12 to 18 April; from Sunday 18 April 23:00 two hours are one of each week.
        var book = new BookingBook(Tree(rules, OpeningHours.Always), [
            Booked("a", "court-a", Time(8, 10)) with { Group = "choir" },
            Booked("b", "court-a", Time(Day.PlusDays(4), 23, 25)) with { Group = "choir" }]);

        Assert.Empty(book.Codes(new("court-b", Time(12, 13)), choir));
        Assert.Equal((RefusalCode.TooMuchTime, At(new(2027, 4, 12), 0), Duration.FromHours(4.5), Duration.FromHours(4)),
            book.Refusal(new("court-b", Time(12, 13.5)), choir) is var refusal ? (refusal.Code, refusal.From, refusal.Is, refusal.Limit) : default);
        Assert.Empty(book.Codes(new("court-b", Time(Day.PlusDays(5), 12, 15)), choir));
        Assert.Empty(book.Codes(new("court-b", Time(12, 20)), Anna));
    }

    [Fact]
    public void Rule_16_a_booking_is_wholly_within_the_open_time()
    {
        Assert.Equal((RefusalCode.Closed, At(Day, 20), At(Day, 20, 30)), Book().Refusal(new("hall", Time(19, 20.5))) is var refusal ? (refusal.Code, refusal.From, refusal.Until) : default);
        // A court has the hours of its hall, and what has hours nowhere above is closed.
        Assert.Equal([RefusalCode.Closed], Book().Codes(new("court-a", Time(7, 8))));
        var none = new BookingBook(Tree(with: space => space with { Hours = null }), []);
        Assert.Equal([RefusalCode.Closed], none.Codes(new("room", Time(10, 11))));
    }

    [Fact]
    public void Rule_17_a_time_that_a_round_gives_out_waits_for_its_results()
    {
        BookingBook In(bool sent) => Book(new() { Rounds = [new("spring", Day, Day.PlusDays(30), sent)] });

        Assert.Equal((RefusalCode.RoundNotSent, "spring"), In(sent: false).Refusal(s_ten) is var refusal ? (refusal.Code, refusal.Key) : default);
        Assert.Empty(In(sent: true).Codes(s_ten));
        Assert.True(In(sent: false).Allows("hall", Time(Day.PlusDays(-1), 19, 20)));
    }
}
