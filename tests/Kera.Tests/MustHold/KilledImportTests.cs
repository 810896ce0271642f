using System.Globalization;
using System.Text;
using System.Text.Json;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Tests.Ledger;
using Kera.Tests.Support;

namespace Kera.Tests.MustHold;

/// <summary>An import that is killed in the middle of its work, again and again.</summary>
public sealed class KilledImportTests
{
    private static readonly int Kills = Size.Of(small: 3, full: 100);
    private static readonly int Lines = Size.Of(small: 4_500, full: 50_000);

    [Fact]
    public async Task What_was_acknowledged_stays_and_nothing_comes_twice()
    {
        var random = new Random(2026);
        for (var kills = 0; kills < Kills;)
        {
            using var folder = new TemporaryDirectory();
            kills += await FillKilledAsync(folder, random, Kills - kills);
        }
    }

    /// <summary>Imports one file into one store, killed at random moments until all of it is in; gives how many times.</summary>
    private static async Task<int> FillKilledAsync(TemporaryDirectory folder, Random random, int most)
    {
        var file = folder.Write("events.jsonl", Events());
        string[] data = ["--data", folder.Combine("data")];
        await ImportAsync(folder.Write("nothing.jsonl", ""), data);
        using var store = KeraStore.Sqlite(folder.Combine("data", "kera.db"));
        var catalog = new Catalog(store);
        var flows = new FlowTable(store, catalog);
        var queries = new LedgerQueries(store, catalog, flows, LedgerHarness.Helsinki);
        var verifier = new LedgerVerifier(store, catalog, flows, LedgerHarness.Helsinki);
        var before = (await queries.HeadAsync()).Position;
        var kills = 0;
        while (kills < most && (await queries.HeadAsync()).Position < before + Lines)
        {
            var acknowledged = await KilledAsync(["import", "events", file, .. data], queries, random);
            var report = await verifier.VerifyAsync(acknowledged.Hash);

            Assert.Empty(report.Faults);
            Assert.Equal(acknowledged.Position, report.PublishedAt);
            kills++;
        }

        var (recorded, same) = await ImportAsync(file, data);
        Assert.Equal(Lines, recorded + same);
        Assert.Equal((0, Lines), await ImportAsync(file, data));
        Assert.Equal(before + Lines, (await queries.HeadAsync()).Position);
        Assert.Empty((await verifier.VerifyAsync()).Faults);
        return kills;
    }

    /// <summary>Kills an import once it is some way further; gives the newest entry that another reader saw before.</summary>
    private static async Task<(long Position, byte[] Hash)> KilledAsync(string[] import, LedgerQueries queries, Random random)
    {
        var seen = await queries.HeadAsync();
        var target = seen.Position + random.Next(1, Lines / 3);
        using var program = KeraProgram.Start(import);
        // After the target some looks more, so that the end falls anywhere within a batch.
        for (var looks = random.Next(200); looks > 0 && !program.HasExited; looks -= seen.Position >= target ? 1 : 0)
        {
            seen = await queries.HeadAsync();
        }

        await program.KillAsync();
        return seen;
    }

    private static async Task<(int Recorded, int Same)> ImportAsync(string file, string[] data)
    {
        using var report = JsonDocument.Parse(await KeraProgram.RunAsync(["import", "events", file, "--json", .. data]));
        return (report.RootElement.GetProperty("recorded").GetInt32(), report.RootElement.GetProperty("same").GetInt32());
    }

    /// <summary>Every line is recorded, the third of each three although it is the same as the one before it.</summary>
    private static string Events()
    {
        var lines = new StringBuilder();
        for (var line = 0; line < Lines; line++)
        {
            var second = line % 3 == 2 ? line - 1 : line;
            lines.Append(CultureInfo.InvariantCulture, $$"""{"action":"raise","provider":"nokia","resourceInventoriedAs":"radars","resourceQuantity":{"hasNumericalValue":1,"hasUnit":"1"},"hasPointInTime":"{{NodaTime.Instant.FromUnixTimeSeconds(1_750_000_000 + second)}}","reason":"counted"}""").Append('\n');
        }

        return lines.ToString();
    }
}
