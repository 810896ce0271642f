using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Carbon;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>One hour being made a network: its flows become links, sources, stocks and the end of ways.</summary>
internal sealed partial class HourWork
{
    private const double Least = 1e-6;
    private readonly HourNetwork _maker;
    private readonly Instant _hour;
    private readonly FootprintLayout _layout;
    private readonly Dictionary<int, StockCarbon> _opening;
    private readonly Dictionary<(int Resource, int Process), int> _nodes = [];
    // By node.
    private readonly List<int> _stockKeys = [];
    private readonly List<string> _names = [];
    private readonly List<EconomicResource?> _resources = [];
    private readonly List<(FlowLink Link, double Amount)> _links = [];
    private readonly List<double> _finals = [];
    private readonly List<double> _stocks = [];
    private readonly List<double[]> _sources = [];
    private readonly List<double> _inflow = [];
    private readonly List<double> _outflow = [];
    private readonly List<FlowPart> _parts = [];
    // By process: the kinds of its products in this hour, each with its share of what the process takes.
    private readonly Dictionary<int, List<(int Specification, double Share)>> _products = [];
    private readonly HashSet<int> _inputs = [];
    // The gases that were measured of a process: no factor counts for them.
    private readonly Dictionary<int, HashSet<string>> _measured = [];

    public HourWork(HourNetwork maker, Instant hour, IReadOnlyList<StockCarbon> opening)
    {
        (_maker, _hour, _layout) = (maker, hour, maker.Layout);
        _opening = opening.ToDictionary(stock => stock.Key);
    }

    public void FindProcesses(List<HourFlow> flows)
    {
        foreach (var (flow, _) in flows)
        {
            if (flow.InputOf is { } input && flow.Action.Accounting == QuantityEffect.Decrement)
            {
                _inputs.Add(input.Id);
            }

            if (flow.OutputOf is { } measured && _maker.Rules.Of(flow).Gas is { } gas)
            {
                if (!_measured.TryGetValue(measured.Id, out var gases))
                {
                    _measured[measured.Id] = gases = [];
                }

                gases.Add(gas.Gas);
            }
        }

        // What takes nothing has nothing to share; what enters by a rule of its own, as waste heat, takes no share.
        foreach (var process in flows.Where(flow => IsProduct(flow.Flow) && _maker.Rules.Of(flow.Flow) is { Source: null, Gas: null }).GroupBy(flow => flow.Flow.OutputOf!).Where(process => _inputs.Contains(process.Key.Id) || _opening.ContainsKey(-process.Key.Id)))
        {
            var products = process.GroupBy(flow => flow.Flow.Specification).Select(group => (Specification: group.Key, Quantity: group.Sum(flow => flow.Quantity))).ToList();
            _products[process.Key.Id] = Shares(process.Key, products);
        }
    }

    public void Add(HourFlow given)
    {
        var (flow, quantity) = given;
        var rule = _maker.Rules.Of(flow);
        switch (flow.Action.Accounting)
        {
            case QuantityEffect.Increment when flow.Resource is { } into && rule.Gas is null:
                Produce(flow, quantity, rule, Node(into));
                break;
            case QuantityEffect.Decrement when flow.Resource is { } outOf:
                Consume(flow, quantity, rule, Node(outOf));
                break;
            case QuantityEffect.DecrementIncrement:
                Transfer(flow, quantity, rule);
                break;
            case QuantityEffect.Increment when rule.Gas is { } gas && flow.OutputOf is { } process:
                Measured(flow, quantity, gas, process);
                break;
            case QuantityEffect.NotApplicable when flow.Action.EventQuantity == EventQuantity.Resource && flow.Action.InputOutput == InputOutput.OutputInput:
                Service(flow, quantity, rule);
                break;
        }
    }

    private static bool IsProduct(FlowNouns flow) => flow.OutputOf is not null && flow.Action.InputOutput is InputOutput.Output or InputOutput.OutputInput
        && (flow.Resource is not null || flow.Action.InputOutput == InputOutput.OutputInput);

    // What comes out of a process that takes something: by one product all, by several as the district says.
    private List<(int, double)> Shares(Process process, List<(ResourceSpecification Specification, double Quantity)> products)
    {
        if (products.Count == 1)
        {
            return [(products[0].Specification.Id, 1)];
        }

        var sharing = _maker.Rules.SharingOf(process);
        var counted = products.Select(product => new CoProduct(product.Quantity, sharing is null ? 1 : (double)sharing.Weights.GetValueOrDefault(product.Specification.Key))).ToList();
        // Without a rule products of one dimension share by amount, which is by energy or by mass.
        if ((sharing is null && products.Select(product => product.Specification.Unit.Dimension).Distinct().Count() > 1) || counted.Sum(product => product.Amount * product.Weight) == 0)
        {
            throw new FlowTracingException("sharing", [process.Key], $"The process '{process.Key}' makes {string.Join(" and ", products.Select(product => product.Specification.Key))}, and carbon.yaml does not say how they share. Add it there: sharing: - {{ process: {process.Key}, rule: …, weights: … }}.");
        }

        return [.. products.Zip(CoProducts.Shares(counted), (product, share) => (product.Specification.Id, share))];
    }

    private void Produce(FlowNouns flow, double quantity, FlowRule rule, int into)
    {
        if (rule.Source is { } source)
        {
            Enter(flow, quantity, source, into);
        }
        else if (flow.OutputOf is { } process && (_inputs.Contains(process.Id) || _opening.ContainsKey(-process.Id)))
        {
            Link(ProcessNode(process, flow.Specification), into, quantity);
            _parts.Add(FlowPart.From(flow, quantity, ProcessNode(process, flow.Specification), FlowEnd.Passed));
        }
        else
        {
            Enter(flow, quantity, null, into);
        }
    }

    private void Consume(FlowNouns flow, double quantity, FlowRule rule, int outOf)
    {
        if (flow.InputOf is { } process && (_products.TryGetValue(process.Id, out var products) || _maker.Batches.Remaining(process.Id, _hour) > 0))
        {
            foreach (var (specification, share) in products ?? [(0, 1.0)])
            {
                var node = ProcessNode(process, specification);
                Link(outOf, node, quantity * share);
                if (rule.Source is { } given)
                {
                    Emit(node, flow, quantity * share, given, process);
                }
            }

            _parts.Add(FlowPart.From(flow, quantity, outOf, FlowEnd.Passed));
            return;
        }

        End(flow, quantity, outOf, FlowEnd.Used);
        GiveOff(flow, quantity, rule, flow.InputOf);
    }

    private void Transfer(FlowNouns flow, double quantity, FlowRule rule)
    {
        if (flow is { Resource: { } from, ToResource: { } to } && from != to)
        {
            Link(Node(from), Node(to), quantity);
            _parts.Add(FlowPart.From(flow, quantity, Node(from), FlowEnd.Passed));
        }
        else if (flow is { Resource: null, ToResource: { } into })
        {
            Enter(flow, quantity, rule.Source, Node(into));
        }
        else if (flow is { Resource: { } outOf, ToResource: null } && (flow.Receiver.Outside || outOf.Throughput))
        {
            // Over the boundary. Treating waste is given off beyond it and belongs to whoever made the waste.
            End(flow, quantity, Node(outOf), flow.Receiver.Outside ? FlowEnd.Exported : FlowEnd.Used);
            GiveOff(flow, quantity, rule, null);
        }
    }

    // A service is the end of the way: of the process that renders it, or by a factor as of a trip.
    private void Service(FlowNouns flow, double quantity, FlowRule rule)
    {
        if (flow.OutputOf is { } process && _inputs.Contains(process.Id))
        {
            End(flow, quantity, ProcessNode(process, flow.Specification), FlowEnd.Used);
        }
        else
        {
            // What carries nothing is still so much of it, as hours of a hall.
            _parts.Add(new FlowPart(flow.Id, quantity, null, FlowEnd.Passed, null));
            GiveOff(flow, quantity, rule, flow.OutputOf);
        }
    }

    // What a flow gives off by itself, by its factor.
    private void GiveOff(FlowNouns flow, double quantity, FlowRule rule, Process? process)
    {
        if (rule.Source is { } source)
        {
            _parts.Add(new FlowPart(flow.Id, quantity, null, FlowEnd.GivenOff, Entering(flow, quantity, source, process)));
        }
    }

    private void Measured(FlowNouns flow, double kilograms, CarbonGas gas, Process process)
    {
        var own = new double[_layout.Count];
        if (gas.Gas == "biogenicCO2")
        {
            own[FootprintLayout.Biogenic] = kilograms;
        }
        else
        {
            var carbon = kilograms * (double)gas.Potential;
            (own[FootprintLayout.Location], own[FootprintLayout.Market], own[FootprintLayout.Direct]) = (carbon, carbon, carbon);
            own[FootprintLayout.OfSource(_layout.IndexOfSource(FootprintLayout.Measured))] = carbon;
        }

        if (_products.TryGetValue(process.Id, out var products) && _inputs.Contains(process.Id))
        {
            foreach (var (specification, share) in products)
            {
                Add(_sources[ProcessNode(process, specification)], own, share);
            }
        }

        _parts.Add(new FlowPart(flow.Id, kilograms, null, products is null || !_inputs.Contains(process.Id) ? FlowEnd.GivenOff : FlowEnd.Passed, own));
    }

    // Over the boundary into a node.
    private void Enter(FlowNouns flow, double quantity, CarbonSource? source, int into)
    {
        var entering = Entering(flow, quantity, source, flow.OutputOf);
        Add(_sources[into], entering, 1);
        _inflow[into] += quantity;
        _parts.Add(new FlowPart(flow.Id, quantity, null, FlowEnd.Entered, entering));
    }

    // What a process gives off by what it takes: in what it makes, and told by itself.
    private void Emit(int node, FlowNouns flow, double quantity, CarbonSource source, Process process)
    {
        var entering = Entering(flow, quantity, source, process);
        // The amount itself entered before, wherever it came from: only what it gives off is new.
        var given = (double[])entering.Clone();
        for (var unit = 0; unit < _layout.Units.Count; unit++)
        {
            (given[_layout.Entered(unit)], given[_layout.Covered(unit)], given[_layout.CoveredByMarket(unit)]) = (0, 0, 0);
        }

        Add(_sources[node], given, 1);
        _parts.Add(new FlowPart(flow.Id, quantity, null, FlowEnd.Entered, entering));
    }

    private double[] Entering(FlowNouns flow, double quantity, CarbonSource? source, Process? process)
    {
        var entering = new double[_layout.Count];
        var unit = _layout.IndexOfUnit(flow.Specification.Unit.Code);
        entering[_layout.Entered(unit)] = quantity;
        if (source is not null)
        {
            // A measured emission stands in the place of the factor for the same process, hour and gas.
            var measured = process is null ? null : _measured.GetValueOrDefault(process.Id);
            var carried = _maker.Factors.Of(source, flow.Specification.Unit, _hour, measured);
            entering[_layout.Covered(unit)] = carried.Covered ? quantity : 0;
            // What is made here was not bought: by market it carries what it does by location.
            entering[_layout.CoveredByMarket(unit)] = carried.ByMarket || (carried.Covered && !flow.Provider.Outside) ? quantity : 0;
            entering[FootprintLayout.Location] = quantity * carried.Location;
            entering[FootprintLayout.Market] = quantity * carried.Market;
            entering[FootprintLayout.Direct] = quantity * carried.Direct;
            entering[FootprintLayout.Biogenic] = quantity * carried.Biogenic;
            entering[FootprintLayout.OfSource(_layout.IndexOfSource(carried.ByMean ? FootprintLayout.Mean(source.Key) : source.Key))] = entering[FootprintLayout.Location];
        }

        return entering;
    }

    private void Link(int from, int to, double amount)
    {
        _links.Add((new FlowLink(from, to), amount));
        _inflow[to] += amount;
        _outflow[from] += amount;
    }

    private void End(FlowNouns flow, double quantity, int node, FlowEnd end)
    {
        _finals[node] += quantity;
        _outflow[node] += quantity;
        _parts.Add(FlowPart.From(flow, quantity, node, end));
    }

    private int Node(EconomicResource resource) => NodeOf((resource.Id, 0), resource.Key, resource);

    private int ProcessNode(Process process, ResourceSpecification product) => ProcessNode(process, product.Id);

    private int ProcessNode(Process process, int product) =>
        NodeOf((_maker.Batches.Has(process) || _products.GetValueOrDefault(process.Id)?.Count <= 1 ? 0 : product, process.Id), process.Key, null);

    private int NodeOf((int Resource, int Process) key, string name, EconomicResource? resource)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            _nodes[key] = node = _names.Count;
            _stockKeys.Add(resource?.Id ?? -key.Process);
            _names.Add(name);
            _resources.Add(resource);
            _finals.Add(0);
            _stocks.Add(0);
            _inflow.Add(0);
            _outflow.Add(0);
            _sources.Add(new double[_layout.Count]);
        }

        return node;
    }

    private double[]? Opening(int node) => _opening.GetValueOrDefault(_stockKeys[node])?.Carried;

    private double Held(EconomicResource resource) => resource.Throughput ? 0 : _opening.GetValueOrDefault(resource.Id)?.Quantity ?? 0;

    private static void Add(double[] into, double[] what, double times)
    {
        for (var at = 0; at < into.Length; at++)
        {
            into[at] += what[at] * times;
        }
    }
}

/// <summary>A flow's way through the network: out of a node, with what it gives off itself.</summary>
internal sealed record FlowPart(int Flow, double Quantity, int? Node, FlowEnd End, double[]? Own)
{
    public static FlowPart From(FlowNouns flow, double quantity, int node, FlowEnd end) => new(flow.Id, quantity, node, end, null);
}
