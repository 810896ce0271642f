namespace Kera.Flows;

/// <summary>How much of an event counts towards a commitment.</summary>
/// <param name="Commitment">The promise.</param>
/// <param name="Quantity">In the unit of the commitment's resource quantity, or of its effort where it has no resource quantity.</param>
public readonly record struct Fulfilment(Commitment Commitment, Quantity Quantity);

/// <summary>
/// One thing that happened, as recorded. Immutable; nouns are references, so that no look-up is needed to apply it.
/// Times are microseconds since 1970-01-01T00:00Z.
/// </summary>
public sealed record EconomicEvent
{
    private long _position;

    /// <summary>The place in the log, 1 for the first entry; 0 while it is a candidate.</summary>
    public long Position
    {
        get => _position;
        init => _position = value;
    }

    /// <summary>What was done.</summary>
    public required FlowAction Action { get; init; }

    /// <summary>By whom, or from whom.</summary>
    public required Agent Provider { get; init; }

    /// <summary>For whom, or to whom.</summary>
    public required Agent Receiver { get; init; }

    /// <summary>The process it goes into.</summary>
    public Process? InputOf { get; init; }

    /// <summary>The process it comes out of.</summary>
    public Process? OutputOf { get; init; }

    /// <summary>The resource (the from-resource of a transfer).</summary>
    public EconomicResource? Resource { get; init; }

    /// <summary>The to-resource; of <c>combine</c>, the container.</summary>
    public EconomicResource? ToResource { get; init; }

    /// <summary>The kind of thing; needed only where no resource is named.</summary>
    public ResourceSpecification? ConformsTo { get; init; }

    /// <summary>How much, in <see cref="ResourceUnit"/>.</summary>
    public Quantity? ResourceQuantity { get; init; }

    /// <summary>The unit of <see cref="ResourceQuantity"/>; the ledger keeps it converted into the specification's.</summary>
    public Unit? ResourceUnit { get; init; }

    /// <summary>How long, in <see cref="EffortUnit"/>.</summary>
    public Quantity? EffortQuantity { get; init; }

    /// <summary>The unit of <see cref="EffortQuantity"/>; the ledger keeps it converted into the specification's, hours where it has none.</summary>
    public Unit? EffortUnit { get; init; }

    /// <summary>The moment, of an event that has no length.</summary>
    public long? PointInTime { get; init; }

    /// <summary>The beginning, of an event that has a length.</summary>
    public long? Beginning { get; init; }

    /// <summary>The end.</summary>
    public long? End { get; init; }

    /// <summary>Where the resource is afterwards.</summary>
    public SpatialThing? ToLocation { get; init; }

    /// <summary>In what state the resource is afterwards.</summary>
    public string? State { get; init; }

    /// <summary>Whether a reason was given (the text itself is kept where it can be erased).</summary>
    public bool HasReason { get; init; }

    /// <summary>The position of the event that this one corrects.</summary>
    public long? Corrects { get; init; }

    /// <summary>The promises it keeps.</summary>
    public IReadOnlyList<Fulfilment> Fulfills { get; init; } = [];

    /// <summary>The agreement under which it happened.</summary>
    public Agreement? RealizationOf { get; init; }

    /// <summary>When it was recorded.</summary>
    public long Created { get; init; }

    /// <summary>The same event at a place in the log: itself when it had none yet, for a copy of each would double the work.</summary>
    internal EconomicEvent At(long position)
    {
        if (_position == position)
        {
            return this;
        }

        if (_position != 0 && position != 0)
        {
            return this with { Position = position };
        }

        _position = position;
        return this;
    }

    /// <summary>When its effects take place.</summary>
    public long EffectTime => PointInTime ?? Beginning ?? 0;

    /// <summary>The process on either side.</summary>
    public Process? Process => InputOf ?? OutputOf;

    /// <summary>The kind of thing that moved: the resource's, else the to-resource's, else the one named.</summary>
    public ResourceSpecification? Specification => Resource?.ConformsTo ?? ToResource?.ConformsTo ?? ConformsTo;
}
