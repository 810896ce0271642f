using System.Globalization;
using System.Numerics;

namespace Kera.Flows;

/// <summary>
/// An exact amount: a signed 64-bit count of millionths of a unit. The unit is the resource's (or the specification's) and
/// is not carried here, so that a million of these cost eight megabytes.
/// </summary>
/// <param name="Millionths">The count of millionths; 1.5 kWh is 1,500,000.</param>
public readonly record struct Quantity(long Millionths) : IComparable<Quantity>
{
    /// <summary>How many millionths make one unit.</summary>
    public const long One = 1_000_000;

    private const int Decimals = 6;
    private const int LongestNumber = 400;
    private const int LargestExponent = 40;

    /// <summary>Nothing.</summary>
    public static readonly Quantity Zero;

    /// <summary>The largest number of whole units that a quantity can hold.</summary>
    public const long LargestWhole = long.MaxValue / One;

    /// <summary>A whole number of units.</summary>
    /// <exception cref="OverflowException">The number is beyond ±9,223,372,036,854.</exception>
    public static Quantity Whole(long units) => new(checked(units * One));

    /// <summary>The exact sum.</summary>
    /// <exception cref="OverflowException">The sum does not fit.</exception>
    public static Quantity operator +(Quantity left, Quantity right) => new(checked(left.Millionths + right.Millionths));

    /// <summary>The exact difference.</summary>
    /// <exception cref="OverflowException">The difference does not fit.</exception>
    public static Quantity operator -(Quantity left, Quantity right) => new(checked(left.Millionths - right.Millionths));

    /// <summary>The amount with its sign turned.</summary>
    public static Quantity operator -(Quantity value) => new(checked(-value.Millionths));

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.Millionths < right.Millionths;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.Millionths > right.Millionths;

    /// <summary>Whether the left amount is smaller or equal.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.Millionths <= right.Millionths;

    /// <summary>Whether the left amount is larger or equal.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.Millionths >= right.Millionths;

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => Millionths.CompareTo(other.Millionths);

    /// <summary>The amount as a decimal number of units, exact.</summary>
    public decimal ToDecimal() => Millionths / 1_000_000m;

    /// <summary>The shortest exact decimal, with a point and no grouping: <c>-0.5</c>, <c>12</c>.</summary>
    public override string ToString() => ToDecimal().ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads a decimal number as JSON writes it (sign, digits, point, exponent up to ±40), exactly: no rounding ever happens. At
    /// most 400 digits.
    /// </summary>
    /// <param name="text">The number, without spaces.</param>
    /// <param name="quantity">What was read.</param>
    /// <returns>Whether it could be read, and if not, why.</returns>
    public static QuantityError TryParse(ReadOnlySpan<char> text, out Quantity quantity)
    {
        quantity = Zero;
        var at = text is ['-' or '+', ..] ? 1 : 0;
        var point = -1;
        var digits = 0;
        var first = at;
        for (; at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && point < 0)); at++)
        {
            if (text[at] == '.')
            {
                point = at;
            }
            else
            {
                digits++;
            }
        }

        var exponent = 0;
        if (digits is 0 or > LongestNumber || (at < text.Length && !TryReadExponent(text[at..], out exponent)))
        {
            return QuantityError.NotANumber;
        }

        // Arbitrary size, so that the reason is right however long the number is; a short one costs no more than a long division.
        Span<char> mantissa = stackalloc char[digits];
        var kept = 0;
        foreach (var letter in text[first..at])
        {
            if (letter != '.')
            {
                mantissa[kept++] = letter;
            }
        }

        var scale = (point < 0 ? 0 : at - point - 1) - exponent - Decimals;
        if (digits <= 18 && scale is <= 0 and > -19 + Decimals && long.Parse(mantissa, NumberStyles.None, CultureInfo.InvariantCulture) is var small && (Int128)small * Power(-scale) is var product && product <= long.MaxValue)
        {
            quantity = new Quantity(text[0] == '-' ? -(long)product : (long)product);
            return QuantityError.None;
        }

        var value = BigInteger.Parse(mantissa, NumberStyles.None, CultureInfo.InvariantCulture);
        if (scale > 0)
        {
            value = BigInteger.DivRem(value, BigInteger.Pow(10, scale), out var rest);
            if (!rest.IsZero)
            {
                return QuantityError.TooFine;
            }
        }
        else
        {
            value *= BigInteger.Pow(10, -scale);
        }

        if (value > long.MaxValue)
        {
            return QuantityError.TooLarge;
        }

        quantity = new Quantity((long)(text[0] == '-' ? -value : value));
        return QuantityError.None;
    }

    private static Int128 Power(int exponent)
    {
        Int128 power = 1;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }

    private static bool TryReadExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        return text[0] is 'e' or 'E' && int.TryParse(text[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && exponent is >= -LargestExponent and <= LargestExponent;
    }
}

/// <summary>Why a text is not a quantity.</summary>
public enum QuantityError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>It is no decimal number.</summary>
    NotANumber,

    /// <summary>It has more than six decimals; Kera never rounds what it is told.</summary>
    TooFine,

    /// <summary>It is beyond ±9,223,372,036,854.775807 units.</summary>
    TooLarge,
}
