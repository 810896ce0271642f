using System.Text;
using Kera.Base;
using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Requests;
using Kera.Base.Ui;
using Kera.Energy;
using Kera.Features.Communities.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Kera.Features.Communities;

/// <summary>Energy communities: what a property produces and does not use, shared by fixed percentages, with a statement for each member.</summary>
public sealed class CommunitiesFeature : IFeature
{
    internal static string Path => "/communities";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PointReadings>();
        services.AddSingleton<CarbonIntensities>();
        services.AddSingleton<CommunityNotices>();
        services.AddSingleton<CommunityRequests>();
        services.AddSingleton<CommunityBook>();
        services.AddSingleton(CommunityNotices.Erasure);
        services.AddSingleton(CommunityNotices.Part);
        foreach (var kind in CommunityRequests.Kinds)
        {
            services.AddSingleton(new HeldKind(kind, CommunityRequests.DeskPathOf));
        }

        services.AddSingleton(new MySection(110, MembershipEndpoints.SectionAsync));
        services.AddSingleton(new MySection(835, CommunityDesk.SectionAsync));
        services.AddSingleton(new Need(195, CommunityDesk.NeedAsync));
        CommunityApi.Describe(services);
        services.AddSingleton(new FooterEntry(4, "communities.navigation", Path));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        pages.AddEndpointFilter(OwnAnswerAsync);
        pages.MapGet(Path, Overview);
        pages.MapGet(Path + "/{key}", CommunityAsync);
        pages.MapGet(Path + "/{key}.csv", CommunityCsvAsync);
        pages.MapGet(Path + "/{key}/{point}", StatementAsync);
        pages.MapGet(Path + "/{key}/{point}.csv", StatementCsvAsync);
        MembershipEndpoints.Map(endpoints.MapPages());
        CommunityDesk.Map(endpoints.MapPages());
        endpoints.MapApi().MapCommunities();
    }

    internal static string PathOf(DistrictCommunity community) => $"{Path}/{Uri.EscapeDataString(community.Key)}";

    internal static string PathOf(DistrictCommunity community, string point) => $"{PathOf(community)}/{Uri.EscapeDataString(point)}";

    // What somebody who is signed in may see is nobody else's.
    private static async ValueTask<object?> OwnAnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.User.Identity is { IsAuthenticated: true })
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
        }

        return await next(context);
    }

    private static RazorComponentResult Overview(PageContext page, CommunityBook book, Catalog catalog) =>
        new RazorComponentResult<CommunitiesPage>(new { Page = page, Communities = book.Communities.ToList(), Agents = Agents(catalog, page.Language) });

    private static async Task<IResult> CommunityAsync(PageContext page, HttpContext context, string key, string? month, CommunityBook book, Catalog catalog, CancellationToken cancellation)
    {
        var (read, status) = await ReadAsync(context, key, month, book, cancellation);
        return read is null
            ? UiExtensions.Problem(page, status)
            : new RazorComponentResult<CommunityPage>(new { Page = page, View = new CommunityView(page, read, book.PointNames), Agents = Agents(catalog, page.Language) });
    }

    private static async Task<IResult> CommunityCsvAsync(PageContext page, HttpContext context, string key, string? month, CommunityBook book, CancellationToken cancellation)
    {
        var (read, status) = await ReadAsync(context, key, month, book, cancellation);
        return read is { Whole: true, Settlement: { } settlement, Month: { } settled }
            ? Csv(CommunityCsv.Write(settlement), $"community-{key}-{CommunityBook.Word(settled)}.csv")
            : UiExtensions.Problem(page, status);
    }

    private static async Task<IResult> StatementAsync(PageContext page, HttpContext context, string key, string point, string? month, CommunityBook book, CancellationToken cancellation)
    {
        var (read, status) = await ReadAsync(context, key, month, book, cancellation);
        return read is not null && StatementOf(read, point) is { } statement
            ? new RazorComponentResult<StatementPage>(new { Page = page, View = new CommunityView(page, read, book.PointNames), Statement = statement })
            : UiExtensions.Problem(page, status);
    }

    private static async Task<IResult> StatementCsvAsync(PageContext page, HttpContext context, string key, string point, string? month, CommunityBook book, CancellationToken cancellation)
    {
        var (read, status) = await ReadAsync(context, key, month, book, cancellation);
        return read is { Month: { } settled } && StatementOf(read, point) is { } statement
            ? Csv(CommunityCsv.Write(statement, read.Carbon[point]), $"statement-{point}-{CommunityBook.Word(settled)}.csv")
            : UiExtensions.Problem(page, status);
    }

    // A community or a month that is not there, and one that is no month.
    private static async Task<(CommunityMonth? Month, int Status)> ReadAsync(HttpContext context, string key, string? month, CommunityBook book, CancellationToken cancellation)
    {
        if (book.Find(key) is not { } community)
        {
            return (null, StatusCodes.Status404NotFound);
        }

        YearMonth? wanted = month is null ? null : CommunityBook.Parse(month);
        return month is not null && wanted is null
            ? (null, StatusCodes.Status400BadRequest)
            : (await book.ReadAsync(community, wanted, new CommunityReader(context.Reader(), context.SeriesReader()), cancellation), StatusCodes.Status404NotFound);
    }

    // A stranger's point is not there, as one that nobody has.
    private static SettlementStatement? StatementOf(CommunityMonth read, string point) =>
        read.Settlement is { } settlement && settlement.Members.Any(member => member.Point == point) ? settlement.Statement(point) : null;

    private static Dictionary<string, string> Agents(Catalog catalog, Language language) => catalog.Agents.All.ToDictionary(agent => agent.Row.Key, agent => agent.Row.Name(language), StringComparer.Ordinal);

    private static IResult Csv(string text, string name) => Results.File(Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", name);
}
