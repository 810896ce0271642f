using System.Globalization;
using System.Text;
using Kera.Base.Ui;

namespace Kera.Features.Energy;

/// <summary>A plan as comma-separated values, a line for each element and hour.</summary>
internal static class EnergyCsv
{
    public static string Write(EnergyView view, PlanContent plan)
    {
        var csv = new StringBuilder();
        csv.CsvLine(["from", "element", "name", "what", "unit", "value", "knowledge"]);
        for (var hour = 0; hour < plan.Hours; hour++)
        {
            void Line(string element, string what, string unit, double value, Knowledge? knowledge = null) =>
                csv.CsvLine([plan.At(hour).ToString(), element, Texts.WithoutSoftHyphens(view.NameOf(element)), what, unit, value.ToString("0.######", CultureInfo.InvariantCulture), knowledge?.ToString().ToLowerInvariant()]);
            foreach (var (element, levels) in plan.Levels)
            {
                Line(element, "power", "kW", levels[hour]);
            }

            foreach (var (store, powers) in plan.StorePowers)
            {
                Line(store, "charge", "kW", powers[hour]);
                Line(store, "held", "kWh", plan.StoreLevels[store][hour]);
            }

            foreach (var (bus, prices) in plan.Prices)
            {
                Line(bus, "marginal price", "EUR/MWh", prices[hour]);
            }

            foreach (var (grid, market) in plan.Market)
            {
                Line(grid, "market price", "EUR/MWh", market.Values[hour], market.Knowledge[hour]);
            }

            foreach (var (grid, intensity) in plan.Intensity)
            {
                Line(grid, "intensity", "g{CO2e}/kWh", intensity.Values[hour], intensity.Knowledge[hour]);
            }

            Line("weather", "temperature", "Cel", plan.Temperature.Values[hour], plan.Temperature.Knowledge[hour]);
        }

        return csv.ToString();
    }
}
