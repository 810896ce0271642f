using CsCheck;

namespace Kera.Carbon.Tests;

public sealed class RoadMapTests
{
    /// <summary>
    /// Four years of heating 1,000 m2 with 100 kWh/m2 at 200 g/kWh: 20 t a year. The network halves the intensity over two years
    /// from the second: 20, 15, 10, 10. Insulation takes 20 % of the demand from the third: alone 20, 20, 16, 16; of both 20, 15, 8, 8.
    /// </summary>
    private static readonly RoadMap s_small = new(
        2026,
        4,
        0.1,
        [
            new("area", [new(2026, 1_000)]),
            new("demand", [new(2026, 100)], 0.9, 1.2),
            new("intensity", [new(2026, 200)]),
        ],
        [new("heating", "energy", ["area", "demand", "intensity"], 1e-6)],
        [
            new("network", 2027, 2, [new("intensity", RoadMapChange.To, 100, 150, 50)], new(Investment: 1_000, Yearly: 100)),
            new("insulation", 2028, 1, [new("demand", RoadMapChange.By, -0.2)], new(Investment: 500, InvestedIn: 2027, Lifetime: 2, Saving: 200)),
        ]);

    [Fact]
    public void A_small_road_map_is_as_reckoned_by_hand()
    {
        var outcome = s_small.Reckon();

        Assert.Equal([20, 20, 20, 20], outcome.Baseline.Annual.Select(Rounded));
        Assert.Equal([20, 15, 8, 8], outcome.Plan.Annual.Select(Rounded));
        Assert.Equal([20, 35, 43, 51], outcome.Plan.Cumulative.Select(Rounded));
        Assert.Equal([0, 5, 10, 10], outcome.Measures[0].Wedge.Select(Rounded));
        Assert.Equal([0, 0, 2, 2], outcome.Measures[1].Wedge.Select(Rounded));
        Assert.Equal([0, 5, 8, 8], outcome.Measures[0].Own.Select(Rounded));
        Assert.Equal([0, 0, 2, 2], outcome.Measures[1].Own.Select(Rounded));
        Assert.Equal((29, 4), (Rounded(outcome.Saved), Rounded(outcome.Remainder)));
        Assert.Equal([1_000, 100, 200], Driver(outcome, "intensity"));
        Assert.Equal([1_000, 80, 100], [1_000, Rounded(outcome.Drivers["demand"].Plan[3]), Rounded(outcome.Drivers["demand"].Baseline[3])]);

        static IEnumerable<double> Driver(RoadMapOutcome outcome, string key) => [Rounded(outcome.Drivers["area"].Plan[3]), Rounded(outcome.Drivers[key].Plan[3]), Rounded(outcome.Drivers[key].Baseline[3])];
    }

    /// <summary>
    /// The network costs 0, 500 + 50, 500 + 100, 100; the insulation 0, 500, −200, 500 − 200, for it lasts two years. At ten per
    /// cent: 550 / 1.1 + 600 / 1.21 + 100 / 1.331 and 500 / 1.1 − 200 / 1.21 + 300 / 1.331.
    /// </summary>
    [Fact]
    public void Costs_are_discounted_and_tonnes_are_not()
    {
        var measures = s_small.Reckon().Measures;

        Assert.Equal(1_070.999, measures[0].PresentCost!.Value, 1e-3);
        Assert.Equal(514.651, measures[1].PresentCost!.Value, 1e-3);
        Assert.Equal(1_070.999 / 21, measures[0].AbatementCost!.Value, 1e-3);
        Assert.Equal(514.651 / 4, measures[1].AbatementCost!.Value, 1e-3);
        var unknown = (s_small with { Measures = [s_small.Measures[0] with { Cost = null }] }).Reckon().Measures[0];
        Assert.Equal((null, null), (unknown.PresentCost, unknown.AbatementCost));
    }

    /// <summary>The demand moves the plan's 51 t to 45.9 and 61.2; the network's end at 150 or 50 g/kWh to 20 + 17.5 + 12 + 12 and 20 + 12.5 + 4 + 4.</summary>
    [Fact]
    public void The_widest_uncertainty_comes_first()
    {
        var swings = s_small.Reckon().Swings;

        Assert.Equal(["network", "demand"], swings.Select(swing => swing.Key));
        Assert.Equal([61.5, 40.5, 21], new[] { swings[0].AtLow, swings[0].AtHigh, swings[0].Width }.Select(Rounded));
        Assert.Equal([45.9, 61.2], new[] { swings[1].AtLow, swings[1].AtHigh }.Select(Rounded));
        Assert.True(swings[0].OfMeasure);
    }

    [Theory]
    [InlineData(2020, 10)]
    [InlineData(2026, 10)]
    [InlineData(2028, 14)]
    [InlineData(2031, 20)]
    [InlineData(2036, 5)]
    [InlineData(2099, 5)]
    public void Straight_lines_join_a_drivers_points_and_outside_the_nearest_holds(int year, double value) =>
        Assert.Equal(value, new RoadMapDriver("x", [new(2026, 10), new(2031, 20), new(2036, 5)]).At(year), 1e-12);

    [Fact]
    public void What_sets_comes_before_what_adds_and_that_before_what_takes_a_share()
    {
        var map = s_small with
        {
            Measures =
            [
                Measure("share", new RoadMapEffect("demand", RoadMapChange.By, -0.5)),
                Measure("more", new RoadMapEffect("demand", RoadMapChange.Add, 20)),
                Measure("set", new RoadMapEffect("demand", RoadMapChange.To, 60)),
            ],
        };

        Assert.Equal(40, map.Reckon().Drivers["demand"].Plan[0], 1e-12);
    }

    [Fact]
    public void Wedges_sum_to_what_all_save_in_every_year() => RandomRoadMaps.All.Sample(map =>
    {
        var outcome = map.Reckon();
        for (var year = 0; year < map.Years; year++)
        {
            Same(outcome.Baseline.Annual[year] - outcome.Plan.Annual[year], outcome.Measures.Sum(measure => measure.Wedge[year]), outcome);
        }

        Same(outcome.Saved, outcome.Measures.Sum(measure => measure.OwnTotal) + outcome.Remainder, outcome);
    });

    [Fact]
    public void The_order_of_the_file_changes_wedges_and_nothing_else() => Gen.Select(RandomRoadMaps.All, Gen.Int[0, 1_000]).Sample((map, seed) =>
    {
        var shuffled = map with { Measures = [.. map.Measures.OrderBy(measure => (measure.Key[^1] * 7919 * (seed + 1)) % 31)] };
        var (outcome, other) = (map.Reckon(), shuffled.Reckon());

        Same(outcome.Plan.Total, other.Plan.Total, outcome);
        Same(outcome.Remainder, other.Remainder, outcome);
        foreach (var measure in outcome.Measures)
        {
            Same(measure.OwnTotal, other.Measures.Single(same => same.Measure.Key == measure.Measure.Key).OwnTotal, outcome);
        }
    });

    [Fact]
    public void A_measure_without_effect_changes_nothing_and_has_no_price_for_a_tonne() => RandomRoadMaps.All.Sample(map =>
    {
        var idle = Measure("idle", new RoadMapEffect("demand", RoadMapChange.By, 0)) with { Cost = new(Investment: 1_000) };
        var (outcome, with) = (map.Reckon(), (map with { Measures = [.. map.Measures.Take(1), idle, .. map.Measures.Skip(1)] }).Reckon());

        Assert.Equal(outcome.Plan.Annual, with.Plan.Annual);
        var told = with.Measures.Single(measure => measure.Measure == idle);
        Assert.Equal((0, 0, 1_000, null), (told.WedgeTotal, told.OwnTotal, told.PresentCost!.Value, told.AbatementCost));
    });

    [Fact]
    public void Cumulative_is_the_sum_of_annual_and_annual_of_activities() => RandomRoadMaps.All.Sample(map =>
    {
        var outcome = map.Reckon();
        foreach (var path in outcome.Stages.Concat(outcome.Without))
        {
            Same(path.Annual.Sum(), path.Total, outcome);
            Same(path.Activities.Sum(activity => activity.Sum()), path.Total, outcome);
            Assert.All(path.Annual.Zip(path.Cumulative), pair => Assert.True(pair.First >= 0 && pair.Second >= pair.First));
        }
    });

    [Fact]
    public void A_driver_in_another_unit_gives_the_same_tonnes() => Gen.Select(RandomRoadMaps.All, Gen.Double[1e-3, 1e3]).Sample((map, unit) =>
    {
        var other = map with
        {
            Drivers = [.. map.Drivers.Select(driver => driver.Key != "demand" ? driver : driver with { Points = [.. driver.Points.Select(point => point with { Value = point.Value * unit })] })],
            Activities = [.. map.Activities.Select(activity => activity.Drivers.Contains("demand") ? activity with { Tonnes = activity.Tonnes / unit } : activity)],
            Measures =
            [
                .. map.Measures.Select(measure => measure with
                {
                    Effects = [.. measure.Effects.Select(effect => effect.Driver == "demand" && effect.Change != RoadMapChange.By ? effect with { Amount = effect.Amount * unit } : effect)],
                }),
            ],
        };
        var (outcome, converted) = (map.Reckon(), other.Reckon());

        Same(outcome.Baseline.Total, converted.Baseline.Total, outcome);
        Same(outcome.Plan.Total, converted.Plan.Total, outcome);
        Assert.Equal(outcome.Swings.Count, converted.Swings.Count);
    });

    private static double Rounded(double value) => Math.Round(value, 9);

    private static RoadMapMeasure Measure(string key, params RoadMapEffect[] effects) => new(key, 2026, 1, effects, new());

    private static void Same(double expected, double actual, RoadMapOutcome outcome) =>
        Assert.Equal(expected, actual, 1e-9 * (1 + outcome.Stages.Max(stage => stage.Total)));
}
