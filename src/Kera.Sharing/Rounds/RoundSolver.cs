namespace Kera.Sharing.Rounds;

/// <summary>What is asked of a solve.</summary>
/// <param name="Work">After how much work the best answer found is taken, in the solver's own measure and not the clock's: the same round gets the same answer each time. A unit is two to four seconds of a core.</param>
/// <param name="Former">The answer to stay close to; null for none.</param>
/// <param name="Progress">Told of each better answer; it throws nothing. Null for nobody.</param>
public sealed record RoundSolveOptions(double Work = 8, IReadOnlyList<RoundAllocation>? Former = null, Action<RoundProgress>? Progress = null);

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
        var search = new RoundSearch(index, candidates, options, cancellation);
        var board = search.Solve();
        RoundAllocation[] allocations = [.. board.All.OrderBy(candidate => candidate.Wish).ThenBy(candidate => candidate.First).Select(candidate => candidate.Allocation)];
        var score = RoundScore.Of(round, allocations, options.Former);
        return new RoundResult(score.Total == search.Bound ? RoundStatus.Optimal : RoundStatus.Bounded, allocations, search.Bound)
        {
            Score = score,
            Outcomes = new RoundReasons(index, candidates, board).All(),
        };
    }
}
