namespace Kera.Energy;

/// <summary>
/// In what scale prices are learned: straight near their middle and like a logarithm far from it, on both sides, so that one hour at a hundred
/// times the usual does not decide (Uniejewski, Weron and Ziel 2018).
/// </summary>
/// <param name="Middle">The median.</param>
/// <param name="Width">Half of the prices are within about this of the middle.</param>
internal readonly record struct PriceScale(double Middle, double Width)
{
    /// <summary>Of known prices; gaps are passed over.</summary>
    public static PriceScale Of(ReadOnlySpan<double> prices)
    {
        List<double> known = [];
        foreach (var price in prices)
        {
            if (!double.IsNaN(price))
            {
                known.Add(price);
            }
        }

        if (known.Count == 0)
        {
            return new PriceScale(0, 1);
        }

        known.Sort();
        var middle = known[known.Count / 2];
        var width = (known[known.Count * 3 / 4] - known[known.Count / 4]) / 2;
        return new PriceScale(middle, width > 0 ? width : Math.Max(1, Math.Abs(middle)));
    }

    /// <summary>A price in the scale.</summary>
    public double Shrink(double price) => Math.Asinh((price - Middle) / Width);

    /// <summary>What a number of the scale is as a price.</summary>
    public double Stretch(double shrunk) => (Math.Sinh(shrunk) * Width) + Middle;
}
