namespace Kera.Energy;

/// <summary>
/// Quantiles of errors that were made on hours which were not learned from (split-conformal: Vovk and others 2005; Lei and others 2018). Of n
/// errors the one at rank (n + 1) × share is taken, outwards: then a new error of the same kind is below it with at least that chance.
/// </summary>
internal static class ErrorQuantiles
{
    /// <summary>The fewest errors that say anything of one in ten.</summary>
    public const int Fewest = 9;

    /// <summary>Low, median and high. Low and high are null where there are too few errors, the median is then that of those there are, and 0 of none.</summary>
    public static (double? Low, double Median, double? High) Of(List<double> errors)
    {
        if (errors.Count == 0)
        {
            return (null, 0, null);
        }

        errors.Sort();
        var median = (errors[(errors.Count - 1) / 2] + errors[errors.Count / 2]) / 2;
        if (errors.Count < Fewest)
        {
            return (null, median, null);
        }

        var outside = (1 - Forecast.BandCoverage) / 2;
        // A hair's breadth, so that 10 × 0.1 is 1 in any arithmetic.
        var rank = (int)Math.Floor(((errors.Count + 1) * outside) + 1e-9);
        return (errors[rank - 1], median, errors[^rank]);
    }
}
