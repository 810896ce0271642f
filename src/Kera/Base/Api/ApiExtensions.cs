namespace Kera.Base.Api;

/// <summary>Puts the API into the program; features map their addresses under it.</summary>
internal static class ApiExtensions
{
    private const string Root = "/api/v1";

    /// <summary>Registers how answers and problems are written, and their description.</summary>
    public static IServiceCollection AddKeraApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => Answer.Configure(json.SerializerOptions));
        services.Configure<ProblemDetailsOptions>(problems => problems.CustomizeProblemDetails += Problems.Complete);
        services.AddApiDescription();
        services.AddSingleton(new ApiParameter("id", "The key.", "kera"));
        services.AddSingleton(new ApiParameter("after", "Where the page before ended: taken from the Link header, rel=next.", "brick-pile"));
        services.AddSingleton(new ApiParameter("language", "The language of titles and texts: fi, sv or en. Left out, fi.", "fi"));
        services.AddSingleton(new ApiParameter("limit", "At most so many.", 100));
        return services;
    }

    /// <summary>Maps the description.</summary>
    public static void MapKeraApi(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi(Root + "/openapi.json");

    /// <summary>A group of addresses under <c>/api/v1</c>, which refuses what an address does not take.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGroup(Root).AddEndpointFilter(Filters.CatchUnavailableAsync).AddEndpointFilter(Filters.CheckParametersAsync);
}
