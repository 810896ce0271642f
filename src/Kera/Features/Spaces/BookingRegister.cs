using System.Security.Cryptography;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What became of a wish to book.</summary>
/// <param name="Booking">The booking; null where it may not be.</param>
/// <param name="Decision">What the rules say.</param>
/// <param name="Nearest">What may be booked instead; null where it was booked.</param>
public sealed record BookingOutcome(BookingView? Booking, BookingDecision Decision, NearestTimes? Nearest);

/// <summary>What is said with a booking.</summary>
/// <param name="People">How many come.</param>
/// <param name="Purpose">What for; empty where unsaid.</param>
/// <param name="FreeReason">Why it is to cost nothing; empty where that is not asked.</param>
public sealed record BookingDetails(int People, string Purpose, string FreeReason);

/// <summary>
/// Bookings as they are made and changed. Each is decided and written in one transaction, in turn with all that it may meet, so that
/// nothing is booked twice, whichever node takes it. A hold that nobody confirms occupies nothing after <see cref="HoldTime"/>.
/// </summary>
public sealed class BookingRegister(KeraStore store, SpaceCalendar calendar, DistrictInForce district)
{
    private const string KeyLetters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int KeyLength = 14;
    private const int LongestPurpose = 500;
    private const int MostHolds = 3;
    private const int DaysNear = 2;
    private const int DaysAround = 31;
    private const int CentsInEuro = 100;

    /// <summary>How long a hold keeps its time.</summary>
    public static Duration HoldTime { get; } = Duration.FromMinutes(10);

    /// <summary>What a person booked stays in the ledger as hours; that it was them, and for what, goes.</summary>
    public ErasureRule Erasure => new("booking", async (db, person, cancellation) =>
    {
        // What is still to come is free again for others.
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        await db.Bookings.Where(row => row.AgentId == person.AgentId && row.End > now && row.State != BookingState.Denied)
            .ExecuteUpdateAsync(row => row.SetProperty(booking => booking.State, BookingState.Cancelled), cancellation);
        return await db.Bookings.Where(row => row.AgentId == person.AgentId)
            .ExecuteUpdateAsync(row => row.SetProperty(booking => booking.AgentId, (int?)null).SetProperty(booking => booking.Purpose, "").SetProperty(booking => booking.FreeReason, "").SetProperty(booking => booking.Answer, ""), cancellation);
    });

    /// <summary>Keeps a time for a person while they say the rest.</summary>
    /// <exception cref="AccessException">There is no such space to book, or the person holds too much.</exception>
    public Task<BookingOutcome> HoldAsync(BookingRequest request, SignedIn me, CancellationToken cancellation) => EnterAsync(request, me, null, cancellation);

    /// <summary>Books at once, without a hold.</summary>
    /// <exception cref="AccessException">There is no such space to book, or what is said cannot be.</exception>
    public Task<BookingOutcome> BookAsync(BookingRequest request, BookingDetails details, SignedIn me, CancellationToken cancellation) => EnterAsync(request, me, Checked(details), cancellation);

    /// <summary>Confirms a hold, which asks all rules again with what is said now.</summary>
    /// <returns>What became of it; null where there is no such hold of the person's that has not run out.</returns>
    /// <exception cref="AccessException">What is said cannot be.</exception>
    public async Task<BookingOutcome?> ConfirmAsync(string key, BookingDetails details, SignedIn me, CancellationToken cancellation)
    {
        details = Checked(details);
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockedAsync(db, key, cancellation) is not { State: BookingState.Held } row || row.AgentId != me.AgentId)
        {
            return null;
        }

        var request = new BookingRequest(row.Space, BookingView.Of(row).Booking.Time) { People = details.People, Equipment = EquipmentText.Read(row.Equipment), Replaces = key };
        var decision = await DecideAsync(db, request, me, cancellation);
        if (!decision.Allowed)
        {
            // Others need not wait while something else is looked for.
            await transaction.RollbackAsync(cancellation);
            return new BookingOutcome(null, decision, await NearestAsync(request, me, cancellation));
        }

        Confirm(row, request, decision, details, me);
        Audit.Add(db, me.Actor, calendar.Now, "booking.confirm", $"{key}: {row.Space}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new BookingOutcome(BookingView.Of(row), decision, null);
    }

    /// <summary>Cancels a person's own booking, or gives a hold back.</summary>
    /// <returns>What the rules say; null where there is no such booking of the person's.</returns>
    public async Task<StateChange?> CancelAsync(string key, SignedIn me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockedAsync(db, key, cancellation) is not { } row || row.AgentId != me.AgentId)
        {
            return null;
        }

        var view = BookingView.Of(row);
        var change = row.State is BookingState.Held or BookingState.AwaitingHandling
            ? new StateChange(BookingState.Cancelled, [])
            : Cancellation.ByCustomer(view.Booking, calendar.Spaces!.Tree.Space(row.Space).Rules, view.Gross, calendar.Now);
        if (change.Allowed)
        {
            (row.State, row.HeldUntil, row.Changed) = (change.To, null, DistrictCalendar.ToMicroseconds(calendar.Now));
            Audit.Add(db, me.Actor, calendar.Now, "booking.cancel", $"{key}: {row.Space}");
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return change;
    }

    /// <summary>Decides on a booking that waits for its keeper.</summary>
    /// <returns>What the rules say; null where there is none of such a key with that keeper.</returns>
    /// <exception cref="AccessException">A denial has no reason, or the words are too long.</exception>
    public async Task<StateChange?> HandleAsync(string key, string keeper, bool approve, string answer, Actor actor, CancellationToken cancellation)
    {
        answer = answer.Trim();
        if (answer.Length > LongestPurpose || (!approve && answer.Length == 0))
        {
            throw new AccessException("answer", "Say why, in at most 500 characters.", "spaces.error.answer");
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockedAsync(db, key, cancellation) is not { } row || calendar.Spaces!.Spaces[row.Space].Keeper != keeper)
        {
            return null;
        }

        var booking = BookingView.Of(row).Booking;
        var change = approve ? Denial.Approve(booking) : Denial.Deny(booking, calendar.Now);
        if (change.Allowed)
        {
            (row.State, row.Answer, row.Changed) = (change.To, answer, DistrictCalendar.ToMicroseconds(calendar.Now));
            Audit.Add(db, actor, calendar.Now, approve ? "booking.approve" : "booking.deny", $"{key}: {row.Space}");
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return change;
    }

    /// <summary>A person's own booking; null where there is none of such a key, or it is another's.</summary>
    public async Task<BookingView?> FindAsync(string key, SignedIn me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.Bookings.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key && row.AgentId == me.AgentId, cancellation) is { } row ? BookingView.Of(row) : null;
    }

    /// <summary>A person's bookings that have not ended and hold or wait, the next first.</summary>
    public async Task<IReadOnlyList<BookingView>> ComingAsync(int agentId, CancellationToken cancellation)
    {
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        await using var db = store.OpenContext();
        var rows = await db.Bookings.AsNoTracking()
            .Where(row => row.AgentId == agentId && row.End > now && (row.State == BookingState.Confirmed || row.State == BookingState.AwaitingHandling || row.State == BookingState.AwaitingPayment))
            .OrderBy(row => row.Begin).ThenBy(row => row.Id).ToListAsync(cancellation);
        return [.. rows.Select(BookingView.Of)];
    }

    /// <summary>What waits for a keeper's decision, the next first.</summary>
    public async Task<IReadOnlyList<BookingView>> WaitingAsync(string keeper, CancellationToken cancellation)
    {
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        List<string> kept = [.. (calendar.Spaces?.Spaces.Values ?? []).Where(space => space.Keeper == keeper).Select(space => space.Key)];
        await using var db = store.OpenContext();
        var rows = await db.Bookings.AsNoTracking().Where(row => kept.Contains(row.Space) && row.State == BookingState.AwaitingHandling && row.End > now).OrderBy(row => row.Begin).ToListAsync(cancellation);
        return [.. rows.Select(BookingView.Of)];
    }

    /// <summary>Takes away holds that ran out; they occupy nothing already.</summary>
    public async Task<int> ForgetHoldsAsync(CancellationToken cancellation)
    {
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        await using var db = store.OpenContext();
        return await db.Bookings.Where(row => row.State == BookingState.Held && row.HeldUntil <= now).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>The price of a booking in euros; nothing where the space is free.</summary>
    public PriceQuote PriceOf(BookingRequest request, Asker asker)
    {
        var spaces = calendar.Spaces!;
        PriceLine?[] lines =
        [
            PriceQuote.LineOf(spaces.Spaces[request.Space].Prices, request.Time, district.Zone, asker.Audiences),
            .. request.Equipment.Select(use => PriceQuote.LineOf(spaces.Equipment[use.Equipment].Prices, request.Time, district.Zone, asker.Audiences, use.Pieces)),
        ];
        return new PriceQuote([.. lines.OfType<PriceLine>()]);
    }

    private async Task<BookingOutcome> EnterAsync(BookingRequest request, SignedIn me, BookingDetails? details, CancellationToken cancellation)
    {
        if (calendar.Spaces?.Spaces.GetValueOrDefault(request.Space) is not { Bookable: true } space)
        {
            throw new AccessException("space", $"There is no space '{request.Space}' to book.", "spaces.error.space");
        }

        if (request.Equipment.FirstOrDefault(use => !space.Equipment.Contains(use.Equipment) || use.Pieces < 1) is { } strange)
        {
            throw new AccessException("equipment", $"There is no '{strange.Equipment}' to book with this space.", "spaces.error.equipment");
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await BookingLocks.TakeAsync(db, calendar.Spaces.Tree, request.Space, request.Equipment, me.AgentId, cancellation);
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        if (details is null && await db.Bookings.CountAsync(row => row.AgentId == me.AgentId && row.State == BookingState.Held && row.HeldUntil > now, cancellation) >= MostHolds)
        {
            throw new AccessException("space", "You hold three times already; book or give back one of them.", "spaces.error.holds");
        }

        request = request with { People = details?.People ?? request.People };
        var decision = await DecideAsync(db, request, me, cancellation);
        if (!decision.Allowed)
        {
            // Others need not wait while something else is looked for.
            await transaction.RollbackAsync(cancellation);
            return new BookingOutcome(null, decision, await NearestAsync(request, me, cancellation));
        }

        var row = new BookingRow
        {
            Key = RandomNumberGenerator.GetString(KeyLetters, KeyLength),
            Space = request.Space,
            Begin = DistrictCalendar.ToMicroseconds(request.Time.Start),
            End = DistrictCalendar.ToMicroseconds(request.Time.End),
            BufferBefore = Micros.Of(decision.BufferBefore),
            BufferAfter = Micros.Of(decision.BufferAfter),
            Kind = request.Kind,
            State = BookingState.Held,
            HeldUntil = DistrictCalendar.ToMicroseconds(calendar.Now + HoldTime),
            AgentId = me.AgentId,
            People = request.People,
            Equipment = EquipmentText.Write(request.Equipment),
            Made = now,
            Changed = now,
        };
        Price(row, request, calendar.AskerOf(me, space));
        if (details is not null)
        {
            Confirm(row, request, decision, details, me);
        }

        db.Bookings.Add(row);
        Audit.Add(db, me.Actor, calendar.Now, details is null ? "booking.hold" : "booking.add", $"{row.Key}: {row.Space}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new BookingOutcome(BookingView.Of(row), decision, null);
    }

    private async Task<BookingDecision> DecideAsync(KeraDb db, BookingRequest request, SignedIn me, CancellationToken cancellation)
    {
        var book = await calendar.ReadAsync(db, [request.Space], request.Time, me.AgentId, cancellation);
        return BookingCheck.Decide(book, request, calendar.AskerOf(me, calendar.Spaces!.Spaces[request.Space]), calendar.Now);
    }

    // First close by, where there mostly is something. With the bookings of all the days that are looked at: else what is taken further
    // away would look free.
    private async Task<NearestTimes> NearestAsync(BookingRequest request, SignedIn me, CancellationToken cancellation)
    {
        var day = request.Time.Start.InZone(district.Zone).Date;
        var near = await WithinAsync(DaysNear);
        return near.After is not null && (near.Before is not null || day.PlusDays(-DaysNear) <= calendar.Today) ? near : await WithinAsync(DaysAround);

        async Task<NearestTimes> WithinAsync(int days)
        {
            var book = await calendar.ReadAsync([request.Space], day.PlusDays(-days), day.PlusDays(days), me.AgentId, cancellation);
            return NearestTimes.Of(book, request, calendar.AskerOf(me, calendar.Spaces!.Spaces[request.Space]), calendar.Now, days);
        }
    }

    private void Confirm(BookingRow row, BookingRequest request, BookingDecision decision, BookingDetails details, SignedIn me)
    {
        var space = calendar.Spaces!.Spaces[request.Space];
        Price(row, request, calendar.AskerOf(me, space));
        (row.People, row.Purpose, row.FreeReason) = (details.People, details.Purpose, row.Gross > 0 ? details.FreeReason : "");
        (row.BufferBefore, row.BufferAfter) = (Micros.Of(decision.BufferBefore), Micros.Of(decision.BufferAfter));
        // Nobody takes payments here: what costs something is invoiced, and holds at once.
        row.State = Confirmation.StateOf(calendar.Spaces.Tree.Space(request.Space).Rules, row.Gross, paidOnSite: true, asksToPayNothing: row.FreeReason.Length > 0);
        (row.HeldUntil, row.Changed) = (null, DistrictCalendar.ToMicroseconds(calendar.Now));
    }

    private void Price(BookingRow row, BookingRequest request, Asker asker)
    {
        var price = PriceOf(request, asker);
        (row.Gross, row.Vat) = ((int)(price.Gross * CentsInEuro), (int)(price.Vat * CentsInEuro));
    }

    private static BookingDetails Checked(BookingDetails details)
    {
        if (details.People is < 1 or > 100_000)
        {
            throw new AccessException("people", "Write how many come, as a whole number from 1.", "spaces.error.people");
        }

        foreach (var (field, text) in new[] { ("purpose", details.Purpose), ("freeReason", details.FreeReason) })
        {
            if (text.Length > LongestPurpose)
            {
                throw new AccessException(field, "Write at most 500 characters.", "spaces.error.long");
            }
        }

        return details with { Purpose = details.Purpose.Trim(), FreeReason = details.FreeReason.Trim() };
    }

    // The row as it is once whoever else changed it is done; null where there is none, or the files know its space no more.
    private async Task<BookingRow?> LockedAsync(KeraDb db, string key, CancellationToken cancellation)
    {
        if (await db.Bookings.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is not { } seen || calendar.Spaces?.Spaces.ContainsKey(seen.Space) != true)
        {
            return null;
        }

        await BookingLocks.TakeAsync(db, calendar.Spaces.Tree, seen.Space, EquipmentText.Read(seen.Equipment), seen.AgentId, cancellation);
        return await db.Bookings.SingleOrDefaultAsync(row => row.Key == key, cancellation);
    }
}
