using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using Kera.Tests.Accounts;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Homes;

/// <summary>The built-in district with people whose homes are metered as a test says, on a day in November 2026; time can go on.</summary>
internal sealed class HomesTown : IAsyncDisposable
{
    private readonly MovedClock _clock = new();

    public AccountsHarness Kera { get; private set; } = null!;

    public IServiceProvider Services => Kera.App.Services;

    public static async Task<HomesTown> StartAsync(string provider = "sqlite", PostgresServer? server = null)
    {
        var town = new HomesTown();
        town.Kera = await AccountsHarness.OnAsync(provider, server!, town._clock);
        return town;
    }

    public void Pass(Duration time) => _clock.Now += time;

    public async Task<(int AgentId, string Key)> PersonAsync(string name)
    {
        var account = await Kera.AccountOfAsync(name);
        return (account.AgentId, account.PersonKey);
    }

    /// <summary>Gives a person's own Series equal values from a moment on.</summary>
    public async Task ReadAsync((int AgentId, string Key) person, string flow, string unit, Duration step, Instant first, params decimal[] values) =>
        await AppendAsync(new SeriesDeclaration($"{flow}:{person.Key}", "readings", unit, step, Catalog.AudienceId([person.Key]), person.AgentId), first, values);

    /// <summary>Gives a public Series values from a moment on.</summary>
    public async Task PublishAsync(string key, string feature, string unit, Duration step, Instant first, params decimal[] values) =>
        await AppendAsync(new SeriesDeclaration(key, feature, unit, step, Catalog.AudienceId([Base.Ledger.Catalog.Public]), null), first, values);

    private Catalog Catalog => Services.GetRequiredService<Catalog>();

    private async Task AppendAsync(SeriesDeclaration declaration, Instant first, decimal[] values)
    {
        var store = Services.GetRequiredService<SeriesStore>();
        var opened = await store.OpenAsync(declaration, Actor.Job());
        await store.AppendAsync(opened, [.. values.Select((value, at) => new SeriesValue(first + (declaration.Step * at), new Quantity((long)(value * Quantity.One)), SeriesQuality.Measured))], Actor.Job());
    }

    public ValueTask DisposeAsync() => Kera.DisposeAsync();

    private sealed class MovedClock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 11, 24, 12, 5);

        public Instant GetCurrentInstant() => Now;
    }
}
