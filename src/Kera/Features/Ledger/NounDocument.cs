using System.Text.Json;
using System.Text.Json.Serialization;
using Kera.Base.District;
using Kera.Flows;

namespace Kera.Features.Ledger;

/// <summary>A text in Finnish, Swedish and English. Sent as one text, it is the same in all three.</summary>
public sealed record LocalizedDocument(string Fi, string Sv, string En);

/// <summary>What every noun's answer has besides what was sent.</summary>
public interface INounDocument
{
    /// <summary>Its key: small letters a-z, digits, points, hyphens and underscores, at most 64.</summary>
    string Id { get; }
}

/// <summary>An agent as it is sent. Persons are not sent here.</summary>
public record AgentFields
{
    /// <summary>Its name; a person's is the key.</summary>
    public LocalizedDocument? Name { get; init; }

    /// <summary>organization or ecological; in answers also person.</summary>
    public string? Type { get; init; }

    /// <summary>Whether its stocks are not kept here; left out, they are.</summary>
    public bool? Outside { get; init; }

    /// <summary>What it does in the district.</summary>
    public LocalizedDocument? Note { get; init; }
}

/// <summary>Who provides, receives, holds or answers for resources.</summary>
public sealed record AgentDocument : AgentFields, INounDocument
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>Whether the district's files no longer have it.</summary>
    [JsonPropertyOrder(1)]
    public bool? Retired { get; init; }
}

/// <summary>A place as it is sent.</summary>
public record PlaceFields
{
    /// <summary>Its name.</summary>
    public LocalizedDocument? Name { get; init; }

    /// <summary>What kind of place.</summary>
    public DistrictPlaceKind? Kind { get; init; }

    /// <summary>The place that it is a part of.</summary>
    public string? PartOf { get; init; }

    /// <summary>A GeoJSON geometry (RFC 7946), longitude first.</summary>
    public JsonElement? Geometry { get; init; }

    /// <summary>Whether it is drawn without a source; left out, it is not.</summary>
    public bool? Schematic { get; init; }
}

/// <summary>A place.</summary>
public sealed record PlaceDocument : PlaceFields, INounDocument
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>Its phases with their dates, as the district's files have them.</summary>
    [JsonPropertyOrder(1)]
    public JsonElement? Phases { get; init; }

    /// <summary>Whether the district's files no longer have it.</summary>
    [JsonPropertyOrder(1)]
    public bool? Retired { get; init; }
}

/// <summary>A kind of thing as it is sent.</summary>
public record SpecificationFields
{
    /// <summary>Its name.</summary>
    public LocalizedDocument? Name { get; init; }

    /// <summary>The UCUM code of the unit of every resource of the kind.</summary>
    public string? DefaultUnitOfResource { get; init; }

    /// <summary>The UCUM code of the unit of its use, or of work with it; left out, it has none.</summary>
    public string? DefaultUnitOfEffort { get; init; }

    /// <summary>What it is, broadly.</summary>
    public DistrictResourceClass? ResourceClassifiedAs { get; init; }
}

/// <summary>A kind of thing.</summary>
public sealed record SpecificationDocument : SpecificationFields, INounDocument
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>Whether the district's files no longer have it.</summary>
    [JsonPropertyOrder(1)]
    public bool? Retired { get; init; }
}

/// <summary>A kind of process as it is sent.</summary>
public record ProcessSpecificationFields
{
    /// <summary>Its name.</summary>
    public LocalizedDocument? Name { get; init; }
}

/// <summary>A kind of process.</summary>
public sealed record ProcessSpecificationDocument : ProcessSpecificationFields, INounDocument
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>Whether the district's files no longer have it.</summary>
    [JsonPropertyOrder(1)]
    public bool? Retired { get; init; }
}

/// <summary>A thing as it is sent; what it amounts to comes of events.</summary>
public record ResourceFields
{
    /// <summary>Its name.</summary>
    public LocalizedDocument? Name { get; init; }

    /// <summary>The kind of thing it is.</summary>
    public string? ConformsTo { get; init; }

    /// <summary>How it is counted; left out, as a stock.</summary>
    public ResourceKind? Kind { get; init; }

    /// <summary>The batch or lot code.</summary>
    public string? Lot { get; init; }

    /// <summary>Where it belongs.</summary>
    public string? Place { get; init; }

    /// <summary>What a reader should know.</summary>
    public LocalizedDocument? Note { get; init; }
}

/// <summary>A thing with what it amounts to now, where the reader may know.</summary>
public sealed record ResourceDocument : ResourceFields, INounDocument
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>What it amounts to; missing where it has not come into being, or not all of it may be read.</summary>
    [JsonPropertyOrder(1)]
    public StateDocument? State { get; init; }

    /// <summary>Whether the district's files no longer have it.</summary>
    [JsonPropertyOrder(1)]
    public bool? Retired { get; init; }
}

/// <summary>What a resource amounts to.</summary>
public sealed record StateDocument
{
    /// <summary>How much there is in account.</summary>
    public required MeasureDocument AccountingQuantity { get; init; }

    /// <summary>How much there is on hand.</summary>
    public required MeasureDocument OnhandQuantity { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? PrimaryAccountable { get; init; }

    /// <summary>Who holds it.</summary>
    public string? Custodian { get; init; }

    /// <summary>Where it is.</summary>
    public string? CurrentLocation { get; init; }

    /// <summary>What it lies in.</summary>
    public string? ContainedIn { get; init; }

    /// <summary>The kind of process it last came out of.</summary>
    public string? Stage { get; init; }

    /// <summary>Its state, in the words of whoever recorded it.</summary>
    public string? State { get; init; }

    /// <summary>How much of it is in a process that gives it back.</summary>
    public MeasureDocument? InProcess { get; init; }
}

/// <summary>A process as it is sent.</summary>
public record ProcessFields
{
    /// <summary>Its name.</summary>
    public LocalizedDocument? Name { get; init; }

    /// <summary>The kind of process.</summary>
    public string? BasedOn { get; init; }

    /// <summary>Whether it runs for years, as a meter or a plant does; left out, it does not.</summary>
    public bool? Continuous { get; init; }

    /// <summary>Where it is.</summary>
    public string? Place { get; init; }
}

/// <summary>What turns inputs into outputs.</summary>
public sealed record ProcessDocument : ProcessFields, INounDocument
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>Whether the district's files no longer have it.</summary>
    [JsonPropertyOrder(1)]
    public bool? Retired { get; init; }
}

/// <summary>A metered flow that the district's files declare.</summary>
public sealed record DeclaredFlowDocument : INounDocument
{
    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public LocalizedDocument? Name { get; init; }

    /// <summary>ledger or series: where its readings go.</summary>
    public required string Target { get; init; }

    /// <summary>measured, estimated or synthetic.</summary>
    public required string Quality { get; init; }

    /// <summary>The UCUM code of the unit of its readings.</summary>
    public required string Unit { get; init; }

    /// <summary>What is done.</summary>
    public string? Action { get; init; }

    /// <summary>By whom.</summary>
    public string? Provider { get; init; }

    /// <summary>For whom.</summary>
    public string? Receiver { get; init; }

    /// <summary>The resource.</summary>
    public string? ResourceInventoriedAs { get; init; }

    /// <summary>The to-resource.</summary>
    public string? ToResourceInventoriedAs { get; init; }

    /// <summary>The kind of thing, where no resource is named.</summary>
    public string? ResourceConformsTo { get; init; }

    /// <summary>The process that it goes into or comes out of.</summary>
    public string? Process { get; init; }

    /// <summary>Where it is metered.</summary>
    public string? Place { get; init; }

    /// <summary>Whose readings they are.</summary>
    public string? Owner { get; init; }

    /// <summary>Who may read it.</summary>
    public IReadOnlyList<string>? Audience { get; init; }

    /// <summary>Whether the district's files no longer have it.</summary>
    public bool? Retired { get; init; }
}
