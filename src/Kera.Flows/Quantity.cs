using System.Globalization;

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
    /// Reads a decimal number as JSON writes it (sign, digits, point, exponent), exactly: no rounding ever happens.
    /// </summary>
    /// <param name="text">The number, without spaces.</param>
    /// <param name="quantity">What was read.</param>
    /// <returns>Whether it could be read, and if not, why.</returns>
    public static QuantityError TryParse(ReadOnlySpan<char> text, out Quantity quantity)
    {
        quantity = Zero;
        var at = 0;
        var negative = false;
        if (at < text.Length && text[at] is '-' or '+')
        {
            negative = text[at] == '-';
            at++;
        }

        Int128 digits = 0;
        var scale = 0;
        var seen = false;
        var afterPoint = false;
        // Digits after which the number cannot fit any more are still read, so that the reason is the right one.
        for (; at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && !afterPoint)); at++)
        {
            if (text[at] == '.')
            {
                afterPoint = true;
                continue;
            }

            seen = true;
            if (digits > Int128.MaxValue / 100)
            {
                return afterPoint ? QuantityError.TooFine : QuantityError.TooLarge;
            }

            digits = (digits * 10) + (text[at] - '0');
            if (afterPoint)
            {
                scale++;
            }
        }

        if (!seen)
        {
            return QuantityError.NotANumber;
        }

        if (at < text.Length)
        {
            if (text[at] is not ('e' or 'E') ||
                !int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
            {
                return QuantityError.NotANumber;
            }

            if (exponent is > 40 or < -40)
            {
                return digits == 0 ? QuantityError.None : exponent > 0 ? QuantityError.TooLarge : QuantityError.TooFine;
            }

            scale -= exponent;
        }

        for (; scale > 6; scale--)
        {
            if (digits % 10 != 0)
            {
                return QuantityError.TooFine;
            }

            digits /= 10;
        }

        for (; scale < 6; scale++)
        {
            if (digits > long.MaxValue)
            {
                return QuantityError.TooLarge;
            }

            digits *= 10;
        }

        if (digits > long.MaxValue)
        {
            return QuantityError.TooLarge;
        }

        quantity = new Quantity((long)(negative ? -digits : digits));
        return QuantityError.None;
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
