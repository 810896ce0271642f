using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Partners;

/// <summary>Gathers what is known of the partners, in the reader's language and as far as the reader may read.</summary>
public sealed class PartnerReader(Catalog catalog, FlowTable flows, LedgerQueries queries, FlowMonths months, PartnerWords words, KeraStore store, DistrictInForce district, IClock clock)
{
    /// <summary>Every partner.</summary>
    public PartnersOverview Everyone(Reader reader, Language language)
    {
        var promises = Promises(reader);
        var made = FlowsByAgent(reader);
        var agreements = district.Model?.Agreements.Values.ToList() ?? [];
        var lines = catalog.Agents.All.Where(agent => IsPartner(agent.Row, agreements, promises))
            .Select(agent => LineOf(agent.Row, promises, made[agent.Row.Id], language))
            .OrderByDescending(line => line.Agreements.Count + line.Promises.All)
            .ThenBy(line => line.Agent.Name, StringComparer.OrdinalIgnoreCase)
            .ToLookup(line => line.Agreements.Count + line.Promises.All > 0);
        return new PartnersOverview(
            district.Model?.Header.Name.In(language.Code) ?? district.Key,
            [.. lines[true]],
            [.. lines[false]],
            [.. agreements.Select(agreement => AgreementOf(agreement, language))],
            PromiseCounts.Of(promises.Select(StateOf)));
    }

    /// <summary>The rows of every partner.</summary>
    public IEnumerable<AgentRow> Rows(Reader reader)
    {
        var promises = Promises(reader);
        var agreements = district.Model?.Agreements.Values.ToList() ?? [];
        return catalog.Agents.All.Select(agent => agent.Row).Where(row => IsPartner(row, agreements, promises));
    }

    /// <summary>The promises in force that a reader may read.</summary>
    public List<CommitmentRow> Promises(Reader reader)
    {
        // What has been fulfilled stands in the table alone: the catalog keeps what was promised.
        var audiences = queries.MayRead(reader);
        using var connection = store.OpenConnection();
        return [.. PlainRows.Read<CommitmentRow>(connection).Where(row => !row.Retired && row.Source != Kera.Base.Ledger.Promises.OperatingPlan && audiences.Contains(row.AudienceId))];
    }

    /// <summary>One partner; null where there is none.</summary>
    public async Task<PartnerView?> OneAsync(string key, Reader reader, Language language, CancellationToken cancellation)
    {
        var promises = Promises(reader);
        var agreements = district.Model?.Agreements.Values.ToList() ?? [];
        if (catalog.Find(catalog.Agents, key) is not { } agent || !IsPartner(agent.Row, agreements, promises))
        {
            return null;
        }

        var today = clock.GetCurrentInstant().InZone(queries.Zone).Date;
        return new PartnerView(LineOf(agent.Row, promises, FlowsByAgent(reader)[agent.Row.Id], language))
        {
            Agreements = [.. agreements.Where(agreement => agreement.Parties.Contains(key)).Select(agreement => AgreementOf(agreement, language))],
            Promises = PromisesOf(agent.Row, promises, language),
            Pilots =
            [
                .. Pilots(key).OrderBy(pilot => pilot.From.First)
                    .Select(pilot => new PartnerPilot(pilot.Name.In(language.Code), pilot.Summary.In(language.Code), pilot.From, pilot.To)),
            ],
            Flows = await months.NewestAsync(reader, new LedgerFilter { Agent = agent.Noun }, today, language, cancellation),
            Sources = SourcesOf(agent.Row.Source.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            Profile = await words.ProfileAsync(agent.Row.Id, cancellation),
            Services = await words.ServicesAsync(agent.Row.Id, cancellation),
        };
    }

    /// <summary>What an agent has promised, the late ones first.</summary>
    public IReadOnlyList<PartnerPromise> PromisesOf(AgentRow agent, Reader reader, Language language) => PromisesOf(agent, Promises(reader), language);

    /// <summary>Whether an agent has a page among the partners.</summary>
    public bool HasPage(AgentRow agent, Reader reader) => IsPartner(agent, district.Model?.Agreements.Values.ToList() ?? [], Promises(reader));

    private IReadOnlyList<PartnerPromise> PromisesOf(AgentRow agent, List<CommitmentRow> promises, Language language) =>
    [
        .. promises.Where(row => row.ProviderId == agent.Id)
            .Select(row => PromiseOf(row, language))
            .OrderByDescending(promise => promise.State == PromiseState.Late)
            .ThenBy(promise => promise.State == PromiseState.Kept)
            .ThenBy(promise => promise.Due ?? LocalDate.MaxIsoValue),
    ];

    // Whoever stands outside only to balance a network is no partner; whoever has promised something is one, wherever it stands.
    private static bool IsPartner(AgentRow row, List<DistrictAgreement> agreements, List<CommitmentRow> promises) =>
        row is { Kind: "organization", Fictional: false, Retired: false }
        && (!row.Outside || agreements.Exists(agreement => agreement.Parties.Contains(row.Key)) || promises.Exists(promise => promise.ProviderId == row.Id));

    private PartnerLine LineOf(AgentRow row, List<CommitmentRow> promises, IEnumerable<FlowNouns> made, Language language)
    {
        var own = made.ToList();
        var places = Pilots(row.Key).SelectMany(pilot => pilot.Places).Select(place => catalog.Places.Find(place)?.Row)
            .Concat(own.SelectMany(PlacesOf).Select(place => catalog.Places.Get(place).Row))
            .OfType<PlaceRow>()
            .Distinct()
            .Select(place => new Named(place.Key, place.Name(language)))
            .OrderBy(place => place.Name, StringComparer.OrdinalIgnoreCase);
        return new PartnerLine(
            new Named(row.Key, row.Name(language)),
            row.Role(language),
            [.. district.Model?.Agreements.Values.Where(agreement => agreement.Parties.Contains(row.Key)).Select(agreement => agreement.Name.In(language.Code)) ?? []],
            PromiseCounts.Of(promises.Where(promise => promise.ProviderId == row.Id).Select(StateOf)),
            [.. places],
            own.Count);
    }

    private PromiseState StateOf(CommitmentRow row) =>
        PromiseCounts.StateOf(row.Finished, row.Quantity ?? row.Effort ?? 0, row.Fulfilled, row.Due, DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant()));

    private PartnerPromise PromiseOf(CommitmentRow row, Language language)
    {
        var specification = catalog.Specifications.Get(row.SpecificationId).Noun;
        return new PartnerPromise(
            row.Name(language),
            StateOf(row),
            new Quantity(row.Quantity ?? row.Effort ?? 0),
            new Quantity(row.Fulfilled),
            row.Quantity is null ? specification.EffortUnit?.Code ?? "h" : specification.Unit.Code,
            row.Due is { } due ? (DistrictCalendar.ToInstant(due) - Duration.Epsilon).InZone(queries.Zone).Date : null,
            catalog.Agents.Get(row.ReceiverId).Row.Name(language),
            row.Key,
            FlowAction.All[row.ActionId]);
    }

    private ILookup<int, FlowNouns> FlowsByAgent(Reader reader)
    {
        var audiences = queries.MayRead(reader);
        return flows.All().Where(flow => audiences.Contains(flow.AudienceId))
            .SelectMany(flow => new[] { flow.Provider.Id, flow.Receiver.Id }.Distinct().Select(agent => (Agent: agent, Flow: flow)))
            .ToLookup(each => each.Agent, each => each.Flow);
    }

    private IEnumerable<int> PlacesOf(FlowNouns flow)
    {
        int?[] places =
        [
            flow.DeclaredId is { } declared ? catalog.DeclaredFlows.Get(declared).Row.PlaceId : null,
            flow.Resource is null ? null : catalog.Resources.Get(flow.Resource.Id).Row.PlaceId,
            flow.ToResource is null ? null : catalog.Resources.Get(flow.ToResource.Id).Row.PlaceId,
        ];
        return places.OfType<int>();
    }

    private IEnumerable<DistrictPilot> Pilots(string agent) => district.Model?.Pilots.Values.Where(pilot => pilot.Agents.Contains(agent)) ?? [];

    private PartnerAgreement AgreementOf(DistrictAgreement agreement, Language language) =>
        new(agreement.Key, agreement.Name.In(language.Code), agreement.Date, agreement.Goals, agreement.Targets, SourcesOf(agreement.Sources));

    private IReadOnlyList<DistrictSource> SourcesOf(IEnumerable<string> keys) =>
        [.. keys.Select(key => district.Model?.Sources.GetValueOrDefault(key)).OfType<DistrictSource>()];
}
