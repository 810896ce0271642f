using CsCheck;
using static Kera.Energy.Tests.Small;

namespace Kera.Energy.Tests;

/// <summary>Window by window nothing is lost of what the ones before did: units, ramps, stores, peaks, carbon, what was begun.</summary>
public sealed class RollingTests
{
    // Where KERA_TESTS_FULL is 1: 5,000 systems.
    private static readonly int s_systems = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 5_000 : 20;

    [Fact]
    public void Whatever_is_rolled_keeps_every_rule_of_the_whole_and_is_no_better_than_planned_at_once() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 5], Gen.Int[0, 6]).Sample(
            (seed, commit, more) =>
            {
                var system = Units(seed);
                var rolled = RollingPlanner.Roll(system, new RollingOptions(commit, commit + more), default);

                Assert.Empty(rolled.Faults);
                Assert.Equal(SolveStatus.Optimal, rolled.Status);
                PlanRules.Check(system, rolled);
                Assert.True(rolled.Cost + rolled.Unmet.Sum(wish => wish.Penalty) >= Plan(system).Objective - 1e-3);
            },
            iter: s_systems);

    [Fact]
    public void With_all_ahead_the_first_window_is_the_plan()
    {
        var system = Units(7);

        Equal(Plan(system).Objective, RollingPlanner.Roll(system, new RollingOptions(24, 24), default) is var rolled ? rolled.Cost + rolled.Unmet.Sum(wish => wish.Penalty) : 0);
    }

    [Fact]
    public void Up_to_a_peak_that_was_paid_nothing_more_is_due()
    {
        var far = Source("far", "power", 3, 10) with { Most = Profile.Of([0, 1, 1]) };
        var system = Made(Hours(3), ["power"], [Source("grid", "power", 1), far, Demand("power", 8, 8, 8)]) with
        {
            PeakFees = [new PeakFee("fee", "grid", 10, [0, 0, 0], [3])],
        };

        var rolled = RollingPlanner.Roll(system, new RollingOptions(1, 1), default);

        // In the first hour there is nothing but the grid; who forgot that would keep the others at 3.
        Equal([8, 8, 8], rolled.Of("grid").Level);
        Equal(24 + 10 * 5, rolled.Cost);
        Equal([8], rolled.Peaks["fee"]);
    }

    [Fact]
    public void A_cap_lasts_to_the_end()
    {
        var system = Made(Hours(10), ["heat"], [Source("clean", "heat", 50), Source("dirty", "heat", 10, carbon: 1), Demand("heat", 10, 10, 10, 10, 10, 10, 10, 10, 10, 10)]) with
        {
            Cap = new CarbonCap(40, null),
        };

        var rolled = RollingPlanner.Roll(system, new RollingOptions(2, 4), default);

        Assert.InRange(rolled.Carbon, 30, 40 + 1e-6);
        Equal(rolled.Carbon * 10 + (100 - rolled.Carbon) * 50, rolled.Cost);
    }

    [Fact]
    public void What_a_vehicle_got_it_has()
    {
        var system = Made(Hours(6), ["power"], [Source("grid", "power", Profile.Of([5, 1, 4, 3, 2, 9]))]) with
        {
            Sessions = [new ChargingSession("car", "power", 0, 6, 6, 2, 100) { Efficiency = 0.75 }],
        };

        var rolled = RollingPlanner.Roll(system, new RollingOptions(2, 6), default);

        Assert.Empty(rolled.Unmet);
        // 8 to be bought for 6 in the battery: the four cheapest hours.
        Equal([0, 2, 2, 2, 2, 0], rolled.Sessions["car"]);
        Equal(2 * (1 + 4 + 3 + 2), rolled.Cost);
    }

    [Fact]
    public void What_can_still_come_after_a_window_waits_for_the_cheaper_hour()
    {
        // Dear within the first window, cheap after it; two of five fit after it at full power, so three come before.
        var system = Made(Hours(6), ["power"], [Source("grid", "power", Profile.Of([7, 5, 6, 8, 1, 1]))]) with
        {
            Sessions = [new ChargingSession("car", "power", 0, 6, 10, 2, 100)],
        };

        var rolled = RollingPlanner.Roll(system, new RollingOptions(4, 4), default);

        Equal([2, 2, 2, 0, 2, 2], rolled.Sessions["car"]);
        Assert.Empty(rolled.Unmet);
    }

    [Theory]
    [InlineData(0, new double[] { 0, 0, 2, 2 })]
    [InlineData(5, new double[] { 2, 2, 0, 0 })]
    public void What_a_vehicle_holds_at_the_end_of_a_window_is_worth_what_is_stated(double value, double[] charged)
    {
        var system = Made(Hours(4), ["power"], [Source("grid", "power", Profile.Of([4, 4, 6, 6]))]) with
        {
            Sessions = [new ChargingSession("car", "power", 0, 4, 4, 2, 100) { FinalValue = value }],
        };
        var costs = new List<double>();

        var rolled = RollingPlanner.Roll(system, new RollingOptions(2, 2), default, planned: (_, plan) => costs.Add(plan.Cost));

        Equal(charged, rolled.Sessions["car"]);
        // What was counted for later is no cost of a window.
        Equal(rolled.Cost, costs.Sum());
    }

    [Theory]
    [InlineData(false, 0, new double[] { 0, 0, 3, 3 })]
    [InlineData(true, 0, new double[] { 0, 0, 3, 3 })]
    [InlineData(false, 50, new double[] { 3, 3, 0, 0 })]
    [InlineData(true, 50, new double[] { 3, 3, 0, 0 })]
    public void A_load_that_may_wait_runs_when_the_stated_value_says_so(bool interruptible, double value, double[] power)
    {
        var system = Made(Hours(4), ["power"], [Source("grid", "power", Profile.Of([4, 4, 6, 6]))]) with
        {
            Loads = [new DeferrableLoad("washing", "power", 0, 4, [(2, 3)], 1_000) { FinalValue = value, Interruptible = interruptible }],
        };

        Equal(power, RollingPlanner.Roll(system, new RollingOptions(2, 2), default).Loads["washing"]);
    }

    [Fact]
    public void At_one_price_vehicles_and_loads_cost_the_same_rolled_as_planned_at_once() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 4], Gen.Int[0, 6]).Sample(
            (seed, commit, more) =>
            {
                var system = Waiting(seed);
                var (whole, rolled) = (Plan(system), RollingPlanner.Roll(system, new RollingOptions(commit, commit + 3 + more), default));

                Assert.Empty(rolled.Faults);
                PlanRules.Check(system, rolled);
                Equal(whole.Cost, rolled.Cost);
                Equal(whole.Unmet.Sum(wish => wish.Penalty), rolled.Unmet.Sum(wish => wish.Penalty));
                foreach (var session in system.Sessions)
                {
                    Equal(whole.Sessions[session.Name].Sum(), rolled.Sessions[session.Name].Sum());
                }

                foreach (var load in system.Loads)
                {
                    Equal(whole.Loads[load.Name].Sum(), rolled.Loads[load.Name].Sum());
                }
            },
            iter: s_systems);

    [Fact]
    public void Above_a_cap_that_is_paid_for_a_whole_is_told_what_it_is_above()
    {
        var system = Made(Hours(4), ["heat"], [Source("dirty", "heat", 10, carbon: 1), Demand("heat", 10, 10, 10, 10)]) with { Cap = new CarbonCap(25, 3) };

        var rolled = RollingPlanner.Roll(system, new RollingOptions(1, 2), default);

        Assert.Empty(rolled.Faults);
        Assert.Equal([(RowKind.Cap, -15.0, 45.0)], rolled.Unmet.Select(wish => (wish.Kind, wish.Amount, wish.Penalty)));
    }

    [Fact]
    public void What_was_begun_in_one_go_goes_on()
    {
        var system = Made(Hours(6), ["power"], [Source("grid", "power", Profile.Of([5, 1, 1, 1, 5, 5]))]) with
        {
            Loads = [new DeferrableLoad("washing", "power", 0, 6, [(1, 2), (2, 1)], 1_000)],
        };

        var rolled = RollingPlanner.Roll(system, new RollingOptions(2, 4), default);

        Equal([0, 2, 1, 1, 0, 0], rolled.Loads["washing"]);
        Equal(2 + 1 + 1, rolled.Cost);
    }

    [Fact]
    public void A_forecast_that_errs_costs_no_more_than_what_ran()
    {
        // The store is filled for a price that is forecast high and comes low.
        var system = Made(Hours(4), ["power"], [Source("grid", "power", Profile.Of([2, 2, 1, 1])), Demand("power", 1, 1, 1, 1)], new EnergyStore("battery", [new StorePort("power")]) { Capacity = 5 });
        EnergySystem Known(RollingWindow window)
        {
            var actual = RollingPlanner.Window(system, window);
            double[] prices = [.. Enumerable.Range(0, window.Steps).Select(step => step == 0 ? actual.Activities[0].Modes[0].Cost[0] : 9)];
            return actual with { Activities = [Source("grid", "power", Profile.Of(prices)), actual.Activities[1]] };
        }

        var rolled = RollingPlanner.Roll(system, new RollingOptions(1, 4), default, Known);

        // All four are bought in the first hour at 2, and none later.
        Equal([4, 0, 0, 0], rolled.Of("grid").Level);
        Equal(8, rolled.Cost);
    }

    [Theory]
    [InlineData(0, 2, "ahead")]
    [InlineData(3, 2, "ahead")]
    public void Windows_beyond_sense_are_refused(int commit, int ahead, string field) =>
        Assert.Equal(field, Assert.Throws<EnergyException>(() => RollingPlanner.Roll(Units(1), new RollingOptions(commit, ahead), default)).Field);

    [Fact]
    public void What_is_sought_is_not_rolled()
    {
        var system = Made(Hours(2), ["power"], [Source("grid", "power", 1) with { Invest = new Investment(5) }, Demand("power", 1, 1)]);

        Assert.Equal("invest", Assert.Throws<EnergyException>(() => RollingPlanner.Roll(system, new RollingOptions(1, 2), default)).Field);
    }

    // Two switched units with least times and ramps, a store, a peak fee, and a day of demand; what is missing has its price.
    private static EnergySystem Units(int seed)
    {
        var random = new Random(seed);
        EnergyActivity Unit(string name) => Source(name, "heat", 10 + 40 * random.NextDouble(), 4 + 6 * random.NextDouble()) with
        {
            RampUp = 0.3 + random.NextDouble(),
            RampDown = 0.3 + random.NextDouble(),
            LevelBefore = 0,
            Commitment = new UnitCommitment(0.2 + 0.4 * random.NextDouble()) { HoursOnBefore = 0, HoursOffBefore = random.Next(1, 4), MinimumHoursOn = random.Next(1, 6), MinimumHoursOff = random.Next(1, 5), StartCost = random.Next(0, 60) },
        };
        var grid = Source("grid", "heat", Profile.Of([.. Enumerable.Range(0, 24).Select(_ => -10 + 90 * random.NextDouble())]), 6);
        var system = Made(
            Hours(24),
            ["heat"],
            [Unit("first"), Unit("second"), grid, Demand("heat", [.. Enumerable.Range(0, 24).Select(_ => 2 + 12 * random.NextDouble())])],
            new EnergyStore("tank", [new StorePort("heat") { ChargeMost = 3, DischargeMost = 3 }]) { Capacity = 8, LossByHour = 0.01, LevelBefore = 2, OneWayAtATime = true });
        return system with
        {
            Buses = [new EnergyBus("heat") { ShortagePenalty = 1_000, SurplusPenalty = 200 }],
            PeakFees = [new PeakFee("fee", "grid", 25, [.. Enumerable.Range(0, 24).Select(step => step / 12)], [1, 0])],
        };
    }

    // Vehicles and loads of a day at one price, some of which want more than fits.
    private static EnergySystem Waiting(int seed)
    {
        var random = new Random(seed);
        ChargingSession Car(int number)
        {
            var arrival = random.Next(0, 20);
            return new ChargingSession($"car {number}", "power", arrival, random.Next(arrival + 1, 25), 30 * random.NextDouble(), 1 + 3 * random.NextDouble(), 500) { Efficiency = 0.8 + 0.2 * random.NextDouble(), FinalValue = random.Next(0, 90) };
        }

        DeferrableLoad Load(int number)
        {
            var (earliest, interruptible) = (random.Next(0, 20), random.Next(2) == 0);
            return new DeferrableLoad($"load {number}", "power", earliest, random.Next(earliest + 1, 25), [(random.Next(1, 4), 2)], 500) { Interruptible = interruptible, FinalValue = random.Next(0, 90) };
        }

        return Made(Hours(24), ["power"], [Source("grid", "power", 40)]) with
        {
            Sessions = [.. Enumerable.Range(0, 3).Select(Car)],
            Loads = [.. Enumerable.Range(0, 3).Select(Load)],
        };
    }
}
