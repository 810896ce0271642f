using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Ui;
using Kera.Energy;
using Kera.Features.Communities.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Kera.Features.Communities;

/// <summary>Something asked, and what would become of it now.</summary>
/// <param name="Held">What was asked.</param>
/// <param name="Day">From which day it would hold; null where that day is over, or the files have no such point any more.</param>
/// <param name="Breaks">The rule that stands against it now; null for none.</param>
public sealed record DeskAsk(HeldAsk Held, LocalDate? Day, MembershipRule? Breaks);

/// <summary>What of the desk is shown.</summary>
/// <param name="Answered">Whether what is answered.</param>
/// <param name="Skip">After so many.</param>
/// <param name="Wrong">The request whose answer was refused.</param>
/// <param name="Form">What was sent and refused.</param>
public sealed record CommunityDeskState(bool Answered, int Skip, int? Wrong, SentForm Form);

/// <summary>
/// The desk of who manages communities: what members and others ask, with what the register says of it, to be accepted or refused
/// with a reason. Only who acts for the keeper comes in, and who asked can read that they looked.
/// </summary>
internal static class CommunityDesk
{
    private const int OnAPage = 20;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup(CommunityRequests.DeskPathOf("") + "{agent}").RequireOperationForAgent(Operation.PartnerDesk).NotStored();
        desk.MapGet("", (PageContext page, HttpContext context, SignedIn me, string agent, bool? answered, int? skip, CancellationToken cancellation) =>
            PageAsync(page, context, me, agent, new CommunityDeskState(answered == true, skip is > 0 and < 100_000 ? skip.Value : 0, null, SentForm.Nothing), cancellation));
        desk.MapPost("/accept", (PageContext page, HttpContext context, SignedIn me, CommunityRequests requests, string agent, [FromForm] int? request, [FromForm] string? note, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, request, [("note", note)], () => requests.AcceptAsync(request ?? 0, agent, note ?? "", me.Actor, cancellation), cancellation));
        desk.MapPost("/refuse", (PageContext page, HttpContext context, SignedIn me, CommunityRequests requests, string agent, [FromForm] int? request, [FromForm] string? reason, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, request, [("reason", reason)], () => requests.RefuseAsync(request ?? 0, agent, reason ?? "", me.Actor, cancellation), cancellation));
    }

    /// <summary>The section of a person's own page: the keepers of communities that they act for.</summary>
    internal static async Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me)
    {
        var page = PageContext.Of(context);
        List<(string Name, string Path, string Text)> doors = [.. (await DesksAsync(context, me)).Select(desk => (desk.Name, CommunityRequests.DeskPathOf(desk.Agent), Open(page, desk.Open)))];
        return doors.Count == 0 ? null : new MySectionContent("community-desks", "communities.desk.title", typeof(CommunityDoors), new Dictionary<string, object> { ["Doors"] = doors });
    }

    /// <summary>What waits at the desks of who is signed in.</summary>
    internal static async Task<NeedLine?> NeedAsync(HttpContext context, SignedIn me) =>
        (await DesksAsync(context, me)).FirstOrDefault(desk => desk.Open > 0) is { Agent: { } agent, Open: var open } ? new NeedLine(Open(PageContext.Of(context), open), CommunityRequests.DeskPathOf(agent)) : null;

    internal static string Open(PageContext page, int open) => open == 0 ? page.Texts["communities.desk.none"] : page.Texts.Count("communities.desk.open", open, ("count", page.Formats.Number(open)));

    private static async Task<List<(string Agent, string Name, int Open)>> DesksAsync(HttpContext context, SignedIn me)
    {
        var (requests, catalog, page) = (context.RequestServices.GetRequiredService<CommunityRequests>(), context.RequestServices.GetRequiredService<Catalog>(), PageContext.Of(context));
        List<(string, string, int)> desks = [];
        foreach (var grant in me.Roles.Where(grant => grant.Role == Role.Partner && requests.KeptBy(grant.Agent!).Count > 0))
        {
            if (catalog.Find(catalog.Agents, grant.Agent!)?.Row is { Retired: false } agent)
            {
                desks.Add((agent.Key, agent.Name(page.Language), await requests.CountOpenAsync(agent.Key, context.RequestAborted)));
            }
        }

        return desks;
    }

    private static async Task<IResult> DoAsync(PageContext page, HttpContext context, SignedIn me, string agent, int? request, (string, string?)[] entered, Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
            return Results.LocalRedirect(page.Url(CommunityRequests.DeskPathOf(agent)));
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, agent, new CommunityDeskState(false, 0, request, SentForm.Of(page, mistake, entered)), cancellation);
        }
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string agent, CommunityDeskState state, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (requests, notices, catalog) = (services.GetRequiredService<CommunityRequests>(), services.GetRequiredService<CommunityNotices>(), services.GetRequiredService<Catalog>());
        var kept = requests.KeptBy(agent);
        if (kept.Count == 0)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var found = await requests.OfKeeperAsync(agent, state.Answered, OnAPage + 1, state.Skip, cancellation);
        List<HeldAsk> shown = [.. found.Take(OnAPage)];
        var name = catalog.Find(catalog.Agents, agent)?.Row.Name(page.Language) ?? agent;
        // Before the look, not after.
        await services.GetRequiredService<PersonalData>().RecordDailyReadAsync(
            shown.Select(held => held.Request.AgentId).OfType<int>().Distinct().Where(id => id != me.AgentId), me.Actor, "community.request", name, cancellation);
        var inForce = await notices.ReadAsync(cancellation);
        return new RazorComponentResult<CommunityDeskPage>(new
        {
            Page = page,
            Agent = agent,
            Name = name,
            Asks = (IReadOnlyList<DeskAsk>)[.. shown.Select(held => new DeskAsk(
                held,
                requests.DayOf(held),
                requests.NoticeOf(held) is { } notice ? notices.Breaks(inForce.Communities, held.Community, notice) : null))],
            Stored = (IReadOnlyList<StoredNotice>)[.. inForce.Stored.Where(stored => kept.Any(community => community.Key == stored.Community))],
            Conflicts = (IReadOnlyList<NoticeConflict>)[.. inForce.Conflicts.Where(conflict => kept.Any(community => community.Key == conflict.Community))],
            Points = services.GetRequiredService<DistrictInForce>().Model!.Communities!.Points,
            Communities = (IReadOnlyDictionary<string, string>)kept.ToDictionary(community => community.Key, community => community.Name.In(page.Language.Code), StringComparer.Ordinal),
            Open = await requests.CountOpenAsync(agent, cancellation),
            More = found.Count > OnAPage ? state.Skip + OnAPage : (int?)null,
            Now = services.GetRequiredService<IClock>().GetCurrentInstant(),
            State = state,
        })
        {
            StatusCode = state.Form.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}
