using System.Globalization;
using System.Numerics;
using CsCheck;

namespace Kera.Flows.Tests.Properties;

/// <summary>What is read as a number is that number, or is refused: nothing is ever rounded.</summary>
public class QuantityText
{
    private static readonly Gen<string> Digits = Gen.Char['0', '9'].Array[0, 25].Select(digits => new string(digits));

    private static readonly Gen<string> Numbers = Gen.Select(
        Gen.OneOf("", "-", "+"), Digits, Gen.Bool, Digits, Gen.OneOf("", "", "e", "E"), Gen.Int[-30, 30],
        (sign, whole, point, part, exponent, power) =>
            sign + whole + (point ? "." + part : "") + (exponent.Length == 0 ? "" : exponent + power.ToString(CultureInfo.InvariantCulture)));

    [Fact]
    public void Reads_exactly_what_whole_numbers_of_any_size_say() => Numbers.Sample(
        text =>
        {
            var expected = Exact(text);
            var error = Quantity.TryParse(text, out var quantity);
            Assert.Equal(expected.Error, error);
            if (error == QuantityError.None)
                Assert.Equal(expected.Millionths, quantity.Millionths);
        },
        iter: 100_000);

    [Fact]
    public void Reads_back_what_it_writes() => Gen.Long.Where(millionths => millionths > long.MinValue).Sample(
        millionths =>
        {
            var text = new Quantity(millionths).ToString();
            Assert.Equal(QuantityError.None, Quantity.TryParse(text, out var read));
            Assert.Equal(millionths, read.Millionths);
            Assert.Equal(millionths / 1_000_000m, decimal.Parse(text, CultureInfo.InvariantCulture));
        },
        iter: 50_000);

    [Fact]
    public void Writes_no_needless_digits() => Assert.Equal(
        ["0", "12", "-0.5", "0.000001", "9223372036854.775807"],
        new[] { 0, 12_000_000, -500_000, 1, long.MaxValue }.Select(millionths => new Quantity(millionths).ToString()));

    [Fact]
    public void Sums_are_exact_or_an_overflow() => Gen.Select(Gen.Long, Gen.Long).Sample(
        (left, right) =>
        {
            var sum = new BigInteger(left) + right;
            if (sum >= long.MinValue && sum <= long.MaxValue)
                Assert.Equal((long)sum, (new Quantity(left) + new Quantity(right)).Millionths);
            else
                Assert.Throws<OverflowException>(() => new Quantity(left) + new Quantity(right));
        },
        iter: 50_000);

    [Theory]
    [InlineData("1.0000001", QuantityError.TooFine)]
    [InlineData("1.0000000", QuantityError.None)]
    [InlineData("1e-7", QuantityError.TooFine)]
    [InlineData("10e-7", QuantityError.None)]
    [InlineData("9223372036854.775807", QuantityError.None)]
    [InlineData("9223372036854.775808", QuantityError.TooLarge)]
    [InlineData("1e40", QuantityError.TooLarge)]
    [InlineData("", QuantityError.NotANumber)]
    [InlineData("-", QuantityError.NotANumber)]
    [InlineData(".", QuantityError.NotANumber)]
    [InlineData("1 000", QuantityError.NotANumber)]
    [InlineData("1,5", QuantityError.NotANumber)]
    [InlineData("1.5.", QuantityError.NotANumber)]
    [InlineData("0x10", QuantityError.NotANumber)]
    [InlineData("NaN", QuantityError.NotANumber)]
    [InlineData("١", QuantityError.NotANumber)]
    public void Says_why_a_text_is_no_quantity(string text, QuantityError error) => Assert.Equal(error, Quantity.TryParse(text, out _));

    /// <summary>The number in millionths, by whole numbers without limit.</summary>
    private static (QuantityError Error, BigInteger Millionths) Exact(string text)
    {
        var (mantissa, exponent) = text.Split('e', 'E') is [var before, var after]
            ? (before, int.Parse(after, CultureInfo.InvariantCulture))
            : (text, 0);
        var digits = mantissa.TrimStart('-', '+').Replace(".", "", StringComparison.Ordinal);
        if (digits.Length == 0)
            return (QuantityError.NotANumber, 0);
        var decimals = mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.Length - mantissa.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var number = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        var power = 6 + exponent - decimals;
        var (quotient, rest) = power >= 0 ? (number * BigInteger.Pow(10, power), BigInteger.Zero) : Divided(number, BigInteger.Pow(10, -power));
        if (!rest.IsZero)
            return (QuantityError.TooFine, 0);
        return quotient > long.MaxValue ? (QuantityError.TooLarge, 0) : (QuantityError.None, mantissa.StartsWith('-') ? -quotient : quotient);
    }

    private static (BigInteger Quotient, BigInteger Remainder) Divided(BigInteger number, BigInteger by) =>
        (BigInteger.DivRem(number, by, out var rest), rest);
}
