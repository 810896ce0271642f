using Kera.Base.District.Formulas;
using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Base.District.Reading;

/// <summary>Reads the formula of an indicator: its grammar, the keys that it names, and its units.</summary>
internal sealed class FormulaReader(FormulaScope scope)
{
    // Figures that are made of formulas: one would go round in circles.
    private const string OwnFigures = "indicator.";

    /// <summary>The formula in a field; null where there is none or something is wrong, which is then reported.</summary>
    /// <param name="entry">The indicator.</param>
    /// <param name="wanted">The unit that the formula must have; null where it could not be read.</param>
    public Formula? Read(Entry entry, FormulaUnit? wanted)
    {
        if (entry.OptionalScalar("formula") is not { } node)
        {
            return null;
        }

        var formula = FormulaParser.Parse(node.Text, out var error);
        if (formula is null)
        {
            Report(error!);
            return null;
        }

        var unknown = formula.Calls.SelectMany(call => Unknown(entry, call)).ToList();
        unknown.ForEach(Report);
        if (unknown.Count > 0 || scope.UnitOf(formula, out error) is not { } unit)
        {
            if (error is not null)
            {
                Report(error);
            }

            return null;
        }

        if (wanted is not null && !unit.Fits(wanted))
        {
            entry.Report.Add(node, $"the formula gives {unit} ({unit.Dimension}), but the indicator is in {wanted} ({wanted.Dimension})", "mend the formula or the indicator's unit");
        }

        return formula;

        void Report(FormulaError wrong) => entry.Report.Add(node.Line, node.Column, $"{wrong.Problem} (column {wrong.Column} of the formula)", wrong.Remedy);
    }

    private IEnumerable<FormulaError> Unknown(Entry entry, FormulaCall call) => call switch
    {
        FormulaTotal total => total.Arguments.Select(argument => UnknownIn(entry, argument)).OfType<FormulaError>(),
        FormulaFact fact when !entry.Keys.Has(Noun.Fact, fact.Key) => [Missing(entry, Noun.Fact, fact.Key, fact.KeyColumn)],
        FormulaFigure figure when figure.Key.StartsWith(OwnFigures, StringComparison.Ordinal) =>
            [new FormulaError(figure.Column, $"'{figure.Key}' is an indicator itself", "write its formula here, so that no indicator goes round in circles")],
        _ => [],
    };

    private FormulaError? UnknownIn(Entry entry, FormulaArgument argument)
    {
        switch (argument.Name)
        {
            case "action":
                var names = FlowAction.All.Select(action => action.Name).ToList();
                return names.Contains(argument.Value) ? null : new FormulaError(
                    argument.Column,
                    $"unknown action '{argument.Value}'",
                    Nearest.To(argument.Value, names) is { } nearest ? $"did you mean '{nearest}'?" : $"use {Entry.OneOf(names)}");
            case "flow" when scope.Flows.TryGetValue(argument.Value, out var flow) && flow.Target == DistrictFlowTarget.Series:
                return new FormulaError(argument.Column, $"the flow '{argument.Value}' is a Series, not in the ledger", $"write series({argument.Value}, unit: {flow.Unit})");
            case "measure":
                return null;
        }

        var noun = argument.Name switch
        {
            "specification" => Noun.ResourceSpecification,
            "process" => Noun.Process,
            "processKind" => Noun.ProcessSpecification,
            "place" => Noun.Place,
            "agent" => Noun.Agent,
            "resource" => Noun.Resource,
            _ => Noun.Flow,
        };
        return entry.Keys.Has(noun, argument.Value) ? null : Missing(entry, noun, argument.Value, argument.Column);
    }

    private static FormulaError Missing(Entry entry, Noun noun, string key, int column) => new(
        column,
        $"the formula names the unknown {noun.InWords()} '{key}'",
        Nearest.To(key, entry.Keys.Of(noun)) is { } nearest ? $"did you mean '{nearest}'?" : $"declare the {noun.InWords()}, or name one that is there");
}
