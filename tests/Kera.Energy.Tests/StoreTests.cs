using static Kera.Energy.Tests.Small;

namespace Kera.Energy.Tests;

/// <summary>What is carried from step to step.</summary>
public sealed class StoreTests
{
    [Fact]
    public void A_store_loses_by_the_hour_over_steps_of_three_hours()
    {
        var store = new EnergyStore("tank", [new StorePort("heat") { InEfficiency = 0.8, OutEfficiency = 0.9 }]) { Capacity = 100, LossByHour = 0.1 };
        var plan = Best(Made([3, 3], ["heat"], [Source("boiler", "heat", Profile.Of([10, 100])), Demand("heat", 0, 1)], store));

        // 3 are wanted: 3 ÷ 0.9 of what is held, which was by 0.9³ more, of which 0.8 came in.
        var held = 3 / 0.9 / 0.729;
        Equal([held, 0], plan.Stores[0].Level);
        Equal([held / 0.8 / 3, 0], plan.Stores[0].Charge[0]);
        Equal([0, 1], plan.Stores[0].Discharge[0]);
        Equal(10 * held / 0.8, plan.Cost);
        Equal(10 / (0.8 * 0.9 * 0.729), plan.Prices["heat"][1]);
    }

    [Fact]
    public void What_nobody_takes_fades()
    {
        var store = new EnergyStore("tank", [new StorePort("heat")]) { LevelBefore = 10, LossByHour = 0.1 };

        Equal([9, 9 * 0.9 * 0.9 * 0.9, 9 * 0.9 * 0.9 * 0.9 * Math.Sqrt(0.9)], Best(Made([1, 3, 0.5], ["heat"], [], store)).Stores[0].Level);
    }

    [Fact]
    public void A_store_that_two_networks_share_carries_heat_from_one_to_the_other()
    {
        var store = new EnergyStore("pit", [new StorePort("north") { ChargeMost = 4, DischargeMost = 0 }, new StorePort("south") { ChargeMost = 0, DischargeMost = 3, OutEfficiency = 0.95 }]) { Capacity = 8 };
        var plan = Best(Made(Hours(2), ["north", "south"], [Source("waste", "north", 10), Source("boiler", "south", 50), Demand("south", 0, 5)], store));

        Equal(10 * 3 / 0.95 + 2 * 50, plan.Cost);
        Equal([0, 3], plan.Stores[0].Discharge[1]);
        Equal(3 / 0.95, plan.Stores[0].Charge[0].Sum());
        Equal([0, 0], plan.Stores[0].Discharge[0]);
    }

    [Fact]
    public void The_power_of_a_store_is_shared_by_its_ports()
    {
        var store = new EnergyStore("pit", [new StorePort("north"), new StorePort("south")]) { Capacity = 8, LevelBefore = 8, PowerByCapacity = 0.25 };
        var plan = Best(Made(Hours(1), ["north", "south"], [Source("one", "north", 50), Source("other", "south", 50), Demand("north", 3), Demand("south", 3)], store));

        Equal(50 * (6 - 2), plan.Cost);
        Equal([6], plan.Stores[0].Level);
    }

    [Theory]
    [InlineData(40, 90, 5)]
    [InlineData(20, 0, 2)]
    public void What_is_held_in_the_end_is_held_back_where_it_is_worth_more(double value, double cost, double held)
    {
        var store = new EnergyStore("tank", [new StorePort("heat")]) { Capacity = 5, LevelBefore = 5, FinalValue = value };
        var plan = Best(Made(Hours(3), ["heat"], [Source("boiler", "heat", 30), Demand("heat", 1, 1, 1)], store));

        Equal(held, plan.Stores[0].Level[^1]);
        Equal(cost, plan.Cost);
        Equal(cost - value * held, plan.Objective);
    }

    [Fact]
    public void A_cyclic_store_ends_with_what_it_began_with()
    {
        // What it holds before is sought: it cannot be spent.
        var store = new EnergyStore("battery", [new StorePort("power")]) { Capacity = 5, Cyclic = true };
        var plan = Best(Made(Hours(3), ["power"], [Source("import", "power", Profile.Of([50, 10, 60])), Demand("power", 2, 2, 2)], store));

        Equal(10 * (2 + 2 + 2), plan.Cost);
        // The first hour lives on what the second stores for it.
        Equal(plan.Stores[0].Level[2] - 2, plan.Stores[0].Level[0]);
        Equal([0, 6, 0], plan.Of("import").Level);
    }

    [Fact]
    public void A_cyclic_store_of_one_step_makes_up_for_its_loss_alone()
    {
        var store = new EnergyStore("tank", [new StorePort("heat")]) { Capacity = 10, Cyclic = true, LossByHour = 0.1, Least = Profile.Of(0.5) };

        Equal(0.5 * 20, Best(Made([1], ["heat"], [Source("boiler", "heat", 20)], store)).Cost);
    }

    [Theory]
    [InlineData(1, 1.0, 2, 0)]
    [InlineData(3, 20.0, 0, 180)]
    [InlineData(3, 9.0, 6, 0)]
    [InlineData(1, null, 0, 60)]
    public void A_least_level_may_be_broken_where_that_costs_less(double hours, double? penalty, double below, double cost)
    {
        // A demand of 2 against 30 by energy; a unit below its least costs its penalty for each hour.
        var store = new EnergyStore("tank", [new StorePort("heat")]) { Capacity = 20, LevelBefore = 10, Least = Profile.Of(0.5), LeastPenalty = penalty };
        var plan = Best(Made([hours], ["heat"], [Source("boiler", "heat", 30), Demand("heat", 2)], store));

        Equal(cost, plan.Cost);
        Equal(10 - below, plan.Stores[0].Level[0]);
        Equal(below, plan.Unmet.Sum(wish => wish.Amount));
        Equal(below * hours * (penalty ?? 0), plan.Unmet.Sum(wish => wish.Penalty));
        Assert.All(plan.Unmet, wish => Assert.Equal((RowKind.StoreBound, "tank", 0), (wish.Kind, wish.Element, wish.Step)));
    }

    [Fact]
    public void To_charge_to_discharge_and_to_hold_cost_what_they_cost()
    {
        var store = new EnergyStore("tank", [new StorePort("heat") { ChargeCost = 2, DischargeCost = 3 }]) { Capacity = 10, HoldCost = 0.5 };
        var plan = Best(Made([0.5, 2], ["heat"], [Source("boiler", "heat", Profile.Of([10, 50])), Demand("heat", 0, 1)], store));

        // 2 are bought at 10, charged at 2, held for half an hour, discharged at 3.
        Equal(2 * (10 + 2 + 0.5 * 0.5 + 3), plan.Cost);
    }

    [Theory]
    [InlineData(false, -47.5)]
    [InlineData(true, 0)]
    public void At_negative_prices_a_lossy_battery_burns_what_is_paid_for_unless_it_goes_one_way(bool oneWay, double cost)
    {
        // Full, with nobody to take what it gives: it can only charge 5 and discharge 0.9 · 0.9 · 5 at once.
        var battery = new EnergyStore("battery", [new StorePort("power") { ChargeMost = 5, DischargeMost = 5, InEfficiency = 0.9, OutEfficiency = 0.9 }]) { Capacity = 4, LevelBefore = 4, OneWayAtATime = oneWay };
        var plan = Best(Made(Hours(1), ["power"], [Source("import", "power", -50)], battery));

        Equal(cost, plan.Cost);
        Equal(oneWay ? 0 : 5, plan.Stores[0].Charge[0][0]);
    }

    [Fact]
    public void A_battery_that_goes_one_way_still_takes_what_it_is_paid_for()
    {
        // 4 by 0.8 find room; in the next hour it is full and the home uses it.
        var battery = new EnergyStore("battery", [new StorePort("power") { ChargeMost = 9, DischargeMost = 9, InEfficiency = 0.8 }]) { Capacity = 4, OneWayAtATime = true };
        var plan = Best(Made(Hours(2), ["power"], [Source("import", "power", Profile.Of([-50, 30])), Demand("power", 1, 5)], battery));

        Equal(-50 * (5 + 1) + 30 * 1, plan.Cost);
        Equal([4, 0], plan.Stores[0].Level);
    }
}
