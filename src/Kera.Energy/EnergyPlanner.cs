namespace Kera.Energy;

/// <summary>What is asked of a plan.</summary>
/// <param name="Prices">Whether prices and limits are wanted; for whole columns they take another, linear, solve.</param>
/// <param name="RelativeGap">How far, by share, a plan with whole columns may be from the best.</param>
/// <param name="TimeLimit">Most seconds for a solve; null for no limit.</param>
/// <param name="Basis">Where to begin: the basis of another plan, which is of no use where the systems are of another shape; null for nowhere.</param>
/// <param name="Progress">Told the gap that is left, now and then; it throws nothing. Null for nobody.</param>
public sealed record PlanOptions(bool Prices = true, double RelativeGap = 1e-4, double? TimeLimit = null, LinearBasis? Basis = null, Action<double>? Progress = null);

/// <summary>Plans a system: writes it as a linear model, has it solved, and reads the answer.</summary>
public static class EnergyPlanner
{
    // What is less is the solver's rounding: its own tolerance is 1e-7.
    private const double Least = 1e-6;

    /// <summary>The best plan of a system.</summary>
    /// <param name="system">The system.</param>
    /// <param name="options">What is asked.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="solve">What solves; null for HiGHS within the process.</param>
    /// <returns>The plan; without one, what no plan can meet is in <see cref="EnergyPlan.Unmet"/>.</returns>
    /// <exception cref="EnergyException">The system is not as it should be.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static EnergyPlan Plan(EnergySystem system, PlanOptions options, CancellationToken cancellation, LinearSolve? solve = null)
    {
        EnergySystemCheck.Check(system);
        solve ??= HighsSolver.Solve;
        var model = new EnergyModel(system);
        var basis = options.Basis is { } given && given.Columns.Length == model.Linear.ColumnCount && given.Rows.Length == model.Linear.RowCount ? given : null;
        var asked = new SolveOptions(options.RelativeGap, options.TimeLimit, basis, null, options.Progress);
        var solution = solve(model.Linear, asked, cancellation);
        var seconds = solution.Seconds;
        while (solution.HasPlan && AddOneWays(model, solution.Columns))
        {
            solution = solve(model.Linear, asked with { Basis = null }, cancellation);
            seconds += solution.Seconds;
        }

        if (!solution.HasPlan)
        {
            return new EnergyPlan(solution.Status, double.NaN, double.NaN)
            {
                Unmet = solution.Status is SolveStatus.Infeasible or SolveStatus.Unbounded ? WhatCannotBe(model, solve, cancellation) : [],
                SolverSeconds = seconds,
            };
        }

        var priced = solution;
        if (options.Prices && model.Linear.WholeCount > 0)
        {
            priced = solve(Settled(model.Linear, solution.Columns), new SolveOptions(), cancellation);
            seconds += priced.Seconds;
        }

        var plan = new EnergyPlanReading(model, solution).Plan(options.Prices && priced.HasPlan ? priced : null) with { SolverSeconds = seconds };
        // Where cost weighs nothing the objective does not tell it.
        plan = system.Objective.CostWeight > 0 ? plan : plan with { Cost = EnergyPlanCheck.CostOf(system, plan).Cost };
        List<string> faults = [.. LinearCheck.Faults(model.Linear, solution), .. EnergyPlanCheck.Faults(system, plan)];
        return faults.Count == 0 ? plan : plan with { Status = SolveStatus.Failed, Faults = faults };
    }

    // A store that charges and discharges at once, and may not, is kept from it where it did: a plan that is the best of those
    // with fewer bounds, and keeps all of them, is the best of all.
    private static bool AddOneWays(EnergyModel model, double[] columns)
    {
        var added = false;
        for (var store = 0; store < model.Stores.Count; store++)
        {
            var (element, found) = (model.System.Stores[store], model.Stores[store]);
            for (var step = 0; element.OneWayAtATime && step < model.System.Steps; step++)
            {
                var (charge, discharge) = (found.Charge.Sum(first => columns[first + step]), found.Discharge.Sum(first => columns[first + step]));
                if (Math.Min(charge, discharge) > Least * Math.Max(1, Math.Max(charge, discharge)) && model.OneWays.Add((store, step)))
                {
                    model.AddOneWay(store, step);
                    added = true;
                }
            }
        }

        return added;
    }

    // The model with its whole columns where they are: what is left is linear and has prices.
    private static LinearModel Settled(LinearModel model, double[] columns)
    {
        var settled = model.Copy();
        for (var column = 0; column < columns.Length; column++)
        {
            if (settled.Whole[column] == 1)
            {
                settled.Lower[column] = settled.Upper[column] = Math.Round(columns[column]);
                settled.SetWhole(column, false);
            }
        }

        return settled;
    }

    // The same rows, each with room on both sides, and the least room that will do: what it is needed for cannot be met.
    private static List<UnmetWish> WhatCannotBe(EnergyModel model, LinearSolve solve, CancellationToken cancellation)
    {
        // Rows that say what a word means are kept sooner than wishes.
        const double MeaningWeight = 1e4;
        var (given, loose) = (model.Linear, new LinearModel());
        for (var column = 0; column < given.ColumnCount; column++)
        {
            loose.AddColumn(0, given.Lower[column], given.Upper[column], given.Whole[column] == 1);
        }

        var room = new int[given.RowCount];
        for (var row = 0; row < given.RowCount; row++)
        {
            for (var entry = given.Starts[row]; entry < given.Starts[row + 1]; entry++)
            {
                loose.Add(given.Columns[entry], given.Values[entry]);
            }

            var cost = model.RowOf(row).Kind is RowKind.Definition or RowKind.StoreLevel or RowKind.Peak or RowKind.MinimumTime ? MeaningWeight : 1;
            room[row] = loose.AddColumn(cost, 0, double.PositiveInfinity);
            loose.AddColumn(cost, 0, double.PositiveInfinity);
            loose.Add(room[row], 1);
            loose.Add(room[row] + 1, -1);
            loose.CloseRow(given.RowLower[row], given.RowUpper[row]);
        }

        var solution = solve(loose, new SolveOptions(), cancellation);
        List<UnmetWish> unmet = [];
        for (var row = 0; solution.HasPlan && row < given.RowCount; row++)
        {
            var missing = solution.Columns[room[row]] - solution.Columns[room[row] + 1];
            if (Math.Abs(missing) > Least)
            {
                var (kind, element, step) = model.RowOf(row);
                unmet.Add(new UnmetWish(kind, element, step, missing * (kind == RowKind.Balance ? model.System.Hours[step] : 1), 0));
            }
        }

        return unmet;
    }
}
