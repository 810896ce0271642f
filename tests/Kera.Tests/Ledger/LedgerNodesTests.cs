using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.Ledger;

/// <summary>What one node records, another one reads, also for agents and audiences that it has not met.</summary>
public sealed class LedgerNodesTests
{
    [Fact]
    public async Task A_new_audience_of_another_node_is_known_at_once()
    {
        await using var ledger = await SqliteAsync();
        await using (var db = ledger.Store.OpenContext())
        {
            db.Agents.Add(new AgentRow { Key = "newcomer" });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        // Another node that knows the agent, and no audience with it.
        var catalog = new Catalog(ledger.Store);
        catalog.Reload();
        var queries = new LedgerQueries(ledger.Store, catalog, new FlowTable(ledger.Store, catalog), Helsinki);
        await ledger.RecordAsync(Raise("pile", 5, "kg", Now) with { Audience = ["newcomer"] });

        await using var reading = ledger.Store.OpenContext();
        var newcomer = new Reader(await reading.Agents.Where(row => row.Key == "newcomer").Select(row => row.Id).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Single(await queries.EventsAsync(newcomer, new LedgerFilter(), null, 10, TestContext.Current.CancellationToken));
        Assert.Single(await queries.BalancesAsync(newcomer, cancellation: TestContext.Current.CancellationToken));
        Assert.Empty(await queries.EventsAsync(Reader.Public, new LedgerFilter(), null, 10, TestContext.Current.CancellationToken));
    }
}
