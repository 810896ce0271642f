using System.Globalization;
using Kera.Base.Figures;
using Kera.Base.Ui;
using Kera.Flows;

namespace Kera.Features.Energy;

/// <summary>Says what is tried, what is wrong with it and what comes of it, in the reader's language.</summary>
public sealed class WhatIfWords(PageContext page, EnergyView view)
{
    // The solver stops within a share of the best; what two plans differ by less than that is no difference.
    private const double Alike = 1e-4;

    private Texts T => page.Texts;

    /// <summary>What a lever is called, with its unit.</summary>
    public string Name(Lever lever) => WithUnit(T.Format($"energy.lever.{lever.Word}", ("element", view.NameOf(lever.Element))), lever.Unit);

    /// <summary>What a row of the comparison is called, with its unit.</summary>
    public string Name(ComparisonRow row) => WithUnit(T.Format($"energy.tried.row.{row.Word}", ("element", view.NameOf(row.Element))), row.Unit);

    /// <summary>A number as a text says it.</summary>
    public string Number(decimal number) => page.Formats.Number(new Quantity((long)(number * Quantity.One)));

    /// <summary>What stands in a lever's field: what was typed, else the number as one would type it.</summary>
    public string Typed(WhatIfQuestion question, Lever lever)
    {
        var typed = question.Typed.GetValueOrDefault(lever.Name) ?? lever.Present.ToString("0.######", CultureInfo.InvariantCulture);
        return page.Language == Language.English || question.Faults.ContainsKey(lever.Name) ? typed : typed.Replace('.', ',');
    }

    /// <summary>What is wrong with a field; null for nothing.</summary>
    public string? Fault(WhatIfQuestion question, string field, Lever? lever) =>
        question.Faults.TryGetValue(field, out var fault)
            ? T.Format($"energy.tried.fault.{fault}", ("least", Number(lever?.Least ?? 0)), ("most", Number(lever?.Most ?? 0)))
            : null;

    /// <summary>What the tried plan differs by, in a few words: carbon, then cost.</summary>
    public string Difference(Comparison comparison)
    {
        var (present, tried) = (comparison.Present.Plan, comparison.Tried.Plan);
        var carbon = present.Carbon is { } before && tried.Carbon is { } after
            ? Said("carbon", before, after, "kg{CO2e}")
            : T["energy.tried.carbon.unknown"];
        return $"{carbon}, {Said("cost", present.Cost, tried.Cost, "EUR")}";
    }

    private string Said(string what, double before, double after, string unit)
    {
        var difference = after - before;
        return Math.Abs(difference) <= Math.Max(0.5, Alike * Math.Abs(before))
            ? T.Of("energy.tried.same", what)
            : T.Format($"energy.tried.{(difference > 0 ? "more" : "less")}.{what}", ("amount", page.Formats.Prose(RoundedQuantity.Of(Math.Abs(difference), 3), unit)));
    }

    private string WithUnit(string name, string unit) => unit.Length == 0 ? name : $"{name}, {page.Formats.Unit(unit)}";
}
