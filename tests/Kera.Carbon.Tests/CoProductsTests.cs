namespace Kera.Carbon.Tests;

public sealed class CoProductsTests
{
    /// <summary>Benefit sharing: heat's share is (Q/ηh)/(Q/ηh + P/ηe).</summary>
    [Fact]
    public void Heat_and_power_share_by_what_each_would_take_alone()
    {
        var shares = CoProducts.Shares([new(60, 1 / 0.9), new(30, 1 / 0.39)]);

        Assert.Equal(60 / 0.9 / ((60 / 0.9) + (30 / 0.39)), shares[0], 1e-15);
        Assert.Equal(1, shares.Sum(), 1e-15);
    }

    [Fact]
    public void Heat_counts_more_the_hotter_it_is_and_cold_the_colder()
    {
        Assert.Equal(1 - (273.15 / 363.15), CoProducts.HeatExergy(363.15, 363.15, 273.15), 1e-12);
        Assert.InRange(CoProducts.HeatExergy(363.15, 323.15, 273.15), 1 - (273.15 / 323.15), 1 - (273.15 / 363.15));
        Assert.Equal((303.15 / 280.15) - 1, CoProducts.ColdExergy(280.15, 280.15, 303.15), 1e-12);
        // Over next to no range it is as at one temperature.
        Assert.Equal(CoProducts.HeatExergy(350, 350, 280), CoProducts.HeatExergy(350, 350 - 1e-6, 280), 1e-8);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, 1)]
    public void What_cannot_be_shared_by_is_refused(double amount, double weight) =>
        Assert.Throws<ArgumentException>(() => CoProducts.Shares([new(amount, weight)]));
}
