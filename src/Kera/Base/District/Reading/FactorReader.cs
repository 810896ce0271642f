using System.Globalization;
using Kera.Carbon;
using NodaTime;

namespace Kera.Base.District.Reading;

/// <summary>Reads emission factors: a line each, with the columns of docs/concepts/district.md.</summary>
internal static class FactorReader
{
    private const string KeyRule = "use small letters a-z, digits and hyphens, in words with points between: electricity.wind";

    private static readonly string[] Gases = ["CO2e", "CO2", "biogenicCO2", "CH4", "N2O", "HFC", "PFC", "SF6", "NF3"];
    private static readonly string[] GwpSets = ["AR4", "AR5", "AR6", "unstated"];

    public static EmissionFactor Factor(Entry entry)
    {
        var key = Key(entry);
        var perKilogram = entry.Word("mass", ["g", "kg", "t"]) switch { "g" => 1e-3, "t" => 1e3, _ => 1.0 };
        var gas = entry.Word("gas", Gases);
        var (from, to) = (entry.Date("from"), entry.OptionalDate("to"));
        DateOrder.Check(entry, from, to);
        return new EmissionFactor(
            key,
            Value(entry) * perKilogram,
            gas,
            entry.Unit("unit").Code,
            entry.Choice<FactorStage>("stage"),
            entry.Choice<FactorMethod>("method"),
            entry.OptionalText("allocation", 200),
            entry.Text("region", "write of where it is: FI, Espoo, global", 100),
            Day(from.First),
            to is null ? null : Day(to.Last),
            entry.Choice<FactorQuality>("quality"),
            GwpSet(entry, gas),
            entry.Text("source", "write where the number is from, with the year of its data", 500));
    }

    /// <summary>By what a factor is one: with another unit, gas, stage, method, region or beginning it is another.</summary>
    public static string Identity(EmissionFactor factor) =>
        string.Create(CultureInfo.InvariantCulture, $"{factor.Key} in {factor.Gas} a {factor.Unit}, {factor.Stage}, {factor.Method}, {factor.Region}, from {factor.From:yyyy-MM-dd}");

    private static string Key(Entry entry)
    {
        var node = entry.RequiredScalar("key", KeyRule);
        if (node is not null && (node.Text.Length > 100 || !node.Text.Split('.').All(EntryKey.IsValid)))
        {
            entry.Report.Add(node, $"'{node.Text}' is no key of a factor", KeyRule);
        }

        return node?.Text ?? "";
    }

    private static double Value(Entry entry)
    {
        const string remedy = "write digits with a point for decimals: 12.5";
        var node = entry.RequiredScalar("value", remedy);
        if (node is not null && double.TryParse(node.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            return value;
        }

        if (node is not null)
        {
            entry.Report.Add(node, $"'value' is '{node.Text}', which is no number", remedy);
        }

        return 0;
    }

    // Only a sum of gases has a set of potentials, and it always has one.
    private static string? GwpSet(Entry entry, string gas)
    {
        if (gas == "CO2e")
        {
            return entry.Word("gwp", GwpSets);
        }

        if (entry.OptionalScalar("gwp") is { } node && Gases.Contains(gas))
        {
            entry.Report.Add(node, $"'gwp' is for CO2e, and this is {gas}", "leave it empty");
        }

        return null;
    }

    private static DateOnly Day(LocalDate day) => new(day.Year, day.Month, day.Day);
}
