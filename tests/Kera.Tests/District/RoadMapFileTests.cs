using Kera.Base.District;

namespace Kera.Tests.District;

/// <summary>The road map's file: what it says of Kera agrees with itself, and what cannot be reckoned is told where it stands.</summary>
public sealed class RoadMapFileTests
{
    private static readonly DistrictModel s_kera = DistrictFiles.Read(EditedKera.Source).Model!;

    [Fact]
    public void What_is_built_every_year_makes_the_floor_area_and_facts_are_as_in_the_district()
    {
        var (map, drivers) = (s_kera.RoadMap!.Map, s_kera.RoadMap.Outcome.Drivers);

        Assert.Equal(drivers["floor-area"].Baseline[^1], drivers["new-floor-area"].Baseline.Sum(), 1e-6);
        Assert.Equal(Fact("residents-planned"), drivers["residents"].Baseline[2045 - map.FirstYear]);
        Assert.Equal(Fact("jobs-planned"), drivers["jobs"].Baseline[2045 - map.FirstYear]);
        Assert.Equal(drivers["floor-area"].Baseline[^1], (drivers["residents"].Baseline[^1] * 40) + (drivers["jobs"].Baseline[^1] * 20));

        static double Fact(string key) => (double)s_kera.Header.Facts.Single(fact => fact.Key == key).Value.ToDecimal();
    }

    [Fact]
    public void A_factor_gives_the_first_value_in_grams()
    {
        var roadMap = s_kera.RoadMap!;

        Assert.Equal(107.8, roadMap.Map.Drivers.Single(driver => driver.Key == "heat-intensity").At(2026));
        Assert.Equal(new DateOnly(2023, 1, 1), roadMap.Drivers["heat-intensity"].Factor!.From);
        Assert.Equal(167, roadMap.Map.Drivers.Single(driver => driver.Key == "car-intensity").At(2026));
    }

    [Fact]
    public void What_has_no_source_is_labelled_illustrative() => Assert.All(
        s_kera.RoadMap!.Drivers.Values.Select(driver => (driver.Key, driver.Label, driver.Sources)).Concat(s_kera.RoadMap.Measures.Values.Select(measure => (measure.Key, measure.Label, measure.Sources))),
        each => Assert.True(each.Sources.Count > 0 || each.Label == DistrictAssumption.Illustrative, each.Key));

    [Theory]
    [InlineData("firstYear", "2026", "soon", "firstYear", "'firstYear' is 'soon'", "write a year: 2028")]
    [InlineData("key: streets", "[new-streets, street-embodied]", "[new-streets]", "key: street-embodied", "no activity multiplies the driver 'street-embodied'", "name it in an activity")]
    [InlineData("key: repairs", "sector: materials", "sector: construction", "key: materials", "no activity is of the sector 'materials'", "give it an activity")]
    [InlineData("key: solar-roofs", "start: 2027", "start: 2080", "key: solar-roofs", "the measure 'solar-roofs' starts in 2080", "from 2026 to 2075")]
    [InlineData("key: low-temperature-network", "by: -40, low: -20, high: -60", "to: 12", "key: clean-district-heat", "the driver 'heat-intensity' is set to a value by 'low-temperature-network' and by 'clean-district-heat'", "by a share")]
    [InlineData("key: solar-roofs", "add: -8,", "add: -80,", "key: power-demand", "the driver 'power-demand' falls to", "add less below zero")]
    [InlineData("key: efficient-buildings", "by: -35, low: -20, high: -45", "by: -135", "key: efficient-buildings", "the measure 'efficient-buildings' changes the driver 'heat-demand' by -1.35 of it", "no more than all of it")]
    [InlineData("key: heat-demand", "low: 80", "low: 120", "key: heat-demand", "the driver 'heat-demand' is from 1.2 to 1.2 of its path", "low from 0 to 1")]
    [InlineData("key: residents-driving", "tonnes: 0.000001", "tonnes: 0", "key: residents-driving", "is 0 tonnes", "above zero")]
    public void What_cannot_be_reckoned_is_told_where_it_stands(string anchor, string old, string replacement, string at, string problem, string remedy)
    {
        using var kera = new EditedKera();
        kera.Replace("roadmap.yaml", anchor, old, replacement);

        var mistake = Assert.Single(kera.Read().Mistakes);

        Assert.Equal(("roadmap.yaml", kera.LineOf("roadmap.yaml", at, at)), (mistake.File, mistake.Line));
        Assert.Contains(problem, mistake.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_district_without_a_road_map_is_none_the_worse()
    {
        using var kera = new EditedKera();
        File.Delete(kera.PathOf("roadmap.yaml"));

        Assert.Null(kera.Read().Model!.RoadMap);
    }
}
