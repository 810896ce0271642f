using Kera.Flows;

namespace Kera.Base.Figures;

/// <summary>What was reckoned in floating point as the exact amount that figures and tables tell, so that what stands there adds up.</summary>
public static class RoundedQuantity
{
    /// <summary>The nearest amount of so many decimals; a half goes away from zero.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">0 to 6.</param>
    /// <exception cref="OverflowException">The number is none, or too large for an amount.</exception>
    public static Quantity Of(double value, int decimals)
    {
        var scale = (long)Math.Pow(10, decimals);
        return new Quantity(checked((long)Math.Round(value * scale, MidpointRounding.AwayFromZero) * (Quantity.One / scale)));
    }
}
