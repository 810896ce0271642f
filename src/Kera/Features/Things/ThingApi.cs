using System.Diagnostics.CodeAnalysis;
using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Store;
using Kera.Sharing;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Things;

/// <summary>Things for programs: what there is and what is free, for everyone.</summary>
internal static class ThingApi
{
    private const int DaysShown = 30;
    private const int MostDays = 366;
    private const int LongestQuery = 100;

    public static void Describe(IServiceCollection services)
    {
        services.AddSingleton(new ApiParameter("words", "Words of a name or description, in any of the three languages.", "porakone"));
        services.AddSingleton(new ApiParameter("category", "The key of what kinds are grouped under.", "tools"));
        services.AddSingleton(new ApiParameter("first", "The first day, as 2026-12-01; left out, today.", "2026-12-01"));
        services.AddSingleton(new ApiParameter("last", "The last day, as 2026-12-05; left out, the first.", "2026-12-05"));
    }

    public static void MapThings(this RouteGroupBuilder api)
    {
        api.MapGet("/things", SearchAsync).Takes("words", "category", "first", "last").Describes<IReadOnlyList<ThingDocument>>("Things", "Lists kinds of things that are lent; with first and last those of which one is free all those days");
        api.MapGet("/things/{id}", OneAsync).Takes("first", "last").Describes<ThingDaysDocument>("Things", "Gives a kind with how many are free on each day");
        api.MapGet("/things/items/{id}", ItemAsync).Describes<ThingItemDocument>("Things", "Tells where an item is; not with whom");
    }

    /// <summary>A day in a text; null for what is none.</summary>
    internal static LocalDate? Day(string? text) => LocalDatePattern.Iso.Parse(text ?? "") is { Success: true, Value: { Year: > 2000 and < 2200 } day } ? day : null;

    internal static string Text(LocalDate day) => LocalDatePattern.Iso.Format(day);

    private static async Task<IResult> SearchAsync(HttpContext context, ThingShelf shelf, CancellationToken cancellation)
    {
        if (!TryRead(context, shelf.Today, out var span, out var problem))
        {
            return problem;
        }

        var (words, category) = (context.Request.Query["words"].ToString().Trim(), context.Request.Query["category"].ToString());
        List<ThingKind> kinds = [.. (shelf.Things?.Kinds.Values ?? []).Where(kind => (category.Length == 0 || kind.Category == category) && ThingWords.Matches(kind, words))];
        var stock = await shelf.StockAsync(kinds, cancellation);
        return new Answer(kinds.Where(kind => span is null || stock[kind.Key].Fits(span.Value)).Select(kind => new ThingDocument(stock[kind.Key], shelf.Today)).ToList());
    }

    private static async Task<IResult> OneAsync(string id, HttpContext context, ThingShelf shelf, CancellationToken cancellation)
    {
        if (shelf.Things?.Kinds.GetValueOrDefault(id) is not { } kind)
        {
            return Problems.NotFound("thing", id);
        }

        if (!TryRead(context, shelf.Today, out var asked, out var problem))
        {
            return problem;
        }

        var stock = (await shelf.StockAsync([kind], cancellation))[id];
        var span = asked ?? new ThingClaim(shelf.Today, shelf.Today.PlusDays(DaysShown - 1));
        return new Answer(new ThingDaysDocument(stock, shelf.Today, span, kind.Waiver is { } waiver ? shelf.Things.Waivers[waiver] : null));
    }

    private static async Task<IResult> ItemAsync(string id, ItemRegister items, CancellationToken cancellation) =>
        await items.FindAsync(id, cancellation) is { } view
            ? new Answer(new ThingItemDocument(view.Item.Key, view.Kind.Key, view.Loan is not null ? "lent" : view.State == ThingItemState.InUse ? "here" : "away", view.Kind.Keeper, view.Kind.Place, view.Item.Resource))
            : Problems.NotFound("item", id);

    // No span where neither day is given; the first alone is that day, the last alone goes on from today.
    private static bool TryRead(HttpContext context, LocalDate today, out ThingClaim? span, [NotNullWhen(false)] out IResult? problem)
    {
        var (from, until) = (context.Request.Query["first"].ToString(), context.Request.Query["last"].ToString());
        var first = from.Length == 0 ? today : Day(from);
        var last = until.Length == 0 ? first : Day(until);
        span = from.Length + until.Length > 0 && first is not null && last is not null ? new ThingClaim(first.Value, last.Value) : null;
        problem = first is null ? Problems.OfQuery(new WrongParameter("first", "is a day as 2026-12-01."))
            : last is null || last < first || Period.DaysBetween(first.Value, last.Value) >= MostDays ? Problems.OfQuery(new WrongParameter("last", $"is a day as 2026-12-05, not before 'first' and less than {MostDays} days after it."))
            : context.Request.Query["words"].ToString().Length > LongestQuery ? Problems.OfQuery(new WrongParameter("words", $"has at most {LongestQuery} characters."))
            : null;
        return problem is null;
    }
}
