using System.Diagnostics;
using Kera.Base.Solving;
using Kera.Energy;

namespace Kera.Tests.Solving;

/// <summary>A model solved in a child process has the answer it has within this one; a child that fails is a failure that is told, and no more.</summary>
public sealed class SolverProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void What_is_written_is_read()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var model = RandomModel(seed);
            var options = new SolveOptions(
                RelativeGap: seed / 1e4,
                TimeLimit: seed % 2 == 0 ? seed : null,
                Basis: seed % 3 == 0 ? new LinearBasis([.. Enumerable.Range(0, model.ColumnCount)], [.. Enumerable.Range(1, model.RowCount)]) : null,
                Start: seed % 5 == 0 ? [.. Enumerable.Range(0, model.ColumnCount).Select(column => column / 3.0)] : null);
            var (readModel, read) = Question(model, options);

            Assert.Equal(model.Offset, readModel.Offset);
            Assert.Equal(model.Costs.ToArray(), readModel.Costs.ToArray());
            Assert.Equal(model.Lower.ToArray(), readModel.Lower.ToArray());
            Assert.Equal(model.Upper.ToArray(), readModel.Upper.ToArray());
            Assert.Equal(model.Whole.ToArray(), readModel.Whole.ToArray());
            Assert.Equal(model.WholeCount, readModel.WholeCount);
            Assert.Equal(model.Starts.ToArray(), readModel.Starts.ToArray());
            Assert.Equal(model.Columns.ToArray(), readModel.Columns.ToArray());
            Assert.Equal(model.Values.ToArray(), readModel.Values.ToArray());
            Assert.Equal(model.RowLower.ToArray(), readModel.RowLower.ToArray());
            Assert.Equal(model.RowUpper.ToArray(), readModel.RowUpper.ToArray());
            Assert.Equal((options.RelativeGap, options.TimeLimit), (read.RelativeGap, read.TimeLimit));
            Assert.Equal(options.Basis?.Columns, read.Basis?.Columns);
            Assert.Equal(options.Basis?.Rows, read.Basis?.Rows);
            Assert.Equal(options.Start, read.Start);
            var solution = HighsSolver.Solve(model, new SolveOptions(), default);
            AssertSame(solution, Answer(model, solution));
        }
    }

    [Fact]
    public void An_answer_that_is_cut_anywhere_or_is_anothers_is_none()
    {
        var model = RandomModel(3);
        using var whole = new MemoryStream();
        SolverMessages.WriteAnswer(whole, HighsSolver.Solve(model, new SolveOptions(), default));
        var bytes = whole.ToArray();

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<EndOfStreamException>(() => SolverMessages.ReadAnswer(new MemoryStream(bytes, 0, length), model));
        }

        byte[] printed = [.. "HighsMipSolverData::transformNewIntegerFeasibleSolution tmpSolver.run();\n"u8, .. bytes, .. "\n"u8];
        AssertSame(SolverMessages.ReadAnswer(new MemoryStream(bytes), model), SolverMessages.ReadAnswer(new MemoryStream(printed), model));
        Assert.Throws<InvalidDataException>(() => SolverMessages.ReadAnswer(new MemoryStream(bytes), RandomModel(4)));
        bytes[^1] ^= 1;
        Assert.Throws<InvalidDataException>(() => SolverMessages.ReadAnswer(new MemoryStream(bytes), model));
    }

    [Fact]
    public void A_child_finds_what_is_found_within_the_process()
    {
        var child = new SolverProcess(SolverProcess.OwnProgram(), Patience);
        for (var seed = 0; seed < 6; seed++)
        {
            var model = RandomModel(seed);
            AssertSame(HighsSolver.Solve(model, new SolveOptions(), default), child.Solve(model, new SolveOptions(), default));
        }
    }

    [Fact]
    public void What_the_solver_does_not_take_is_told_as_within_the_process()
    {
        var model = new LinearModel();
        model.AddColumn(double.NaN, 0, 1);

        var mistake = Assert.Throws<EnergyException>(() => new SolverProcess(SolverProcess.OwnProgram(), Patience).Solve(model, new SolveOptions(), default));

        Assert.Equal("model", mistake.Field);
    }

    [Theory]
    [InlineData("exit 3", "ended with 3")]
    [InlineData("kill -KILL $$", "ended with 137")]
    [InlineData("head -c 10 >/dev/null; kill -SEGV $$", "ended with 139")]
    [InlineData("cat >/dev/null; echo I have solved nothing.", "no answer")]
    [InlineData("cat", "no answer")]
    public void A_child_that_ends_or_says_nonsense_is_a_failure_that_is_told(string script, string told)
    {
        var mistake = Assert.Throws<EnergyException>(() => Shell(script, Patience).Solve(RandomModel(1), new SolveOptions(), default));

        Assert.Equal("solver", mistake.Field);
        Assert.Contains(told, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_there_is_told() =>
        Assert.Equal("solver", Assert.Throws<EnergyException>(() => new SolverProcess(new ProcessStartInfo("/no/such/program"), Patience).Solve(RandomModel(1), new SolveOptions(), default)).Field);

    [Fact]
    public void A_child_that_takes_too_long_is_ended_with_its_own_children()
    {
        // The answer's pipe stays open until the child's child has ended too.
        var mistake = Assert.Throws<EnergyException>(() => Shell("sleep 1000", TimeSpan.FromMilliseconds(50)).Solve(RandomModel(1), new SolveOptions(TimeLimit: 0.05), default));

        Assert.Contains("longer than 0.05", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_a_solve_ends_its_child()
    {
        using var stop = new CancellationTokenSource();
        var solving = Task.Run(() => Shell("sleep 1000; exit", Patience).Solve(RandomModel(1), new SolveOptions(), stop.Token), TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => solving);
    }

    /// <summary>Some columns, some of them whole or without a bound, and rows of a few entries that nothing keeps from being met.</summary>
    internal static LinearModel RandomModel(int seed)
    {
        var random = new Random(seed);
        var model = new LinearModel { Offset = random.NextDouble() };
        var columns = random.Next(1, 40);
        for (var column = 0; column < columns; column++)
        {
            model.AddColumn(random.NextDouble(), random.Next(2) == 0 ? 0 : -random.NextDouble(), random.Next(3) == 0 ? double.PositiveInfinity : 10 * random.NextDouble(), whole: random.Next(4) == 0);
        }

        for (var row = random.Next(0, 30); row > 0; row--)
        {
            for (var column = random.Next(columns); column < columns; column += random.Next(1, 9))
            {
                model.Add(column, random.NextDouble() - 0.3);
            }

            model.CloseRow(random.Next(2) == 0 ? double.NegativeInfinity : -random.NextDouble(), 5 * random.NextDouble());
        }

        return model;
    }

    private static SolverProcess Shell(string script, TimeSpan patience) => new(new ProcessStartInfo("sh", ["-c", script]), patience);

    private static (LinearModel Model, SolveOptions Options) Question(LinearModel model, SolveOptions options)
    {
        using var stream = new MemoryStream();
        SolverMessages.WriteQuestion(stream, model, options);
        return SolverMessages.ReadQuestion(new MemoryStream(stream.ToArray()));
    }

    private static LinearSolution Answer(LinearModel model, LinearSolution solution)
    {
        using var stream = new MemoryStream();
        SolverMessages.WriteAnswer(stream, solution);
        return SolverMessages.ReadAnswer(new MemoryStream(stream.ToArray()), model);
    }

    // All but how long it took.
    private static void AssertSame(LinearSolution expected, LinearSolution found)
    {
        Assert.Equal((expected.Status, expected.Objective, expected.Bound, expected.Iterations), (found.Status, found.Objective, found.Bound, found.Iterations));
        Assert.Equal(expected.Columns, found.Columns);
        Assert.Equal(expected.Reduced, found.Reduced);
        Assert.Equal(expected.Duals, found.Duals);
        Assert.Equal(expected.Basis?.Columns, found.Basis?.Columns);
        Assert.Equal(expected.Basis?.Rows, found.Basis?.Rows);
    }
}
