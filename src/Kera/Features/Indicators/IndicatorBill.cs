using Kera.Base.District.Formulas;
using Kera.Base.Figures;
using Kera.Flows;

namespace Kera.Features.Indicators;

/// <summary>A formula as a bill: what is added up, and what that is divided by.</summary>
internal sealed class IndicatorBill
{
    private readonly IReadOnlyDictionary<FormulaCall, CallValue> _values;
    private readonly Func<Formula, string> _words;

    private IndicatorBill(Formula sum, Formula? divisor, FormulaUnit? sumUnit, IReadOnlyDictionary<FormulaCall, CallValue> values, Func<Formula, string> words)
    {
        (_values, _words) = (values, words);
        Unit = sumUnit ?? UnitOf(sum) ?? FormulaUnit.One;
        var parts = new List<FigurePart>();
        Add(sum, 1, parts);
        Parts = [.. parts.OrderByDescending(part => part.Quantity)];
        Divisor = divisor is null ? null : Whole(divisor, UnitOf(divisor) ?? FormulaUnit.One, 1);
    }

    /// <summary>What is added up, in <see cref="Unit"/>, the largest first.</summary>
    public IReadOnlyList<FigurePart> Parts { get; }

    /// <summary>The unit of the parts.</summary>
    public FormulaUnit Unit { get; }

    /// <summary>What the sum is divided by; null where it is not.</summary>
    public FigurePart? Divisor { get; private init; }

    /// <summary>Makes the bill of a formula.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="unit">The unit of the result.</param>
    /// <param name="values">What its calls came to.</param>
    /// <param name="scale">What the result was multiplied by, for fewer days than the period has.</param>
    /// <param name="scaleLabel">How to say that.</param>
    /// <param name="words">A part of the formula in words.</param>
    public static IndicatorBill Of(Formula formula, FormulaUnit unit, IReadOnlyDictionary<FormulaCall, CallValue> values, double scale, string scaleLabel, Func<Formula, string> words)
    {
        var ratio = formula is FormulaOperation { Operator: FormulaOperator.Divide } division ? division : null;
        var bill = ratio is null ? new IndicatorBill(formula, null, unit, values, words) : new IndicatorBill(ratio.Left, ratio.Right, null, values, words);
        if (scale == 1)
        {
            return bill;
        }

        // Twice the time is half the divisor: what is divided by is residents and years.
        var divisor = bill.Divisor is { } by
            ? by with { Label = $"{by.Label} × {scaleLabel}", Quantity = Rounded(by.Quantity.ToDecimal() / (decimal)scale) }
            : new FigurePart(scaleLabel, Rounded(100 / (decimal)scale), "%", null, null);
        return new IndicatorBill(ratio?.Left ?? formula, null, bill.Unit, values, words) { Divisor = divisor };
    }

    private void Add(Formula formula, double times, List<FigurePart> parts)
    {
        switch (formula)
        {
            case FormulaOperation { Operator: FormulaOperator.Add } sum:
                Add(sum.Left, times, parts);
                Add(sum.Right, times, parts);
                break;
            case FormulaOperation { Operator: FormulaOperator.Subtract } difference:
                Add(difference.Left, times, parts);
                Add(difference.Right, -times, parts);
                break;
            case FormulaOperation { Operator: FormulaOperator.Multiply, Left: FormulaNumber number } product:
                Add(product.Right, times * (double)number.Value, parts);
                break;
            case FormulaCall call:
                var value = _values[call];
                parts.AddRange(value.Parts.Select(part => part with
                {
                    Quantity = ToQuantity((double)part.Quantity.ToDecimal() * (double)(FormulaUnit.TryParse(part.Unit) ?? value.Unit).Size * times / (double)Unit.Size),
                    Unit = Unit.Code,
                }));
                break;
            default:
                parts.Add(Whole(formula, Unit, times));
                break;
        }
    }

    private FigurePart Whole(Formula formula, FormulaUnit unit, double times)
    {
        var calls = formula.Calls.Select(call => _values[call]).ToList();
        var one = formula is FormulaCall ? calls[0].Parts : [];
        return new FigurePart(
            one is [var only] ? only.Label : _words(formula),
            ToQuantity(FormulaValues.Evaluate(formula, call => _values[call].Value) * times / (double)unit.Size),
            unit.Code,
            calls.Any(call => call.Quality is null) || calls.Count == 0 ? null : calls.Max(call => call.Quality),
            one is [{ Link: { } link }] ? link : calls.Select(call => call.Link).FirstOrDefault(found => found is not null));
    }

    // Of a sum, the unit in which its first part is told.
    private FormulaUnit? UnitOf(Formula formula) => formula switch
    {
        FormulaCall call => _values[call].Unit,
        FormulaOperation { Operator: FormulaOperator.Add or FormulaOperator.Subtract } sum => UnitOf(sum.Left) ?? UnitOf(sum.Right),
        FormulaOperation { Operator: FormulaOperator.Multiply } product => (UnitOf(product.Left), UnitOf(product.Right)) switch
        {
            ({ } left, { } right) => FormulaUnit.Multiply(left, right),
            var (left, right) => left ?? right,
        },
        FormulaOperation ratio => (UnitOf(ratio.Left), UnitOf(ratio.Right)) switch
        {
            ({ } left, { } right) => FormulaUnit.Divide(left, right),
            ({ } left, null) => left,
            (null, { } right) => FormulaUnit.Divide(FormulaUnit.One, right),
            _ => null,
        },
        _ => null,
    };

    /// <summary>An amount as a figure says it; the nearest that can be said where it is too large.</summary>
    public static Quantity ToQuantity(double value) => new((long)Math.Clamp(Math.Round(value * Quantity.One), -9e18, 9e18));

    private static Quantity Rounded(decimal value) => ToQuantity((double)Math.Round(value, 3));
}
