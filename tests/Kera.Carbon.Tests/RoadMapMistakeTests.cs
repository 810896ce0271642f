namespace Kera.Carbon.Tests;

/// <summary>What cannot be is told by the name of the driver, activity or measure, with what would be right.</summary>
public sealed class RoadMapMistakeTests
{
    private static readonly RoadMapDriver s_area = new("area", [new(2026, 100)]);

    private static readonly RoadMapMeasure s_measure = new("less", 2026, 1, [new("area", RoadMapChange.By, -0.1)], new());

    private static readonly RoadMap s_map = new(2026, 50, 0.03, [s_area], [new("heating", "energy", ["area"], 1e-6)], [s_measure]);

    public static TheoryData<string, RoadMap, string, string> Mistakes { get; } = new()
    {
        { "years", s_map with { Years = 0, Measures = [] }, "has 0 years", "1 to 200" },
        { "rate", s_map with { RealRate = double.NaN }, "the real rate is NaN", "0.03" },
        { "rate in per cent", s_map with { RealRate = 3 }, "the real rate is 3", "0.03" },
        { "no activity", s_map with { Activities = [] }, "no activity", "add what emits" },
        { "driver twice", s_map with { Drivers = [s_area, s_area] }, "'area' is among the drivers twice", "another key" },
        { "no point", s_map with { Drivers = [new("area", [])] }, "the driver 'area' has no value", "one year" },
        { "years not in order", s_map with { Drivers = [new("area", [new(2030, 1), new(2029, 1)])] }, "the driver 'area' has 2029 after 2030", "in order" },
        { "below zero", s_map with { Drivers = [new("area", [new(2026, -1)])] }, "the driver 'area' is -1 in 2026", "not below zero" },
        { "low above the path", s_map with { Drivers = [s_area with { Low = 1.1 }] }, "the driver 'area' is from 1.1 to 1", "low from 0 to 1" },
        { "unknown driver", s_map with { Activities = [new("heating", "energy", ["are"], 1)] }, "the activity 'heating' names the unknown driver 'are'", "area" },
        { "driver named twice", s_map with { Activities = [new("heating", "energy", ["area", "area"], 1)] }, "names the driver 'area' twice", "each once" },
        { "no driver", s_map with { Activities = [new("heating", "energy", [], 1)] }, "the activity 'heating' has no driver", "name the drivers" },
        { "no tonnes", s_map with { Activities = [new("heating", "energy", ["area"], 0)] }, "of the activity 'heating' is 0 tonnes", "above zero" },
        { "start", With(s_measure with { Start = 2076 }), "the measure 'less' starts in 2076", "from 2026 to 2075" },
        { "ramp", With(s_measure with { Ramp = 0 }), "the measure 'less' comes into force in 0 years", "1 is at once" },
        { "no effect", With(s_measure with { Effects = [] }), "the measure 'less' changes no driver", "which driver" },
        { "effect on nothing", With(s_measure with { Effects = [new("aera", RoadMapChange.By, -0.1)] }), "the measure 'less' names the unknown driver 'aera'", "area" },
        { "effect twice", With(s_measure with { Effects = [.. s_measure.Effects, .. s_measure.Effects] }), "the measure 'less' changes the driver 'area' twice", "each once" },
        { "more than all", With(s_measure with { Effects = [new("area", RoadMapChange.By, -0.5, -1.5)] }), "the measure 'less' changes the driver 'area' by -1.5 of it", "−1 at least" },
        { "set below zero", With(s_measure with { Effects = [new("area", RoadMapChange.To, -1)] }), "the measure 'less' sets the driver 'area' to -1", "not below zero" },
        { "no number", With(s_measure with { Effects = [new("area", RoadMapChange.Add, double.NaN)] }), "the measure 'less' adds NaN to the driver 'area'", "a number" },
        { "cost below zero", With(s_measure with { Cost = new(Saving: -5) }), "the measure 'less' costs 0 once and 0 a year, and saves -5 a year", "not below zero" },
        { "cost in cents of a country", With(s_measure with { Cost = new(Investment: 1e10) }), "costs 10000000000 once", "less than ten thousand million" },
        { "invested outside", With(s_measure with { Cost = new(InvestedIn: 2025) }), "the measure 'less' is invested in in 2025", "from 2026 to 2075" },
        { "lifetime", With(s_measure with { Cost = new(Lifetime: 0) }), "the measure 'less' lasts 0 years", "1 or more" },
        { "set twice", With(Sets("first"), Sets("second")), "the driver 'area' is set to a value by 'first' and by 'second'", "add to it" },
        { "taken below zero", With(s_measure with { Effects = [new("area", RoadMapChange.Add, -101)] }), "the driver 'area' falls to -1 in 2026: 'less' take more from it than there is", "share with by" },
        { "tonnes that are grams", s_map with { Activities = [new("heating", "energy", ["area"], 1e8)] }, "the activity 'heating' emits more in 2026 than can be counted", "mend its tonnes" },
        { "too much", s_map with { Drivers = [new("area", [new(2026, 1e300)])], Activities = [new("heating", "energy", ["area"], 1e300)] }, "the activity 'heating' emits more in 2026 than can be counted", "mend its tonnes" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_has_a_name_and_a_remedy(string about, RoadMap map, string problem, string remedy)
    {
        Assert.NotEmpty(about);
        var mistake = Assert.Single(Assert.Throws<RoadMapException>(map.Reckon).Mistakes);

        Assert.Contains(problem, mistake.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(3, Assert.Throws<RoadMapException>((With(s_measure with { Start = 1999, Ramp = 0 }) with { RealRate = -2 }).Reckon).Mistakes.Count);

    private static RoadMap With(params RoadMapMeasure[] measures) => s_map with { Measures = measures };

    private static RoadMapMeasure Sets(string key) => s_measure with { Key = key, Effects = [new("area", RoadMapChange.To, 50)] };
}
