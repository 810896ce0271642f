using Kera.Base;

namespace Kera.Features.Ledger;

/// <summary>The ledger for programs: <c>/api/v1</c>.</summary>
public sealed class LedgerFeature : IFeature
{
    internal static string Path => "/api/v1";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<EventDocuments>();
        services.AddSingleton<WriteRights>();
        services.ConfigureHttpJsonOptions(json => Answer.Configure(json.SerializerOptions));
        services.Configure<ProblemDetailsOptions>(problems => problems.CustomizeProblemDetails += Problems.Complete);
        services.AddApiDescription();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Path).AddEndpointFilter(Filters.CatchUnavailableAsync).AddEndpointFilter(Filters.CheckParametersAsync);
        api.MapNouns();
        api.MapNounWrites();
        api.MapPromiseWrites();
        api.MapEvents();
        api.MapSums();
        api.MapTraces();
        api.MapSeries();
        api.MapChain();
        api.MapLive();
        endpoints.MapOpenApi(Path + "/openapi.json");
    }
}
