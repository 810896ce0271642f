using System.Globalization;
using Kera.Base.District;
using Kera.Base.District.Formulas;
using Kera.Base.Ui;

namespace Kera.Features.Indicators;

/// <summary>Says a formula in the reader's language: names where the file has keys.</summary>
internal sealed class FormulaWords(DistrictModel district, Language language, Func<string, string?> figureName)
{
    private readonly Texts _texts = Texts.For(language);

    /// <summary>The formula with names.</summary>
    public string Of(Formula formula) => Of(formula, 0);

    private string Of(Formula formula, int within) => formula switch
    {
        FormulaNumber number => number.Value.ToString(CultureInfo.InvariantCulture),
        FormulaOperation operation => Operation(operation, within),
        FormulaTotal total => $"[{Total(total)}]",
        FormulaFact fact => $"[{district.Facts[fact.Key].Name.In(language.Code)}]",
        FormulaFigure figure => $"[{figureName(figure.Key) ?? figure.Key}]",
        FormulaSeries series => $"[{(district.Flows.TryGetValue(series.Key, out var flow) ? flow.Name.In(language.Code) : series.Key)}]",
        _ => "",
    };

    private string Operation(FormulaOperation operation, int within)
    {
        var (sign, rank) = operation.Operator switch
        {
            FormulaOperator.Add => ("+", 1),
            FormulaOperator.Subtract => ("\u2212", 1),
            FormulaOperator.Multiply => ("×", 2),
            _ => ("÷", 2),
        };
        var text = $"{Of(operation.Left, rank)} {sign} {Of(operation.Right, rank + 1)}";
        return rank < within ? $"({text})" : text;
    }

    private string Total(FormulaTotal total) => string.Join(" · ", total.Arguments.Where(argument => argument.Name != "measure").Select(argument => argument.Name switch
    {
        "action" => _texts.Of("action", argument.Value),
        "specification" => In(district.ResourceSpecifications[argument.Value].Name),
        "process" => In(district.Processes[argument.Value].Name),
        "processKind" => In(district.ProcessSpecifications[argument.Value].Name),
        "place" => In(district.Places[argument.Value].Name),
        "agent" => In(district.Agents[argument.Value].Name),
        "resource" => In(district.Resources[argument.Value].Name),
        _ => In(district.Flows[argument.Value].Name),
    }));

    private string In(LocalizedText text) => text.In(language.Code);
}
