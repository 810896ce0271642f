using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Kera.Bench.Scenarios;

/// <summary>
/// Every kind of page of the published server on a full store with a district's people and places: alone and uncached, then the
/// public ones as often as a load generator beside it asks, and what a first visit weighs.
/// </summary>
internal static partial class PlatformScenario
{
    private const int People = 24_000;
    private const int Places = 2_000;
    private const int AskedOfOffices = 1_000;
    private const double Goal = 20;

    public static async Task<Report> RunAsync(Scenario scenario)
    {
        var program = scenario.Server ?? throw new InvalidOperationException("Name the published program with --server; bench/platform.sh publishes one.");
        var folder = Path.Combine(scenario.Folder, $"platform-{scenario.Events}");
        var codes = new Dictionary<string, string>();
        // Where fewer events are asked for, to see that it works, there are fewer people too.
        var share = Math.Min(1.0, scenario.Events / 1_000_000.0);
        await using (var ledger = await BenchLedger.OpenAsync(folder))
        {
            await ledger.FillAsync(scenario.Events);
            await Crowd.FillAsync(ledger.Store, Math.Max(100, (int)(People * share)), Math.Max(100, (int)(Places * share)), AskedOfOffices);
            foreach (var role in new[] { "resident", "operator", "city", "partner:nokia" })
            {
                codes[role] = await ledger.InviteAsync(role);
            }
        }

        var report = new Report();
        await using var server = await ServedKera.StartAsync(program, folder);
        using var anyone = new HttpClient { BaseAddress = server.Address };
        foreach (var (what, address) in Public())
        {
            await PageTimes.MeasureAsync(report, anyone, what, address, Goal);
        }

        foreach (var (role, pages) in Own())
        {
            using var browser = await server.JoinAsync(codes[role], "bench." + role.Replace(':', '.') + Guid.NewGuid().ToString("N"));
            foreach (var (what, address) in pages)
            {
                await PageTimes.MeasureAsync(report, browser, what, address, Goal);
            }

            if (role == "operator")
            {
                await SearchPeopleAsync(report, browser);
            }
        }

        await WeighAsync(report, server.Address);
        await CachedAsync(report, server.Address);
        report.Note($"{PageTimes.Requests} requests one at a time after {PageTimes.WarmUp} to warm up, each with an address of its own, so that no cache of pages answers; the whole body is read. {scenario.Events:N0} readings, {Math.Max(100, (int)(People * share)):N0} people with accounts, {Math.Max(100, (int)(Places * share)):N0} places, {AskedOfOffices:N0} requests to offices.");
        return report;
    }

    private static IEnumerable<(string What, Func<int, string> Address)> Public() =>
    [
        ("Today", number => $"/en/today?n={number}"),
        ("Why this number", number => $"/en/why/flows.recycled?n={number}"),
        ("Map", number => $"/fi/map?year={2019 + (number % 17)}&n={number}"),
        ("Map, one kind of place", number => $"/fi/map?year={2019 + (number % 17)}&kind=park&n={number}"),
        ("Map, as data", number => $"/en/map.geojson?year={2019 + (number % 17)}&n={number}"),
        ("A place", number => $"/en/places/bench-place-{50 + (number % 40)}?n={number}"),
        ("A real place", number => $"/en/places/keran-hallit?n={number}"),
        ("Flows with Sankey", number => $"/en/flows?n={number}"),
        ("Flows, months", number => $"/sv/flows?period=month&n={number}"),
        ("Partners", number => $"/en/partners?n={number}"),
        ("A partner", number => $"/en/partners/nokia?n={number}"),
        ("About", number => $"/en/about?n={number}"),
        ("Accessibility", number => $"/en/accessibility?n={number}"),
        ("Search, inflected", number => $"/fi/search?q=hallissa&n={number}"),
        ("Search, mistyped", number => $"/fi/search?q=kutjoa&n={number}"),
        ("The week on paper", number => $"/en/week?n={number}"),
        ("Sheet for the stairwell", number => $"/en/partners?notice=1&n={number}"),
        ("Feedback", number => $"/en/feedback?n={number}"),
        ("Sign in", number => $"/en/sign-in?n={number}"),
    ];

    private static IEnumerable<(string Role, (string What, Func<int, string> Address)[] Pages)> Own() =>
    [
        ("resident",
        [
            ("My Kera", number => $"/en/my?n={number}"),
            ("Notices", number => $"/en/my/inbox?n={number}"),
            ("My letter", number => $"/en/my/letter?n={number}"),
            ("My data", number => $"/en/my/data?n={number}"),
            ("Security", number => $"/en/my/security?n={number}"),
            ("Today, signed in", number => $"/en/today?n={number}"),
        ]),
        ("partner:nokia",
        [
            ("Partner's desk", number => $"/en/partner-desk/nokia?n={number}"),
            ("Partner's people", number => $"/en/partner-desk/nokia/people?n={number}"),
            ("Partner's tokens", number => $"/en/partner-desk/nokia/tokens?n={number}"),
        ]),
        ("city", [("Requests to answer", number => $"/en/desk/requests?n={number}"), ("Requests answered", number => $"/en/desk/requests?answered=true&n={number}")]),
        ("operator", [("Invitations", number => $"/en/desk/invitations?n={number}"), ("Record of who did what", number => $"/en/desk/audit?n={number}"), ("People", number => $"/en/desk/people?n={number}")]),
    ];

    private static async Task SearchPeopleAsync(Report report, HttpClient browser)
    {
        var page = await browser.GetStringAsync(new Uri("/en/desk/people", UriKind.Relative));
        var times = new Durations();
        for (var number = -PageTimes.WarmUp; number < PageTimes.Requests; number++)
        {
            using var form = ServedKera.Form(page, ("name", "lindström"), ("reason", "bench"));
            var watch = Stopwatch.StartNew();
            using var answer = await browser.PostAsync(new Uri("/en/desk/people", UriKind.Relative), form);
            await answer.Content.ReadAsByteArrayAsync();
            watch.Stop();
            answer.EnsureSuccessStatusCode();
            if (number >= 0)
            {
                times.Add(watch.Elapsed);
            }
        }

        report.AtMost($"People found by name, each look on record: 95th percentile (median {Report.Number(times.Percentile(50))} ms)", times.Percentile(95), Goal, "ms");
    }

    /// <summary>What a browser that comes for the first time loads, over gzip, which every browser and proxy knows; Brotli is less.</summary>
    private static async Task WeighAsync(Report report, Uri server)
    {
        using var client = new HttpClient { BaseAddress = server };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        foreach (var (what, address, goal) in new[] { ("Today", "/fi/today", 100.0), ("Flows", "/fi/flows", 100.0), ("Map, with the map that moves", "/fi/map", 600.0) })
        {
            var page = await client.GetByteArrayAsync(new Uri(address, UriKind.Relative));
            long all = page.Length;
            using var plain = new HttpClient { BaseAddress = server };
            var text = await plain.GetStringAsync(new Uri(address, UriKind.Relative));
            var assets = Asset().Matches(text).Select(match => match.Value).Distinct().ToList();
            if (address == "/fi/map")
            {
                assets.Add("/fi/map.geojson");
            }

            foreach (var asset in assets)
            {
                all += (await client.GetByteArrayAsync(new Uri(asset, UriKind.Relative))).Length;
            }

            report.AtMost($"First visit of {what}: over the wire, {assets.Count} files beside the page", all / 1_000.0, goal, "kB");
        }
    }

    /// <summary>The public pages again and again at one address, by wrk on the same two cores.</summary>
    private static async Task CachedAsync(Report report, Uri server)
    {
        foreach (var (what, path) in new[] { ("Today", "/fi/today"), ("Partners", "/en/partners"), ("Map", "/fi/map") })
        {
            try
            {
                using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", "-c32", "-d8s", "-H", "Accept-Encoding: gzip, br", new Uri(server, path).ToString()]) { RedirectStandardOutput = true })!;
                var said = await wrk.StandardOutput.ReadToEndAsync();
                await wrk.WaitForExitAsync();
                var rate = double.Parse(Rate().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
                report.AtLeast($"{what}, cached, 32 connections of wrk beside it{(said.Contains("Non-2xx", StringComparison.Ordinal) ? " (some answers were not 200)" : "")}", rate, 20_000, "requests/s");
            }
            catch (System.ComponentModel.Win32Exception)
            {
                report.Add($"{what}, cached", "not measured: there is no wrk (apt-get install wrk)");
            }
        }
    }

    [GeneratedRegex("/assets/[^\"']+")]
    private static partial Regex Asset();

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
