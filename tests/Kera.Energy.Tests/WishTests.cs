using static Kera.Energy.Tests.Small;

namespace Kera.Energy.Tests;

/// <summary>Vehicles at their chargers and loads that can wait.</summary>
public sealed class WishTests
{
    private static EnergySystem Priced(params double[] prices) => Made(Hours(prices.Length), ["power"], [Source("import", "power", Profile.Of(prices))]);

    [Fact]
    public void A_vehicle_is_charged_in_the_cheapest_hours_before_it_leaves()
    {
        // 4.5 in its battery are 5 from the grid: 3 in the best hour, 2 in the next best; the cheapest of all comes when it is gone.
        var plan = Best(Priced(50, 10, 30, 5) with { Sessions = [new("car", "power", 0, 3, 4.5, 3, 1000) { Efficiency = 0.9 }] });

        Equal([0, 3, 2, 0], plan.Sessions["car"]);
        Equal(3 * 10 + 2 * 30, plan.Cost);
        Assert.Empty(plan.Unmet);
    }

    [Fact]
    public void A_vehicle_is_not_charged_before_it_comes()
    {
        var plan = Best(Priced(5, 50, 30, 20) with { Hours = [0.25, 0.25, 0.5, 1], Sessions = [new("car", "power", 1, 3, 2, 3, 1000)] });

        // In three quarters of an hour.
        Equal([0, 2, 3, 0], plan.Sessions["car"]);
    }

    [Fact]
    public void What_a_charger_is_too_small_for_is_told()
    {
        var plan = Best(Priced(50, 10, 30, 5) with { Sessions = [new("car", "power", 0, 3, 9, 3, 1000) { Efficiency = 0.9 }] });

        Equal([3, 3, 3, 0], plan.Sessions["car"]);
        var wish = Assert.Single(plan.Unmet);
        Assert.Equal((RowKind.Session, "car", -1), (wish.Kind, wish.Element, wish.Step));
        Equal(9 - 8.1, wish.Amount);
        Equal(900, wish.Penalty);
        Equal(3 * 90, plan.Cost);
        Equal(3 * 90 + 900, plan.Objective);
    }

    [Fact]
    public void At_negative_prices_a_vehicle_takes_no_more_than_it_wants()
    {
        var plan = Best(Priced(-50, -10) with { Sessions = [new("car", "power", 0, 2, 4, 3, 1000)] });

        Equal([3, 1], plan.Sessions["car"]);
        Equal(-160, plan.Cost);
    }

    [Theory]
    [InlineData(0, 4, new double[] { 0, 2, 1, 0 }, 60)]
    [InlineData(2, 4, new double[] { 0, 0, 2, 1 }, 100)]
    [InlineData(0, 2, new double[] { 2, 1, 0, 0 }, 110)]
    public void A_load_in_one_go_runs_when_its_whole_run_is_cheapest(int earliest, int latest, double[] power, double cost)
    {
        var plan = Best(Priced(50, 10, 40, 20) with { Loads = [new("washer", "power", earliest, latest, [(1, 2), (1, 1)], 1000)] });

        Equal(power, plan.Loads["washer"]);
        Equal(cost, plan.Cost);
    }

    [Fact]
    public void A_run_that_ends_within_a_step_takes_its_mean_there()
    {
        var plan = Best(Priced(10, 20, 30) with { Loads = [new("washer", "power", 0, 3, [(1.5, 2), (0.25, 4)], 1000)] });

        Equal([2, 0.5 * 2 + 0.25 * 4, 0], plan.Loads["washer"]);
        Equal(2 * 10 + 2 * 20, plan.Cost);
    }

    [Theory]
    [InlineData(3, 30)]
    [InlineData(1, 1000)]
    public void A_load_in_one_go_that_costs_too_much_or_has_no_time_does_not_run(int latest, double penalty)
    {
        // Two hours of 2 at 10 cost 40; one step is not two hours.
        var plan = Best(Priced(10, 10, 10) with { Loads = [new("washer", "power", 0, latest, [(2, 2)], penalty)] });

        Equal([0, 0, 0], plan.Loads["washer"]);
        Assert.Equal([new UnmetWish(RowKind.Load, "washer", -1, 1, penalty)], plan.Unmet);
        Equal(penalty, plan.Objective);
        Equal(0, plan.Cost);
    }

    [Fact]
    public void A_load_that_may_be_interrupted_runs_in_the_cheapest_hours()
    {
        var plan = Best(Priced(50, 10, 40, 20) with { Loads = [new("heater", "power", 0, 4, [(2, 3)], 1000) { Interruptible = true }] });

        Equal([0, 3, 0, 3], plan.Loads["heater"]);
        Equal(90, plan.Cost);
    }

    [Fact]
    public void At_negative_prices_a_load_runs_for_its_hours_and_no_longer()
    {
        var plan = Best(Priced(-10, -20, -30, 5) with { Loads = [new("heater", "power", 0, 4, [(2, 3)], 1000) { Interruptible = true }, new("washer", "power", 0, 4, [(1, 2)], 1000)] });

        Equal([0, 3, 3, 0], plan.Loads["heater"]);
        Equal([0, 0, 2, 0], plan.Loads["washer"]);
        Equal(-3 * 50 - 60, plan.Cost);
    }

    [Fact]
    public void Hours_that_no_steps_add_up_to_are_run_to_the_next_whole_step()
    {
        var plan = Best(Priced(-10, -20, -30, 5) with { Loads = [new("heater", "power", 0, 4, [(1.5, 3)], 1000) { Interruptible = true }] });

        Equal([0, 3, 3, 0], plan.Loads["heater"]);
    }

    [Fact]
    public void A_load_that_costs_more_than_its_penalty_does_not_run()
    {
        // An hour costs 30 or 60 and its lack 40: one of two hours runs.
        var plan = Best(Priced(10, 20, 30) with { Loads = [new("heater", "power", 0, 3, [(2, 3)], 40) { Interruptible = true }] });

        Equal([3, 0, 0], plan.Loads["heater"]);
        Assert.Equal([new UnmetWish(RowKind.Load, "heater", -1, 1, 40)], plan.Unmet);
        Equal(30, plan.Cost);
        Equal(70, plan.Objective);
    }
}
