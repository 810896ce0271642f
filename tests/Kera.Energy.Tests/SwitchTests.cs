using static Kera.Energy.Tests.Small;

namespace Kera.Energy.Tests;

/// <summary>Plants that are on or off, and that cannot change as fast as they like.</summary>
public sealed class SwitchTests
{
    [Fact]
    public void What_was_started_before_the_plan_stays_on_for_the_rest_of_its_time()
    {
        // Dear, but on for an hour of three: four steps of half an hour more.
        var unit = Source("unit", "power", 50, 10) with { Commitment = new(0.5) { HoursOnBefore = 1, MinimumHoursOn = 3 } };
        var plan = Best(Made([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], ["power"], [unit, Source("other", "power", 20), Demand("power", 8, 8, 8, 8, 8, 8)]));

        Assert.Equal([true, true, true, true, false, false], plan.Of("unit").On!);
        Equal(2 * (5 * 50 + 3 * 20) + 1 * 8 * 20, plan.Cost);
    }

    [Fact]
    public void What_was_stopped_before_the_plan_stays_off_for_the_rest_of_its_time()
    {
        var unit = Source("unit", "power", 20, 10) with { Commitment = new(0.5) { HoursOnBefore = 0, HoursOffBefore = 1, MinimumHoursOff = 3 } };
        var plan = Best(Made(Hours(4), ["power"], [unit, Source("other", "power", 50), Demand("power", 8, 8, 8, 8)]));

        Assert.Equal([false, false, true, true], plan.Of("unit").On!);
        Equal(2 * 8 * 50 + 2 * 8 * 20, plan.Cost);
    }

    [Theory]
    [InlineData(0, 340)]
    [InlineData(1, 340)]
    [InlineData(2, 380)]
    [InlineData(3, 420)]
    public void What_starts_stays_on_for_its_least_time(double hours, double cost)
    {
        // Worth it at 8 against 30; an hour more costs 5 · 20, of which 2 · 30 are spared.
        var unit = Source("unit", "power", 20, 10) with { Commitment = new(0.5) { HoursOnBefore = 0, HoursOffBefore = 9, MinimumHoursOn = hours } };
        var system = Made(Hours(4), ["power"], [unit, Source("other", "power", 30), Demand("power", 2, 8, 2, 2)]);

        Equal(cost, Best(system with { Buses = [new EnergyBus("power") { Dump = true }] }).Cost);
    }

    [Theory]
    [InlineData(0, 40)]
    [InlineData(2, 100)]
    [InlineData(3, 160)]
    public void What_stops_stays_off_for_its_least_time(double hours, double cost)
    {
        // It cannot run at 1, where the other gives 1 at 40. To be off for longer than that costs 3 more hours at 40 against 20.
        var unit = Source("unit", "power", 20, 3) with { Commitment = new(1) { HoursOnBefore = 9, MinimumHoursOff = hours } };
        var system = Made(Hours(3), ["power"], [unit, Source("other", "power", 40), Demand("power", 1, 3, 3)]);

        Equal(cost + 120, Best(system).Cost);
    }

    [Theory]
    [InlineData(470, 790)]
    [InlineData(490, 800)]
    public void The_cost_of_a_start_decides(double start, double cost)
    {
        // Two hours of 8 at 20 against 50 save 480.
        var unit = Source("unit", "power", 20, 10) with { Commitment = new(0.5) { HoursOnBefore = 0, StartCost = start } };

        Equal(cost, Best(Made(Hours(2), ["power"], [unit, Source("other", "power", 50), Demand("power", 8, 8)])).Cost);
    }

    [Theory]
    [InlineData(50, 200)]
    [InlineData(70, 210)]
    public void The_cost_of_a_stop_decides(double stop, double cost)
    {
        // Off saves 5 · (42 − 30) for each of one hour's 5 units.
        var unit = Source("unit", "power", 42, 10) with { Commitment = new(0.5) { StopCost = stop } };

        Equal(cost, Best(Made(Hours(1), ["power"], [unit, Source("other", "power", 30), Demand("power", 5)])).Cost);
    }

    [Fact]
    public void An_hour_on_costs_the_same_at_any_level()
    {
        var unit = Source("unit", "power", 20, 10) with { Commitment = new(0.1) { CostByHourOn = 12 } };

        Equal(3 * (8 * 20 + 12) + 0.5 * (2 * 20 + 12), Best(Made([3, 0.5], ["power"], [unit, Source("other", "power", 50), Demand("power", 8, 2)])).Cost);
    }

    [Fact]
    public void A_boiler_that_rises_slowly_begins_before_the_morning()
    {
        var boiler = Source("boiler", "heat", 20, 10) with { RampUp = 0.2, LevelBefore = 2 };
        var plan = Best(Made(Hours(4), ["heat"], [boiler, Source("peak", "heat", 100), Demand("heat", 2, 8, 8, 7)]));

        Equal([2, 4, 6, 7], plan.Of("boiler").Level);
        Equal(20 * 19 + 100 * 6, plan.Cost);
        // A unit more in the first hour lets it give one more in the next two as well: 3 · 20 − 2 · 100.
        Equal([-140, 100, 100, 20], plan.Prices["heat"]);
    }

    [Fact]
    public void A_boiler_that_falls_slowly_still_burns_after_the_morning()
    {
        var boiler = Source("boiler", "heat", 20, 10) with { RampDown = 0.3, LevelBefore = 9 };
        var system = Made(Hours(2), ["heat"], [boiler, Demand("heat", 5, 1)]) with { Buses = [new EnergyBus("heat") { Dump = true }] };

        Equal([6, 3], Best(system).Of("boiler").Level);
    }

    [Fact]
    public void A_ramp_is_by_hour()
    {
        // 0.2 of 10 for an hour, half as much for half an hour.
        var boiler = Source("boiler", "heat", 20, 10) with { RampUp = 0.2, LevelBefore = 2 };

        Equal([3, 4, 5], Best(Made([0.5, 0.5, 0.5], ["heat"], [boiler, Source("peak", "heat", 100), Demand("heat", 9, 9, 9)])).Of("boiler").Level);
    }

    [Fact]
    public void The_level_before_bounds_nothing_where_it_is_not_known()
    {
        var boiler = Source("boiler", "heat", 20, 10) with { RampUp = 0.2, RampDown = 0.2 };

        Equal([9, 9], Best(Made(Hours(2), ["heat"], [boiler, Source("peak", "heat", 100), Demand("heat", 9, 9)])).Of("boiler").Level);
    }

    [Fact]
    public void What_starts_leaps_to_its_least_level_and_rises_from_there()
    {
        var unit = Source("unit", "power", 20, 10) with { RampUp = 0.1, LevelBefore = 0, Commitment = new(0.5) { HoursOnBefore = 0 } };
        var plan = Best(Made(Hours(3), ["power"], [unit, Source("other", "power", 100), Demand("power", 8, 8, 8)]));

        Equal([5, 6, 7], plan.Of("unit").Level);
        Equal(20 * 18 + 100 * 6, plan.Cost);
    }

    [Theory]
    [InlineData(5, SolveStatus.Optimal)]
    [InlineData(6, SolveStatus.Infeasible)]
    public void What_stops_falls_to_its_least_level_first(double last, SolveStatus status)
    {
        var unit = Source("unit", "power", 20, 10) with { RampDown = 0.1, LevelBefore = 7, Commitment = new(0.5) };

        Assert.Equal(status, Plan(Made(Hours(3), ["power"], [unit, Demand("power", 6, last, 0)])).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void What_runs_does_not_leap_over_its_ramp_by_a_start_and_a_stop_at_once(double start)
    {
        var unit = Source("unit", "power", 20, 10) with { RampUp = 0.1, RampDown = 0.1, LevelBefore = 5, Commitment = new(0.5) { StartCost = start } };
        var plan = Best(Made(Hours(1), ["power"], [unit, Source("other", "power", 100), Demand("power", 9)]));

        Equal([6], plan.Of("unit").Level);
        Equal(6 * 20 + 3 * 100, plan.Cost);
    }

    [Fact]
    public void What_stops_may_fall_from_the_least_of_the_hour_before()
    {
        // Its least is a profile: 8 in the first hour, nothing in the second, in which it is off.
        var unit = Source("unit", "power", 20, 10) with { RampDown = 0.1, LevelBefore = 8, Least = Profile.Of([0.8, 0]), Commitment = new(0.5) };

        Equal([8, 0], Best(Made(Hours(2), ["power"], [unit, Demand("power", 8, 0)])).Of("unit").Level);
    }
}
