namespace Kera.Energy;

/// <summary>Reads what a solver found as the plan of a system.</summary>
internal sealed class EnergyPlanReading(EnergyModel model, LinearSolution solution)
{
    // What is less is the solver's rounding: its own tolerance is 1e-7.
    private const double Least = 1e-6;

    private readonly EnergySystem _system = model.System;

    /// <summary>The plan.</summary>
    /// <param name="priced">A linear solution with the same whole columns, for prices; null for none.</param>
    public EnergyPlan Plan(LinearSolution? priced)
    {
        var activities = _system.Activities.Zip(model.Activities, Activity).ToList();
        var stores = _system.Stores.Zip(model.Stores, Store).ToList();
        var unmet = Unmet().ToList();
        var final = stores.Zip(_system.Stores, (plan, store) => plan.Level[^1] * store.FinalValue).Sum();
        var carbon = EnergyPlanCheck.CarbonOf(_system, activities);
        var cost = _system.Objective.CostWeight > 0
            ? (solution.Objective - _system.Objective.CarbonPrice * carbon - unmet.Sum(wish => wish.Penalty) + final - Later()) / _system.Objective.CostWeight
            : double.NaN;
        return new EnergyPlan(solution.Status, solution.Objective, solution.Bound)
        {
            Activities = activities,
            Stores = stores,
            Sessions = _system.Sessions.Zip(model.Sessions).ToDictionary(pair => pair.First.Name, pair => Session(pair.First, pair.Second), StringComparer.Ordinal),
            Loads = _system.Loads.Zip(model.Loads).ToDictionary(pair => pair.First.Name, pair => Load(pair.Second), StringComparer.Ordinal),
            Peaks = _system.PeakFees.Zip(model.Peaks).ToDictionary(pair => pair.First.Name, pair => Peaks(pair.First, pair.Second, activities), StringComparer.Ordinal),
            Prices = priced is null ? new Dictionary<string, double[]>() : _system.Buses.Zip(model.Buses).ToDictionary(pair => pair.First.Name, pair => Prices(priced, pair.Second), StringComparer.Ordinal),
            Limits = priced is null ? [] : [.. Limits(priced)],
            Cost = cost,
            Carbon = carbon,
            Unmet = unmet,
            Basis = solution.Basis,
        };
    }

    private ActivityPlan Activity(EnergyActivity activity, ActivityColumns columns)
    {
        if (columns.Constant is { } constant)
        {
            return new ActivityPlan(activity.Name, constant, [constant], null, activity.Capacity);
        }

        List<double[]> modes = [.. columns.Modes.Select(Steps)];
        var level = modes.Count == 1 ? modes[0] : [.. Enumerable.Range(0, _system.Steps).Select(step => modes.Sum(mode => mode[step]))];
        bool[]? on = columns.On < 0 ? null : [.. Steps(columns.On).Select(value => value > 0.5)];
        return new ActivityPlan(activity.Name, level, modes, on, columns.Capacity < 0 ? activity.Capacity : solution.Columns[columns.Capacity]);
    }

    private StorePlan Store(EnergyStore store, StoreColumns columns) =>
        new(store.Name, Steps(columns.Level), [.. columns.Charge.Select(Steps)], [.. columns.Discharge.Select(Steps)], columns.Capacity < 0 ? store.Capacity : solution.Columns[columns.Capacity]);

    // A peak that costs nothing is anything above the highest level to the solver.
    private double[] Peaks(PeakFee fee, int first, List<ActivityPlan> activities) => fee.Fee * _system.Objective.CostWeight > 0
        ? solution.Columns[first..(first + fee.PeakBefore.Count)]
        : EnergyPlanCheck.PeaksOf(fee, activities);

    private double[] Session(ChargingSession session, SessionColumns columns)
    {
        var power = new double[_system.Steps];
        solution.Columns.AsSpan(columns.Charge, session.Departure - session.Arrival).CopyTo(power.AsSpan(session.Arrival));
        return power;
    }

    private double[] Load(LoadColumns columns)
    {
        var power = new double[_system.Steps];
        foreach (var (column, step, by) in columns.Terms)
        {
            power[step] += Math.Round(solution.Columns[column]) * by;
        }

        return power;
    }

    private double[] Prices(LinearSolution priced, BusColumns bus)
    {
        var prices = priced.Duals[bus.Row..(bus.Row + _system.Steps)];
        for (var step = 0; step < prices.Length; step++)
        {
            prices[step] /= _system.Hours[step];
        }

        return prices;
    }

    // What is counted for what a window leaves to those after it.
    private double Later() =>
        _system.Sessions.Zip(model.Sessions, (session, columns) => solution.Columns[columns.Later] * session.FinalValue).Sum()
        + _system.Loads.Zip(model.Loads, (load, columns) => solution.Columns[columns.Later] * load.FinalValue).Sum();

    private IEnumerable<UnmetWish> Unmet()
    {
        foreach (var (bus, columns) in _system.Buses.Zip(model.Buses))
        {
            for (var step = 0; step < _system.Steps; step++)
            {
                var hours = _system.Hours[step];
                if (columns.Shortage >= 0 && solution.Columns[columns.Shortage + step] is > Least and var missing)
                {
                    yield return new UnmetWish(RowKind.Balance, bus.Name, step, missing * hours, missing * hours * bus.ShortagePenalty!.Value);
                }

                if (columns.Surplus >= 0 && solution.Columns[columns.Surplus + step] is > Least and var excess)
                {
                    yield return new UnmetWish(RowKind.Balance, bus.Name, step, -excess * hours, excess * hours * bus.SurplusPenalty!.Value);
                }
            }
        }

        foreach (var (store, columns) in _system.Stores.Zip(model.Stores))
        {
            for (var step = 0; columns.Below >= 0 && step < _system.Steps; step++)
            {
                if (solution.Columns[columns.Below + step] is > Least and var below)
                {
                    yield return new UnmetWish(RowKind.StoreBound, store.Name, step, below, below * _system.Hours[step] * store.LeastPenalty!.Value);
                }
            }
        }

        foreach (var (name, shortage, penalty, kind) in _system.Sessions.Zip(model.Sessions, (session, columns) => (session.Name, columns.Shortage, session.ShortagePenalty, RowKind.Session))
            .Concat(_system.Loads.Zip(model.Loads, (load, columns) => (load.Name, columns.Shortage, load.ShortagePenalty, RowKind.Load))))
        {
            if (solution.Columns[shortage] is > Least and var missing)
            {
                yield return new UnmetWish(kind, name, -1, missing, missing * penalty);
            }
        }

        if (model.CapOver >= 0 && solution.Columns[model.CapOver] is > Least and var over)
        {
            yield return new UnmetWish(RowKind.Cap, "carbon", -1, -over, over * _system.Cap!.Penalty!.Value);
        }
    }

    // A reduced cost below zero stands at an upper bound, one above it at a lower; nothing is a limit only because it is not used.
    private IEnumerable<BindingLimit> Limits(LinearSolution priced)
    {
        foreach (var (activity, columns) in _system.Activities.Zip(model.Activities))
        {
            foreach (var first in columns.Modes)
            {
                for (var step = 0; step < _system.Steps; step++)
                {
                    var saving = priced.Reduced[first + step];
                    if (saving < -Least)
                    {
                        yield return new BindingLimit(activity.Name, RowKind.Level, step, true, -saving);
                    }
                    else if (saving > Least && model.Linear.Lower[first + step] > 0)
                    {
                        yield return new BindingLimit(activity.Name, RowKind.Level, step, false, saving);
                    }
                }
            }
        }

        foreach (var limit in LimitRows(priced))
        {
            yield return limit;
        }

        foreach (var (store, columns) in _system.Stores.Zip(model.Stores))
        {
            for (var step = 0; step < _system.Steps; step++)
            {
                var saving = priced.Reduced[columns.Level + step];
                if (Math.Abs(saving) > Least && (saving < 0 || model.Linear.Lower[columns.Level + step] > 0))
                {
                    yield return new BindingLimit(store.Name, RowKind.StoreBound, step, saving < 0, Math.Abs(saving));
                }
            }

            foreach (var (kind, firsts) in ((RowKind, IReadOnlyList<int>)[])[(RowKind.StoreCharge, columns.Charge), (RowKind.StoreDischarge, columns.Discharge)])
            {
                for (var step = 0; step < _system.Steps; step++)
                {
                    foreach (var first in firsts.Where(first => priced.Reduced[first + step] < -Least && model.Linear.Upper[first + step] > 0))
                    {
                        yield return new BindingLimit(store.Name, kind, step, true, -priced.Reduced[first + step]);
                    }
                }
            }
        }
    }

    // Where a row bounds the level: of several modes, or of what is switched, while it is on; or a store's power. A sought capacity is no bound.
    private IEnumerable<BindingLimit> LimitRows(LinearSolution priced)
    {
        var activities = _system.Activities.Zip(model.Activities).ToDictionary(pair => pair.First.Name, StringComparer.Ordinal);
        var stores = _system.Stores.Zip(model.Stores).ToDictionary(pair => pair.First.Name, StringComparer.Ordinal);
        for (var row = 0; row < priced.Duals.Length; row++)
        {
            var dual = priced.Duals[row];
            if (Math.Abs(dual) <= Least || model.RowOf(row) is not { Kind: RowKind.Level or RowKind.StoreCharge or RowKind.StoreDischarge, Element: var name, Step: var step } found)
            {
                continue;
            }

            if (found.Kind != RowKind.Level)
            {
                // A way that is shut for the other one, or that ends where the store is full, is not at its most.
                var (store, at) = stores[name];
                var charges = found.Kind == RowKind.StoreCharge;
                var most = Math.Min(store.Ports.Sum(port => (charges ? port.ChargeMost : port.DischargeMost) ?? double.PositiveInfinity), store.PowerByCapacity * store.Capacity ?? double.PositiveInfinity);
                if ((charges ? at.Charge : at.Discharge).Sum(first => solution.Columns[first + step]) > most * (1 - Least) - Least)
                {
                    yield return new BindingLimit(name, found.Kind, step, true, Math.Abs(dual));
                }

                continue;
            }

            var (activity, columns) = activities[name];
            var given = activity is { Invest: null, Fixed: null } && (columns.On < 0 || solution.Columns[columns.On + step] > 0.5);
            if (given && (dual < 0 || Math.Max(activity.Least?[step] ?? 0, activity.Commitment?.Least ?? 0) > 0))
            {
                yield return new BindingLimit(name, RowKind.Level, step, dual < 0, Math.Abs(dual));
            }
        }
    }

    private double[] Steps(int first) => solution.Columns[first..(first + _system.Steps)];
}
