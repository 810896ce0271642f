namespace Kera.Base.District.Formulas;

/// <summary>What an indicator is reckoned from: a tree of numbers, sums of the ledger, Series, Figures and facts.</summary>
/// <param name="Column">Where it begins in the formula's text, from 1.</param>
public abstract record Formula(int Column)
{
    /// <summary>All that it names, from left to right.</summary>
    public IEnumerable<FormulaCall> Calls => this switch
    {
        FormulaCall call => [call],
        FormulaOperation operation => operation.Left.Calls.Concat(operation.Right.Calls),
        _ => [],
    };

    /// <summary>
    /// How it grows with the length of its time: 1 where twice the time is twice as much, as of a sum; 0 where it stays, as of a ratio of
    /// sums or a fact; null where it does neither.
    /// </summary>
    public int? Growth => this switch
    {
        FormulaTotal => 1,
        FormulaSeries series => series.IsMean ? 0 : 1,
        FormulaOperation { Operator: FormulaOperator.Add or FormulaOperator.Subtract } sum => sum.Left.Growth == sum.Right.Growth ? sum.Left.Growth : null,
        FormulaOperation { Operator: FormulaOperator.Multiply } product => product.Left.Growth + product.Right.Growth,
        FormulaOperation ratio => ratio.Left.Growth - ratio.Right.Growth,
        _ => 0,
    };
}

/// <summary>A plain number.</summary>
public sealed record FormulaNumber(int Column, decimal Value) : Formula(Column);

/// <summary>The four operations.</summary>
public enum FormulaOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// <summary>Two formulas with an operation between them; the column is the operator's.</summary>
public sealed record FormulaOperation(int Column, FormulaOperator Operator, Formula Left, Formula Right) : Formula(Column);

/// <summary>Something from outside the formula.</summary>
public abstract record FormulaCall(int Column) : Formula(Column);

/// <summary>One <c>name: value</c> of a call.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The key or word.</param>
/// <param name="Column">Where the value begins, from 1.</param>
public sealed record FormulaArgument(string Name, string Value, int Column);

/// <summary>The sum of the flows that all its arguments fit, over the indicator's period.</summary>
public sealed record FormulaTotal(int Column, IReadOnlyList<FormulaArgument> Arguments) : FormulaCall(Column)
{
    /// <summary>The value of an argument; null where it is not there.</summary>
    public string? this[string name] => Arguments.FirstOrDefault(argument => argument.Name == name)?.Value;

    /// <summary>Whether hours of use or work are added up, and not what flowed.</summary>
    public bool IsEffort => this["measure"] == "effort";
}

/// <summary>The sum or the mean of a Series over the indicator's period.</summary>
public sealed record FormulaSeries(int Column, string Key, FormulaUnit Unit, bool IsMean) : FormulaCall(Column);

/// <summary>A Figure, by its name; a feature need not be there, and then it is a gap.</summary>
public sealed record FormulaFigure(int Column, string Key, FormulaUnit Unit) : FormulaCall(Column);

/// <summary>A fact of district.yaml.</summary>
/// <param name="Column">Where it begins.</param>
/// <param name="Key">The fact's key.</param>
/// <param name="KeyColumn">Where the key begins.</param>
public sealed record FormulaFact(int Column, string Key, int KeyColumn) : FormulaCall(Column);

/// <summary>What is wrong with a formula.</summary>
/// <param name="Column">Where, from 1.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What would be right.</param>
public sealed record FormulaError(int Column, string Problem, string Remedy);
