using CsCheck;

namespace Kera.Carbon.Tests;

public sealed class FactorBookTests
{
    private static readonly DateOnly s_day = new(2024, 3, 1);

    private static readonly FactorBook s_book = new(
        [
            Factor("electricity.wind", 0.012, "FI", 2012),
            Factor("electricity.wind", 0.011, "global", 2014),
            Factor("electricity.coal", 0.87, "FI", 2023, new DateOnly(2023, 12, 31)),
            Factor("electricity.coal", 1.02, "FI", 2024),
            Factor("electricity.solar", 0.045, "global", 2014),
            Factor("electricity.solar", 0.09, "US", 2020),
            Factor("electricity.gas", 0.4, "FI", 2025),
        ],
        "CO2e",
        ["FI", "global"]);

    [Theory]
    [InlineData("electricity.wind", 0.012)]
    [InlineData("electricity.coal", 1.02)]
    [InlineData("electricity.solar", 0.045)]
    public void The_best_region_comes_first_and_in_it_what_holds_on_the_day(string key, double kilograms) =>
        Assert.Equal(kilograms, s_book.Find(Wish(key))?.Kilograms);

    [Theory]
    [InlineData("electricity.gas", "kWh", FactorStage.LifeCycle, FactorMethod.Location)]
    [InlineData("electricity.wind", "MWh", FactorStage.LifeCycle, FactorMethod.Location)]
    [InlineData("electricity.wind", "kWh", FactorStage.Direct, FactorMethod.Location)]
    [InlineData("electricity.wind", "kWh", FactorStage.LifeCycle, FactorMethod.Market)]
    [InlineData("electricity.tide", "kWh", FactorStage.LifeCycle, FactorMethod.Location)]
    public void What_is_not_just_that_is_none(string key, string unit, FactorStage stage, FactorMethod method) =>
        Assert.Null(s_book.Find(new FactorWish(key, unit, stage, method, s_day)));

    [Fact]
    public void An_hours_mix_has_an_intensity_and_a_gap_with_its_size()
    {
        var hour = s_book.Sum([new(Wish("electricity.wind"), 300), new(Wish("electricity.coal"), 100), new(Wish("electricity.tide"), 100)]);

        Assert.Equal(((300 * 0.012) + (100 * 1.02)) / 400, hour.Intensity!.Value, 1e-12);
        Assert.Equal(0.8, hour.Coverage!.Value, 1e-12);
        Assert.Equal(["electricity.tide"], hour.Missing);
        Assert.Equal(2, hour.Factors.Count);
    }

    [Fact]
    public void Of_nothing_there_is_no_intensity_and_no_coverage()
    {
        Assert.Equal((null, null), (s_book.Sum([]).Intensity, s_book.Sum([]).Coverage));
        Assert.Equal((null, 0.0), (s_book.Sum([new(Wish("electricity.tide"), 5)]).Intensity, s_book.Sum([new(Wish("electricity.tide"), 5)]).Coverage));
    }

    [Fact]
    public void Coverage_falls_by_just_what_a_factor_covered_that_is_gone() => Gen.Double[0, 1_000].Array[3].Sample(amounts =>
    {
        FactoredAmount[] mix = [new(Wish("electricity.wind"), amounts[0]), new(Wish("electricity.coal"), amounts[1]), new(Wish("electricity.solar"), amounts[2])];
        var without = new FactorBook([Factor("electricity.wind", 0.012, "FI", 2012), Factor("electricity.solar", 0.045, "global", 2014)], "CO2e", ["FI", "global"]);

        Assert.Equal(amounts[1], s_book.Sum(mix).Covered - without.Sum(mix).Covered, 1e-9);
    });

    [Theory]
    [InlineData("kWh", -1)]
    [InlineData("kWh", double.NaN)]
    [InlineData("MWh", 1)]
    public void What_does_not_add_up_is_refused(string unit, double amount) =>
        Assert.Throws<ArgumentException>(() => s_book.Sum([new(Wish("electricity.wind"), 1), new(Wish("electricity.coal") with { Unit = unit }, amount)]));

    private static FactorWish Wish(string key) => new(key, "kWh", FactorStage.LifeCycle, FactorMethod.Location, s_day);

    private static EmissionFactor Factor(string key, double kilograms, string region, int year, DateOnly? to = null) =>
        new(key, kilograms, "CO2e", "kWh", FactorStage.LifeCycle, FactorMethod.Location, null, region, new DateOnly(year, 1, 1), to, FactorQuality.Printed, "unstated", "made up for this test");
}
