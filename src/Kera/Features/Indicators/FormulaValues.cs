using Kera.Base.District.Formulas;
using Kera.Base.Figures;
using Kera.Base.Ui;

namespace Kera.Features.Indicators;

/// <summary>What a call of a formula came to.</summary>
/// <param name="Value">In base units.</param>
/// <param name="Unit">The unit in which it is told.</param>
/// <param name="Parts">What it is the sum of.</param>
/// <param name="Quality">What it rests on; null where unsaid.</param>
internal sealed record CallValue(double Value, FormulaUnit Unit, IReadOnlyList<FigurePart> Parts, Quality? Quality)
{
    /// <summary>The first day recorded of it, if that lies within the period; null where nothing is missing at its beginning.</summary>
    public NodaTime.LocalDate? Begins { get; init; }

    /// <summary>The last day recorded of it, if its record stopped before the period did; null where nothing is missing at its end.</summary>
    public NodaTime.LocalDate? Ends { get; init; }

    /// <summary>The first day of what it is the sum of; null where it is no sum.</summary>
    public NodaTime.LocalDate? First { get; init; }

    /// <summary>Whether a day or a figure of it lacks hours that it has as a rule, so that it is not to be judged.</summary>
    public bool IsPartial { get; init; }

    /// <summary>How many events it is the sum of.</summary>
    public long Events { get; init; }

    /// <summary>A number from a source that it takes; null where it takes none.</summary>
    public FigureFactor? Factor { get; init; }

    /// <summary>What a figure that rests on no events rests on.</summary>
    public IReadOnlyList<FigureFactor> Factors { get; init; } = [];

    /// <summary>Where the events are shown; null where nowhere.</summary>
    public FigureLink? Link { get; init; }

    /// <summary>Of when it is, where it says so itself.</summary>
    public (NodaTime.Instant From, NodaTime.Instant Until)? Time { get; init; }
}

/// <summary>Works a formula out.</summary>
public static class FormulaValues
{
    /// <summary>What a formula comes to, in base units; no finite number where something is divided by nothing.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="valueOf">What each of its calls comes to, in base units.</param>
    public static double Evaluate(Formula formula, Func<FormulaCall, double> valueOf) => formula switch
    {
        FormulaNumber number => (double)number.Value,
        FormulaCall call => valueOf(call),
        FormulaOperation operation => (operation.Operator, Evaluate(operation.Left, valueOf), Evaluate(operation.Right, valueOf)) switch
        {
            (FormulaOperator.Add, var left, var right) => left + right,
            (FormulaOperator.Subtract, var left, var right) => left - right,
            (FormulaOperator.Multiply, var left, var right) => left * right,
            (_, var left, var right) => left / right,
        },
        _ => double.NaN,
    };
}
