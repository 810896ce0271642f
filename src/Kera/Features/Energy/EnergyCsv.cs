using System.Globalization;
using System.Text;
using Kera.Base.Ui;

namespace Kera.Features.Energy;

/// <summary>Plans as comma-separated values, a line for each element and hour.</summary>
internal static class EnergyCsv
{
    private static readonly string[] Columns = ["from", "element", "name", "what", "unit", "value", "low", "high", "knowledge"];

    public static string Write(EnergyView view, PlanContent plan)
    {
        var csv = new StringBuilder();
        csv.CsvLine(Columns);
        Write(view, plan, csv.CsvLine);
        return csv.ToString();
    }

    /// <summary>Two plans of the same hours, each line with the plan that it is of.</summary>
    public static string Write(EnergyView view, PlanContent present, PlanContent tried)
    {
        var csv = new StringBuilder();
        csv.CsvLine(["plan", .. Columns]);
        Write(view, present, line => csv.CsvLine(["present", .. line]));
        Write(view, tried, line => csv.CsvLine(["tried", .. line]));
        return csv.ToString();
    }

    private static void Write(EnergyView view, PlanContent plan, Action<IEnumerable<string?>> add)
    {
        for (var hour = 0; hour < plan.Hours; hour++)
        {
            void Line(string element, string what, string unit, double value) =>
                add([plan.At(hour).ToString(), element, Texts.WithoutSoftHyphens(view.NameOf(element)), what, unit, Written(value), null, null, null]);
            void Ahead(string element, string what, string unit, HourNumbers numbers) =>
                add([plan.At(hour).ToString(), element, Texts.WithoutSoftHyphens(view.NameOf(element)), what, unit, Written(numbers.Values[hour]), Written(numbers.Low?[hour]), Written(numbers.High?[hour]), numbers.Knowledge[hour].ToString().ToLowerInvariant()]);
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
                Line(bus, "marginal price", plan.PriceUnit, prices[hour]);
            }

            foreach (var (grid, market) in plan.Market)
            {
                Ahead(grid, "market price", "EUR/MWh", market);
            }

            foreach (var (grid, intensity) in plan.Intensity)
            {
                Ahead(grid, "intensity", "g{CO2e}/kWh", intensity);
            }

            Ahead("weather", "temperature", "Cel", plan.Temperature);
            foreach (var (element, forecast) in plan.Forecasts)
            {
                Ahead(element, "forecast", "kW", forecast);
            }
        }
    }

    private static string? Written(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);
}
