namespace Kera.Energy;

/// <summary>
/// Whether what a solver says is so, reckoned again from the model: rows, bounds, objective, whole columns; for linear models
/// also that the duals prove it the best (weak duality: no plan is below what the duals say).
/// </summary>
public static class LinearCheck
{
    private const double Tolerance = 1e-6;

    /// <summary>A sentence for each thing that is not so; none where all is. O(entries).</summary>
    public static IReadOnlyList<string> Faults(LinearModel model, LinearSolution solution)
    {
        List<string> faults = [];
        var starts = model.Starts;
        var indexes = model.Columns;
        var values = model.Values;
        var columns = solution.Columns;
        var (objective, size) = (model.Offset, Math.Abs(model.Offset));
        for (var column = 0; column < columns.Length; column++)
        {
            var value = columns[column];
            var slack = Tolerance * Math.Max(1, Math.Abs(value));
            if (!(value >= model.Lower[column] - slack && value <= model.Upper[column] + slack))
            {
                faults.Add($"Column {column} is {value}, outside {model.Lower[column]} … {model.Upper[column]}.");
            }

            if (model.Whole[column] == 1 && Math.Abs(value - Math.Round(value)) > Tolerance)
            {
                faults.Add($"Column {column} is {value} and should be whole.");
            }

            objective += model.Costs[column] * value;
            size += Math.Abs(model.Costs[column] * value);
        }

        for (var row = 0; row < model.RowCount; row++)
        {
            var (sum, scale) = (0.0, 1.0);
            for (var entry = starts[row]; entry < starts[row + 1]; entry++)
            {
                var term = values[entry] * columns[indexes[entry]];
                sum += term;
                scale = Math.Max(scale, Math.Abs(term));
            }

            if (!(sum >= model.RowLower[row] - Tolerance * scale && sum <= model.RowUpper[row] + Tolerance * scale))
            {
                faults.Add($"Row {row} is {sum}, outside {model.RowLower[row]} … {model.RowUpper[row]}.");
            }
        }

        if (!(Math.Abs(objective - solution.Objective) <= Tolerance * Math.Max(1, size)))
        {
            faults.Add($"The objective is {objective}, and is told as {solution.Objective}.");
        }

        if (solution.Duals.Length == model.RowCount && solution.Status == SolveStatus.Optimal && model.WholeCount == 0)
        {
            CheckDuals(model, solution, size, faults);
        }

        return faults;
    }

    // The duals weigh the rows' bounds, what they leave of each cost weighs the columns' bounds: the sum is a bound of the objective.
    private static void CheckDuals(LinearModel model, LinearSolution solution, double size, List<string> faults)
    {
        var starts = model.Starts;
        var indexes = model.Columns;
        var values = model.Values;
        var left = model.Costs.ToArray();
        var (bound, scale) = (model.Offset, Math.Max(1, size));
        for (var row = 0; row < model.RowCount; row++)
        {
            var dual = solution.Duals[row];
            if (dual == 0)
            {
                continue;
            }

            var at = dual > 0 ? model.RowLower[row] : model.RowUpper[row];
            if (double.IsInfinity(at))
            {
                if (Math.Abs(dual) > Tolerance)
                {
                    faults.Add($"Row {row} has a dual of {dual} and no bound there.");
                }

                continue;
            }

            bound += dual * at;
            scale = Math.Max(scale, Math.Abs(dual * at));
            for (var entry = starts[row]; entry < starts[row + 1]; entry++)
            {
                left[indexes[entry]] -= dual * values[entry];
            }
        }

        for (var column = 0; column < left.Length; column++)
        {
            var at = left[column] > 0 ? model.Lower[column] : model.Upper[column];
            if (!double.IsInfinity(at))
            {
                bound += left[column] * at;
            }
            else if (Math.Abs(left[column]) > Tolerance * Math.Max(1, Math.Abs(model.Costs[column])))
            {
                faults.Add($"Column {column} has a reduced cost of {left[column]} and no bound there.");
            }
        }

        if (!(Math.Abs(bound - solution.Objective) <= Tolerance * scale))
        {
            faults.Add($"The duals prove no more than {bound}; the objective is {solution.Objective}.");
        }
    }
}
