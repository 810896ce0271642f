using System.Diagnostics;

namespace Kera.Bench.Scenarios;

/// <summary>Replay and verification of a whole store: every hash, rule, balance, version and total.</summary>
internal static class VerifyScenario
{
    public static async Task<Report> RunAsync(Scenario scenario)
    {
        var report = new Report();
        await using var ledger = await BenchLedger.FilledAsync(scenario.Folder, scenario.Events);
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var result = await ledger.Verifier.VerifyAsync();
        watch.Stop();
        if (!result.Sound)
        {
            throw new InvalidOperationException($"The store is not sound: {result.Faults[0].Where}: {result.Faults[0].What}");
        }

        report.AtMost($"replay and verify {result.Entries:N0} entries", watch.Elapsed.TotalSeconds, 10 * Math.Max(1, result.Entries / 1_000_000.0), "s");
        report.Add("processor time of it", $"{Report.Number((Environment.CpuUsage.TotalTime - processor).TotalSeconds)} s");
        report.Add("memory of the process at its peak", $"{Report.Number(Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000.0)} MB");
        await TableRows.AddToAsync(report, ledger.Store);
        return report;
    }
}
