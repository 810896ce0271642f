using NodaTime;

namespace Kera.Energy.Tests.Forecasting;

public sealed class ForecastScoreTests
{
    [Fact]
    public void A_score_is_what_one_reckons_by_hand()
    {
        var score = ForecastScore.Of([(Hour(10, 8, 12), 11), (Hour(10, 8, 12), 7)]);

        Assert.Equal(2, score.Count);
        Assert.Equal(2, score.MeanAbsoluteError, 1e-12);
        Assert.Equal(Math.Sqrt(5), score.RootMeanSquareError, 1e-12);
        Assert.Equal(0.5, score.Coverage);
        // 11: (3 × 0.1 + 1 × 0.5 + 1 × 0.1) / 3; 7: (1 × 0.9 + 3 × 0.5 + 5 × 0.1) / 3.
        Assert.Equal((0.3 + (2.9 / 3)) / 2, score.PinballLoss, 1e-12);
    }

    [Fact]
    public void An_hour_on_the_edge_of_the_band_is_in_it() => Assert.Equal(1, ForecastScore.Of([(Hour(10, 8, 12), 8), (Hour(10, 8, 12), 12)]).Coverage);

    [Fact]
    public void Where_an_hour_has_no_band_the_band_is_not_judged()
    {
        var score = ForecastScore.Of([(Hour(10, null, null), 11), (Hour(10, 8, 12), 10)]);

        Assert.Equal(0.5, score.MeanAbsoluteError);
        Assert.Equal((double.NaN, double.NaN), (score.Coverage, score.PinballLoss));
    }

    [Fact]
    public void What_was_certain_and_came_so_does_not_flatter_the_band()
    {
        Assert.Equal(0.5, ForecastScore.Of([(Hour(0, 0, 0), 0), (Hour(0, 0, 0), 0), (Hour(10, 8, 12), 11), (Hour(10, 8, 12), 13)]).Coverage);
        Assert.Equal(0, ForecastScore.Of([(Hour(0, 0, 0), 0), (Hour(0, 0, 0), 1)]).Coverage);
    }

    // Of 19 errors the tenth of 20 is the second: 2 and, from above, 18.
    [Fact]
    public void The_band_of_errors_is_that_of_their_ranks()
    {
        Assert.Equal((2.0, 10.0, 18.0), ErrorQuantiles.Of([.. Enumerable.Range(1, 19).Reverse().Select(error => (double)error)]));
        Assert.Equal((1.0, 5.0, 9.0), ErrorQuantiles.Of([.. Enumerable.Range(1, 9).Select(error => (double)error)]));
        Assert.Equal((null, 4.5, null), ErrorQuantiles.Of([.. Enumerable.Range(1, 8).Select(error => (double)error)]));
    }

    private static ForecastHour Hour(double median, double? low, double? high) => new(Instant.FromUtc(2023, 1, 1, 0, 0), median, low, high);
}
