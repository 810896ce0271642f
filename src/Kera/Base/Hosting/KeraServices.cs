using Kera.Base.Access;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Readings;
using Kera.Base.Series;
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
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<DistrictInForce>();
        services.AddSingleton(provider => provider.GetRequiredService<DistrictInForce>().Zone);
        services.AddSingleton<Catalog>();
        services.AddSingleton<FlowTable>();
        services.AddSingleton<LedgerWriter>();
        services.AddSingleton<LedgerQueries>();
        services.AddSingleton<LedgerTrace>();
        services.AddSingleton<LedgerVerifier>();
        services.AddSingleton<LedgerExport>();
        services.AddSingleton<DistrictLoader>();
        services.AddSingleton<Func<DistrictLoader>>(provider => provider.GetRequiredService<DistrictLoader>);
        services.AddSingleton<MasterData>();
        services.AddSingleton<Preparation>();
        services.AddSingleton<ReadingImport>();
        services.AddSingleton<Tokens>();
        services.AddSingleton<SeriesStore>();
        services.AddSingleton<PersonStore>();
        services.AddSingleton<JobBoard>();
        return services;
    }
}
