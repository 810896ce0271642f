using System.Numerics;
using CsCheck;
using Kera.Base.Readings;
using Kera.Flows;

namespace Kera.Tests.Readings;

public sealed class ExactNumberTests
{
    [Theory]
    [InlineData("0.5", 1, 2)]
    [InlineData("-0.5", -1, 2)]
    [InlineData("+12", 12, 1)]
    [InlineData("1.2e-05", 3, 250_000)]
    [InlineData("8.95E2", 895, 1)]
    [InlineData(".25", 1, 4)]
    public void A_number_is_read_as_it_is_written(string text, long numerator, long denominator)
    {
        Assert.True(ExactNumber.TryParse(text, out var number));
        Assert.Equal((numerator, denominator), ((long)number.Numerator, (long)number.Denominator));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("1 000")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("1e99")]
    [InlineData("NaN")]
    [InlineData("٣")]
    public void What_is_no_number_is_not_read(string text) => Assert.False(ExactNumber.TryParse(text, out _));

    [Theory]
    [InlineData(5, 2, 2)]
    [InlineData(7, 2, 4)]
    [InlineData(-5, 2, -2)]
    [InlineData(-7, 2, -4)]
    [InlineData(8, 3, 3)]
    [InlineData(-7, 3, -2)]
    public void Halves_go_to_the_even_number(long numerator, long denominator, long rounded) =>
        Assert.Equal(rounded, (long)ExactNumber.Fraction(numerator, denominator).RoundHalfEven());

    [Fact]
    public void However_many_roundings_the_sum_is_never_more_than_half_a_millionth_off() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Long[1, 1_000_000_000]).Array[1, 200].Sample(fractions =>
        {
            var rounder = new CarryingRounder();
            var exact = ExactNumber.Fraction(0, 1);
            var rounded = BigInteger.Zero;
            foreach (var (numerator, denominator) in fractions)
            {
                var next = ExactNumber.Fraction(numerator, denominator);
                exact += next;
                rounded += rounder.Next(next)!.Value.Millionths;
                var off = (exact * ExactNumber.Fraction(Quantity.One, 1)) - ExactNumber.Fraction(rounded, 1);
                Assert.True(BigInteger.Abs(off.Numerator) * 2 <= off.Denominator);
            }
        });

    [Fact]
    public void Thirds_come_out_even_because_what_is_left_over_is_carried()
    {
        var rounder = new CarryingRounder();
        var third = ExactNumber.Fraction(1, 3_000_000);

        long[] rounded = [.. Enumerable.Range(0, 6).Select(_ => rounder.Next(third)!.Value.Millionths)];

        Assert.Equal([0, 1, 0, 0, 1, 0], rounded);
    }

    [Fact]
    public void What_no_quantity_holds_is_told() => Assert.Null(new CarryingRounder().Next(ExactNumber.Fraction(10_000_000_000_000, 1)));
}
