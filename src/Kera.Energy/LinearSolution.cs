namespace Kera.Energy;

/// <summary>How a solve ended.</summary>
public enum SolveStatus
{
    /// <summary>The best there is, or for whole columns within the gap that was asked for.</summary>
    Optimal,

    /// <summary>Nothing fulfils all rows and bounds.</summary>
    Infeasible,

    /// <summary>The objective falls for ever: something with a negative cost has no bound.</summary>
    Unbounded,

    /// <summary>Time ran out, or it was stopped; a solution may have been found, not proven the best.</summary>
    Stopped,

    /// <summary>The solver failed.</summary>
    Failed,
}

/// <summary>How a model is solved.</summary>
/// <param name="RelativeGap">For whole columns: how far, by share, from the best a plan may be.</param>
/// <param name="TimeLimit">Most seconds; null for no limit.</param>
/// <param name="Basis">Where to begin: the basis of a model of the same shape; null for nowhere.</param>
/// <param name="Start">A solution to begin from, one value by column, for a model with whole columns; null for none.</param>
/// <param name="Progress">Told, now and then while whole columns are searched, the gap that is left; null for nobody.</param>
public sealed record SolveOptions(double RelativeGap = 1e-4, double? TimeLimit = null, LinearBasis? Basis = null, double[]? Start = null, Action<double>? Progress = null);

/// <summary>Where a solve ended, to begin a like one from: the state of each column and row as the solver has it.</summary>
public sealed record LinearBasis(int[] Columns, int[] Rows);

/// <summary>What a solve found.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Objective">Σ cost·x with the offset; NaN without a solution.</param>
/// <param name="Columns">The value of each column; empty without a solution.</param>
/// <param name="Reduced">What one unit more of each column would cost; empty where columns are whole.</param>
/// <param name="Duals">What one unit more of each row's bound would cost; empty where columns are whole.</param>
/// <param name="Bound">What no plan can be better than; the objective itself where nothing is whole.</param>
/// <param name="Iterations">Steps of the simplex method.</param>
/// <param name="Seconds">The solver's own time.</param>
/// <param name="Basis">Where it ended; null without one.</param>
public sealed record LinearSolution(SolveStatus Status, double Objective, double[] Columns, double[] Reduced, double[] Duals, double Bound, int Iterations, double Seconds, LinearBasis? Basis)
{
    /// <summary>Whether there is a plan.</summary>
    public bool HasPlan => !double.IsNaN(Objective);
}

/// <summary>Solves a model. Within the process that is <see cref="HighsSolver"/>; a platform may run it in another.</summary>
public delegate LinearSolution LinearSolve(LinearModel model, SolveOptions options, CancellationToken cancellation);
