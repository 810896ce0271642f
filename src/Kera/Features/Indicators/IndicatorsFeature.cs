using System.Text;
using Kera.Base;
using Kera.Base.Api;
using Kera.Base.Hosting;
using Kera.Base.Ui;
using Kera.Features.Indicators.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kera.Features.Indicators;

/// <summary>What the district measures itself by, against what it wants to be.</summary>
public sealed class IndicatorsFeature : IFeature
{
    internal static string Path => "/goals";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new FooterEntry(2, "indicators.navigation", Path));
        services.AddSingleton<IndicatorSums>();
        services.AddSingleton(IndicatorFigures.Family);
        services.AddSingleton(IndicatorFigures.Search);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        pages.MapGet(Path, OverviewAsync);
        pages.MapGet(Path + ".csv", CsvAsync);
        pages.MapGet(Path + "/{key}", GoalAsync);
        pages.MapGet(Path + "/{key}.csv", GoalCsvAsync);
        endpoints.MapApi().MapIndicators();
    }

    internal static string PathOf(string key) => $"{Path}/{Uri.EscapeDataString(key)}";

    private static async Task<IResult> OverviewAsync(PageContext page, HttpRequest request, GoalReader reader, CancellationToken cancellation)
    {
        var query = GoalQuery.Read(request.Query, page.Texts, out var errors);
        return new RazorComponentResult<GoalsPage>(new { Page = page, Query = query, Errors = errors, All = await reader.AllAsync(cancellation) })
        {
            StatusCode = errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
    }

    private static async Task<IResult> CsvAsync(PageContext page, HttpRequest request, GoalReader reader, CancellationToken cancellation)
    {
        var query = GoalQuery.Read(request.Query, page.Texts, out var errors);
        return errors.Count > 0
            ? Results.Text(string.Join('\n', errors.Select(error => $"{error.Key}: {Texts.WithoutSoftHyphens(error.Value)}")), statusCode: StatusCodes.Status400BadRequest)
            : Csv(GoalsCsv.Write((await reader.AllAsync(cancellation)).Where(query.Wants), page.Language), "goals.csv");
    }

    private static async Task<IResult> GoalAsync(PageContext page, string key, GoalReader reader, DistrictInForce district, CancellationToken cancellation) =>
        await reader.FindAsync(key, cancellation) is { } goal
            ? new RazorComponentResult<GoalPage>(new
            {
                Page = page,
                Goal = goal,
                Course = await reader.CourseAsync(goal.Indicator, cancellation),
                District = district.Model!,
                Today = reader.Today,
            })
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static async Task<IResult> GoalCsvAsync(PageContext page, string key, GoalReader reader, CancellationToken cancellation) =>
        await reader.FindAsync(key, cancellation) is { } goal
            ? Csv(GoalsCsv.Write(goal, await reader.CourseAsync(goal.Indicator, cancellation)), $"goal-{key}.csv")
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static IResult Csv(string text, string name) => Results.File(Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", name);
}
