using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Kera.Sharing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>What somebody looks for.</summary>
/// <param name="Day">From which day on.</param>
/// <param name="Minutes">How long; null for what each space is booked for at least.</param>
/// <param name="People">How many come.</param>
/// <param name="StepFree">Whether it is reached without a step.</param>
/// <param name="Feature">What it has; null for anything.</param>
public sealed record SpaceWish(LocalDate Day, int? Minutes, int People, bool StepFree, string? Feature);

/// <summary>A space that was found.</summary>
/// <param name="Space">The space.</param>
/// <param name="Kernel">Its rules and hours.</param>
/// <param name="First">When it is free first; null where not in the weeks that were looked at.</param>
/// <param name="Price">What that costs; null where it has no free time.</param>
/// <param name="Footprint">What an hour of it costs the climate; null where nobody tells.</param>
public sealed record FoundSpace(DistrictSpace Space, Space Kernel, Interval? First, PriceQuote? Price, FigureValue? Footprint);

/// <summary>The free starts of a space on a day.</summary>
/// <param name="Duration">How long a booking from each lasts.</param>
/// <param name="Starts">The starts, in order, with what each costs.</param>
/// <param name="Next">The first free time after the day, where it has none; null where none is near.</param>
public sealed record FreeDay(Duration Duration, IReadOnlyList<(Instant Start, decimal Price)> Starts, Interval? Next);

/// <summary>Looking for a space, and the page of each: nobody has to sign in for that.</summary>
internal static class SpaceEndpoints
{
    private const int WeeksAhead = 4;
    private const int LongestMinutes = 31 * 24 * 60;
    private const int MostPeople = 100_000;

    internal static string Path => "/spaces";

    internal static string PathOf(string space) => $"{Path}/{Uri.EscapeDataString(space)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, SearchAsync);
        pages.MapGet(Path + "/{space}", OneAsync);
        pages.MapGroup("").RequireSignIn().NotStored().MapPost(Path + "/{space}/fault", ReportAsync);
    }

    private static async Task<IResult> OneAsync(PageContext page, HttpContext context, SpaceCalendar calendar, FigureReader figures, string space, string? day, string? minutes, string? people, CancellationToken cancellation) =>
        Wish(calendar, day, minutes, people, null, null) is { } wish
            ? await SpaceAsync(page, context, calendar, figures, space, wish, null, cancellation)
            : UiExtensions.Problem(page, StatusCodes.Status400BadRequest);

    private static async Task<IResult> ReportAsync(
        PageContext page, HttpContext context, SignedIn me, SpaceCalendar calendar, SpaceFaults faults, FigureReader figures, string space, [FromForm] string? words, CancellationToken cancellation)
    {
        try
        {
            await faults.ReportAsync(space, words ?? "", me, page.Language, cancellation);
            // Where whoever reported sees who has it, and by when it is answered.
            return Results.LocalRedirect(page.Url(AccountExtensions.MyPath));
        }
        catch (AccessException mistake)
        {
            return await SpaceAsync(page, context, calendar, figures, space, Wish(calendar, null, null, null, null, null)!, null, cancellation, Refused.Of(page, mistake, ("words", words)));
        }
    }

    private static async Task<IResult> SearchAsync(
        PageContext page, HttpContext context, SpaceCalendar calendar, BookingRegister register, FigureReader figures, string? day, string? minutes, string? people, string? stepFree, string? feature, CancellationToken cancellation)
    {
        if (Wish(calendar, day, minutes, people, stepFree, feature) is not { } wish)
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        NotKept(context);
        var found = await register.FirstFreeAsync(wish, WeeksAhead, SignedIn.Of(context), figures.ValueAsync, cancellation);
        return new RazorComponentResult<SpacesPage>(new { Page = page, Spaces = calendar.Spaces, Wish = wish, Found = found, calendar.Today, calendar.Now });
    }

    /// <summary>The page of a space, with what was refused where something was.</summary>
    internal static async Task<IResult> SpaceAsync(
        PageContext page, HttpContext context, SpaceCalendar calendar, FigureReader figures, string key, SpaceWish wish, RefusedTime? refused, CancellationToken cancellation, Refused? report = null)
    {
        if (calendar.Spaces?.Spaces.GetValueOrDefault(key) is not { } space || !calendar.IsPublished(space))
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        NotKept(context);
        var (me, register) = (SignedIn.Of(context), context.RequestServices.GetRequiredService<BookingRegister>());
        var (kernel, asker) = (calendar.Spaces.Tree.Space(key), calendar.AskerOf(me, space));
        var length = LengthOf(kernel, wish);
        FreeDay? free = null;
        if (space.Bookable)
        {
            var until = wish.Day.PlusWeeks(WeeksAhead);
            var book = await calendar.ReadAsync([key], wish.Day, until, me?.AgentId, cancellation);
            var starts = OfferedStarts.Of(book, key, new StartWish(wish.Day, wish.Day) { Duration = length, People = wish.People }, asker, calendar.Now);
            var next = starts.Starts.Count > 0 ? null : FirstFree.Of(book, new TimeWish([key], length, wish.Day, until) { People = wish.People }, asker, calendar.Now, 1).First is [var first, ..] ? first.Time : (Interval?)null;
            free = new FreeDay(length, [.. starts.Starts.Select(start => (start, register.PriceOf(new BookingRequest(key, new Interval(start, start + length)), asker).Gross))], next);
        }

        return new RazorComponentResult<SpacePage>(new
        {
            Page = page,
            Spaces = calendar.Spaces,
            Space = space,
            Kernel = kernel,
            Wish = wish,
            Free = free,
            Footprint = await figures.ValueAsync(FootprintOf(space), cancellation),
            FigureKey = FootprintOf(space),
            SignedIn = me is not null,
            Refused = refused,
            Report = report ?? Base.Ui.Refused.Nothing,
            calendar.Today,
            calendar.Now,
        })
        {
            StatusCode = report is not null ? StatusCodes.Status400BadRequest : refused is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
        };
    }

    /// <summary>The figure of what an hour of a space costs the climate, as the feature that traces registers it.</summary>
    internal static string FootprintOf(DistrictSpace space) => "carbon.room." + space.Place;

    /// <summary>What is looked for; null where it cannot be read.</summary>
    internal static SpaceWish? Wish(SpaceCalendar calendar, string? day, string? minutes, string? people, string? stepFree, string? feature)
    {
        var date = string.IsNullOrEmpty(day) ? calendar.Today : LocalDatePattern.Iso.Parse(day) is { Success: true, Value: var read } ? read : (LocalDate?)null;
        var (length, number) = (Whole(minutes, LongestMinutes), Whole(people, MostPeople));
        return date is not { } known || known.Year is < 2000 or > 2200 || length is < 0 || number is < 0
            ? null
            // What is over is not looked for.
            : new SpaceWish(LocalDate.Max(known, calendar.Today), length, number ?? 1, stepFree is "true", string.IsNullOrEmpty(feature) ? null : feature);
    }

    /// <summary>How long a booking is looked for.</summary>
    internal static Duration LengthOf(Space space, SpaceWish wish) => wish.Minutes is { } minutes ? Duration.FromMinutes(minutes) : space.Rules.LeastDuration ?? space.Rules.Step;

    // Null for nothing, and -1 for what is no number.
    private static int? Whole(string? text, int most) =>
        string.IsNullOrEmpty(text) ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : -1;

    // A time that somebody took is not to be offered for ten seconds more.
    private static void NotKept(HttpContext context) => context.Response.Headers.CacheControl = "no-store";
}
