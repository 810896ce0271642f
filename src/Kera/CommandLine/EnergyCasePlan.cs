using Kera.Energy;

namespace Kera.CommandLine;

/// <summary>A plan as programs read it: by name, lists with a number for each step.</summary>
internal sealed record EnergyCasePlan(
    string Status,
    double? Objective,
    double? Bound,
    double? Cost,
    double? Carbon,
    IReadOnlyDictionary<string, double[]> Dispatch,
    IReadOnlyDictionary<string, bool[]> On,
    IReadOnlyDictionary<string, double> Capacities,
    IReadOnlyDictionary<string, EnergyCaseStore> Storages,
    IReadOnlyDictionary<string, double[]> Sessions,
    IReadOnlyDictionary<string, double[]> Loads,
    IReadOnlyDictionary<string, double[]> Prices,
    IReadOnlyDictionary<string, double[]> Peaks,
    IReadOnlyList<EnergyCaseUnmet> Unmet)
{
    public static EnergyCasePlan Of(EnergyPlan plan) => new(
        Word(plan.Status),
        Finite(plan.Objective),
        Finite(plan.Bound),
        plan.HasPlan ? Finite(plan.Cost) : null,
        plan.HasPlan ? plan.Carbon : null,
        plan.Activities.ToDictionary(activity => activity.Name, activity => activity.Level),
        plan.Activities.Where(activity => activity.On is not null).ToDictionary(activity => activity.Name, activity => activity.On!),
        plan.Activities.Where(activity => activity.Capacity is not null).Select(activity => (activity.Name, activity.Capacity!.Value))
            .Concat(plan.Stores.Where(store => store.Capacity is not null).Select(store => (store.Name, store.Capacity!.Value))).ToDictionary(pair => pair.Name, pair => pair.Value),
        plan.Stores.ToDictionary(store => store.Name, store => new EnergyCaseStore(store.Level, Sum(store.Charge), Sum(store.Discharge))),
        plan.Sessions,
        plan.Loads,
        plan.Prices,
        plan.Peaks,
        [.. plan.Unmet.Select(wish => new EnergyCaseUnmet(char.ToLowerInvariant(wish.Kind.ToString()[0]) + wish.Kind.ToString()[1..], wish.Element, wish.Step < 0 ? null : wish.Step, wish.Amount, wish.Penalty))]);

    /// <summary>How a solve ended, in a word.</summary>
    public static string Word(SolveStatus status) => status switch
    {
        SolveStatus.Optimal => "optimal",
        SolveStatus.Infeasible => "infeasible",
        SolveStatus.Unbounded => "unbounded",
        SolveStatus.Stopped => "stopped",
        _ => "failed",
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static double[] Sum(IReadOnlyList<double[]> ports) => ports.Count == 1 ? ports[0] : [.. Enumerable.Range(0, ports[0].Length).Select(step => ports.Sum(port => port[step]))];
}

/// <summary>A store's level at the end of each step, and its power in and out.</summary>
internal sealed record EnergyCaseStore(double[] Level, double[] Charge, double[] Discharge);

/// <summary>What was wished and is not met; no step where it is about the whole plan.</summary>
internal sealed record EnergyCaseUnmet(string Kind, string Element, int? Step, double Amount, double Penalty);
