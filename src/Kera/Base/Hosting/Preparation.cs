using Kera.Base.Store;

namespace Kera.Base.Hosting;

/// <summary>Brings the store to where work can begin: its schema, and what the district's files say.</summary>
public sealed class Preparation(KeraStore store)
{
    /// <summary>Does what is missing; doing it again changes nothing. Of several nodes that start at once one does it and the others wait.</summary>
    public Task RunAsync(CancellationToken cancellation = default) => store.MigrateAsync(cancellation);
}

/// <summary>Prepares the store before the server listens.</summary>
internal sealed class PreparationAtStart(Preparation preparation) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => preparation.RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
