using NodaTime;
using static Kera.Sharing.Tests.Hall;

namespace Kera.Sharing.Tests;

/// <summary>The rules of booking by their numbers in docs/concepts/booking-rules.md, with answers reckoned by hand: from 18 on, and what other services learnt.</summary>
public sealed class LaterRuleTests
{
    private static readonly Booking s_mine = new("b", "room", Time(10, 12)) { Person = "anna" };
    private static readonly BookingRules s_cancellable = new() { CancellableBefore = Duration.FromHours(24) };

    [Fact]
    public void Rule_18_a_space_may_ask_for_age_identification_and_an_audience()
    {
        BookingRequest request = new("room", Time(10, 11));

        Assert.Equal([RefusalCode.AdultsOnly], Book(new() { AdultsOnly = true }).Codes(request, Anna with { Adult = false }));
        Assert.Equal([RefusalCode.StrongIdentificationNeeded], Book(new() { StrongIdentification = true }).Codes(request, Anna with { StronglyIdentified = false }));
        Assert.Equal(["residents", "partners"], Book(new() { Audiences = ["residents", "partners"] }).Refusal(request, Anna with { Audiences = ["members"] }).Keys);
        Assert.Empty(Book(new() { AdultsOnly = true, StrongIdentification = true, Audiences = ["residents", "members"] }).Codes(request, Anna with { Audiences = ["members"] }));
    }

    [Fact]
    public void Rule_19_a_hold_past_its_time_occupies_nothing()
    {
        var until = Now + Duration.FromMinutes(10);
        var book = Book(null, Booked("b", "room", Time(10, 11)) with { State = BookingState.Held, HeldUntil = until });

        Assert.False(book.Allows("room", Time(10, 11), until - Duration.FromTicks(1)));
        Assert.True(book.Allows("room", Time(10, 11), until));
        Assert.Contains(10, book.Starts("room", 1, now: until));
        // What is confirmed stays, whatever its hold said.
        Assert.False(Book(null, Booked("b", "room", Time(10, 11)) with { HeldUntil = until }).Allows("room", Time(10, 11), until));
    }

    [Theory]
    [InlineData(true, 10, false, BookingState.AwaitingHandling)]
    [InlineData(false, 10, false, BookingState.AwaitingPayment)]
    [InlineData(false, 10, true, BookingState.Confirmed)]
    [InlineData(false, 0, false, BookingState.Confirmed)]
    public void Rule_20_what_is_confirmed_is_handled_paid_or_holds(bool approval, int price, bool onSite, BookingState state)
    {
        Assert.Equal(state, Confirmation.StateOf(new() { NeedsApproval = approval }, price, onSite));
        Assert.Equal(approval, BookingCheck.Decide(Book(new() { NeedsApproval = approval }), new("room", Time(10, 11)), Anna, Now).NeedsApproval);
    }

    [Fact]
    public void Rule_20_a_decision_tells_the_deposit_and_the_buffers_that_the_booking_keeps()
    {
        var rules = new BookingRules { Deposit = 50, BufferBefore = Duration.FromMinutes(15), BufferAfter = Duration.FromMinutes(30) };

        var decision = BookingCheck.Decide(Book(rules), new("room", Time(10, 11)), Anna, Now);

        Assert.Equal((50, Duration.FromMinutes(15), Duration.FromMinutes(30)), (decision.Deposit, decision.BufferBefore, decision.BufferAfter));
        Assert.Null(BookingCheck.Decide(Book(rules), new("room", Time(10, 11), BookingKind.Staff), Caretaker, Now).Deposit);
    }

    [Theory]
    [InlineData(PriceUnit.QuarterHour, 65, 15.00)]
    [InlineData(PriceUnit.HalfHour, 65, 7.50)]
    [InlineData(PriceUnit.Hour, 65, 3.75)]
    [InlineData(PriceUnit.Hour, 60, 3.00)]
    [InlineData(PriceUnit.HalfDay, 600, 3.00)]
    [InlineData(PriceUnit.Day, 65, 3.00)]
    [InlineData(PriceUnit.Week, 65, 3.00)]
    [InlineData(PriceUnit.Booking, 65, 3.00)]
    public void Rule_21_a_price_is_by_quarters_of_an_hour_begun_or_flat(PriceUnit unit, int minutes, decimal gross)
    {
        var line = PriceQuote.LineOf([new(Day, unit, 3, 25.5m)], Time(10, 10 + (minutes / 60.0)), Helsinki, []);

        Assert.Equal(gross, line?.Gross);
    }

    [Fact]
    public void Rule_21_the_pricing_of_the_day_counts_and_the_least_price_of_an_audience()
    {
        Pricing[] pricings = [new(Day, PriceUnit.Hour, 12, 25.5m) { Audiences = [new("members", 9), new("young", 6)] }, new(Day.PlusDays(-30), PriceUnit.Hour, 10, 24)];

        Assert.Equal(10, PriceQuote.LineOf(pricings, Time(-1, 0), Helsinki, ["young"])?.Gross);
        Assert.Equal(12, PriceQuote.LineOf(pricings, Time(0, 1), Helsinki, [])?.Gross);
        Assert.Equal(6, PriceQuote.LineOf(pricings, Time(0, 1), Helsinki, ["members", "young"])?.Gross);
        Assert.Null(PriceQuote.LineOf(pricings, Time(Day.PlusDays(-31), 10, 11), Helsinki, []));
        Assert.Equal([(RuleMistakeCode.Twice, "[1].From"), (RuleMistakeCode.TooSmall, "[1].Price")],
            Pricing.Mistakes("room", [pricings[0], pricings[0] with { Price = -1 }]).Select(mistake => (mistake.Code, mistake.Field)));
    }

    [Fact]
    public void Rule_21_tax_is_exact_to_the_cent_in_each_line()
    {
        // 10.00 · 25.5 / 125.5 = 2.0318…; 0.05 · 14 / 114 = 0.0061…
        Assert.Equal((2.03m, 7.97m), PriceLine.Of(10, 25.5m) is var ten ? (ten.Vat, ten.Net) : default);
        Assert.Equal((0.01m, 0.04m), PriceLine.Of(0.05m, 14) is var five ? (five.Vat, five.Net) : default);
        // Half a cent goes away from zero: a quarter of 0.50 is 0.125.
        Assert.Equal(0.13m, PriceQuote.LineOf([new(Day, PriceUnit.Hour, 0.50m, 25.5m)], Time(10, 10.25), Helsinki, [])?.Gross);
        var quote = new PriceQuote([PriceLine.Of(0.05m, 14), PriceLine.Of(0.05m, 14), PriceLine.Of(10, 25.5m)]);
        Assert.Equal((10.10m, 2.05m), (quote.Gross, quote.Vat));
    }

    [Fact]
    public void Rule_22_free_of_charge_is_for_a_reason()
    {
        var quote = new PriceQuote([PriceLine.Of(10, 25.5m)]);

        Assert.Throws<SharingException>(() => quote.Free(" "));
        Assert.Equal((0, 0), (quote.Free("residents' meeting").Gross, quote.Free("residents' meeting").Vat));
        Assert.Equal(BookingState.AwaitingHandling, Confirmation.StateOf(new(), 10, asksToPayNothing: true));
    }

    [Fact]
    public void Rule_23_customers_cancel_what_is_confirmed_in_time()
    {
        StateRefusalCode[] Codes(Booking booking, BookingRules rules, decimal price = 0, Instant? now = null) =>
            [.. Cancellation.ByCustomer(booking, rules, price, now ?? Now).Refusals.Select(refusal => refusal.Code)];
        var last = s_mine.Time.Start - Duration.FromHours(24);

        Assert.Empty(Codes(s_mine, s_cancellable, 10, last));
        Assert.Equal([StateRefusalCode.TooLate], Codes(s_mine, s_cancellable, now: last + Duration.FromTicks(1)));
        Assert.Equal([StateRefusalCode.NoRule], Codes(s_mine, new()));
        Assert.Equal([StateRefusalCode.WrongState], Codes(s_mine with { State = BookingState.AwaitingHandling }, s_cancellable));
        Assert.Equal([StateRefusalCode.WrongKind], Codes(s_mine with { Kind = BookingKind.Behalf }, s_cancellable));
        Assert.Empty(Codes(s_mine with { Kind = BookingKind.Seasonal }, s_cancellable));
        Assert.Equal([StateRefusalCode.PaidSeasonal], Codes(s_mine with { Kind = BookingKind.Seasonal }, s_cancellable, 1));
    }

    [Fact]
    public void Rule_23_a_refund_is_the_share_of_the_longest_step_that_was_kept()
    {
        var paid = new PriceQuote([PriceLine.Of(9.99m, 25.5m)]);
        RefundStep[] steps = [new(Duration.FromHours(1), 50), new(Duration.FromDays(7), 100)];
        decimal? Back(Duration before) => Refund.Of(paid, steps, s_mine.Time.Start, s_mine.Time.Start - before).Sum(line => line.Gross);

        Assert.Equal(9.99m, Back(Duration.FromDays(7)));
        // Half of 9.99 is 4.995, which is 5.00.
        Assert.Equal(5.00m, Back(Duration.FromDays(7) - Duration.FromTicks(1)));
        Assert.Equal(0, Back(Duration.FromMinutes(59)));
    }

    [Fact]
    public void Rule_24_customers_move_what_is_free_and_stays_free()
    {
        StateRefusalCode[] Codes(Booking booking, decimal price = 0, decimal? newPrice = 0, bool handled = false, Instant? now = null) =>
            [.. Rescheduling.ByCustomer(booking, s_cancellable with { CancellableBefore = Duration.Zero }, price, newPrice, handled, now ?? Now).Refusals.Select(refusal => refusal.Code)];

        Assert.Empty(Codes(s_mine));
        Assert.Empty(Codes(s_mine with { Kind = BookingKind.Behalf }));
        Assert.Equal([StateRefusalCode.WrongKind], Codes(s_mine with { Kind = BookingKind.Seasonal }));
        Assert.Equal([StateRefusalCode.WrongState], Codes(s_mine with { State = BookingState.AwaitingPayment }));
        Assert.Equal([StateRefusalCode.Paid], Codes(s_mine, price: 1));
        Assert.Equal([StateRefusalCode.WouldBePaid], Codes(s_mine, newPrice: 1));
        Assert.Equal([StateRefusalCode.WouldBePaid], Codes(s_mine, newPrice: null));
        Assert.Equal([StateRefusalCode.Handled], Codes(s_mine, handled: true));
        Assert.Equal([StateRefusalCode.TooLate], Codes(s_mine, now: s_mine.Time.Start));
        // The booking itself is not in its own way.
        Assert.Empty(Book(null, s_mine).Codes(new("room", Time(11, 13)) { Replaces = "b" }));
    }

    [Fact]
    public void Rule_25_staff_deny_until_the_end_and_may_take_it_back()
    {
        Assert.True(Denial.Deny(s_mine, s_mine.Time.End - Duration.FromTicks(1)).Allowed);
        Assert.Equal(StateRefusalCode.TooLate, Assert.Single(Denial.Deny(s_mine, s_mine.Time.End).Refusals).Code);
        Assert.True(Denial.Deny(s_mine with { State = BookingState.AwaitingHandling }, Now).Allowed);
        Assert.False(Denial.Deny(s_mine with { State = BookingState.AwaitingPayment }, Now).Allowed);
        Assert.True(Denial.ReturnToHandling(s_mine).Allowed);
        Assert.True(Denial.ReturnToHandling(s_mine with { State = BookingState.Denied }).Allowed);
        Assert.False(Denial.ReturnToHandling(s_mine with { State = BookingState.Cancelled }).Allowed);
        Assert.Equal((BookingState.Confirmed, true), Denial.Approve(s_mine with { State = BookingState.AwaitingHandling }) is var approved ? (approved.To, approved.Allowed) : default);
        Assert.False(Denial.Approve(s_mine).Allowed);
    }

    [Theory]
    [InlineData(BookingKind.Block)]
    [InlineData(BookingKind.Staff)]
    [InlineData(BookingKind.Behalf)]
    [InlineData(BookingKind.Seasonal)]
    public void Rule_26_other_kinds_than_normal_are_made_by_staff(BookingKind kind)
    {
        Assert.Equal([RefusalCode.KindNotAllowed], Book().Codes(new("room", Time(10, 11), kind)));
        Assert.Empty(Book().Codes(new("room", Time(10, 11), kind), Caretaker));
        // Staff who book for themselves are bound as anyone.
        Assert.Equal([RefusalCode.Closed], Book().Codes(new("room", Time(6, 7)), Caretaker));
    }

    [Fact]
    public void Rule_27_how_one_gets_in_changes_by_days()
    {
        AccessFrom[] types = [new(Day, AccessType.AccessCode), new(Day.PlusDays(-10), AccessType.PhysicalKey)];

        Assert.Equal([null, AccessType.PhysicalKey, AccessType.AccessCode], new[] { -11, -1, 0 }.Select(days => AccessTypes.On(types, Day.PlusDays(days))));
        Assert.Equal(AccessType.Various, AccessTypes.OnAll(types, [Day.PlusDays(-1), Day]));
        Assert.Equal(AccessType.AccessCode, AccessTypes.OnAll(types, [Day, Day.PlusDays(7)]));
        Assert.True(AccessTypes.HasCode(s_mine, types, Helsinki));
        Assert.False(AccessTypes.HasCode(s_mine with { State = BookingState.AwaitingHandling }, types, Helsinki));
        Assert.False(AccessTypes.HasCode(s_mine with { Time = Time(-2, -1) }, types, Helsinki));
    }

    [Fact]
    public void Rule_28_of_a_series_the_dates_that_clash_are_refused_and_the_others_made()
    {
        var hours = EightToTwenty with { Exceptions = [new DateException(Day.PlusDays(7), [])] };
        var book = new BookingBook(Tree(hours: hours), [Booked("b", "room", Time(Day.PlusDays(14), 10, 11))]);
        var series = new BookingSeries("choir", "room", new WeeklyDates(Day, Day.PlusDays(21), Weekdays.Wednesday), new(10, 0), new(12, 0));

        var plan = SeriesPlan.Of(book, series, Anna, Now);

        Assert.Equal(["choir/2027-04-14", "choir/2027-05-05"], plan.Bookings.Select(booking => booking.Id));
        Assert.Equal([(Day.PlusDays(7), RefusalCode.Closed), (Day.PlusDays(14), RefusalCode.Overlap)], plan.Refused.Select(refused => (refused.Date, Assert.Single(refused.Decision.Refusals).Code)));
        var offGrid = SeriesPlan.Of(book, series with { Begin = new(10, 10), End = new(10, 40) }, Anna, Now);
        Assert.Equal(RefusalCode.NotOnGrid, Assert.Single(offGrid.Occurrences[0].Decision.Refusals).Code);
        Assert.Throws<SharingException>(() => new WeeklyDates(Day, Day.PlusYears(2).PlusDays(1), Weekdays.All).Dates());
    }

    [Fact]
    public void Issue_8985_a_limit_counts_over_kinds_of_space()
    {
        var rules = new BookingRules { Limits = [new BookingsAtOnce(LimitOf.Person, 1, ["court", "room"])] };

        Assert.Equal([RefusalCode.TooManyBookings], Book(rules, s_mine).Codes(new("court-a", Time(14, 15))));
        // The hall is of another kind: only its own bookings and those of the kinds named count.
        Assert.Empty(Book(rules, Booked("h", "hall", Time(8, 9)) with { Person = "anna" }).Codes(new("court-a", Time(14, 15))));
    }

    [Fact]
    public void Issue_24253_buffers_move_the_offered_starts() =>
        Assert.Equal([11.5, 12], Book(new() { BufferBefore = Duration.FromMinutes(20) }, Booked("b", "room", Time(8, 11))).Starts("room", 1).Take(2));

    [Fact]
    public void Issue_14097_buffers_keep_their_time_between_kinds_and_spaces()
    {
        var book = Book(null, Booked("b", "hall", Time(8, 11)) with { Kind = BookingKind.Staff, BufferAfter = Duration.FromMinutes(30) });

        Assert.Equal(11.5, book.Starts("court-a", 1).First());
    }

    [Fact]
    public void Issue_9915_a_notice_longer_than_the_horizon_is_refused_when_it_is_set()
    {
        Assert.Equal(("HorizonDays", RuleMistakeCode.NoticeBeyondHorizon, 14), RuleCheck.Mistakes(Tree(new() { NoticeDays = 14, HorizonDays = 7 }), "room", Day) is [var mistake] ? (mistake.Field, mistake.Code, mistake.Count) : default);
        Assert.Empty(RuleCheck.Mistakes(Tree(new() { NoticeDays = 14, HorizonDays = 14 }), "room", Day));
    }

    [Fact]
    public void Issue_4624_a_long_notice_still_offers_the_first_day_after_it()
    {
        var free = FirstFree.Of(Book(new() { NoticeDays = 90 }), new(["room"], Duration.FromHours(1), Day, Day.PlusDays(200)), Anna, Now, 1);

        Assert.Equal(At(Day.PlusDays(88), 8), Assert.Single(free.First).Time.Start);
    }

    [Fact]
    public void Issue_10754_what_conflicts_is_told_by_the_tree_and_the_equipment_alone()
    {
        var book = Book(null, Booked("b", "room", Time(10, 11)) with { Person = "anna", Equipment = [new("projector")] });

        // The same person, another space: no conflict; the same projector: one.
        Assert.Empty(book.Codes(new("hall", Time(10, 11))));
        Assert.Equal([RefusalCode.EquipmentTaken], book.Codes(new("hall", Time(10, 11)) { Equipment = [new("projector")] }));
    }

    [Fact]
    public void Nothing_is_booked_past_the_last_day_or_outside_a_permit()
    {
        var last = new BookingBook(Tree(hours: OpeningHours.Always, with: space => space.Key == "hall" ? space with { LastDay = Day, Permits = [new(Day.PlusDays(-5), Day.PlusDays(5), new(7, 0), new(2, 0))] } : space), []);

        Assert.Equal([RefusalCode.OutsideLife], last.Codes(new("court-a", Time(23.5, 24.5))));
        Assert.Empty(last.Codes(new("court-a", Time(23, 24))));
        Assert.Equal((RefusalCode.OutsidePermit, At(Day, 2), At(Day, 3)), last.Refusal(new("court-a", Time(1, 3))) is var refusal ? (refusal.Code, refusal.From, refusal.Until) : default);
        Assert.Equal((RefusalCode.OutsideLife, "hall"), last.Refusal(new("court-b", Time(24, 25))) is var gone ? (gone.Code, gone.Key) : default);
        Assert.Equal([RefusalCode.OutsideLife], last.Codes(new("hall", Time(24, 25), BookingKind.Staff), Caretaker));
        Assert.Equal(23, last.Starts("court-a", 1).Last());
        var first = new BookingBook(Tree(with: space => space.Key == "court-a" ? space with { FirstDay = Day } : space with { LastDay = Day.PlusDays(9) }), []);
        Assert.Equal(("court-a", At(Day, 0), At(Day.PlusDays(10), 0)), first.Refusal(new("court-a", Time(-14, -13))) is var early ? (early.Key, early.From, early.Until) : default);
    }

    [Fact]
    public void No_more_people_come_than_the_space_holds()
    {
        var book = new BookingBook(Tree(with: space => space with { Capacity = 10 }), []);

        Assert.Equal((RefusalCode.TooManyPeople, 11, 10), book.Refusal(new("room", Time(10, 11)) { People = 11 }) is var refusal ? (refusal.Code, refusal.Count, refusal.Most) : default);
        Assert.Empty(book.Codes(new("room", Time(10, 11)) { People = 10 }));
    }
}
