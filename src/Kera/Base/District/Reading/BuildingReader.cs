using System.Globalization;
using Kera.Flows;

namespace Kera.Base.District.Reading;

/// <summary>Reads buildings.yaml.</summary>
internal sealed class BuildingReader(IReadOnlyDictionary<string, DistrictFlow> flows, IReadOnlyDictionary<string, DistrictResource> resources)
{
    private const int MostDays = 60;

    public DistrictBuildings Buildings(Entry root)
    {
        var tariff = root.Child("tariff", "tariff") is { } fees ? Tariff(fees) : null;
        var buildings = new OrderedDictionary<string, DistrictBuilding>(StringComparer.Ordinal);
        foreach (var entry in root.Children("buildings", "building"))
        {
            var building = Building(entry);
            if (building.Place.Length > 0 && !buildings.TryAdd(building.Place, building))
            {
                entry.Report.Add(entry.Node.Field("place")!, $"the building '{building.Place}' is here twice", "keep one of the two");
            }
        }

        List<HomeReading> readings = [];
        foreach (var entry in root.Children("readings", "reading of homes"))
        {
            var reading = Reading(entry);
            if (readings.Exists(other => other.Measure == reading.Measure && other.Room == reading.Room))
            {
                entry.Report.Add(entry.Node, "another flow is a reading of the same", "keep one flow for each measure, and of temperatures one for each room");
            }

            readings.Add(reading);
        }

        root.Done();
        return new DistrictBuildings(buildings, readings, tariff);
    }

    private static HomeTariff Tariff(Entry entry)
    {
        var (illustrative, sources) = EnergyReader.Provenance(entry);
        var tariff = new HomeTariff(
            entry.Text("price", "name the Series of the price, as price.day-ahead"), [.. entry.Children("fees", "fee").Select(EnergyReader.Fee)],
            EnergyReader.OptionalShare(entry, "heat"), EnergyReader.OptionalShare(entry, "water"), EnergyReader.OptionalShare(entry, "vat") ?? 0, illustrative, sources);
        entry.Done();
        return tariff;
    }

    private static DistrictBuilding Building(Entry entry)
    {
        var area = EnergyReader.OptionalShare(entry, "area");
        // Only a size comes from somewhere; who keeps a building is said here.
        var (illustrative, sources) = area is null ? (false, (IReadOnlyList<string>)[]) : EnergyReader.Provenance(entry);
        if (area == 0)
        {
            entry.Report.Add(entry.Node.Field("area")!, "the building has an area of nothing", "write its heated floor area in square metres, or leave it out");
        }

        var building = new DistrictBuilding(
            entry.Reference("place", Noun.Place), entry.Reference("keeper", Noun.Agent), Days(entry), entry.Flag("homes"), area, entry.OptionalText("indoor", 200), illustrative, sources);
        entry.Done();
        return building;
    }

    private static int Days(Entry entry)
    {
        var remedy = $"write a whole number of days from 1 to {MostDays}";
        if (entry.RequiredScalar("answersWithin", remedy) is not { } node)
        {
            return 1;
        }

        if (int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays)
        {
            return days;
        }

        entry.Report.Add(node, $"'answersWithin' is '{node.Text}'", remedy);
        return 1;
    }

    private HomeReading Reading(Entry entry)
    {
        var (key, measure, network) = (entry.Reference("flow", Noun.Flow), entry.Choice<HomeMeasure>("measure"), entry.OptionalReference("network", Noun.Resource));
        HomeRoom? room = entry.Optional("room") is null ? null : entry.Choice<HomeRoom>("room");
        if (measure == HomeMeasure.Temperature != room is not null)
        {
            entry.Report.Add(entry.Node, measure == HomeMeasure.Temperature ? "nobody says in which room the temperature is" : "only a temperature is of a room", "write room for a temperature, and for nothing else");
        }

        if (flows.TryGetValue(key, out var flow))
        {
            var unit = measure switch { HomeMeasure.Water => "m3", HomeMeasure.Temperature => "Cel", _ => "kWh" };
            if (flow is not { Target: DistrictFlowTarget.Series, Owner: null, Audience.Count: 0 })
            {
                entry.Report.Add(entry.Node.Field("flow")!, $"the flow '{key}' is no private Series", "name a flow with target: series and neither owner nor audience, so that each person's readings are their own");
            }
            else if (flow.Unit != Unit.Find(unit) && flow.Unit.Dimension != EntryValues.UnreadDimension)
            {
                entry.Report.Add(entry.Node.Field("flow")!, $"the flow '{key}' is not counted in {unit}", $"name a flow in {unit}");
            }
        }

        if (network is not null && resources.GetValueOrDefault(network) is { Network: null })
        {
            entry.Report.Add(entry.Node.Field("network")!, $"'{network}' is no network", "name a resource of kind throughput");
        }

        entry.Done();
        return new HomeReading(key, measure, network, room);
    }
}
