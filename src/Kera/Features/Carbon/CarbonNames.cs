using Kera.Base.Ledger;
using Kera.Base.Ui;
using Kera.Flows;

namespace Kera.Features.Carbon;

/// <summary>What flows and what they go through are called.</summary>
/// <param name="catalog">The nouns.</param>
/// <param name="rules">The district's sources and uses.</param>
/// <param name="language">Whose names.</param>
public sealed class CarbonNames(Catalog catalog, CarbonRules rules, Language language)
{
    private Texts T => Texts.For(language);

    /// <summary>A source of a layout.</summary>
    public string Source(string key)
    {
        var (declared, byMean) = FootprintLayout.Declared(key);
        return declared == FootprintLayout.Measured ? T["carbon.measured"]
            : rules.Carbon.Sources.GetValueOrDefault(declared)?.Name.In(language.Code) is { } name ? byMean ? T.Format("carbon.mean", ("source", name)) : name
            : key;
    }

    /// <summary>The group of uses that a flow is in.</summary>
    public string Use(TracedFlow flow) => flow.Use is { } use ? use.Name.In(language.Code) : T["carbon.use.other"];

    /// <summary>What a flow's carbon came through: the network or stock that it was taken from, or how it was given off.</summary>
    public string Through(TracedFlow flow) => flow.Carbon.End == FlowEnd.GivenOff ? T["carbon.givenOff"] : Resource(flow.Nouns.Resource ?? flow.Nouns.ToResource) ?? Specification(flow.Nouns.Specification);

    /// <summary>A resource; null for none.</summary>
    public string? Resource(EconomicResource? resource) => resource is null ? null : catalog.Resources.Get(resource.Id).Row.Name(language);

    /// <summary>What a network gave and nobody had metered on its way in.</summary>
    public string Unmetered(EconomicResource network) => T.Format("carbon.unmetered", ("network", Resource(network)!));

    /// <summary>Hours that could not be traced, by the keys of what stood in the way.</summary>
    public string Untraced(string keys) => T.Format("carbon.untraced", ("keys", string.Join(", ", keys.Split(", ").Select(key =>
        catalog.Processes.Find(key)?.Row.Name(language) ?? catalog.Resources.Find(key)?.Row.Name(language) ?? key))));

    /// <summary>A kind of thing.</summary>
    public string Specification(ResourceSpecification specification) => catalog.Specifications.Get(specification.Id).Row.Name(language);

    /// <summary>A flow, by its own name or by what moved.</summary>
    public string Flow(FlowNouns flow) => flow.DeclaredId is { } id
        ? catalog.DeclaredFlows.Get(id).Row.Name(language)
        : $"{Resource(flow.Resource ?? flow.ToResource) ?? Specification(flow.Specification)}: {T.Of("action", flow.Action.Name)}";
}
