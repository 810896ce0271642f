using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Backup;
using Kera.Base.Groups;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.Letters;
using Kera.Base.Outbox;
using Kera.Base.Payments;
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
        services.AddSingleton<MixImport>();
        services.AddSingleton<PriceImport>();
        services.AddSingleton<WeatherImport>();
        services.AddSingleton<PersonStore>();
        services.AddKeraAccounts();
        services.AddSingleton<JobBoard>();
        services.AddSingleton<OutboxQueue>();
        services.AddSingleton<StoreBackup>();
        services.AddSingleton(OutboxQueue.Erasure);
        services.AddKeraContactData();
        services.AddKeraPaymentData();
        services.AddSingleton<GroupBook>();
        services.AddSingleton(GroupData.Part);
        services.AddSingleton(provider => GroupData.Erasure(provider.GetRequiredService<GroupBook>()));
        return services;
    }

    /// <summary>What stands on the store of a place, without a server: for the command line. The store is prepared; the caller disposes it.</summary>
    /// <param name="place">Where.</param>
    /// <param name="cancellation">Stops the preparation.</param>
    /// <param name="readFiles">Whether the district's files are read also where the store knows its district already.</param>
    /// <param name="configuration">What features are told; null for nothing.</param>
    /// <exception cref="DistrictException">The district's files have mistakes, or are not those of the store.</exception>
    public static async Task<ServiceProvider> OpenAsync(KeraPlace place, CancellationToken cancellation, bool readFiles = false, IConfiguration? configuration = null)
    {
        var collection = new ServiceCollection().AddLogging().AddKera(place);
        configuration ??= new ConfigurationBuilder().Build();
        // What a feature keeps of persons only it can name: without it, erasing would leave that behind.
        foreach (var feature in FeatureCatalog.FindAll())
        {
            feature.AddServices(collection, configuration);
        }

        var services = collection.BuildServiceProvider();
        try
        {
            await services.GetRequiredService<Preparation>().RunAsync(readFiles, demonstration: null, cancellation);
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }
}
