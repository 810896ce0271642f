using System.Diagnostics;
using Kera.Flows;
using Process = Kera.Flows.Process;

namespace Kera.Bench.Scenarios;

/// <summary>The kernel alone: how many events a book in memory judges and keeps, on one thread.</summary>
internal static class MemoryScenario
{
    private const int Resources = 100;
    private const int Chunk = 10_000;
    private const int WarmUp = 1_000_000;
    private const long Second = 1_000_000;
    private const long Start = 1_700_000_000 * Second;

    private static readonly Agent City = new(1, "city");
    private static readonly Agent Builder = new(2, "builder");
    private static readonly Process Works = new(1, "works", null, Continuous: true);
    private static readonly ResourceSpecification Brick = new(1, "brick", Unit.Find("kg"));

    public static Report Run(Scenario scenario)
    {
        var report = new Report();
        Apply(WarmUp, ProduceAndConsume, ResourceKind.Stock);
        Apply(WarmUp, ProduceAndConsume, ResourceKind.Throughput);
        Apply(WarmUp, Transfers, ResourceKind.Stock);
        report.AtLeast("produce and consume, stocks", Rate(scenario.Events, ProduceAndConsume, ResourceKind.Stock), 1_000_000, "events/s");
        report.Add("produce and consume, networks", $"{Report.Number(Rate(scenario.Events, ProduceAndConsume, ResourceKind.Throughput))} events/s");
        report.Add("transfer between stocks of two agents", $"{Report.Number(Rate(scenario.Events, Transfers, ResourceKind.Stock))} events/s");
        report.Note($"{scenario.Events:N0} events in order of time on {Resources} resources, kept by the book; only the book's work is timed, after a warm-up of {WarmUp:N0} of each kind; on one core, the collector's work included.");
        return report;
    }

    private static double Rate(int events, Func<EconomicResource[], int, EconomicEvent> make, ResourceKind kind)
    {
        GC.Collect();
        return events / Apply(events, make, kind).TotalSeconds;
    }

    private static TimeSpan Apply(int events, Func<EconomicResource[], int, EconomicEvent> make, ResourceKind kind)
    {
        var resources = Enumerable.Range(1, Resources).Select(id => new EconomicResource(id, $"resource-{id}", Brick, kind)).ToArray();
        var book = LedgerBook.InMemory();
        for (var index = 0; index < Resources; index++)
        {
            var opening = Event("raise", index % 2 == 0 ? City : Builder, resources[index], 1_000_000, -1) with { HasReason = true };
            Require(book.Append(ref opening));
        }

        var watch = new Stopwatch();
        var chunk = new EconomicEvent[Chunk];
        for (var first = 0; first < events; first += Chunk)
        {
            var count = Math.Min(Chunk, events - first);
            for (var index = 0; index < count; index++)
            {
                chunk[index] = make(resources, first + index);
            }

            watch.Start();
            for (var index = 0; index < count; index++)
            {
                Require(book.Append(ref chunk[index]));
            }

            watch.Stop();
        }

        return watch.Elapsed;
    }

    private static EconomicEvent ProduceAndConsume(EconomicResource[] resources, int index)
    {
        var resource = index / 2 % Resources;
        var holder = resource % 2 == 0 ? City : Builder;
        return index % 2 == 0
            ? Event("produce", holder, resources[resource], 2, index) with { OutputOf = Works }
            : Event("consume", holder, resources[resource], 1, index) with { InputOf = Works };
    }

    private static EconomicEvent Transfers(EconomicResource[] resources, int index)
    {
        var from = index % Resources;
        var even = from % 2 == 0;
        return Event("transfer", even ? City : Builder, resources[from], 1, index) with { Receiver = even ? Builder : City, ToResource = resources[even ? from + 1 : from - 1] };
    }

    private static EconomicEvent Event(string action, Agent agent, EconomicResource resource, long amount, int index) => new()
    {
        Action = FlowAction.Find(action),
        Provider = agent,
        Receiver = agent,
        Resource = resource,
        ResourceQuantity = Quantity.Whole(amount),
        ResourceUnit = Brick.Unit,
        PointInTime = Start + (index * Second),
        Created = Start + (10_000_000 * Second),
    };

    private static void Require(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException(refusal.Sentence);
        }
    }
}
