namespace Kera.Carbon;

/// <summary>
/// Traces footprints along flows, step by step:
/// <c>xᵢ·(Σₖ Fᵢₖ + Sᵢ) = openingᵢ + Σⱼ Fⱼᵢ·xⱼ + eᵢ</c>, with F the gross flows a node gives (deliveries, final use, export; not
/// losses), S its stock at the end of the step, opening what its stock carried before and e what entered from outside. All that
/// came in is mixed before anything is taken out. Losses concentrate what is carried. Parts that hang together by loops are walked
/// in order and each solved by itself: small ones exactly, large ones until the residual is bounded.
/// </summary>
/// <remarks>One tracer serves one caller at a time; it keeps its working memory from step to step.</remarks>
public sealed class FlowTracer
{
    // The part of all terms by which in and out may differ.
    private const double Tolerance = 1e-9;
    private readonly FlowNetwork _network;
    private readonly int _footprints;
    private readonly double[] _least;
    private readonly Components _components;
    private readonly double[] _outWeights;
    private readonly double[] _given;
    private readonly double[] _outlets;
    private readonly double[] _returned;
    private readonly double[] _carried;
    private readonly FlowLoop _loop;

    /// <summary>A tracer for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="footprints">How many footprints are traced at once.</param>
    /// <param name="least">
    /// By node, the amount in its unit that counts as nothing: a node that gives no more and holds no more keeps what it carries as
    /// residual. One Wh for energy, otherwise the unit's millionth, which is taken where this is null.
    /// </param>
    public FlowTracer(FlowNetwork network, int footprints, double[]? least = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(footprints, 1);
        (_network, _footprints) = (network, footprints);
        var nodes = network.Nodes.Count;
        _least = least ?? Enumerable.Repeat(1e-6, nodes).ToArray();
        ArgumentOutOfRangeException.ThrowIfNotEqual(_least.Length, nodes);
        _components = new Components(nodes);
        _outWeights = new double[network.Links.Count];
        _given = new double[nodes];
        _outlets = new double[nodes];
        _returned = new double[nodes];
        _carried = new double[nodes * footprints];
        _loop = new FlowLoop(network, footprints);
    }

    /// <summary>Traces one step; O(flows · footprints), and more for loops: for n nodes whose links are at most b long in a good order, O(n · b²).</summary>
    /// <param name="step">What flowed.</param>
    /// <param name="opening">What each node's stock carried at the end of the step before, by node and footprint; empty for nothing.</param>
    /// <exception cref="FlowTracingException">
    /// A number is below zero or none; a loop receives something and has no way to use, export or stock; in and out do not agree.
    /// </exception>
    public TracedStep Trace(FlowStep step, ReadOnlySpan<double> opening)
    {
        var nodes = _network.Nodes.Count;
        Check(step, opening);
        var intensities = new double[nodes * _footprints];
        var residual = new double[nodes * _footprints];
        Give(step);
        for (var value = 0; value < _carried.Length; value++)
        {
            _carried[value] = step.Sources[value] + (opening.IsEmpty ? 0 : opening[value]);
        }

        _components.Find(nodes, _network.OutStarts, _network.OutTargets, _outWeights);
        for (var part = _components.Count - 1; part >= 0; part--)
        {
            var members = _components.Order.AsSpan(_components.Starts[part], _components.Starts[part + 1] - _components.Starts[part]);
            if (members.Length == 1)
            {
                Mix(members[0], intensities, residual);
            }
            else
            {
                _loop.Solve(members, _components.PartOf, _outWeights, _outlets, _carried, intensities);
            }

            foreach (var node in members)
            {
                PassOn(node, part, intensities);
            }
        }

        var closing = new double[nodes * _footprints];
        for (var node = 0; node < nodes; node++)
        {
            for (var footprint = 0; footprint < _footprints; footprint++)
            {
                closing[node * _footprints + footprint] = intensities[node * _footprints + footprint] * step.Stock[node];
            }
        }

        return new TracedStep(intensities, closing, residual, Balances(step, opening, intensities, closing, residual));
    }

    private void Check(FlowStep step, ReadOnlySpan<double> opening)
    {
        var nodes = _network.Nodes.Count;
        NotBelowZero(step.Flows, _network.Links.Count, "flows", link => [_network.Nodes[_network.Links[link].From], _network.Nodes[_network.Links[link].To]]);
        NotBelowZero(step.FinalUse, nodes, "finalUse", node => [_network.Nodes[node]]);
        NotBelowZero(step.Export, nodes, "export", node => [_network.Nodes[node]]);
        NotBelowZero(step.Stock, nodes, "stock", node => [_network.Nodes[node]]);
        Finite(step.Sources, "sources");
        if (!opening.IsEmpty)
        {
            Finite(opening, "opening");
        }
    }

    private static void NotBelowZero(double[] amounts, int count, string field, Func<int, string[]> names)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(amounts.Length, count, field);
        for (var index = 0; index < count; index++)
        {
            if (!(amounts[index] >= 0 && double.IsFinite(amounts[index])))
            {
                throw new FlowTracingException($"{field}[{index}]", names(index), $"{string.Join(" to ", names(index))}: {amounts[index]} is no amount. Give a finite number not below zero; what flows back is a flow of its own.");
            }
        }
    }

    private void Finite(ReadOnlySpan<double> amounts, string field)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(amounts.Length, _network.Nodes.Count * _footprints, field);
        for (var index = 0; index < amounts.Length; index++)
        {
            if (!double.IsFinite(amounts[index]))
            {
                throw new FlowTracingException($"{field}[{index}]", [_network.Nodes[index / _footprints]], $"{_network.Nodes[index / _footprints]}: {amounts[index]} is no finite number.");
            }
        }
    }

    // What each node gives and holds; a node that does neither gives nothing on, so that its links are not there.
    private void Give(FlowStep step)
    {
        for (var node = 0; node < _given.Length; node++)
        {
            var given = _outlets[node] = step.FinalUse[node] + step.Export[node] + step.Stock[node];
            _returned[node] = 0;
            var (from, to) = (_network.OutStarts[node], _network.OutStarts[node + 1]);
            for (var edge = from; edge < to; edge++)
            {
                var amount = step.Flows[_network.OutLinks[edge]];
                if (_network.OutTargets[edge] == node)
                {
                    // What a node gives itself comes in and goes out again.
                    (amount, _returned[node]) = (0, _returned[node] + amount);
                }

                _outWeights[edge] = amount;
                given += amount;
            }

            if (given <= _least[node])
            {
                given = 0;
                _outWeights.AsSpan(from, to - from).Clear();
            }

            _given[node] = given;
        }
    }

    private void Mix(int node, double[] intensities, double[] residual)
    {
        var carried = _carried.AsSpan(node * _footprints, _footprints);
        if (_given[node] == 0)
        {
            if (_returned[node] > _least[node] && carried.ContainsAnyExcept(0.0))
            {
                throw FlowLoop.Trapped(_network, [node]);
            }

            carried.CopyTo(residual.AsSpan(node * _footprints));
            return;
        }

        for (var footprint = 0; footprint < _footprints; footprint++)
        {
            intensities[node * _footprints + footprint] = carried[footprint] / _given[node];
        }
    }

    // To nodes of other parts, which come later.
    private void PassOn(int node, int part, double[] intensities)
    {
        for (var edge = _network.OutStarts[node]; edge < _network.OutStarts[node + 1]; edge++)
        {
            var target = _network.OutTargets[edge];
            if (_outWeights[edge] == 0 || _components.PartOf[target] == part)
            {
                continue;
            }

            for (var footprint = 0; footprint < _footprints; footprint++)
            {
                _carried[target * _footprints + footprint] += _outWeights[edge] * intensities[node * _footprints + footprint];
            }
        }
    }

    private FlowBalance[] Balances(FlowStep step, ReadOnlySpan<double> opening, double[] intensities, double[] closing, double[] residual)
    {
        var balances = new FlowBalance[_footprints];
        for (var footprint = 0; footprint < _footprints; footprint++)
        {
            var (before, sources, use, export, after, kept) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
            for (var node = 0; node < _given.Length; node++)
            {
                var index = node * _footprints + footprint;
                before += opening.IsEmpty ? 0 : opening[index];
                sources += step.Sources[index];
                use += intensities[index] * step.FinalUse[node];
                export += intensities[index] * step.Export[node];
                after += closing[index];
                kept += residual[index];
            }

            var balance = balances[footprint] = new FlowBalance(before, sources, use, export, after, kept);
            if (!(Math.Abs(balance.Difference) <= Tolerance * balance.Size))
            {
                throw new FlowTracingException("nodes", [], $"Footprint {footprint}: what came in and what went out differ by {balance.Difference:R}, which is more than rounding: {balance}.");
            }
        }

        return balances;
    }
}
