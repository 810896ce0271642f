using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Kera.Flows;

/// <summary>A unit of measure: a UCUM code, its OM 2 name, and its exact size in the base unit of its dimension.</summary>
/// <param name="Code">The UCUM code, as in <c>kWh</c>, or <c>1</c> for a counted thing.</param>
/// <param name="OmName">The name in the Ontology of units of Measure 2, or null where OM has none.</param>
/// <param name="Dimension">What is measured; only units of one dimension convert into each other.</param>
/// <param name="Numerator">The size in base units is Numerator / Denominator.</param>
/// <param name="Denominator">See <paramref name="Numerator"/>.</param>
public sealed record Unit(string Code, string? OmName, string Dimension, long Numerator, long Denominator)
{
    private static readonly FrozenDictionary<string, Unit> Known = new Unit[]
    {
        new("1", "one", "count", 1, 1),
        new("g", "gram", "mass", 1, 1_000),
        new("kg", "kilogram", "mass", 1, 1),
        new("t", "tonne", "mass", 1_000, 1),
        new("Wh", "watthour", "energy", 1, 1_000),
        new("kWh", "kilowattHour", "energy", 1, 1),
        new("MWh", "megawattHour", "energy", 1_000, 1),
        new("GWh", "gigawattHour", "energy", 1_000_000, 1),
        new("J", "joule", "energy", 1, 3_600_000),
        new("MJ", "megajoule", "energy", 1_000, 3_600),
        new("W", "watt", "power", 1, 1_000),
        new("kW", "kilowatt", "power", 1, 1),
        new("MW", "megawatt", "power", 1_000, 1),
        new("mL", "millilitre", "volume", 1, 1_000_000),
        new("L", "litre", "volume", 1, 1_000),
        new("m3", "cubicMetre", "volume", 1, 1),
        new("m2", "squareMetre", "area", 1, 1),
        new("har", "hectare", "area", 10_000, 1),
        new("m", "metre", "length", 1, 1),
        new("km", "kilometre", "length", 1_000, 1),
        new("s", "second-Time", "time", 1, 3_600),
        new("min", "minute-Time", "time", 1, 60),
        new("h", "hour", "time", 1, 1),
        new("d", "day", "time", 24, 1),
        new("{person}.km", null, "passenger transport", 1, 1),
        new("t.km", null, "freight transport", 1, 1),
        new("EUR", "euro", "money", 1, 1),
        // Of all gases together by their warming potentials: never the mass of one gas, so that the two cannot be added.
        new("g{CO2e}", null, "carbon dioxide equivalent", 1, 1_000),
        new("kg{CO2e}", null, "carbon dioxide equivalent", 1, 1),
        new("t{CO2e}", null, "carbon dioxide equivalent", 1_000, 1),
        new("g{CO2e}/kWh", null, "emission intensity of energy", 1, 1),
        new("g{CO2e}/kg", null, "emission intensity of mass", 1, 1),
        new("g{CO2e}/m3", null, "emission intensity of volume", 1, 1),
        new("g{CO2e}/h", null, "emission intensity of time", 1, 1),
        new("EUR/MWh", null, "price of energy", 1, 1),
        // Alone in its dimension: a kelvin is as large, but its zero is elsewhere, and sizes alone do not convert the two.
        new("Cel", "degreeCelsius", "temperature", 1, 1),
        new("W/m2", "wattPerSquareMetre", "irradiance", 1, 1),
        new("m/s", "metrePerSecond-Time", "speed", 1, 1),
    }.ToFrozenDictionary(unit => unit.Code, StringComparer.Ordinal);

    /// <summary>Every unit that Kera knows, by code.</summary>
    public static IEnumerable<Unit> All => Known.Values.OrderBy(unit => unit.Dimension, StringComparer.Ordinal).ThenBy(unit => unit.Code, StringComparer.Ordinal);

    /// <summary>Finds a unit by its UCUM code (case counts: <c>kWh</c>, not <c>KWH</c>).</summary>
    public static bool TryFind(string code, [NotNullWhen(true)] out Unit? unit) => Known.TryGetValue(code, out unit);

    /// <summary>Finds a unit that the code itself names.</summary>
    /// <exception cref="KeyNotFoundException">There is no such unit.</exception>
    public static Unit Find(string code) => Known[code];

    /// <summary>Converts an amount exactly into another unit of the same dimension.</summary>
    /// <returns>The amount, or null where the dimension differs, or where the result would need more than six decimals or does not fit.</returns>
    public Quantity? ConvertTo(Unit target, Quantity quantity)
    {
        if (ReferenceEquals(this, target) || Code == target.Code)
        {
            return quantity;
        }

        if (Dimension != target.Dimension)
        {
            return null;
        }

        var numerator = (Int128)quantity.Millionths * Numerator * target.Denominator;
        var denominator = (Int128)Denominator * target.Numerator;
        var (quotient, remainder) = Int128.DivRem(numerator, denominator);
        return remainder != 0 || quotient > long.MaxValue || quotient < -long.MaxValue ? null : new Quantity((long)quotient);
    }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
