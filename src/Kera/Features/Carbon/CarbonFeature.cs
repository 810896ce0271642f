using Kera.Base;

namespace Kera.Features.Carbon;

/// <summary>What flows cost the climate: traced hour by hour, shown, reported.</summary>
public sealed class CarbonFeature : IFeature
{
    internal static string Path => "/carbon";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<CarbonTracing>();
        services.AddHostedService<CarbonWatch>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
    }
}
