using System.Globalization;
using System.Numerics;

namespace Kera.Base.Readings;

/// <summary>A number as it was written, without rounding: a fraction of whole numbers.</summary>
public readonly record struct ExactNumber
{
    private const int LongestText = 60;
    private const int LargestExponent = 40;

    private ExactNumber(BigInteger numerator, BigInteger denominator)
    {
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (Numerator, Denominator) = (numerator / common, denominator / common);
    }

    /// <summary>Above the line.</summary>
    public BigInteger Numerator { get; }

    /// <summary>Below the line, above zero.</summary>
    public BigInteger Denominator { get; }

    /// <summary>A fraction.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is not above zero.</exception>
    public static ExactNumber Fraction(BigInteger numerator, BigInteger denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        return new ExactNumber(numerator, denominator);
    }

    /// <summary>The exact product.</summary>
    public static ExactNumber operator *(ExactNumber left, ExactNumber right) => new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>The exact sum.</summary>
    public static ExactNumber operator +(ExactNumber left, ExactNumber right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>The exact difference.</summary>
    public static ExactNumber operator -(ExactNumber left, ExactNumber right) => left + new ExactNumber(-right.Numerator, right.Denominator);

    /// <summary>The nearest whole number; exactly between two, the even one.</summary>
    public BigInteger RoundHalfEven()
    {
        var floor = BigInteger.DivRem(Numerator, Denominator, out var rest);
        if (rest.Sign < 0)
        {
            floor--;
            rest += Denominator;
        }

        var half = (rest * 2).CompareTo(Denominator);
        return half > 0 || (half == 0 && !floor.IsEven) ? floor + 1 : floor;
    }

    /// <summary>Reads sign, digits, point and exponent: <c>-0.5</c>, <c>1.2e-05</c>. At most 60 characters, no spaces, no grouping, no comma.</summary>
    public static bool TryParse(string text, out ExactNumber number)
    {
        number = default;
        if (text.Length is 0 or > LongestText)
        {
            return false;
        }

        var mark = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = mark < 0 ? text : text[..mark];
        var exponent = 0;
        if (mark >= 0 && (!int.TryParse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || exponent is < -LargestExponent or > LargestExponent))
        {
            return false;
        }

        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        var unsigned = digits.AsSpan().TrimStart("+-");
        if (digits.Length - unsigned.Length > 1 || unsigned.IsEmpty || unsigned.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var whole = BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var scale = exponent - decimals;
        number = scale >= 0 ? new ExactNumber(whole * BigInteger.Pow(10, scale), BigInteger.One) : new ExactNumber(whole, BigInteger.Pow(10, -scale));
        return true;
    }
}
