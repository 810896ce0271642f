namespace Kera.Energy;

/// <summary>How a system is run best, and why.</summary>
/// <param name="Status">How the solve ended. <see cref="SolveStatus.Optimal"/> and, with a plan in it, <see cref="SolveStatus.Stopped"/> have the rest.</param>
/// <param name="Objective">What was made least; NaN without a plan.</param>
/// <param name="Bound">What no plan can be below.</param>
public sealed record EnergyPlan(SolveStatus Status, double Objective, double Bound)
{
    /// <summary>Whether there is a plan.</summary>
    public bool HasPlan => !double.IsNaN(Objective);

    /// <summary>The activities, in the order of the system.</summary>
    public IReadOnlyList<ActivityPlan> Activities { get; init; } = [];

    /// <summary>The stores, in the order of the system.</summary>
    public IReadOnlyList<StorePlan> Stores { get; init; } = [];

    /// <summary>By charging session its power in each step of the plan.</summary>
    public IReadOnlyDictionary<string, double[]> Sessions { get; init; } = new Dictionary<string, double[]>();

    /// <summary>By deferrable load its power in each step.</summary>
    public IReadOnlyDictionary<string, double[]> Loads { get; init; } = new Dictionary<string, double[]>();

    /// <summary>By bus what one unit of energy more would cost in each step; empty where no prices were asked for.</summary>
    public IReadOnlyDictionary<string, double[]> Prices { get; init; } = new Dictionary<string, double[]>();

    /// <summary>By peak fee the peak of each of its periods.</summary>
    public IReadOnlyDictionary<string, double[]> Peaks { get; init; } = new Dictionary<string, double[]>();

    /// <summary>The cost, without penalties and the value of what is held in the end.</summary>
    public double Cost { get; init; }

    /// <summary>The carbon.</summary>
    public double Carbon { get; init; }

    /// <summary>Wishes that are not met: in a plan with its price, without a plan what no plan can meet.</summary>
    public IReadOnlyList<UnmetWish> Unmet { get; init; } = [];

    /// <summary>Bounds that hold the plan back, with what a unit more would save in that step; empty where no prices were asked for.</summary>
    public IReadOnlyList<BindingLimit> Limits { get; init; } = [];

    /// <summary>What the checks after the solve found, a sentence each; none where the plan is what the solver says. With one the plan is <see cref="SolveStatus.Failed"/>.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>The solver's own time in seconds, of all its solves.</summary>
    public double SolverSeconds { get; init; }

    /// <summary>Where the solve ended, to begin the next one of the same shape; null where columns are whole.</summary>
    public LinearBasis? Basis { get; init; }
}

/// <summary>How an activity runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Level">Its level in each step.</param>
/// <param name="Modes">By mode its level in each step.</param>
/// <param name="On">Whether it is on in each step; null where it is not switched.</param>
/// <param name="Capacity">Its capacity, given or found; null where it has none.</param>
public sealed record ActivityPlan(string Name, double[] Level, IReadOnlyList<double[]> Modes, bool[]? On, double? Capacity);

/// <summary>How a store runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Level">What it holds at the end of each step.</param>
/// <param name="Charge">By port the power in, in each step.</param>
/// <param name="Discharge">By port the power out, in each step.</param>
/// <param name="Capacity">Its capacity, given or found; null where it has none.</param>
public sealed record StorePlan(string Name, double[] Level, IReadOnlyList<double[]> Charge, IReadOnlyList<double[]> Discharge, double? Capacity);

/// <summary>What was wished and is not met.</summary>
/// <param name="Kind">What kind of wish.</param>
/// <param name="Element">The bus, store, session or load; <c>carbon</c> for the cap.</param>
/// <param name="Step">In which step; −1 for the whole of the plan.</param>
/// <param name="Amount">How much is missing (above zero) or too much (below): energy, hours, carbon.</param>
/// <param name="Penalty">What the plan counts for it; 0 where no plan can meet it.</param>
public sealed record UnmetWish(RowKind Kind, string Element, int Step, double Amount, double Penalty);

/// <summary>A bound that holds the plan back.</summary>
/// <param name="Element">The activity or store.</param>
/// <param name="Kind">Its level's bound, or a store's: of what it holds, of charging, or of discharging.</param>
/// <param name="Step">In which step.</param>
/// <param name="AtMost">Whether it is at its most; else at its least.</param>
/// <param name="Saving">What one unit of power (for a store's level: of energy) more room would save in that step.</param>
public sealed record BindingLimit(string Element, RowKind Kind, int Step, bool AtMost, double Saving);
