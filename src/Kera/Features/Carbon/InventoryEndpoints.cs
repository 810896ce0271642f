using System.Globalization;
using System.Text;
using Kera.Base.Access;
using Kera.Base.Figures;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Carbon.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>The inventory as a page and as the protocol's table.</summary>
internal static class InventoryEndpoints
{
    internal static string SubPath => "/inventory";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(CarbonFeature.Path + SubPath, PageAsync);
        pages.MapGet(CarbonFeature.Path + SubPath + ".csv", CsvAsync);
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, string? year, CarbonBook book, IClock clock, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var time = await YearAsync(year, book, now, cancellation);
        if (year is not null && time is null)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var figures = new FigureContext(context.RequestServices, context.Reader(), page.Language, now);
        var period = time is null ? null : await book.PeriodAsync(time, figures.Reader, cancellation);
        var people = new List<(string Key, FigureValue Value)>();
        if (time is not null && CarbonReckoner.Of(figures) is { } reckoner)
        {
            foreach (var user in Enum.GetValues<Base.District.CarbonUser>())
            {
                if (await reckoner.PerPersonAsync(user, time, cancellation) is { } value)
                {
                    people.Add((CarbonFigures.PerPerson(user, time, book.Zone), value));
                }
            }
        }

        return new RazorComponentResult<InventoryPage>(new
        {
            Page = page,
            Time = time,
            Inventory = period is null or { IsEmpty: true } ? null : new Inventory(period, book.Rules!.Carbon),
            People = (IReadOnlyList<(string, FigureValue)>)people,
            Now = now,
        });
    }

    private static async Task<IResult> CsvAsync(PageContext page, HttpContext context, string? year, CarbonBook book, IClock clock, CancellationToken cancellation) =>
        await YearAsync(year, book, clock.GetCurrentInstant(), cancellation) is { } time && await book.PeriodAsync(time, context.Reader(), cancellation) is { } period
            ? Results.File(Encoding.UTF8.GetBytes(InventoryCsv.Write(new Inventory(period, book.Rules!.Carbon), page)), "text/csv; charset=utf-8", $"inventory-{time.Word(book.Zone)}.csv")
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static async Task<CarbonTime?> YearAsync(string? year, CarbonBook book, Instant now, CancellationToken cancellation) =>
        year is null ? await CarbonFigures.NewestAsync(book, CarbonSpan.Year, now, cancellation)
        : int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 1900 and < 3000 ? CarbonTime.Of(CarbonSpan.Year, new LocalDate(number, 1, 1), book.Zone)
        : null;
}
