using System.Numerics;
using Kera.Flows;

namespace Kera.Base.Readings;

/// <summary>
/// Rounds numbers to millionths one after another, half to even, and carries what each rounding left over into the next, so
/// that no sum of them is ever more than half a millionth off.
/// </summary>
public sealed class CarryingRounder
{
    private static readonly ExactNumber Million = ExactNumber.Fraction(Quantity.One, BigInteger.One);
    private ExactNumber _carried = ExactNumber.Fraction(BigInteger.Zero, BigInteger.One);

    /// <summary>The next amount.</summary>
    /// <param name="exact">What it is exactly, in the unit wanted.</param>
    /// <returns>The amount in millionths; null where it is beyond what a quantity holds.</returns>
    public Quantity? Next(ExactNumber exact)
    {
        var wanted = (exact * Million) + _carried;
        var rounded = wanted.RoundHalfEven();
        if (BigInteger.Abs(rounded) > long.MaxValue)
        {
            return null;
        }

        _carried = wanted - ExactNumber.Fraction(rounded, BigInteger.One);
        return new Quantity((long)rounded);
    }
}
