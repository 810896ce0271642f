using System.Diagnostics;
using Kera.Base.Ledger;
using Kera.Base.Store;

namespace Kera.Bench.Scenarios;

/// <summary>Durable appends on PostgreSQL through the shipped writer: batches, then 64 callers who each await their own write.</summary>
internal static class PostgresScenario
{
    private const int Callers = 64;
    private const int SinglesEach = 200;

    public static async Task<Report> RunAsync(Scenario scenario)
    {
        var connection = scenario.Postgres ?? throw new InvalidOperationException("Name an empty database with --postgres; bench/run.sh starts one.");
        await RequireDurableAsync(connection);
        var report = new Report();
        await using var ledger = await BenchLedger.OpenAsync(Path.Combine(scenario.Folder, "postgres"), connection);
        var singles = Callers * SinglesEach;
        var readings = new HourlyReadings(ledger.Catalog, scenario.Events + (2 * singles));
        report.AtLeast($"batches of {BenchLedger.Batch:N0}, from empty to {scenario.Events:N0}", scenario.Events / (await AppendAsync(ledger, readings, scenario.Events)).TotalSeconds, 10_000, "events/s");

        report.AtLeast($"single acknowledged writes, {Callers} callers, one node", await SinglesAsync([ledger.Writer], readings, scenario.Events), 1_000, "events/s");
        await using var second = await BenchLedger.OpenAsync(Path.Combine(scenario.Folder, "postgres"), connection);
        report.Add($"single acknowledged writes, {Callers} callers, two nodes", $"{Report.Number(await SinglesAsync([ledger.Writer, second.Writer], readings, scenario.Events + singles))} events/s");
        await TableRows.AddToAsync(report, ledger.Store);
        report.Note("Readings of the district's declared flows with idempotency keys: audit, audience, late-event checks, totals in the same transaction; fsync and synchronous_commit on, server on the same machine. Only the appends are timed.");
        return report;
    }

    private static async Task<TimeSpan> AppendAsync(BenchLedger ledger, HourlyReadings readings, int events)
    {
        var watch = new Stopwatch();
        for (var first = 0; first < events; first += BenchLedger.Batch)
        {
            var batch = readings.Range(first, Math.Min(BenchLedger.Batch, events - first));
            watch.Start();
            await ledger.AppendAsync(batch);
            watch.Stop();
        }

        return watch.Elapsed;
    }

    private static async Task<double> SinglesAsync(LedgerWriter[] nodes, HourlyReadings readings, int first)
    {
        var events = readings.Range(first, Callers * SinglesEach);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var number = 0; number < SinglesEach; number++)
            {
                // Neighbours in the order of readings are written at the same time, as meters report them.
                var outcome = await nodes[caller % nodes.Length].AppendAsync([events[(number * Callers) + caller]], BenchLedger.Bench);
                if (outcome.Refusal is { } refusal)
                {
                    throw new InvalidOperationException(refusal.Sentence);
                }
            }
        }));
        return events.Length / watch.Elapsed.TotalSeconds;
    }

    private static async Task RequireDurableAsync(string connectionString)
    {
        using var store = KeraStore.Postgres(connectionString);
        await using var connection = await store.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit')";
        if ((string?)await command.ExecuteScalarAsync() is not "on on")
        {
            throw new InvalidOperationException("The server does not write durably: set fsync and synchronous_commit to on.");
        }
    }
}
