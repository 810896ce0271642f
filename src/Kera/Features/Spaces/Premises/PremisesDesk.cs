using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Spaces.Premises.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kera.Features.Spaces.Premises;

/// <summary>The desk of a landowner: its empty premises, its calls and agreements. Only who acts for it comes in.</summary>
internal static class PremisesDesk
{
    internal static string PathOf(string agent) => "/premises-desk/" + Uri.EscapeDataString(agent);

    internal static string PremisesPath(string agent, string key) => $"{PathOf(agent)}/premises/{Uri.EscapeDataString(key)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup("/premises-desk/{agent}").RequireOperationForAgent(Operation.PartnerDesk).NotStored();
        desk.MapGet("", DeskAsync);
        desk.MapGet("/new", (PageContext page, HttpContext context, string agent) => EditPage(page, context, agent, New(agent), null));
        desk.MapPost("/new", (PageContext page, HttpContext context, SignedIn me, string agent, CancellationToken cancellation) => SaveAsync(page, context, me, agent, New(agent), cancellation));
        desk.MapGet("/premises/{key}", async (PageContext page, HttpContext context, PremisesRegister register, string agent, string key, CancellationToken cancellation) =>
            await OwnAsync(register, agent, key, cancellation) is { OfFiles: false } own ? EditPage(page, context, agent, own, null) : UiExtensions.Problem(page, StatusCodes.Status404NotFound));
        desk.MapPost("/premises/{key}", async (PageContext page, HttpContext context, SignedIn me, PremisesRegister register, string agent, string key, CancellationToken cancellation) =>
            await OwnAsync(register, agent, key, cancellation) is { OfFiles: false } own ? await SaveAsync(page, context, me, agent, own, cancellation) : UiExtensions.Problem(page, StatusCodes.Status404NotFound));
        CallDesk.Map(desk);
        TenancyDesk.Map(desk);
    }

    /// <summary>The section of a person's own page: the landowners that they act for.</summary>
    internal static async Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me)
    {
        var (register, catalog) = (context.RequestServices.GetRequiredService<PremisesRegister>(), context.RequestServices.GetRequiredService<Catalog>());
        var owners = (await register.ListAsync(context.RequestAborted)).Select(each => each.Owner).ToHashSet(StringComparer.Ordinal);
        List<AgentRow> agents = [.. me.Roles.Where(grant => grant.Role == Role.Partner && owners.Contains(grant.Agent!)).Select(grant => catalog.Find(catalog.Agents, grant.Agent!)?.Row).OfType<AgentRow>().Where(agent => !agent.Retired)];
        return agents.Count == 0 ? null : new MySectionContent("premises-desks", "premises.desk.title", typeof(PremisesDesks), new Dictionary<string, object> { ["Agents"] = agents });
    }

    /// <summary>Premises of an owner; null where they have none of such a key.</summary>
    internal static async Task<EmptyPremises?> OwnAsync(PremisesRegister register, string agent, string key, CancellationToken cancellation) =>
        await register.FindAsync(key, cancellation) is { } found && found.Owner == agent ? found : null;

    /// <summary>What an agent is called.</summary>
    internal static string NameOf(PageContext page, HttpContext context, string agent)
    {
        var catalog = context.RequestServices.GetRequiredService<Catalog>();
        return catalog.Find(catalog.Agents, agent)?.Row.Name(page.Language) ?? agent;
    }

    private static EmptyPremises New(string agent) => new("", agent, "", PremisesWords.Empty, Kera.Flows.Quantity.Zero, [], null, null);

    private static async Task<IResult> DeskAsync(PageContext page, HttpContext context, SignedIn me, CallBook calls, TenancyBook tenancies, PremisesRegister register, string agent, CancellationToken cancellation)
    {
        var now = register.Now;
        return new RazorComponentResult<PremisesDeskPage>(new
        {
            Page = page,
            Agent = agent,
            Name = NameOf(page, context, agent),
            Premises = (await register.ListAsync(cancellation)).Where(each => each.Owner == agent).ToList(),
            Calls = (await calls.ListAsync(agent, cancellation)).Select(call => (call, call.StateAt(now))).ToList(),
            Tenancies = (await tenancies.OfAsync(me, cancellation)).Where(tenancy => tenancy.Owner == agent).ToList(),
        });
    }

    private static IResult EditPage(PageContext page, HttpContext context, string agent, EmptyPremises premises, Refused? refused)
    {
        var catalog = context.RequestServices.GetRequiredService<Catalog>();
        return new RazorComponentResult<PremisesEditPage>(new
        {
            Page = page,
            Agent = agent,
            Name = NameOf(page, context, agent),
            Premises = premises,
            Places = catalog.Places.All.Where(entry => !entry.Row.Retired).Select(entry => KeyValuePair.Create(entry.Row.Key, entry.Row.Name(page.Language))).OrderBy(place => place.Value, StringComparer.CurrentCulture).ToList(),
            Fields = refused ?? PremisesFields.Of(page, premises),
        })
        {
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static async Task<IResult> SaveAsync(PageContext page, HttpContext context, SignedIn me, string agent, EmptyPremises before, CancellationToken cancellation)
    {
        var form = new PremisesForm(context.Request.Form, page);
        var typed = form.Premises(before);
        if (!form.IsWrong)
        {
            try
            {
                return await context.RequestServices.GetRequiredService<PremisesRegister>().SaveAsync(typed, me.Actor, cancellation) is null
                    ? UiExtensions.Problem(page, StatusCodes.Status404NotFound)
                    : Results.LocalRedirect(page.Url(PathOf(agent)));
            }
            catch (AccessException mistake)
            {
                form.Tell(mistake);
            }
        }

        return EditPage(page, context, agent, before, form.Refused);
    }
}
