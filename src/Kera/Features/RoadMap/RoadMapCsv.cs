using System.Globalization;
using System.Text;
using Kera.Base.Ui;
using Kera.Flows;

namespace Kera.Features.RoadMap;

/// <summary>The tables of the road map as comma-separated values, in tonnes of CO2e; what an address calls them is their first name here.</summary>
internal static class RoadMapCsv
{
    /// <summary>The tables by name; the first is the usual one.</summary>
    public static IReadOnlyDictionary<string, Func<RoadMapView, string>> Tables { get; } = new OrderedDictionary<string, Func<RoadMapView, string>>
    {
        ["years"] = Years,
        ["measures"] = Measures,
        ["sensitivity"] = Sensitivity,
        ["drivers"] = Drivers,
    };

    private static string Years(RoadMapView view)
    {
        var (csv, numbers, map) = (new StringBuilder(), view.Numbers, view.RoadMap.Map);
        var activities = map.Activities.Index().Select(each => (each.Item, Baseline: RoadMapNumbers.Activity(view.RoadMap.Outcome.Baseline, each.Index), Plan: RoadMapNumbers.Activity(view.RoadMap.Outcome.Plan, each.Index))).ToList();
        var wedges = map.Measures.Select((measure, at) => (measure.Key, Annual: numbers.Wedge(at))).ToList();
        csv.CsvLine([
            "year", "baseline_tCO2e", "plan_tCO2e", "saved_tCO2e", "baseline_cumulative_tCO2e", "plan_cumulative_tCO2e",
            .. wedges.Select(wedge => $"wedge:{wedge.Key}"),
            .. activities.Select(activity => $"baseline:{activity.Item.Sector}:{activity.Item.Key}"),
            .. activities.Select(activity => $"plan:{activity.Item.Sector}:{activity.Item.Key}"),
        ]);
        var (baseline, plan) = (RoadMapNumbers.Cumulative(numbers.Baseline), RoadMapNumbers.Cumulative(numbers.Plan));
        foreach (var (at, year) in numbers.Years.Index())
        {
            Quantity[] values =
            [
                numbers.Baseline[at], numbers.Plan[at], numbers.Baseline[at] - numbers.Plan[at], baseline[at], plan[at],
                .. wedges.Select(wedge => wedge.Annual[at]),
                .. activities.Select(activity => activity.Baseline[at]),
                .. activities.Select(activity => activity.Plan[at]),
            ];
            csv.CsvLine([RoadMapView.Year(year), .. values.Select(value => value.ToString())]);
        }

        return csv.ToString();
    }

    private static string Measures(RoadMapView view)
    {
        var csv = new StringBuilder();
        csv.CsvLine(["key", "name", "responsible", "start", "ramp", "wedge_tCO2e", "own_tCO2e", "presentCost_EUR", "abatementCost_EUR_per_tCO2e", "label"]);
        foreach (var (at, measure) in view.RoadMap.Outcome.Measures.Index())
        {
            var said = view.RoadMap.Measures[measure.Measure.Key];
            csv.CsvLine([
                said.Key, view.In(said.Name), string.Join(' ', said.Responsible), RoadMapView.Year(measure.Measure.Start), RoadMapView.Year(measure.Measure.Ramp),
                RoadMapNumbers.Sum(view.Numbers.Wedge(at)).ToString(), RoadMapNumbers.Sum(view.Numbers.Own(at)).ToString(),
                Euros(measure.PresentCost), Euros(measure.AbatementCost), RoadMapFigures.NameOf(said.Label),
            ]);
        }

        csv.CsvLine(["remainder", "", "", "", "", "", view.Numbers.Remainder.ToString(), "", "", ""]);
        csv.CsvLine(["all", "", "", "", "", view.Numbers.Saved.ToString(), view.Numbers.Saved.ToString(), "", "", ""]);
        return csv.ToString();
    }

    private static string Sensitivity(RoadMapView view)
    {
        var csv = new StringBuilder();
        csv.CsvLine(["input", "kind", "plan_at_low_tCO2e", "plan_at_high_tCO2e", "width_tCO2e"]);
        foreach (var swing in view.RoadMap.Outcome.Swings)
        {
            var (low, high) = (RoadMapNumbers.Rounded(swing.AtLow), RoadMapNumbers.Rounded(swing.AtHigh));
            csv.CsvLine([swing.Key, swing.OfMeasure ? "measure" : "driver", low.ToString(), high.ToString(), (low < high ? high - low : low - high).ToString()]);
        }

        return csv.ToString();
    }

    private static string Drivers(RoadMapView view)
    {
        var (csv, drivers) = (new StringBuilder(), view.RoadMap.Drivers.Values);
        csv.CsvLine(["year", .. drivers.Select(driver => $"baseline:{driver.Key}"), .. drivers.Select(driver => $"plan:{driver.Key}")]);
        foreach (var (at, year) in view.Numbers.Years.Index())
        {
            csv.CsvLine([
                RoadMapView.Year(year),
                .. drivers.Select(driver => Value(view.RoadMap.Outcome.Drivers[driver.Key].Baseline[at])),
                .. drivers.Select(driver => Value(view.RoadMap.Outcome.Drivers[driver.Key].Plan[at])),
            ]);
        }

        return csv.ToString();
    }

    private static string Value(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string? Euros(double? euros) => euros?.ToString("0", CultureInfo.InvariantCulture);
}
