namespace Kera.Features.Energy;

/// <summary>What of two plans is laid side by side.</summary>
/// <param name="Word">What it is: a word of the texts.</param>
/// <param name="Element">Whose; empty for the whole.</param>
/// <param name="Unit">In what; empty for times.</param>
/// <param name="Present">As the district is; null where it is not known.</param>
/// <param name="Tried">As it is tried; null alike.</param>
/// <param name="Decimals">How exactly it is told.</param>
public sealed record ComparisonRow(string Word, string Element, string Unit, double? Present, double? Tried, int Decimals = 0);

/// <summary>Sums two plans up, row by row.</summary>
public static class ComparisonRows
{
    private const double Kilo = 1_000;

    public static IReadOnlyList<ComparisonRow> Of(Comparison comparison)
    {
        var energy = comparison.Present.Energy;
        ComparisonRow Row(string word, string element, string unit, Func<PlannedEnergy, double?> of, int decimals = 0) => new(word, element, unit, of(comparison.Present), of(comparison.Tried), decimals);
        List<ComparisonRow> rows =
        [
            Row("cost", "", "EUR", planned => planned.Plan.Cost, 2),
            Row("carbon", "", "kg{CO2e}", planned => planned.Plan.Carbon, 1),
            .. energy.Grids.Keys.SelectMany(IEnumerable<ComparisonRow> (grid) =>
            [
                Row("peak", grid, "kW", planned => planned.Plan.Levels[EnergySystemMaker.Import(grid)].Max()),
                Row("bought", grid, "kWh", planned => planned.Plan.Levels[EnergySystemMaker.Import(grid)].Sum()),
                Row("sold", grid, "kWh", planned => planned.Plan.Levels[EnergySystemMaker.Export(grid)].Sum()),
            ]),
            .. energy.Plants.Keys.Concat(energy.Supplies.Keys).Select(element => Row("given", element, "kWh", planned => planned.Plan.Levels[element].Sum())),
            .. energy.Stores.Keys.SelectMany(IEnumerable<ComparisonRow> (store) => [Row("cycles", store, "", planned => Cycles(planned, store), 1), Row("held", store, "kWh", planned => planned.Plan.StoreLevels[store][^1])]),
            .. energy.Buses.Keys.SelectMany(IEnumerable<ComparisonRow> (bus) => [Row("missing", bus, "kWh", planned => Unmet(planned, bus, 1)), Row("surplus", bus, "kWh", planned => Unmet(planned, bus, -1))]),
        ];
        // What is missing in neither needs no line.
        return [.. rows.Where(row => row.Word is not ("missing" or "surplus") || row.Present > 0 || row.Tried > 0)];
    }

    // How often what it holds at most has come out of it; of a store that holds nothing there is no number.
    private static double? Cycles(PlannedEnergy planned, string store) =>
        planned.Energy.Stores[store].Capacity is > 0 and var capacity ? planned.Plan.StorePowers[store].Sum(power => Math.Max(0, -power)) / (double)capacity : null;

    private static double? Unmet(PlannedEnergy planned, string bus, int sign) =>
        planned.Plan.Unmet.Where(wish => wish.Element == bus).Sum(wish => Math.Max(0, wish.Amount * sign)) * Kilo;
}
