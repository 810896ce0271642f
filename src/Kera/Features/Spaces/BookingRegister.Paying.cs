using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Invoices;
using Kera.Base.Ledger;
using Kera.Base.Payments;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces;

/// <summary>What is paid online: it keeps its time for some minutes, holds once it is paid, and is free again where it is not.</summary>
public sealed partial class BookingRegister
{
    /// <summary>The word with which what is paid for a booking begins.</summary>
    internal static string SourceWord => "booking";

    /// <summary>What payments of a booking are for.</summary>
    internal static string SourceOf(string key) => $"{SourceWord}:{key}";

    /// <summary>What is to be paid for a person's own booking now; null where it does not wait for a payment of theirs.</summary>
    public async Task<NewPayment?> PaymentOfAsync(string key, Booker me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.Bookings.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key && row.AgentId == me.AgentId && row.State == BookingState.AwaitingPayment, cancellation) is { HeldUntil: { } held } row
            && DistrictCalendar.ToInstant(held) is var until && calendar.Now < until && calendar.Spaces?.Spaces.GetValueOrDefault(row.Space) is { } space
            ? new NewPayment(space.Keeper, SourceOf(key), me.AgentId, until, BookingEndpoints.PathOf(key), charges.OnlineOf(row).Lines)
            : null;
    }

    /// <summary>Whether some of a booking's price is one to be paid online, and nobody takes such payments here.</summary>
    public bool LacksProvider(BookingView booking)
    {
        var (space, day) = (calendar.Spaces!.Spaces[booking.Booking.Space], booking.Booking.Time.Start.InZone(district.Zone).Date);
        return booking.Gross > 0 && payments.MerchantOf(space.Keeper) is null
            && booking.Booking.Equipment.Select(use => calendar.Spaces.Equipment[use.Equipment].Prices).Append(space.Prices).Any(prices => Pricing.On(prices, day)?.Pay == PaymentWay.Online);
    }

    /// <summary>Cancels what was not paid in time; it occupies nothing already.</summary>
    /// <returns>How many.</returns>
    public Task<int> ForgetUnpaidAsync(CancellationToken cancellation)
    {
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        return EachAsync(
            rows => rows.Where(row => row.State == BookingState.AwaitingPayment && row.HeldUntil <= now),
            (db, row) => RunOutAsync(db, row, cancellation),
            cancellation);
    }

    /// <summary>
    /// What a payment does, in its transaction: what waited for it holds; what ran out meanwhile holds where its time is still free. What was
    /// cancelled, denied or paid already, and what somebody else has by now, takes no money.
    /// </summary>
    /// <returns>What the receipt is for; null where the payment goes back.</returns>
    internal async Task<Charge?> PaidAsync(KeraDb db, PaymentRow payment, CancellationToken cancellation)
    {
        var key = payment.Source[(SourceWord.Length + 1)..];
        if (await LockedAsync(db, key, cancellation) is not { AgentId: not null } row || row is not ({ State: BookingState.AwaitingPayment } or { State: BookingState.Cancelled, HeldUntil: not null }))
        {
            return null;
        }

        var (view, charge) = (BookingView.Of(row), charges.OnlineOf(row));
        var kept = view.Booking.State == BookingState.AwaitingPayment && view.Booking.Occupies(calendar.Now);
        if (charge.Lines.Sum(line => line.Gross) != payment.Amount || (!kept && (view.Booking.Time.End <= calendar.Now || !(await StaffDecideAsync(db, view, view.Booking.Time, cancellation)).Allowed)))
        {
            if (row.State == BookingState.AwaitingPayment)
            {
                await RunOutAsync(db, row, cancellation);
            }

            return null;
        }

        (row.State, row.HeldUntil, row.Refund) = (BookingState.Confirmed, null, 0);
        await news.NoteAsync(db, row, BookingChange.Booked, "", cancellation);
        Audit.Add(db, Actor.Job(), calendar.Now, "booking.paid", $"{key}: {row.Space}");
        return charge;
    }

    // What ran out keeps the instant: by it a payment that comes late is told from one of what was given up.
    private async Task RunOutAsync(KeraDb db, BookingRow row, CancellationToken cancellation)
    {
        (row.State, row.Refund) = (BookingState.Cancelled, row.Gross);
        await news.NoteAsync(db, row, BookingChange.Unpaid, "", cancellation);
        Audit.Add(db, Actor.Job(), calendar.Now, "booking.unpaid", $"{row.Key}: {row.Space}");
    }

    // Before it holds, by a person. What its keeper decides on, or is asked to be free, is invoiced once it holds: nobody waits at a payment page for days.
    private bool IsPaidOnline(DistrictSpace space, Booker me, string freeReason) =>
        me.PaysOnline && freeReason.Length == 0 && payments.MerchantOf(space.Keeper) is not null && !SpaceCalendar.NeedsKeeper(calendar.Spaces!.Tree.Space(space.Key).Rules);
}
