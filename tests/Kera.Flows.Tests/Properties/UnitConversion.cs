using System.Numerics;
using CsCheck;

namespace Kera.Flows.Tests.Properties;

/// <summary>A conversion is exact, or there is none.</summary>
public class UnitConversion
{
    private static readonly List<Unit> Units = [.. Unit.All];

    private static readonly Gen<Quantity> Amounts = Gen.OneOf(
        Gen.Long[-1_000_000_000_000, 1_000_000_000_000],
        Gen.Long[-1_000, 1_000].Select(whole => whole * Quantity.One),
        Gen.Long.Where(millionths => millionths > long.MinValue)).Select(millionths => new Quantity(millionths));

    [Fact]
    public void Is_exact_or_refused() => Gen.Select(Gen.OneOf([.. Units]), Gen.OneOf([.. Units]), Amounts).Sample(
        (from, to, amount) =>
        {
            var converted = from.ConvertTo(to, amount);
            // The same size on both sides, in whole numbers without limit.
            var (numerator, denominator) = (new BigInteger(amount.Millionths) * from.Numerator * to.Denominator, new BigInteger(from.Denominator) * to.Numerator);
            var exact = BigInteger.DivRem(numerator, denominator, out var rest);
            var possible = from.Dimension == to.Dimension && rest.IsZero && BigInteger.Abs(exact) <= long.MaxValue;
            Assert.Equal(possible ? (long)exact : null, converted?.Millionths);
        },
        iter: 100_000);

    [Fact]
    public void Goes_there_and_back() => Gen.Select(Gen.OneOf([.. Units]), Gen.OneOf([.. Units]), Amounts).Sample(
        (from, to, amount) =>
        {
            if (from.ConvertTo(to, amount) is { } there)
                Assert.Equal(amount, to.ConvertTo(from, there));
        },
        iter: 50_000);

    [Theory]
    [InlineData("kWh", "Wh", 1.5, 1_500)]
    [InlineData("MJ", "kWh", 3.6, 1)]
    [InlineData("t", "kg", 0.25, 250)]
    [InlineData("min", "h", 90, 1.5)]
    [InlineData("har", "m2", 1, 10_000)]
    [InlineData("L", "m3", 1, 0.001)]
    public void Knows_the_sizes(string from, string to, double amount, double expected) => Assert.Equal(
        new Quantity((long)((decimal)expected * Quantity.One)),
        Unit.Find(from).ConvertTo(Unit.Find(to), new Quantity((long)((decimal)amount * Quantity.One))));

    [Theory]
    [InlineData("MJ", "kWh", 1)]
    [InlineData("min", "h", 1)]
    [InlineData("kWh", "kg", 1)]
    [InlineData("kWh", "kW", 1)]
    public void Refuses_what_is_not_exact_or_another_dimension(string from, string to, long amount) =>
        Assert.Null(Unit.Find(from).ConvertTo(Unit.Find(to), Quantity.Whole(amount)));

    [Fact]
    public void Case_counts() => Assert.False(Unit.TryFind("KWH", out _));
}
