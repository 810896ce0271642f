using static Kera.Energy.Tests.Small;

namespace Kera.Energy.Tests;

/// <summary>Fees, carbon, and what is built.</summary>
public sealed class GoalTests
{
    [Theory]
    [InlineData(new double[] { 4, 4, 4 }, 5, 0)]
    [InlineData(new double[] { 4, 6, 5 }, 6, 10)]
    public void A_peak_is_free_up_to_the_peak_so_far(double[] demand, double peak, double cost)
    {
        var plan = Best(Made(Hours(3), ["power"], [Source("import", "power", 0), Demand("power", demand)]) with { PeakFees = [new("fee", "import", 10, [0, 0, 0], [5])] });

        Equal([peak], plan.Peaks["fee"]);
        Equal(cost, plan.Cost);
    }

    [Fact]
    public void Each_month_has_its_own_peak()
    {
        var plan = Best(Made(Hours(4), ["power"], [Source("import", "power", 0), Demand("power", 4, 6, 3, 2)]) with { PeakFees = [new("fee", "import", 10, [0, 0, 1, 1], [5, 0])] });

        Equal([6, 3], plan.Peaks["fee"]);
        Equal(10 * (6 - 5) + 10 * 3, plan.Cost);
    }

    [Fact]
    public void A_fee_is_for_power_and_not_for_energy()
    {
        var plan = Best(Made([0.25, 3], ["power"], [Source("import", "power", 1), Demand("power", 4, 2)]) with { PeakFees = [new("fee", "import", 10, [0, 0], [0])] });

        Equal(40 + 1 + 6, plan.Cost);
    }

    [Fact]
    public void A_fixed_demand_has_its_peak_too()
    {
        var plan = Best(Made(Hours(2), ["power"], [Source("import", "power", 1), Demand("power", 4, 6)]) with { PeakFees = [new("fee", "power demand", 10, [0, 0], [5])] });

        Equal([6], plan.Peaks["fee"]);
        Equal(10 + 10, plan.Cost);
    }

    [Fact]
    public void A_battery_flattens_the_peak()
    {
        var system = Made(Hours(2), ["power"], [Source("import", "power", 1), Demand("power", 2, 6)], new EnergyStore("battery", [new StorePort("power")]) { Capacity = 10 });
        var plan = Best(system with { PeakFees = [new("fee", "import", 10, [0, 0], [0])] });

        Equal([4, 4], plan.Of("import").Level);
        Equal(40 + 8, plan.Cost);
    }

    [Theory]
    [InlineData(5, 8)]
    [InlineData(15, 5)]
    public void A_generator_runs_where_a_new_peak_would_cost_more(double fee, double import)
    {
        // 30 against 20 and the fee.
        var plan = Best(Made(Hours(1), ["power"], [Source("import", "power", 20), Source("generator", "power", 30), Demand("power", 8)]) with { PeakFees = [new("fee", "import", fee, [0], [5])] });

        Equal([import], plan.Of("import").Level);
        Equal(20 * import + 30 * (8 - import) + fee * (import - 5), plan.Cost);
    }

    // Ten are wanted, at 20 with 500 kg or at 60 with none.
    private static EnergySystem Carbon => Made([0.5, 0.5], ["power"], [Source("dirty", "power", 20, carbon: 500), Source("clean", "power", 60), Demand("power", 10, 10)]);

    [Fact]
    public void A_hard_cap_is_kept()
    {
        var plan = Best(Carbon with { Cap = new(2000, null) });

        Equal(2000, plan.Carbon);
        Equal(4 * 20 + 6 * 60, plan.Cost);
        Assert.Empty(plan.Unmet);
    }

    [Theory]
    [InlineData(0.05, 5000)]
    [InlineData(0.1, 2000)]
    public void A_soft_cap_is_broken_where_that_costs_less_than_what_is_clean(double penalty, double carbon)
    {
        var plan = Best(Carbon with { Cap = new(2000, penalty) });

        Equal(carbon, plan.Carbon);
        Equal(carbon / 500 * 20 + (10 - carbon / 500) * 60, plan.Cost);
        Equal(plan.Cost + penalty * (carbon - 2000), plan.Objective);
        Assert.Equal(carbon > 2000 ? [(RowKind.Cap, "carbon", -1)] : [], plan.Unmet.Select(wish => (wish.Kind, wish.Element, wish.Step)));
        Equal(2000 - carbon, plan.Unmet.Sum(wish => wish.Amount));
        Equal(penalty * (carbon - 2000), plan.Unmet.Sum(wish => wish.Penalty));
    }

    [Fact]
    public void A_fixed_demand_s_carbon_counts_against_the_cap()
    {
        var burn = new EnergyActivity("fire", [Mode("fire") with { Carbon = Profile.Of(300), Cost = Profile.Of(2) }]) { Capacity = 4, Fixed = Profile.Of(0.5) };
        var plan = Best(Carbon with { Activities = [.. Carbon.Activities, burn], Cap = new(2000, null) });

        // 600 are the fire's, 1400 are left.
        Equal(2000, plan.Carbon);
        Equal(2 * 2 + 2.8 * 20 + 7.2 * 60, plan.Cost);
    }

    [Fact]
    public void A_cap_that_nothing_can_keep_is_named()
    {
        var plan = Plan(Made(Hours(1), ["power"], [Source("dirty", "power", 20, carbon: 500), EnergyActivity.Simple("must", Flows(("power", -1))) with { Fixed = Profile.Of(0.001) }]) with { Cap = new(0, null) });

        Assert.Equal(SolveStatus.Infeasible, plan.Status);
        Assert.NotEmpty(plan.Unmet);
    }

    [Theory]
    [InlineData(1, 0, 5000, 200)]
    [InlineData(1, 0.05, 5000, 450)]
    [InlineData(1, 0.1, 0, 600)]
    [InlineData(0, 1, 0, 0)]
    [InlineData(0.5, 0.05, 0, 300)]
    public void Cost_and_carbon_are_weighed_as_is_asked(double weight, double price, double carbon, double objective)
    {
        var plan = Best(Carbon with { Objective = new(weight, price) });

        Equal(carbon, plan.Carbon);
        Equal(objective, plan.Objective);
        // Also where it weighs nothing.
        Equal(carbon > 0 ? 200 : 600, plan.Cost);
    }

    // Half the capacity in the first hour and all of it in the second, beside import at 50. The first four save 25 and 50; more only 25.
    [Theory]
    [InlineData(null, 4, 4 * 30 + 2 * 50)]
    [InlineData(3.0, 3, 3 * 30 + 2.5 * 50 + 1 * 50)]
    [InlineData(0.0, 0, 8 * 50)]
    public void As_much_is_built_as_pays(double? most, double capacity, double cost)
    {
        var panels = EnergyActivity.Simple("panels", Flows(("power", 1))) with { Invest = new(30, most), Most = Profile.Of([0.5, 1]) };
        var plan = Best(Made(Hours(2), ["power"], [panels, Source("import", "power", 50), Demand("power", 4, 4)]));

        Equal(capacity, plan.Of("panels").Capacity!.Value);
        Equal(cost, plan.Cost);
    }

    [Theory]
    [InlineData(15, 3, 45 + 30)]
    [InlineData(45, 0, 150)]
    public void A_store_is_built_where_it_pays(double price, double capacity, double cost)
    {
        // 3 bought at 10 and not at 50.
        var store = new EnergyStore("battery", [new StorePort("power")]) { Invest = new(price) };
        var plan = Best(Made(Hours(2), ["power"], [Source("import", "power", Profile.Of([10, 50])), Demand("power", 0, 3)], store));

        Equal(capacity, plan.Stores[0].Capacity!.Value);
        Equal(cost, plan.Cost);
    }

    [Fact]
    public void A_store_is_built_large_enough_for_its_power()
    {
        // Half its capacity by hour: for 3 there must be 6.
        var store = new EnergyStore("battery", [new StorePort("power")]) { Invest = new(5), PowerByCapacity = 0.5 };
        var plan = Best(Made(Hours(2), ["power"], [Source("import", "power", Profile.Of([10, 50])), Demand("power", 0, 3)], store));

        Equal(6, plan.Stores[0].Capacity!.Value);
        Equal(6 * 5 + 3 * 10, plan.Cost);
    }

    [Fact]
    public void What_is_built_and_switched_is_as_large_as_its_least_level_allows()
    {
        // With 6 it would be off in the second hour: 60 + 120 + 100. With 4 it runs in both, at 2 in the second: 40 + 80 + 100 + 40.
        var unit = Source("unit", "power", 20) with { Invest = new(10, 8), Commitment = new(0.5) };
        var plan = Best(Made(Hours(2), ["power"], [unit, Source("other", "power", 50), Demand("power", 6, 2)]));

        Equal(4, plan.Of("unit").Capacity!.Value);
        Equal([4, 2], plan.Of("unit").Level);
        Equal(260, plan.Cost);
    }
}
