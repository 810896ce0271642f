using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Things.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Things;

/// <summary>The desk of who keeps things. Only who acts for the keeper comes in, and each borrower can read that they looked.</summary>
internal static class ThingDesk
{
    internal static string PathOf(string agent) => "/thing-desk/" + agent;

    internal static string PathOfItem(string agent, string item) => $"{PathOf(agent)}/items/{Uri.EscapeDataString(item)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup(PathOf("{agent}")).RequireOperationForAgent(Operation.PartnerDesk).NotStored();
        desk.MapGet("", (PageContext page, HttpContext context, SignedIn me, string agent, int? missing, int? hours, CancellationToken cancellation) => PageAsync(page, context, me, agent, Refused.Nothing, missing, hours, cancellation));
        desk.MapGet("/labels", LabelsAsync);
        ItemDesk.Map(desk);
        SettlingDesk.Map(desk);
        desk.MapPost("/count", async (PageContext page, HttpContext context, SignedIn me, ItemRegister items, string agent, CancellationToken cancellation) =>
        {
            var form = await context.Request.ReadFormAsync(cancellation);
            var missing = await items.CountShelfAsync([.. form["seen"].OfType<string>()], agent, me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(PathOf(agent)) + string.Create(CultureInfo.InvariantCulture, $"?missing={missing}"));
        });
        desk.MapPost("/hours", HoursAsync);
        desk.MapPost("/supplies", SuppliesAsync);
    }

    /// <summary>The section of a person's own page: the keepers and companies that they act for.</summary>
    internal static Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me)
    {
        var (shelf, catalog) = (context.RequestServices.GetRequiredService<ThingShelf>(), context.RequestServices.GetRequiredService<Catalog>());
        List<(AgentRow Agent, string Path)> desks = [];
        foreach (var grant in me.Roles.Where(grant => grant.Role == Role.Partner))
        {
            if (catalog.Find(catalog.Agents, grant.Agent!)?.Row is { Retired: false } agent)
            {
                desks.AddRange(shelf.Keeps(agent.Key) ? [(agent, PathOf(agent.Key))] : []);
                desks.AddRange(shelf.Things?.Sites.Values.Any(site => site.Company == agent.Key) == true ? [(agent, SiteDesk.PathOf(agent.Key))] : []);
            }
        }

        return Task.FromResult(desks.Count == 0 ? null : new MySectionContent("thing-desks", "things.desk.title", typeof(ThingDesks), new Dictionary<string, object> { ["Desks"] = desks }));
    }

    /// <summary>What waits at the first desk at which something does: things that are late, or have to be looked after or inspected.</summary>
    internal static async Task<NeedLine?> NeedAsync(HttpContext context, SignedIn me)
    {
        var (services, page) = (context.RequestServices, PageContext.Of(context));
        var (shelf, items) = (services.GetRequiredService<ThingShelf>(), services.GetRequiredService<ItemRegister>());
        foreach (var keeper in me.Roles.Where(grant => grant.Role == Role.Partner && shelf.Keeps(grant.Agent!)).Select(grant => grant.Agent!))
        {
            var (today, day) = (shelf.Today, DistrictCalendar.DayNumber(shelf.Today));
            var open = (await items.OfKeeperAsync(keeper, context.RequestAborted)).Count(view => view.IsDue(today) || view.IsOverdue(today) || view.Loan?.Due < day);
            if (open > 0)
            {
                return new NeedLine(page.Texts.Count("things.desk.due", open, ("count", page.Formats.Number(open))), PathOf(keeper));
            }
        }

        return null;
    }

    private static async Task<IResult> SuppliesAsync(PageContext page, HttpContext context, SignedIn me, ThingSupplies supplies, string agent, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        try
        {
            // What is left empty was not counted.
            var counted = (await supplies.OfKeeperAsync(agent, cancellation)).Select(supply => (supply.Resource, Typed: form["supply-" + supply.Resource].ToString().Trim())).Where(each => each.Typed.Length > 0)
                .ToDictionary(each => each.Resource, each => int.TryParse(each.Typed, NumberStyles.None, CultureInfo.InvariantCulture, out var pieces) ? pieces : -1);
            await supplies.CountAsync(counted, agent, me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(PathOf(agent)));
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, agent, Refused.Of(page, mistake), null, null, cancellation);
        }
    }

    private static async Task<IResult> HoursAsync(PageContext page, HttpContext context, SignedIn me, ItemRegister items, string agent, [FromForm] string? hours, CancellationToken cancellation)
    {
        try
        {
            var changed = await items.ImportHoursAsync(hours ?? "", agent, me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(PathOf(agent)) + string.Create(CultureInfo.InvariantCulture, $"?hours={changed}"));
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, agent, Refused.Of(page, mistake, ("hours", hours)), null, null, cancellation);
        }
    }

    internal static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string agent, Refused refused, int? missing, int? hours, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var shelf = services.GetRequiredService<ThingShelf>();
        if (!shelf.Keeps(agent))
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var loans = await services.GetRequiredService<LoanCounter>().OfKeeperAsync(agent, cancellation);
        await using var db = services.GetRequiredService<KeraStore>().OpenContext();
        var ended = await services.GetRequiredService<LoanSettling>().EndedAsync(agent, cancellation);
        return new RazorComponentResult<ThingDeskPage>(new
        {
            Page = page,
            Agent = agent,
            Things = shelf.Things!,
            Loans = loans,
            Ended = ended,
            Names = await NamesAsync(services, me, agent, [.. loans, .. ended], cancellation),
            Supplies = await services.GetRequiredService<ThingSupplies>().OfKeeperAsync(agent, cancellation),
            WrittenOff = await ThingFootprints.WrittenOffAsync(db, shelf, agent, cancellation),
            Items = await services.GetRequiredService<ItemRegister>().OfKeeperAsync(agent, cancellation),
            Refused = refused,
            Missing = missing,
            Hours = hours,
            shelf.Today,
        })
        {
            StatusCode = refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static IResult LabelsAsync(PageContext page, ThingShelf shelf, string agent) => shelf.Keeps(agent)
        ? new RazorComponentResult<LabelsPage>(new { Page = page, Agent = agent, Items = shelf.ItemsOf(agent).Select(item => (item, shelf.Things!.Kinds[item.Kind])).ToList() })
        : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    internal static async Task<IReadOnlyDictionary<int, string>> NamesAsync(IServiceProvider services, SignedIn me, string agent, IReadOnlyList<LoanView> loans, CancellationToken cancellation)
    {
        await RecordAsync(services.GetRequiredService<PersonalData>(), services.GetRequiredService<Catalog>(), me, agent, loans, cancellation);
        return await services.GetRequiredService<LoanCounter>().NamesAsync(loans.Select(loan => loan.Row.AgentId).OfType<int>(), cancellation);
    }

    /// <summary>Records that a keeper looks at loans of some persons. Before the look, not after.</summary>
    internal static Task RecordAsync(PersonalData personal, Catalog catalog, SignedIn me, string agent, IReadOnlyList<LoanView> loans, CancellationToken cancellation) => personal.RecordDailyReadAsync(
        loans.Select(loan => loan.Row.AgentId).OfType<int>().Where(id => id != me.AgentId).Distinct(), me.Actor, "loan", catalog.Find(catalog.Agents, agent)?.Row.Name(Language.English) ?? agent, cancellation);
}
