using Kera.Base.Ledger;

namespace Kera.Base.District.Formulas;

/// <summary>Makes the functions of a formula out of their arguments.</summary>
internal static class FormulaCalls
{
    private static readonly string[] TotalNames = ["action", "specification", "process", "processKind", "place", "agent", "resource", "flow", "measure"];

    /// <summary>What the arguments of a function make; null with an error where they do not fit it.</summary>
    public static FormulaCall? Of(int column, string name, IReadOnlyList<FormulaArgument> arguments, out FormulaError? error)
    {
        error = null;
        return name == "total" ? Total(column, arguments, ref error) : OfKey(column, name, arguments, ref error);
    }

    private static FormulaTotal? Total(int column, IReadOnlyList<FormulaArgument> arguments, ref FormulaError? error)
    {
        foreach (var argument in arguments)
        {
            if (!TotalNames.Contains(argument.Name))
            {
                var remedy = argument.Name.Length == 0 ? $"write what it is: flow: {argument.Value}"
                    : Nearest.To(argument.Name, TotalNames) is { } nearest ? $"did you mean '{nearest}'?"
                    : $"use {string.Join(", ", TotalNames)}";
                return Fail<FormulaTotal>(argument, argument.Name.Length == 0 ? $"'{argument.Value}' stands without its name" : $"'total' has no '{argument.Name}'", remedy, out error);
            }

            if (arguments.First(first => first.Name == argument.Name) != argument)
            {
                return Fail<FormulaTotal>(argument, $"'{argument.Name}' is here twice", "keep one; the sum of two is written with +", out error);
            }

            if (argument is { Name: "measure", Value: not ("quantity" or "effort") })
            {
                return Fail<FormulaTotal>(argument, $"unknown measure '{argument.Value}'", "use quantity or effort", out error);
            }
        }

        return new FormulaTotal(column, arguments);
    }

    private static FormulaCall? OfKey(int column, string name, IReadOnlyList<FormulaArgument> arguments, ref FormulaError? error)
    {
        string[] known = name == "fact" ? [] : name == "figure" ? ["unit"] : ["unit", "of"];
        var key = arguments[0];
        if (key.Name.Length > 0)
        {
            return Fail<FormulaCall>(key, $"'{name}' begins with '{key.Name}'", $"write the key first: {name}({key.Value})", out error);
        }

        if (arguments.Skip(1).FirstOrDefault(argument => !known.Contains(argument.Name)) is { } stranger)
        {
            return Fail<FormulaCall>(stranger, $"'{name}' has no '{stranger.Name}'", known.Length == 0 ? "write the key alone" : $"use {string.Join(" and ", known)}", out error);
        }

        if (name == "fact")
        {
            return new FormulaFact(column, key.Value, key.Column);
        }

        var given = arguments.FirstOrDefault(argument => argument.Name == "unit");
        if (given is null || FormulaUnit.TryParse(given.Value) is not { } unit)
        {
            return Fail<FormulaCall>(
                given ?? key,
                given is null ? $"'{name}' does not say in which unit it is" : $"unknown unit '{given.Value}'",
                given is null ? $"write {name}({key.Value}, unit: kWh)" : FormulaUnit.Forms,
                out error);
        }

        var of = arguments.FirstOrDefault(argument => argument.Name == "of");
        return name == "figure" ? new FormulaFigure(column, key.Value, unit)
            : of is null or { Value: "sum" or "mean" } ? new FormulaSeries(column, key.Value, unit, of?.Value == "mean")
            : Fail<FormulaCall>(of, $"a Series has no '{of.Value}'", "use sum or mean", out error);
    }

    private static T? Fail<T>(FormulaArgument argument, string problem, string remedy, out FormulaError? error)
        where T : class
    {
        error = new FormulaError(argument.Column, problem, remedy);
        return null;
    }
}
