using Kera.Carbon;

namespace Kera.Generated;

/// <summary>How the links of a generated network lie.</summary>
public enum NetworkStructure
{
    /// <summary>Mostly from supply to use, with loops of up to <see cref="NetworkOptions.LongestLoop"/> nodes next to each other.</summary>
    District,

    /// <summary>Both ways between nodes that are near each other: one large loop of local structure.</summary>
    Local,

    /// <summary>Between any two nodes: one large loop without structure.</summary>
    Random,
}

/// <summary>What a generated network is like.</summary>
/// <param name="Nodes">How many nodes.</param>
/// <param name="Links">How many links.</param>
/// <param name="Structure">How the links lie.</param>
/// <param name="BoundaryShare">Of what each node that is no last user gives, the share that goes to use: 0.01 keeps a unit going round a hundred times. What goes to use comes in over the boundary.</param>
/// <param name="LongestLoop">The longest loop of a district.</param>
/// <param name="StoreShare">The share of nodes that hold a stock.</param>
public sealed record NetworkOptions(int Nodes, int Links, NetworkStructure Structure, double BoundaryShare, int LongestLoop = 50, double StoreShare = 0.05);

/// <summary>A network with amounts that balance, the same for the same seed.</summary>
public sealed class GeneratedNetwork
{
    // How far a local link reaches, in nodes.
    private const int Near = 8;
    private const int Ahead = 200;
    private readonly Random _random;
    private readonly NetworkOptions _options;
    private readonly double[] _shares;
    private readonly double[] _throughput;

    public GeneratedNetwork(int seed, NetworkOptions options)
    {
        (_random, _options) = (new Random(seed), options);
        Network = new FlowNetwork([.. Enumerable.Range(0, options.Nodes).Select(node => $"node-{node}")], Links());
        _shares = Shares();
        _throughput = Throughput();
    }

    /// <summary>The network.</summary>
    public FlowNetwork Network { get; }

    /// <summary>A step of some hour: amounts vary by a fifth from hour to hour.</summary>
    /// <param name="hour">The hour's number.</param>
    /// <param name="footprints">How many footprints.</param>
    public FlowStep Step(int hour, int footprints)
    {
        var step = FlowStep.Of(Network, footprints);
        Fill(step, hour, footprints);
        return step;
    }

    /// <summary>Fills a step with the amounts of some hour.</summary>
    public void Fill(FlowStep step, int hour, int footprints)
    {
        var random = new Random(hour);
        var received = new double[_options.Nodes];
        var left = _throughput.ToArray();
        for (var link = 0; link < Network.Links.Count; link++)
        {
            var (from, to) = (Network.Links[link].From, Network.Links[link].To);
            var amount = step.Flows[link] = _throughput[from] * _shares[link] * (0.8 + (0.2 * random.NextDouble()));
            left[from] -= amount;
            received[to] += amount;
        }

        for (var node = 0; node < _options.Nodes; node++)
        {
            step.FinalUse[node] = Math.Max(0, left[node]);
            step.Stock[node] = node % Math.Max(1, (int)(1 / _options.StoreShare)) == 0 ? _throughput[node] : 0;
            var boundary = Math.Max(0, _throughput[node] - received[node]);
            for (var footprint = 0; footprint < footprints; footprint++)
            {
                step.Sources[node * footprints + footprint] = boundary * (1 + ((node + footprint) % 7));
            }
        }
    }

    private List<FlowLink> Links()
    {
        var (nodes, links) = (_options.Nodes, new List<FlowLink>());
        if (_options.Structure == NetworkStructure.District)
        {
            // Every tenth stretch of nodes is a loop.
            for (var start = 0; start + _options.LongestLoop < nodes; start += 4 * _options.LongestLoop)
            {
                var length = _random.Next(2, _options.LongestLoop + 1);
                links.AddRange(Enumerable.Range(0, length).Select(place => new FlowLink(start + place, start + ((place + 1) % length))));
            }
        }
        else
        {
            links.AddRange(Enumerable.Range(0, nodes).Select(node => new FlowLink(node, (node + 1) % nodes)));
        }

        while (links.Count < _options.Links)
        {
            var from = _random.Next(nodes);
            var to = _options.Structure switch
            {
                NetworkStructure.District => Math.Min(nodes - 1, from + 1 + _random.Next(Ahead)),
                NetworkStructure.Local => (from + nodes + _random.Next(-Near, Near + 1)) % nodes,
                _ => _random.Next(nodes),
            };
            if (to != from)
            {
                links.Add(new FlowLink(from, to));
            }
        }

        return links;
    }

    // Of what a node has, what each of its links takes.
    private double[] Shares()
    {
        var weights = new double[Network.Links.Count];
        var sums = new double[_options.Nodes];
        for (var link = 0; link < weights.Length; link++)
        {
            weights[link] = 0.1 + _random.NextDouble();
            sums[Network.Links[link].From] += weights[link];
        }

        for (var link = 0; link < weights.Length; link++)
        {
            weights[link] *= (1 - _options.BoundaryShare) / sums[Network.Links[link].From];
        }

        return weights;
    }

    // What goes through each node, where as much comes in over the boundary as goes to use.
    private double[] Throughput()
    {
        var through = Enumerable.Repeat(1.0, _options.Nodes).ToArray();
        for (var round = 0; round < 50; round++)
        {
            var next = Enumerable.Repeat(_options.BoundaryShare, _options.Nodes).ToArray();
            for (var link = 0; link < _shares.Length; link++)
            {
                next[Network.Links[link].To] += through[Network.Links[link].From] * _shares[link];
            }

            through = next;
        }

        return through;
    }
}
