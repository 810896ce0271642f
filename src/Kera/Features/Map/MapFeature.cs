using Kera.Base;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Ui;
using Kera.Features.Map.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Kera.Features.Map;

/// <summary>What is here, what is coming, when: the district's places on a map and each on a page of its own.</summary>
public sealed class MapFeature : IFeature
{
    internal static string MapPath => "/map";

    internal static string PlacesOnMapPath => "/map.geojson";

    internal static string PlacesPath => "/places";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new NavigationEntry(20, "map.navigation", MapPath, "map-trifold"));
        services.AddSingleton<PlaceAtlas>();
        services.AddSingleton<PlaceReader>();
        services.AddSingleton(PlaceSearch.Source);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        pages.MapGet(MapPath, ShowAsync);
        pages.MapGet(PlacesOnMapPath, DrawAsync);
        pages.MapGet(PlacesPath + "/{key}", PlaceAsync);
    }

    internal static string PlacePath(string key) => $"{PlacesPath}/{Uri.EscapeDataString(key)}";

    private static async Task<IResult> ShowAsync(PageContext page, HttpRequest request, PlaceAtlas atlas, DistrictInForce district, IEnumerable<PlaceOffer> offers, IClock clock, CancellationToken cancellation)
    {
        var (view, query, kinds, errors) = await ReadAsync(page, request, atlas, district, offers, clock, cancellation);
        return new RazorComponentResult<MapPage>(new
        {
            Page = page,
            Query = query,
            View = view,
            Kinds = kinds,
            Offers = offers.Select(offer => KeyValuePair.Create(offer.Key, page.Texts[offer.TextKey])).ToList(),
            District = district.Model?.Header.Name.In(page.Language.Code) ?? district.Key,
            Errors = errors,
        })
        {
            StatusCode = errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static async Task<IResult> DrawAsync(PageContext page, HttpRequest request, PlaceAtlas atlas, DistrictInForce district, IEnumerable<PlaceOffer> offers, IClock clock, CancellationToken cancellation)
    {
        var (view, _, _, errors) = await ReadAsync(page, request, atlas, district, offers, clock, cancellation);
        return errors.Count == 0 && atlas.Projection is { } projection
            ? Results.Text(PlacesOnMap.Write(view, projection, page.Language), "application/geo+json")
            : Results.Text(string.Join('\n', errors.Select(error => $"{error.Key}: {Texts.WithoutSoftHyphens(error.Value)}")), statusCode: errors.Count == 0 ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest);
    }

    private static async Task<(MapView View, MapQuery Query, IReadOnlyList<string> Kinds, Dictionary<string, string> Errors)> ReadAsync(
        PageContext page, HttpRequest request, PlaceAtlas atlas, DistrictInForce district, IEnumerable<PlaceOffer> offers, IClock clock, CancellationToken cancellation)
    {
        var places = atlas.All();
        var years = YearSpan.Of(places, clock.GetCurrentInstant().InZone(page.Formats.Zone).Year);
        var kinds = MapView.KindsOf(places);
        var query = MapQuery.Read(request.Query, years, kinds, [.. offers.Select(offer => offer.Key)], page, out var errors);
        HashSet<string>? offered = query.Offers.Count == 0 ? null : new(StringComparer.Ordinal);
        foreach (var offer in offers.Where(offer => query.Offers.Contains(offer.Key)))
        {
            offered!.UnionWith((await offer.LinksAsync(request.HttpContext.RequestServices, cancellation)).Select(link => link.Place));
        }

        return (new MapView(places, query, years, [.. district.Model?.Timeline.Values ?? []], page.Language, offered), query, kinds, errors);
    }

    /// <summary>The figure of what an hour at a place cost the climate, by the name that whoever knows it gives it.</summary>
    internal static string FootprintOf(string place) => $"carbon.room.{place}";

    private static async Task<IResult> PlaceAsync(PageContext page, string key, HttpContext context, PlaceReader reader, FigureReader figures, IEnumerable<PlaceOffer> offers, CancellationToken cancellation)
    {
        if (await reader.ReadAsync(key, page.Language, context, cancellation) is not { } place)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        List<(string Offer, PlaceOfferLink Link)> here = [];
        foreach (var offer in offers)
        {
            here.AddRange((await offer.LinksAsync(context.RequestServices, cancellation)).Where(link => link.Place == key).Select(link => (page.Texts[offer.TextKey], link)));
        }

        return new RazorComponentResult<PlacePage>(new { Page = page, Place = place, Offers = here, Footprint = await figures.ValueAsync(FootprintOf(key), cancellation) });
    }
}
