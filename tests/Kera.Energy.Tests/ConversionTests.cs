using static Kera.Energy.Tests.Small;

namespace Kera.Energy.Tests;

/// <summary>Plants that turn one carrier into others, and what a unit more costs behind them.</summary>
public sealed class ConversionTests
{
    // Of a unit of fuel: 0.35 power and 0.5 heat, or 0.5 power. Fuel costs 30, power from elsewhere 200.
    private static EnergySystem Extraction => Made(Hours(2), ["power", "heat"],
    [
        new EnergyActivity("plant",
        [
            Mode("both", ("power", 0.35), ("heat", 0.5)) with { Cost = Profile.Of(30) },
            Mode("power", ("power", 0.5)) with { Cost = Profile.Of(30) },
        ]) { Capacity = 10 },
        Source("import", "power", 200),
        Demand("power", 4, 4),
        Demand("heat", 3, 4),
    ]);

    [Fact]
    public void A_turbine_gives_heat_first_and_condenses_with_what_is_left()
    {
        var plan = Best(Extraction);

        // 3 heat take 6 fuel and give 2.1 power; 1.9 more take 3.8. Then 8 fuel give 2.8 power, the last 2 give 1, 0.2 is bought.
        Equal([6, 8], plan.Of("plant").Modes[0]);
        Equal([3.8, 2], plan.Of("plant").Modes[1]);
        Equal([9.8, 10], plan.Of("plant").Level);
        Equal([0, 0.2], plan.Of("import").Level);
        Equal(30 * 19.8 + 200 * 0.2, plan.Cost);
        Equal(plan.Cost, plan.Objective);
        Equal(plan.Cost, plan.Bound);
    }

    [Fact]
    public void Heat_from_a_turbine_costs_the_power_that_it_takes_away()
    {
        var plan = Best(Extraction);

        // First: power costs 30 ÷ 0.5; 2 fuel for a unit of heat cost 60 and give 0.7 power. Then: 2 fuel go from 0.5 to 0.35 power, at 200.
        Equal([60, 200], plan.Prices["power"]);
        Equal([60 - 0.7 * 60, 2 * 0.15 * 200], plan.Prices["heat"]);
    }

    [Fact]
    public void A_plant_of_two_modes_is_held_back_by_the_capacity_that_they_share()
    {
        var limit = Assert.Single(Best(Extraction).Limits);

        // A unit of fuel more gives 0.5 power.
        Assert.Equal(("plant", RowKind.Level, 1, true), (limit.Element, limit.Kind, limit.Step, limit.AtMost));
        Equal(0.5 * 200 - 30, limit.Saving);
    }

    [Fact]
    public void A_heat_pump_runs_in_the_hours_in_which_it_is_cheaper_than_the_boiler()
    {
        // By unit of heat 30 ÷ 2, 66 ÷ 3 and 80 ÷ 4, beside a boiler at 21.
        var plan = Best(Made(Hours(3), ["power", "heat"],
        [
            Source("import", "power", Profile.Of([30, 66, 80])),
            EnergyActivity.Simple("pump", new Dictionary<string, Profile> { ["power"] = Profile.Of(-1), ["heat"] = Profile.Of([2, 3, 4]) }),
            Source("boiler", "heat", 21),
            Demand("heat", 6, 6, 6),
        ]));

        Equal([3, 0, 1.5], plan.Of("pump").Level);
        Equal([0, 6, 0], plan.Of("boiler").Level);
        Equal(6 * (15 + 21 + 20), plan.Cost);
        Equal([15, 21, 20], plan.Prices["heat"]);
    }

    [Theory]
    [InlineData(2, 28, 0)]
    [InlineData(5, 70, 0)]
    [InlineData(8, 98, 8)]
    public void A_boiler_that_is_better_at_full_load_is_used_only_where_that_pays(double demand, double cost, double level)
    {
        // Its first 5 units of heat take 8 gas, its next 5 take 3; gas costs 10, other heat 14. A straight line would take the last piece first.
        var plan = Best(Curved(demand, new EnergyActivity("boiler", [Mode("boiler", ("heat", 1)) with { PartLoad = new("gas", [(0, 0), (0.5, -0.8), (1, -1.1)]) }]) { Capacity = 10 }));

        Equal(cost, plan.Cost);
        Equal([level], plan.Of("boiler").Level);
        // What is dear must be done first: the last unit costs what its own piece takes.
        Equal([level > 0 ? 6 : 14], plan.Prices["heat"]);
    }

    [Fact]
    public void A_boiler_that_is_worse_at_full_load_gives_as_much_as_pays()
    {
        // 5 units at 1, the next at 1.6.
        var plan = Best(Curved(8, new EnergyActivity("boiler", [Mode("boiler", ("heat", 1)) with { PartLoad = new("gas", [(0, 0), (0.5, -0.5), (1, -1.3)]) }]) { Capacity = 10 }));

        Equal([5], plan.Of("boiler").Level);
        Equal(50 + 3 * 14, plan.Cost);
    }

    [Theory]
    [InlineData(7, 90, 7)]
    [InlineData(4, 56, 0)]
    [InlineData(3, 42, 0)]
    public void A_switched_boiler_follows_its_curve_while_it_is_on_and_takes_nothing_while_off(double demand, double cost, double level)
    {
        // At its least, 4, it takes 6; above, a unit of heat takes a unit of gas: 9 for 7.
        var boiler = new EnergyActivity("boiler", [Mode("boiler", ("heat", 1)) with { PartLoad = new("gas", [(0.4, -0.6), (1, -1.2)]) }]) { Capacity = 10, Commitment = new(0.4) };
        var plan = Best(Curved(demand, boiler));

        Equal(cost, plan.Cost);
        Equal([level], plan.Of("boiler").Level);
        Assert.Equal(level > 0, plan.Of("boiler").On![0]);
    }

    [Fact]
    public void What_is_not_switched_takes_its_idle_flow_also_at_nothing()
    {
        var plan = Best(Curved(2, new EnergyActivity("boiler", [Mode("boiler", ("heat", 1)) with { PartLoad = new("gas", [(0, -0.05), (1, -2)]) }]) { Capacity = 10 }));

        Equal(0.5 * 10 + 2 * 14, plan.Cost);
    }

    private static EnergySystem Curved(double demand, EnergyActivity boiler) =>
        Made(Hours(1), ["gas", "heat"], [boiler, Source("gas", "gas", 10), Source("other", "heat", 14), Demand("heat", demand)]);
}
