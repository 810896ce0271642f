using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kera.Bench.Scenarios;

/// <summary>
/// The published server on a full store: from its start to the first answer of the Flows page, then the page one request at a
/// time. No two requests have the same address, so that no cache of pages answers.
/// </summary>
internal static class PageScenario
{
    // So many until the runtime has compiled for good what a page runs through.
    private const int WarmUp = 200;
    private const int Starts = 6;
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);

    public static async Task<Report> RunAsync(Scenario scenario)
    {
        var program = scenario.Server ?? throw new InvalidOperationException("Name the published program with --server; bench/page.sh publishes one.");
        string store;
        await using (var ledger = await BenchLedger.FilledAsync(scenario.Folder, scenario.Events))
        {
            store = Path.GetDirectoryName(ledger.Store.SqliteFile)!;
        }

        var report = new Report();
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        using var client = new HttpClient { BaseAddress = address };
        // The first start is the client's too, whose code is as new as the server's: not counted.
        var starts = new Durations();
        for (var number = 0; number < Starts; number++)
        {
            using var started = new Process { StartInfo = Start(program, store, address) };
            var time = await StartAsync(client, started);
            if (number > 0)
            {
                starts.Add(time);
            }

            started.Kill();
            await started.WaitForExitAsync();
        }

        report.AtMost("from the start of the program to the first answer of the Flows page, median", starts.Percentile(50) / 1_000, 1.5, "s");
        using var server = new Process { StartInfo = Start(program, store, address) };
        await StartAsync(client, server);
        try
        {
            await PageTimes.MeasureAsync(report, client, "Flows, all of it", number => $"/en/flows?n={number}", 20, WarmUp);
            var day = BenchLedger.End.InUtc().Date;
            await PageTimes.MeasureAsync(report, client, "Flows, the hours of a day", number => string.Create(CultureInfo.InvariantCulture, $"/fi/flows?period=hour&n={number}&from={day.PlusDays(-1 - (number % 300)):uuuu-MM-dd}"), 20, WarmUp);
            await PageTimes.MeasureAsync(report, client, "Flows, the months", number => $"/sv/flows?period=month&n={number}", 20, WarmUp);
            report.Note($"{PageTimes.Requests} requests one at a time after {WarmUp} to warm up, each with an address of its own; the whole body is read. The store has {scenario.Events:N0} readings. Of {Starts} starts the first is not counted.");
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        return report;
    }

    private static ProcessStartInfo Start(string program, string store, Uri address)
    {
        var start = new ProcessStartInfo(program, ["serve", "--data", store, "--url", address.ToString()]) { RedirectStandardOutput = true };
        // One caller asks for more than anybody's share.
        start.Environment["Kera__Limits__ReadsPerSecond"] = "0";
        return start;
    }

    /// <summary>Starts the server and waits for its first answer.</summary>
    private static async Task<TimeSpan> StartAsync(HttpClient client, Process server)
    {
        var watch = Stopwatch.StartNew();
        server.Start();
        server.OutputDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/en/flows", UriKind.Relative));
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                return watch.Elapsed;
            }
            catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError && watch.Elapsed < LongestStart && !server.HasExited)
            {
                await Task.Delay(5);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
