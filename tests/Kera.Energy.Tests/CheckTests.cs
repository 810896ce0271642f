using static Kera.Energy.Tests.Small;

namespace Kera.Energy.Tests;

/// <summary>The checks find what was changed: one value of a plan, or of what a solver says, at a time.</summary>
public sealed class CheckTests
{
    // A battery on two buses, a switched plant, a vehicle, a load, a fee: all of them do something.
    private static readonly EnergySystem s_system = Made([1, 0.5, 2], ["power", "heat"],
    [
        Source("import", "power", Profile.Of([10, 50, 40])),
        Source("boiler", "heat", 20, 10) with { Commitment = new(0.3) { StartCost = 5, HoursOnBefore = 0, CostByHourOn = 1 } },
        EnergyActivity.Simple("rod", Flows(("power", -1), ("heat", 1))) with { Capacity = 2 },
        Demand("power", 2, 3, 4),
        Demand("heat", 4, 11, 6),
    ],
    new EnergyStore("battery", [new StorePort("power") { InEfficiency = 0.9, OutEfficiency = 0.9, ChargeMost = 5 }]) { Capacity = 4, OneWayAtATime = true, LossByHour = 0.01 }) with
    {
        Sessions = [new("car", "power", 0, 2, 2, 3, 1000)],
        Loads = [new("washer", "power", 0, 3, [(1, 1)], 1000)],
        PeakFees = [new("fee", "import", 3, [0, 0, 0], [1])],
    };

    // What is changed, and who is told of: the bus that no longer balances, or the element itself.
    public static TheoryData<string, string> Changes => new()
    {
        { "level", "power" },
        { "mode", "power" },
        { "on", "boiler" },
        { "charge", "power" },
        { "discharge", "power" },
        { "held", "battery" },
        { "session", "power" },
        { "load", "power" },
        { "cost", "costs" },
        { "nan", "costs" },
        { "both ways", "at once" },
        { "fixed", "power demand" },
        { "peak", "fee: the peak" },
        { "peak so far", "fee: the peak" },
        { "peak of none", "fee: the peak" },
        { "carbon", "of carbon; the plan says" },
        { "carbon of none", "of carbon; the plan says" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void One_changed_value_of_a_plan_is_found(string change, string told)
    {
        var plan = Best(s_system);
        var battery = plan.Stores[0];
        switch (change)
        {
            case "level":
                // A level is the sum of its modes; with one mode they are the same numbers.
                plan.Of("import").Level[1] += 0.001;
                break;
            case "mode":
                plan.Of("import").Modes[0][1] -= 0.001;
                break;
            case "on":
                plan.Of("boiler").On![0] ^= true;
                break;
            case "charge":
                battery.Charge[0][0] += 0.001;
                break;
            case "discharge":
                battery.Discharge[0][2] += 0.001;
                break;
            case "held":
                battery.Level[1] += 0.001;
                break;
            case "session":
                plan.Sessions["car"][0] += 0.001;
                break;
            case "load":
                plan.Loads["washer"][2] += 0.001;
                break;
            case "cost":
                plan = plan with { Cost = plan.Cost + 0.1 };
                break;
            case "nan":
                plan = plan with { Cost = double.NaN };
                break;
            case "both ways":
                // What comes in by one way and goes out by the other, so that all else fits.
                battery.Charge[0][0] += 1;
                battery.Discharge[0][0] += 0.81;
                break;
            case "peak":
                plan.Peaks["fee"][0] += 0.001;
                break;
            case "peak so far":
                // As if the plan began with more than it did.
                plan = plan with { Peaks = new Dictionary<string, double[]> { ["fee"] = [100] } };
                break;
            case "peak of none":
                plan.Peaks["fee"][0] = double.NaN;
                break;
            case "carbon":
                plan = plan with { Carbon = plan.Carbon + 0.001 };
                break;
            case "carbon of none":
                plan = plan with { Carbon = double.NaN };
                break;
            case "fixed":
                plan.Of("power demand").Level[0] -= 0.001;
                break;
        }

        Assert.Contains(EnergyPlanCheck.Faults(s_system, plan), fault => fault.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_that_holds_more_than_its_store_can_is_found()
    {
        var plan = Best(s_system);
        var small = s_system with { Stores = [s_system.Stores[0] with { Capacity = 1 }] };

        Assert.Contains(EnergyPlanCheck.Faults(small, plan with { Stores = [plan.Stores[0] with { Capacity = 1 }] }), fault => fault.StartsWith("battery", StringComparison.Ordinal));
    }

    [Fact]
    public void A_peak_below_what_was_before_is_found()
    {
        var before = s_system with { PeakFees = [s_system.PeakFees[0] with { PeakBefore = [50] }] };
        var plan = Best(before);
        Equal([50], plan.Peaks["fee"]);
        plan.Peaks["fee"][0] = plan.Of("import").Level.Max();

        Assert.Contains(EnergyPlanCheck.Faults(before, plan), fault => fault.StartsWith("fee: the peak of period 0 is 50", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2.0)]
    public void A_plan_above_its_cap_is_found(double? penalty)
    {
        // Of eight at most six, or what is above has its price.
        var system = Made(Hours(2), ["heat"], [Source("dirty", "heat", 10, carbon: 1), Source("clean", "heat", penalty is null ? 50 : 20), Demand("heat", 4, 4)]) with { Cap = new CarbonCap(6, penalty) };
        var plan = Best(system);
        Equal(penalty is null ? 6 : 8, plan.Carbon);

        var tighter = system with { Cap = system.Cap! with { Most = 5.999 } };
        Assert.Contains(EnergyPlanCheck.Faults(tighter, plan), fault => fault.Contains("above the cap", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_whose_solver_is_wrong_has_failed()
    {
        LinearSolution Wrong(LinearModel model, SolveOptions options, CancellationToken cancellation)
        {
            var solution = HighsSolver.Solve(model, options, cancellation);
            solution.Columns[0] += 0.001;
            return solution;
        }

        var plan = EnergyPlanner.Plan(s_system, new PlanOptions(Prices: false), default, Wrong);

        Assert.Equal(SolveStatus.Failed, plan.Status);
        Assert.NotEmpty(plan.Faults);
    }

    // The least of 3x + 2y − z + 5 with x + y ≥ 4, x − y ≤ 1, z whole or not: y = 4.
    private static LinearModel Little(bool whole)
    {
        var model = new LinearModel { Offset = 5 };
        var (x, y, z) = (model.AddColumn(3, 0, 10), model.AddColumn(2, 0, double.PositiveInfinity), model.AddColumn(-1, 0, 2.5, whole));
        model.Add(x, 1);
        model.Add(y, 1);
        _ = model.CloseRow(4, double.PositiveInfinity);
        model.Add(x, 1);
        model.Add(y, -1);
        _ = model.CloseRow(double.NegativeInfinity, 1);
        Assert.Equal(2, z);
        return model;
    }

    [Theory]
    [InlineData(false, 10.5)]
    [InlineData(true, 11)]
    public void A_solution_that_is_right_has_no_fault(bool whole, double objective)
    {
        var solution = HighsSolver.Solve(Little(whole), new SolveOptions(), default);

        Equal(objective, solution.Objective);
        Equal([0, 4, whole ? 2 : 2.5], solution.Columns);
        Assert.Empty(LinearCheck.Faults(Little(whole), solution));
    }

    public static TheoryData<string, bool, string> Lies => new()
    {
        { "objective", false, "The objective is" },
        { "objective of none", false, "The objective is" },
        { "column 0", false, "Column 0 is" },
        { "column 1", false, "Row 0 is" },
        { "column of none", false, "Column 1 is" },
        { "whole", true, "should be whole" },
        { "dual 0", false, "The duals prove no more" },
        { "sign of dual 0", false, "Row 0 has a dual" },
        { "dual 1", false, "Row 1 has a dual" },
        { "worse", false, "The duals prove no more" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void One_changed_value_of_a_solution_is_found(string lie, bool whole, string told)
    {
        var model = Little(whole);
        var solution = HighsSolver.Solve(model, new SolveOptions(), default);
        switch (lie)
        {
            case "objective":
                solution = solution with { Objective = solution.Objective + 0.001 };
                break;
            case "objective of none":
                solution = solution with { Objective = double.NaN };
                break;
            case "column 0":
                solution.Columns[0] = -0.001;
                break;
            case "column 1":
                solution.Columns[1] -= 0.001;
                break;
            case "column of none":
                solution.Columns[1] = double.NaN;
                break;
            case "whole":
                solution.Columns[2] = 1.5;
                break;
            case "dual 0":
                solution.Duals[0] -= 0.001;
                break;
            case "sign of dual 0":
                solution.Duals[0] = -1;
                break;
            case "dual 1":
                solution.Duals[1] = 0.001;
                break;
            case "worse":
                // All rows and bounds hold and the objective is reckoned right: only the duals know that there is better.
                solution.Columns[1] = 5;
                solution = solution with { Objective = solution.Objective + 2 };
                break;
        }

        Assert.Contains(LinearCheck.Faults(model, solution), fault => fault.Contains(told, StringComparison.Ordinal));
    }
}
