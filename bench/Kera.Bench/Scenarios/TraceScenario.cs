using System.Diagnostics;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Process = Kera.Flows.Process;

namespace Kera.Bench.Scenarios;

/// <summary>
/// A walk through a chain of 4,000 events: each of 2,000 batch processes consumes what the one before produced. In memory, and
/// over a stored ledger.
/// </summary>
internal static class TraceScenario
{
    private const int Links = 2_000;
    private const int Steps = 2 * Links;
    private const long Second = 1_000_000;
    private const long Start = 1_700_000_000 * Second;

    public static async Task<Report> RunAsync(Scenario scenario)
    {
        var report = new Report();
        InMemory(report);
        await StoredAsync(report, scenario);
        report.Note($"{Links:N0} processes, each with one input and one output; the walk reaches {Steps:N0} events. Medians of many walks after a warm-up.");
        return report;
    }

    private static void InMemory(Report report)
    {
        var city = new Agent(1, "city");
        var brick = new ResourceSpecification(1, "brick", Unit.Find("kg"));
        var resources = Enumerable.Range(1, Links + 1).Select(id => new EconomicResource(id, $"resource-{id}", brick)).ToArray();
        var processes = Enumerable.Range(1, Links).Select(id => new Process(id, $"process-{id}")).ToArray();
        List<EconomicEvent> events = [];
        for (var link = 0; link < Links; link++)
        {
            events.Add(Event("consume", resources[link], processes[link], null, 2 * link));
            events.Add(Event("produce", resources[link + 1], null, processes[link], (2 * link) + 1));
        }

        var building = Stopwatch.StartNew();
        var index = new TraceIndex(events);
        building.Stop();
        report.AtMost("in memory, upstream, median", Median(101, () => Tracer.Walk(index, resources[Links], TraceDirection.Trace, 2 * Steps)), 20, "ms");
        report.AtMost("in memory, downstream, median", Median(101, () => Tracer.Walk(index, resources[0], TraceDirection.Track, 2 * Steps)), 20, "ms");
        report.Add("indexing the events, once, cold", $"{Report.Number(building.Elapsed.TotalMilliseconds)} ms");

        EconomicEvent Event(string action, EconomicResource resource, Process? input, Process? output, int number) => new()
        {
            Position = number + 1,
            Action = FlowAction.Find(action),
            Provider = city,
            Receiver = city,
            InputOf = input,
            OutputOf = output,
            Resource = resource,
            ResourceQuantity = Quantity.Whole(1),
            ResourceUnit = brick.Unit,
            PointInTime = Start + (number * Second),
        };
    }

    private static async Task StoredAsync(Report report, Scenario scenario)
    {
        await using var ledger = await BenchLedger.OpenAsync(Path.Combine(scenario.Folder, $"trace-{Links}"));
        if (ledger.Catalog.Find(ledger.Catalog.Resources, Resource(Links)) is null)
        {
            await AddNounsAsync(ledger);
            await RecordAsync(ledger);
        }

        var flows = new FlowTable(ledger.Store, ledger.Catalog);
        var trace = new LedgerTrace(ledger.Store, ledger.Catalog, flows, ledger.Queries);
        var last = ledger.Catalog.Find(ledger.Catalog.Resources, Resource(Links))!.Noun;
        var first = ledger.Catalog.Find(ledger.Catalog.Resources, Resource(0))!.Noun;
        report.Add("stored on SQLite, upstream, median", $"{Report.Number(Median(7, () => trace.WalkAsync(Reader.Everything, last, TraceDirection.Trace, 2 * Steps).GetAwaiter().GetResult()))} ms");
        report.Add("stored on SQLite, downstream, median", $"{Report.Number(Median(7, () => trace.WalkAsync(Reader.Everything, first, TraceDirection.Track, 2 * Steps).GetAwaiter().GetResult()))} ms");
    }

    private static async Task AddNounsAsync(BenchLedger ledger)
    {
        await using var db = ledger.Store.OpenContext();
        var brick = new SpecificationRow { Key = "bench-brick", Unit = "kg" };
        db.AddRange(new AgentRow { Key = "bench-city" }, brick);
        await db.SaveChangesAsync();
        db.AddRange(Enumerable.Range(0, Links + 1).Select(number => new ResourceRow { Key = Resource(number), SpecificationId = brick.Id }));
        db.AddRange(Enumerable.Range(0, Links).Select(number => new ProcessRow { Key = Step(number) }));
        await db.SaveChangesAsync();
        ledger.Catalog.Reload();
    }

    private static async Task RecordAsync(BenchLedger ledger)
    {
        List<EventInput> inputs = [Input("raise", 0, 0) with { Reason = "the beginning of the chain" }];
        for (var link = 0; link < Links; link++)
        {
            inputs.Add(Input("consume", link, (2 * link) + 1) with { InputOf = Step(link) });
            inputs.Add(Input("produce", link + 1, (2 * link) + 2) with { OutputOf = Step(link) });
        }

        foreach (var batch in inputs.Chunk(BenchLedger.Batch))
        {
            await ledger.AppendAsync(batch);
        }

        static EventInput Input(string action, int resource, int second) => new()
        {
            Action = action,
            Provider = "bench-city",
            ResourceInventoriedAs = Resource(resource),
            ResourceQuantity = new MeasureInput(Quantity.Whole(1), "kg"),
            HasPointInTime = NodaTime.Instant.FromUnixTimeSeconds((Start / Second) + second),
            Audience = [Catalog.Public],
        };
    }

    private static double Median(int runs, Func<IReadOnlyList<TraceStep>> walk)
    {
        var times = new Durations();
        for (var run = -runs / 2; run < runs; run++)
        {
            var watch = Stopwatch.StartNew();
            var reached = walk().Count;
            watch.Stop();
            if (reached < Steps)
            {
                throw new InvalidOperationException($"The walk reached {reached} events, not {Steps}.");
            }

            if (run >= 0)
            {
                times.Add(watch.Elapsed);
            }
        }

        return times.Percentile(50);
    }

    private static string Resource(int number) => $"bench-resource-{number}";

    private static string Step(int number) => $"bench-process-{number}";
}
