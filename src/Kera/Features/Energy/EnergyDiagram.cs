using Kera.Base.District;

namespace Kera.Features.Energy;

/// <summary>What kind of element a row of the drawing is.</summary>
public enum DiagramKind
{
    Grid,
    Supply,
    Plant,
    Bus,
    Store,
    Demand,
    Flexibility,
}

/// <summary>A row of the drawing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Element">Its key in energy.yaml.</param>
/// <param name="Links">Where it meets rails; of a bus, its own.</param>
/// <param name="Above">By rail, whether it comes into the row from above.</param>
/// <param name="Below">By rail, whether it goes on below.</param>
public sealed record DiagramRow(DiagramKind Kind, string Element, IReadOnlyList<DiagramLink> Links, IReadOnlyList<bool> Above, IReadOnlyList<bool> Below);

/// <summary>Where an element meets a rail.</summary>
/// <param name="Rail">The rail's number, from the left.</param>
/// <param name="Gives">Whether it gives to the bus.</param>
/// <param name="Takes">Whether it takes from the bus.</param>
public sealed record DiagramLink(int Rail, bool Gives, bool Takes);

/// <summary>
/// Lays a district's energy out as a drawing that is read from above: each bus is a rail, each element a row beside the rails. What gives
/// to a bus stands above it, what takes from it below; a bus that is fed from another comes after it. The same file is always the same drawing.
/// </summary>
public static class EnergyDiagram
{
    /// <summary>The buses in the order of their rails.</summary>
    public static IReadOnlyList<string> Rails(DistrictEnergy energy)
    {
        // How many plants a flow passes at most before it reaches the bus. Where plants feed each other in a ring, it stops growing with the buses.
        var rank = energy.Buses.Keys.ToDictionary(bus => bus, _ => 0, StringComparer.Ordinal);
        for (var round = 1; round < energy.Buses.Count; round++)
        {
            foreach (var plant in energy.Plants.Values)
            {
                foreach (var taken in plant.Takes)
                {
                    rank[plant.Gives] = Math.Min(energy.Buses.Count, Math.Max(rank[plant.Gives], rank[taken] + 1));
                }
            }
        }

        return [.. energy.Buses.Keys.OrderBy(bus => rank[bus])];
    }

    /// <summary>The rows from above.</summary>
    public static IReadOnlyList<DiagramRow> Rows(DistrictEnergy energy)
    {
        var rails = Rails(energy).ToList();
        DiagramLink Link(string bus, bool gives, bool takes) => new(rails.IndexOf(bus), gives, takes);
        List<(DiagramKind Kind, string Element, List<DiagramLink> Links)> rows = [];
        foreach (var bus in rails)
        {
            rows.AddRange(energy.Grids.Values.Where(grid => grid.Bus == bus).Select(grid => (DiagramKind.Grid, grid.Key, new List<DiagramLink> { Link(bus, true, true) })));
            rows.AddRange(energy.Supplies.Values.Where(supply => supply.Bus == bus).Select(supply => (DiagramKind.Supply, supply.Key, new List<DiagramLink> { Link(bus, true, false) })));
            rows.AddRange(energy.Plants.Values.Where(plant => plant.Gives == bus).Select(plant => (DiagramKind.Plant, plant.Key, Links(plant, Link))));
            rows.Add((DiagramKind.Bus, bus, [Link(bus, false, false)]));
            rows.AddRange(energy.Stores.Values.Where(store => store.Bus == bus).Select(store => (DiagramKind.Store, store.Key, new List<DiagramLink> { Link(bus, true, true) })));
            rows.AddRange(energy.Demands.Values.Where(demand => demand.Bus == bus).Select(demand => (DiagramKind.Demand, demand.Key, new List<DiagramLink> { Link(bus, false, true) })));
            rows.AddRange(energy.Flexibilities.Values.Where(flexibility => flexibility.Bus == bus).Select(flexibility => (DiagramKind.Flexibility, flexibility.Key, new List<DiagramLink> { Link(bus, false, true) })));
        }

        bool Meets(int row, int rail) => rows[row].Links.Exists(link => link.Rail == rail);
        bool Any(int from, int until, int rail) => Enumerable.Range(from, until - from).Any(row => Meets(row, rail));
        return [.. rows.Select((row, at) => new DiagramRow(
            row.Kind,
            row.Element,
            row.Links,
            [.. rails.Select((_, rail) => Any(0, at, rail) && Any(at, rows.Count, rail))],
            [.. rails.Select((_, rail) => Any(0, at + 1, rail) && Any(at + 1, rows.Count, rail))]))];
    }

    private static List<DiagramLink> Links(DistrictPlant plant, Func<string, bool, bool, DiagramLink> link) =>
        [.. plant.Takes.Distinct().Select(bus => link(bus, false, true)).Concat(plant.AllGiven.Distinct().Select(bus => link(bus, true, false))).OrderBy(each => each.Rail)];
}
