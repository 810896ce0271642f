using System.Globalization;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ui;
using Kera.Features.Things.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Things;

/// <summary>A kind that was found.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="First">The first day on which one is free; null where none is within the horizon.</param>
/// <param name="Footprint">What an hour of it carries; null where nobody tells.</param>
public sealed record FoundKind(ThingKind Kind, LocalDate? First, FigureValue? Footprint);

/// <summary>What a form of a kind was sent with, and what became of it.</summary>
/// <param name="First">The first day.</param>
/// <param name="Days">For how many days.</param>
/// <param name="Site">The site; null for none.</param>
/// <param name="Refusals">Why it is refused.</param>
public sealed record KindState(LocalDate First, int Days, string? Site, IReadOnlyList<ThingRefusal> Refusals);

/// <summary>Looking for things, the page of each kind and each item, and reserving: looking needs no sign-in.</summary>
internal static class ThingEndpoints
{
    private const int LongestQuery = 100;
    private const int LongestDays = 3_660;

    internal static string Path => "/things";

    internal static string PathOf(string kind) => $"{Path}/{Uri.EscapeDataString(kind)}";

    internal static string PathOfItem(string item) => $"{Path}/item/{Uri.EscapeDataString(item)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, SearchAsync);
        pages.MapGet(Path + "/{kind}", (PageContext page, HttpContext context, string kind, string? first, string? days, string? site, CancellationToken cancellation) =>
            Wish(context, first, days, site, false, false) is { } wish ? KindAsync(page, context, kind, new KindState(wish.First, wish.Days, wish.Site, []), cancellation) : Task.FromResult<IResult>(UiExtensions.Problem(page, StatusCodes.Status400BadRequest)));
        pages.MapGet(Path + "/item/{item}", ItemAsync);
        var own = pages.MapGroup("").RequireSignIn().NotStored();
        own.MapPost(Path + "/{kind}/reserve", (PageContext page, HttpContext context, SignedIn me, string kind, [FromForm] string? first, [FromForm] string? days, [FromForm] string? site, [FromForm] string? delivered, [FromForm] string? signs, CancellationToken cancellation) =>
            EnterAsync(page, context, me, kind, Wish(context, first, days, site, delivered is "true", signs is "true"), null, cancellation));
        own.MapPost(Path + "/{kind}/wait", (PageContext page, HttpContext context, SignedIn me, string kind, [FromForm] string? first, [FromForm] string? days, [FromForm] string? latest, [FromForm] string? site, [FromForm] string? signs, CancellationToken cancellation) =>
            EnterAsync(page, context, me, kind, Wish(context, first, days, site, false, signs is "true"), latest ?? "", cancellation));
        own.MapPost(Path + "/kits/{kit}/reserve", KitAsync);
    }

    private static async Task<IResult> SearchAsync(PageContext page, HttpContext context, ThingShelf shelf, string? q, string? category, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        var words = (q ?? "").Trim();
        if (words.Length > LongestQuery)
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        List<FoundKind> found = [];
        if (shelf.Things is { } things)
        {
            var figures = await FigureReader.BindAsync(context);
            List<ThingKind> kinds = [.. things.Kinds.Values.Where(kind => (string.IsNullOrEmpty(category) || kind.Category == category) && ThingWords.Matches(kind, words, page.Language))];
            var stock = await shelf.StockAsync(kinds, cancellation);
            foreach (var kind in kinds)
            {
                found.Add(new FoundKind(kind, stock[kind.Key].FirstFree(shelf.Today, shelf.Today, 1), await figures.ValueAsync(ThingFigureBook.HourOf(kind), cancellation)));
            }
        }

        return new RazorComponentResult<ThingsPage>(new { Page = page, shelf.Things, Query = words, Category = category, Found = found, shelf.Today, SignedIn = SignedIn.Of(context) is not null, Avoided = await (await FigureReader.BindAsync(context)).ValueAsync(ThingFigureBook.Avoided, cancellation) });
    }

    private static async Task<IResult> EnterAsync(PageContext page, HttpContext context, SignedIn me, string key, LoanWish? wish, string? latest, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<ThingShelf>().Things?.Kinds.GetValueOrDefault(key) is not { } kind)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var until = latest is null ? null : LocalDatePattern.Iso.Parse(latest);
        if (wish is null || until is { Success: false })
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        var register = services.GetRequiredService<LoanRegister>();
        var outcome = until is null ? await register.ReserveAsync([kind], wish, me, cancellation) : await register.WaitAsync(kind, wish, until.Value, me, cancellation);
        return outcome.Keys is [var loan] ? Results.LocalRedirect(page.Url(LoanEndpoints.PathOf(loan))) : await KindAsync(page, context, key, new KindState(wish.First, wish.Days, wish.Site, outcome.Refusals), cancellation);
    }

    private static async Task<IResult> KitAsync(PageContext page, HttpContext context, SignedIn me, ThingShelf shelf, LoanRegister register, string kit, [FromForm] string? first, [FromForm] string? days, [FromForm] string? signs, CancellationToken cancellation)
    {
        if (shelf.Things?.Kits.GetValueOrDefault(kit) is not { } known)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        if (Wish(context, first, days, null, false, signs is "true") is not { } wish)
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        var outcome = await register.ReserveAsync([.. known.Kinds.Select(kind => shelf.Things.Kinds[kind])], wish, me, cancellation);
        return outcome.Refusals.Count == 0
            ? Results.LocalRedirect(page.Url(AccountExtensions.MyPath) + "#my-loans")
            // What is in the way is told on the page of the first kind that it is about.
            : await KindAsync(page, context, outcome.Refusals[0].Kind.Key, new KindState(wish.First, wish.Days, null, outcome.Refusals), cancellation);
    }

    private static async Task<IResult> KindAsync(PageContext page, HttpContext context, string key, KindState state, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var shelf = services.GetRequiredService<ThingShelf>();
        if (shelf.Things?.Kinds.GetValueOrDefault(key) is not { } kind)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        context.Response.Headers.CacheControl = "no-store";
        var me = SignedIn.Of(context);
        var stock = (await shelf.StockAsync([kind], cancellation))[key];
        return new RazorComponentResult<KindPage>(new
        {
            Page = page,
            Things = shelf.Things,
            Stock = stock,
            Next = stock.FirstFree(shelf.Today, LocalDate.Max(state.First, shelf.Today), Math.Clamp(state.Days, 1, kind.Terms.MostDays)),
            Footprint = await (await FigureReader.BindAsync(context)).ValueAsync(ThingFigureBook.HourOf(kind), cancellation),
            Sites = me is null ? [] : SiteDesk.SitesOf(shelf, me).ToList(),
            SignedIn = me is not null,
            Signs = me is not null && kind.Waiver is { } waiver && !await services.GetRequiredService<ThingWaivers>().HasSignedAsync(waiver, me.AgentId, cancellation),
            State = state,
            shelf.Today,
        })
        {
            StatusCode = state.Refusals.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
        };
    }

    private static async Task<IResult> ItemAsync(PageContext page, HttpContext context, ItemRegister items, string item, CancellationToken cancellation)
    {
        if (await items.FindAsync(item, cancellation) is not { } view)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        // Who keeps it wants to hand it out or take it back.
        context.Response.Headers.CacheControl = "no-store";
        return SignedIn.Of(context) is { } me && me.Roles.Contains(new RoleGrant(Role.Partner, view.Kind.Keeper))
            ? Results.LocalRedirect(page.Url(ThingDesk.PathOfItem(view.Kind.Keeper, item)))
            : new RazorComponentResult<ItemPage>(new { Page = page, View = view });
    }

    // Null for what no form sends.
    private static LoanWish? Wish(HttpContext context, string? first, string? days, string? site, bool delivered, bool signs)
    {
        var today = context.RequestServices.GetRequiredService<ThingShelf>().Today;
        var day = string.IsNullOrEmpty(first) ? today : LocalDatePattern.Iso.Parse(first) is { Success: true, Value: { Year: > 2000 and < 2200 } read } ? read : (LocalDate?)null;
        return day is { } known && (string.IsNullOrEmpty(days) || (int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= LongestDays))
            ? new LoanWish(known, string.IsNullOrEmpty(days) ? 1 : int.Parse(days, CultureInfo.InvariantCulture), string.IsNullOrEmpty(site) ? null : site, delivered, signs)
            : null;
    }
}
