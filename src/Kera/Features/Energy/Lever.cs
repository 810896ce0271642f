using Kera.Base.District;

namespace Kera.Features.Energy;

/// <summary>A size or a price of the district's energy that a planner may change to see what comes of it.</summary>
/// <param name="Word">What of the element: a word of the texts.</param>
/// <param name="Element">The key of the element of energy.yaml; empty for the district's own.</param>
/// <param name="Unit">The unit of the number; empty for a factor.</param>
/// <param name="Present">What it is.</param>
/// <param name="Least">The least that may be asked.</param>
/// <param name="Most">The most that may be asked.</param>
public sealed record Lever(string Word, string Element, string Unit, decimal Present, decimal Least, decimal Most)
{
    private const decimal MostSize = 1_000_000;
    private const decimal MostFactor = 20;
    private const decimal MostPrice = 10_000;

    /// <summary>Its name in a form and an address.</summary>
    public string Name => Element.Length == 0 ? Word : $"{Word}.{Element}";

    /// <summary>Whether it is a size; else it is a price.</summary>
    public bool IsSize => Word is "capacity" or "holds" or "power" or "supply";

    /// <summary>All that may be changed, in the order of energy.yaml.</summary>
    public static IReadOnlyList<Lever> Of(DistrictEnergy energy) =>
    [
        .. energy.Plants.Values.Select(plant => new Lever("capacity", plant.Key, "kW", plant.Capacity, 0, MostSize)),
        .. energy.Stores.Values.SelectMany(IEnumerable<Lever> (store) => [new("holds", store.Key, "kWh", store.Capacity, 0, MostSize), new("power", store.Key, "kW", store.Power, 0, MostSize)]),
        .. energy.Supplies.Values.Select(supply => new Lever("supply", supply.Key, "", 1, 0, MostFactor)),
        .. energy.Grids.Values.Select(grid => new Lever("capacity", grid.Key, "kW", grid.Capacity, 0, MostSize)),
        .. energy.Grids.Values.SelectMany(IEnumerable<Lever> (grid) =>
        [
            new("times", grid.Key, "", 1, 0, MostFactor),
            new("plus", grid.Key, "EUR/MWh", 0, -MostPrice, MostPrice),
            new("buyFee", grid.Key, "EUR/MWh", grid.BuyFee, 0, MostPrice),
            new("sellFee", grid.Key, "EUR/MWh", grid.SellFee, 0, MostPrice),
            new("powerFee", grid.Key, "EUR/kW", grid.PowerFee, 0, MostPrice),
        ]),
        .. energy.Buses.Values.Where(bus => bus.Shortage is not null).Select(bus => new Lever("shortage", bus.Key, "EUR/MWh", bus.Shortage!.Value, 0, 10 * MostPrice)),
        new("carbonPrice", "", "EUR/t", energy.Objective.CarbonPrice, 0, MostPrice),
    ];

    /// <summary>The district's energy with other numbers; what is not named stays as it is.</summary>
    /// <param name="energy">As it is.</param>
    /// <param name="numbers">By lever's name.</param>
    public static DistrictEnergy Pull(DistrictEnergy energy, IReadOnlyDictionary<string, decimal> numbers)
    {
        decimal Number(string word, string element, decimal present) => numbers.GetValueOrDefault($"{word}.{element}", present);
        return energy with
        {
            Buses = Each(energy.Buses, bus => bus with { Shortage = bus.Shortage is { } shortage ? Number("shortage", bus.Key, shortage) : null }),
            Plants = Each(energy.Plants, plant => plant with { Capacity = Number("capacity", plant.Key, plant.Capacity) }),
            Stores = Each(energy.Stores, store => store with { Capacity = Number("holds", store.Key, store.Capacity), Power = Number("power", store.Key, store.Power) }),
            Grids = Each(energy.Grids, grid => grid with
            {
                Capacity = Number("capacity", grid.Key, grid.Capacity),
                BuyFee = Number("buyFee", grid.Key, grid.BuyFee),
                SellFee = Number("sellFee", grid.Key, grid.SellFee),
                PowerFee = Number("powerFee", grid.Key, grid.PowerFee),
            }),
            Objective = numbers.TryGetValue("carbonPrice", out var price) ? energy.Objective with { Seek = PlanAim.Mix, CarbonPrice = price } : energy.Objective,
        };
    }

    /// <summary>The hours with other numbers: what comes by itself, and what the market asks.</summary>
    public static EnergyInputs Pull(EnergyInputs inputs, DistrictEnergy energy, IReadOnlyDictionary<string, decimal> numbers)
    {
        double Number(string word, string element, decimal present) => (double)numbers.GetValueOrDefault($"{word}.{element}", present);
        return inputs with
        {
            Flows = inputs.Flows.ToDictionary(flow => flow.Key, flow => energy.Supplies.ContainsKey(flow.Key) ? Changed(flow.Value, Number("supply", flow.Key, 1), 0) : flow.Value, StringComparer.Ordinal),
            Prices = inputs.Prices.ToDictionary(price => price.Key, price => Changed(price.Value, Number("times", price.Key, 1), Number("plus", price.Key, 0)), StringComparer.Ordinal),
        };
    }

    private static HourNumbers Changed(HourNumbers numbers, double times, double plus)
    {
        double[] Of(double[] values) => [.. values.Select(value => value * times + plus)];
        return numbers with { Values = Of(numbers.Values), Low = numbers.Low is { } low ? Of(low) : null, High = numbers.High is { } high ? Of(high) : null };
    }

    // In the order in which the file has them.
    private static OrderedDictionary<string, T> Each<T>(IReadOnlyDictionary<string, T> table, Func<T, T> changed) =>
        new(table.Select(each => KeyValuePair.Create(each.Key, changed(each.Value))), StringComparer.Ordinal);
}
