using MathNet.Numerics.LinearAlgebra;

namespace Kera.Energy;

/// <summary>
/// A weighted sum of columns with small weights (Hoerl and Kennard 1970). How small, is found by leaving each row out once, which has a closed
/// form (Allen's PRESS). A gap in a row counts as the mean of its column.
/// </summary>
internal sealed class RidgeRegression
{
    private static readonly double[] s_penalties = [0.3, 1, 3, 10, 30, 100, 300, 1000, 3000];
    private readonly double[] _means;
    private readonly double[] _weights;
    private readonly double _mean;

    private RidgeRegression(double[] means, double[] weights, double mean, double penalty) => (_means, _weights, _mean, Penalty) = (means, weights, mean, penalty);

    /// <summary>By how much weights are held small.</summary>
    public double Penalty { get; }

    /// <summary>Learns from rows what they say of targets. The time is that of rows × columns², the memory that of rows × columns.</summary>
    /// <param name="rows">At least one; all with as many columns, gaps as NaN.</param>
    /// <param name="targets">A number for each row.</param>
    /// <param name="used">Which columns are used; the others weigh nothing.</param>
    /// <param name="penalty">By how much weights are held small; null to find it, which takes three times as long.</param>
    public static RidgeRegression Fit(IReadOnlyList<double[]> rows, IReadOnlyList<double> targets, bool[] used, double? penalty)
    {
        var mean = targets.Average();
        var (means, deviations) = Moments(rows);
        var columns = Enumerable.Range(0, used.Length).Where(column => used[column] && deviations[column] > 0).ToArray();
        var weights = new double[used.Length];
        if (columns.Length == 0)
        {
            return new RidgeRegression(means, weights, mean, penalty ?? s_penalties[0]);
        }

        var standard = rows.Select(row => Array.ConvertAll(columns, column => double.IsNaN(row[column]) ? 0 : (row[column] - means[column]) / deviations[column])).ToArray();
        var (gram, products) = (new double[columns.Length, columns.Length], new double[columns.Length]);
        for (var row = 0; row < standard.Length; row++)
        {
            AddRow(standard[row], targets[row] - mean, gram, products);
        }

        var matrix = Matrix<double>.Build.DenseOfArray(gram);
        var held = penalty ?? FindPenalty(matrix, standard, targets, mean, products);
        for (var column = 0; column < columns.Length; column++)
        {
            matrix[column, column] += held;
        }

        var solved = matrix.Cholesky().Solve(Vector<double>.Build.DenseOfArray(products));
        for (var column = 0; column < columns.Length; column++)
        {
            weights[columns[column]] = solved[column] / deviations[columns[column]];
        }

        return new RidgeRegression(means, weights, mean, held);
    }

    /// <summary>What a row says.</summary>
    public double Predict(double[] row)
    {
        var sum = _mean;
        for (var column = 0; column < row.Length; column++)
        {
            sum += _weights[column] == 0 || double.IsNaN(row[column]) ? 0 : _weights[column] * (row[column] - _means[column]);
        }

        return sum;
    }

    private static (double[] Means, double[] Deviations) Moments(IReadOnlyList<double[]> rows)
    {
        var (means, deviations) = (new double[rows[0].Length], new double[rows[0].Length]);
        for (var column = 0; column < means.Length; column++)
        {
            var (count, sum, squares) = (0, 0.0, 0.0);
            foreach (var row in rows)
            {
                (count, sum) = double.IsNaN(row[column]) ? (count, sum) : (count + 1, sum + row[column]);
            }

            means[column] = count == 0 ? 0 : sum / count;
            foreach (var row in rows)
            {
                var difference = double.IsNaN(row[column]) ? 0 : row[column] - means[column];
                squares += difference * difference;
            }

            // What varies by rounding alone does not vary.
            var deviation = Math.Sqrt(squares / rows.Count);
            deviations[column] = deviation > 1e-9 * Math.Abs(means[column]) ? deviation : 0;
        }

        return (means, deviations);
    }

    private static double FindPenalty(Matrix<double> gram, double[][] rows, IReadOnlyList<double> targets, double mean, double[] products)
    {
        var parts = gram.Evd(Symmetricity.Symmetric);
        var vectors = parts.EigenVectors.ToArray();
        var values = parts.EigenValues.Select(value => Math.Max(0, value.Real)).ToArray();
        var turned = Array.ConvertAll(rows, row => Turn(row, vectors));
        var turnedProducts = Turn(products, vectors);
        return s_penalties.MinBy(penalty => LeftOutLoss(turned, targets, mean, turnedProducts, values, penalty));
    }

    private static void AddRow(double[] row, double target, double[,] gram, double[] products)
    {
        for (var first = 0; first < row.Length; first++)
        {
            products[first] += row[first] * target;
            for (var second = 0; second <= first; second++)
            {
                gram[first, second] += row[first] * row[second];
                gram[second, first] = gram[first, second];
            }
        }
    }

    private static double[] Turn(double[] row, double[,] vectors)
    {
        var turned = new double[row.Length];
        for (var column = 0; column < row.Length; column++)
        {
            for (var axis = 0; axis < row.Length; axis++)
            {
                turned[axis] += row[column] * vectors[column, axis];
            }
        }

        return turned;
    }

    // The sum of squared errors of rows that the weights were not learned from: an error divided by what the row itself does not decide.
    private static double LeftOutLoss(double[][] turned, IReadOnlyList<double> targets, double mean, double[] products, double[] values, double penalty)
    {
        var loss = 0.0;
        for (var row = 0; row < turned.Length; row++)
        {
            var (fitted, own) = (mean, 1.0 / turned.Length);
            for (var axis = 0; axis < values.Length; axis++)
            {
                var scaled = turned[row][axis] / (values[axis] + penalty);
                fitted += scaled * products[axis];
                own += scaled * turned[row][axis];
            }

            var error = (targets[row] - fitted) / (1 - Math.Min(own, 0.99));
            loss += error * error;
        }

        return loss;
    }
}
