using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What a keeper decides on a booking that waits.</summary>
public enum KeeperDecision
{
    /// <summary>It is approved, and free of charge where that was asked.</summary>
    Approve,

    /// <summary>It is approved, and paid although it was asked to pay nothing.</summary>
    ApprovePaid,

    /// <summary>It is denied; also what is confirmed.</summary>
    Deny,
}

/// <summary>What a keeper changes: decisions, other people's times, who did not come.</summary>
public sealed partial class BookingRegister
{
    /// <summary>Decides on a booking: approves what waits, denies what waits or is confirmed.</summary>
    /// <returns>What the rules say; null where there is none of such a key with that keeper.</returns>
    /// <exception cref="AccessException">A denial has no reason, or the words are too long.</exception>
    public Task<StateChange?> HandleAsync(string key, string keeper, KeeperDecision decision, string answer, Actor actor, CancellationToken cancellation)
    {
        var approve = decision != KeeperDecision.Deny;
        answer = Words(answer, needed: !approve);
        return ChangeAsync(key, keeper, approve ? "booking.approve" : "booking.deny", actor, row => approve ? Denial.Approve(BookingView.Of(row).Booking) : Denial.Deny(BookingView.Of(row).Booking, calendar.Now), async (db, row, change) =>
        {
            var was = row.State;
            (row.State, row.Answer, row.Handled) = (change.To, answer, true);
            row.Refund = approve ? 0 : row.Gross;
            if (decision == KeeperDecision.Approve && row.FreeReason.Length > 0)
            {
                (row.Gross, row.Vat, row.Lines) = (0, 0, "");
            }

            row.DisplacedBy = approve ? row.DisplacedBy : null;
            await news.NoteAsync(db, row, approve ? BookingChange.Approved : was == BookingState.Confirmed ? BookingChange.Withdrawn : BookingChange.Denied, answer, cancellation);
        }, cancellation);
    }

    /// <summary>Takes a decision back: the booking waits again. What was denied comes back only where nobody else has its time.</summary>
    /// <returns>What the rules say; null where there is none of such a key with that keeper.</returns>
    /// <exception cref="AccessException">Somebody else has the time.</exception>
    public Task<StateChange?> ReturnAsync(string key, string keeper, Actor actor, CancellationToken cancellation) =>
        ChangeAsync(key, keeper, "booking.return", actor, row => Denial.ReturnToHandling(BookingView.Of(row).Booking), async (db, row, change) =>
        {
            if (row.State == BookingState.Denied && !(await StaffDecideAsync(db, BookingView.Of(row), BookingView.Of(row).Booking.Time, cancellation)).Allowed)
            {
                throw new AccessException("booking", "Somebody else has the time by now.", "spaces.error.taken");
            }

            (row.State, row.Answer, row.Handled, row.Refund) = (change.To, "", false, 0);
            await news.NoteAsync(db, row, BookingChange.Returned, "", cancellation);
        }, cancellation);

    /// <summary>Moves a booking for its booker: to another start, with the same length and price. Staff are not bound by hours and notice, only by what is taken.</summary>
    /// <returns>What became of it; null where there is none of such a key with that keeper.</returns>
    /// <exception cref="AccessException">The words are too long, or missing.</exception>
    public async Task<MoveOutcome?> MoveForAsync(string key, string keeper, Instant start, string words, Actor actor, CancellationToken cancellation)
    {
        words = Words(words, needed: true);
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockedAsync(db, key, cancellation) is not { } row || calendar.Spaces!.Spaces[row.Space].Keeper != keeper)
        {
            return null;
        }

        var view = BookingView.Of(row);
        var refusals = row.State is BookingState.Confirmed or BookingState.AwaitingHandling ? new List<StateRefusal>() : [new StateRefusal(StateRefusalCode.WrongState) { State = row.State }];
        if (calendar.Now >= view.Booking.Time.End)
        {
            refusals.Add(new StateRefusal(StateRefusalCode.TooLate) { Until = view.Booking.Time.End });
        }

        var change = new StateChange(row.State, refusals);
        var time = new Interval(start, start + view.Booking.Time.Duration);
        var decision = change.Allowed ? await StaffDecideAsync(db, view, time, cancellation) : null;
        if (decision is not { Allowed: true })
        {
            return new MoveOutcome(null, change, decision, null);
        }

        await PutAsync(db, row, time, decision, BookingChange.MovedByKeeper, words, cancellation);
        Audit.Add(db, actor, calendar.Now, "booking.move", $"{key}: {row.Space}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new MoveOutcome(BookingView.Of(row), change, decision, null);
    }

    /// <summary>Marks that nobody came to a booking that has begun, or takes that back.</summary>
    /// <returns>What the rules say; null where there is none of such a key with that keeper.</returns>
    public Task<StateChange?> MarkAsync(string key, string keeper, bool noShow, Actor actor, CancellationToken cancellation) =>
        ChangeAsync(key, keeper, noShow ? "booking.missed" : "booking.came", actor, row => new StateChange(row.State,
            row.State != BookingState.Confirmed || row.Kind == BookingKind.Block || row.Begin > DistrictCalendar.ToMicroseconds(calendar.Now) ? [new StateRefusal(StateRefusalCode.WrongState) { State = row.State }] : []),
            async (db, row, _) =>
            {
                var changes = row.NoShow != noShow;
                row.NoShow = noShow;
                if (noShow && changes)
                {
                    await news.NoteAsync(db, row, BookingChange.Missed, "", cancellation);
                }
                else if (row.Recorded == BookingRecord.Withdrawn)
                {
                    row.Recorded = BookingRecord.Behind;
                }
            },
            cancellation);

    /// <summary>Books for somebody without an account, or for the keeper's own use. Staff are not bound by hours, notice and limits; the keeper's own use costs nothing.</summary>
    /// <param name="request">What; of the kind on behalf or staff.</param>
    /// <param name="words">Whom or what it is for; forgotten some time after.</param>
    /// <param name="keeper">Who keeps the space.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="cancellation">Stops before anything is stored.</param>
    /// <exception cref="AccessException">The keeper has no such space to book, or what is said cannot be.</exception>
    public async Task<BookingOutcome> BookForAsync(BookingRequest request, string words, string keeper, Actor actor, CancellationToken cancellation)
    {
        if (calendar.Spaces?.Spaces.GetValueOrDefault(request.Space) is not { Bookable: true } space || space.Keeper != keeper)
        {
            throw new AccessException("space", $"There is no space '{request.Space}' of this keeper to book.", "spaces.error.space");
        }

        if (request.Kind is not (BookingKind.Behalf or BookingKind.Staff))
        {
            throw new AccessException("kind", "Choose for whom it is.", "spaces.error.kind");
        }

        CheckEquipment(space, request.Equipment);
        var details = Checked(new BookingDetails(request.People, words, ""));
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await BookingLocks.TakeAsync(db, calendar.Spaces.Tree, request.Space, request.Equipment, null, cancellation);
        var book = await calendar.ReadForAsync(db, request, null, cancellation);
        var decision = BookingCheck.Decide(book, request, new Asker { Staff = true }, calendar.Now);
        if (!decision.Allowed)
        {
            return new BookingOutcome(null, decision, null);
        }

        var row = NewRow(request, decision, null);
        (row.State, row.HeldUntil, row.Purpose) = (BookingState.Confirmed, null, details.Purpose);
        if (request.Kind == BookingKind.Behalf)
        {
            Price(row, request, new Asker(), online: false);
        }

        await news.NoteAsync(db, row, BookingChange.Booked, "", cancellation);
        db.Bookings.Add(row);
        Audit.Add(db, actor, calendar.Now, "booking.behalf", $"{row.Key}: {row.Space}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new BookingOutcome(BookingView.Of(row), decision, null);
    }

    /// <summary>A booking of a keeper's spaces that is no hold; null where there is none of such a key.</summary>
    public async Task<BookingView?> FindKeptAsync(string key, string keeper, CancellationToken cancellation)
    {
        var kept = calendar.KeptBy(keeper);
        await using var db = store.OpenContext();
        return await db.Bookings.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key && kept.Contains(row.Space) && row.State != BookingState.Held && row.Kind != BookingKind.Block, cancellation) is { } row ? BookingView.Of(row) : null;
    }

    /// <summary>The names of who booked, by their number; a look at them is to be recorded first.</summary>
    public async Task<IReadOnlyDictionary<int, string>> NamesAsync(IEnumerable<int> agentIds, CancellationToken cancellation)
    {
        var ids = agentIds.Distinct().ToList();
        await using var db = store.OpenContext();
        return await db.Persons.AsNoTracking().Where(row => ids.Contains(row.AgentId)).ToDictionaryAsync(row => row.AgentId, row => row.Name, cancellation);
    }

    /// <summary>What waits for a keeper's decision, the next first.</summary>
    public async Task<IReadOnlyList<BookingView>> WaitingAsync(string keeper, CancellationToken cancellation)
    {
        var (now, kept) = (DistrictCalendar.ToMicroseconds(calendar.Now), calendar.KeptBy(keeper));
        await using var db = store.OpenContext();
        var rows = await db.Bookings.AsNoTracking().Where(row => kept.Contains(row.Space) && row.State == BookingState.AwaitingHandling && row.End > now).OrderBy(row => row.Begin).ToListAsync(cancellation);
        return [.. rows.Select(BookingView.Of)];
    }

    /// <summary>What a keeper may change, or look at: all bookings of their spaces that meet some time and are no holds, by their beginning.</summary>
    /// <param name="keeper">The keeper.</param>
    /// <param name="time">The time.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyList<BookingView>> KeptAsync(string keeper, Interval time, CancellationToken cancellation)
    {
        var (from, until, kept) = (DistrictCalendar.ToMicroseconds(time.Start), DistrictCalendar.ToMicroseconds(time.End), calendar.KeptBy(keeper));
        await using var db = store.OpenContext();
        var rows = await db.Bookings.AsNoTracking().Where(row => kept.Contains(row.Space) && row.End > from && row.Begin < until && row.State != BookingState.Held).OrderBy(row => row.Begin).ThenBy(row => row.Id).ToListAsync(cancellation);
        return [.. rows.Select(BookingView.Of)];
    }

    private async Task<StateChange?> ChangeAsync(string key, string keeper, string operation, Actor actor, Func<BookingRow, StateChange> changeOf, Func<KeraDb, BookingRow, StateChange, Task> apply, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockedAsync(db, key, cancellation) is not { } row || calendar.Spaces!.Spaces[row.Space].Keeper != keeper)
        {
            return null;
        }

        var change = changeOf(row);
        if (change.Allowed)
        {
            await apply(db, row, change);
            Audit.Add(db, actor, calendar.Now, operation, $"{key}: {row.Space}");
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return change;
    }

    // As staff book for somebody: bound by other bookings, equipment, the space's life and permits.
    private async Task<BookingDecision> StaffDecideAsync(KeraDb db, BookingView booking, Interval time, CancellationToken cancellation)
    {
        var request = RequestOf(booking, time) with { Kind = BookingKind.Behalf };
        var book = await calendar.ReadForAsync(db, request, null, cancellation);
        return BookingCheck.Decide(book, request, new Asker { Staff = true }, calendar.Now);
    }

    private static string Words(string words, bool needed)
    {
        words = words.Trim();
        return words.Length <= LongestPurpose && (!needed || words.Length > 0) ? words : throw new AccessException("answer", "Say why, in at most 500 characters.", "spaces.error.answer");
    }
}
