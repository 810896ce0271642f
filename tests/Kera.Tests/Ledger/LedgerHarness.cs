using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Kera.Tests.Support;
using NodaTime;

namespace Kera.Tests.Ledger;

/// <summary>A small district in a store of its own, on SQLite or PostgreSQL, with everything that writes and reads a ledger.</summary>
internal sealed class LedgerHarness : IAsyncDisposable
{
    public static readonly Actor Tester = new("tester", "command");
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 24, 12, 0);
    public static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    private readonly IAsyncDisposable? _database;
    private readonly TemporaryDirectory? _directory;

    private LedgerHarness(KeraStore store, IAsyncDisposable? database, TemporaryDirectory? directory)
    {
        (Store, _database, _directory) = (store, database, directory);
        Catalog = new Catalog(store);
        Flows = new FlowTable(store, Catalog);
        Queries = new LedgerQueries(store, Catalog, Flows, Helsinki);
        Trace = new LedgerTrace(store, Catalog, Flows, Queries);
        Verifier = new LedgerVerifier(store, Catalog, Flows, Helsinki);
    }

    public KeraStore Store { get; }

    public Catalog Catalog { get; }

    public FlowTable Flows { get; }

    public LedgerQueries Queries { get; }

    public LedgerTrace Trace { get; }

    public LedgerVerifier Verifier { get; }

    public LedgerWriter Writer { get; private set; } = null!;

    public static async Task<LedgerHarness> SqliteAsync()
    {
        var directory = new TemporaryDirectory();
        return await StartAsync(new LedgerHarness(KeraStore.Sqlite(directory.Combine("kera.db")), null, directory));
    }

    public static async Task<LedgerHarness> PostgresAsync(PostgresServer server)
    {
        var database = await server.CreateDatabaseAsync();
        return await StartAsync(new LedgerHarness(KeraStore.Postgres(database.ConnectionString), database, null));
    }

    public static async Task<LedgerHarness> OnAsync(string provider, PostgresServer server) => provider == "sqlite" ? await SqliteAsync() : await PostgresAsync(server);

    /// <summary>Records one event that must be accepted; gives its position.</summary>
    public async Task<long> RecordAsync(EventInput input)
    {
        var outcome = await Writer.AppendAsync([input], Tester);
        Assert.True(outcome.Accepted, outcome.Refusal?.Sentence);
        return outcome.Events[0].Position;
    }

    /// <summary>Records one event that must be refused; gives the refusal.</summary>
    public async Task<Refusal> RefusedAsync(EventInput input)
    {
        var outcome = await Writer.AppendAsync([input], Tester);
        Assert.NotNull(outcome.Refusal);
        return outcome.Refusal;
    }

    public async Task<(decimal Accounting, decimal Onhand)> BalanceAsync(string resource, Instant? at = null)
    {
        var balances = await Queries.BalancesAsync(Reader.Everything, at is { } instant ? DistrictCalendar.ToMicroseconds(instant) : null);
        var state = balances.SingleOrDefault(balance => balance.Resource.Key == resource)?.State;
        return (state?.Accounting.ToDecimal() ?? 0, state?.Onhand.ToDecimal() ?? 0);
    }

    public async Task<VerificationReport> VerifyAsync(byte[]? head = null) => await Verifier.VerifyAsync(head);

    public static MeasureInput Measure(decimal amount, string unit) => new(new Quantity((long)(amount * Quantity.One)), unit);

    public static EventInput Raise(string resource, decimal amount, string unit, Instant at) => new()
    {
        Action = "raise",
        Provider = "city",
        ResourceInventoriedAs = resource,
        ResourceQuantity = Measure(amount, unit),
        HasPointInTime = at,
        Reason = "opening balance",
        Audience = ["public"],
    };

    public static EventInput Consume(string resource, decimal amount, string unit, Instant at, string? key = null) => new()
    {
        IdempotencyKey = key,
        Action = "consume",
        Provider = "city",
        InputOf = "works",
        ResourceInventoriedAs = resource,
        ResourceQuantity = Measure(amount, unit),
        HasPointInTime = at,
        Audience = ["public"],
    };

    /// <summary>Another node on the same database.</summary>
    public LedgerWriter AnotherWriter()
    {
        var catalog = new Catalog(Store);
        catalog.Reload();
        return new LedgerWriter(Store, catalog, new FlowTable(Store, catalog), new FixedClock(Now), Helsinki);
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        Store.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _directory?.Dispose();
    }

    private static async Task<LedgerHarness> StartAsync(LedgerHarness harness)
    {
        await harness.Store.MigrateAsync();
        await using (var db = harness.Store.OpenContext())
        {
            db.AddRange(
                new AgentRow { Key = "city" }, new AgentRow { Key = "builder" }, new AgentRow { Key = "carrier" }, new AgentRow { Key = "grid", Outside = true },
                new SpecificationRow { Key = "brick", Unit = "kg" }, new SpecificationRow { Key = "heat", Unit = "kWh" }, new SpecificationRow { Key = "drill", Unit = "1", EffortUnit = "h" },
                new ProcessSpecificationRow { Key = "repair" },
                new PlaceRow { Key = "yard" }, new PlaceRow { Key = "site" });
            await db.SaveChangesAsync();
            var (brick, heat, drill) = (Id("brick"), Id("heat"), Id("drill"));
            db.AddRange(
                new ResourceRow { Key = "pile", SpecificationId = brick }, new ResourceRow { Key = "wall", SpecificationId = brick }, new ResourceRow { Key = "heap", SpecificationId = brick },
                new ResourceRow { Key = "network", SpecificationId = heat, Kind = ResourceKind.Throughput }, new ResourceRow { Key = "drill-1", SpecificationId = drill, Kind = ResourceKind.Identified },
                new ProcessRow { Key = "works" }, new ProcessRow { Key = "meter", Continuous = true }, new ProcessRow { Key = "mending", BasedOnId = db.ProcessSpecifications.Single().Id });
            await db.SaveChangesAsync();

            int Id(string key) => db.Specifications.Single(row => row.Key == key).Id;
        }

        harness.Catalog.Reload();
        harness.Writer = new LedgerWriter(harness.Store, harness.Catalog, harness.Flows, new FixedClock(Now), Helsinki);
        return harness;
    }
}
