using CsCheck;

namespace Kera.Carbon.Tests;

/// <summary>Published cases, and what holds for every system.</summary>
public sealed class LifeCycleSystemTests
{
    /// <summary>Heijungs and Suh, The Computational Structure of Life Cycle Assessment (2002): electricity from fuel.</summary>
    [Fact]
    public void Electricity_from_fuel_is_as_published()
    {
        var result = LifeCycleSystem.Solve(
            [
                Activity("power plant", [("fuel", -2), ("electricity", 10)], [("CO2", 1), ("SO2", 0.1)]),
                Activity("fuel production", [("fuel", 100)], [("CO2", 10), ("SO2", 2), ("crude oil", -50)]),
            ],
            new Dictionary<string, double> { ["electricity"] = 1000 });

        Assert.Equal((100.0, 2.0), (result.Levels["power plant"], result.Levels["fuel production"]));
        Assert.Equal((120.0, 14.0, -100.0), (result.Emissions["CO2"], result.Emissions["SO2"], result.Emissions["crude oil"]));
        Assert.Equal(0.12, result.Intensities["electricity"]["CO2"], 1e-15);
    }

    /// <summary>Chris Mutel's cyclic example.</summary>
    [Fact]
    public void Two_that_need_each_other_are_as_published()
    {
        var result = LifeCycleSystem.Solve(
            [Activity("first", [("a", 1), ("b", -0.5)], []), Activity("second", [("a", -0.1), ("b", 1)], [])],
            new Dictionary<string, double> { ["a"] = 1 });

        Assert.Equal(1 / 0.95, result.Levels["first"], 1e-15);
        Assert.Equal(0.5 / 0.95, result.Levels["second"], 1e-15);
    }

    /// <summary>openLCA's SelfLoopAnalysisTest.</summary>
    [Fact]
    public void A_loop_of_two_is_as_published()
    {
        var result = LifeCycleSystem.Solve(
            [Activity("p1", [("p1", 1), ("p2", -1)], [("f1", 1), ("f2", 2)]), Activity("p2", [("p2", 1), ("p1", -0.5)], [("f1", 2), ("f2", 1)])],
            new Dictionary<string, double> { ["p1"] = 2 });

        Assert.Equal((4.0, 4.0), (result.Levels["p1"], result.Levels["p2"]));
        Assert.Equal((6.0, 6.0), (result.Intensities["p1"]["f1"], result.Intensities["p1"]["f2"]));
        Assert.Equal((5.0, 4.0), (result.Intensities["p2"]["f1"], result.Intensities["p2"]["f2"]));
    }

    [Fact]
    public void Any_system_gives_what_is_demanded_and_its_emissions_are_those_of_its_intensities()
    {
        Systems.Sample(
            system =>
            {
                var result = LifeCycleSystem.Solve(system.Activities, system.Demand);

                foreach (var product in result.Intensities.Keys)
                {
                    var net = system.Activities.Sum(activity => activity.Flows.GetValueOrDefault(product) * result.Levels[activity.Name]);
                    Assert.Equal(system.Demand.GetValueOrDefault(product), net, 1e-9);
                }

                foreach (var (name, amount) in result.Emissions)
                {
                    var byIntensity = system.Demand.Sum(demand => demand.Value * result.Intensities[demand.Key][name]);
                    Assert.Equal(amount, byIntensity, 1e-9 * Math.Max(1, Math.Abs(amount)));
                }
            },
            iter: 2_000);
    }

    [Fact]
    public void Another_unit_changes_no_level_and_scales_one_intensity()
    {
        Systems.Sample(
            system =>
            {
                var product = system.Activities[0].Flows.Keys.First();
                const double Thousand = 1000;
                var scaled = system.Activities.Select(activity => activity with { Flows = activity.Flows.ToDictionary(flow => flow.Key, flow => flow.Key == product ? flow.Value * Thousand : flow.Value) }).ToList();
                var demand = system.Demand.ToDictionary(pair => pair.Key, pair => pair.Key == product ? pair.Value * Thousand : pair.Value);

                var (before, after) = (LifeCycleSystem.Solve(system.Activities, system.Demand), LifeCycleSystem.Solve(scaled, demand));

                Assert.All(before.Levels, level => Assert.Equal(level.Value, after.Levels[level.Key], 1e-9 * Math.Max(1, Math.Abs(level.Value))));
                Assert.All(before.Intensities[product], intensity => Assert.Equal(intensity.Value, after.Intensities[product][intensity.Key] * Thousand, 1e-9 * Math.Max(1, Math.Abs(intensity.Value))));
            },
            iter: 500);
    }

    [Fact]
    public void A_product_that_nothing_makes_is_named()
    {
        var mistake = Refused([Activity("bakery", [("bread", 1), ("flour", -2)], [])], ("bread", 1));

        Assert.Equal(["flour"], mistake.Members);
        Assert.Equal("The number of activities is 1, of products 2; it must be the same. Nothing makes 'flour': add an activity for each, or take the flow out.", mistake.Message);
    }

    [Fact]
    public void One_that_makes_two_products_is_told_to_share_them_out()
    {
        var mistake = Refused([Activity("plant", [("heat", 1), ("power", 1)], [])], ("heat", 1));

        Assert.Equal(["plant"], mistake.Members);
        Assert.Contains("share it out", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_made_in_two_ways_is_named()
    {
        var mistake = Refused([Activity("sun", [("power", 1)], []), Activity("wind", [("power", 1)], [])], ("power", 1));

        Assert.Equal(["power"], mistake.Members);
        Assert.Contains("'sun', 'wind'", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_that_leaves_nothing_is_singular_and_named()
    {
        var mistake = Refused([Activity("hen", [("hens", 1), ("eggs", -1)], []), Activity("egg", [("eggs", 1), ("hens", -1)], []), Activity("farm", [("farms", 1)], [])], ("eggs", 1));

        Assert.Equal(["hens", "eggs", "hen", "egg"], mistake.Members);
        Assert.StartsWith("The system is singular", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Products_that_share_too_few_activities_are_singular_and_named()
    {
        var mistake = Refused([Activity("a", [("x", 1), ("y", 1)], []), Activity("b", [("z", 1)], []), Activity("c", [("z", -1)], [])], ("x", 1));

        Assert.Contains("singular", mistake.Message, StringComparison.Ordinal);
        Assert.Superset(new HashSet<string> { "x", "y", "a" }, mistake.Members.ToHashSet());
    }

    [Fact]
    public void A_loop_that_leaves_next_to_nothing_is_badly_scaled_and_named()
    {
        var mistake = Refused([Activity("hen", [("hens", 1), ("eggs", -1)], []), Activity("egg", [("eggs", 1), ("hens", -1 + 1e-14)], [])], ("eggs", 1));

        Assert.StartsWith("The system is badly scaled: 'hens', 'eggs'", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Grams_beside_megatonnes_are_no_trouble()
    {
        var result = LifeCycleSystem.Solve(
            [Activity("mill", [("steel", 1e12), ("dye", -1e-6)], [("CO2", 1)]), Activity("dyer", [("dye", 1e-6), ("steel", -1)], [("CO2", 1)])],
            new Dictionary<string, double> { ["steel"] = 1e12 });

        Assert.Equal(1, result.Levels["mill"], 1e-11);
    }

    [Fact]
    public void What_is_demanded_and_not_there_is_named() =>
        Assert.Equal(["milk"], Refused([Activity("bakery", [("bread", 1)], [])], ("milk", 1)).Members);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_named(double amount) =>
        Assert.Equal("activities[0].flows.bread", Refused([Activity("bakery", [("bread", amount)], [])], ("bread", 1)).Field);

    private static Gen<(List<LifeCycleActivity> Activities, Dictionary<string, double> Demand)> Systems { get; } =
        from size in Gen.Int[1, 25]
        from seed in Gen.Int[0, int.MaxValue]
        select Make(size, new Random(seed));

    // Each makes its own product and takes less of others than would use all of it up.
    private static (List<LifeCycleActivity>, Dictionary<string, double>) Make(int size, Random random)
    {
        var activities = Enumerable.Range(0, size).Select(number =>
        {
            var flows = new Dictionary<string, double> { [$"p{number}"] = 1 };
            var inputs = random.Next(0, 4);
            for (var input = 0; input < inputs; input++)
            {
                var other = random.Next(size);
                if (other != number)
                {
                    flows[$"p{other}"] = -0.2 * random.NextDouble();
                }
            }

            return Activity($"a{number}", [.. flows.Select(flow => (flow.Key, flow.Value))], [("CO2", random.NextDouble()), ("CH4", random.NextDouble())]);
        }).ToList();
        return (activities, Enumerable.Range(0, size).Where(_ => random.Next(2) == 0).ToDictionary(number => $"p{number}", _ => random.NextDouble()));
    }

    private static LifeCycleException Refused(List<LifeCycleActivity> activities, params (string, double)[] demand) =>
        Assert.Throws<LifeCycleException>(() => LifeCycleSystem.Solve(activities, demand.ToDictionary(pair => pair.Item1, pair => pair.Item2)));

    private static LifeCycleActivity Activity(string name, (string, double)[] flows, (string, double)[] emissions) =>
        new(name, flows.ToDictionary(flow => flow.Item1, flow => flow.Item2), emissions.ToDictionary(flow => flow.Item1, flow => flow.Item2));
}
