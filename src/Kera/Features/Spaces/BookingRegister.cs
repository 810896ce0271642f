using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Payments;
using Kera.Base.Store;
using Kera.Base.Ui;
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
public sealed record BookingDetails(int People, string Purpose, string FreeReason)
{
    /// <summary>What equipment it takes; null for what it was held with.</summary>
    public IReadOnlyList<EquipmentUse>? Equipment { get; init; }
    /// <summary>The key of the group that it is for, which the booker leads; empty for none.</summary>
    public string Group { get; init; } = "";
}

/// <summary>
/// Bookings as they are made and changed. Each is decided and written in one transaction, in turn with all that it may meet, so that
/// nothing is booked twice, whichever node takes it. A hold that nobody confirms occupies nothing after <see cref="HoldTime"/>.
/// </summary>
public sealed partial class BookingRegister(KeraStore store, SpaceCalendar calendar, BookingNews news, DistrictInForce district, PaymentSettings payments, BookingCharges charges)
{
    private const int LongestPurpose = 500;
    private const int DaysNear = 2;
    private const int DaysAround = 31;
    private const int CentsInEuro = 100;

    /// <summary>How long a hold keeps its time, and then once more while it is paid.</summary>
    public static Duration HoldTime { get; } = Duration.FromMinutes(10);

    /// <summary>Keeps a time for a person while they say the rest.</summary>
    /// <exception cref="AccessException">There is no such space to book, or the person holds too much.</exception>
    public Task<BookingOutcome> HoldAsync(BookingRequest request, Booker me, CancellationToken cancellation) => EnterAsync(new Entry(request, me, null), cancellation);

    /// <summary>Books at once, without a hold.</summary>
    /// <exception cref="AccessException">There is no such space to book, or what is said cannot be.</exception>
    public Task<BookingOutcome> BookAsync(BookingRequest request, BookingDetails details, Booker me, CancellationToken cancellation) => EnterAsync(new Entry(request, me, Checked(details)), cancellation);

    /// <summary>Confirms a hold, which asks all rules again with what is said now.</summary>
    /// <returns>What became of it; null where there is no such hold of the person's that has not run out.</returns>
    /// <exception cref="AccessException">What is said cannot be.</exception>
    public async Task<BookingOutcome?> ConfirmAsync(string key, BookingDetails details, Booker me, CancellationToken cancellation)
    {
        details = Checked(details);
        await using var db = store.OpenContext();
        await using var transaction = await store.BeginInTurnAsync(db, cancellation);
        var groupId = await SpaceGroups.LedAsync(db, details.Group, me, cancellation);
        if (await LockedAsync(db, key, cancellation, details.Equipment, groupId) is not { State: BookingState.Held } row || row.AgentId != me.AgentId)
        {
            return null;
        }

        if (details.Equipment is { } equipment)
        {
            CheckEquipment(calendar.Spaces!.Spaces[row.Space], equipment);
            row.Equipment = EquipmentText.Write(equipment);
        }

        row.GroupId = groupId;
        var request = new BookingRequest(row.Space, BookingView.Of(row).Booking.Time) { People = details.People, Equipment = EquipmentText.Read(row.Equipment), Replaces = key };
        var decision = await DecideAsync(db, request, me, groupId, cancellation);
        if (!decision.Allowed)
        {
            // Others need not wait while something else is looked for.
            await transaction.RollbackAsync(cancellation);
            return new BookingOutcome(null, decision, await NearestAsync(request, me, groupId, cancellation));
        }

        Confirm(row, request, decision, details, me);
        await news.NoteAsync(db, row, ChangeOf(row.State), "", cancellation);
        Audit.Add(db, me.Actor, calendar.Now, "booking.confirm", $"{key}: {row.Space}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new BookingOutcome(BookingView.Of(row), decision, null);
    }

    /// <summary>A person's own booking or one of their groups; null where there is none of such a key, or it is another's.</summary>
    public async Task<BookingView?> FindAsync(string key, Booker me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.Bookings.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is { } row && await SpaceGroups.MaySeeAsync(db, row, me, cancellation) ? BookingView.Of(row) : null;
    }

    /// <summary>A person's own booking, or one of their groups, as a calendar file; null where there is none of such a key, it is another's, or only held.</summary>
    public async Task<string?> CalendarFileAsync(string key, Booker me, Language language, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.Bookings.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key && row.State != BookingState.Held, cancellation) is { } row
            && await SpaceGroups.MaySeeAsync(db, row, me, cancellation)
            && calendar.Spaces?.Spaces.GetValueOrDefault(row.Space) is { } space ? news.Calendar(row, space, language) : null;
    }

    /// <summary>A person's bookings, and those of their groups, that have not ended and hold or wait, the next first.</summary>
    public async Task<IReadOnlyList<BookingView>> ComingAsync(int agentId, CancellationToken cancellation)
    {
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        await using var db = store.OpenContext();
        var rows = await db.Bookings.AsNoTracking()
            .Where(row => (row.AgentId == agentId || db.GroupMembers.Any(member => member.AgentId == agentId && member.GroupId == row.GroupId)) && row.End > now && (row.State == BookingState.Confirmed || row.State == BookingState.AwaitingHandling || row.State == BookingState.AwaitingPayment))
            .OrderBy(row => row.Begin).ThenBy(row => row.Id).ToListAsync(cancellation);
        return [.. rows.Select(BookingView.Of)];
    }

    /// <summary>The price of a booking in euros; nothing where the space is free.</summary>
    public PriceQuote PriceOf(BookingRequest request, Asker asker) =>
        new([.. BookingPrices.Of(calendar.Spaces!, request, district.Zone, asker).Select(price => price.Line)]);

    /// <summary>A booking that the rules allow, as it is once it is confirmed; the caller adds it.</summary>
    internal BookingRow Confirmed(BookingRequest request, BookingDecision decision, BookingDetails details, Booker me)
    {
        var row = NewRow(request, decision, me.AgentId);
        Confirm(row, request, decision, details, me);
        return row;
    }

    private BookingRow NewRow(BookingRequest request, BookingDecision decision, int? agentId) => new()
    {
        Key = RandomKey.New(),
        Space = request.Space,
        Begin = DistrictCalendar.ToMicroseconds(request.Time.Start),
        End = DistrictCalendar.ToMicroseconds(request.Time.End),
        BufferBefore = Micros.Of(decision.BufferBefore),
        BufferAfter = Micros.Of(decision.BufferAfter),
        Kind = request.Kind,
        State = BookingState.Held,
        HeldUntil = DistrictCalendar.ToMicroseconds(calendar.Now + HoldTime),
        AgentId = agentId,
        People = request.People,
        Equipment = EquipmentText.Write(request.Equipment),
        Made = DistrictCalendar.ToMicroseconds(calendar.Now),
        Changed = DistrictCalendar.ToMicroseconds(calendar.Now),
    };

    private async Task<BookingDecision> DecideAsync(KeraDb db, BookingRequest request, Booker me, int? groupId, CancellationToken cancellation, IReadOnlyList<BookingRow>? unsaved = null)
    {
        var book = await calendar.ReadForAsync(db, request, me.AgentId, cancellation, groupId, unsaved);
        return BookingCheck.Decide(book, request, calendar.AskerOf(me, calendar.Spaces!.Spaces[request.Space], groupId), calendar.Now);
    }

    // First close by, where there mostly is something. With the bookings of all the days that are looked at: else what is taken further
    // away would look free.
    private async Task<NearestTimes> NearestAsync(BookingRequest request, Booker me, int? groupId, CancellationToken cancellation)
    {
        var day = request.Time.Start.InZone(district.Zone).Date;
        var near = await WithinAsync(DaysNear);
        return near.After is not null && (near.Before is not null || day.PlusDays(-DaysNear) <= calendar.Today) ? near : await WithinAsync(DaysAround);

        async Task<NearestTimes> WithinAsync(int days)
        {
            var book = await calendar.ReadAsync([request.Space], day.PlusDays(-days), day.PlusDays(days), me.AgentId, cancellation, groupId);
            return NearestTimes.Of(book, request, calendar.AskerOf(me, calendar.Spaces!.Spaces[request.Space], groupId), calendar.Now, days);
        }
    }

    private void Confirm(BookingRow row, BookingRequest request, BookingDecision decision, BookingDetails details, Booker me)
    {
        var space = calendar.Spaces!.Spaces[request.Space];
        Price(row, request, calendar.AskerOf(me, space), IsPaidOnline(space, me, details.FreeReason));
        (row.People, row.Purpose, row.FreeReason) = (details.People, details.Purpose, row.Gross > 0 ? details.FreeReason : "");
        (row.BufferBefore, row.BufferAfter) = (Micros.Of(decision.BufferBefore), Micros.Of(decision.BufferAfter));
        var rules = calendar.Spaces.Tree.Space(request.Space).Rules;
        row.State = Confirmation.StateOf(rules with { NeedsApproval = SpaceCalendar.NeedsKeeper(rules) }, BookingView.Of(row).Online, asksToPayNothing: row.FreeReason.Length > 0);
        row.HeldUntil = row.State == BookingState.AwaitingPayment ? DistrictCalendar.ToMicroseconds(calendar.Now + HoldTime) : null;
        row.Changed = DistrictCalendar.ToMicroseconds(calendar.Now);
    }

    private void Price(BookingRow row, BookingRequest request, Asker asker, bool online)
    {
        var price = PriceOf(request, asker);
        (row.Gross, row.Vat) = ((int)(price.Gross * CentsInEuro), (int)(price.Vat * CentsInEuro));
        row.Lines = BookingPrices.Write(BookingPrices.Of(calendar.Spaces!, request, district.Zone, asker, online));
    }

    private static BookingChange ChangeOf(BookingState state) => state switch
    {
        BookingState.Confirmed => BookingChange.Booked,
        BookingState.AwaitingPayment => BookingChange.ToPay,
        _ => BookingChange.Waiting,
    };

    private static void CheckEquipment(DistrictSpace space, IReadOnlyList<EquipmentUse> equipment)
    {
        if (equipment.FirstOrDefault(use => !space.Equipment.Contains(use.Equipment) || use.Pieces < 1) is { } strange)
        {
            throw new AccessException("equipment", $"There is no '{strange.Equipment}' to book with this space.", "spaces.error.equipment");
        }
    }

    /// <summary>What is said with a booking, trimmed.</summary>
    /// <exception cref="AccessException">It cannot be.</exception>
    internal static BookingDetails Checked(BookingDetails details)
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
    private async Task<BookingRow?> LockedAsync(KeraDb db, string key, CancellationToken cancellation, IReadOnlyList<EquipmentUse>? wished = null, int? groupId = null)
    {
        if (await db.Bookings.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is not { } seen || calendar.Spaces?.Spaces.ContainsKey(seen.Space) != true)
        {
            return null;
        }

        await BookingLocks.TakeAsync(db, calendar.Spaces.Tree, seen.Space, [.. EquipmentText.Read(seen.Equipment), .. wished ?? []], seen.AgentId, cancellation, groupId ?? seen.GroupId);
        return await db.Bookings.SingleOrDefaultAsync(row => row.Key == key, cancellation);
    }
}
