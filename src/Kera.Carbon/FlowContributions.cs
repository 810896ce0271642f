namespace Kera.Carbon;

/// <summary>What a source gave of what a unit from a node carries.</summary>
/// <param name="Node">The number of the node at which it came in.</param>
/// <param name="Entered">What of it came in over the boundary and as direct emissions in this step.</param>
/// <param name="Held">What of it the node's stock held before.</param>
/// <param name="Path">The numbers of the nodes on its strongest way to the node that was asked for, both ends included.</param>
public sealed record FlowContribution(int Node, double Entered, double Held, IReadOnlyList<int> Path)
{
    /// <summary>All of it.</summary>
    public double Amount => Entered + Held;
}

/// <summary>Where what a unit carries came from.</summary>
public static class FlowContributions
{
    /// <summary>
    /// The sources of what a unit from a node carries, the largest first; together they are the node's intensity. One solve of the
    /// equations turned round, whatever the number of sources, and one walk for their ways: O(flows · log nodes).
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="step">What flowed.</param>
    /// <param name="opening">What stocks carried before, by node and footprint; empty for nothing.</param>
    /// <param name="traced">What the step came to.</param>
    /// <param name="node">The number of the node.</param>
    /// <param name="footprint">The number of the footprint.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<FlowContribution> Of(FlowNetwork network, FlowStep step, ReadOnlySpan<double> opening, TracedStep traced, int node, int footprint, int most = int.MaxValue)
    {
        var nodes = network.Nodes.Count;
        var footprints = traced.Intensities.Length / nodes;
        var (entered, held, all) = (new double[nodes], new double[nodes], new double[nodes]);
        for (var source = 0; source < nodes; source++)
        {
            entered[source] = step.Sources[(source * footprints) + footprint];
            held[source] = opening.IsEmpty ? 0 : opening[(source * footprints) + footprint];
            all[source] = Math.Abs(entered[source]) + Math.Abs(held[source]);
        }

        // As if nothing that came in had been taken out of the air: so that every way has a weight above zero.
        var weight = new FlowTracer(network, 1).Trace(step with { Sources = all }, []).Intensities;
        if (weight[node] == 0)
        {
            return [];
        }

        var back = new FlowNetwork(network.Nodes, [.. network.Links.Select(link => new FlowLink(link.To, link.From))]);
        var turned = FlowStep.Of(back, 1);
        for (var link = 0; link < network.Links.Count; link++)
        {
            turned.Flows[link] = step.Flows[link] * weight[network.Links[link].From];
        }

        all.CopyTo(turned.FinalUse, 0);
        turned.Sources[node] = weight[node];
        var shares = new FlowTracer(back, 1, new double[nodes]).Trace(turned, []).Intensities;
        var next = StrongestWays(network, step, weight, node);
        var sources = Enumerable.Range(0, nodes)
            .Where(source => shares[source] * all[source] != 0 && next[source] >= 0)
            .OrderByDescending(source => Math.Abs(shares[source] * (entered[source] + held[source])))
            .Take(most)
            .ToList();
        return [.. sources.Select(source => new FlowContribution(source, shares[source] * entered[source], shares[source] * held[source], Way(source)))];

        List<int> Way(int from)
        {
            List<int> way = [from];
            while (way[^1] != node)
            {
                way.Add(next[way[^1]]);
            }

            return way;
        }
    }

    // From each node the next on the way along which most of what the last node carries comes: the product of what each node
    // has of the one before.
    private static int[] StrongestWays(FlowNetwork network, FlowStep step, double[] weight, int node)
    {
        var received = new double[network.Nodes.Count];
        for (var link = 0; link < network.Links.Count; link++)
        {
            received[network.Links[link].To] += step.Flows[link] * weight[network.Links[link].From];
        }

        var next = new int[network.Nodes.Count];
        Array.Fill(next, -1);
        var best = new double[network.Nodes.Count];
        var incoming = Enumerable.Range(0, network.Links.Count).ToLookup(link => network.Links[link].To);
        var queue = new PriorityQueue<int, double>();
        (best[node], next[node]) = (1, node);
        queue.Enqueue(node, -1);
        var settled = new bool[network.Nodes.Count];
        while (queue.TryDequeue(out var to, out _))
        {
            if (settled[to])
            {
                continue;
            }

            settled[to] = true;

            foreach (var link in incoming[to])
            {
                var from = network.Links[link].From;
                var way = best[to] * (step.Flows[link] * weight[from] / received[to]);
                if (!settled[from] && way > best[from])
                {
                    (best[from], next[from]) = (way, to);
                    queue.Enqueue(from, -way);
                }
            }
        }

        return next;
    }
}
