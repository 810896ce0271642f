using System.Globalization;
using System.Text;
using System.Text.Json;
using Kera.Base.Ui;
using NodaTime.Text;

namespace Kera.Features.Homes;

/// <summary>What a home used as comma-separated values, a line for each bar; what is unknown is empty.</summary>
internal static class HomeCsv
{
    public static string Write(HomeView view)
    {
        var csv = new StringBuilder();
        csv.CsvLine(["begin", "measure", "use", "unit", "known_hours", "cost_EUR", "use_with_price", "carbon_kgCO2e", "use_with_intensity"]);
        foreach (var use in view.Uses)
        {
            for (var bar = 0; bar < use.Bars.Count; bar++)
            {
                var amounts = use.Bars[bar];
                csv.CsvLine([
                    InstantPattern.General.Format(view.Bounds[bar]), JsonNamingPolicy.CamelCase.ConvertName(use.Reading.Measure.ToString()), amounts.IsKnown ? amounts.Use.ToString() : null, use.Unit, Known(amounts),
                    amounts.HasCost ? Number(amounts.Cost) : null, amounts.IsKnown ? amounts.Priced.ToString() : null,
                    amounts.HasCarbon ? Number(amounts.Carbon) : null, amounts.IsKnown ? amounts.Traced.ToString() : null,
                ]);
            }
        }

        return csv.ToString();
    }

    public static string Write(BuildingMonth month)
    {
        var csv = new StringBuilder();
        csv.CsvLine(["begin", "network", "use", "unit", "known_hours", "carbon_kgCO2e", "use_with_intensity", "direction"]);
        foreach (var flow in month.Flows)
        {
            for (var day = 0; day < flow.Days.Count; day++)
            {
                var amounts = flow.Days[day];
                csv.CsvLine([
                    InstantPattern.General.Format(month.Bounds[day]), flow.Network, amounts.IsKnown ? amounts.Use.ToString() : null, flow.Unit, Known(amounts),
                    amounts.HasCarbon ? Number(amounts.Carbon) : null, amounts.IsKnown ? amounts.Traced.ToString() : null, flow.Produced ? "produced" : "used",
                ]);
            }
        }

        return csv.ToString();
    }

    private static string Known(HomeAmounts amounts) => amounts.Known.TotalHours.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
