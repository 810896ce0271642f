using Kera.Flows;

namespace Kera.Features.Flows;

/// <summary>What went into a network and what came out of it in a stretch of time, the largest first.</summary>
public sealed class NetworkFlows
{
    /// <summary>Adds up.</summary>
    /// <param name="amounts">What the network's flows amounted to.</param>
    /// <param name="network">The network's key.</param>
    /// <param name="window">The stretch of time.</param>
    public NetworkFlows(IReadOnlyList<FlowAmount> amounts, string network, FlowsWindow window)
    {
        Window = window;
        var sums = amounts.GroupBy(amount => amount.Flow)
            .Select(group => new FlowSum(group.Key, group.Aggregate(Quantity.Zero, (sum, amount) => sum + amount.Quantity), group.Sum(amount => amount.Events)))
            .OrderByDescending(sum => sum.Quantity)
            .ToLookup(sum => sum.Flow.ToResource?.Key == network || FlowAction.Find(sum.Flow.Action).Accounting == QuantityEffect.Increment);
        In = [.. sums[true]];
        Out = [.. sums[false]];
    }

    /// <summary>The stretch of time.</summary>
    public FlowsWindow Window { get; }

    public IReadOnlyList<FlowSum> In { get; }

    public IReadOnlyList<FlowSum> Out { get; }

    /// <summary>The largest flow on either side.</summary>
    public Quantity Largest => In.Concat(Out).Select(sum => sum.Quantity).DefaultIfEmpty(Quantity.Zero).Max();
}
