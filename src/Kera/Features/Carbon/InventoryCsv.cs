using System.Globalization;
using System.Text;
using Kera.Base.Ui;

namespace Kera.Features.Carbon;

/// <summary>The inventory in the order of the protocol's reporting table (eCRF), as comma-separated values; amounts in tonnes.</summary>
public static class InventoryCsv
{
    private static readonly string[] Gases = ["CO2", "CH4", "N2O", "HFC", "PFC", "SF6", "NF3"];

    /// <summary>Writes an inventory.</summary>
    public static string Write(Inventory inventory, PageContext page)
    {
        var csv = new StringBuilder();
        csv.CsvLine(["GPC ref No.", "Scope", "GHG emissions source", "Notation key", .. Gases, "Total tonnes CO2e", "CO2(b)", "AD data quality", "EF data quality", "BASIC", "Explanation"]);
        foreach (var line in inventory.Lines)
        {
            csv.CsvLine(
            [
                line.Reference,
                line.Scope.ToString(CultureInfo.InvariantCulture),
                page.Texts.Plain($"inventory.{line.Subsector}"),
                line.Notation,
                .. Gases.Select(gas => line.Gases.TryGetValue(gas, out var kilograms) ? Tonnes(kilograms) : null),
                line.Kilograms is { } total ? Tonnes(total) : null,
                line.Biogenic > 0 ? Tonnes(line.Biogenic) : null,
                // High, medium, low, as the protocol grades: measured, printed or estimated, made up.
                line.Quality switch { Quality.Measured => "H", Quality.Printed or Quality.Estimated => "M", Quality.Synthetic => "L", _ => null },
                line.Kilograms is null ? null : "M",
                line.Basic ? "yes" : "no",
                Explanation(line, page),
            ]);
        }

        return csv.ToString();
    }

    /// <summary>Why a row has no number, or lacks a part; empty where nothing is missing.</summary>
    public static string Explanation(InventoryLine line, PageContext page) =>
        line.Kilograms is not null ? line.NoFactor ? page.Texts.Plain("inventory.partly") : "" : line.NoFactor ? page.Texts.Plain("inventory.noFactor") : line.Reason?.In(page.Language.Code) ?? page.Texts.Plain("inventory.unsaid");

    private static string Tonnes(double kilograms) => (kilograms / 1_000).ToString("0.######", CultureInfo.InvariantCulture);
}
