using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Groups;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Kera.Sharing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>A series as it was asked for in a form.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Weekday">The days of the week, by their English names.</param>
/// <param name="Weeks">Every how many weeks.</param>
/// <param name="Begin">When it begins, as 18:00.</param>
/// <param name="Minutes">How long it lasts.</param>
/// <param name="People">How many come.</param>
/// <param name="Kind">Empty for a normal one, or what staff make.</param>
/// <param name="Group">The key of the group that it is for; empty for none.</param>
public sealed record SeriesForm(string? From, string? To, string[]? Weekday, string? Weeks, string? Begin, string? Minutes, string? People, string? Kind, string? Group)
{
    private static readonly LocalTimePattern s_time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>The wish.</summary>
    /// <exception cref="AccessException">A field cannot be read.</exception>
    public SeriesWish WishOf(string space, string purpose) => new(
        space,
        Day("from", From),
        Day("to", To),
        (Weekday ?? []).Select(day => Enum.TryParse<IsoDayOfWeek>(day, out var known) && known != IsoDayOfWeek.None ? WeekdaySets.Of(known) : Weekdays.None).Aggregate(Weekdays.None, (all, day) => all | day),
        Number(Weeks),
        s_time.Parse(Begin ?? "") is { Success: true, Value: var begin } ? begin : throw new AccessException("begin", "Write a time as 18:00.", "spaces.series.error.begin"),
        Number(Minutes),
        Kind == nameof(BookingKind.Seasonal) ? BookingKind.Seasonal : BookingKind.Normal,
        new BookingDetails(Number(People), purpose, "") { Group = (Group ?? "").Trim() });

    private static LocalDate Day(string field, string? text) => LocalDatePattern.Iso.Parse(text ?? "") is { Success: true, Value: { Year: >= 2000 and <= 2200 } day }
        ? day
        : throw new AccessException(field, "Write a day.", "spaces.series.error.day");

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>Booking each week, and the page of what was booked so.</summary>
internal static class SeriesEndpoints
{
    private const int WeeksAhead = 12;

    internal static string PlanPathOf(string space) => SpaceEndpoints.PathOf(space) + "/series";

    internal static string PathOf(string key) => $"{BookingEndpoints.Path}/series/{Uri.EscapeDataString(key)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("").RequireSignIn().NotStored();
        own.MapGet(SpaceEndpoints.Path + "/{space}/series", PlanAsync);
        own.MapPost(SpaceEndpoints.Path + "/{space}/series", BookAsync);
        own.MapGet(BookingEndpoints.Path + "/series/{key}", (PageContext page, HttpContext context, SignedIn me, string key, string? told, CancellationToken cancellation) =>
            PageAsync(page, context, me, key, told is "booked" ? told : null, null, cancellation));
        own.MapPost(BookingEndpoints.Path + "/series/{key}/cancel", CancelAsync);
    }

    private static async Task<IResult> PlanAsync(
        PageContext page, HttpContext context, SignedIn me, SeriesRegister series, SpaceCalendar calendar, string space,
        string? from, string? to, string[]? weekday, string? weeks, string? begin, string? minutes, string? people, string? kind, string? group, CancellationToken cancellation)
    {
        if (from is null)
        {
            var day = calendar.Today.PlusDays(1);
            var blank = new SeriesForm(Iso(day), Iso(day.PlusWeeks(WeeksAhead)), [day.DayOfWeek.ToString()], "1", "18:00", minutes, people ?? "1", kind, group);
            return await PlanPageAsync(page, context, me, space, blank, null, Refused.Nothing, cancellation);
        }

        var form = new SeriesForm(from, to, weekday, weeks, begin, minutes, people, kind, group);
        try
        {
            return await PlanPageAsync(page, context, me, space, form, await series.OfferAsync(form.WishOf(space, ""), me, cancellation), Refused.Nothing, cancellation);
        }
        catch (AccessException mistake)
        {
            return await PlanPageAsync(page, context, me, space, form, null, Refused.Of(page, mistake), cancellation);
        }
    }

    private static async Task<IResult> BookAsync(
        PageContext page, HttpContext context, SignedIn me, SeriesRegister series, string space,
        [FromForm] string? from, [FromForm] string? to, [FromForm] string[]? weekday, [FromForm] string? weeks, [FromForm] string? begin, [FromForm] string? minutes,
        [FromForm] string? people, [FromForm] string? kind, [FromForm] string? group, [FromForm] string? purpose, [FromForm] string? seal, CancellationToken cancellation)
    {
        var form = new SeriesForm(from, to, weekday, weeks, begin, minutes, people, kind, group);
        try
        {
            var outcome = await series.BookAsync(form.WishOf(space, purpose ?? ""), seal ?? "", me, cancellation);
            return outcome.Key is { } key
                ? Results.LocalRedirect(page.Url(PathOf(key)) + "?told=booked")
                : await PlanPageAsync(page, context, me, space, form, outcome.Offer, Refused.Of(page, new AccessException("seal", "What is free has changed.", "spaces.series.changed"), ("purpose", purpose)), cancellation);
        }
        catch (AccessException mistake)
        {
            return await PlanPageAsync(page, context, me, space, form, null, Refused.Of(page, mistake, ("purpose", purpose)), cancellation);
        }
    }

    private static async Task<IResult> PlanPageAsync(PageContext page, HttpContext context, SignedIn me, string key, SeriesForm form, SeriesOffer? offer, Refused refused, CancellationToken cancellation)
    {
        var calendar = context.RequestServices.GetRequiredService<SpaceCalendar>();
        if (calendar.Spaces?.Spaces.GetValueOrDefault(key) is not { Bookable: true } space)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var kernel = calendar.Spaces.Tree.Space(key);
        var least = kernel.Rules.LeastDuration ?? kernel.Rules.Step;
        var groups = await context.RequestServices.GetRequiredService<GroupBook>().OfAsync(me.AgentId, cancellation);
        return new RazorComponentResult<SeriesPlanPage>(new
        {
            Page = page,
            calendar.Spaces,
            Space = space,
            Form = form with { Minutes = form.Minutes ?? ((long)least.TotalMinutes).ToString(CultureInfo.InvariantCulture) },
            Offer = offer,
            Groups = groups.Where(group => group.Leads).ToList(),
            calendar.AskerOf(me, space).Staff,
            Refused = refused,
        })
        {
            StatusCode = refused.Errors.Count == 0 ? StatusCodes.Status200OK : offer is null ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict,
        };
    }

    private static async Task<IResult> CancelAsync(
        PageContext page, HttpContext context, SignedIn me, SeriesRegister series, string key, [FromForm] string? booking, [FromForm] string? scope, CancellationToken cancellation)
    {
        if (!Enum.TryParse<SeriesScope>(scope, out var far) || !Enum.IsDefined(far))
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        return await series.CancelAsync(key, booking ?? "", far, me, cancellation) is { } change
            ? await PageAsync(page, context, me, key, null, change, cancellation)
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string key, string? told, SeriesCancellation? change, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var calendar = services.GetRequiredService<SpaceCalendar>();
        if (await services.GetRequiredService<SeriesRegister>().FindAsync(key, me, cancellation) is not { } series || calendar.Spaces?.Spaces.ContainsKey(series.Space) != true)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var group = series.GroupId is { } number ? (await services.GetRequiredService<GroupBook>().NamesAsync([number], cancellation)).GetValueOrDefault(number) : default;
        return new RazorComponentResult<SeriesPage>(new { Page = page, Spaces = calendar.Spaces!, Series = series, GroupName = group.Name, Told = told, Change = change, calendar.Now })
        {
            StatusCode = change is { Cancelled.Count: 0, Kept.Count: > 0 } ? StatusCodes.Status409Conflict : StatusCodes.Status200OK,
        };
    }

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
