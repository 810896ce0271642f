using CsCheck;

namespace Kera.Carbon.Tests;

/// <summary>Road maps made up at random, each with an outcome.</summary>
internal static class RandomRoadMaps
{
    private const int FirstYear = 2026;

    private static readonly string[] s_drivers = ["area", "demand", "intensity", "people", "kilometres"];

    private static readonly Gen<RoadMapCost> s_cost = Gen.Select(Gen.Double[0, 1e6], Gen.Int[FirstYear, FirstYear + 9].Nullable(), Gen.Int[1, 8].Nullable(), Gen.Double[0, 1e4], Gen.Double[0, 1e4])
        .Select((investment, invested, lifetime, yearly, saving) => new RoadMapCost(investment, invested, lifetime, yearly, saving));

    private static readonly Gen<RoadMapEffect> s_sets = Gen.Double[0, 20].Select(amount => new RoadMapEffect(s_drivers[0], RoadMapChange.To, amount, amount / 2, amount * 2));

    private static Gen<RoadMapEffect> Effect(string driver) => Gen.Select(Gen.Bool, Gen.Double[-1, 0.5], Gen.Double[0, 20])
        .Select((adds, share, amount) => adds ? new RoadMapEffect(driver, RoadMapChange.Add, amount) : new RoadMapEffect(driver, RoadMapChange.By, share));

    // The first driver is set by the first measure alone; every other measure changes two of the rest.
    private static Gen<RoadMapMeasure> Measure(int number) =>
        from start in Gen.Int[FirstYear, FirstYear + 9]
        from ramp in Gen.Int[1, 12]
        from cost in s_cost
        from set in s_sets
        from one in Gen.Int[1, 2].SelectMany(driver => Effect(s_drivers[driver]))
        from other in Gen.Int[3, 4].SelectMany(driver => Effect(s_drivers[driver]))
        select new RoadMapMeasure($"measure-{number}", start, ramp, number == 0 ? [set, other] : [one, other], cost);

    private static Gen<RoadMapDriver> Driver(string key) => Gen.Select(Gen.Double[0, 100], Gen.Double[0, 100], Gen.Double[0.5, 1], Gen.Double[1, 2])
        .Select((first, last, low, high) => new RoadMapDriver(key, [new(FirstYear, first), new(FirstYear + 7, last)], low, high));

    /// <summary>Ten years, five drivers, three activities and up to five measures.</summary>
    public static Gen<RoadMap> All { get; } =
        from drivers in Gen.Select(Driver(s_drivers[0]), Driver(s_drivers[1]), Driver(s_drivers[2]), Driver(s_drivers[3]), Driver(s_drivers[4]))
        from measures in Gen.Select(Measure(0), Measure(1), Measure(2), Measure(3), Measure(4))
        from count in Gen.Int[0, 5]
        select new RoadMap(
            FirstYear,
            10,
            0.03,
            [drivers.Item1, drivers.Item2, drivers.Item3, drivers.Item4, drivers.Item5],
            [
                new("heating", "energy", ["area", "demand", "intensity"], 1e-3),
                new("power", "energy", ["area", "intensity"], 1e-2),
                new("driving", "transport", ["people", "kilometres"], 1e-2),
            ],
            [.. new[] { measures.Item1, measures.Item2, measures.Item3, measures.Item4, measures.Item5 }.Take(count)]);
}
