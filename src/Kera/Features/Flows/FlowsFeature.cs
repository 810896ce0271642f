using System.Globalization;
using System.Text;
using Kera.Base;
using Kera.Base.Figures;
using Kera.Base.Ui;
using Kera.Features.Flows.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Kera.Features.Flows;

/// <summary>What moved, from whom to whom: the ledger as pages.</summary>
public sealed class FlowsFeature : IFeature
{
    internal static string Path => "/flows";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new NavigationEntry(70, "flows.navigation", Path, "flow-arrow", Tab: false));
        FlowFigures.Register(services);
        FlowSearch.Register(services);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        pages.MapGet(Path, OverviewAsync);
        pages.MapGet(Path + ".csv", CsvAsync);
        pages.MapGet(Path + "/events/{position:long:min(1)}", EventAsync);
        pages.MapGet(Path + "/resources/{key}", ResourceAsync);
    }

    internal static string EventPath(long position) => string.Create(CultureInfo.InvariantCulture, $"{Path}/events/{position}");

    internal static string ResourcePath(string key) => $"{Path}/resources/{Uri.EscapeDataString(key)}";

    /// <summary>The figure of what an event cost the climate, by the name that whoever knows it gives it.</summary>
    internal static string FootprintOf(long position) => string.Create(CultureInfo.InvariantCulture, $"carbon.event.{position}");

    /// <summary>The figure of what a unit of a resource carries, likewise.</summary>
    internal static string FootprintOf(string resource) => $"carbon.intensity.{resource}";

    private static async Task<IResult> OverviewAsync(PageContext page, HttpRequest request, FlowsReader reader, IClock clock, CancellationToken cancellation)
    {
        var choices = reader.Choices();
        var query = FlowsQuery.Read(request.Query, choices, page, out var errors);
        var now = clock.GetCurrentInstant();
        var window = errors.Count > 0 ? null : await WindowAsync(query, page, reader, now, cancellation);
        if (window is not null && query.Bar > window.Starts.Count)
        {
            errors["bar"] = page.Texts.Format("flows.error.bar", ("value", page.Formats.Number(query.Bar.Value)));
        }

        if (window is null || errors.Count > 0)
        {
            return new RazorComponentResult<FlowsPage>(new { Page = page, Query = query, Choices = choices, Errors = errors })
            {
                StatusCode = StatusCodes.Status400BadRequest,
            };
        }

        // Of every action: what comes out of a network is drawn with what went in.
        var amounts = await reader.AmountsAsync(query with { Action = null }, window, cancellation);
        var overview = new FlowsOverview(amounts, window, query.Action, query.Unit);
        var drawn = query.Bar is { } bar ? [.. amounts.Where(amount => window.IndexOf(amount.Start) == bar - 1)] : amounts;
        return new RazorComponentResult<FlowsPage>(new
        {
            Page = page,
            Query = query,
            Choices = choices,
            Now = now,
            Overview = overview,
            Sankey = overview.Chosen is { } chosen ? new FlowsSankey(drawn, chosen.Action, chosen.Unit, query) : null,
            Events = await reader.EventsAsync(query, window, cancellation),
            Balances = await reader.BalancesAsync(query, query.At, cancellation),
        });
    }

    private static async Task<IResult> CsvAsync(PageContext page, HttpRequest request, FlowsReader reader, IClock clock, CancellationToken cancellation)
    {
        var choices = reader.Choices();
        var query = FlowsQuery.Read(request.Query, choices, page, out var errors);
        if (errors.Count > 0)
        {
            return Results.Text(string.Join('\n', errors.Select(error => $"{error.Key}: {Texts.WithoutSoftHyphens(error.Value)}")), statusCode: StatusCodes.Status400BadRequest);
        }

        var window = await WindowAsync(query, page, reader, clock.GetCurrentInstant(), cancellation);
        var overview = new FlowsOverview(await reader.AmountsAsync(query, window, cancellation), window, query.Action, query.Unit);
        return Results.File(Encoding.UTF8.GetBytes(FlowsCsv.Write(overview)), "text/csv; charset=utf-8", FlowsCsv.FileName(overview));
    }

    private static async Task<IResult> EventAsync(PageContext page, long position, FlowsReader reader, FigureReader figures, CancellationToken cancellation) =>
        await reader.EventAsync(position, cancellation) is { } detail
            ? new RazorComponentResult<EventDetailPage>(new { Page = page, Event = detail, Footprint = await figures.ValueAsync(FootprintOf(position), cancellation) })
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static async Task<IResult> ResourceAsync(PageContext page, string key, HttpRequest request, FlowsReader reader, FigureReader figures, IClock clock, CancellationToken cancellation)
    {
        var read = FlowsQuery.Read(request.Query, reader.Choices(), page, out var errors);
        if (errors.Count > 0)
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        if (await reader.ResourceAsync(key, cancellation) is not { } detail)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var query = new FlowsQuery { Resource = key, Before = read.Before };
        NetworkFlows? network = null;
        if (detail.Network)
        {
            var window = await WindowAsync(query, page, reader, clock.GetCurrentInstant(), cancellation);
            network = new NetworkFlows(await reader.AmountsAsync(query, window, cancellation), key, window);
        }

        return new RazorComponentResult<ResourcePage>(new
        {
            Page = page,
            Resource = detail,
            Query = new FlowsQuery { Before = read.Before },
            Network = network,
            Events = await reader.EventsAsync(query, null, cancellation),
            Footprint = await figures.ValueAsync(FootprintOf(key), cancellation),
        });
    }

    private static async Task<FlowsWindow> WindowAsync(FlowsQuery query, PageContext page, FlowsReader reader, Instant now, CancellationToken cancellation)
    {
        var zone = page.Formats.Zone;
        var date = query.From ?? (await reader.NewestAsync(query, cancellation) ?? now).InZone(zone).Date;
        return new FlowsWindow(query.Period, date, zone);
    }
}
