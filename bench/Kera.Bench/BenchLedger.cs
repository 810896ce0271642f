using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Store;
using Kera.Features.Carbon;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Bench;

/// <summary>A store of the built-in district with everything that writes and reads its ledger, wired as the server wires it.</summary>
internal sealed class BenchLedger : IAsyncDisposable
{
    public const int Batch = 1_000;

    public static readonly Actor Bench = new("operator:bench", "command");

    private readonly ServiceProvider _services;

    private BenchLedger(ServiceProvider services) => _services = services;

    public KeraStore Store => _services.GetRequiredService<KeraStore>();

    public Catalog Catalog => _services.GetRequiredService<Catalog>();

    public LedgerWriter Writer => _services.GetRequiredService<LedgerWriter>();

    public LedgerQueries Queries => _services.GetRequiredService<LedgerQueries>();

    public LedgerVerifier Verifier => _services.GetRequiredService<LedgerVerifier>();

    /// <summary>Opens the store of a folder, or of a PostgreSQL database; makes and prepares it where it is new.</summary>
    public static async Task<BenchLedger> OpenAsync(string folder, string? postgres = null)
    {
        var place = new KeraPlace(KeraPlace.BuiltInDistrict, folder, postgres ?? "", Demonstration: false);
        return new BenchLedger(await KeraServices.OpenAsync(place, CancellationToken.None, readFiles: true));
    }

    /// <summary>Opens a store with so many readings; one that is there already is used again.</summary>
    public static async Task<BenchLedger> FilledAsync(string folder, int events)
    {
        var ledger = await OpenAsync(Path.Combine(folder, $"store-{events}"));
        await ledger.FillAsync(events);
        return ledger;
    }

    /// <summary>Records so many readings. Those that are there add nothing, so that an interrupted store is filled up.</summary>
    public async Task FillAsync(int events)
    {
        var readings = new HourlyReadings(Catalog, events);
        if (await Queries.FindKeyAsync(readings.Range(events - 1, 1)[0].IdempotencyKey!) is not null)
        {
            return;
        }

        for (var first = 0; first < events; first += Batch)
        {
            await AppendAsync(readings.Range(first, Math.Min(Batch, events - first)));
        }

        await TraceAsync();
    }

    /// <summary>Appends one request; a refusal is a mistake of the scenario.</summary>
    public async Task AppendAsync(IReadOnlyList<EventInput> request)
    {
        var outcome = await Writer.AppendAsync(request, Bench);
        if (outcome.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"Event {outcome.RefusedIndex} of the request was refused: {refusal.Sentence}");
        }
    }

    /// <summary>Traces what is new, so that a server that starts on the store has nothing to do.</summary>
    public Task TraceAsync() => _services.GetRequiredService<CarbonTracing>().AdvanceAsync();

    /// <summary>The district's synthetic loads.</summary>
    public DistrictDemo Demo => _services.GetRequiredService<DistrictInForce>().Model!.Demo!;

    /// <summary>Keeps generation of the district's grids.</summary>
    public MixImport Mixes => _services.GetRequiredService<MixImport>();

    /// <summary>What its files say of grids.</summary>
    public DistrictMix Mix(string key) => _services.GetRequiredService<DistrictInForce>().Model!.Carbon!.Mixes[key];

    /// <summary>A code for a new account.</summary>
    public async Task<string> InviteAsync(string role)
    {
        await using var scope = _services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Invitations>().AddAsync([RoleGrant.Parse(role)], "en", Duration.FromDays(1), Bench)).Code;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>The beginning of the hour in which the readings end: fixed, so that two runs write the same.</summary>
    public static readonly Instant End = Instant.FromUtc(2026, 1, 1, 0, 0);
}
