using System.Diagnostics;
using Kera.Base.Store;

namespace Kera.Bench.Scenarios;

/// <summary>Durable appends on SQLite through the shipped writer: batches from empty, then single acknowledged writes.</summary>
internal static class SqliteScenario
{
    private const int Segments = 10;
    private const int Rounds = 10;
    private const int SinglesInRound = 300;

    public static async Task<Report> RunAsync(Scenario scenario)
    {
        var report = new Report();
        var folder = Path.Combine(scenario.Folder, "sqlite");
        if (Directory.Exists(folder))
        {
            throw new InvalidOperationException($"{folder} is there already; the scenario begins with an empty store.");
        }

        await using var ledger = await BenchLedger.OpenAsync(folder);
        var readings = new HourlyReadings(ledger.Catalog, scenario.Events + ((Rounds + 1) * SinglesInRound));
        await AppendAsync(ledger, readings, scenario.Events, report);
        await SinglesAsync(ledger, readings, scenario, report);
        await TableRows.AddToAsync(report, ledger.Store);
        report.Note($"Readings of the district's declared flows with idempotency keys, in batches of {BenchLedger.Batch:N0}: audit, audience, late-event checks, daily and monthly totals in the same transaction; synchronous=FULL. Only the appends are timed.");
        return report;
    }

    private static async Task AppendAsync(BenchLedger ledger, HourlyReadings readings, int events, Report report)
    {
        var total = new Stopwatch();
        var segment = events / Segments;
        for (var part = 0; part < Segments; part++)
        {
            var before = total.Elapsed;
            for (var first = part * segment; first < (part + 1) * segment; first += BenchLedger.Batch)
            {
                var batch = readings.Range(first, Math.Min(BenchLedger.Batch, ((part + 1) * segment) - first));
                total.Start();
                await ledger.AppendAsync(batch);
                total.Stop();
            }

            report.Add($"from {part * segment:N0} to {(part + 1) * segment:N0} events", $"{Report.Number(segment / (total.Elapsed - before).TotalSeconds)} events/s");
        }

        report.AtLeast($"average from empty to {events:N0}", segment * Segments / total.Elapsed.TotalSeconds, 20_000, "events/s");
    }

    /// <summary>In turns, so that whatever else the machine does weighs on both alike; the first round warms up.</summary>
    private static async Task SinglesAsync(BenchLedger ledger, HourlyReadings readings, Scenario scenario, Report report)
    {
        using var copy = KeraStore.Sqlite(await CopyAsync(ledger.Store, Path.Combine(scenario.Folder, "bare.db")));
        await using var bare = await BareInsert.OpenAsync(copy, (Rounds + 1) * SinglesInRound);
        var (kera, plain) = (new Stopwatch(), new Stopwatch());
        for (var round = 0; round <= Rounds; round++)
        {
            if (round == 1)
            {
                kera.Reset();
                plain.Reset();
            }

            foreach (var reading in readings.Range((scenario.Events / Segments * Segments) + (round * SinglesInRound), SinglesInRound))
            {
                kera.Start();
                await ledger.AppendAsync([reading]);
                kera.Stop();
            }

            plain.Start();
            bare.Insert(SinglesInRound);
            plain.Stop();
        }

        const double Singles = Rounds * SinglesInRound;
        report.Add("single acknowledged writes, one caller", $"{Report.Number(Singles / kera.Elapsed.TotalSeconds)} events/s");
        report.Add("bare insert of the same row into a copy of the store, one a transaction", $"{Report.Number(Singles / plain.Elapsed.TotalSeconds)} rows/s");
        report.AtLeast("single writes as a share of the bare insert", plain.Elapsed / kera.Elapsed, 0.5, "");
    }

    private static async Task<string> CopyAsync(KeraStore store, string target)
    {
        await using var connection = await store.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $1";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("$1", target);
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync();
        return target;
    }
}
