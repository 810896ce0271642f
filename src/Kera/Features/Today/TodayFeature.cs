using Kera.Base;
using Kera.Base.Accounts;
using Kera.Base.Api;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Letters;
using Kera.Base.Ui;
using Kera.Features.Today.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Kera.Features.Today;

/// <summary>What to know before the next hours, and why a number is what it is. All numbers are other features' figures.</summary>
public sealed class TodayFeature : IFeature
{
    internal static string Path => "/today";

    // Another feature's page: linked to where it is there.
    internal static string MapPath => "/map";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new NavigationEntry(10, "today.navigation", Path, "sun-horizon"));
        services.AddSingleton(new LetterPart(400, LetterAsync));
        services.AddSingleton(FigureSearch.Source);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        pages.MapGet(Path, TodayAsync);
        pages.MapGet("/why/{figure}", WhyAsync);
        endpoints.MapApi().MapFigures();
    }

    private static async Task<IResult> TodayAsync(PageContext page, HttpContext context, FigureReader figures, IEnumerable<Tile> tiles, IEnumerable<Need> needs, DistrictInForce district, IClock clock, CancellationToken cancellation)
    {
        var shown = new List<TodayTile>();
        foreach (var tile in tiles.OrderBy(tile => tile.Order))
        {
            shown.Add(new TodayTile(tile, figures.Find(tile.FigureKey), await figures.ValueAsync(tile.FigureKey, cancellation)));
        }

        var me = SignedIn.Of(context);
        var waiting = new List<NeedLine>();
        if (me is not null)
        {
            context.Response.Headers.CacheControl = "no-store";
            foreach (var need in needs.OrderBy(need => need.Order))
            {
                if (await need.Find(context, me) is { } line)
                {
                    waiting.Add(line);
                }
            }
        }

        return new RazorComponentResult<TodayPage>(new
        {
            Page = page,
            View = new TodayView(shown, district.Model, NameOf(district, page), clock.GetCurrentInstant(), page.Formats.Zone),
            IsSignedIn = me is not null,
            Needs = (IReadOnlyList<NeedLine>)waiting,
        });
    }

    private static async Task<IResult> WhyAsync(PageContext page, string figure, FigureReader figures, DistrictInForce district, IClock clock, CancellationToken cancellation) =>
        figures.Find(figure) is { } found
            ? new RazorComponentResult<WhyPage>(new
            {
                Page = page,
                Figure = found,
                Value = await figures.ValueAsync(figure, cancellation),
                District = NameOf(district, page),
                Now = clock.GetCurrentInstant(),
            })
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    /// <summary>What the timeline says of the days just past, and what comes next.</summary>
    private static Task<LetterContent?> LetterAsync(LetterContext letter, CancellationToken cancellation)
    {
        const int Most = 4;
        var timeline = letter.Services.GetRequiredService<DistrictInForce>().Model?.Timeline.Values ?? [];
        var lines = timeline.Where(each => each.Date.Last >= letter.Monday.PlusDays(-7)).OrderBy(each => each.Date.Last).Take(Most)
            .Select(each => new LetterLine($"{letter.Page.Formats.Date(each.Date)}: {each.Title.In(letter.Page.Language.Code)}", each.Place is { } place && letter.Page.HasPage(MapPath) ? $"/places/{Uri.EscapeDataString(place)}" : ""));
        return Task.FromResult<LetterContent?>(new LetterContent(letter.Page.Texts["today.letter"], [.. lines]));
    }

    private static string NameOf(DistrictInForce district, PageContext page) => district.Model?.Header.Name.In(page.Language.Code) ?? district.Key;
}
