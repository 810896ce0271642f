using System.Text;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Homes.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Homes;

/// <summary>What the page of one's own home shows.</summary>
/// <param name="View">What is metered.</param>
/// <param name="Home">Where it is; null where that is unsaid.</param>
/// <param name="Compared">It beside homes like it; null where it is not to be compared.</param>
/// <param name="Month">The month of the comparison.</param>
/// <param name="Ahead">The best hours that come.</param>
/// <param name="Reports">Reports of its rooms.</param>
/// <param name="Coverage">By network, how much of what it carried in the stretch has factors.</param>
/// <param name="Now">The present moment.</param>
public sealed record MyHome(HomeView View, Home? Home, IReadOnlyList<ComparedHome>? Compared, YearMonth Month, HomeAhead? Ahead, IReadOnlyList<HeldReport> Reports, IReadOnlyDictionary<string, FigureCoverage> Coverage, Instant Now);

/// <summary>One's own home: nothing here is anybody else's, so being signed in is all that is asked.</summary>
internal static class MyHomeEndpoints
{
    private const string DemonstrationResident = "demonstration.resident";

    internal static string Path => AccountExtensions.MyPath + "/home";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("").RequireSignIn().NotStored();
        own.MapGet(Path, (PageContext page, HttpContext context, SignedIn me, string? at, string? told, CancellationToken cancellation) =>
            PageAsync(page, context, me, at, told is "saved" or "reported" ? told : null, Refused.Nothing, cancellation));
        own.MapGet(Path + ".csv", CsvAsync);
        own.MapPost(Path, SetAsync);
        own.MapPost(Path + "/report", ReportAsync);
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string? at, string? told, Refused refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (book, register) = (services.GetRequiredService<HomeBook>(), services.GetRequiredService<HomeRegister>());
        if (Period(book, at) is not { } period)
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        if (page.Options.Demonstration && await services.GetRequiredService<Base.Accounts.Accounts>().FindIdAsync(DemonstrationResident) == me.AccountId)
        {
            await services.GetRequiredService<DemonstrationHomes>().FurnishAsync(me.AgentId, me.PersonKey, cancellation);
        }

        var home = await register.FindAsync(me.AgentId, cancellation);
        var view = await book.ReadAsync(me.AgentId, me.PersonKey, period, cancellation);
        var comparison = services.GetRequiredService<HomeComparison>();
        return new RazorComponentResult<MyHomePage>(new
        {
            Page = page,
            Buildings = (IReadOnlyList<KeyValuePair<string, string>>)[.. Homes(services, page)],
            Mine = new MyHome(
                view,
                home,
                home is { Kind: { } kind, Size: { } size } ? await comparison.CompareAsync(me.AgentId, me.PersonKey, kind, size, cancellation) : null,
                comparison.Month,
                await book.AheadAsync(cancellation),
                await services.GetRequiredService<RoomReports>().OfPersonAsync(me.AgentId, cancellation),
                await CoverageAsync(await FigureReader.BindAsync(context), view.Uses.Select(use => use.Reading.Network), period, cancellation),
                services.GetRequiredService<IClock>().GetCurrentInstant()),
            Told = told,
            Refused = refused,
        })
        {
            StatusCode = refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static async Task<IResult> CsvAsync(PageContext page, SignedIn me, HomeBook book, string? at, CancellationToken cancellation) => Period(book, at) is { } period
        ? Results.File(Encoding.UTF8.GetBytes(HomeCsv.Write(await book.ReadAsync(me.AgentId, me.PersonKey, period, cancellation))), "text/csv; charset=utf-8", $"my-home-{period.Word}.csv")
        : UiExtensions.Problem(page, StatusCodes.Status400BadRequest);

    private static async Task<IResult> SetAsync(
        PageContext page, HttpContext context, SignedIn me, HomeRegister register, [FromForm] string? place, [FromForm] string? door, [FromForm] string? kind, [FromForm] string? size, CancellationToken cancellation)
    {
        try
        {
            await register.SetAsync(me.AgentId, new Home(place ?? "", door ?? "", Word<HomeKind>(kind), Word<HomeSize>(size)), me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(Path) + "?told=saved#home");
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, null, null, Refused.Of(page, mistake, ("place", place), ("door", door), ("kind", kind), ("size", size)), cancellation);
        }
    }

    private static async Task<IResult> ReportAsync(
        PageContext page, HttpContext context, SignedIn me, HomeRegister register, HomeBook book, RoomReports reports,
        [FromForm] string? room, [FromForm] string? feeling, [FromForm] string? since, [FromForm] string? words, CancellationToken cancellation)
    {
        try
        {
            var home = await register.FindAsync(me.AgentId, cancellation) ?? throw new AccessException("place", "", "homes.error.place");
            var (where, how, day) = (RoomOf(room), FeelingOf(feeling), reports.Since(since));
            var measured = await book.RoomSinceAsync(me.AgentId, me.PersonKey, where, day, cancellation);
            var report = new RoomReport(home.Place, home.Door, where, LocalDatePattern.Iso.Format(day), measured is null ? null : new MeasuredRoom(
                InstantPattern.General.Format(measured.At), measured.Newest.ToDecimal(), measured.Lowest.ToDecimal(), measured.Highest.ToDecimal()));
            await reports.ReportAsync(how, report, words ?? "", HomeWords.Plain(page, how, where), me.AgentId, page.Language.Code, me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(Path) + "?told=reported#reports");
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, null, null, Refused.Of(page, mistake, ("room", room), ("feeling", feeling), ("since", since), ("text", words)), cancellation);
        }
    }

    /// <summary>By network, how much of what it carried in a stretch has factors, where the feature that traces tells.</summary>
    internal static async Task<IReadOnlyDictionary<string, FigureCoverage>> CoverageAsync(FigureReader figures, IEnumerable<string?> networks, HomePeriod period, CancellationToken cancellation)
    {
        var coverage = new Dictionary<string, FigureCoverage>(StringComparer.Ordinal);
        foreach (var network in networks.OfType<string>().Distinct())
        {
            if (await figures.ValueAsync(IntensityOf(network, period), cancellation) is { Coverage: { } told })
            {
                coverage[network] = told;
            }
        }

        return coverage;
    }

    /// <summary>The figure of a network's intensity in a stretch, as the feature that traces registers it.</summary>
    internal static string IntensityOf(string network, HomePeriod period) => $"carbon.resource.{network}.{period.Word}";

    /// <summary>A room as a form names it.</summary>
    /// <exception cref="AccessException">It is none.</exception>
    internal static HomeRoom RoomOf(string? word) => Word<HomeRoom>(word) ?? throw new AccessException("room", "Choose the room.", "homes.error.room");

    /// <summary>Too cold or too warm, as a form names it.</summary>
    /// <exception cref="AccessException">It is neither.</exception>
    internal static RoomFeeling FeelingOf(string? word) => Word<RoomFeeling>(word) ?? throw new AccessException("feeling", "Choose too cold or too warm.", "homes.error.feeling");

    private static T? Word<T>(string? word)
        where T : struct, Enum => Array.Find(Enum.GetNames<T>(), name => name == word) is { } found ? Enum.Parse<T>(found) : null;

    private static HomePeriod? Period(HomeBook book, string? at) => at is null ? HomePeriod.Of(HomeSpan.Month, book.Today.PlusDays(-1)) : HomePeriod.Parse(at);

    private static IEnumerable<KeyValuePair<string, string>> Homes(IServiceProvider services, PageContext page)
    {
        var catalog = services.GetRequiredService<Catalog>();
        return services.GetRequiredService<BuildingBook>().Buildings.Where(building => building.Homes)
            .Select(building => new KeyValuePair<string, string>(building.Place, HomeWords.Place(page, catalog, building.Place)))
            .OrderBy(pair => pair.Value, StringComparer.Ordinal);
    }
}
