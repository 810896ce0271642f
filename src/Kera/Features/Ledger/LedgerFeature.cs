using Kera.Base;
using Kera.Base.Api;

namespace Kera.Features.Ledger;

/// <summary>The ledger for programs: <c>/api/v1</c>.</summary>
public sealed class LedgerFeature : IFeature
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<EventDocuments>();
        services.AddSingleton<WriteRights>();
        LedgerDescription.Register(services);
        ApiExamples.Register(services);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapApi();
        api.MapNouns();
        api.MapNounWrites();
        api.MapPromiseWrites();
        api.MapEvents();
        api.MapSums();
        api.MapTraces();
        api.MapSeries();
        api.MapChain();
        api.MapLive();
    }
}
