namespace Kera.Energy;

/// <summary>How a plan is rolled.</summary>
/// <param name="CommitSteps">Steps of each window that are kept.</param>
/// <param name="AheadSteps">Steps that each window looks at, with those it keeps.</param>
public sealed record RollingOptions(int CommitSteps, int AheadSteps);

/// <summary>Steps of a whole that a window looks at.</summary>
/// <param name="First">The first.</param>
/// <param name="Steps">How many.</param>
public readonly record struct RollingWindow(int First, int Steps);

/// <summary>
/// Plans a long time window by window, as it is run: each window begins with what stores hold, which units are on and for how
/// long, the peaks so far and the carbon used; its first steps are kept. A carbon cap gives each window what is left of it times
/// the window's share of what is demanded from then on. A store that is cyclic begins with <see cref="EnergyStore.LevelBefore"/>
/// and ends with anything; what its final level is worth to a window is its <see cref="EnergyStore.FinalValue"/>.
/// A vehicle that stays beyond a window gets within it at least what it could not get afterwards at full power, and more where that
/// costs less than its <see cref="ChargingSession.FinalValue"/>; a load that may run later runs within the window at least for the hours that are
/// not left after it, or, in one go, where it would not fit there, and else by its <see cref="DeferrableLoad.FinalValue"/>. What they got they keep.
/// What runs in one go is found by windows that look at least its hours further than they keep.
/// </summary>
public static class RollingPlanner
{
    /// <summary>Rolls a system.</summary>
    /// <param name="system">The whole, as it really is; with capacities that are given.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="known">
    /// A window as it is known when it is planned: the system's own elements with those steps (<see cref="Window"/>), other numbers
    /// where something is forecast. The steps that are kept are as they really are: what is kept is what ran. Null for perfect foresight.
    /// </param>
    /// <param name="planned">Told each window's plan; null for nobody.</param>
    /// <param name="solve">What solves; null for HiGHS within the process.</param>
    /// <returns>All steps as they were kept; the plan's objective is its cost. Not optimal where a window had no plan: then it ends before it.</returns>
    /// <exception cref="EnergyException">The system is not as it should be, or cannot be rolled.</exception>
    public static EnergyPlan Roll(EnergySystem system, RollingOptions options, CancellationToken cancellation, Func<RollingWindow, EnergySystem>? known = null, Action<RollingWindow, EnergyPlan>? planned = null, LinearSolve? solve = null)
    {
        EnergySystemCheck.Check(system);
        if (options.CommitSteps < 1 || options.AheadSteps < options.CommitSteps)
        {
            throw new EnergyException("ahead", $"Each window keeps at least one step, and looks at those it keeps; it keeps {options.CommitSteps} and looks at {options.AheadSteps}.");
        }

        if (system.Activities.Any(activity => activity.Invest is not null) || system.Stores.Any(store => store.Invest is not null))
        {
            throw new EnergyException("invest", "What is rolled has its capacities given: a window cannot say what is worth building for all.");
        }

        var kept = new RolledSteps(system);
        var state = new RollingState(system);
        LinearBasis? basis = null;
        var (status, seconds) = (SolveStatus.Optimal, 0.0);
        List<UnmetWish> unmet = [];
        for (var first = 0; first < system.Steps; first += options.CommitSteps)
        {
            var looks = new RollingWindow(first, Math.Min(options.AheadSteps, system.Steps - first));
            var window = state.Begin(known is null ? Window(system, looks) : known(looks), first);
            var plan = EnergyPlanner.Plan(window, new PlanOptions(Prices: false, Basis: basis), cancellation, solve);
            seconds += plan.SolverSeconds;
            planned?.Invoke(looks, plan);
            if (plan.Status != SolveStatus.Optimal)
            {
                status = plan.Status;
                unmet.AddRange(plan.Unmet.Select(wish => wish with { Step = wish.Step < 0 ? first : first + wish.Step }));
                break;
            }

            var steps = Math.Min(options.CommitSteps, looks.Steps);
            state.Commit(window, plan, first, steps);
            kept.Add(plan, first, steps);
            unmet.AddRange(plan.Unmet.Where(wish => wish.Step >= 0 && wish.Step < steps).Select(wish => wish with { Step = first + wish.Step }));
            basis = plan.Basis;
        }

        return kept.Plan(status, status == SolveStatus.Optimal ? [.. unmet, .. state.Missing()] : unmet, seconds);
    }

    /// <summary>Some steps of a system, with nothing of what was before.</summary>
    public static EnergySystem Window(EnergySystem system, RollingWindow window)
    {
        Profile Cut(Profile profile) => profile.Part(window.First, window.Steps);
        return system with
        {
            Hours = [.. system.Hours.Skip(window.First).Take(window.Steps)],
            Activities = [.. system.Activities.Select(activity => activity with
            {
                Modes = [.. activity.Modes.Select(mode => mode with { Flows = mode.Flows.ToDictionary(flow => flow.Key, flow => Cut(flow.Value), StringComparer.Ordinal), Cost = Cut(mode.Cost), Carbon = Cut(mode.Carbon) })],
                Most = activity.Most is { } most ? Cut(most) : null,
                Least = activity.Least is { } least ? Cut(least) : null,
                Fixed = activity.Fixed is { } level ? Cut(level) : null,
            })],
            Stores = [.. system.Stores.Select(store => store with { Least = store.Least is { } least ? Cut(least) : null })],
            PeakFees = [.. system.PeakFees.Select(fee => fee with { PeriodOf = [.. fee.PeriodOf.Skip(window.First).Take(window.Steps)] })],
            Sessions = [],
            Loads = [],
        };
    }
}

/// <summary>The steps that windows keep, put together.</summary>
internal sealed class RolledSteps
{
    private readonly EnergySystem _system;
    private readonly List<ActivityPlan> _activities;
    private readonly List<StorePlan> _stores;
    private readonly Dictionary<string, double[]> _sessions;
    private readonly Dictionary<string, double[]> _loads;
    private int _steps;

    public RolledSteps(EnergySystem system)
    {
        _system = system;
        double[] Steps() => new double[system.Steps];
        _activities = [.. system.Activities.Select(activity => new ActivityPlan(activity.Name, Steps(), [.. activity.Modes.Select(_ => Steps())], activity.Commitment is null ? null : new bool[system.Steps], activity.Capacity))];
        _stores = [.. system.Stores.Select(store => new StorePlan(store.Name, Steps(), [.. store.Ports.Select(_ => Steps())], [.. store.Ports.Select(_ => Steps())], store.Capacity))];
        _sessions = system.Sessions.ToDictionary(session => session.Name, _ => Steps(), StringComparer.Ordinal);
        _loads = system.Loads.ToDictionary(load => load.Name, _ => Steps(), StringComparer.Ordinal);
    }

    public void Add(EnergyPlan plan, int first, int steps)
    {
        void Copy(double[] from, double[] to) => from.AsSpan(0, steps).CopyTo(to.AsSpan(first));
        foreach (var (from, to) in plan.Activities.Zip(_activities))
        {
            Copy(from.Level, to.Level);
            from.On?.AsSpan(0, steps).CopyTo(to.On!.AsSpan(first));
            foreach (var (mode, whole) in from.Modes.Zip(to.Modes))
            {
                Copy(mode, whole);
            }
        }

        // What goes on from the window before stands among the activities.
        foreach (var running in plan.Activities.Skip(_activities.Count))
        {
            Copy(running.Level, _loads[running.Name]);
        }

        foreach (var (from, to) in plan.Stores.Zip(_stores))
        {
            Copy(from.Level, to.Level);
            for (var port = 0; port < to.Charge.Count; port++)
            {
                Copy(from.Charge[port], to.Charge[port]);
                Copy(from.Discharge[port], to.Discharge[port]);
            }
        }

        foreach (var (name, power) in plan.Sessions)
        {
            Copy(power, _sessions[name]);
        }

        foreach (var (name, power) in plan.Loads)
        {
            Copy(power, _loads[name]);
        }

        _steps = first + steps;
    }

    public EnergyPlan Plan(SolveStatus status, IReadOnlyList<UnmetWish> unmet, double seconds)
    {
        var plan = new EnergyPlan(status, 0, double.NaN) { Activities = _activities, Stores = _stores, Sessions = _sessions, Loads = _loads, Unmet = unmet, SolverSeconds = seconds };
        if (_steps < _system.Steps)
        {
            return plan with { Objective = double.NaN };
        }

        var (cost, carbon) = (EnergyPlanCheck.CostOf(_system, plan).Cost, EnergyPlanCheck.CarbonOf(_system, _activities));
        // A window is above its share of the cap; what counts is the whole.
        if (_system.Cap is { Penalty: { } penalty } cap && carbon > cap.Most)
        {
            plan = plan with { Unmet = [.. unmet, new UnmetWish(RowKind.Cap, "carbon", -1, cap.Most - carbon, (carbon - cap.Most) * penalty)] };
        }

        var rolled = plan with { Objective = cost, Cost = cost, Carbon = carbon, Peaks = _system.PeakFees.ToDictionary(fee => fee.Name, fee => EnergyPlanCheck.PeaksOf(fee, _activities), StringComparer.Ordinal) };
        var faults = EnergyPlanCheck.Faults(_system with { Stores = [.. _system.Stores.Select(store => store with { Cyclic = false })] }, rolled);
        return faults.Count == 0 ? rolled : rolled with { Status = SolveStatus.Failed, Faults = faults };
    }
}
