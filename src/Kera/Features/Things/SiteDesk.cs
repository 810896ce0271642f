using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Things.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Things;

/// <summary>A site with what was ordered to it.</summary>
/// <param name="Site">The site.</param>
/// <param name="Loans">Its orders, the newest first.</param>
/// <param name="Used">For how many euros is ordered in this month.</param>
/// <param name="Limits">Up to what may be.</param>
/// <param name="Orderers">Who may order.</param>
public sealed record SiteView(BuildingSite Site, IReadOnlyList<LoanView> Loans, decimal Used, SiteLimits Limits, IReadOnlyList<SiteOrderer> Orderers);

/// <summary>The desk of a company that builds: its sites, their orders, what they cost and carry, and who may order up to what.</summary>
internal static class SiteDesk
{
    internal static string PathOf(string agent) => "/site-desk/" + agent;

    internal static IEnumerable<BuildingSite> SitesOf(ThingShelf shelf, SignedIn me) =>
        (shelf.Things?.Sites.Values ?? []).Where(site => me.Roles.Contains(new RoleGrant(Role.Partner, site.Company)));

    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup(PathOf("{agent}")).RequireOperationForAgent(Operation.PartnerDesk).NotStored();
        desk.MapGet("", (PageContext page, HttpContext context, SignedIn me, string agent, CancellationToken cancellation) => PageAsync(page, context, me, agent, null, null, cancellation));
        desk.MapPost("/limits", LimitAsync);
    }

    private static async Task<IResult> LimitAsync(
        PageContext page, HttpContext context, SignedIn me, ThingShelf shelf, Catalog catalog, SiteLimitBook limits, Base.Accounts.Accounts accounts, string agent, [FromForm] string? site, [FromForm] string? orderer, [FromForm] string? limit, CancellationToken cancellation)
    {
        // Only whoever acts for the company has a limit there, and its own programs.
        var (found, agentId) = await OrdererAsync();
        if (!found || shelf.Things?.Sites.GetValueOrDefault(site ?? "") is not { } known || known.Company != agent)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        try
        {
            await limits.SetAsync(known, agentId, SiteLimitBook.Read(limit), me, cancellation);
            return Results.LocalRedirect(page.Url(PathOf(agent)));
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, agent, page.Texts[mistake.TextKey!], known.Key, cancellation);
        }

        async Task<(bool Found, int? AgentId)> OrdererAsync() =>
            string.IsNullOrEmpty(orderer) ? (true, null)
            : orderer == agent ? (true, catalog.Find(catalog.Agents, agent)!.Noun.Id)
            : (await accounts.WithRoleAsync(new RoleGrant(Role.Partner, agent), cancellation)).FirstOrDefault(each => each.PersonKey == orderer) is { } person ? (true, person.AgentId)
            : (false, null);
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string agent, string? error, string? wrong, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (shelf, register, catalog) = (services.GetRequiredService<ThingShelf>(), services.GetRequiredService<LoanRegister>(), services.GetRequiredService<Catalog>());
        List<BuildingSite> sites = [.. (shelf.Things?.Sites.Values ?? []).Where(site => site.Company == agent)];
        if (sites.Count == 0 || catalog.Find(catalog.Agents, agent) is not { } company)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var people = await services.GetRequiredService<Base.Accounts.Accounts>().WithRoleAsync(new RoleGrant(Role.Partner, agent), cancellation);
        await services.GetRequiredService<PersonalData>().RecordDailyReadAsync(people.Select(each => each.AgentId).Where(id => id != me.AgentId), me.Actor, "colleague.name", company.Row.Name(page.Language), cancellation);
        await using var db = services.GetRequiredService<KeraStore>().OpenContext();
        List<SiteView> views = [];
        foreach (var site in sites)
        {
            var (limits, orderers) = await services.GetRequiredService<SiteLimitBook>().OfAsync(site, company.Noun.Id, people, cancellation);
            views.Add(new SiteView(site, await register.OfSiteAsync(site.Key, cancellation), LoanPrices.Euros((await SiteLimits.UsedAsync(db, site.Key, shelf.Today, cancellation)).Sum(each => each.Cents)), limits, orderers));
        }

        return new RazorComponentResult<SiteDeskPage>(new { Page = page, Agent = agent, Sites = views, Me = me.AgentId, Error = error, Wrong = wrong, shelf.Today })
        {
            StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}
