using System.Text.Json.Serialization;

namespace Kera.Features.Ledger;

/// <summary>An agreement as it is sent.</summary>
public record AgreementFields
{
    /// <summary>Its name.</summary>
    public LocalizedDocument? Name { get; init; }

    /// <summary>Who may read it: agents' keys, or the one word public.</summary>
    public IReadOnlyList<string>? Audience { get; init; }
}

/// <summary>What several have agreed on; its clauses are commitments.</summary>
public sealed record AgreementDocument : AgreementFields, INounDocument
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>How often it was entered into the chain.</summary>
    [JsonPropertyOrder(1)]
    public required int Version { get; init; }
}

/// <summary>A commitment as it is sent.</summary>
public record CommitmentFields
{
    /// <summary>Its name.</summary>
    public LocalizedDocument? Name { get; init; }

    /// <summary>What is promised to be done.</summary>
    public string? Action { get; init; }

    /// <summary>Who promises.</summary>
    public string? Provider { get; init; }

    /// <summary>To whom.</summary>
    public string? Receiver { get; init; }

    /// <summary>What kind of thing.</summary>
    public string? ResourceConformsTo { get; init; }

    /// <summary>Which thing; left out, any of the kind.</summary>
    public string? ResourceInventoriedAs { get; init; }

    /// <summary>How much.</summary>
    public MeasureDocument? ResourceQuantity { get; init; }

    /// <summary>How long.</summary>
    public MeasureDocument? EffortQuantity { get; init; }

    /// <summary>By when; RFC 3339 with an offset.</summary>
    public string? Due { get; init; }

    /// <summary>The agreement that it is a clause of.</summary>
    public string? ClauseOf { get; init; }

    /// <summary>The agreement that it is the other side's clause of.</summary>
    public string? ReciprocalClauseOf { get; init; }

    /// <summary>Whether it takes no more events; left out, it does.</summary>
    public bool? Finished { get; init; }

    /// <summary>Who may read it: agents' keys, or the one word public. Left out, its provider and receiver.</summary>
    public IReadOnlyList<string>? Audience { get; init; }
}

/// <summary>A promise of one flow.</summary>
public sealed record CommitmentDocument : CommitmentFields, INounDocument
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>How much events have fulfilled: of the quantity, or of the effort where it has only that.</summary>
    [JsonPropertyOrder(1)]
    public MeasureDocument? Fulfilled { get; init; }

    /// <summary>How often it was entered into the chain.</summary>
    [JsonPropertyOrder(1)]
    public required int Version { get; init; }
}
