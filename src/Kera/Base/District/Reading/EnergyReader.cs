using System.Globalization;
using Kera.Flows;

namespace Kera.Base.District.Reading;

/// <summary>Reads energy.yaml.</summary>
internal sealed class EnergyReader(IReadOnlyDictionary<string, DistrictFlow> flows, IReadOnlyDictionary<string, DistrictResource> resources, IReadOnlyDictionary<string, DistrictAgent> agents)
{
    private static readonly Unit Kilowatthour = Unit.Find("kWh");
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private OrderedDictionary<string, DistrictBus> _buses = [];

    public DistrictEnergy Energy(Entry root)
    {
        _buses = Table(root, "buses", "bus", Bus, bus => bus.Key);
        var energy = new DistrictEnergy
        {
            Buses = _buses,
            Demands = Table(root, "demands", "demand", Demand, demand => demand.Key),
            Supplies = Table(root, "supplies", "supply", Supply, supply => supply.Key),
            Plants = Table(root, "plants", "plant", Plant, plant => plant.Key),
            Stores = Table(root, "stores", "store", Store, store => store.Key),
            Grids = Table(root, "grids", "grid", Grid, grid => grid.Key),
            Objective = root.Child("objective", "objective") is { } objective ? Objective(objective) : new DistrictObjective(PlanAim.Cost, 0),
            Flexibilities = Table(root, "flexibilities", "flexibility", Flexibility, flexibility => flexibility.Key),
        };
        if (energy.Buses.Count == 0)
        {
            root.Report.Add(root.Node, "there is no bus", "say where flows meet: buses: - { key: heat, name: …, network: … }");
        }

        root.Done();
        return energy;
    }

    private static DistrictObjective Objective(Entry entry)
    {
        var seek = entry.Choice("seek", PlanAim.Cost);
        var price = OptionalShare(entry, "carbonPrice");
        if (seek == PlanAim.Mix && price is null)
        {
            entry.Report.Add(entry.Node.Field("seek")!, "the mix has no price of carbon", "write carbonPrice: in EUR a tonne of CO2e");
        }
        else if (seek != PlanAim.Mix && price is not null)
        {
            entry.Report.Add(entry.Node.Field("carbonPrice")!, "'carbonPrice' counts only in a mix", "write seek: mix, or remove it");
        }

        var cap = entry.Child("cap", "cap") is { } child ? Cap(child) : null;
        entry.Done();
        return new DistrictObjective(seek, price ?? 0, cap);
    }

    private static DistrictCarbonCap Cap(Entry entry)
    {
        var cap = new DistrictCarbonCap(entry.Share("tonnes"), entry.Share("over"));
        if (cap.Tonnes == 0 && entry.Node.Field("tonnes") is { } none)
        {
            entry.Report.Add(none, "the cap lets nothing be emitted at all", "write tonnes of CO2e a month, above 0; to seek the least, write seek: carbon");
        }

        if (cap.Over == 0 && entry.Node.Field("over") is { } free)
        {
            entry.Report.Add(free, "what is over the cap counts nothing", "write what a tonne over it counts, in EUR above 0, or remove the cap");
        }

        entry.Done();
        return cap;
    }

    // All but buses are drawn and planned side by side, and have keys of their own among each other.
    private OrderedDictionary<string, T> Table<T>(Entry root, string section, string subject, Func<Entry, T> read, Func<T, string> key)
    {
        var table = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in root.Children(section, subject))
        {
            var value = read(entry);
            entry.Done();
            if (key(value).Length > 0 && (!table.TryAdd(key(value), value) || (section != "buses" && !_keys.Add(key(value)))))
            {
                entry.Report.Add(entry.Node.Field("key")!, $"'{key(value)}' is here twice", "give one of them another key, or remove it");
            }
        }

        return table;
    }

    private DistrictBus Bus(Entry entry)
    {
        var network = entry.Reference("network", Noun.Resource);
        if (resources.TryGetValue(network, out var resource) && resource.Network is null)
        {
            entry.Report.Add(entry.Node.Field("network")!, $"the resource '{network}' is no network", "name one with kind: throughput");
        }

        return new DistrictBus(entry.Key(), entry.Localized("name"), network, OptionalShare(entry, "shortage"), OptionalShare(entry, "surplus"), entry.Flag("letGo"));
    }

    private DistrictDemand Demand(Entry entry) =>
        new(entry.Key(), entry.Localized("name"), KnownBus(entry, "bus"), Flows(entry), OptionalShare(entry, "losses") ?? 0);

    private DistrictSupply Supply(Entry entry) =>
        new(entry.Key(), entry.Localized("name"), KnownBus(entry, "bus"), Flows(entry), entry.Flag("curtail"));

    private DistrictPlant Plant(Entry entry)
    {
        var (illustrative, sources) = Provenance(entry);
        var pump = entry.Child("heatPump", "heat pump") is { } child ? HeatPump(child) : null;
        List<PlantFlow> given = [.. entry.Children("gives", "flow").Select(flow => PlantFlow(flow, 1)), .. entry.Children("takes", "flow").Select(flow => PlantFlow(flow, -1))];
        if (pump is null == given.TrueForAll(flow => flow.Amount <= 0))
        {
            entry.Report.Add(entry.Node, "the plant gives nothing, or gives it twice", "write heatPump, or gives and takes");
        }

        return new DistrictPlant
        {
            Key = entry.Key(),
            Name = entry.Localized("name"),
            Holder = entry.Reference("holder", Noun.Agent),
            Process = entry.Reference("process", Noun.Process),
            Reading = Flow(entry, "reading"),
            PowerReading = entry.OptionalScalar("powerReading") is null ? null : Flow(entry, "powerReading"),
            Capacity = entry.Share("capacity"),
            Illustrative = illustrative,
            Sources = sources,
            Flows = given,
            HeatPump = pump,
            Cost = OptionalShare(entry, "cost") ?? 0,
            Switch = entry.Child("switch", "switch") is { } switched ? Switch(switched) : null,
            RampPercent = OptionalShare(entry, "ramp"),
            FallbackPercent = Fallback(entry),
            Mode = entry.Choice("mode", PlantMode.Off),
        };
    }

    private static decimal Fallback(Entry entry)
    {
        var percent = OptionalShare(entry, "fallback") ?? 0;
        if (percent > 100)
        {
            entry.Report.Add(entry.Node.Field("fallback")!, $"'fallback' is {percent.ToString(CultureInfo.InvariantCulture)}", "write it in per cent of the capacity, at most 100");
        }

        return percent;
    }

    private DistrictHeatPump HeatPump(Entry entry)
    {
        var from = entry.OptionalScalar("from") is null ? null : KnownBus(entry, "from");
        var pump = new DistrictHeatPump(entry.Word("kind", DistrictHeatPump.Kinds), KnownBus(entry, "gives"), KnownBus(entry, "takes"), from, Temperature(entry, "sink") ?? 0, Temperature(entry, "source"), entry.Share("quality"));
        if (entry.Optional("sink") is null)
        {
            entry.Report.Add(entry.Node, "'sink' is missing", "write the temperature that it gives, °C");
        }

        if (pump.Quality is <= 0 or > 1 && entry.Node.Field("quality") is { } quality)
        {
            entry.Report.Add(quality, $"'quality' is {pump.Quality.ToString(CultureInfo.InvariantCulture)}", "write a share above 0 and at most 1");
        }

        entry.Done();
        return pump;
    }

    private PlantFlow PlantFlow(Entry entry, int sign)
    {
        var flow = new PlantFlow(KnownBus(entry, "bus"), sign * entry.Share("amount"));
        entry.Done();
        return flow;
    }

    private static DistrictSwitch Switch(Entry entry)
    {
        var switched = new DistrictSwitch(OptionalShare(entry, "least") ?? 0, OptionalShare(entry, "hoursOn") ?? 0, OptionalShare(entry, "hoursOff") ?? 0, OptionalShare(entry, "startCost") ?? 0);
        if (switched.LeastPercent > 100)
        {
            entry.Report.Add(entry.Node.Field("least")!, $"'least' is {switched.LeastPercent.ToString(CultureInfo.InvariantCulture)}", "write it in per cent of the capacity, at most 100");
        }

        entry.Done();
        return switched;
    }

    private DistrictEnergyStore Store(Entry entry)
    {
        var (illustrative, sources) = Provenance(entry);
        var store = new DistrictEnergyStore(entry.Key(), entry.Localized("name"), KnownBus(entry, "bus"), entry.Share("capacity"), entry.Share("power"), OptionalShare(entry, "efficiency") ?? 100, OptionalShare(entry, "loss") ?? 0, OptionalShare(entry, "cost") ?? 0, entry.OptionalScalar("level")?.Text, illustrative, sources);
        if (store.EfficiencyPercent is <= 0 or > 100 || store.LossPercent >= 100)
        {
            entry.Report.Add(entry.Node.Field("efficiency") ?? entry.Node, "more comes out than went in, or nothing does", "write the efficiency in per cent above 0 and at most 100, the loss below 100");
        }

        return store;
    }

    private DistrictGrid Grid(Entry entry)
    {
        var (illustrative, sources) = Provenance(entry);
        return new DistrictGrid(
            entry.Key(), entry.Localized("name"), KnownBus(entry, "bus"), entry.Share("capacity"), Flow(entry, "import"), Flow(entry, "export"),
            entry.Text("price", "name the Series of the price, as price.day-ahead"), OptionalShare(entry, "buyFee") ?? 0, OptionalShare(entry, "sellFee") ?? 0,
            [.. entry.Children("fees", "fee").Select(Fee)], OptionalShare(entry, "powerFee") ?? 0, illustrative, sources);
    }

    private DistrictFlexibility Flexibility(Entry entry)
    {
        var (illustrative, sources) = Provenance(entry);
        return new DistrictFlexibility(entry.Key(), entry.Localized("name"), entry.Reference("holder", Noun.Agent), KnownBus(entry, "bus"), entry.Share("capacity"), entry.Share("shortage"), illustrative, sources);
    }

    internal static GridFee Fee(Entry entry)
    {
        var fee = new GridFee(entry.Share("amount"), Whole(entry, "from", 0, 23), Whole(entry, "until", 1, 24), Months(entry));
        if (fee.From == fee.Until)
        {
            entry.Report.Add(entry.Node, "the fee begins when it ends", "write from: 0 and until: 24 for the whole day");
        }

        entry.Done();
        return fee;
    }

    private static List<int> Months(Entry entry)
    {
        List<int> months = [];
        if (entry.Optional("months") is { } node)
        {
            foreach (var item in node.Kind == NodeKind.Sequence ? node.Items : [node])
            {
                if (int.TryParse(item.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12)
                {
                    months.Add(month);
                }
                else
                {
                    entry.Report.Add(item, $"'{item.Text}' is no month", "list months by number: [11, 12, 1, 2, 3]");
                }
            }
        }

        return months;
    }

    private static int Whole(Entry entry, string name, int least, int most)
    {
        var remedy = $"write a whole hour from {least} to {most}";
        if (entry.RequiredScalar(name, remedy) is not { } node)
        {
            return least;
        }

        if (int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        entry.Report.Add(node, $"'{name}' is '{node.Text}'", remedy);
        return least;
    }

    // A size has a source, or is said to be made up.
    internal static (bool Illustrative, IReadOnlyList<string> Sources) Provenance(Entry entry)
    {
        var illustrative = entry.Flag("illustrative");
        return (illustrative, entry.Sources(illustrative));
    }

    private string KnownBus(Entry entry, string name)
    {
        var remedy = $"name a bus: {string.Join(", ", _buses.Keys)}";
        if (entry.RequiredScalar(name, remedy) is not { } node)
        {
            return "";
        }

        if (!_buses.ContainsKey(node.Text))
        {
            entry.Report.Add(node, $"unknown bus '{node.Text}'", Ledger.Nearest.To(node.Text, _buses.Keys) is { } nearest ? $"did you mean '{nearest}'?" : remedy);
        }

        return node.Text;
    }

    private List<string> Flows(Entry entry)
    {
        var keys = entry.OptionalReferences("flows", Noun.Flow);
        if (keys.Count == 0 && entry.Optional("flows") is null)
        {
            entry.Report.Add(entry.Node, "it is of no flow", "list the keys of declared flows: flows: [ … ]");
        }

        foreach (var key in keys)
        {
            Check(entry, entry.Node.Field("flows")!, key);
        }

        return [.. keys];
    }

    private string Flow(Entry entry, string name)
    {
        var key = entry.Reference(name, Noun.Flow);
        if (entry.Node.Field(name) is { } node)
        {
            Check(entry, node, key);
        }

        return key;
    }

    private void Check(Entry entry, FileNode node, string key)
    {
        if (!flows.TryGetValue(key, out var flow))
        {
            return;
        }

        if (flow.Target != DistrictFlowTarget.Ledger || flow.Unit != Kilowatthour)
        {
            entry.Report.Add(node, $"the flow '{key}' is no energy in the ledger", "name flows with target: ledger and unit: kWh");
        }
        else if (flow.Audience.Count > 0 && flow.Audience.All(agents.ContainsKey))
        {
            // Everyone reads the plan, and could reckon from it what the flow was. An audience that is unknown is told where it stands.
            entry.Report.Add(node, $"the flow '{key}' is not public, and the plan would tell it", "name flows with audience: public, such as a building's or a block's sum");
        }
    }

    internal static decimal? OptionalShare(Entry entry, string name) => entry.OptionalScalar(name) is null ? null : entry.Share(name);

    private static decimal? Temperature(Entry entry, string name) => entry.OptionalNumber(name)?.ToDecimal();
}
