using System.Text;
using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ui;
using Kera.Features.Homes.Pages;
using Kera.Flows;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kera.Features.Homes;

/// <summary>Buildings for everyone: of public flows only.</summary>
internal static class BuildingEndpoints
{
    internal static string Path => "/buildings";

    internal static string PathOf(string place) => $"{Path}/{Uri.EscapeDataString(place)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Overview);
        pages.MapGet(Path + "/{place}", PageAsync);
        pages.MapGet(Path + "/{place}.csv", CsvAsync);
    }

    private static RazorComponentResult Overview(PageContext page, BuildingBook book) =>
        new RazorComponentResult<BuildingsPage>(new { Page = page, Buildings = (IReadOnlyList<DistrictBuilding>)[.. book.Buildings] });

    private static async Task<IResult> PageAsync(PageContext page, BuildingBook book, FigureReader figures, string place, string? month, CancellationToken cancellation)
    {
        var (building, period) = (Find(book, place), Month(book, month));
        if (building is null || period is null)
        {
            return UiExtensions.Problem(page, building is null ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest);
        }

        var read = await book.ReadAsync(building, period, cancellation);
        var ahead = new Dictionary<string, FigureValue>(StringComparer.Ordinal);
        foreach (var network in read.Flows.Where(flow => !flow.Produced).Select(flow => flow.Network).Distinct())
        {
            if (await figures.ValueAsync(AheadOf(network), cancellation) is { } value)
            {
                ahead[network] = value;
            }
        }

        return new RazorComponentResult<BuildingPage>(new { Page = page, Read = read, Newest = book.Newest, Ahead = ahead, Coverage = await MyHomeEndpoints.CoverageAsync(figures, read.Flows.Where(flow => flow.Total.Traced > Quantity.Zero).Select(flow => flow.Network), period, cancellation) });
    }

    private static async Task<IResult> CsvAsync(PageContext page, BuildingBook book, string place, string? month, CancellationToken cancellation) =>
        Find(book, place) is { } building && Month(book, month) is { } period
            ? Results.File(Encoding.UTF8.GetBytes(HomeCsv.Write(await book.ReadAsync(building, period, cancellation))), "text/csv; charset=utf-8", $"building-{place}-{period.Word}.csv")
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    /// <summary>The figure of what gives to a network in the coming day, as the feature that plans registers it.</summary>
    internal static string AheadOf(string network) => "energy.ahead." + network;

    private static DistrictBuilding? Find(BuildingBook book, string place) => book.Buildings.FirstOrDefault(building => building.Place == place);

    private static HomePeriod? Month(BuildingBook book, string? month) => month is null ? book.Newest : HomePeriod.Parse(month) is { Span: HomeSpan.Month } period ? period : null;
}
