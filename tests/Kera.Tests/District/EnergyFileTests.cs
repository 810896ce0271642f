using Kera.Base.District;

namespace Kera.Tests.District;

/// <summary>What energy.yaml says of plants, heat pumps and fees.</summary>
public sealed class EnergyFileTests
{
    private static readonly Lazy<DistrictEnergy> s_energy = new(() =>
    {
        using var kera = new EditedKera();
        return kera.Read().Model!.Energy!;
    });

    [Theory]
    [InlineData(800, 740)]
    [InlineData(740, 740)]
    [InlineData(300, 300)]
    [InlineData(200, 222)]
    [InlineData(100, 0)]
    [InlineData(-5, 0)]
    public void No_plan_passes_what_a_plant_may(int wanted, int given) => Assert.Equal(given, s_energy.Value.Plants["heat-pump"].Within(wanted));

    /// <summary>c0 + c1·37 + c2·37² of water, times the quality; and the edges of the fit.</summary>
    [Fact]
    public void A_heat_pump_follows_the_lift()
    {
        var pump = s_energy.Value.Plants["heat-pump"].HeatPump!;

        Assert.Equal((9.9696 - 0.2049 * 37 + 0.0012 * 37 * 37) * 0.88, pump.Performance(-20), 1e-9);
        // From the air outside it depends on that; beyond the fit it is as at its edge.
        var air = pump with { Kind = "air", Source = null, Sink = 50 };
        Assert.Equal((6.0801 - 0.0941 * 45 + 0.0005 * 45 * 45) * 0.88, air.Performance(5), 1e-9);
        Assert.Equal(air.Performance(-10), air.Performance(-40));
    }

    [Theory]
    [InlineData(6, 6)]
    [InlineData(7, 12)]
    [InlineData(21, 12)]
    [InlineData(22, 6)]
    [InlineData(0, 6)]
    public void A_fee_is_of_its_hours_also_over_midnight(int hour, int fee) => Assert.Equal(fee, s_energy.Value.Grids["grid"].FeeAt(hour, 11));

    [Fact]
    public void A_fee_may_be_of_some_months()
    {
        var winter = new GridFee(5, 7, 22, [11, 12, 1, 2, 3]);

        Assert.Equal((true, false, false), (winter.IsIn(7, 11), winter.IsIn(7, 6), winter.IsIn(22, 11)));
    }

    [Fact]
    public void What_is_not_public_is_in_no_plan()
    {
        using var kera = new EditedKera();
        kera.Replace("flows.yaml", "key: demo-power-school", "audience: public", "audience: [demo-school]");

        var mistakes = kera.Read().Mistakes.Select(mistake => mistake.ToString()).ToList();

        Assert.Contains(mistakes, mistake => mistake.StartsWith("energy.yaml", StringComparison.Ordinal) && mistake.Contains("the flow 'demo-power-school' is not public, and the plan would tell it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("seek: cost", PlanAim.Cost, 0, null)]
    [InlineData("seek: carbon", PlanAim.Carbon, 0, null)]
    [InlineData("seek: mix\n  carbonPrice: 80\n  cap: { tonnes: 60, over: 300 }", PlanAim.Mix, 80, 60)]
    public void What_is_sought_is_read(string written, PlanAim seek, int price, int? tonnes)
    {
        using var kera = new EditedKera();
        kera.Replace("energy.yaml", "objective:", "seek: cost", written);

        var objective = kera.Read().Model!.Energy!.Objective;

        Assert.Equal(new DistrictObjective(seek, price, tonnes is null ? null : new DistrictCarbonCap(tonnes.Value, 300)), objective);
    }

    [Fact]
    public void A_mix_needs_a_price_of_carbon()
    {
        using var kera = new EditedKera();
        kera.Replace("energy.yaml", "objective:", "seek: cost", "seek: mix");

        Assert.Contains("the mix has no price of carbon", Assert.Single(kera.Read().Mistakes).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_district_needs_none()
    {
        using var kera = new EditedKera();
        File.Delete(kera.PathOf("energy.yaml"));

        Assert.Null(kera.Read().Model!.Energy);
    }
}
