using Kera.Flows;

namespace Kera.Base.District.Reading;

/// <summary>Reads the declared flows, and checks that the ledger can take their readings.</summary>
internal sealed class FlowReader(
    IReadOnlyDictionary<string, DistrictAgent> agents,
    IReadOnlyDictionary<string, DistrictResource> resources,
    IReadOnlyDictionary<string, DistrictProcess> processes,
    IReadOnlyDictionary<string, DistrictResourceSpecification> specifications)
{
    private static readonly string[] LedgerFields = ["action", "provider", "receiver", "resource", "toResource", "specification", "process"];

    public DistrictFlow Flow(Entry entry)
    {
        var target = entry.Choice<DistrictFlowTarget>("target");
        var flow = new DistrictFlow
        {
            Key = entry.Key(),
            Name = entry.Name(),
            Target = target,
            Label = entry.Choice<DistrictFlowLabel>("label"),
            Unit = entry.Unit("unit"),
            Place = entry.OptionalReference("place", Noun.Place),
            Audience = target == DistrictFlowTarget.Ledger ? entry.Audience() : entry.Audience(missing: []),
            Owner = entry.OptionalReference("owner", Noun.Agent),
        };
        return target == DistrictFlowTarget.Ledger ? Ledger(entry, flow) : Series(entry, flow);
    }

    private static DistrictFlow Series(Entry entry, DistrictFlow flow)
    {
        foreach (var name in LedgerFields)
        {
            if (entry.Optional(name) is { } node)
            {
                entry.Report.Add(node, $"'{name}' is only for a flow into the ledger", "remove it, or write target: ledger");
            }
        }

        return flow;
    }

    private DistrictFlow Ledger(Entry entry, DistrictFlow flow)
    {
        if (entry.Action() is not { } action)
        {
            entry.Ignore(LedgerFields);
            return flow;
        }

        // Work and services are of a kind; every other action is of a thing.
        var ofKind = action.InputOutput == InputOutput.OutputInput || action.EventQuantity == EventQuantity.Effort;
        var provider = entry.Reference("provider", Noun.Agent);
        var toResource = entry.OptionalReference("toResource", Noun.Resource);
        // Only an import names nothing but where it goes; whether a network's provider is outside is checked below.
        var import = toResource is not null && (IsNetwork(toResource) || !agents.TryGetValue(provider, out var from) || from.Outside);
        var complete = flow with
        {
            Action = action,
            Provider = provider,
            Receiver = entry.Reference("receiver", Noun.Agent),
            Resource = ofKind || import ? entry.OptionalReference("resource", Noun.Resource) : entry.Reference("resource", Noun.Resource),
            ToResource = toResource,
            Specification = ofKind ? entry.Reference("specification", Noun.ResourceSpecification) : entry.OptionalReference("specification", Noun.ResourceSpecification),
            Process = action.InputOutput == InputOutput.NotApplicable ? entry.OptionalReference("process", Noun.Process) : entry.Reference("process", Noun.Process),
        };
        CheckFields(entry, complete, action, ofKind);
        CheckUnit(entry, complete, action);
        CheckNetwork(entry, complete.Resource, complete.Provider, complete.Receiver!, takenOut: action.InputOutput != InputOutput.Output, action);
        CheckNetwork(entry, complete.ToResource, complete.Provider, complete.Receiver!, takenOut: false, action);
        return complete;
    }

    private void CheckFields(Entry entry, DistrictFlow flow, FlowAction action, bool ofKind)
    {
        if (action is { InputOutput: InputOutput.NotApplicable, CreateResource: CreateResource.Optional })
        {
            entry.Report.Add(entry.Node.Field("action")!, $"'{action}' is a count, which needs a reason each time", "declare what is metered, such as produce or consume; counts are recorded as events");
        }

        Refuse(entry, "process", flow.Process is not null && action.InputOutput == InputOutput.NotApplicable, $"'{action}' has no process");
        Refuse(entry, "resource", flow.Resource is not null && ofKind, $"'{action}' is of a kind, not of a resource");
        Refuse(entry, "specification", flow.Specification is not null && !ofKind, $"'{action}' is of a resource, which says of what kind it is");
        Refuse(entry, "toResource", flow.ToResource is not null && action.CreateResource != CreateResource.OptionalTo, $"'{action}' goes to no other resource");
        if (flow.Process is { } key && processes.TryGetValue(key, out var process) && !process.Continuous)
        {
            entry.Report.Add(entry.Node.Field("process")!, $"the process '{key}' is not continuous, but a metered flow goes on", "name a process with continuous: true");
        }
    }

    private bool IsNetwork(string resource) => resources.TryGetValue(resource, out var known) && known.Network is not null;

    private static void Refuse(Entry entry, string name, bool wrong, string problem)
    {
        if (wrong)
        {
            entry.Report.Add(entry.Node.Field(name)!, $"'{name}' is here, but {problem}", "remove it, or choose another action");
        }
    }

    private void CheckUnit(Entry entry, DistrictFlow flow, FlowAction action)
    {
        var key = (flow.Resource ?? flow.ToResource) is { } resource ? resources.GetValueOrDefault(resource)?.Specification : flow.Specification;
        if (key is null || !specifications.TryGetValue(key, out var specification))
        {
            return;
        }

        var effort = specification.EffortUnit ?? Unit.Find("h");
        var wanted = action.EventQuantity == EventQuantity.Effort || (action.EventQuantity == EventQuantity.Both && flow.Unit.Dimension == effort.Dimension)
            ? effort
            : specification.Unit;
        MeasureUnits.Check(entry, entry.Node.Field("unit"), flow.Unit, wanted, key);
    }

    private void CheckNetwork(Entry entry, string? key, string provider, string receiver, bool takenOut, FlowAction action)
    {
        if (key is null || !resources.TryGetValue(key, out var resource) || resource.Network is not { } network)
        {
            return;
        }

        var (side, agent, otherSide, other) = takenOut ? ("provider", provider, "receiver", receiver) : ("receiver", receiver, "provider", provider);
        if (agent != network.Holder && entry.Keys.Has(Noun.Agent, agent))
        {
            entry.Report.Add(entry.Node.Field(side) ?? entry.Node, $"the network '{key}' is held by '{network.Holder}', but the {side} is '{agent}'", $"write {side}: {network.Holder}");
        }

        if (action.InputOutput == InputOutput.NotApplicable && agents.TryGetValue(other, out var across) && !across.Outside)
        {
            entry.Report.Add(entry.Node.Field(otherSide)!, $"'{action}' crosses the network's border, but the {otherSide} '{other}' is not outside", "name an agent with outside: true, or use produce or consume");
        }
    }
}
