using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Things.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Things;

/// <summary>A site with what was ordered to it.</summary>
/// <param name="Site">The site.</param>
/// <param name="Loans">Its orders, the newest first.</param>
/// <param name="Used">For how many euros is ordered in this month.</param>
public sealed record SiteView(BuildingSite Site, IReadOnlyList<LoanView> Loans, decimal Used);

/// <summary>The desk of a company that builds: its sites, their orders, what they cost and carry.</summary>
internal static class SiteDesk
{
    private const decimal CentsInEuro = 100;
    private const int MostShown = 200;

    internal static string PathOf(string agent) => "/site-desk/" + agent;

    internal static IEnumerable<BuildingSite> SitesOf(ThingShelf shelf, SignedIn me) =>
        (shelf.Things?.Sites.Values ?? []).Where(site => me.Roles.Contains(new RoleGrant(Role.Partner, site.Company)));

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGroup(PathOf("{agent}")).RequireOperationForAgent(Operation.PartnerDesk).NotStored().MapGet("", PageAsync);

    private static async Task<IResult> PageAsync(PageContext page, ThingShelf shelf, LoanRegister register, KeraStore store, string agent, CancellationToken cancellation)
    {
        List<BuildingSite> sites = [.. (shelf.Things?.Sites.Values ?? []).Where(site => site.Company == agent)];
        if (sites.Count == 0)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        await using var db = store.OpenContext();
        List<SiteView> views = [];
        foreach (var site in sites)
        {
            var rows = await db.Loans.AsNoTracking().Where(row => row.Site == site.Key && row.State != LoanState.Cancelled).OrderByDescending(row => row.Id).Take(MostShown).ToListAsync(cancellation);
            views.Add(new SiteView(site, [.. rows.Select(register.ViewOf).OfType<LoanView>()], (await LoanRegister.UsedAsync(db, site.Key, shelf.Today, cancellation)).Sum(each => each.Cents) / CentsInEuro));
        }

        return new RazorComponentResult<SiteDeskPage>(new { Page = page, Agent = agent, Sites = views, shelf.Today });
    }
}
