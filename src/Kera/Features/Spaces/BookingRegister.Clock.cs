using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What the passing of time changes: holds run out, what is about to begin is reminded of, what a closure took lapses.</summary>
public sealed partial class BookingRegister
{
    private static readonly Duration s_codeBefore = Duration.FromHours(1);

    /// <summary>Whether the door's code is shown to who booked: from an hour before it begins until it ends.</summary>
    public bool ShowsCode(BookingView booking) =>
        booking.Code.Length > 0 && calendar.Now >= booking.Booking.Time.Start - s_codeBefore && calendar.Now < booking.Booking.Time.End;

    /// <summary>Takes away holds that ran out; they occupy nothing already.</summary>
    public async Task<int> ForgetHoldsAsync(CancellationToken cancellation)
    {
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        await using var db = store.OpenContext();
        return await db.Bookings.Where(row => row.State == BookingState.Held && row.HeldUntil <= now).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Reminds of what begins within a day, each beginning once.</summary>
    /// <returns>How many were reminded of.</returns>
    public Task<int> RemindAsync(CancellationToken cancellation)
    {
        var (now, until) = (DistrictCalendar.ToMicroseconds(calendar.Now), DistrictCalendar.ToMicroseconds(calendar.Now + BookingNews.ReminderBefore));
        return EachAsync(
            rows => rows.Where(row => row.State == BookingState.Confirmed && !row.Reminded && row.AgentId != null && row.DisplacedBy == null && row.Begin > now && row.Begin <= until),
            (db, row) => news.RemindAsync(db, row, cancellation),
            cancellation);
    }

    /// <summary>Cancels what a closure took once it would begin and nobody has chosen another time.</summary>
    /// <returns>How many.</returns>
    public Task<int> LapseAsync(CancellationToken cancellation)
    {
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        return EachAsync(
            rows => rows.Where(row => row.State == BookingState.Confirmed && row.DisplacedBy != null && row.Begin <= now),
            async (db, row) =>
            {
                (row.State, row.Refund, row.DisplacedBy) = (BookingState.Cancelled, row.Gross, null);
                await news.NoteAsync(db, row, BookingChange.Lapsed, "", cancellation);
                Audit.Add(db, Actor.Job(), calendar.Now, "booking.lapse", $"{row.Key}: {row.Space}");
            },
            cancellation);
    }

    // Each in a transaction of its own, and only where it is still so once its turn has come.
    private async Task<int> EachAsync(Func<IQueryable<BookingRow>, IQueryable<BookingRow>> which, Func<KeraDb, BookingRow, Task> apply, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var done = 0;
        foreach (var key in await which(db.Bookings.AsNoTracking()).OrderBy(row => row.Begin).Select(row => row.Key).ToListAsync(cancellation))
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (await LockedAsync(db, key, cancellation) is { } row && await which(db.Bookings.AsNoTracking()).AnyAsync(each => each.Key == key, cancellation))
            {
                await apply(db, row);
                await db.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
                done++;
            }
        }

        return done;
    }
}
