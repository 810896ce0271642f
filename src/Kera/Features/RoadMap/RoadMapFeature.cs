using System.Text;
using Kera.Base;
using Kera.Base.Api;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Search;
using Kera.Base.Ui;
using Kera.Features.RoadMap.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Kera.Features.RoadMap;

/// <summary>Where emissions go over the years: without measures, with them, and as the ledger knows.</summary>
public sealed class RoadMapFeature : IFeature
{
    internal static string Path => "/road-map";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new FooterEntry(3, "roadmap.footer", Path));
        services.AddSingleton(new SearchSource(55, "measure", "roadmap.search.measure", (provider, _) => Task.FromResult(Entries(provider))));
        RoadMapFigures.Register(services);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        pages.MapGet(Path, OverviewAsync);
        pages.MapGet(Path + ".csv", Csv);
        pages.MapGet(Path + "/{key}", Measure);
        endpoints.MapApi().MapRoadMap();
    }

    internal static string MeasurePath(string key) => $"{Path}/{Uri.EscapeDataString(key)}";

    private static async Task<IResult> OverviewAsync(PageContext page, string? show, FigureReader figures, DistrictInForce district, Catalog catalog, IClock clock, CancellationToken cancellation)
    {
        var known = show is null or "annual" or "cumulative";
        return new RazorComponentResult<RoadMapPage>(new
        {
            Page = page,
            View = View(page, district, catalog),
            Actual = await RoadMapActual.ReadAsync(figures, page.Formats.Zone, cancellation),
            Year = clock.GetCurrentInstant().InZone(page.Formats.Zone).Year,
            Cumulative = show == "cumulative",
            Unknown = known ? null : show,
        })
        {
            StatusCode = known ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static IResult Csv(PageContext page, string? table, DistrictInForce district, Catalog catalog)
    {
        table ??= RoadMapCsv.Tables.Keys.First();
        return View(page, district, catalog) is not { } view ? Results.NotFound()
            : RoadMapCsv.Tables.TryGetValue(table, out var write) ? Results.File(Encoding.UTF8.GetBytes(write(view)), "text/csv; charset=utf-8", $"road-map-{table}.csv")
            : Results.Text(page.Texts.Format("roadmap.error.table", ("value", table), ("tables", string.Join(", ", RoadMapCsv.Tables.Keys))), statusCode: StatusCodes.Status400BadRequest);
    }

    private static IResult Measure(PageContext page, string key, DistrictInForce district, Catalog catalog) =>
        View(page, district, catalog) is { } view && view.RoadMap.Measures.TryGetValue(key, out var measure)
            ? new RazorComponentResult<MeasurePage>(new { Page = page, View = view, Measure = measure })
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static RoadMapView? View(PageContext page, DistrictInForce district, Catalog catalog) => district.Model is { RoadMap: { } roadMap } model
        ? new RoadMapView(page, model, roadMap, catalog.Agents.All.ToDictionary(agent => agent.Row.Key, agent => agent.Row))
        : null;

    private static IReadOnlyList<SearchEntry> Entries(IServiceProvider services) =>
        [.. (services.GetRequiredService<DistrictInForce>().Model?.RoadMap?.Measures.Values ?? []).Select(measure => new SearchEntry(measure.Name, measure.Text, MeasurePath(measure.Key)))];
}
