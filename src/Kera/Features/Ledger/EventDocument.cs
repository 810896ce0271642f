using System.Text.Json.Serialization;

namespace Kera.Features.Ledger;

/// <summary>An amount: an exact decimal number with at most six decimals, and the UCUM code of its unit.</summary>
public sealed record MeasureDocument(decimal HasNumericalValue, string HasUnit);

/// <summary>How much of an event counts towards a commitment: of its quantity, or of its effort where the commitment has only effort.</summary>
public sealed record FulfilmentDocument
{
    /// <summary>The key of the commitment.</summary>
    public required string Commitment { get; init; }

    /// <summary>How much of the event's quantity.</summary>
    public MeasureDocument? ResourceQuantity { get; init; }

    /// <summary>How much of the event's effort.</summary>
    public MeasureDocument? EffortQuantity { get; init; }
}

/// <summary>An event as it is sent: nouns by key, in the names of ValueFlows.</summary>
public record EventFields
{
    /// <summary>Makes the event once and only once; at most 200 characters.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>One of the 19 actions of ValueFlows: produce, consume, use, transfer …</summary>
    public string? Action { get; init; }

    /// <summary>By whom, or from whom. An action that has one party may name either.</summary>
    public string? Provider { get; init; }

    /// <summary>For whom, or to whom.</summary>
    public string? Receiver { get; init; }

    /// <summary>The process it goes into.</summary>
    public string? InputOf { get; init; }

    /// <summary>The process it comes out of.</summary>
    public string? OutputOf { get; init; }

    /// <summary>The resource; of a transfer the one it is taken from.</summary>
    public string? ResourceInventoriedAs { get; init; }

    /// <summary>The resource it becomes a part of; of combine the container.</summary>
    public string? ToResourceInventoriedAs { get; init; }

    /// <summary>The kind of thing; needed only where no resource is named.</summary>
    public string? ResourceConformsTo { get; init; }

    /// <summary>How much.</summary>
    public MeasureDocument? ResourceQuantity { get; init; }

    /// <summary>How long it was used or worked.</summary>
    public MeasureDocument? EffortQuantity { get; init; }

    /// <summary>The moment, of an event that has no length; RFC 3339 with an offset.</summary>
    public string? HasPointInTime { get; init; }

    /// <summary>The beginning, of an event that has a length.</summary>
    public string? HasBeginning { get; init; }

    /// <summary>The end; at most 366 days after the beginning.</summary>
    public string? HasEnd { get; init; }

    /// <summary>The place where the resource is afterwards.</summary>
    public string? ToLocation { get; init; }

    /// <summary>The state of the resource afterwards, in your own words.</summary>
    public string? State { get; init; }

    /// <summary>Free text, which can be erased; at most 10,000 characters. No names of persons.</summary>
    public string? Note { get; init; }

    /// <summary>Why a quantity was raised, lowered or corrected; at most 500 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>The id of the event that this one corrects; quantities are then signed differences.</summary>
    public string? Corrects { get; init; }

    /// <summary>The commitments it fulfils.</summary>
    public IReadOnlyList<FulfilmentDocument>? Fulfills { get; init; }

    /// <summary>The agreement under which it happened.</summary>
    public string? RealizationOf { get; init; }

    /// <summary>Who may read it: agents' keys, or the one word public. Left out, its provider and receiver.</summary>
    public IReadOnlyList<string>? Audience { get; init; }

    /// <summary>The declared flow that it is a reading of; it says action, parties, resource and process.</summary>
    public string? Flow { get; init; }
}

/// <summary>An event as it is recorded.</summary>
public sealed record EventDocument : EventFields
{
    /// <summary>Its place in the chain.</summary>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>When it was recorded.</summary>
    [JsonPropertyOrder(1)]
    public string? Created { get; init; }

    /// <summary>Its hash in the chain, SHA-256 in hexadecimal digits.</summary>
    [JsonPropertyOrder(1)]
    public string? Hash { get; init; }

    /// <summary>Whether it had a note or reason that was erased.</summary>
    [JsonPropertyOrder(1)]
    public bool? Erased { get; init; }

    /// <summary>The ids of the events that correct it.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<string>? CorrectedBy { get; init; }
}

/// <summary>What became of an event that was sent.</summary>
/// <param name="Id">Its place in the chain.</param>
/// <param name="IdempotencyKey">Its key, if it had one.</param>
/// <param name="WasThere">Whether it had been recorded before, by the same key and with the same content.</param>
public sealed record EventReceipt(string Id, string? IdempotencyKey, bool WasThere);

/// <summary>An event that a walk reached.</summary>
/// <param name="Event">The event.</param>
/// <param name="From">The id of the event from which it was reached first; missing for a start.</param>
/// <param name="Via">Through what: start, resource, process, container or correction.</param>
/// <param name="Distance">How many steps from the start, by the shortest way.</param>
public sealed record TraceStepDocument(EventDocument Event, string? From, string Via, int Distance);
