using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What became of a wish to move a booking.</summary>
/// <param name="Booking">The booking at its new time; null where it stays.</param>
/// <param name="Change">Whether it may be moved at all.</param>
/// <param name="Decision">What the rules say of the new time; null where it may not be moved.</param>
/// <param name="Nearest">What may be booked instead; null where nobody looked.</param>
public sealed record MoveOutcome(BookingView? Booking, StateChange Change, BookingDecision? Decision, NearestTimes? Nearest);

/// <summary>What a booker changes: cancelling and moving.</summary>
public sealed partial class BookingRegister
{
    /// <summary>Cancels a person's own booking, or one of a group that they lead, or gives a hold back.</summary>
    /// <returns>What the rules say; null where there is no such booking of the person's.</returns>
    public async Task<StateChange?> CancelAsync(string key, Booker me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockedAsync(db, key, cancellation) is not { } row || !await SpaceGroups.MayChangeAsync(db, row, me, cancellation))
        {
            return null;
        }

        var (view, change) = (BookingView.Of(row), CancellingOf(BookingView.Of(row)));
        if (change.Allowed)
        {
            var held = row.State == BookingState.Held;
            (row.State, row.HeldUntil, row.Refund, row.DisplacedBy) = (change.To, null, (int)(RefundOf(view) * CentsInEuro), null);
            if (held)
            {
                row.Changed = DistrictCalendar.ToMicroseconds(calendar.Now);
            }
            else
            {
                await news.NoteAsync(db, row, BookingChange.Cancelled, "", cancellation);
            }

            Audit.Add(db, me.Actor, calendar.Now, "booking.cancel", $"{key}: {row.Space}");
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return change;
    }

    /// <summary>Whether its booker may cancel a booking now. What waits, and what a closure took, always; else by the space's rule.</summary>
    public StateChange CancellingOf(BookingView booking) =>
        booking.Booking.State is BookingState.Held or BookingState.AwaitingHandling or BookingState.AwaitingPayment || (Displaced(booking) && calendar.Now < booking.Booking.Time.End)
            ? new StateChange(BookingState.Cancelled, [])
            : Cancellation.ByCustomer(booking.Booking, calendar.Spaces!.Tree.Space(booking.Booking.Space).Rules, booking.Gross, calendar.Now);

    /// <summary>What of the price, in euros, whoever cancels now does not owe, or gets back: all of what nobody confirmed, a closure took or no steps are said for, else by the space's steps.</summary>
    public decimal RefundOf(BookingView booking) =>
        booking.Booking.State != BookingState.Confirmed || Displaced(booking) || calendar.Spaces!.Spaces[booking.Booking.Space].Refunds.Count == 0
            ? booking.Gross
            : Refund.Of(booking.Price, calendar.Spaces!.Spaces[booking.Booking.Space].Refunds, booking.Booking.Time.Start, calendar.Now).Sum(line => line.Gross);

    /// <summary>Whether its booker may move a booking at all; what a closure took always, and for the same price.</summary>
    /// <param name="booking">The booking.</param>
    /// <param name="time">When it would be; its own time where one only asks whether.</param>
    /// <param name="me">The booker.</param>
    public StateChange MovingOf(BookingView booking, Interval time, Booker me) =>
        Displaced(booking) && calendar.Now < booking.Booking.Time.End
            ? new StateChange(BookingState.Confirmed, [])
            : Rescheduling.ByCustomer(booking.Booking, calendar.Spaces!.Tree.Space(booking.Booking.Space).Rules, booking.Gross, PriceAt(booking, time, me), booking.Handled, calendar.Now);

    /// <summary>Moves a person's own booking, or one of a group that they lead, to another time of its space.</summary>
    /// <returns>What became of it; null where there is no such booking of the person's.</returns>
    public async Task<MoveOutcome?> MoveAsync(string key, Interval time, Booker me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockedAsync(db, key, cancellation) is not { } row || !await SpaceGroups.MayChangeAsync(db, row, me, cancellation))
        {
            return null;
        }

        var view = BookingView.Of(row);
        var change = MovingOf(view, time, me);
        if (!change.Allowed)
        {
            return new MoveOutcome(null, change, null, null);
        }

        var request = RequestOf(view, time);
        var decision = await DecideAsync(db, request, me, row.GroupId, cancellation);
        if (!decision.Allowed)
        {
            // Others need not wait while something else is looked for.
            await transaction.RollbackAsync(cancellation);
            return new MoveOutcome(null, change, decision, await NearestAsync(request, me, row.GroupId, cancellation));
        }

        await PutAsync(db, row, time, decision, BookingChange.Moved, "", cancellation);
        Audit.Add(db, me.Actor, calendar.Now, "booking.move", $"{key}: {row.Space}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new MoveOutcome(BookingView.Of(row), change, decision, null);
    }

    /// <summary>The times of a day to which its booker may move a booking.</summary>
    public async Task<IReadOnlyList<Instant>> OtherTimesAsync(BookingView booking, LocalDate day, Booker me, CancellationToken cancellation)
    {
        var (space, length) = (calendar.Spaces!.Spaces[booking.Booking.Space], booking.Booking.Time.Duration);
        var book = await calendar.ReadAsync([space.Key], day, day, me.AgentId, cancellation);
        var wish = new StartWish(day, day) { Duration = length, People = booking.People, Equipment = booking.Booking.Equipment, Replaces = booking.Key };
        return [.. OfferedStarts.Of(book, space.Key, wish, calendar.AskerOf(me, space), calendar.Now).Starts
            .Where(start => start != booking.Booking.Time.Start && MovingOf(booking, new Interval(start, start + length), me).Allowed)];
    }

    /// <summary>What a booking would ask for at another time.</summary>
    internal static BookingRequest RequestOf(BookingView booking, Interval time) =>
        new(booking.Booking.Space, time) { People = booking.People, Equipment = booking.Booking.Equipment, Replaces = booking.Key };

    // Null where the space has a price on other days and none then.
    private decimal? PriceAt(BookingView booking, Interval time, Booker me)
    {
        var space = calendar.Spaces!.Spaces[booking.Booking.Space];
        return space.Prices.Count > 0 && Pricing.On(space.Prices, time.Start.InZone(district.Zone).Date) is null ? null : PriceOf(RequestOf(booking, time), calendar.AskerOf(me, space)).Gross;
    }

    private static bool Displaced(BookingView booking) => booking.DisplacedBy is not null && booking.Booking.State == BookingState.Confirmed;

    private async Task PutAsync(KeraDb db, BookingRow row, Interval time, BookingDecision decision, BookingChange change, string words, CancellationToken cancellation)
    {
        (row.Begin, row.End) = (DistrictCalendar.ToMicroseconds(time.Start), DistrictCalendar.ToMicroseconds(time.End));
        (row.BufferBefore, row.BufferAfter) = (Micros.Of(decision.BufferBefore), Micros.Of(decision.BufferAfter));
        (row.DisplacedBy, row.Reminded) = (null, false);
        await news.NoteAsync(db, row, change, words, cancellation);
    }
}
