using Google.OrTools.Sat;

namespace Kera.Sharing.Rounds;

/// <summary>What is asked of a solve.</summary>
/// <param name="Work">After how much work the best answer found is taken, in the solver's own measure, about seconds of a present machine: the same round gets the same answer on any.</param>
/// <param name="Former">The answer to stay close to; null for none.</param>
/// <param name="Progress">Told of each better answer; it throws nothing. Null for nobody.</param>
public sealed record RoundSolveOptions(double Work = 60, IReadOnlyList<RoundAllocation>? Former = null, Action<RoundProgress>? Progress = null);

/// <summary>Where a solve is.</summary>
/// <param name="Score">What the best answer counts.</param>
/// <param name="Bound">What none can count more than.</param>
public sealed record RoundProgress(long Score, long Bound);

/// <summary>Solves rounds.</summary>
public static class RoundSolver
{
    /// <summary>The answer that counts most by <see cref="RoundPoints"/>.</summary>
    /// <param name="round">The round.</param>
    /// <param name="options">What is asked.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The answer, its score and its reasons; where the handler's own times cannot be, their faults and no answer.</returns>
    /// <exception cref="SharingException">The round is not as it should be.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RoundResult Solve(Round round, RoundSolveOptions options, CancellationToken cancellation)
    {
        RoundInput.Check(round);
        var index = new RoundIndex(round, options.Former);
        var faults = RoundCheck.Faults(index, [.. round.Pins.Select(pin => pin.Allocation).Distinct()]);
        if (faults.Count > 0)
        {
            return new RoundResult(RoundStatus.Refused, [], 0) { Score = RoundScore.Of(round, []), Faults = faults };
        }

        var candidates = new RoundCandidates(index);
        var start = new RoundBoard(index);
        new RoundImprovement(index, candidates, start).Begin();
        new RoundImprovement(index, candidates, start).Improve();
        var model = new RoundModel(index, candidates);
        model.Hint(start);
        cancellation.ThrowIfCancellationRequested();
        using var solver = new CpSolver { StringParameters = Parameters(options.Work) };
        using var told = new Told(options.Progress);
        using (cancellation.Register(solver.StopSearch))
        {
            var status = model.Solve(solver, told);
            cancellation.ThrowIfCancellationRequested();
            var board = new RoundBoard(index);
            foreach (var candidate in status is CpSolverStatus.Optimal or CpSolverStatus.Feasible ? model.Read(solver) : start.All)
            {
                board.Add(candidate);
            }

            var improvement = new RoundImprovement(index, candidates, board);
            improvement.Improve();
            var bound = (long)Math.Min(Math.Round(solver.BestObjectiveBound), long.MaxValue);
            RoundAllocation[] allocations = [.. board.All.Select(candidate => candidate.Allocation)];
            return new RoundResult(board.Total == bound ? RoundStatus.Optimal : RoundStatus.Bounded, allocations, bound)
            {
                Score = RoundScore.Of(round, allocations, options.Former),
            };
        }
    }

    private static string Parameters(double work) => FormattableString.Invariant($"num_workers:1,random_seed:1,max_deterministic_time:{work}") + Extra;

    internal static string Extra { get; set; } = "";

    private sealed class Told(Action<RoundProgress>? progress) : CpSolverSolutionCallback
    {
        public override void OnSolutionCallback() => progress?.Invoke(new RoundProgress((long)ObjectiveValue(), (long)BestObjectiveBound()));
    }
}
