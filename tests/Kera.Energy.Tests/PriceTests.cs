using static Kera.Energy.Tests.Small;

namespace Kera.Energy.Tests;

/// <summary>What a unit more costs, and what holds a plan back.</summary>
public sealed class PriceTests
{
    // Where KERA_TESTS_FULL is 1: 2,000 systems.
    private static readonly int s_systems = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 2_000 : 60;

    [Fact]
    public void A_price_is_by_energy_however_long_the_step()
    {
        // Ten at 50, the rest at 80.
        var plan = Best(Made([0.25, 0.25, 3], ["power"], [Source("near", "power", 50, 10), Source("far", "power", 80), Demand("power", 8, 12, 12)]));

        Equal([50, 80, 80], plan.Prices["power"]);
        Equal(0.25 * (8 * 50 + 10 * 50 + 2 * 80) + 3 * (10 * 50 + 2 * 80), plan.Cost);
    }

    [Fact]
    public void A_limit_says_what_a_unit_of_power_more_saves_in_its_step()
    {
        var plan = Best(Made([0.25, 0.25, 3], ["power"], [Source("near", "power", 50, 10), Source("far", "power", 80), Demand("power", 8, 12, 12)]));

        // A megawatt for a quarter of an hour, and for three hours, at 30 by megawatt-hour.
        Assert.Equal([("near", RowKind.Level, 1, true), ("near", RowKind.Level, 2, true)], plan.Limits.Select(limit => (limit.Element, limit.Kind, limit.Step, limit.AtMost)));
        Equal([7.5, 90], [.. plan.Limits.Select(limit => limit.Saving)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_must_run_is_a_limit_where_something_else_is_cheaper(bool switched)
    {
        var dear = Source("dear", "power", 80, 10);
        dear = switched ? dear with { Commitment = new(0.3) { MinimumHoursOn = 5 } } : dear with { Least = Profile.Of(0.3) };
        var plan = Best(Made(Hours(1), ["power"], [dear, Source("cheap", "power", 50), Demand("power", 8)]));

        var limit = Assert.Single(plan.Limits);
        Assert.Equal(("dear", RowKind.Level, 0, false), (limit.Element, limit.Kind, limit.Step, limit.AtMost));
        Equal(30, limit.Saving);
    }

    [Fact]
    public void A_full_store_is_a_limit()
    {
        var store = new EnergyStore("tank", [new StorePort("power")]) { Capacity = 3 };
        var plan = Best(Made(Hours(2), ["power"], [Source("import", "power", Profile.Of([10, 50])), Demand("power", 0, 5)], store));

        var limit = Assert.Single(plan.Limits);
        Assert.Equal(("tank", RowKind.StoreBound, 0, true), (limit.Element, limit.Kind, limit.Step, limit.AtMost));
        Equal(40, limit.Saving);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stores_power_is_a_limit_of_each_way_where_it_binds(bool byCapacity)
    {
        var port = byCapacity ? new StorePort("power") { DischargeMost = 1 } : new StorePort("power") { ChargeMost = 3, DischargeMost = 1 };
        var store = new EnergyStore("battery", [port]) { Capacity = 8, PowerByCapacity = byCapacity ? 0.375 : null, OneWayAtATime = true };
        var plan = Best(Made(Hours(4), ["power"], [Source("import", "power", Profile.Of([10, 30, 50, 60])), Demand("power", 0, 0, 5, 5)], store));

        Equal([2, 0, 0, 0], plan.Stores[0].Charge[0]);
        // More could go in, and would not come out: what is bought at 10 would be there at 50 and at 60.
        Assert.Equal([(RowKind.StoreDischarge, 2, true), (RowKind.StoreDischarge, 3, true)], plan.Limits.Select(limit => (limit.Kind, limit.Step, limit.AtMost)));
        Equal([40, 50], [.. plan.Limits.Select(limit => limit.Saving)]);
    }

    [Fact]
    public void What_is_told_as_a_limit_of_power_is_at_its_most()
    {
        var told = 0;
        for (var seed = 0; seed < s_systems; seed++)
        {
            var system = RandomSystem.Make(seed, slack: true);
            var plan = Plan(system);
            foreach (var limit in plan.Limits.Where(limit => limit.Kind is RowKind.StoreCharge or RowKind.StoreDischarge))
            {
                var (store, run) = system.Stores.Zip(plan.Stores).Single(pair => pair.First.Name == limit.Element);
                var charges = limit.Kind == RowKind.StoreCharge;
                var flows = (charges ? run.Charge : run.Discharge).Select(port => port[limit.Step]).ToList();
                var byCapacity = store.PowerByCapacity * store.Capacity ?? double.PositiveInfinity;
                Assert.True(
                    flows.Sum() > byCapacity - 1e-5 || flows.Zip(store.Ports).Any(port => port.First > ((charges ? port.Second.ChargeMost : port.Second.DischargeMost) ?? double.PositiveInfinity) - 1e-5),
                    $"{seed}: {limit}");
                told++;
            }
        }

        Assert.True(told > s_systems / 20, $"{told} limits were looked at.");
    }

    [Fact]
    public void A_stores_power_in_is_a_limit_where_more_would_have_been_stored()
    {
        var store = new EnergyStore("battery", [new StorePort("power") { ChargeMost = 2 }]) { Capacity = 8 };
        var plan = Best(Made([0.5, 1], ["power"], [Source("import", "power", Profile.Of([10, 50])), Demand("power", 0, 5)], store));

        var limit = Assert.Single(plan.Limits);
        Assert.Equal(("battery", RowKind.StoreCharge, 0, true), (limit.Element, limit.Kind, limit.Step, limit.AtMost));
        // A megawatt for half an hour, at 40.
        Equal(20, limit.Saving);
    }

    [Theory]
    [InlineData(8, 20)]
    [InlineData(12, 50)]
    [InlineData(1, 50)]
    public void Beside_a_switched_plant_the_price_is_that_of_the_plan_that_was_chosen(double demand, double price)
    {
        // From 5 to 10 at 20, else at 50: at 8 it is on and gives one more; at 12 it is full; at 1 it is off.
        var unit = Source("unit", "power", 20, 10) with { Commitment = new(0.5) { StartCost = 30, HoursOnBefore = 0 } };
        var plan = Best(Made([0.5], ["power"], [unit, Source("other", "power", 50), Demand("power", demand)]));

        Equal([price], plan.Prices["power"]);
        // What it is switched off for is no bound of its level.
        Assert.Equal(demand > 10 ? ["unit"] : [], plan.Limits.Select(limit => limit.Element));
    }

    [Fact]
    public void No_price_is_reckoned_where_none_is_asked_for()
    {
        var plan = EnergyPlanner.Plan(Made(Hours(1), ["power"], [Source("near", "power", 50, 10), Source("far", "power", 80), Demand("power", 12)]), new PlanOptions(Prices: false), default);

        Assert.Empty(plan.Prices);
        Assert.Empty(plan.Limits);
        Equal(660, plan.Cost);
    }

    [Fact]
    public void What_is_missing_and_what_is_too_much_are_told_with_their_price()
    {
        var system = Made([0.5, 0.5], ["power"], [Source("import", "power", 50, 10), Demand("power", 12, 0), EnergyActivity.Simple("wind", Flows(("power", 1))) with { Fixed = Profile.Of([0, 4]) }]);
        var plan = Best(system with { Buses = [new EnergyBus("power") { ShortagePenalty = 300, SurplusPenalty = 7 }] });

        Equal([300, -7], plan.Prices["power"]);
        Assert.Equal([(RowKind.Balance, "power", 0), (RowKind.Balance, "power", 1)], plan.Unmet.Select(wish => (wish.Kind, wish.Element, wish.Step)));
        Equal([1, -2], [.. plan.Unmet.Select(wish => wish.Amount)]);
        Equal([300, 14], [.. plan.Unmet.Select(wish => wish.Penalty)]);
        Equal(250, plan.Cost);
        Equal(250 + 314, plan.Objective);
    }

    [Fact]
    public void What_may_be_let_go_is_worth_nothing()
    {
        var system = Made(Hours(1), ["power"], [EnergyActivity.Simple("wind", Flows(("power", 1))) with { Fixed = Profile.Of(4) }, Demand("power", 3)]) with { Buses = [new EnergyBus("power") { Dump = true }] };

        Equal([0], Best(system).Prices["power"]);
    }

    [Fact]
    public void The_shortage_of_a_demand_above_all_capacity_is_explained()
    {
        var plan = Plan(Made([1, 0.25, 1], ["power"], [Source("import", "power", 50, 10), Demand("power", 5, 12, 5)]));

        Assert.Equal(SolveStatus.Infeasible, plan.Status);
        Assert.False(plan.HasPlan);
        // Two megawatts for a quarter of an hour.
        var wish = Assert.Single(plan.Unmet);
        Assert.Equal((RowKind.Balance, "power", 1, 0.0), (wish.Kind, wish.Element, wish.Step, wish.Penalty));
        Equal(0.5, wish.Amount);
    }

    [Fact]
    public void What_a_store_cannot_hold_is_explained()
    {
        // Twelve come, ten find room.
        var store = new EnergyStore("tank", [new StorePort("heat")]) { Capacity = 10 };
        var plan = Plan(Made(Hours(4), ["heat"], [EnergyActivity.Simple("waste", Flows(("heat", 1))) with { Fixed = Profile.Of(3) }], store));

        Assert.Equal(SolveStatus.Infeasible, plan.Status);
        Assert.All(plan.Unmet, wish => Assert.Equal((RowKind.Balance, "heat"), (wish.Kind, wish.Element)));
        Equal(-2, plan.Unmet.Sum(wish => wish.Amount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gain_without_bound_is_told_and_not_mistaken_for_what_cannot_be(bool switched)
    {
        var unit = Source("unit", "power", 20, 10) with { Commitment = switched ? new(0.5) : null };
        var gain = Made(Hours(2), ["power"], [Source("paid", "power", -1), unit]) with { Buses = [new EnergyBus("power") { Dump = true }] };

        Assert.Equal(SolveStatus.Unbounded, Plan(gain).Status);
        Assert.Empty(Plan(gain).Unmet);
        Assert.False(Plan(gain).HasPlan);
        // Both at once: what cannot be comes first.
        Assert.Equal(SolveStatus.Infeasible, Plan(Made(Hours(2), ["power"], [unit, Demand("power", 11, 2)])).Status);
    }

    [Fact]
    public void Nothing_to_do_is_a_plan() => Equal(0, Best(Made(Hours(2), ["power"], [])).Objective);

    [Theory]
    [InlineData(3, SolveStatus.Optimal)]
    [InlineData(4, SolveStatus.Infeasible)]
    public void Where_all_is_given_it_fits_or_does_not(double wind, SolveStatus status)
    {
        var plan = Plan(Made(Hours(1), ["power"], [new EnergyActivity("wind", [Mode("wind", ("power", 1)) with { Cost = Profile.Of(2) }]) { Fixed = Profile.Of(wind) }, Demand("power", 3)]));

        Assert.Equal(status, plan.Status);
        Assert.Equal(status == SolveStatus.Optimal ? 6 : double.NaN, plan.Objective);
        Assert.Equal(status == SolveStatus.Optimal ? [] : [-1.0], plan.Unmet.Select(wish => wish.Amount));
    }
}
