namespace Kera.Energy;

/// <summary>How good forecasts were, over hours.</summary>
/// <param name="Count">How many hours were judged.</param>
/// <param name="MeanAbsoluteError">The mean of how far the median was off, in the unit of the series.</param>
/// <param name="RootMeanSquareError">The root of the mean of its square.</param>
/// <param name="PinballLoss">The mean of the losses of low, median and high, each the quantile that it says it is (Koenker and Bassett 1978); NaN where an hour had no band.</param>
/// <param name="Coverage">
/// The share of hours between low and high, both included; NaN where an hour had no band. Hours that were certain and came so, as the night of
/// panels, are not counted: NaN where all were.
/// </param>
public sealed record ForecastScore(int Count, double MeanAbsoluteError, double RootMeanSquareError, double PinballLoss, double Coverage)
{
    /// <summary>Judges hours by what came. NaN throughout where there are none.</summary>
    public static ForecastScore Of(IReadOnlyList<(ForecastHour Forecast, double Actual)> hours)
    {
        var (absolute, squares, pinball, within, certain) = (0.0, 0.0, 0.0, 0.0, 0);
        foreach (var (forecast, actual) in hours)
        {
            var error = actual - forecast.Median;
            absolute += Math.Abs(error);
            squares += error * error;
            var (low, high) = (forecast.Low ?? double.NaN, forecast.High ?? double.NaN);
            var outside = (1 - Forecast.BandCoverage) / 2;
            pinball += (Loss(actual - low, outside) + Loss(error, 0.5) + Loss(actual - high, 1 - outside)) / 3;
            if (low == actual && high == actual)
            {
                certain++;
                continue;
            }

            within += double.IsNaN(low + high) ? double.NaN : actual >= low && actual <= high ? 1 : 0;
        }

        return new ForecastScore(hours.Count, absolute / hours.Count, Math.Sqrt(squares / hours.Count), pinball / hours.Count, within / (hours.Count - certain));
    }

    private static double Loss(double error, double share) => error * (error < 0 ? share - 1 : share);
}
