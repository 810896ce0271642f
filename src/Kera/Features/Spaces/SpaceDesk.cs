using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Spaces;

/// <summary>The desk of who keeps spaces: what waits for their decision. Only who acts for the keeper comes in, and each booker can read that they looked.</summary>
internal static class SpaceDesk
{
    internal static string PathOf(string agent) => "/space-desk/" + agent;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup(PathOf("{agent}")).RequireOperationForAgent(Operation.PartnerDesk).NotStored();
        desk.MapGet("", (PageContext page, HttpContext context, SignedIn me, string agent, CancellationToken cancellation) => PageAsync(page, context, me, agent, null, Refused.Nothing, cancellation));
        desk.MapPost("/decide", DecideAsync);
        ClosureDesk.Map(desk);
        DayDesk.Map(desk);
    }

    /// <summary>The section of a person's own page: the keepers that they act for, and how many bookings wait with each.</summary>
    internal static async Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me)
    {
        var desks = await DesksAsync(context, me);
        return desks.Count == 0 ? null : new MySectionContent("space-desks", "spaces.desk.title", typeof(SpaceDesks), new Dictionary<string, object> { ["Desks"] = desks });
    }

    /// <summary>What waits at the desks of who is signed in.</summary>
    internal static async Task<NeedLine?> NeedAsync(HttpContext context, SignedIn me)
    {
        var page = PageContext.Of(context);
        return (await DesksAsync(context, me)).FirstOrDefault(desk => desk.Open > 0) is { Agent: { } agent, Open: var open }
            ? new NeedLine(page.Texts.Count("spaces.desk.open", open, ("count", page.Formats.Number(open))), PathOf(agent.Key))
            : null;
    }

    private static async Task<List<(AgentRow Agent, int Open)>> DesksAsync(HttpContext context, SignedIn me)
    {
        var services = context.RequestServices;
        var (register, catalog, calendar) = (services.GetRequiredService<BookingRegister>(), services.GetRequiredService<Catalog>(), services.GetRequiredService<SpaceCalendar>());
        List<(AgentRow, int)> desks = [];
        foreach (var grant in me.Roles.Where(grant => grant.Role == Role.Partner && Keeps(calendar, grant.Agent!)))
        {
            if (catalog.Find(catalog.Agents, grant.Agent!)?.Row is { Retired: false } agent)
            {
                desks.Add((agent, (await register.WaitingAsync(agent.Key, context.RequestAborted)).Count + await services.GetRequiredService<SpaceFaults>().CountOpenAsync(agent.Key, context.RequestAborted)));
            }
        }

        return desks;
    }

    internal static bool Keeps(SpaceCalendar calendar, string agent) => calendar.Spaces?.Spaces.Values.Any(space => space.Keeper == agent) == true;

    private static async Task<IResult> DecideAsync(
        PageContext page, HttpContext context, SignedIn me, BookingRegister register, SeriesRegister series, string agent, [FromForm] string? booking, [FromForm] string? decision, [FromForm] string? answer, [FromForm] string? whole, CancellationToken cancellation)
    {
        try
        {
            KeeperDecision? meant = decision switch { "approve" => KeeperDecision.Approve, "approvePaid" => KeeperDecision.ApprovePaid, "deny" => KeeperDecision.Deny, _ => null };
            if (meant is not { } decided)
            {
                return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
            }

            if (whole == "true" && await series.HandleAsync(booking ?? "", agent, decided, answer ?? "", me.Actor, cancellation) > 0)
            {
                return Results.LocalRedirect(page.Url(PathOf(agent)));
            }

            return await register.HandleAsync(booking ?? "", agent, decided, answer ?? "", me.Actor, cancellation) is { Allowed: true }
                ? Results.LocalRedirect(page.Url(PathOf(agent)))
                // Somebody else decided meanwhile, or it was cancelled: the list as it is now tells.
                : await PageAsync(page, context, me, agent, booking, Refused.Of(page, new AccessException("booking", "This booking waits no more.", "spaces.error.decided")), cancellation);
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, agent, booking, Refused.Of(page, mistake, ("answer", answer)), cancellation);
        }
    }

    internal static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string agent, string? wrong, Refused refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (calendar, catalog) = (services.GetRequiredService<SpaceCalendar>(), services.GetRequiredService<Catalog>());
        if (!Keeps(calendar, agent))
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var faults = await services.GetRequiredService<SpaceFaults>().OpenAsync(agent, cancellation);
        var waiting = await services.GetRequiredService<BookingRegister>().WaitingAsync(agent, cancellation);
        var name = catalog.Find(catalog.Agents, agent)?.Row.Name(page.Language) ?? agent;
        // Before the look, not after.
        await services.GetRequiredService<PersonalData>().RecordDailyReadAsync(
            waiting.Select(booking => booking.AgentId).Concat(faults.Select(fault => fault.Request.AgentId)).OfType<int>().Distinct().Where(id => id != me.AgentId), me.Actor, "booking", name, cancellation);
        return new RazorComponentResult<SpaceDeskPage>(new { Page = page, Agent = agent, Name = name, Spaces = calendar.Spaces!, Waiting = waiting, Faults = faults, calendar.Today, Wrong = wrong, Refused = refused })
        {
            StatusCode = refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}
