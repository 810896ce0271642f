using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>That a space is closed for a time, with all its parts.</summary>
/// <param name="Space">The space.</param>
/// <param name="Time">From when until when.</param>
/// <param name="Reason">Why.</param>
/// <param name="Words">More about it, which whoever booked reads; empty for nothing.</param>
public sealed record ClosureRequest(string Space, Interval Time, ClosureReason Reason, string Words);

/// <summary>Closures: a space is out of use, and whoever booked it then chooses another time or gets everything back.</summary>
public sealed partial class BookingRegister
{
    private static readonly Duration s_longestClosure = Duration.FromDays(366);

    /// <summary>Which bookings a closure would meet, the next first: of the space, of its parts, and of what it is a part of.</summary>
    /// <exception cref="AccessException">The keeper has no such space, or the time is none.</exception>
    public async Task<IReadOnlyList<BookingView>> MetByAsync(ClosureRequest closure, string keeper, CancellationToken cancellation)
    {
        Check(closure, keeper);
        await using var db = store.OpenContext();
        return [.. (await Met(db, closure.Space, closure.Time).AsNoTracking().ToListAsync(cancellation)).Select(BookingView.Of)];
    }

    /// <summary>
    /// Closes a space. What is booked then loses its door's code and waits for its booker's choice, who is told; what waits for a decision or a payment
    /// is denied. What nobody chose for lapses once it would begin. All of it is owed no more.
    /// </summary>
    /// <exception cref="AccessException">The keeper has no such space, or the time is none.</exception>
    public async Task<BookingView> CloseAsync(ClosureRequest closure, string keeper, Actor actor, CancellationToken cancellation)
    {
        Check(closure, keeper);
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await BookingLocks.TakeAsync(db, calendar.Spaces!.Tree, closure.Space, [], null, cancellation);
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        var row = new BookingRow
        {
            Key = RandomKey.New(),
            Space = closure.Space,
            Begin = DistrictCalendar.ToMicroseconds(closure.Time.Start),
            End = DistrictCalendar.ToMicroseconds(closure.Time.End),
            Kind = BookingKind.Block,
            State = BookingState.Confirmed,
            Purpose = closure.Words.Trim(),
            Reason = closure.Reason,
            Made = now,
            Changed = now,
        };
        var met = await Met(db, closure.Space, closure.Time).ToListAsync(cancellation);
        db.Bookings.Add(row);
        var why = Why(row);
        foreach (var booking in met)
        {
            if (booking.State is BookingState.AwaitingHandling or BookingState.AwaitingPayment)
            {
                (booking.State, booking.HeldUntil, booking.Answer, booking.Handled, booking.Refund) = (BookingState.Denied, null, row.Purpose, true, booking.Gross);
                await news.NoteAsync(db, booking, BookingChange.Denied, why, cancellation);
            }
            else if (booking.DisplacedBy is null)
            {
                booking.DisplacedBy = row.Key;
                await news.NoteAsync(db, booking, BookingChange.Displaced, why, cancellation);
            }
        }

        Audit.Add(db, actor, calendar.Now, "booking.close", $"{row.Key}: {row.Space}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return BookingView.Of(row);
    }

    /// <summary>Lifts a closure: what it took, and nobody chose another time for, holds again.</summary>
    /// <returns>Whether there was one of such a key with that keeper, that has not ended.</returns>
    public async Task<bool> ReopenAsync(string key, string keeper, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockedAsync(db, key, cancellation) is not { Kind: BookingKind.Block, State: BookingState.Confirmed } row
            || calendar.Spaces!.Spaces[row.Space].Keeper != keeper || row.End <= DistrictCalendar.ToMicroseconds(calendar.Now))
        {
            return false;
        }

        (row.State, row.Changed) = (BookingState.Cancelled, DistrictCalendar.ToMicroseconds(calendar.Now));
        foreach (var booking in await db.Bookings.Where(each => each.DisplacedBy == key && each.State == BookingState.Confirmed).ToListAsync(cancellation))
        {
            // Another closure may be in its way as well.
            var around = calendar.Around(booking.Space);
            booking.DisplacedBy = await db.Bookings.Where(each => each.Kind == BookingKind.Block && each.State == BookingState.Confirmed && each.Key != key && around.Contains(each.Space) && each.Begin < booking.End && booking.Begin < each.End)
                .Select(each => each.Key).FirstOrDefaultAsync(cancellation);
            if (booking.DisplacedBy is null)
            {
                await news.NoteAsync(db, booking, BookingChange.Restored, "", cancellation);
            }
        }

        Audit.Add(db, actor, calendar.Now, "booking.reopen", $"{key}: {row.Space}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>A closure by its key; null where there is none.</summary>
    public async Task<BookingView?> ClosureAsync(string key, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.Bookings.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key && row.Kind == BookingKind.Block, cancellation) is { } row ? BookingView.Of(row) : null;
    }

    /// <summary>The closures of a keeper's spaces that have not ended, the next first.</summary>
    public async Task<IReadOnlyList<BookingView>> ClosuresAsync(string keeper, CancellationToken cancellation)
    {
        var (now, kept) = (DistrictCalendar.ToMicroseconds(calendar.Now), calendar.KeptBy(keeper));
        await using var db = store.OpenContext();
        var rows = await db.Bookings.AsNoTracking().Where(row => row.Kind == BookingKind.Block && row.State == BookingState.Confirmed && row.End > now && kept.Contains(row.Space)).OrderBy(row => row.Begin).ToListAsync(cancellation);
        return [.. rows.Select(BookingView.Of)];
    }

    /// <summary>The nearest times before and after its own to which its booker may move a booking.</summary>
    public async Task<NearestTimes> NearestAsync(BookingView booking, Booker me, CancellationToken cancellation) =>
        await NearestAsync(RequestOf(booking, booking.Booking.Time), me, booking.GroupId, cancellation);

    // Buffers do not count beside a closure. A hold runs out by itself, and is refused when it is confirmed.
    private IQueryable<BookingRow> Met(KeraDb db, string space, Interval time)
    {
        var (around, from, until) = (calendar.Around(space), DistrictCalendar.ToMicroseconds(time.Start), DistrictCalendar.ToMicroseconds(time.End));
        return db.Bookings.Where(row => around.Contains(row.Space) && row.Kind != BookingKind.Block && row.Begin < until && row.End > from
            && (row.State == BookingState.Confirmed || row.State == BookingState.AwaitingHandling || row.State == BookingState.AwaitingPayment)).OrderBy(row => row.Begin);
    }

    private void Check(ClosureRequest closure, string keeper)
    {
        if (calendar.Spaces?.Spaces.GetValueOrDefault(closure.Space)?.Keeper != keeper)
        {
            throw new AccessException("space", $"There is no space '{closure.Space}' of this keeper.", "spaces.error.space");
        }

        if (closure.Reason == ClosureReason.None)
        {
            throw new AccessException("reason", "Choose why it is closed.", "spaces.error.reason");
        }

        if (closure.Time.End <= closure.Time.Start || closure.Time.End <= calendar.Now || closure.Time.Duration > s_longestClosure)
        {
            throw new AccessException("end", "A closure ends after it begins, later than now, and within a year.", "spaces.error.closure");
        }

        if (closure.Words.Length > LongestPurpose)
        {
            throw new AccessException("words", "Write at most 500 characters.", "spaces.error.long");
        }
    }

    private static LocalizedText Why(BookingRow closure) => Texts.InAll((texts, _) => texts.Of("spaces.closure", closure.Reason.ToString()) + (closure.Purpose.Length > 0 ? ": " + closure.Purpose : ""));
}
