using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Flows;

namespace Kera.Features.Flows;

/// <summary>Names the ledger's nouns in a language.</summary>
/// <param name="catalog">The nouns.</param>
/// <param name="language">The reader's.</param>
public sealed class NounNames(Catalog catalog, Language language)
{
    public Noun Of(Agent agent) => Of(agent.Key, catalog.Agents.Get(agent.Id).Row);

    public Noun Of(ResourceSpecification specification) => Of(specification.Key, catalog.Specifications.Get(specification.Id).Row);

    public Noun Of(ProcessSpecification specification) => Of(specification.Key, catalog.ProcessSpecifications.Get(specification.Id).Row);

    public Noun Of(EconomicResource resource) => Of(resource.Key, catalog.Resources.Get(resource.Id).Row);

    public Noun Of(Process process) => Of(process.Key, catalog.Processes.Get(process.Id).Row);

    public Noun Of(SpatialThing place) => Of(place.Key, catalog.Places.Get(place.Id).Row);

    public Noun Of(Agreement agreement) => Of(agreement.Key, catalog.Agreements.Get(agreement.Id).Row);

    public Noun Of(Commitment commitment) => Of(commitment.Key, catalog.Commitments.Get(commitment.Id).Row);

    public Noun Of(NounRow row) => Of(row.Key, row);

    private Noun Of(string key, NounRow row) => new(key, row.Name(language));
}
