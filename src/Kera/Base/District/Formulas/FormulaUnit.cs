using System.Collections.Frozen;
using System.Globalization;
using Kera.Flows;

namespace Kera.Base.District.Formulas;

/// <summary>
/// The unit of a ratio or a product: powers of dimensions and an exact size. Counted things have no dimension, so that kilowatt-hours a
/// resident are kilowatt-hours.
/// </summary>
public sealed class FormulaUnit
{
    private const string Count = "count";

    private static readonly FrozenSet<string> Counted = new[] { "{resident}", "{job}" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly SortedDictionary<string, int> _powers;

    private FormulaUnit(string code, decimal size, SortedDictionary<string, int> powers) => (Code, Size, _powers) = (code, size, powers);

    /// <summary>The unit of a bare number.</summary>
    public static FormulaUnit One { get; } = new("1", 1, []);

    /// <summary>What a unit looks like, for a remedy.</summary>
    public static string Forms => "write a UCUM code such as kWh, kg or L, 1 or %, {resident} or {job}, or one divided by another: kWh/{resident}";

    /// <summary>As it is written: UCUM codes with <c>/</c> between, as <c>kWh/{resident}</c>.</summary>
    public string Code { get; }

    /// <summary>How many of the base units of its dimensions it is: 1000 for <c>MWh</c>, 0.01 for <c>%</c>.</summary>
    public decimal Size { get; }

    /// <summary>What is measured, in words for a message: <c>energy</c>, <c>energy / area</c>, <c>a number</c>.</summary>
    public string Dimension
    {
        get
        {
            var above = Side(power => power > 0);
            var below = Side(power => power < 0);
            return below.Length == 0 ? (above.Length == 0 ? "a number" : above) : $"{(above.Length == 0 ? "1" : above)} / {below}";
        }
    }

    /// <summary>Reads a unit.</summary>
    /// <returns>The unit, or null where a part of it is unknown.</returns>
    public static FormulaUnit? TryParse(string code)
    {
        FormulaUnit? read = null;
        foreach (var part in code.Split('/'))
        {
            if (PartOf(part.Trim()) is not { } unit)
            {
                return null;
            }

            read = read is null ? unit : Divide(read, unit);
        }

        return read is null ? null : new FormulaUnit(code, read.Size, read._powers);
    }

    /// <summary>A unit of the ledger.</summary>
    public static FormulaUnit Of(Unit unit) => new(
        unit.Code,
        (decimal)unit.Numerator / unit.Denominator,
        unit.Dimension == Count ? [] : new SortedDictionary<string, int>(StringComparer.Ordinal) { [unit.Dimension] = 1 });

    /// <summary>The product of two.</summary>
    public static FormulaUnit Multiply(FormulaUnit left, FormulaUnit right) => Combine($"{left.Code}.{right.Code}", left.Size * right.Size, left, right, 1);

    /// <summary>The ratio of two.</summary>
    public static FormulaUnit Divide(FormulaUnit left, FormulaUnit right) => Combine($"{left.Code}/{right.Code}", left.Size / right.Size, left, right, -1);

    /// <summary>Whether what is counted in one can be written in the other.</summary>
    public bool Fits(FormulaUnit other) => _powers.Count == other._powers.Count && _powers.All(power => other._powers.GetValueOrDefault(power.Key) == power.Value);

    /// <inheritdoc/>
    public override string ToString() => Code;

    private static FormulaUnit Combine(string code, decimal size, FormulaUnit left, FormulaUnit right, int sign)
    {
        var powers = new SortedDictionary<string, int>(left._powers, StringComparer.Ordinal);
        foreach (var (dimension, power) in right._powers)
        {
            var sum = powers.GetValueOrDefault(dimension) + (sign * power);
            if (sum == 0)
            {
                powers.Remove(dimension);
            }
            else
            {
                powers[dimension] = sum;
            }
        }

        return new FormulaUnit(code, size, powers);
    }

    // An annotation says of what something is counted and changes nothing: kg{CO2e} is kg.
    private static FormulaUnit? PartOf(string part)
    {
        if (part == "%")
        {
            return new FormulaUnit(part, 0.01m, []);
        }

        if (Counted.Contains(part))
        {
            return new FormulaUnit(part, 1, []);
        }

        var bare = part.EndsWith('}') && part.IndexOf('{', StringComparison.Ordinal) is var brace and > 0 ? part[..brace] : part;
        return Unit.TryFind(bare, out var unit) ? Of(unit) : null;
    }

    private string Side(Func<int, bool> wanted) => string.Join(" × ", _powers.Where(power => wanted(power.Value)).Select(power =>
        Math.Abs(power.Value) == 1 ? power.Key : string.Create(CultureInfo.InvariantCulture, $"{power.Key}^{Math.Abs(power.Value)}")));
}
