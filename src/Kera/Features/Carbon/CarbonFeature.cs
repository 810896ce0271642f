using System.Text;
using Kera.Base;
using Kera.Base.Access;
using Kera.Base.Figures;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Carbon.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>What flows cost the climate: traced hour by hour, shown, reported.</summary>
public sealed class CarbonFeature : IFeature
{
    internal static string Path => "/carbon";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<CarbonTracing>();
        services.AddSingleton<CarbonBook>();
        services.AddSingleton<CarbonViewer>();
        services.AddHostedService<CarbonWatch>();
        services.AddSingleton(new NavigationEntry(50, "carbon.navigation", Path, "leaf"));
        services.AddSingleton(new Tile(15, "carbon.hour", Path));
        CarbonFigures.Register(services);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        pages.MapGet(Path, PageAsync);
        pages.MapGet(Path + ".csv", CsvAsync);
        InventoryEndpoints.Map(pages);
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, string? at, CarbonBook book, CarbonViewer viewer, IClock clock, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        if (at is not null && CarbonTime.Parse(at, book.Zone) is null)
        {
            return new RazorComponentResult<CarbonPage>(new { Page = page, Now = now, Wrong = at.Length > 40 ? at[..40] + "…" : at }) { StatusCode = StatusCodes.Status400BadRequest };
        }

        var time = at is null ? await DefaultAsync(book, now, cancellation) : CarbonTime.Parse(at, book.Zone);
        var view = time is null ? null : await viewer.ViewAsync(time, Context(page, context, now), cancellation);
        return new RazorComponentResult<CarbonPage>(new
        {
            Page = page,
            Now = now,
            // Who asked for no time is told of none that is empty.
            Time = at is null ? view?.Time : time,
            Avoidances = (IReadOnlyList<Base.District.CarbonAvoidance>)[.. book.Rules?.Carbon.Avoidances.Values ?? []],
            View = view,
        });
    }

    private static async Task<IResult> CsvAsync(PageContext page, HttpContext context, string? at, string? table, CarbonBook book, CarbonViewer viewer, IClock clock, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var time = at is null ? await DefaultAsync(book, now, cancellation) : CarbonTime.Parse(at, book.Zone);
        if (time is null || await viewer.ViewAsync(time, Context(page, context, now), cancellation) is not { } view)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var csv = table switch
        {
            null => CarbonCsv.Write(view),
            "course" => CarbonCsv.WriteCourse(view),
            "intensity" => CarbonCsv.WriteIntensities(view),
            _ => null,
        };
        return csv is null
            ? UiExtensions.Problem(page, StatusCodes.Status404NotFound)
            : Results.File(Encoding.UTF8.GetBytes(csv), "text/csv; charset=utf-8", $"carbon-{(table is null ? "" : table + "-")}{time.Word(book.Zone)}.csv");
    }

    // The last whole day; of a district that has begun today, its newest hour.
    private static async Task<CarbonTime?> DefaultAsync(CarbonBook book, Instant now, CancellationToken cancellation) =>
        await CarbonFigures.NewestAsync(book, CarbonSpan.Day, now, cancellation) ?? await CarbonFigures.NewestAsync(book, CarbonSpan.Hour, now, cancellation);

    private static FigureContext Context(PageContext page, HttpContext context, Instant now) => new(context.RequestServices, context.Reader(), page.Language, now);
}
