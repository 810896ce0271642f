using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Groups;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Kera.Sharing;
using Kera.Sharing.Rounds;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>The desk where a keeper's rounds are handled: solve, look, decide by hand, solve again, accept, send. Only who acts for the keeper comes in.</summary>
internal static class RoundDeskEndpoints
{
    internal static string PathOf(string agent) => "/round-desk/" + agent;

    internal static string PathOf(string agent, string round) => $"{PathOf(agent)}/{Uri.EscapeDataString(round)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup(PathOf("{agent}")).RequireOperationForAgent(Operation.PartnerDesk).NotStored();
        desk.MapGet("", ListAsync);
        var one = desk.MapGroup("/{round}");
        one.MapGet("", (PageContext page, HttpContext context, SignedIn me, string agent, string round, CancellationToken cancellation) => PageAsync(page, context, me, agent, round, RoundDeskTold.Nothing, cancellation));
        one.MapPost("/solve", (PageContext page, HttpContext context, SignedIn me, RoundDesk rounds, RoundSolves solves, string agent, string round, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, round, async found =>
            {
                await rounds.AskAsync(found, me.Actor, cancellation);
                solves.Begin();
            }, cancellation));
        one.MapPost("/stop", (PageContext page, HttpContext context, SignedIn me, RoundDesk rounds, string agent, string round, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, round, found => rounds.StopAsync(found, me.Actor, cancellation), cancellation));
        one.MapPost("/accept", (PageContext page, HttpContext context, SignedIn me, RoundDesk rounds, string agent, string round, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, round, found => rounds.AcceptAsync(found, me.Actor, cancellation), cancellation));
        one.MapPost("/reopen", (PageContext page, HttpContext context, SignedIn me, RoundDesk rounds, string agent, string round, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, round, found => rounds.ReopenAsync(found, me.Actor, cancellation), cancellation));
        one.MapPost("/send", (PageContext page, HttpContext context, SignedIn me, RoundResults results, string agent, string round, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, round, found => results.SendAsync(found, me.Actor, cancellation), cancellation));
        one.MapPost("/kind", (PageContext page, HttpContext context, SignedIn me, RoundRegister register, string agent, string round, [FromForm] int? group, [FromForm] string? kind, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, round, found => register.SetKindAsync(found.Key, group ?? 0, kind ?? "", me.Actor, cancellation), cancellation));
        one.MapPost("/pin", PinAsync);
        one.MapPost("/forbid", ForbidAsync);
    }

    /// <summary>The section of a person's own page: the keepers whose rounds they handle.</summary>
    internal static async Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me)
    {
        var services = context.RequestServices;
        var (catalog, rounds) = (services.GetRequiredService<Catalog>(), await services.GetRequiredService<RoundRegister>().ListAsync(context.RequestAborted));
        List<AgentRow> agents = [.. me.Roles.Where(grant => grant.Role == Role.Partner && rounds.Any(each => each.Round.Keeper == grant.Agent))
            .Select(grant => catalog.Find(catalog.Agents, grant.Agent!)?.Row).OfType<AgentRow>().Where(row => !row.Retired)];
        return agents.Count == 0 ? null : new MySectionContent("round-desks", "rounds.desk.title", typeof(RoundDesks), new Dictionary<string, object> { ["Agents"] = agents });
    }

    /// <summary>What waits on <em>Today</em> for who hands times out: a round that is closed and not shared out, or whose results are not sent.</summary>
    internal static async Task<NeedLine?> NeedAsync(HttpContext context, SignedIn me)
    {
        var page = PageContext.Of(context);
        return (await context.RequestServices.GetRequiredService<RoundRegister>().ListAsync(context.RequestAborted))
            .FirstOrDefault(each => each.State is RoundState.InAllocation or RoundState.Handled && me.Roles.Contains(new RoleGrant(Role.Partner, each.Round.Keeper))) is ({ } round, _)
            ? new NeedLine(page.Texts.Format("rounds.need", ("round", round.Name.In(page.Language.Code))), PathOf(round.Keeper, round.Key))
            : null;
    }

    private static async Task<IResult> ListAsync(PageContext page, HttpContext context, RoundRegister register, SpaceCalendar calendar, Catalog catalog, string agent, CancellationToken cancellation)
    {
        List<(DistrictRound Round, RoundState State)> kept = [.. (await register.ListAsync(cancellation)).Where(each => each.Round.Keeper == agent)];
        return kept.Count == 0
            ? UiExtensions.Problem(page, StatusCodes.Status404NotFound)
            : new RazorComponentResult<RoundDeskList>(new { Page = page, Agent = agent, Name = NameOf(page, catalog, agent), Rounds = kept });
    }

    private static string NameOf(PageContext page, Catalog catalog, string agent) => catalog.Find(catalog.Agents, agent)?.Row.Name(page.Language) ?? agent;

    // A time as a page's button has it: group, wish, space, weekday, begin and end.
    internal static string Write(RoundAllocation time) => string.Join('|', time.Group, time.Wish, time.Space, ((int)time.Day).ToString(CultureInfo.InvariantCulture), time.Begin.ToString(CultureInfo.InvariantCulture), time.End.ToString(CultureInfo.InvariantCulture));

    private static async Task<IResult> PinAsync(
        PageContext page, HttpContext context, SignedIn me, RoundDesk rounds, string agent, string round,
        [FromForm] string? time, [FromForm] string? wish, [FromForm] string? space, [FromForm] string? day, [FromForm] string? begin, [FromForm] string? end, [FromForm] string? force, [FromForm] string? take, CancellationToken cancellation)
    {
        var allocation = time is null ? Entered(wish, space, day, begin, end) : Read(time);
        return allocation is null
            ? await PageAsync(page, context, me, agent, round, new RoundDeskTold(Refused.Of(page, new AccessException("pin", "Name a wish, a space, a day and a time.", "rounds.error.pin")), []), cancellation)
            : await DoAsync(page, context, me, agent, round, found => rounds.PinAsync(found, new RoundPin(allocation, force == "true"), take is null, me.Actor, cancellation), cancellation);
    }

    private static Task<IResult> ForbidAsync(
        PageContext page, HttpContext context, SignedIn me, RoundDesk rounds, string agent, string round,
        [FromForm] string? group, [FromForm] string? space, [FromForm] string? day, [FromForm] string? begin, [FromForm] string? end, [FromForm] string? take, CancellationToken cancellation)
    {
        var time = DayOf(day) is { } weekday && Minutes(begin) is { } from && Minutes(end) is { } to && from < to ? new WeeklyTime(weekday, from, to) : null;
        // Half a time is none.
        return time is null && (Given(day) ?? Given(begin) ?? Given(end)) is not null
            ? PageAsync(page, context, me, agent, round, new RoundDeskTold(Refused.Of(page, new AccessException("forbid", "Name a day with its begin and end.", "rounds.error.forbid")), []), cancellation)
            : DoAsync(page, context, me, agent, round, found => rounds.ForbidAsync(found, new RoundForbid(Given(group), null, Given(space), time), take is null, me.Actor, cancellation), cancellation);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static RoundAllocation? Entered(string? wish, string? space, string? day, string? begin, string? end) =>
        wish?.Split('|') is [var group, var key] && Given(space) is { } where && DayOf(day) is { } weekday && Minutes(begin) is { } from && Minutes(end) is { } to
            ? new RoundAllocation(group, key, where, weekday, from, to)
            : null;

    private static RoundAllocation? Read(string text) =>
        text.Split('|') is [var group, var wish, var space, var day, var begin, var end] && DayOf(day) is { } weekday
        && int.TryParse(begin, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            ? new RoundAllocation(group, wish, space, weekday, from, to)
            : null;

    private static IsoDayOfWeek? DayOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 7 ? (IsoDayOfWeek)number : null;

    // The end of a day is 24:00, which a field of time cannot say.
    private static int? Minutes(string? text) => text?.Split(':') is [var hour, var minute]
        && int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
        && hours <= 24 && minutes < 60 && (hours * 60) + minutes <= 24 * 60
            ? (hours * 60) + minutes
            : null;

    private static async Task<IResult> DoAsync(PageContext page, HttpContext context, SignedIn me, string agent, string round, Func<DistrictRound, Task> change, CancellationToken cancellation)
    {
        // Another keeper's round looks as if it were not there.
        if (await context.RequestServices.GetRequiredService<RoundRegister>().FindAsync(round, cancellation) is not { } found || found.Round.Keeper != agent)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        try
        {
            await change(found.Round);
            return Results.LocalRedirect(page.Url(PathOf(agent, round)));
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, agent, round, new RoundDeskTold(Refused.Of(page, mistake), []), cancellation);
        }
        catch (RoundFaultException mistake)
        {
            return await PageAsync(page, context, me, agent, round, new RoundDeskTold(Refused.Nothing, mistake.Faults), cancellation);
        }
        catch (SharingException)
        {
            return await PageAsync(page, context, me, agent, round, new RoundDeskTold(Refused.Of(page, new AccessException("pin", "Name a wish, a space, a day and a time.", "rounds.error.pin")), []), cancellation);
        }
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string agent, string key, RoundDeskTold told, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var register = services.GetRequiredService<RoundRegister>();
        if (await register.FindAsync(key, cancellation) is not { } found || found.Round.Keeper != agent)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        // Drafts are the groups' own until they send them.
        List<ApplicationView> applications = [.. (await register.OfRoundAsync(key, cancellation)).Where(each => each.State is not (ApplicationState.Draft or ApplicationState.Expired))];
        var name = NameOf(page, services.GetRequiredService<Catalog>(), agent);
        // Before the look, not after.
        await services.GetRequiredService<PersonalData>().RecordDailyReadAsync(applications.Select(each => each.AgentId).OfType<int>().Distinct().Where(id => id != me.AgentId), me.Actor, "application", name, cancellation);
        return new RazorComponentResult<RoundDeskPage>(new
        {
            Page = page,
            Spaces = services.GetRequiredService<SpaceCalendar>().Spaces!,
            Agent = agent,
            Name = name,
            found.Round,
            Desk = await services.GetRequiredService<RoundDesk>().ReadAsync(found.Round, cancellation),
            Applications = applications,
            Groups = await services.GetRequiredService<GroupBook>().NamesAsync([.. applications.Select(each => each.GroupId)], cancellation),
            Told = told,
        })
        {
            StatusCode = told.Refused.Errors.Count == 0 && told.Faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}

/// <summary>What the desk of a round has to say beside the round.</summary>
/// <param name="Refused">What was refused.</param>
/// <param name="Faults">Why times cannot be granted.</param>
public sealed record RoundDeskTold(Refused Refused, IReadOnlyList<RoundFault> Faults)
{
    /// <summary>Nothing.</summary>
    public static RoundDeskTold Nothing { get; } = new(Refused.Nothing, []);
}
