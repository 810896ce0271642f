using System.Text.RegularExpressions;
using Kera.Carbon;
using Kera.Flows;

namespace Kera.Base.District.Reading;

/// <summary>Reads carbon.yaml.</summary>
internal sealed partial class CarbonReader(IReadOnlyList<EmissionFactor> factors, IReadOnlyDictionary<string, DistrictResourceSpecification> specifications)
{
    private static readonly string[] Notations = ["NO", "NE", "IE", "C"];
    private static readonly string[] Gases = ["CO2", "biogenicCO2", "CH4", "N2O", "HFC", "PFC", "SF6", "NF3"];
    private static readonly string[] Potentials = ["AR4", "AR5", "AR6"];
    private readonly HashSet<string> _factorKeys = [.. factors.Select(factor => factor.Key)];

    public DistrictCarbon Carbon(Entry root)
    {
        var mixes = Table(root, "mixes", "mix", Mix, mix => mix.Key);
        var carbon = new DistrictCarbon
        {
            Regions = Regions(root),
            Residents = root.OptionalReference("residents", Noun.Fact),
            Jobs = root.OptionalReference("jobs", Noun.Fact),
            Mixes = mixes,
            Sources = Table(root, "sources", "source of carbon", entry => Source(entry, mixes), source => source.Key),
            Uses = Table(root, "uses", "use", Use, use => use.Key),
            Sharing = [.. root.Children("sharing", "sharing of co-products").Select(Sharing)],
            Gases = Table(root, "gases", "gas", Gas, gas => gas.Specification, "specification"),
            Absences = Table(root, "absences", "absence", Absence, absence => absence.Subsector, "subsector"),
            Avoidances = Table(root, "avoidances", "avoidance", Avoidance, avoidance => avoidance.Key),
            Things = Table(root, "things", "thing", Thing, thing => thing.Key),
            Rooms = Table(root, "rooms", "room", Room, room => room.Place, "place"),
        };
        foreach (var avoidance in root.Children("avoidances", "avoidance"))
        {
            if (avoidance.OptionalScalar("key") is { } key && carbon.Avoidances.GetValueOrDefault(key.Text)?.Baseline is { } baseline && !Warms(baseline, carbon))
            {
                avoidance.Report.Add(avoidance.Node, $"the factor '{baseline.Key}' is of {baseline.Gas}, whose warming potential is not known", $"declare it: gases: - {{ specification: …, gas: {baseline.Gas}, potential: …, set: AR6, source: … }}");
            }
        }

        foreach (var source in root.Children("sources", "source of carbon"))
        {
            // Every gas but carbon dioxide warms by a potential, which a source gives.
            if (source.OptionalScalar("key") is { } key && carbon.Sources.GetValueOrDefault(key.Text)?.Factors.FirstOrDefault(factor => !Warms(factor, carbon)) is { } factor)
            {
                source.Report.Add(source.Node, $"the factor '{factor.Key}' is of {factor.Gas}, whose warming potential is not known", $"declare it: gases: - {{ specification: …, gas: {factor.Gas}, potential: …, set: AR6, source: … }}");
            }
        }

        foreach (var room in root.Children("rooms", "room"))
        {
            if (room.OptionalScalar("thing") is { } thing && !carbon.Things.ContainsKey(thing.Text))
            {
                Unknown(room, thing, "thing", carbon.Things.Keys);
            }
        }

        root.Done();
        return carbon;
    }

    private static bool Warms(FactorReference factor, DistrictCarbon carbon) =>
        factor.Gas is "CO2e" or "CO2" or "biogenicCO2" || carbon.Gases.Values.Any(gas => gas.Gas == factor.Gas);

    private static OrderedDictionary<string, T> Table<T>(Entry root, string section, string subject, Func<Entry, T> read, Func<T, string> key, string keyField = "key")
    {
        var table = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in root.Children(section, subject))
        {
            var value = read(entry);
            entry.Done();
            if (!table.TryAdd(key(value), value) && key(value).Length > 0)
            {
                entry.Report.Add(entry.Node.Field(keyField)!, $"the {subject} '{key(value)}' is here twice", "give one of them another key, or remove it");
            }
        }

        return table;
    }

    private static List<string> Regions(Entry root)
    {
        const string remedy = "list the regions whose factors may be used, the best first: [FI, global]";
        if (root.Required("regions", remedy) is not { } node)
        {
            return [];
        }

        if (node.Kind != NodeKind.Sequence || node.Items.Count == 0 || node.Items.Any(item => item.Kind != NodeKind.Scalar))
        {
            root.Report.Add(node, "'regions' is no list of regions", remedy);
            return [];
        }

        return [.. node.Items.Select(item => item.Text)];
    }

    private DistrictMix Mix(Entry entry)
    {
        var mix = new DistrictMix(entry.Key(), entry.Localized("name"), Table(entry, "kinds", "kind", Kind, kind => kind.Key));
        if (mix.Kinds.Count == 0)
        {
            entry.Report.Add(entry.Node, "the mix has no kinds", "list them: kinds: - { key: wind, factor: electricity.wind }");
        }

        return mix;
    }

    private MixKind Kind(Entry entry) => new(entry.Key(), FactorKey(entry), entry.Flag("burns"));

    private CarbonSource Source(Entry entry, IReadOnlyDictionary<string, DistrictMix> mixes)
    {
        var mix = entry.OptionalScalar("mix");
        if (mix is not null && !mixes.ContainsKey(mix.Text))
        {
            Unknown(entry, mix, "mix", mixes.Keys);
        }

        var source = new CarbonSource(
            entry.Key(),
            entry.Localized("name"),
            entry.Choice("category", CarbonCategory.Other),
            Selectors(entry),
            mix?.Text,
            [.. entry.Children("factors", "factor").Select(Reference)],
            entry.Flag("cutOff"),
            Subsector(entry, "inventory"));
        if (source.Key == "measured")
        {
            entry.Report.Add(entry.Node.Field("key")!, "'measured' is the source of what was measured", "give it another key");
        }

        if (source.CutOff && (source.Factors.Count > 0 || source.Mix is not null))
        {
            entry.Report.Add(entry.Node.Field("cutOff")!, "what is cut off enters free of carbon, and this has factors too", "remove cutOff, or mix and factors");
        }

        return source;
    }

    private CarbonUse Use(Entry entry) =>
        new(entry.Key(), entry.Localized("name"), Selectors(entry), Subsector(entry, "inventory"), entry.OptionalScalar("of") is null ? null : entry.Choice<CarbonUser>("of"));

    private static CarbonSharing Sharing(Entry entry)
    {
        var (process, kind) = (entry.OptionalReference("process", Noun.Process), entry.OptionalReference("processKind", Noun.ProcessSpecification));
        if (process is null == kind is null)
        {
            entry.Report.Add(entry.Node, "it is said of no process, or of two", "write process or processKind");
        }

        var weights = new OrderedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var child in entry.Children("weights", "weight"))
        {
            weights.TryAdd(child.Reference("specification", Noun.ResourceSpecification), child.Share("weight"));
            child.Done();
        }

        if (weights.Values.Sum() == 0)
        {
            entry.Report.Add(entry.Node, "no product counts anything", "give a weight above 0: weights: - { specification: heat, weight: 1 }");
        }

        var sharing = new CarbonSharing(process, kind, entry.Choice<SharingRule>("rule"), weights);
        entry.Done();
        return sharing;
    }

    private CarbonGas Gas(Entry entry)
    {
        var gas = GasOf(entry);
        if (specifications.TryGetValue(gas.Specification, out var specification) && specification.Unit.Code != "kg")
        {
            entry.Report.Add(entry.Node.Field("specification")!, $"'{gas.Specification}' is counted in {specification.Unit.Code}, and gases are in kg", "count it in kg in specifications.yaml");
        }

        return gas;
    }

    private static CarbonGas GasOf(Entry entry) => new(
        entry.Reference("specification", Noun.ResourceSpecification),
        entry.Word("gas", Gases),
        entry.Share("potential"),
        entry.Word("set", Potentials),
        entry.Sources());

    private static CarbonAbsence Absence(Entry entry)
    {
        var subsector = Subsector(entry, "subsector") ?? "";
        if (subsector.Length == 0)
        {
            entry.Report.Add(entry.Node, "the absence names no sub-sector", "write it as II.2");
        }

        return new(subsector, entry.Word("notation", Notations), entry.Localized("reason"));
    }

    private CarbonAvoidance Avoidance(Entry entry)
    {
        var baseline = entry.Child("baseline", "factor");
        if (baseline is null)
        {
            entry.Report.Add(entry.Node, "the avoidance has no baseline", "say what would have been used instead: baseline: { factor: districtheat.espoo.mean, unit: kWh, stage: direct }");
        }

        return new(
            entry.Key(),
            entry.Localized("name"),
            Selectors(entry),
            baseline is null ? new FactorReference("", Unit.Find("1"), default, default, "CO2e") : Reference(baseline));
    }

    private static EmbodiedThing Thing(Entry entry)
    {
        var illustrative = entry.Flag("illustrative");
        return new(
            entry.Key(),
            entry.Localized("name"),
            entry.Share("kilograms"),
            entry.Day("from"),
            entry.Share("years"),
            entry.Share("leastHours"),
            illustrative,
            entry.Sources(illustrative));
    }

    private CarbonRoom Room(Entry entry)
    {
        var room = new CarbonRoom(entry.Reference("place", Noun.Place), Selectors(entry), entry.Share("share"), entry.Share("bookableHours"), [.. entry.Children("used", "choice of flows").Select(Selector)], entry.OptionalText("thing", 100));
        if (room.Share > 1)
        {
            entry.Report.Add(entry.Node.Field("share")!, "the room has more than the whole", "write a share from 0 to 1");
        }

        if (room.BookableHours is 0 or > 24 && entry.Node.Field("bookableHours") is { } hours)
        {
            entry.Report.Add(hours, "a day has more than 0 and at most 24 bookable hours", "write such a number");
        }

        return room;
    }

    private FactorReference Reference(Entry entry)
    {
        var reference = new FactorReference(
            FactorKey(entry),
            entry.Unit("unit"),
            entry.Choice<FactorStage>("stage"),
            entry.Choice("method", FactorMethod.Location),
            entry.OptionalScalar("gas") is null ? "" : entry.Word("gas", [.. Gases, "CO2e"]));
        entry.Done();
        var held = factors.Where(factor => factor.Key == reference.Key).ToList();
        var fits = held.Where(factor => factor.Unit == reference.Unit.Code && factor.Stage == reference.Stage && factor.Method == reference.Method && (reference.Gas.Length == 0 || factor.Gas == reference.Gas)).ToList();
        if (held.Count > 0 && fits.Count == 0)
        {
            var others = held.Select(factor => $"{factor.Gas} a {factor.Unit}, {Entry.InWords(factor.Stage)}, {Entry.InWords(factor.Method)}").Distinct(StringComparer.Ordinal);
            entry.Report.Add(entry.Node, $"factors.csv has '{reference.Key}', but not so", $"it has {string.Join("; ", others)}");
        }

        return reference with { Gas = reference.Gas.Length > 0 ? reference.Gas : fits.FirstOrDefault()?.Gas ?? "CO2e" };
    }

    private string FactorKey(Entry entry)
    {
        var node = entry.RequiredScalar("factor", "name the key of a factor in factors.csv");
        if (node is not null && !_factorKeys.Contains(node.Text))
        {
            Unknown(entry, node, "factor", _factorKeys);
        }

        return node?.Text ?? "";
    }

    // The fields of one selector beside the others, or several in a list.
    private List<FlowSelector> Selectors(Entry entry)
    {
        List<FlowSelector> selectors = [.. entry.Children("flows", "choice of flows").Select(Selector)];
        if (selectors.Count == 0)
        {
            entry.Report.Add(entry.Node.Field("flows") ?? entry.Node, "it names no flows", "list which: flows: - { processKind: heat-use, receiver: ... }");
        }

        return selectors;
    }

    private FlowSelector Selector(Entry entry)
    {
        var selector = new FlowSelector(
            entry.OptionalReferences("flow", Noun.Flow),
            entry.Node.Field("action") is null ? Nothing(entry) : entry.Action(),
            entry.OptionalReference("specification", Noun.ResourceSpecification),
            entry.OptionalReference("resource", Noun.Resource),
            entry.OptionalReference("process", Noun.Process),
            entry.OptionalReference("processKind", Noun.ProcessSpecification),
            entry.OptionalReference("provider", Noun.Agent),
            entry.OptionalReference("receiver", Noun.Agent));
        if (selector is { Flows: [], Action: null, Specification: null, Resource: null, Process: null, ProcessKind: null, Provider: null, Receiver: null })
        {
            entry.Report.Add(entry.Node, "it would fit every flow", "say which: by flow, action, specification, resource, process, processKind, provider or receiver");
        }

        entry.Done();
        return selector;
    }

    private static FlowAction? Nothing(Entry entry)
    {
        entry.Optional("action");
        return null;
    }

    private static string? Subsector(Entry entry, string name)
    {
        var node = entry.OptionalScalar(name);
        if (node is not null && !SubsectorForm().IsMatch(node.Text))
        {
            entry.Report.Add(node, $"'{node.Text}' is no sub-sector of the GPC", "write the sector and its part, as I.1, II.2 or III.1; the sectors are I to VI");
        }

        return node?.Text;
    }

    private static void Unknown(Entry entry, FileNode node, string noun, IEnumerable<string> known)
    {
        var keys = known.ToList();
        entry.Report.Add(node, $"unknown {noun} '{node.Text}'", Ledger.Nearest.To(node.Text, keys) is { } nearest ? $"did you mean '{nearest}'?" : keys.Count is > 0 and <= 12 ? $"use {Entry.OneOf(keys)}" : "declare it, or name one that is there");
    }

    [GeneratedRegex(@"^(I\.[1-8]|II\.[1-5]|III\.[1-4]|IV\.[12]|V\.[1-3]|VI\.1)$")]
    private static partial Regex SubsectorForm();
}
