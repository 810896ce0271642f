using System.Diagnostics;
using System.Globalization;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Bench.Scenarios;

/// <summary>
/// A year of the built-in district's own loads, hour by hour, with the generation of its grid: how long it takes to trace all of it,
/// how soon the newest hour is traced, a correction far back, and the pages of carbon, goals and the road map over it.
/// </summary>
internal static class DistrictScenario
{
    private const int HoursOfAYear = 8_760;
    private const int NewestHours = 20;
    private const double Goal = 30;

    // A year that is over, in which the demonstration's networks are there.
    private static readonly Instant End = Instant.FromUtc(2026, 11, 1, 0, 0);

    public static async Task<Report> RunAsync(Scenario scenario)
    {
        var program = scenario.Server ?? throw new InvalidOperationException("Name the published program with --server; bench/page.sh publishes one.");
        var folder = Path.Combine(scenario.Folder, $"district-{scenario.Events}");
        var report = new Report();
        await using (var ledger = await BenchLedger.OpenAsync(folder))
        {
            // Fewer hours where fewer events are asked for, to see that it works.
            var hours = Math.Clamp(scenario.Events / ledger.Demo.Flows.Count, 48, HoursOfAYear);
            await GenerateAsync(ledger, hours);
            var events = 0;
            for (var hour = End - Duration.FromHours(hours); hour < End - Duration.FromHours(NewestHours); hour += Hours.Length)
            {
                events += await RecordAsync(ledger, hour);
            }

            var watch = Stopwatch.StartNew();
            await ledger.TraceAsync();
            report.Add($"Traced from nothing: {hours:N0} hours, {events:N0} events", $"{Report.Number(watch.Elapsed.TotalSeconds)} s");
            var newest = new Durations();
            for (var hour = End - Duration.FromHours(NewestHours); hour < End; hour += Hours.Length)
            {
                await RecordAsync(ledger, hour);
                watch.Restart();
                await ledger.TraceAsync();
                newest.Add(watch.Elapsed);
            }

            report.AtMost("The newest hour traced after its events, the slowest of 20", newest.Percentile(100) / 1_000, 1, "s");
            await CorrectAsync(ledger, End - Duration.FromHours(hours / 2));
            watch.Restart();
            await ledger.TraceAsync();
            report.Add("A correction half a way back, traced again", $"{Report.Number(watch.Elapsed.TotalSeconds)} s");
        }

        await using var server = await ServedKera.StartAsync(program, folder);
        using var anyone = new HttpClient { BaseAddress = server.Address };
        foreach (var (what, address) in Pages())
        {
            await PageTimes.MeasureAsync(report, anyone, what, address, Goal);
        }

        report.Note($"{PageTimes.Requests} requests one at a time after {PageTimes.WarmUp} to warm up, each with an address of its own, so that no cache of pages answers. The loads are the demonstration's: {HoursOfAYear:N0} hours of every flow, all traced for 28 footprints and more at once.");
        return report;
    }

    private static IEnumerable<(string What, Func<int, string> Address)> Pages() =>
    [
        ("Carbon, a day", number => $"/en/carbon?at={Day(number)}&n={number}"),
        ("Carbon, an hour", number => string.Create(CultureInfo.InvariantCulture, $"/fi/carbon?at={Day(number)}t{number % 24:00}z&n={number}")),
        ("Carbon, a month", number => string.Create(CultureInfo.InvariantCulture, $"/sv/carbon?at=2026-{2 + (number % 9):00}&n={number}")),
        ("Carbon, the year", number => $"/en/carbon?at=2026&n={number}"),
        ("Inventory", number => $"/en/carbon/inventory?year=2026&n={number}"),
        ("Why, a day's total", number => $"/en/why/carbon.total.{Day(number)}?n={number}"),
        ("Why, the year's total", number => $"/en/why/carbon.total.2026?n={number}"),
        ("Why, a group of uses in a month", number => string.Create(CultureInfo.InvariantCulture, $"/fi/why/carbon.use.homes.2026-{2 + (number % 9):00}?n={number}")),
        ("Goals", number => $"/en/goals?n={number}"),
        ("A goal", number => $"/fi/goals/heat-per-resident?n={number}"),
        ("Why, a goal", number => $"/en/why/indicator.heat-per-resident?n={number}"),
        ("Road map", number => $"/en/road-map?n={number}"),
        ("A measure", number => $"/fi/road-map/solar-roofs?n={number}"),
    ];

    private static string Day(int number) => new LocalDate(2026, 10, 30).PlusDays(-(number % 200)).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static async Task GenerateAsync(BenchLedger ledger, int hours)
    {
        foreach (var kind in ledger.Demo.Mixes)
        {
            List<SeriesValue> values = [.. Enumerable.Range(0, hours).Select(hour => End - Duration.FromHours(hours - hour)).Select(hour => new SeriesValue(hour, DemoLoad.Quantity(kind, ledger.Demo.Seed, hour), SeriesQuality.Synthetic))];
            await ledger.Mixes.AppendAsync(ledger.Mix(kind.Mix), kind.Kind, values, Hours.Length, BenchLedger.Bench, CancellationToken.None);
        }
    }

    private static async Task<int> RecordAsync(BenchLedger ledger, Instant hour)
    {
        List<EventInput> events =
        [
            .. ledger.Demo.Flows.Select(flow => new EventInput
            {
                IdempotencyKey = Hours.Key(flow.Flow.Key, hour, revision: 0),
                Flow = flow.Flow.Key,
                ResourceQuantity = new MeasureInput(DemoLoad.Quantity(flow, ledger.Demo.Seed, hour), flow.Flow.Unit.Code),
                HasBeginning = hour,
                HasEnd = hour + Hours.Length,
            }),
        ];
        await ledger.AppendAsync(events);
        return events.Count;
    }

    private static async Task CorrectAsync(BenchLedger ledger, Instant hour)
    {
        var flow = ledger.Demo.Flows.First(each => each.Flow.Key == "demo-heat-a").Flow;
        var position = await ledger.Queries.FindKeyAsync(Hours.Key(flow.Key, hour, revision: 0));
        await ledger.AppendAsync(
        [
            new EventInput
            {
                Corrects = position,
                Flow = flow.Key,
                ResourceQuantity = new MeasureInput(new Kera.Flows.Quantity(-Kera.Flows.Quantity.One), flow.Unit.Code),
                HasBeginning = hour,
                HasEnd = hour + Hours.Length,
                Reason = "The meter was read again.",
            },
        ]);
    }
}
