using Kera.Carbon;

namespace Kera.Features.Carbon;

/// <content>The network traced, and what came of it.</content>
internal sealed partial class HourWork
{
    public CarbonContent Trace()
    {
        FillStocks();
        var network = new FlowNetwork(_names, [.. _links.Select(link => link.Link)]);
        var nodes = _names.Count;
        var step = FlowStep.Of(network, _layout.Count);
        for (var link = 0; link < _links.Count; link++)
        {
            step.Flows[link] = _links[link].Amount;
        }

        var opening = new double[nodes * _layout.Count];
        for (var node = 0; node < nodes; node++)
        {
            (step.FinalUse[node], step.Stock[node]) = (_finals[node], _stocks[node]);
            _sources[node].CopyTo(step.Sources, node * _layout.Count);
            Opening(node)?.CopyTo(opening, node * _layout.Count);
        }

        // One Wh where the unit is one of energy, else the unit's millionth.
        var least = _resources.Select(resource => resource?.ConformsTo.Unit.Dimension == "energy" ? 1e-3 * resource.ConformsTo.Unit.Denominator / resource.ConformsTo.Unit.Numerator : Least).ToArray();
        var traced = new FlowTracer(network, _layout.Count, least).Trace(step, opening);
        return new CarbonContent(
            _layout,
            [.. _parts.GroupBy(part => (part.Flow, part.End)).Select(group => new FlowCarbon(group.Key.Flow, group.Key.End, group.Sum(part => part.Quantity), Carried([.. group], traced)))],
            [.. Enumerable.Range(0, nodes).Where(node => _resources[node] is not null).Select(node => Given(node, traced))],
            [.. Stocks(traced)],
            []);
    }

    // What networks gave and nobody had put in entered unseen; stocks hold what they held, and what came, less what went.
    private void FillStocks()
    {
        for (var node = 0; node < _names.Count; node++)
        {
            if (_resources[node] is { } resource)
            {
                var left = Held(resource) + _inflow[node] - _outflow[node];
                if (left < -Least)
                {
                    _sources[node][_layout.Entered(_layout.IndexOfUnit(resource.ConformsTo.Unit.Code))] -= left;
                }

                _stocks[node] = resource.Throughput || left < Least ? 0 : left;
            }
            else if (_maker.Batches.Remaining(-_stockKeys[node], _hour) is { } remaining)
            {
                _stocks[node] = remaining;
            }
        }
    }

    private IEnumerable<StockCarbon> Stocks(TracedStep traced)
    {
        var seen = new HashSet<int>();
        for (var node = 0; node < _names.Count; node++)
        {
            var key = _stockKeys[node];
            seen.Add(key);
            if (_stocks[node] > 0)
            {
                yield return new StockCarbon(key, _stocks[node], traced.Closing[(node * _layout.Count)..((node + 1) * _layout.Count)]);
            }
        }

        foreach (var stock in _opening.Values.Where(stock => !seen.Contains(stock.Key)))
        {
            yield return stock;
        }
    }

    private NodeCarbon Given(int node, TracedStep traced)
    {
        var given = _outflow[node] + _stocks[node];
        var carried = new double[_layout.Count];
        var first = node * _layout.Count;
        for (var footprint = 0; footprint < carried.Length; footprint++)
        {
            carried[footprint] = traced.Intensities[first + footprint] * given;
        }

        var resource = _resources[node]!;
        var came = Held(resource) + _inflow[node];
        return new NodeCarbon(
            resource.Id,
            given,
            came - given,
            FlowLoss.Carbon(traced.Intensities[first], _outflow[node], came, carried[0] + traced.Residual[first]),
            traced.Residual[first],
            carried);
    }

    private double[] Carried(List<FlowPart> parts, TracedStep traced)
    {
        var carried = new double[_layout.Count];
        foreach (var part in parts)
        {
            if (part.Node is { } node)
            {
                Add(carried, traced.Intensities[(node * _layout.Count)..((node + 1) * _layout.Count)], part.Quantity);
            }

            if (part.Own is { } own)
            {
                Add(carried, own, 1);
            }
        }

        return carried;
    }
}
