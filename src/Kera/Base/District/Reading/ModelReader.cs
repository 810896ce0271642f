using Kera.Base.District.Formulas;
using Kera.Carbon;
using NodaTime;

namespace Kera.Base.District.Reading;

/// <summary>Reads the parsed files, part by part, in the order in which parts build on each other.</summary>
internal sealed class ModelReader(DistrictFolder folder)
{
    private SpaceReader? _spaces;

    public DistrictModel Read()
    {
        var districtRoot = folder.Root("district.yaml");
        var header = districtRoot is null ? HeaderReader.Missing : HeaderReader.Header(districtRoot);
        var sources = districtRoot is null ? [] : HeaderReader.Sources(districtRoot);
        districtRoot?.Done();

        var agents = Table("agents.yaml", "agents", "agent", NounReader.Agent, agent => agent.Key);
        var places = PlaceReader.Places(folder.Root("places.geojson"), header.Position);
        var specificationRoot = folder.Root("specifications.yaml");
        var resourceSpecifications = Section(specificationRoot, "resourceSpecifications", "resource specification", NounReader.ResourceSpecification, specification => specification.Key);
        var processSpecifications = Section(specificationRoot, "processSpecifications", "process specification", NounReader.ProcessSpecification, specification => specification.Key);
        specificationRoot?.Done();
        var resources = Table("resources.yaml", "resources", "resource", NounReader.Resource, resource => resource.Key);
        var processes = Table("processes.yaml", "processes", "process", NounReader.Process, process => process.Key);
        var flowReader = new FlowReader(agents, resources, processes, resourceSpecifications);
        var flows = Table("flows.yaml", "flows", "flow", flowReader.Flow, flow => flow.Key);
        var facts = header.Facts.DistinctBy(fact => fact.Key).ToDictionary(fact => fact.Key, StringComparer.Ordinal);
        var indicatorReader = new IndicatorReader(new FormulaScope(resourceSpecifications, resources, flows, facts));
        var indicators = Table("indicators.yaml", "indicators", "indicator", indicatorReader.Indicator, indicator => indicator.Key);
        var agreementRoot = folder.Root("agreements.yaml");
        var agreementReader = new AgreementReader(resourceSpecifications, resources, indicators);
        var agreements = Section(agreementRoot, "agreements", "agreement", agreementReader.Agreement, agreement => agreement.Key);
        var commitments = Section(agreementRoot, "commitments", "commitment", agreementReader.Commitment, commitment => commitment.Key);
        agreementRoot?.Done();
        var factors = Factors();
        var carbon = folder.Root("carbon.yaml") is { } carbonRoot ? new CarbonReader(factors, resourceSpecifications).Carbon(carbonRoot) : null;
        var buildings = folder.Root("buildings.yaml") is { } buildingRoot ? new BuildingReader(flows, resources).Buildings(buildingRoot) : null;
        _spaces = new SpaceReader(places, resources, processes, header.Zone);
        return new DistrictModel
        {
            Header = header,
            Sources = sources,
            Agents = agents,
            Places = places,
            ResourceSpecifications = resourceSpecifications,
            ProcessSpecifications = processSpecifications,
            Resources = resources,
            Processes = processes,
            Flows = flows,
            Agreements = agreements,
            Commitments = commitments,
            Indicators = indicators,
            History = History(header.Zone, commitments, resourceSpecifications),
            Timeline = Table("timeline.yaml", "timeline", "entry", StoryReader.Milestone, milestone => milestone.Key),
            Pilots = Table("pilots.yaml", "pilots", "pilot", StoryReader.Pilot, pilot => pilot.Key),
            Factors = factors,
            Carbon = carbon,
            Energy = folder.Root("energy.yaml") is { } energy ? new EnergyReader(flows, resources, agents).Energy(energy) : null,
            Communities = folder.Root("communities.yaml") is { } communities ? new CommunityReader(flows, resources, resourceSpecifications).Communities(communities) : null,
            Buildings = buildings,
            Spaces = folder.Root("spaces.yaml") is { } spaces ? _spaces.Spaces(spaces) : null,
            Letting = folder.Root("premises.yaml") is { } premises ? new PremisesReader(resourceSpecifications).Letting(premises) : null,
            Sellers = folder.Root("invoicing.yaml") is { } sellers ? SellerReader.Sellers(sellers) : new Dictionary<string, DistrictSeller>(),
            Things = folder.Root("things.yaml") is { } things ? new ThingReader(resources, resourceSpecifications).Things(things) : null,
            Demo = folder.Root("demo.yaml") is { } demo ? new DemoReader(flows, carbon, buildings, header.Zone).Demo(demo) : null,
            RoadMap = folder.Root("roadmap.yaml") is { } roadMap ? new RoadMapReader(factors).RoadMap(roadMap) : null,
        };
    }

    /// <summary>Lets the ledger judge the history of a model that is without mistakes otherwise.</summary>
    public void JudgeHistory(DistrictModel model, Instant? now)
    {
        if (folder.Root("history.yaml") is { } root)
        {
            HistoryJudge.Check(model, now, root);
        }
    }

    /// <summary>Lets the reckoning judge the road map of a model that is without mistakes otherwise.</summary>
    public void JudgeRoadMap(DistrictModel model)
    {
        if (model.RoadMap is { } roadMap)
        {
            RoadMapJudge.Check(roadMap, folder.Root("roadmap.yaml")!);
        }
    }

    /// <summary>Lets the register judge the communities of a model that is without mistakes otherwise.</summary>
    public void JudgeCommunities(DistrictModel model)
    {
        if (model.Communities is { } communities)
        {
            CommunityJudge.Check(communities, model.Header.Zone, folder.Root("communities.yaml")!);
        }
    }

    /// <summary>Lets the kernel judge the spaces of a model that is without mistakes otherwise.</summary>
    public void JudgeSpaces(DistrictModel model, Instant? now)
    {
        if (model.Spaces is { } spaces)
        {
            SpaceJudge.Check(_spaces!, spaces, model.Sellers, now, folder.Root("spaces.yaml")!);
        }
    }

    private OrderedDictionary<string, DistrictEvent> History(
        DateTimeZone zone,
        IReadOnlyDictionary<string, DistrictCommitment> commitments,
        IReadOnlyDictionary<string, DistrictResourceSpecification> specifications)
    {
        var root = folder.Root("history.yaml");
        if (root is null)
        {
            return [];
        }

        var reader = new EventReader(zone, root.Audience(), commitments, specifications);
        var events = Section(root, "events", "event", reader.Event, happened => happened.Key);
        root.Done();
        return events;
    }

    // A factor is one by several of its columns, so that a key may be there often.
    private List<EmissionFactor> Factors()
    {
        var (factors, seen) = (new List<EmissionFactor>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var entry in folder.Root("factors.csv")?.Children("factors", "factor") ?? [])
        {
            var factor = FactorReader.Factor(entry);
            entry.Done();
            factors.Add(factor);
            if (!seen.Add(FactorReader.Identity(factor)))
            {
                entry.Report.Add(entry.Node, $"the factor {FactorReader.Identity(factor)} is here twice", "remove one, or say what differs");
            }
        }

        return factors;
    }

    private OrderedDictionary<string, T> Table<T>(string file, string section, string subject, Func<Entry, T> read, Func<T, string> key)
    {
        var root = folder.Root(file);
        var table = Section(root, section, subject, read, key);
        root?.Done();
        return table;
    }

    /// <summary>The entries of a list by their keys; of two with one key, which is reported where it is declared, the first.</summary>
    internal static OrderedDictionary<string, T> Section<T>(Entry? root, string section, string subject, Func<Entry, T> read, Func<T, string> key)
    {
        var table = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in root?.Children(section, subject) ?? [])
        {
            var value = read(entry);
            entry.Done();
            table.TryAdd(key(value), value);
        }

        return table;
    }
}
