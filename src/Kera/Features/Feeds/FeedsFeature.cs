using Kera.Base;
using Kera.Base.Jobs;
using NodaTime;

namespace Kera.Features.Feeds;

/// <summary>Fetches what others publish, prices, generation and weather, into the Series of <c>kera import</c>; without settings nothing.</summary>
public sealed class FeedsFeature : IFeature
{
    /// <inheritdoc/>
    /// <exception cref="Base.Hosting.SettingException">A setting cannot be used.</exception>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        var settings = FeedSettings.From(configuration);
        // Logs of the client would hold addresses, and one of them holds a key.
        services.AddHttpClient(FeedClient.Name).ConfigurePrimaryHttpMessageHandler(FeedClient.CreateHandler).RemoveAllLoggers();
        services.AddSingleton<FeedClient>();
        services.AddSingleton(settings);
        services.AddSingleton<EntsoEPrices>();
        services.AddSingleton<FingridMix>();
        services.AddSingleton<FmiWeather>();
        if (settings.EntsoE.Url.Length > 0)
        {
            // Tomorrow's prices come at some moment of the early afternoon.
            services.AddJob(new Job("feeds.prices", JobTimes.Every(Duration.FromMinutes(15)), (provider, cancellation) => provider.GetRequiredService<EntsoEPrices>().RunAsync(cancellation)));
        }

        if (settings.Fingrid.Url.Length > 0)
        {
            services.AddJob(new Job("feeds.mix", JobTimes.Every(Duration.FromHours(1)), (provider, cancellation) => provider.GetRequiredService<FingridMix>().RunAsync(cancellation)));
        }

        if (settings.Fmi.Url.Length > 0)
        {
            services.AddJob(new Job("feeds.weather", JobTimes.Every(Duration.FromHours(1)), (provider, cancellation) => provider.GetRequiredService<FmiWeather>().RunAsync(cancellation)));
        }
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        // What is fetched has no page of its own.
    }
}
