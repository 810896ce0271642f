using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Bench;

/// <summary>
/// Readings of every flow that the district declares for its ledger (42 of them, on networks and on stocks), hour by hour up to
/// a fixed hour, each under the key that an import gives it. The same index is always the same reading.
/// </summary>
internal sealed class HourlyReadings
{
    private readonly List<DeclaredFlowRow> _flows;

    public HourlyReadings(Catalog catalog, int events)
    {
        // What adds comes before what takes, so that a stock has what is taken from it.
        _flows = [.. catalog.DeclaredFlows.All.Select(entry => entry.Row).Where(row => row.ActionId is not null).OrderBy(row => Takes(row)).ThenBy(row => row.Key, StringComparer.Ordinal)];
        Start = BenchLedger.End - Duration.FromHours((events + _flows.Count - 1) / _flows.Count);
    }

    /// <summary>The hour of the first reading.</summary>
    public Instant Start { get; }

    public EventInput[] Range(int first, int count) => [.. Enumerable.Range(first, count).Select(Reading)];

    private EventInput Reading(int index)
    {
        var flow = _flows[index % _flows.Count];
        var hour = Start + Duration.FromHours(index / _flows.Count);
        return new EventInput
        {
            IdempotencyKey = Hours.Key(flow.Key, hour, revision: 0),
            Flow = flow.Key,
            ResourceQuantity = new MeasureInput(new Quantity((Takes(flow) ? 10 : 40) * Quantity.One + Noise(index)), flow.Unit),
            HasBeginning = hour,
            HasEnd = hour + Hours.Length,
        };
    }

    /// <summary>Whether the flow takes from a resource rather than adding to one.</summary>
    private static bool Takes(DeclaredFlowRow flow) => flow.ToResourceId is null && FlowAction.All[flow.ActionId!.Value].Onhand != QuantityEffect.Increment;

    /// <summary>Up to 20 units in millionths, scattered by the index.</summary>
    private static long Noise(int index) => (long)(unchecked((ulong)index * 0x9E3779B97F4A7C15) >> 40) % (20 * Quantity.One);
}
