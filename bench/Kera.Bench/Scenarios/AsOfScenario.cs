using System.Diagnostics;
using Kera.Base.Access;
using Kera.Base.Ledger;

namespace Kera.Bench.Scenarios;

/// <summary>Balances of every resource as of random instants.</summary>
internal static class AsOfScenario
{
    private const int Instants = 300;
    private const int WarmUp = 30;

    public static async Task<Report> RunAsync(Scenario scenario)
    {
        var report = new Report();
        await using var ledger = await BenchLedger.FilledAsync(scenario.Folder, scenario.Events);
        var readings = new HourlyReadings(ledger.Catalog, scenario.Events);
        var random = new Random(2026);
        foreach (var (who, reader) in new[] { ("the operator", Reader.Everything), ("the public", Reader.Public) })
        {
            var times = new Durations();
            for (var number = -WarmUp; number < Instants; number++)
            {
                var at = readings.Start.Plus(NodaTime.Duration.FromTicks(random.NextInt64((BenchLedger.End - readings.Start).BclCompatibleTicks)));
                var watch = Stopwatch.StartNew();
                await ledger.Queries.BalancesAsync(reader, DistrictCalendar.ToMicroseconds(at));
                watch.Stop();
                if (number >= 0)
                {
                    times.Add(watch.Elapsed);
                }
            }

            report.Add($"as of a random instant, for {who}, median", $"{Report.Number(times.Percentile(50))} ms");
            report.AtMost($"as of a random instant, for {who}, 95th percentile", times.Percentile(95), 50, "ms");
        }

        await TableRows.AddToAsync(report, ledger.Store);
        report.Note($"{Instants} instants over the whole span of {scenario.Events:N0} readings, after {WarmUp} to warm up.");
        return report;
    }
}
