using System.Security.Cryptography;
using System.Text;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>What somebody wants to borrow.</summary>
/// <param name="First">The first day.</param>
/// <param name="Days">For how many days.</param>
/// <param name="Site">The site that it is ordered to; null for oneself.</param>
/// <param name="Delivered">Whether it is to be brought there.</param>
/// <param name="Signs">Whether what has to be signed is signed now.</param>
public sealed record LoanWish(LocalDate First, int Days, string? Site = null, bool Delivered = false, bool Signs = false);

/// <summary>Why something is not lent.</summary>
/// <param name="Code">The rule, as a word of the text <c>things.refusal.{Code}</c>.</param>
/// <param name="Kind">The kind that it is about.</param>
/// <param name="Number">A number that the rule has, as its most days.</param>
/// <param name="Day">The first day that would do.</param>
/// <param name="Euros">An amount that the rule has.</param>
public sealed record ThingRefusal(string Code, ThingKind Kind, int? Number = null, LocalDate? Day = null, decimal? Euros = null);

/// <summary>What became of a wish.</summary>
/// <param name="Keys">The loans, in the order of the kinds; empty where it is refused.</param>
/// <param name="Refusals">Why it is.</param>
public sealed record ReserveOutcome(IReadOnlyList<string> Keys, IReadOnlyList<ThingRefusal> Refusals);

/// <summary>
/// What borrowers do: reserve, wait, give up, extend. Each is decided and written in one transaction, in turn with all others who want
/// the same kind, so that nothing is lent twice.
/// </summary>
public sealed class LoanRegister(KeraStore store, ThingShelf shelf)
{
    private const int MostWaiting = 5;

    /// <summary>Reserves one of each kind, all or none.</summary>
    public async Task<ReserveOutcome> ReserveAsync(IReadOnlyList<ThingKind> kinds, LoanWish wish, SignedIn me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await TakeTurnsAsync(db, kinds, wish.Site, me.AgentId, cancellation);
        List<ThingRefusal> refusals = [];
        List<LoanRow> rows = [];
        foreach (var kind in kinds)
        {
            refusals.AddRange(await RefusalsAsync(db, kind, wish, me, rows, cancellation));
            rows.Add(Row(kind, wish, me, LoanState.Reserved));
        }

        if (refusals.Count > 0)
        {
            return new ReserveOutcome([], refusals);
        }

        await SignAsync(db, kinds, me, cancellation);
        db.Loans.AddRange(rows);
        Audit.Add(db, me.Actor, shelf.Now, "loan.reserve", string.Join(' ', rows.Select(row => $"{row.Key}: {row.Kind}")));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new ReserveOutcome([.. rows.Select(row => row.Key)], []);
    }

    /// <summary>Waits for one of a kind that is taken for all the days that would suit.</summary>
    public async Task<ReserveOutcome> WaitAsync(ThingKind kind, LoanWish wish, LocalDate latest, SignedIn me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await TakeTurnsAsync(db, [kind], wish.Site, me.AgentId, cancellation);
        var refusals = (await RefusalsAsync(db, kind, wish, me, [], cancellation)).Where(refusal => refusal.Code != "NoneFree").ToList();
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

        await SignAsync(db, [kind], me, cancellation);
        var row = Row(kind, wish, me, LoanState.Waiting);
        row.Latest = DistrictCalendar.DayNumber(latest);
        db.Loans.Add(row);
        Audit.Add(db, me.Actor, shelf.Now, "loan.wait", $"{row.Key}: {row.Kind}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new ReserveOutcome([row.Key], []);
    }

    /// <summary>Takes what came up for who waited.</summary>
    /// <returns>Whether it is theirs now; it is not where it was not kept for them any more.</returns>
    public Task<bool> AcceptAsync(string key, SignedIn me, CancellationToken cancellation) => ChangeAsync(
        key, me, "loan.accept", row => row.State == LoanState.Offered && row.HeldUntil > shelf.NowMicroseconds, row => (row.State, row.HeldUntil) = (LoanState.Reserved, null), cancellation);

    /// <summary>Gives up what is not lent yet.</summary>
    /// <returns>Whether it is given up; it is not where it was lent meanwhile.</returns>
    public Task<bool> CancelAsync(string key, SignedIn me, CancellationToken cancellation) => ChangeAsync(
        key, me, "loan.cancel", row => row.State is LoanState.Waiting or LoanState.Offered or LoanState.Reserved, row => (row.State, row.HeldUntil) = (LoanState.Cancelled, null), cancellation);

    /// <summary>Says that a site needs what it hired no more: from the next day on it is not paid.</summary>
    public Task<bool> OffHireAsync(string key, SignedIn me, CancellationToken cancellation) => ChangeAsync(
        key,
        me,
        "loan.off-hire",
        row => row is { State: LoanState.Out, OffHire: null } && row.Site.Length > 0,
        row => row.OffHire = DistrictCalendar.DayNumber(shelf.Today),
        cancellation);

    /// <summary>Extends a loan by as many days as it had.</summary>
    /// <returns>Why not; null where it is extended, or there is none of the person's.</returns>
    public async Task<ExtensionRefusal?> ExtendAsync(string key, SignedIn me, CancellationToken cancellation)
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

        (row.Due, row.Extended, row.Changed) = (DistrictCalendar.DayNumber(newDue), row.Extended + 1, shelf.NowMicroseconds);
        Price(row, kind, Period.DaysBetween(DistrictCalendar.DateOf(row.First), newDue) + 1, 0);
        Audit.Add(db, me.Actor, shelf.Now, "loan.extend", $"{row.Key}: {row.Kind}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>A loan that who is signed in may see: their own, or one of a company that they act for; null where there is none.</summary>
    public async Task<LoanView?> FindAsync(string key, SignedIn me, CancellationToken cancellation)
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

    /// <summary>Whether a person signed a waiver as it reads now.</summary>
    public async Task<bool> HasSignedAsync(string waiver, int agentId, CancellationToken cancellation)
    {
        var digest = DigestOf(shelf.Things!.Waivers[waiver]);
        await using var db = store.OpenContext();
        return await db.ThingWaivers.AnyAsync(row => row.AgentId == agentId && row.Waiver == waiver && row.Digest == digest, cancellation);
    }

    internal LoanView? ViewOf(LoanRow row) => shelf.Things?.Kinds.GetValueOrDefault(row.Kind) is { } kind ? new LoanView(row, kind) : null;

    /// <summary>What a loan of so many days costs, into its row.</summary>
    internal static void Price(LoanRow row, ThingKind kind, int days, int late, decimal consumed = 0)
    {
        var (gross, vat) = kind.Price.Of(days, late, consumed);
        (row.Gross, row.Vat) = (LoanView.Cents(gross), LoanView.Cents(vat));
    }

    internal static Task TakeTurnAsync(KeraDb db, ThingKind kind, CancellationToken cancellation) => StoreTurns.TakeAsync(db, ["thing:" + kind.Key], cancellation);

    private static Task TakeTurnsAsync(KeraDb db, IEnumerable<ThingKind> kinds, string? site, int agentId, CancellationToken cancellation) => StoreTurns.TakeAsync(
        db, [.. kinds.Select(kind => "thing:" + kind.Key), site is null ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"thing-person:{agentId}") : "thing-site:" + site], cancellation);

    private bool IsTheirs(LoanRow row, SignedIn me) =>
        row.AgentId == me.AgentId || (shelf.Things?.Sites.GetValueOrDefault(row.Site) is { } site && me.Roles.Contains(new RoleGrant(Role.Partner, site.Company)));

    private async Task<bool> ChangeAsync(string key, SignedIn me, string operation, Func<LoanRow, bool> may, Action<LoanRow> change, CancellationToken cancellation)
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
    private async Task<(LoanRow Row, ThingKind Kind)?> OwnAsync(KeraDb db, string key, SignedIn me, CancellationToken cancellation)
    {
        if (await db.Loans.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is not { } seen || !IsTheirs(seen, me) || ViewOf(seen) is not { Kind: var kind })
        {
            return null;
        }

        await TakeTurnAsync(db, kind, cancellation);
        return (await db.Loans.SingleAsync(row => row.Key == key, cancellation), kind);
    }

    private async Task<List<ThingRefusal>> RefusalsAsync(KeraDb db, ThingKind kind, LoanWish wish, SignedIn me, IReadOnlyList<LoanRow> with, CancellationToken cancellation)
    {
        var (terms, today) = (kind.Terms, shelf.Today);
        List<ThingRefusal> refusals = [];
        if (wish.First < today)
        {
            refusals.Add(new ThingRefusal("InThePast", kind, Day: today));
        }

        if (wish.First > today.PlusDays(terms.HorizonDays))
        {
            refusals.Add(new ThingRefusal("BeyondHorizon", kind, Day: today.PlusDays(terms.HorizonDays)));
        }

        if (wish.Days < 1 || wish.Days > terms.MostDays)
        {
            refusals.Add(new ThingRefusal("TooLong", kind, terms.MostDays));
        }

        if (!MayBorrow(kind, wish.Site, me))
        {
            refusals.Add(new ThingRefusal(terms.ForSites ? "OnlySites" : "NotForYou", kind));
        }

        if (kind.Waiver is { } waiver && !wish.Signs && !await HasSignedAsync(waiver, me.AgentId, cancellation))
        {
            refusals.Add(new ThingRefusal("Unsigned", kind));
        }

        if (refusals.Count > 0)
        {
            return refusals;
        }

        var (site, now) = (wish.Site ?? "", shelf.NowMicroseconds);
        var has = await db.Loans.CountAsync(
            row => row.Kind == kind.Key && row.Site == site && (site != "" || row.AgentId == me.AgentId)
                && ((row.State == LoanState.Offered && row.HeldUntil > now) || row.State == LoanState.Reserved || row.State == LoanState.Out),
            cancellation);
        if (has >= terms.MostAtOnce)
        {
            refusals.Add(new ThingRefusal("TooMany", kind, terms.MostAtOnce));
        }

        var stock = await shelf.StockAsync(db, kind, null, cancellation);
        if (!stock.Fits(new ThingClaim(wish.First, wish.First.PlusDays(wish.Days - 1))))
        {
            refusals.Add(new ThingRefusal("NoneFree", kind, wish.Days, stock.FirstFree(today, wish.First, wish.Days)));
        }

        if (wish.Site is not null)
        {
            refusals.AddRange(await OverLimitAsync(db, kind, wish, me, with, cancellation));
        }

        return refusals;
    }

    private bool MayBorrow(ThingKind kind, string? site, SignedIn me) => kind.Terms.ForSites
        ? site is not null && shelf.Things!.Sites.GetValueOrDefault(site) is { } known && me.Roles.Contains(new RoleGrant(Role.Partner, known.Company))
        : site is null && (kind.Terms.Roles.Count == 0 || me.Desk is not null || me.Roles.Any(grant => kind.Terms.Roles.Contains(RoleGrant.WordOf(grant.Role))));

    // What begins in one month counts together, for the site and for whoever orders.
    private async Task<List<ThingRefusal>> OverLimitAsync(KeraDb db, ThingKind kind, LoanWish wish, SignedIn me, IReadOnlyList<LoanRow> with, CancellationToken cancellation)
    {
        var site = shelf.Things!.Sites[wish.Site!];
        var used = await UsedAsync(db, site.Key, wish.First, cancellation);
        var price = LoanView.Cents(kind.Price.Of(wish.Days, 0, 0).Gross) + with.Sum(row => row.Gross);
        var own = LoanView.Cents(site.OrdererLimit);
        List<ThingRefusal> refusals = [];
        if (used.Sum(each => each.Cents) + price > LoanView.Cents(site.MonthlyLimit))
        {
            refusals.Add(new ThingRefusal("SiteLimit", kind, Euros: site.MonthlyLimit - (used.Sum(each => each.Cents) / 100m)));
        }

        var ownUsed = used.Where(each => each.Orderer == me.AgentId).Sum(each => each.Cents);
        if (ownUsed + price > own)
        {
            refusals.Add(new ThingRefusal("OrdererLimit", kind, Euros: (own - ownUsed) / 100m));
        }

        return refusals;
    }

    /// <summary>For how many cents is ordered to a site in the month of a day, by whom.</summary>
    internal static async Task<List<(int? Orderer, int Cents)>> UsedAsync(KeraDb db, string site, LocalDate day, CancellationToken cancellation)
    {
        var month = new LocalDate(day.Year, day.Month, 1);
        var (from, until) = (DistrictCalendar.DayNumber(month), DistrictCalendar.DayNumber(month.PlusMonths(1)));
        var rows = await db.Loans.AsNoTracking().Where(row => row.Site == site && row.First >= from && row.First < until && row.State != LoanState.Cancelled && row.State != LoanState.Waiting)
            .Select(row => new { row.AgentId, row.Gross }).ToListAsync(cancellation);
        return [.. rows.Select(row => (row.AgentId, row.Gross))];
    }

    private async Task SignAsync(KeraDb db, IEnumerable<ThingKind> kinds, SignedIn me, CancellationToken cancellation)
    {
        foreach (var waiver in kinds.Select(kind => kind.Waiver).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var digest = DigestOf(shelf.Things!.Waivers[waiver]);
            var row = await db.ThingWaivers.SingleOrDefaultAsync(row => row.AgentId == me.AgentId && row.Waiver == waiver, cancellation);
            if (row is null)
            {
                db.ThingWaivers.Add(row = new ThingWaiverRow { AgentId = me.AgentId, Waiver = waiver });
            }

            if (row.Digest != digest)
            {
                (row.Digest, row.SignedAt) = (digest, shelf.NowMicroseconds);
                Audit.Add(db, me.Actor, shelf.Now, "waiver.sign", waiver);
            }
        }
    }

    private static string DigestOf(ThingWaiver waiver) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{waiver.Text.Fi}\n{waiver.Text.Sv}\n{waiver.Text.En}")));

    private LoanRow Row(ThingKind kind, LoanWish wish, SignedIn me, LoanState state)
    {
        var first = DistrictCalendar.DayNumber(wish.First);
        var row = new LoanRow
        {
            Key = RandomKey.New(),
            Kind = kind.Key,
            Site = wish.Site ?? "",
            AgentId = me.AgentId,
            State = state,
            First = first,
            Due = first + wish.Days - 1,
            Latest = first,
            Days = wish.Days,
            Delivered = wish is { Delivered: true, Site: not null },
            Deposit = LoanView.Cents(kind.Deposit),
            Made = shelf.NowMicroseconds,
            Changed = shelf.NowMicroseconds,
        };
        Price(row, kind, wish.Days, 0);
        return row;
    }
}
