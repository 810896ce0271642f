using Kera.Flows;
using NodaTime;

namespace Kera.Base.Ledger;

/// <summary>An amount as it comes in: exact, with the unit's UCUM code.</summary>
public sealed record MeasureInput(Quantity HasNumericalValue, string HasUnit);

/// <summary>How much of the event counts towards a commitment, by the commitment's key.</summary>
public sealed record FulfilmentInput(string Commitment, MeasureInput Quantity);

/// <summary>
/// An event as people, files and programs hand it in: nouns by key, in the standard's names. It becomes an
/// <see cref="EconomicEvent"/> when every key is known.
/// </summary>
public sealed record EventInput
{
    /// <summary>Makes the event once and only once; at most 200 characters. Two inputs with one key are one event.</summary>
    public string? IdempotencyKey { get; init; }
    public string? Action { get; init; }
    public string? Provider { get; init; }
    public string? Receiver { get; init; }
    public string? InputOf { get; init; }
    public string? OutputOf { get; init; }
    public string? ResourceInventoriedAs { get; init; }
    public string? ToResourceInventoriedAs { get; init; }
    public string? ResourceConformsTo { get; init; }
    public MeasureInput? ResourceQuantity { get; init; }
    public MeasureInput? EffortQuantity { get; init; }
    public Instant? HasPointInTime { get; init; }
    public Instant? HasBeginning { get; init; }
    public Instant? HasEnd { get; init; }
    public string? ToLocation { get; init; }
    public string? State { get; init; }
    /// <summary>Free text, kept where it can be erased; the chain holds a salted digest. At most 10,000 characters.</summary>
    public string? Note { get; init; }
    /// <summary>Why a quantity was raised, lowered or corrected; kept like <see cref="Note"/>. At most 500 characters.</summary>
    public string? Reason { get; init; }
    /// <summary>The position of the event that this one corrects.</summary>
    public long? Corrects { get; init; }
    public IReadOnlyList<FulfilmentInput> Fulfills { get; init; } = [];
    public string? RealizationOf { get; init; }
    /// <summary>Who may read it: agents' keys, or the single word <c>public</c>. Empty: provider and receiver only.</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];
    /// <summary>The declared flow (Kera's own) that the event is a reading of.</summary>
    public string? Flow { get; init; }
}
