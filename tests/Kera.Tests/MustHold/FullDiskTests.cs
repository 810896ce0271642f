using Kera.Base.Ledger;
using Kera.Base.Store;
using NodaTime;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.MustHold;

/// <summary>A store that has no room left, and has room again.</summary>
public sealed class FullDiskTests
{
    private static readonly Instant Spring = Instant.FromUtc(2026, 4, 1, 9, 30);

    [Fact]
    public async Task A_full_disk_refuses_loses_nothing_and_goes_on_when_there_is_room()
    {
        await using var ledger = await SqliteAsync();
        await LimitAsync(ledger.Store, pages => pages + 100);
        var acknowledged = 0L;
        LedgerUnavailableException? full = null;
        while (full is null)
        {
            try
            {
                acknowledged = await ledger.RecordAsync(Raise("pile", 1, "kg", Spring) with { Note = new string('x', 10_000) });
            }
            catch (LedgerUnavailableException failure)
            {
                full = failure;
            }
        }

        Assert.InRange(acknowledged, 1, 1_000);
        Assert.Equal(acknowledged, (await ledger.Queries.HeadAsync()).Position);
        Assert.Equal((acknowledged, acknowledged), await ledger.BalanceAsync("pile"));
        Assert.Empty((await ledger.VerifyAsync()).Faults);

        await LimitAsync(ledger.Store, pages => pages + 10_000);
        Assert.Equal(acknowledged + 1, await ledger.RecordAsync(Raise("pile", 1, "kg", Spring) with { Note = new string('x', 10_000) }));
        Assert.Empty((await ledger.VerifyAsync()).Faults);
    }

    /// <summary>
    /// Limits the pages of every pooled connection, those that the writer gets later among them: to SQLite a limit reached is a
    /// disk that is full.
    /// </summary>
    private static async Task LimitAsync(KeraStore store, Func<long, long> most)
    {
        var connections = new List<System.Data.Common.DbConnection>();
        for (var number = 0; number < 8; number++)
        {
            var connection = await store.OpenConnectionAsync();
            connections.Add(connection);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA page_count";
            var pages = (long)(await command.ExecuteScalarAsync())!;
            command.CommandText = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {most(pages)}");
            await command.ExecuteNonQueryAsync();
        }

        connections.ForEach(connection => connection.Dispose());
    }
}
