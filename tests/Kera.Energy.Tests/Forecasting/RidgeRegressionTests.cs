using CsCheck;

namespace Kera.Energy.Tests.Forecasting;

public sealed class RidgeRegressionTests
{
    [Fact]
    public void What_is_straight_is_found_again() => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 200).Select(_ => new[] { random.NextDouble(), 100 * random.NextDouble(), 0.01 * random.NextDouble() }).ToArray();
        static double Truth(double[] row) => 7 + (2 * row[0]) - (0.03 * row[1]) + (50 * row[2]);

        var fit = RidgeRegression.Fit(rows, [.. rows.Select(Truth)], [true, true, true], null);

        double[] asked = [random.NextDouble(), 100 * random.NextDouble(), 0.01 * random.NextDouble()];
        Assert.Equal(Truth(asked), fit.Predict(asked), 0.02);
    });

    // One column: the weight is sum(xy) / (sum(xx) + penalty), of columns that are divided by their deviation.
    [Fact]
    public void One_column_weighs_what_one_reckons_by_hand()
    {
        var fit = RidgeRegression.Fit([[1], [2], [3], [4]], [1, 3, 2, 4], [true], null);

        // The squares of the standard column sum to 4 and its products with the targets to 4 / sqrt(1.25); the least left-out loss of the penalties is that of 0.3.
        Assert.Equal(2.5 + (4 / Math.Sqrt(1.25) / (4 + 0.3) * (1.5 / Math.Sqrt(1.25))), fit.Predict([4]), 1e-12);
    }

    [Fact]
    public void Where_columns_say_nothing_the_mean_is_said()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 300).Select(_ => new[] { random.NextDouble(), random.NextDouble() }).ToArray();
        double[] targets = [.. rows.Select(_ => 10 + MadeHours.Normal(random))];

        Assert.Equal(targets.Average(), RidgeRegression.Fit(rows, targets, [true, true], null).Predict([0.9, 0.1]), 0.1);
        Assert.Equal(targets.Average(), RidgeRegression.Fit(rows, targets, [false, false], null).Predict([0.9, 0.1]), 1e-12);
    }

    [Fact]
    public void A_gap_counts_as_the_usual_and_a_column_without_change_as_nothing()
    {
        double[][] rows = [.. Enumerable.Range(0, 100).Select(row => new[] { row % 7 == 3 ? double.NaN : row % 10, 4.0 })];
        double[] targets = [.. Enumerable.Range(0, 100).Select(row => 5.0 + (row % 10))];

        var fit = RidgeRegression.Fit(rows, targets, [true, true], null);

        var usual = rows.Select(row => row[0]).Where(value => !double.IsNaN(value)).Average();
        Assert.Equal(fit.Predict([usual, 4]), fit.Predict([double.NaN, 9]), 1e-12);
        Assert.True(fit.Predict([9, 4]) > fit.Predict([0, 4]) + 7);
    }
}
