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
using NodaTime.Text;

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
        desk.MapGet("/items/{item}", (PageContext page, HttpContext context, SignedIn me, string agent, string item, CancellationToken cancellation) => ItemAsync(page, context, me, agent, item, Refused.Nothing, cancellation));
        desk.MapPost("/items/{item}/out", (PageContext page, HttpContext context, SignedIn me, LoanCounter counter, string agent, string item, [FromForm] string? loan, [FromForm] string? condition, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, item, () => counter.HandOutAsync(loan ?? "", item, ConditionOf(condition), agent, me.Actor, cancellation), cancellation));
        desk.MapPost("/items/{item}/back", BackAsync);
        desk.MapPost("/items/{item}/lost", (PageContext page, HttpContext context, SignedIn me, LoanCounter counter, string agent, string item, [FromForm] string? loan, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, item, () => counter.LoseAsync(loan ?? "", agent, me.Actor, cancellation), cancellation));
        desk.MapPost("/items/{item}/deed", (PageContext page, HttpContext context, SignedIn me, ItemRegister items, string agent, string item, [FromForm] string? deed, [FromForm] string? until, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, item, () => items.DoAsync(item, Enum.TryParse<ItemDeed>(deed, out var known) ? known : throw new AccessException("item", "Unknown.", "things.error.item"), LocalDatePattern.Iso.Parse(until ?? "") is { Success: true, Value: var day } ? day : null, agent, me.Actor, cancellation), cancellation));
        desk.MapPost("/deposit", async (PageContext page, SignedIn me, LoanCounter counter, string agent, [FromForm] string? loan, CancellationToken cancellation) =>
        {
            await counter.GiveDepositBackAsync(loan ?? "", agent, me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(PathOf(agent)));
        });
        desk.MapPost("/count", async (PageContext page, HttpContext context, SignedIn me, ItemRegister items, string agent, CancellationToken cancellation) =>
        {
            var form = await context.Request.ReadFormAsync(cancellation);
            var missing = await items.CountShelfAsync([.. form["seen"].OfType<string>()], agent, me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(PathOf(agent)) + string.Create(CultureInfo.InvariantCulture, $"?missing={missing}"));
        });
        desk.MapPost("/hours", HoursAsync);
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

    private static async Task<IResult> BackAsync(PageContext page, HttpContext context, SignedIn me, LoanCounter counter, string agent, string item, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var kind = context.RequestServices.GetRequiredService<ThingShelf>().Things?.Items.GetValueOrDefault(item) is { } known ? context.RequestServices.GetRequiredService<ThingShelf>().Things!.Kinds.GetValueOrDefault(known.Kind) : null;
        var came = form["came"].Select(Whole).ToHashSet();
        var back = new ThingReturn(
            ConditionOf(form["condition"]),
            [.. Enumerable.Range(0, kind?.Accessories.Count ?? 0).Where(number => !came.Contains(number))],
            [.. Enumerable.Range(0, kind?.Consumables.Count ?? 0).Select(number => form[$"used{number}"].ToString() is { Length: > 0 } text ? Whole(text) : 0)],
            form["words"].ToString());
        return await DoAsync(page, context, me, agent, item, () => counter.TakeBackAsync(form["loan"].ToString(), back, agent, me.Actor, cancellation), cancellation, back.Words);
    }

    private static int Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static ThingCondition ConditionOf(string? text) => Enum.TryParse<ThingCondition>(text, out var condition) && Enum.IsDefined(condition) ? condition : ThingCondition.Good;

    private static async Task<IResult> DoAsync(PageContext page, HttpContext context, SignedIn me, string agent, string item, Func<Task> work, CancellationToken cancellation, string? words = null)
    {
        try
        {
            await work();
            return Results.LocalRedirect(page.Url(PathOfItem(agent, item)));
        }
        catch (AccessException mistake)
        {
            return await ItemAsync(page, context, me, agent, item, Refused.Of(page, mistake, ("words", words)), cancellation);
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

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string agent, Refused refused, int? missing, int? hours, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var shelf = services.GetRequiredService<ThingShelf>();
        if (!shelf.Keeps(agent))
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var loans = await services.GetRequiredService<LoanCounter>().OfKeeperAsync(agent, cancellation);
        return new RazorComponentResult<ThingDeskPage>(new
        {
            Page = page,
            Agent = agent,
            Things = shelf.Things!,
            Loans = loans,
            Names = await NamesAsync(services, me, agent, loans, cancellation),
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

    private static async Task<IResult> ItemAsync(PageContext page, HttpContext context, SignedIn me, string agent, string item, Refused refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<ItemRegister>().FindAsync(item, cancellation) is not { } view || view.Kind.Keeper != agent)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var loans = (await services.GetRequiredService<LoanCounter>().OfKeeperAsync(agent, cancellation)).Where(loan => loan.Row.Item == item || (loan.Row.State == LoanState.Reserved && loan.Kind.Key == view.Kind.Key)).ToList();
        return new RazorComponentResult<ItemDeskPage>(new
        {
            Page = page,
            View = view,
            Loans = loans,
            Names = await NamesAsync(services, me, agent, loans, cancellation),
            Refused = refused,
            services.GetRequiredService<ThingShelf>().Today,
        })
        {
            StatusCode = refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
        };
    }

    private static IResult LabelsAsync(PageContext page, ThingShelf shelf, string agent) => shelf.Keeps(agent)
        ? new RazorComponentResult<LabelsPage>(new { Page = page, Agent = agent, Items = shelf.ItemsOf(agent).Select(item => (item, shelf.Things!.Kinds[item.Kind])).ToList() })
        : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    // Before the look, not after.
    private static async Task<IReadOnlyDictionary<int, string>> NamesAsync(IServiceProvider services, SignedIn me, string agent, IReadOnlyList<LoanView> loans, CancellationToken cancellation)
    {
        List<int> borrowers = [.. loans.Select(loan => loan.Row.AgentId).OfType<int>().Distinct()];
        var catalog = services.GetRequiredService<Catalog>();
        await services.GetRequiredService<PersonalData>().RecordDailyReadAsync(borrowers.Where(id => id != me.AgentId), me.Actor, "loan", catalog.Find(catalog.Agents, agent)?.Row.Name(Language.English) ?? agent, cancellation);
        return await services.GetRequiredService<LoanCounter>().NamesAsync(borrowers, cancellation);
    }
}
