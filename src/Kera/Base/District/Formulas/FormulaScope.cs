using Kera.Base.District.Reading;
using Kera.Flows;

namespace Kera.Base.District.Formulas;

/// <summary>The things that a formula can name, and the units they are counted in.</summary>
/// <param name="Specifications">Kinds of things.</param>
/// <param name="Resources">Things.</param>
/// <param name="Flows">Declared flows.</param>
/// <param name="Facts">The facts of district.yaml.</param>
public sealed record FormulaScope(
    IReadOnlyDictionary<string, DistrictResourceSpecification> Specifications,
    IReadOnlyDictionary<string, DistrictResource> Resources,
    IReadOnlyDictionary<string, DistrictFlow> Flows,
    IReadOnlyDictionary<string, DistrictFact> Facts)
{
    private static readonly Unit Hour = Unit.Find("h");

    /// <summary>The unit of a formula.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="error">Where units do not fit; null where they do.</param>
    /// <returns>The unit, or null where they do not fit or a key is not there.</returns>
    public FormulaUnit? UnitOf(Formula formula, out FormulaError? error)
    {
        error = null;
        return formula switch
        {
            FormulaNumber => FormulaUnit.One,
            FormulaOperation operation => UnitOf(operation, ref error),
            FormulaFact fact => Facts.GetValueOrDefault(fact.Key) is { } known ? Read(known.Unit) : null,
            FormulaSeries series => series.Unit,
            FormulaFigure figure => figure.Unit,
            FormulaTotal total => UnitOf(total, ref error),
            _ => null,
        };
    }

    /// <summary>The kind of thing that a total is of; null where its arguments name none.</summary>
    public DistrictResourceSpecification? SpecificationOf(FormulaTotal total)
    {
        var flow = total["flow"] is { } flowKey ? Flows.GetValueOrDefault(flowKey) : null;
        var resource = total["resource"] ?? flow?.Resource ?? flow?.ToResource;
        var key = total["specification"] ?? (resource is null ? flow?.Specification : Resources.GetValueOrDefault(resource)?.Specification);
        return key is null ? null : Specifications.GetValueOrDefault(key);
    }

    // What could not be read has been reported where it stands.
    private static FormulaUnit? Read(Unit unit) => unit.Dimension == EntryValues.UnreadDimension ? null : FormulaUnit.Of(unit);

    private FormulaUnit? UnitOf(FormulaOperation operation, ref FormulaError? error)
    {
        if (UnitOf(operation.Left, out error) is not { } left || UnitOf(operation.Right, out error) is not { } right)
        {
            return null;
        }

        switch (operation.Operator)
        {
            case FormulaOperator.Multiply:
                return FormulaUnit.Multiply(left, right);
            case FormulaOperator.Divide:
                return FormulaUnit.Divide(left, right);
            case var _ when left.Fits(right):
                return left;
            default:
                var adding = operation.Operator == FormulaOperator.Add;
                error = new FormulaError(
                    operation.Column,
                    $"{left} ({left.Dimension}) {(adding ? "plus" : "minus")} {right} ({right.Dimension}) is no sum",
                    "add and subtract only what is of one kind; divide, or multiply by a factor with the right unit");
                return null;
        }
    }

    private FormulaUnit? UnitOf(FormulaTotal total, ref FormulaError? error)
    {
        if (SpecificationOf(total) is not { } specification)
        {
            error = (total["specification"] ?? total["resource"] ?? total["flow"]) is not null ? null : new FormulaError(total.Column, "the total does not say of what it is", "name its specification, resource or flow, so that its unit is known");
            return null;
        }

        return Read(total.IsEffort ? specification.EffortUnit ?? Hour : specification.Unit);
    }
}
