namespace Kera.Carbon.Tests;

/// <summary>A network with a step and an opening, made up: loops, stores, losses, flows both ways, nodes that give themselves something, nodes that give nothing.</summary>
internal sealed record RandomFlows(FlowNetwork Network, FlowStep Step, double[] Opening, int Footprints)
{
    public static RandomFlows Make(int seed, int nodes, double linksPerNode = 3, int footprints = 3, double outletShare = 0.4)
    {
        var random = new Random(seed);
        var links = new List<FlowLink>();
        for (var link = 0; link < nodes * linksPerNode; link++)
        {
            links.Add(new FlowLink(random.Next(nodes), random.Next(nodes)));
        }

        var network = new FlowNetwork([.. Enumerable.Range(0, nodes).Select(node => $"n{node}")], links);
        var step = FlowStep.Of(network, footprints);
        for (var link = 0; link < links.Count; link++)
        {
            step.Flows[link] = random.Next(5) == 0 ? 0 : Math.Pow(10, 4 * random.NextDouble() - 1);
        }

        var opening = new double[nodes * footprints];
        for (var node = 0; node < nodes; node++)
        {
            // Something leaves each node, so that no loop is without a way out.
            step.FinalUse[node] = random.NextDouble() < outletShare ? 10 * random.NextDouble() : 1e-3;
            step.Export[node] = random.NextDouble() < outletShare / 4 ? random.NextDouble() : 0;
            step.Stock[node] = random.NextDouble() < outletShare / 2 ? 20 * random.NextDouble() : 0;
            for (var footprint = 0; footprint < footprints; footprint++)
            {
                // The last takes carbon in, as what grows does.
                var sign = footprint == footprints - 1 && random.Next(3) == 0 ? -1 : 1;
                step.Sources[node * footprints + footprint] = random.Next(2) == 0 ? 0 : sign * 100 * random.NextDouble();
                opening[node * footprints + footprint] = random.Next(3) == 0 ? 10 * random.NextDouble() : 0;
            }
        }

        return new RandomFlows(network, step, opening, footprints);
    }

    public TracedStep Trace() => new FlowTracer(Network, Footprints).Trace(Step, Opening);

    /// <summary>The same equations written out as a matrix and solved by elimination with full rows: nothing of the tracer's is used.</summary>
    public double[] Densely()
    {
        var nodes = Network.Nodes.Count;
        var width = nodes + Footprints;
        var rows = new double[nodes][];
        for (var node = 0; node < nodes; node++)
        {
            rows[node] = new double[width];
            rows[node][node] = Step.FinalUse[node] + Step.Export[node] + Step.Stock[node];
            for (var footprint = 0; footprint < Footprints; footprint++)
            {
                rows[node][nodes + footprint] = Step.Sources[node * Footprints + footprint] + Opening[node * Footprints + footprint];
            }
        }

        for (var link = 0; link < Network.Links.Count; link++)
        {
            rows[Network.Links[link].From][Network.Links[link].From] += Step.Flows[link];
            rows[Network.Links[link].To][Network.Links[link].From] -= Step.Flows[link];
        }

        for (var step = 0; step < nodes; step++)
        {
            var pivot = step;
            for (var row = step + 1; row < nodes; row++)
            {
                pivot = Math.Abs(rows[row][step]) > Math.Abs(rows[pivot][step]) ? row : pivot;
            }

            (rows[step], rows[pivot]) = (rows[pivot], rows[step]);
            for (var row = 0; row < nodes; row++)
            {
                if (row == step || rows[row][step] == 0)
                {
                    continue;
                }

                var share = rows[row][step] / rows[step][step];
                for (var column = step; column < width; column++)
                {
                    rows[row][column] -= share * rows[step][column];
                }
            }
        }

        var answer = new double[nodes * Footprints];
        for (var node = 0; node < nodes; node++)
        {
            for (var footprint = 0; footprint < Footprints; footprint++)
            {
                answer[node * Footprints + footprint] = rows[node][nodes + footprint] / rows[node][node];
            }
        }

        return answer;
    }
}
