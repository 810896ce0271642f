using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kera.Base.Ledger;
using Kera.Flows;
using Process = System.Diagnostics.Process;

namespace Kera.Bench.Scenarios;

/// <summary>
/// A server in a process of its own with thousands of listeners on one address: its memory before and with them, and how long it
/// takes until each has been told of an event that another process recorded.
/// </summary>
internal static class LiveScenario
{
    private const int Listeners = 5_000;
    private const int AtOnce = 50;

    public static async Task<Report> RunAsync(Scenario scenario)
    {
        var folder = Path.Combine(scenario.Folder, "live");
        await using var ledger = await BenchLedger.OpenAsync(folder);
        var address = new IPEndPoint(IPAddress.Loopback, FreePort());
        using var server = Start(scenario.Server ?? Path.Combine(AppContext.BaseDirectory, "Kera"), folder, address);
        var sockets = new List<Socket>();
        try
        {
            await ConnectFirstAsync(address, sockets);
            var idle = Memory(server);
            var watch = Stopwatch.StartNew();
            while (sockets.Count < Listeners)
            {
                var some = await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, Listeners - sockets.Count)).Select(_ => ListenAsync(address)));
                sockets.AddRange(some);
            }

            var connected = watch.Elapsed;
            var full = Memory(server);
            var position = (await ledger.Queries.HeadAsync()).Position + 1;
            var told = sockets.Select(socket => UntilAsync(socket, $"id: {position}\n")).ToList();
            watch.Restart();
            await ledger.AppendAsync([Event()]);
            await Task.WhenAll(told);
            var report = new Report();
            report.Add("memory of the server with one listener", $"{Report.Number(idle)} MB");
            report.AtMost($"memory of the server with {Listeners:N0} listeners", full, 300, "MB");
            report.Add("memory of the server after all were told", $"{Report.Number(Memory(server))} MB");
            report.Add("a listener more", $"{Report.Number((full - idle) * 1_000 / (Listeners - 1))} kB");
            report.Add($"{Listeners:N0} connections, {AtOnce} at once, until each is told where the ledger stands", $"{Report.Number(connected.TotalSeconds)} s");
            report.AtMost("from an event of another process until the last listener is told", watch.Elapsed.TotalSeconds, 5, "s");
            report.Note("Memory is the resident set of the server's process, on an otherwise empty store. Listeners are plain sockets of the measuring process on the same machine; other processes' events are looked for once a second.");
            return report;
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static Process Start(string program, string folder, IPEndPoint address)
    {
        var start = new ProcessStartInfo(program, ["serve", "--data", folder, "--url", $"http://{address}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var limit in new[] { "ReadsPerSecond", "LivePerAddress", "Live" })
        {
            start.Environment["Kera__Limits__" + limit] = "0";
        }

        var server = Process.Start(start)!;
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        return server;
    }

    private static async Task ConnectFirstAsync(IPEndPoint address, List<Socket> sockets)
    {
        while (true)
        {
            try
            {
                sockets.Add(await ListenAsync(address));
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }
    }

    private static async Task<Socket> ListenAsync(IPEndPoint address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/v1/live HTTP/1.1\r\nHost: {address}\r\nAccept: text/event-stream\r\n\r\n"));
            await UntilAsync(socket, "id: ");
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task UntilAsync(Socket socket, string text)
    {
        var heard = new StringBuilder();
        var buffer = new byte[1_024];
        while (!heard.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
            {
                throw new InvalidOperationException($"The server hung up: {heard}");
            }

            heard.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
    }

    private static EventInput Event() => new()
    {
        Action = "raise",
        Provider = "nokia",
        ResourceInventoriedAs = "radars",
        ResourceQuantity = new MeasureInput(Quantity.Whole(1), "1"),
        HasPointInTime = BenchLedger.End,
        Reason = "counted",
        Audience = ["public"],
    };

    /// <summary>The resident set, in megabytes.</summary>
    private static double Memory(Process process) =>
        long.Parse(File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1_000.0;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
