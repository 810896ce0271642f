using Google.OrTools.Sat;

namespace Kera.Sharing.Rounds;

/// <summary>Some groups of a round, which are solved anew while all others keep what they have.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="Had">What they have.</param>
/// <param name="Model">What they may have.</param>
/// <param name="Most">How much work solving may take, in the solver's own measure.</param>
internal sealed record RoundPart(HashSet<int> Groups, Candidate[] Had, RoundModel Model, double Most)
{
    /// <summary>How solving ended.</summary>
    public CpSolverStatus Status { get; private set; }

    /// <summary>What no answer counts more than.</summary>
    public long Bound { get; private set; }

    /// <summary>The work that solving took.</summary>
    public double Work { get; private set; }

    /// <summary>The best that was found; what they have where nothing was.</summary>
    public IReadOnlyList<Candidate> Found { get; private set; } = [];

    /// <summary>Solves it; others may be solved at the same time.</summary>
    public void Solve(CancellationToken cancellation)
    {
        // One worker, one seed and an end by work: the same round gets the same answer. The full linear relaxation (level 2) is what
        // proves parts best; there is little symmetry to look for.
        using var solver = new CpSolver { StringParameters = FormattableString.Invariant($"num_workers:1,random_seed:1,linearization_level:2,symmetry_level:0,max_deterministic_time:{Most}") };
        using var registered = cancellation.Register(solver.StopSearch);
        Status = Model.Solve(solver);
        Work = solver.Response!.DeterministicTime;
        Bound = (long)Math.Ceiling(solver.BestObjectiveBound);
        Found = Status is CpSolverStatus.Optimal or CpSolverStatus.Feasible ? [.. Model.Read(solver)] : Had;
    }
}
