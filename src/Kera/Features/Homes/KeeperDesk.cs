using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Requests;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Homes.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Homes;

/// <summary>
/// The desk of who keeps buildings: reports of rooms, what was measured there, and by when each is answered. Only who acts for the
/// keeper comes in, and each reporter can read that they looked.
/// </summary>
internal static class KeeperDesk
{
    private const int ReportsOnAPage = 20;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup(RequestBook.KeeperDeskPathOf("") + "{agent}").RequireOperationForAgent(Operation.PartnerDesk).NotStored();
        desk.MapGet("", (PageContext page, HttpContext context, SignedIn me, string agent, bool? answered, int? skip, CancellationToken cancellation) =>
            PageAsync(page, context, me, agent, new DeskState(answered == true, skip is > 0 and < 100_000 ? skip.Value : 0, null, null, Refused.Nothing), cancellation));
        desk.MapPost("/take", (PageContext page, HttpContext context, SignedIn me, RoomReports reports, string agent, [FromForm] int? request, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, request, null, () => reports.TakeAsync(request ?? 0, agent, me.AgentId, me.Actor, cancellation), cancellation));
        desk.MapPost("/answer", (PageContext page, HttpContext context, SignedIn me, RoomReports reports, string agent, [FromForm] int? request, [FromForm] string? answer, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, request, answer, () => reports.AnswerAsync(request ?? 0, agent, answer ?? "", me.Actor, cancellation), cancellation));
        desk.MapPost("/record", RecordAsync);
    }

    /// <summary>The section of a person's own page: the keepers that they act for, and how many reports wait with each.</summary>
    internal static async Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me)
    {
        var desks = await DesksAsync(context, me);
        return desks.Count == 0 ? null : new MySectionContent("keeper-desks", "homes.desk.title", typeof(DeskSection), new Dictionary<string, object> { ["Desks"] = desks });
    }

    /// <summary>What waits at the desks of who is signed in.</summary>
    internal static async Task<NeedLine?> NeedAsync(HttpContext context, SignedIn me)
    {
        var page = PageContext.Of(context);
        return (await DesksAsync(context, me)).FirstOrDefault(desk => desk.Open > 0) is { Agent: { } agent, Open: var open }
            ? new NeedLine(page.Texts.Count("homes.desk.open", open, ("count", page.Formats.Number(open))), RequestBook.KeeperDeskPathOf(agent.Key))
            : null;
    }

    private static async Task<List<(AgentRow Agent, int Open)>> DesksAsync(HttpContext context, SignedIn me)
    {
        var (reports, catalog) = (context.RequestServices.GetRequiredService<RoomReports>(), context.RequestServices.GetRequiredService<Catalog>());
        List<(AgentRow, int)> desks = [];
        foreach (var grant in me.Roles.Where(grant => grant.Role == Role.Partner && reports.KeptBy(grant.Agent!).Count > 0))
        {
            if (catalog.Find(catalog.Agents, grant.Agent!)?.Row is { Retired: false } agent)
            {
                desks.Add((agent, await reports.CountOpenAsync(agent.Key, context.RequestAborted)));
            }
        }

        return desks;
    }

    private static async Task<IResult> DoAsync(PageContext page, HttpContext context, SignedIn me, string agent, int? request, string? entered, Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
            return Results.LocalRedirect(page.Url(RequestBook.KeeperDeskPathOf(agent)));
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, agent, new DeskState(false, 0, request, null, Refused.Of(page, mistake, ("answer", entered))), cancellation);
        }
    }

    // For somebody who came, called or wrote on paper; the code is how they come back to it.
    private static async Task<IResult> RecordAsync(
        PageContext page, HttpContext context, SignedIn me, RoomReports reports, string agent,
        [FromForm] string? place, [FromForm] string? door, [FromForm] string? room, [FromForm] string? feeling, [FromForm] string? since, [FromForm] string? words, CancellationToken cancellation)
    {
        try
        {
            if (reports.KeptBy(agent).All(building => building.Place != place))
            {
                throw new AccessException("place", "Choose the building.", "homes.error.place");
            }

            var (where, how, day) = (MyHomeEndpoints.RoomOf(room), MyHomeEndpoints.FeelingOf(feeling), reports.Since(since));
            var report = new RoomReport(place!, (door ?? "").Trim(), where, LocalDatePattern.Iso.Format(day), Measured: null);
            var issued = await reports.ReportAsync(how, report, words ?? "", HomeWords.Plain(page, how, where), null, page.Language.Code, me.Actor, cancellation);
            return await PageAsync(page, context, me, agent, new DeskState(false, 0, null, issued, Refused.Nothing), cancellation);
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, agent, new DeskState(false, 0, null, null, Refused.Of(page, mistake, ("place", place), ("door", door), ("room", room), ("feeling", feeling), ("since", since), ("text", words))), cancellation);
        }
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string agent, DeskState state, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (reports, catalog) = (services.GetRequiredService<RoomReports>(), services.GetRequiredService<Catalog>());
        var kept = reports.KeptBy(agent);
        if (kept.Count == 0)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var found = await reports.OfKeeperAsync(agent, state.Answered, ReportsOnAPage + 1, state.Skip, cancellation);
        List<HeldReport> shown = [.. found.Take(ReportsOnAPage)];
        // Before the look, not after.
        await services.GetRequiredService<PersonalData>().RecordDailyReadAsync(
            shown.Select(held => held.Request.AgentId).OfType<int>().Distinct().Where(id => id != me.AgentId), me.Actor, "home.report", HomeWords.Agent(page, catalog, agent), cancellation);
        return new RazorComponentResult<KeeperDeskPage>(new
        {
            Page = page,
            Agent = agent,
            Me = me,
            Buildings = (IReadOnlyList<KeyValuePair<string, string>>)[.. kept.Select(building => new KeyValuePair<string, string>(building.Place, HomeWords.Place(page, catalog, building.Place)))],
            Indoor = await IndoorAsync(services, kept, cancellation),
            Reports = (IReadOnlyList<HeldReport>)shown,
            Open = await reports.CountOpenAsync(agent, cancellation),
            More = found.Count > ReportsOnAPage ? state.Skip + ReportsOnAPage : (int?)null,
            Now = services.GetRequiredService<IClock>().GetCurrentInstant(),
            State = state,
        })
        {
            StatusCode = state.Refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    // By building, how warm it is there now where everyone may know.
    private static async Task<IReadOnlyDictionary<string, MeasuredTemperature>> IndoorAsync(IServiceProvider services, IReadOnlyList<DistrictBuilding> kept, CancellationToken cancellation)
    {
        var (book, indoor) = (services.GetRequiredService<BuildingBook>(), new Dictionary<string, MeasuredTemperature>(StringComparer.Ordinal));
        foreach (var building in kept)
        {
            if (await book.IndoorNowAsync(building, cancellation) is { } measured)
            {
                indoor[building.Place] = measured;
            }
        }

        return indoor;
    }
}

/// <summary>What of the keeper's desk is shown.</summary>
/// <param name="Answered">Whether what is answered.</param>
/// <param name="Skip">After so many.</param>
/// <param name="Wrong">The report whose change was refused.</param>
/// <param name="Issued">A report that was just recorded for somebody.</param>
/// <param name="Refused">What was refused.</param>
public sealed record DeskState(bool Answered, int Skip, int? Wrong, IssuedRequest? Issued, Refused Refused);
