using Kera.Base.Ledger;
using Kera.Carbon;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>What a flow amounted to in an hour, corrections included.</summary>
/// <param name="Flow">Its dimensions.</param>
/// <param name="Quantity">In the unit of its kind; what the ledger took back entirely is 0.</param>
public readonly record struct HourFlow(FlowNouns Flow, double Quantity);

/// <summary>
/// Makes the flows of an hour a network and traces it (conventions B): networks and stocks are nodes, so are processes that make
/// something, one for each of their products. What enters without a factor is counted as entered and not as covered.
/// </summary>
/// <param name="Rules">What the district says of its flows.</param>
/// <param name="Factors">What sources carry.</param>
/// <param name="Layout">Which footprints are traced.</param>
/// <param name="Batches">What batch processes make when.</param>
public sealed record HourNetwork(CarbonRules Rules, SourceFactors Factors, FootprintLayout Layout, BatchOutputs Batches)
{
    /// <summary>Traces an hour.</summary>
    /// <param name="hour">Its beginning.</param>
    /// <param name="flows">What flowed.</param>
    /// <param name="opening">What stocks held before.</param>
    /// <exception cref="FlowTracingException">The flows cannot be traced; the message names the nodes.</exception>
    public CarbonContent Trace(Instant hour, IReadOnlyList<HourFlow> flows, IReadOnlyList<StockCarbon> opening)
    {
        var work = new HourWork(this, hour, opening);
        var given = flows.Where(flow => flow.Quantity > 0).ToList();
        work.FindProcesses(given);
        foreach (var flow in given)
        {
            work.Add(flow);
        }

        return work.Trace();
    }
}
