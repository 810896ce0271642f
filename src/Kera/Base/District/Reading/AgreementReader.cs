using Kera.Base.District.Formulas;
using Kera.Flows;

namespace Kera.Base.District.Reading;

/// <summary>Reads agreements and commitments.</summary>
internal sealed class AgreementReader(
    IReadOnlyDictionary<string, DistrictResourceSpecification> specifications,
    IReadOnlyDictionary<string, DistrictResource> resources,
    IReadOnlyDictionary<string, DistrictIndicator> indicators)
{
    // Of all agreements: a target's key stands in the chain.
    private readonly HashSet<string> targetKeys = new(StringComparer.Ordinal);

    public DistrictAgreement Agreement(Entry entry)
    {
        var goals = new OrderedDictionary<string, DistrictGoal>(StringComparer.Ordinal);
        foreach (var child in entry.Children("goals", "goal"))
        {
            var goal = new DistrictGoal(child.Key(), child.Localized("name"), child.OptionalDate("due"));
            child.Done();
            if (!goals.TryAdd(goal.Key, goal) && goal.Key.Length > 0)
            {
                child.Report.Add(child.Node.Field("key")!, $"the goal '{goal.Key}' is here twice", "give one of them another key, or remove it");
            }
        }

        var parties = entry.OptionalReferences("parties", Noun.Agent);
        if (parties.Distinct(StringComparer.Ordinal).Count() < 2)
        {
            entry.Report.Add(entry.Node.Field("parties") ?? entry.Node, "an agreement has two parties at least", "list the agents that made it: parties: [..., ...]");
        }

        return new DistrictAgreement(entry.Key(), entry.Localized("name"), entry.OptionalDate("date"), parties, [.. goals.Values], entry.Sources())
        {
            Targets = [.. entry.Children("targets", "target").Select(Target)],
        };
    }

    private Target Target(Entry entry)
    {
        var unit = IndicatorReader.Unit(entry);
        var target = new Target(
            entry.Key(),
            entry.Localized("name"),
            entry.Reference("indicator", Noun.Indicator),
            entry.Choice<TargetComparator>("comparator"),
            entry.Number("value"),
            unit ?? FormulaUnit.One,
            IndicatorReader.Year(entry, "by", entry.OptionalScalar("by")),
            entry.Sources());
        if (!targetKeys.Add(target.Key) && target.Key.Length > 0)
        {
            entry.Report.Add(entry.Node.Field("key")!, $"the target '{target.Key}' is here twice", "give one of them another key, or remove it");
        }

        if (unit is not null && indicators.TryGetValue(target.Indicator, out var indicator) && !unit.Fits(indicator.Unit))
        {
            entry.Report.Add(entry.Node.Field("unit")!, $"the target is in {unit} ({unit.Dimension}), but the indicator '{indicator.Key}' is in {indicator.Unit} ({indicator.Unit.Dimension})", $"give it in {indicator.Unit}");
        }

        entry.Done();
        return target;
    }

    public DistrictCommitment Commitment(Entry entry)
    {
        var commitment = new DistrictCommitment(
            entry.Key(),
            entry.Localized("name"),
            entry.Reference("clauseOf", Noun.Agreement),
            entry.Action() ?? FlowAction.All[0],
            entry.Reference("provider", Noun.Agent),
            entry.Reference("receiver", Noun.Agent),
            entry.Reference("resourceConformsTo", Noun.ResourceSpecification),
            entry.OptionalReference("resourceInventoriedAs", Noun.Resource),
            entry.OptionalMeasure("resourceQuantity"),
            entry.OptionalMeasure("effortQuantity"),
            entry.OptionalDate("due"),
            entry.Sources());
        if (commitment is { ResourceQuantity: null, EffortQuantity: null })
        {
            entry.Report.Add(entry.Node, "the commitment promises no quantity", "add resourceQuantity or effortQuantity: a promise that is no flow belongs among the agreement's goals");
        }

        if (!specifications.TryGetValue(commitment.Specification, out var specification))
        {
            return commitment;
        }

        if (commitment.Resource is { } key && resources.TryGetValue(key, out var resource) && resource.Specification != specification.Key)
        {
            entry.Report.Add(entry.Node.Field("resourceInventoriedAs")!, $"the resource '{key}' is of the specification '{resource.Specification}'", $"name one of '{specification.Key}', or mend resourceConformsTo");
        }

        MeasureUnits.Check(entry, "resourceQuantity", commitment.ResourceQuantity, specification.Unit, specification.Key);
        MeasureUnits.Check(entry, "effortQuantity", commitment.EffortQuantity, specification.EffortUnit ?? Unit.Find("h"), specification.Key);
        return commitment;
    }
}
