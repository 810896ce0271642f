using System.Text.Json;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;

namespace Kera.Features.Ledger;

/// <summary>Writes rows of nouns as documents.</summary>
internal sealed class NounDocuments(Catalog catalog)
{
    private static readonly Unit Hour = Unit.Find("h");

    public static AgentDocument Of(AgentRow row) => new()
    {
        Id = row.Key,
        Name = Name(row),
        Type = row.Kind,
        Outside = row.Outside,
        Note = Localized(row.RoleFi, row.RoleSv, row.RoleEn),
        Retired = Retired(row),
    };

    public PlaceDocument Of(PlaceRow row) => new()
    {
        Id = row.Key,
        Name = Name(row),
        Kind = Enum.TryParse<DistrictPlaceKind>(row.Kind, ignoreCase: true, out var kind) ? kind : null,
        PartOf = catalog.Get(catalog.Places, row.PartOfId)?.Key,
        Geometry = row.Geometry is null ? null : JsonElement.Parse(row.Geometry),
        Schematic = row.Schematic,
        Phases = row.Phases == "[]" ? null : JsonElement.Parse(row.Phases),
        Retired = Retired(row),
    };

    public static SpecificationDocument Of(SpecificationRow row) => new()
    {
        Id = row.Key,
        Name = Name(row),
        DefaultUnitOfResource = row.Unit,
        DefaultUnitOfEffort = row.EffortUnit,
        ResourceClassifiedAs = Enum.TryParse<DistrictResourceClass>(row.Classification, ignoreCase: true, out var kind) ? kind : null,
        Retired = Retired(row),
    };

    public static ProcessSpecificationDocument Of(ProcessSpecificationRow row) => new() { Id = row.Key, Name = Name(row), Retired = Retired(row) };

    public ResourceDocument Of(ResourceRow row, ResourceState? state) => new()
    {
        Id = row.Key,
        Name = Name(row),
        ConformsTo = catalog.Get(catalog.Specifications, row.SpecificationId).Key,
        Kind = row.Kind,
        Lot = row.Lot,
        Place = catalog.Get(catalog.Places, row.PlaceId)?.Key,
        Note = Localized(row.NoteFi, row.NoteSv, row.NoteEn),
        State = state is { } known ? Of(known, catalog.Get(catalog.Specifications, row.SpecificationId).Unit) : null,
        Retired = Retired(row),
    };

    public static StateDocument Of(ResourceState state, Unit unit) => new()
    {
        AccountingQuantity = EventDocuments.Measure(state.Accounting, unit)!,
        OnhandQuantity = EventDocuments.Measure(state.Onhand, unit)!,
        PrimaryAccountable = state.Accountable?.Key,
        Custodian = state.Custodian?.Key,
        CurrentLocation = state.Location?.Key,
        ContainedIn = state.Container?.Key,
        Stage = state.Stage?.Key,
        State = state.State,
        InProcess = state.InProcess == Quantity.Zero ? null : EventDocuments.Measure(state.InProcess, unit),
    };

    public ProcessDocument Of(ProcessRow row) => new()
    {
        Id = row.Key,
        Name = Name(row),
        BasedOn = catalog.Get(catalog.ProcessSpecifications, row.BasedOnId)?.Key,
        Continuous = row.Continuous,
        Place = catalog.Get(catalog.Places, row.PlaceId)?.Key,
        Retired = Retired(row),
    };

    public DeclaredFlowDocument Of(DeclaredFlowRow row) => new()
    {
        Id = row.Key,
        Name = Name(row),
        Target = row.Target,
        Quality = row.Quality,
        Unit = row.Unit,
        Action = row.ActionId is { } action ? FlowAction.All[action].Name : null,
        Provider = catalog.Get(catalog.Agents, row.ProviderId)?.Key,
        Receiver = catalog.Get(catalog.Agents, row.ReceiverId)?.Key,
        ResourceInventoriedAs = catalog.Get(catalog.Resources, row.ResourceId)?.Key,
        ToResourceInventoriedAs = catalog.Get(catalog.Resources, row.ToResourceId)?.Key,
        ResourceConformsTo = catalog.Get(catalog.Specifications, row.SpecificationId)?.Key,
        Process = catalog.Get(catalog.Processes, row.ProcessId)?.Key,
        Place = catalog.Get(catalog.Places, row.PlaceId)?.Key,
        Owner = catalog.Get(catalog.Agents, row.OwnerId)?.Key,
        Audience = row.AudienceId is { } audience ? Audience(audience) : null,
        Retired = Retired(row),
    };

    public AgreementDocument Of(AgreementRow row) => new() { Id = row.Key, Name = Name(row), Audience = Audience(row.AudienceId), Version = row.Version };

    public CommitmentDocument Of(CommitmentRow row)
    {
        var specification = catalog.Get(catalog.Specifications, row.SpecificationId);
        var agreement = catalog.Get(catalog.Agreements, row.AgreementId)?.Key;
        return new CommitmentDocument
        {
            Id = row.Key,
            Name = Name(row),
            Action = FlowAction.All[row.ActionId].Name,
            Provider = catalog.Get(catalog.Agents, row.ProviderId).Key,
            Receiver = catalog.Get(catalog.Agents, row.ReceiverId).Key,
            ResourceConformsTo = specification.Key,
            ResourceInventoriedAs = catalog.Get(catalog.Resources, row.ResourceId)?.Key,
            ResourceQuantity = Measure(row.Quantity, specification.Unit),
            EffortQuantity = Measure(row.Effort, specification.EffortUnit ?? Hour),
            Due = EventDocuments.Moment(row.Due),
            ClauseOf = row.Reciprocal ? null : agreement,
            ReciprocalClauseOf = row.Reciprocal ? agreement : null,
            Finished = row.Finished,
            Audience = Audience(row.AudienceId),
            Fulfilled = Measure(row.Fulfilled, row.Quantity is null ? specification.EffortUnit ?? Hour : specification.Unit),
            Version = row.Version,
        };
    }

    private string[] Audience(int id) => catalog.AudienceKey(id).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static MeasureDocument? Measure(long? millionths, Unit unit) => millionths is { } known ? EventDocuments.Measure(new Quantity(known), unit) : null;

    private static LocalizedDocument? Name(NounRow row) => Localized(row.NameFi, row.NameSv, row.NameEn);

    private static LocalizedDocument? Localized(string fi, string sv, string en) => fi.Length + sv.Length + en.Length == 0 ? null : new LocalizedDocument(fi, sv, en);

    private static bool? Retired(NounRow row) => row.Retired ? true : null;
}
