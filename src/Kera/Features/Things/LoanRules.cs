using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Things;

/// <summary>Whether something is lent to somebody, and if not, by which rule and what would do.</summary>
public sealed class LoanRules(ThingShelf shelf, ThingWaivers waivers)
{
    /// <summary>Every rule that says no to a wish; empty where it may be reserved.</summary>
    /// <param name="db">The caller's context, in a transaction that has the kind's turn.</param>
    /// <param name="kind">What is wanted.</param>
    /// <param name="wish">When, and for whom.</param>
    /// <param name="me">Who wants it.</param>
    /// <param name="with">What is reserved together with it.</param>
    /// <param name="cancellation">Stops.</param>
    internal async Task<List<ThingRefusal>> RefusalsAsync(KeraDb db, ThingKind kind, LoanWish wish, Borrower me, IReadOnlyList<LoanRow> with, CancellationToken cancellation)
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

        if (kind.Waiver is { } waiver && !wish.Signs && !await waivers.HasSignedAsync(waiver, me.AgentId, cancellation))
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

    /// <summary>Whether an order that grows to a price stays within what its site and who ordered it may order for.</summary>
    internal async Task<bool> StaysWithinAsync(KeraDb db, LoanRow row, int gross, CancellationToken cancellation)
    {
        if (shelf.Things!.Sites.GetValueOrDefault(row.Site) is not { } site)
        {
            return true;
        }

        var limits = await SiteLimits.OfAsync(db, site, cancellation);
        var used = await SiteLimits.UsedAsync(db, site.Key, DistrictCalendar.DateOf(row.First), cancellation);
        return used.Sum(each => each.Cents) - row.Gross + gross <= limits.Month
            && (row.AgentId is not { } orderer || used.Where(each => each.Orderer == orderer).Sum(each => each.Cents) - row.Gross + gross <= limits.Of(orderer));
    }

    private bool MayBorrow(ThingKind kind, string? site, Borrower me) => kind.Terms.ForSites
        ? site is not null && shelf.Things!.Sites.GetValueOrDefault(site) is { } known && me.ActsFor(known.Company)
        : site is null && (kind.Terms.Roles.Count == 0 || me.AtDesk || me.Roles.Any(grant => kind.Terms.Roles.Contains(RoleGrant.WordOf(grant.Role))));

    // What begins in one month counts together, for the site and for whoever orders.
    private async Task<List<ThingRefusal>> OverLimitAsync(KeraDb db, ThingKind kind, LoanWish wish, Borrower me, IReadOnlyList<LoanRow> with, CancellationToken cancellation)
    {
        var site = shelf.Things!.Sites[wish.Site!];
        var limits = await SiteLimits.OfAsync(db, site, cancellation);
        var used = await SiteLimits.UsedAsync(db, site.Key, wish.First, cancellation);
        var price = LoanPrices.Cents(kind.Price.Of(wish.Days, 0, 0).Gross) + with.Sum(row => row.Gross);
        List<ThingRefusal> refusals = [];
        if (used.Sum(each => each.Cents) + price > limits.Month)
        {
            refusals.Add(new ThingRefusal("SiteLimit", kind, Euros: LoanPrices.Euros(Math.Max(0, limits.Month - used.Sum(each => each.Cents)))));
        }

        var (own, ownUsed) = (limits.Of(me.AgentId), used.Where(each => each.Orderer == me.AgentId).Sum(each => each.Cents));
        if (ownUsed + price > own)
        {
            refusals.Add(new ThingRefusal("OrdererLimit", kind, Euros: LoanPrices.Euros(Math.Max(0, own - ownUsed))));
        }

        return refusals;
    }
}
