using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Kera.Sharing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>
/// A keeper's day: who comes when, what to open, clean and hand out; changing one booking; booking for somebody. Only the keeper is told
/// names, and each look is recorded for who is named.
/// </summary>
internal static class DayDesk
{
    private const string What = "booking";

    internal static string PathOf(string agent) => SpaceDesk.PathOf(agent) + "/day";

    internal static string PathOf(string agent, string booking) => $"{SpaceDesk.PathOf(agent)}/bookings/{Uri.EscapeDataString(booking)}";

    internal static string BehalfPathOf(string agent) => SpaceDesk.PathOf(agent) + "/book";

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/day", DayAsync);
        desk.MapGet("/bookings/{key}", (PageContext page, HttpContext context, SignedIn me, string agent, string key, CancellationToken cancellation) => OneAsync(page, context, me, agent, key, [], Refused.Nothing, cancellation));
        desk.MapPost("/bookings/{key}/move", MoveAsync);
        desk.MapPost("/bookings/{key}/deny", (PageContext page, HttpContext context, SignedIn me, BookingRegister register, string agent, string key, [FromForm] string? answer, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, key, () => register.HandleAsync(key, agent, KeeperDecision.Deny, answer ?? "", me.Actor, cancellation), Entered(("answer", answer)), cancellation));
        desk.MapPost("/bookings/{key}/return", (PageContext page, HttpContext context, SignedIn me, BookingRegister register, string agent, string key, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, key, () => register.ReturnAsync(key, agent, me.Actor, cancellation), Entered(), cancellation));
        desk.MapPost("/bookings/{key}/came", (PageContext page, HttpContext context, SignedIn me, BookingRegister register, string agent, string key, [FromForm] string? came, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, key, () => register.MarkAsync(key, agent, noShow: came == "no", me.Actor, cancellation), Entered(), cancellation));
        desk.MapGet("/book", (PageContext page, HttpContext context, string agent) => BehalfPage(page, context, agent, new Dictionary<string, string>(), [], Refused.Nothing));
        desk.MapPost("/book", BookAsync);
    }

    private static async Task<IResult> DayAsync(PageContext page, HttpContext context, SignedIn me, string agent, string? day, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (calendar, register) = (services.GetRequiredService<SpaceCalendar>(), services.GetRequiredService<BookingRegister>());
        if (!SpaceDesk.Keeps(calendar, agent))
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var date = string.IsNullOrEmpty(day) ? calendar.Today : LocalDatePattern.Iso.Parse(day) is { Success: true, Value: { Year: > 2000 and < 2200 } read } ? read : (LocalDate?)null;
        if (date is not { } shown)
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        var zone = page.Formats.Zone;
        var bookings = await register.KeptAsync(agent, new Interval(zone.AtStartOfDay(shown).ToInstant(), zone.AtStartOfDay(shown.PlusDays(1)).ToInstant()), cancellation);
        List<BookingView> coming = [.. bookings.Where(booking => booking.Booking.State is not (BookingState.Cancelled or BookingState.Denied))];
        return new RazorComponentResult<DayPage>(new { Page = page, Agent = agent, Name = NameOf(page, services, agent), Spaces = calendar.Spaces!, Day = shown, Bookings = coming, Names = await NamesAsync(page, services, me, agent, coming, cancellation) });
    }

    private static async Task<IResult> OneAsync(PageContext page, HttpContext context, SignedIn me, string agent, string key, IReadOnlyList<string> told, Refused refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var calendar = services.GetRequiredService<SpaceCalendar>();
        if (!SpaceDesk.Keeps(calendar, agent) || await services.GetRequiredService<BookingRegister>().FindKeptAsync(key, agent, cancellation) is not { } booking)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        return new RazorComponentResult<KeptBookingPage>(new
        {
            Page = page,
            Agent = agent,
            Spaces = calendar.Spaces!,
            Booking = booking,
            Names = await NamesAsync(page, services, me, agent, [booking], cancellation),
            Told = told,
            Refused = refused,
            calendar.Now,
        })
        {
            StatusCode = refused.Errors.Count > 0 ? StatusCodes.Status400BadRequest : told.Count > 0 ? StatusCodes.Status409Conflict : StatusCodes.Status200OK,
        };
    }

    private static async Task<IResult> MoveAsync(
        PageContext page, HttpContext context, SignedIn me, BookingRegister register, SpaceCalendar calendar, string agent, string key, [FromForm] string? day, [FromForm] string? time, [FromForm] string? words, CancellationToken cancellation)
    {
        (string, string?)[] entered = [("day", day), ("time", time), ("words", words)];
        try
        {
            var start = DeskTime.Read(day, time, page.Formats.Zone) ?? throw new AccessException("time", "Write a day and a time.", "spaces.error.begin");
            return await register.MoveForAsync(key, agent, start, words ?? "", me.Actor, cancellation) switch
            {
                null => UiExtensions.Problem(page, StatusCodes.Status404NotFound),
                { Booking: not null } => Results.LocalRedirect(page.Url(PathOf(agent, key))),
                var outcome => await OneAsync(page, context, me, agent, key, Reasons(page, calendar, outcome), new Refused(Entered(entered), new Dictionary<string, string>()), cancellation),
            };
        }
        catch (AccessException mistake)
        {
            return await OneAsync(page, context, me, agent, key, [], Refused.Of(page, mistake, entered), cancellation);
        }
    }

    private static List<string> Reasons(PageContext page, SpaceCalendar calendar, MoveOutcome outcome) =>
        [.. outcome.Change.Refusals.Select(reason => SpaceWords.Refusal(page, reason)), .. (outcome.Decision?.Refusals ?? []).Select(reason => SpaceWords.Refusal(page, calendar.Spaces!, reason))];

    private static async Task<IResult> DoAsync(PageContext page, HttpContext context, SignedIn me, string agent, string key, Func<Task<StateChange?>> work, Dictionary<string, string> entered, CancellationToken cancellation)
    {
        try
        {
            return await work() switch
            {
                null => UiExtensions.Problem(page, StatusCodes.Status404NotFound),
                { Allowed: true } => Results.LocalRedirect(page.Url(PathOf(agent, key))),
                var change => await OneAsync(page, context, me, agent, key, [.. change.Refusals.Select(reason => SpaceWords.Refusal(page, reason))], Refused.Nothing, cancellation),
            };
        }
        catch (AccessException mistake)
        {
            return await OneAsync(page, context, me, agent, key, [], Refused.Of(page, mistake) with { Values = entered }, cancellation);
        }
    }

    private static async Task<IResult> BookAsync(
        PageContext page, HttpContext context, SignedIn me, BookingRegister register, SpaceCalendar calendar, string agent,
        [FromForm] string? space, [FromForm] string? day, [FromForm] string? time, [FromForm] string? minutes, [FromForm] string? people, [FromForm] string? kind, [FromForm] string? words, CancellationToken cancellation)
    {
        var entered = Entered(("space", space), ("day", day), ("time", time), ("minutes", minutes), ("people", people), ("kind", kind), ("words", words));
        try
        {
            var start = DeskTime.Read(day, time, page.Formats.Zone) ?? throw new AccessException("time", "Write a day and a time.", "spaces.error.begin");
            if (!int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is < 1 or > 31 * 24 * 60)
            {
                throw new AccessException("minutes", "Write how many minutes it lasts.", "spaces.error.minutes");
            }

            var request = new BookingRequest(space ?? "", new Interval(start, start + Duration.FromMinutes(length)), kind == "staff" ? BookingKind.Staff : kind == "behalf" ? BookingKind.Behalf : BookingKind.Normal)
            {
                People = int.TryParse(people, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
            };
            return await register.BookForAsync(request, words ?? "", agent, me.Actor, cancellation) is { Booking: null, Decision: var decision }
                ? BehalfPage(page, context, agent, entered, [.. decision.Refusals.Select(reason => SpaceWords.Refusal(page, calendar.Spaces!, reason))], Refused.Nothing)
                : Results.LocalRedirect(page.Url(PathOf(agent), [new("day", day)]));
        }
        catch (AccessException mistake)
        {
            return BehalfPage(page, context, agent, entered, [], Refused.Of(page, mistake));
        }
    }

    private static IResult BehalfPage(PageContext page, HttpContext context, string agent, Dictionary<string, string> entered, IReadOnlyList<string> told, Refused refused)
    {
        var calendar = context.RequestServices.GetRequiredService<SpaceCalendar>();
        return !SpaceDesk.Keeps(calendar, agent) ? UiExtensions.Problem(page, StatusCodes.Status404NotFound)
            : new RazorComponentResult<BehalfPage>(new { Page = page, Agent = agent, Spaces = calendar.Spaces!, Told = told, Refused = refused with { Values = entered }, calendar.Today })
            {
                StatusCode = refused.Errors.Count > 0 ? StatusCodes.Status400BadRequest : told.Count > 0 ? StatusCodes.Status409Conflict : StatusCodes.Status200OK,
            };
    }

    // Before the look, not after.
    private static async Task<IReadOnlyDictionary<int, string>> NamesAsync(PageContext page, IServiceProvider services, SignedIn me, string agent, IReadOnlyList<BookingView> bookings, CancellationToken cancellation)
    {
        var ids = bookings.Select(booking => booking.AgentId).OfType<int>().Distinct().ToList();
        await services.GetRequiredService<PersonalData>().RecordDailyReadAsync(ids.Where(id => id != me.AgentId), me.Actor, What, NameOf(page, services, agent), cancellation);
        return await services.GetRequiredService<BookingRegister>().NamesAsync(ids, cancellation);
    }

    private static string NameOf(PageContext page, IServiceProvider services, string agent)
    {
        var catalog = services.GetRequiredService<Catalog>();
        return catalog.Find(catalog.Agents, agent)?.Row.Name(page.Language) ?? agent;
    }

    private static Dictionary<string, string> Entered(params ReadOnlySpan<(string Field, string? Value)> fields)
    {
        var entered = new Dictionary<string, string>();
        foreach (var (field, value) in fields)
        {
            entered[field] = value ?? "";
        }

        return entered;
    }
}
