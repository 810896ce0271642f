using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>
/// What borrowers do: reserve, wait, give up, extend. Each is decided and written in one transaction, in turn with all others who want
/// the same kind, so that nothing is lent twice.
/// </summary>
public sealed class LoanRegister(KeraStore store, ThingShelf shelf, LoanRules rules, ThingWaivers waivers)
{
    private const int MostWaiting = 5;
    private const int MostShown = 200;

    /// <summary>Reserves one of each kind, all or none.</summary>
    public async Task<ReserveOutcome> ReserveAsync(IReadOnlyList<ThingKind> kinds, LoanWish wish, Borrower me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await TakeTurnsAsync(db, kinds, wish.Site, me.AgentId, cancellation);
        if (await SentBeforeAsync(db, kinds, wish, me, cancellation) is { } before)
        {
            return before;
        }

        List<ThingRefusal> refusals = [];
        List<LoanRow> rows = [];
        foreach (var kind in kinds)
        {
            refusals.AddRange(await rules.RefusalsAsync(db, kind, wish, me, rows, cancellation));
            rows.Add(Row(kind, wish, me, LoanState.Reserved, rows.Count));
        }

        if (refusals.Count > 0)
        {
            return new ReserveOutcome([], refusals);
        }

        await waivers.SignAsync(db, kinds, me, cancellation);
        db.Loans.AddRange(rows);
        Audit.Add(db, me.Actor, shelf.Now, "loan.reserve", string.Join(' ', rows.Select(row => $"{row.Key}: {row.Kind}")));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new ReserveOutcome([.. rows.Select(row => row.Key)], []);
    }

    /// <summary>Waits for one of a kind that is taken for all the days that would suit.</summary>
    public async Task<ReserveOutcome> WaitAsync(ThingKind kind, LoanWish wish, LocalDate latest, Borrower me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await TakeTurnsAsync(db, [kind], wish.Site, me.AgentId, cancellation);
        if (await SentBeforeAsync(db, [kind], wish, me, cancellation) is { } before)
        {
            return before;
        }

        var refusals = (await rules.RefusalsAsync(db, kind, wish, me, [], cancellation)).Where(refusal => refusal.Code != "NoneFree").ToList();
        var waits = await db.Loans.Where(row => row.AgentId == me.AgentId && row.State == LoanState.Waiting).Select(row => row.Kind).ToListAsync(cancellation);
        if (latest < wish.First || latest > shelf.Today.PlusDays(kind.Terms.HorizonDays))
        {
            refusals.Add(new ThingRefusal("Latest", kind, Day: shelf.Today.PlusDays(kind.Terms.HorizonDays)));
        }

        if (waits.Count >= MostWaiting || waits.Contains(kind.Key))
        {
            refusals.Add(new ThingRefusal("WaitsAlready", kind, MostWaiting));
        }

        if (refusals.Count == 0 && (await shelf.StockAsync(db, kind, null, cancellation)).FirstFree(shelf.Today, wish.First, wish.Days) is { } free && free <= latest)
        {
            refusals.Add(new ThingRefusal("IsFree", kind, Day: free));
        }

        if (refusals.Count > 0)
        {
            return new ReserveOutcome([], refusals);
        }

        await waivers.SignAsync(db, [kind], me, cancellation);
        var row = Row(kind, wish, me, LoanState.Waiting, 0);
        row.Latest = DistrictCalendar.DayNumber(latest);
        db.Loans.Add(row);
        Audit.Add(db, me.Actor, shelf.Now, "loan.wait", $"{row.Key}: {row.Kind}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new ReserveOutcome([row.Key], []);
    }

    /// <summary>Takes what came up for who waited.</summary>
    /// <returns>Whether it is theirs now; it is not where it was not kept for them any more.</returns>
    public Task<bool> AcceptAsync(string key, Borrower me, CancellationToken cancellation) => ChangeAsync(
        key, me, "loan.accept", row => row.State == LoanState.Offered && row.HeldUntil > shelf.NowMicroseconds, row => (row.State, row.HeldUntil) = (LoanState.Reserved, null), cancellation);

    /// <summary>Gives up what is not lent yet.</summary>
    /// <returns>Whether it is given up; it is not where it was lent meanwhile.</returns>
    public Task<bool> CancelAsync(string key, Borrower me, CancellationToken cancellation) => ChangeAsync(
        key, me, "loan.cancel", row => row.State is LoanState.Waiting or LoanState.Offered or LoanState.Reserved, row => (row.State, row.HeldUntil) = (LoanState.Cancelled, null), cancellation);

    /// <summary>Says that a site needs what it hired no more: from the next day on it is not paid.</summary>
    public Task<bool> OffHireAsync(string key, Borrower me, CancellationToken cancellation) => ChangeAsync(
        key,
        me,
        "loan.off-hire",
        row => row is { State: LoanState.Out, OffHire: null } && row.Site.Length > 0,
        row => row.OffHire = DistrictCalendar.DayNumber(shelf.Today),
        cancellation);

    /// <summary>Extends a loan by as many days as it had.</summary>
    /// <returns>Why not; null where it is extended, or there is none of the person's.</returns>
    public async Task<ExtensionRefusal?> ExtendAsync(string key, Borrower me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await OwnAsync(db, key, me, cancellation) is not ({ State: LoanState.Out, OffHire: null } row, var kind))
        {
            return null;
        }

        var stock = await shelf.StockAsync(db, kind, key, cancellation);
        var due = LocalDate.Max(DistrictCalendar.DateOf(row.Due), shelf.Today);
        var newDue = due.PlusDays(row.Days);
        if (LoanExtension.Of(stock.Pieces, stock.Claims, kind.Terms.BufferDays, due, newDue, row.Extended, kind.Terms.Extensions, stock.Waiting.Count > 0) is { } refusal)
        {
            return refusal;
        }

        var days = Period.DaysBetween(DistrictCalendar.DateOf(row.First), newDue) + 1;
        if (!await rules.StaysWithinAsync(db, row, LoanPrices.Cents(kind.Price.Of(days, 0, 0).Gross), cancellation))
        {
            return ExtensionRefusal.OverLimit;
        }

        (row.Due, row.Extended, row.Changed) = (DistrictCalendar.DayNumber(newDue), row.Extended + 1, shelf.NowMicroseconds);
        LoanPrices.Set(row, kind, days, 0);
        Audit.Add(db, me.Actor, shelf.Now, "loan.extend", $"{row.Key}: {row.Kind}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>A loan that who is signed in may see: their own, or one of a company that they act for; null where there is none.</summary>
    public async Task<LoanView?> FindAsync(string key, Borrower me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.Loans.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is { } row && IsTheirs(row, me) ? ViewOf(row) : null;
    }

    /// <summary>A person's own loans and wishes that are not over, the first to end before the others.</summary>
    public async Task<IReadOnlyList<LoanView>> OpenAsync(int agentId, CancellationToken cancellation)
    {
        var now = shelf.NowMicroseconds;
        await using var db = store.OpenContext();
        var rows = await db.Loans.AsNoTracking().Where(row => row.AgentId == agentId && row.State <= LoanState.Out && (row.State != LoanState.Offered || row.HeldUntil > now)).OrderBy(row => row.Due).ToListAsync(cancellation);
        return [.. rows.Select(ViewOf).OfType<LoanView>()];
    }

    /// <summary>What was ordered to a site and not cancelled, the newest first.</summary>
    public async Task<IReadOnlyList<LoanView>> OfSiteAsync(string site, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await db.Loans.AsNoTracking().Where(row => row.Site == site && row.State != LoanState.Cancelled).OrderByDescending(row => row.Id).Take(MostShown).ToListAsync(cancellation);
        return [.. rows.Select(ViewOf).OfType<LoanView>()];
    }

    internal LoanView? ViewOf(LoanRow row) => shelf.Things?.Kinds.GetValueOrDefault(row.Kind) is { } kind ? new LoanView(row, kind) : null;

    internal static Task TakeTurnAsync(KeraDb db, ThingKind kind, CancellationToken cancellation) => StoreTurns.TakeAsync(db, ["thing:" + kind.Key], cancellation);

    private static Task TakeTurnsAsync(KeraDb db, IEnumerable<ThingKind> kinds, string? site, int agentId, CancellationToken cancellation) => StoreTurns.TakeAsync(
        db, [.. kinds.Select(kind => "thing:" + kind.Key), string.Create(CultureInfo.InvariantCulture, $"thing-person:{agentId}"), .. site is null ? Array.Empty<string>() : ["thing-site:" + site]], cancellation);

    // A wish that is sent again is what it was; another under the same word is refused.
    private static async Task<ReserveOutcome?> SentBeforeAsync(KeraDb db, IReadOnlyList<ThingKind> kinds, LoanWish wish, Borrower me, CancellationToken cancellation)
    {
        if (wish.Once is null)
        {
            return null;
        }

        List<string> keys = [.. kinds.Select((_, number) => wish.KeyFor(me.AgentId, number))];
        var rows = await db.Loans.AsNoTracking().Where(row => keys.Contains(row.Key)).ToListAsync(cancellation);
        return rows.Count == 0 ? null
            : rows.Count == kinds.Count && rows.TrueForAll(row => row.Kind == kinds[keys.IndexOf(row.Key)].Key && row.Site == (wish.Site ?? "")) ? new ReserveOutcome(keys, [])
            : new ReserveOutcome([], [new ThingRefusal("KeyUsedBefore", kinds[0])]);
    }

    private bool IsTheirs(LoanRow row, Borrower me) =>
        row.AgentId == me.AgentId || (shelf.Things?.Sites.GetValueOrDefault(row.Site) is { } site && me.ActsFor(site.Company));

    private async Task<bool> ChangeAsync(string key, Borrower me, string operation, Func<LoanRow, bool> may, Action<LoanRow> change, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await OwnAsync(db, key, me, cancellation) is not var (row, kind) || !may(row))
        {
            return false;
        }

        change(row);
        row.Changed = shelf.NowMicroseconds;
        Audit.Add(db, me.Actor, shelf.Now, operation, $"{row.Key}: {kind.Key}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    // The row as it is once whoever else changed such a thing is done.
    private async Task<(LoanRow Row, ThingKind Kind)?> OwnAsync(KeraDb db, string key, Borrower me, CancellationToken cancellation)
    {
        if (await db.Loans.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is not { } seen || !IsTheirs(seen, me) || ViewOf(seen) is not { Kind: var kind })
        {
            return null;
        }

        await TakeTurnAsync(db, kind, cancellation);
        return (await db.Loans.SingleAsync(row => row.Key == key, cancellation), kind);
    }

    private LoanRow Row(ThingKind kind, LoanWish wish, Borrower me, LoanState state, int number)
    {
        var first = DistrictCalendar.DayNumber(wish.First);
        var row = new LoanRow
        {
            Key = wish.KeyFor(me.AgentId, number),
            Kind = kind.Key,
            Site = wish.Site ?? "",
            AgentId = me.AgentId,
            State = state,
            First = first,
            Due = first + wish.Days - 1,
            Latest = first,
            Days = wish.Days,
            Delivered = wish is { Delivered: true, Site: not null },
            Deposit = LoanPrices.Cents(kind.Deposit),
            Made = shelf.NowMicroseconds,
            Changed = shelf.NowMicroseconds,
        };
        LoanPrices.Set(row, kind, wish.Days, 0);
        return row;
    }
}
