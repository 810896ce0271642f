using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Series;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Hosting;

/// <summary>What server and command line share.</summary>
public static class KeraServices
{
    /// <summary>Registers the store of a place and everything that stands on it.</summary>
    public static IServiceCollection AddKera(this IServiceCollection services, KeraPlace place)
    {
        services.AddSingleton(place);
        // By a factory, so that the container closes it at the end.
        services.AddSingleton(_ => place.OpenStore());
        services.AddSingleton<IClock>(SystemClock.Instance);
        services.AddSingleton<Catalog>();
        services.AddSingleton<FlowTable>();
        services.AddSingleton(provider => new LedgerQueries(provider.GetRequiredService<KeraStore>(), provider.GetRequiredService<Catalog>(), provider.GetRequiredService<FlowTable>(), DateTimeZoneProviders.Tzdb["Europe/Helsinki"]));
        services.AddSingleton<LedgerTrace>();
        services.AddSingleton<Preparation>();
        services.AddSingleton<Tokens>();
        services.AddSingleton<SeriesStore>();
        services.AddSingleton<PersonStore>();
        return services;
    }
}
