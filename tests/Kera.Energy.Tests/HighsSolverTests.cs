using static Kera.Energy.Tests.Small;

namespace Kera.Energy.Tests;

/// <summary>HiGHS called with arrays: stopped, begun from somewhere, run beside itself.</summary>
public sealed class HighsSolverTests
{
    [Fact]
    public void The_library_is_the_one_that_is_described() => Assert.StartsWith("1.12", HighsSolver.Version, StringComparison.Ordinal);

    // Many things of like weight in many sacks: far too much to search to the end.
    private static LinearModel Hard(int sacks, int things)
    {
        var random = new Random(5);
        var model = new LinearModel();
        for (var thing = 0; thing < things; thing++)
        {
            _ = model.AddColumn(-random.Next(50, 100), 0, 1, whole: true);
        }

        for (var sack = 0; sack < sacks; sack++)
        {
            for (var thing = 0; thing < things; thing++)
            {
                model.Add(thing, random.Next(50, 100));
            }

            _ = model.CloseRow(double.NegativeInfinity, things * 25);
        }

        return model;
    }

    [Fact]
    public void A_long_search_is_stopped_while_it_runs()
    {
        using var source = new CancellationTokenSource();
        var told = 0;

        Assert.Throws<OperationCanceledException>(() => HighsSolver.Solve(Hard(20, 200), new SolveOptions(RelativeGap: 0, Progress: Stop), source.Token));
        Assert.True(told > 0);

        void Stop(double gap)
        {
            told++;
            Assert.True(gap > 0);
            source.Cancel();
        }
    }

    [Fact]
    public void What_was_stopped_before_does_not_begin()
    {
        Assert.Throws<OperationCanceledException>(() => HighsSolver.Solve(Hard(1, 3), new SolveOptions(), new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => EnergyPlanner.Plan(Made(Hours(1), ["power"], [Source("import", "power", 1), Demand("power", 1)]), new PlanOptions(), new CancellationToken(true)));
    }

    [Fact]
    public void Where_time_runs_out_it_says_so()
    {
        Assert.Equal(SolveStatus.Stopped, HighsSolver.Solve(Hard(20, 200), new SolveOptions(RelativeGap: 0, TimeLimit: 0), default).Status);
        Assert.Equal(SolveStatus.Stopped, HighsSolver.Solve(Long(200), new SolveOptions(TimeLimit: 0), default).Status);
    }

    [Fact]
    public void A_plan_that_was_found_when_time_ran_out_is_told_as_that()
    {
        var system = Made(Hours(1), ["power"], [Source("near", "power", 50, 10) with { Commitment = new(0.5) }, Source("far", "power", 80), Demand("power", 12)]);
        var plan = EnergyPlanner.Plan(system, new PlanOptions(), default, (model, options, cancellation) => HighsSolver.Solve(model, options, cancellation) is var solution && model.WholeCount > 0 ? solution with { Status = SolveStatus.Stopped, Bound = 600 } : solution);

        Assert.Equal((SolveStatus.Stopped, true, 600.0), (plan.Status, plan.HasPlan, plan.Bound));
        Equal(660, plan.Cost);
        Equal([80], plan.Prices["power"]);
        Assert.Empty(plan.Faults);
    }

    [Fact]
    public void Without_a_plan_when_time_ran_out_nothing_is_claimed()
    {
        var plan = EnergyPlanner.Plan(Made(Hours(1), ["power"], [Source("near", "power", 50, 10), Demand("power", 12)]), new PlanOptions(), default, (_, _, _) => new LinearSolution(SolveStatus.Stopped, double.NaN, [], [], [], double.NaN, 0, 2, null));

        Assert.Equal((SolveStatus.Stopped, false, 2.0), (plan.Status, plan.HasPlan, plan.SolverSeconds));
        Assert.Empty(plan.Unmet);
    }

    // A store over many steps: a chain in which each step needs the one before.
    private static LinearModel Long(int steps, double more = 0)
    {
        var model = new LinearModel();
        for (var step = 0; step < steps; step++)
        {
            // Bought, held.
            _ = model.AddColumn(10 + step * 7 % 13, 0, 5);
            _ = model.AddColumn(0.01, 0, 8);
        }

        for (var step = 0; step < steps; step++)
        {
            model.Add(2 * step, 1);
            model.Add(2 * step + 1, -1);
            if (step > 0)
            {
                model.Add(2 * step - 1, 0.99);
            }

            _ = model.CloseRow(2 + step % 3 + more, double.PositiveInfinity);
        }

        return model;
    }

    [Fact]
    public void From_where_a_like_model_ended_it_is_not_far()
    {
        var (first, next) = (HighsSolver.Solve(Long(200), new SolveOptions(), default), Long(200, 0.1));
        var (cold, warm) = (HighsSolver.Solve(next, new SolveOptions(), default), HighsSolver.Solve(next, new SolveOptions(Basis: first.Basis), default));

        Equal(cold.Objective, warm.Objective);
        Assert.NotEqual(first.Objective, cold.Objective);
        Assert.True(warm.Iterations < HighsSolver.Solve(next, new SolveOptions(Basis: Slack(next)), default).Iterations / 2, $"{warm.Iterations}");
        Assert.Equal(0, HighsSolver.Solve(next, new SolveOptions(Basis: cold.Basis), default).Iterations);
        Assert.Empty(LinearCheck.Faults(next, warm));

        // Where a solve that knows nothing begins: all columns at their least, all rows basic.
        static LinearBasis Slack(LinearModel model) => new(new int[model.ColumnCount], [.. Enumerable.Repeat(1, model.RowCount)]);
    }

    [Fact]
    public void A_plan_begins_where_another_of_its_shape_ended_and_anew_where_it_is_of_another()
    {
        var system = Made(Hours(3), ["power"], [Source("near", "power", 50, 10), Source("far", "power", 80), Demand("power", 8, 12, 12)]);
        var plan = Best(system);

        Equal(plan.Objective, EnergyPlanner.Plan(system, new PlanOptions(Basis: plan.Basis), default).Objective);
        Equal(plan.Objective, EnergyPlanner.Plan(system with { Activities = [.. system.Activities, Source("third", "power", 90)] }, new PlanOptions(Basis: plan.Basis), default).Objective);
        Assert.Equal("basis", Assert.Throws<EnergyException>(() => HighsSolver.Solve(Long(7), new SolveOptions(Basis: plan.Basis), default)).Field);
    }

    [Theory]
    [InlineData(399, 200)]
    [InlineData(400, 201)]
    public void A_basis_of_another_shape_is_refused(int columns, int rows) =>
        Assert.Equal("basis", Assert.Throws<EnergyException>(() => HighsSolver.Solve(Long(200), new SolveOptions(Basis: new(new int[columns], new int[rows])), default)).Field);

    [Theory]
    [InlineData(29)]
    [InlineData(31)]
    public void A_start_of_another_length_is_refused(int columns) =>
        Assert.Equal("start", Assert.Throws<EnergyException>(() => HighsSolver.Solve(Hard(2, 30), new SolveOptions(Start: new double[columns]), default)).Field);

    [Fact]
    public void From_a_solution_the_same_best_is_found()
    {
        var best = HighsSolver.Solve(Hard(2, 30), new SolveOptions(RelativeGap: 0), default);

        Equal(best.Objective, HighsSolver.Solve(Hard(2, 30), new SolveOptions(RelativeGap: 0, Start: best.Columns), default).Objective);
        Equal(best.Objective, best.Bound);
        Assert.Empty(best.Duals);
    }

    public static TheoryData<string, double> NoNumbers => new()
    {
        { "cost", double.NaN },
        { "lower", double.NaN },
        { "upper", double.NaN },
        { "value", double.NaN },
        { "row lower", double.NaN },
        { "row upper", double.NaN },
        { "offset", double.NaN },
        { "cost", double.PositiveInfinity },
        { "value", double.PositiveInfinity },
    };

    [Theory]
    [MemberData(nameof(NoNumbers))]
    public void Numbers_that_are_none_are_refused(string where, double value)
    {
        double At(string here, double good) => where == here ? value : good;
        var model = new LinearModel { Offset = At("offset", 0) };
        model.Add(model.AddColumn(At("cost", 1), At("lower", 0), At("upper", 5)), At("value", 1));
        _ = model.CloseRow(At("row lower", 2), At("row upper", 4));

        Assert.Equal("model", Assert.Throws<EnergyException>(() => HighsSolver.Solve(model, new SolveOptions(), default)).Field);
    }

    [Fact]
    public void Two_solves_at_once_answer_as_each_alone()
    {
        var models = Enumerable.Range(0, 8).Select(number => number % 2 == 0 ? Hard(2, 20 + number) : Long(100 + number)).ToArray();
        var alone = models.Select(model => HighsSolver.Solve(model, new SolveOptions(RelativeGap: 0), default)).ToArray();
        var together = new LinearSolution[models.Length];

        var threads = Enumerable.Range(0, 2).Select(half => new Thread(() =>
        {
            for (var number = half; number < models.Length; number += 2)
            {
                together[number] = HighsSolver.Solve(models[number], new SolveOptions(RelativeGap: 0), default);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.All(alone.Zip(together), pair =>
        {
            Assert.Equal(pair.First.Objective, pair.Second.Objective);
            Assert.Equal(pair.First.Columns, pair.Second.Columns);
            Assert.Equal(pair.First.Duals, pair.Second.Duals);
            Assert.Equal(pair.First.Iterations, pair.Second.Iterations);
        });
    }
}
