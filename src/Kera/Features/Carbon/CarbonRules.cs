using Kera.Base.District;
using Kera.Base.Ledger;

namespace Kera.Features.Carbon;

/// <summary>What the district's rules say of its flows; each flow is asked about once. Safe for several threads.</summary>
public sealed class CarbonRules
{
    private readonly Catalog _catalog;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, FlowRule> _rules = new();
    private readonly IReadOnlyList<CarbonSource> _sources;
    private readonly IReadOnlyList<CarbonUse> _uses;

    /// <summary>Rules of a district.</summary>
    /// <param name="carbon">What its files say.</param>
    /// <param name="catalog">The nouns that selectors name.</param>
    public CarbonRules(DistrictCarbon carbon, Catalog catalog)
    {
        (Carbon, _catalog) = (carbon, catalog);
        (_sources, _uses) = ([.. carbon.Sources.Values], [.. carbon.Uses.Values]);
    }

    /// <summary>What the files say.</summary>
    public DistrictCarbon Carbon { get; }

    /// <summary>What is said of a flow.</summary>
    public FlowRule Of(FlowNouns flow) => _rules.GetOrAdd(flow.Id, _ => new FlowRule(
        _sources.FirstOrDefault(source => Fits(source.Flows, flow)),
        _uses.FirstOrDefault(use => Fits(use.Flows, flow)),
        Carbon.Gases.GetValueOrDefault(flow.Specification.Key)));

    /// <summary>Whether a flow is one of those that are chosen.</summary>
    public bool Fits(IReadOnlyList<FlowSelector> selectors, FlowNouns flow) => selectors.Any(selector => Fits(selector, flow));

    /// <summary>How a process shares among its products; null where it is not said.</summary>
    public CarbonSharing? SharingOf(Kera.Flows.Process process) =>
        Carbon.Sharing.FirstOrDefault(sharing => sharing.Process == process.Key || (sharing.ProcessKind is { } kind && kind == process.BasedOn?.Key));

    private bool Fits(FlowSelector selector, FlowNouns flow) =>
        (selector.Flows.Count == 0 || (flow.DeclaredId is { } declared && selector.Flows.Contains(_catalog.Get(_catalog.DeclaredFlows, declared).Key)))
        && (selector.Action is null || selector.Action == flow.Action)
        && (selector.Specification is null || selector.Specification == flow.Specification.Key)
        && (selector.Resource is null || selector.Resource == flow.Resource?.Key || selector.Resource == flow.ToResource?.Key)
        && (selector.Process is null || selector.Process == flow.InputOf?.Key || selector.Process == flow.OutputOf?.Key)
        && (selector.ProcessKind is null || selector.ProcessKind == flow.InputOf?.BasedOn?.Key || selector.ProcessKind == flow.OutputOf?.BasedOn?.Key)
        && (selector.Provider is null || selector.Provider == flow.Provider.Key)
        && (selector.Receiver is null || selector.Receiver == flow.Receiver.Key);
}

/// <summary>What the rules say of a flow.</summary>
/// <param name="Source">What it brings in or gives off; null for nothing.</param>
/// <param name="Use">To which group of uses it belongs; null for none.</param>
/// <param name="Gas">The gas that was measured; null where it is something else.</param>
public sealed record FlowRule(CarbonSource? Source, CarbonUse? Use, CarbonGas? Gas);
