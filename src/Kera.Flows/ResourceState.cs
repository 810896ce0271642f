namespace Kera.Flows;

/// <summary>What a resource is at a point of the order of events.</summary>
public record struct ResourceState
{
    /// <summary>How much there is in account.</summary>
    public Quantity Accounting { get; set; }

    /// <summary>How much there is on hand.</summary>
    public Quantity Onhand { get; set; }

    /// <summary>Whether it has come into being.</summary>
    public bool Exists { get; set; }

    /// <summary>Who answers for it.</summary>
    public Agent? Accountable { get; set; }

    /// <summary>Who holds it.</summary>
    public Agent? Custodian { get; set; }

    /// <summary>Where it is.</summary>
    public SpatialThing? Location { get; set; }

    /// <summary>What it lies in.</summary>
    public EconomicResource? Container { get; set; }

    /// <summary>The kind of process it last came out of.</summary>
    public ProcessSpecification? Stage { get; set; }

    /// <summary>Its state, in the words of whoever recorded it.</summary>
    public string? State { get; set; }

    /// <summary>The action (pickup, accept, combine) that put part of it in process; null where nothing is.</summary>
    public FlowAction? InProcessBy { get; set; }

    /// <summary>The process it is in.</summary>
    public Process? InProcessOf { get; set; }

    /// <summary>How much of it is in process.</summary>
    public Quantity InProcess { get; set; }

    /// <summary>Whether all but the two quantities is the same; by reference first, for this is asked of every event.</summary>
    internal readonly bool HasAttributesOf(in ResourceState other) =>
        Exists == other.Exists &&
        InProcess == other.InProcess &&
        Same(Accountable, other.Accountable) &&
        Same(Custodian, other.Custodian) &&
        Same(Location, other.Location) &&
        Same(Container, other.Container) &&
        Same(Stage, other.Stage) &&
        Same(State, other.State) &&
        Same(InProcessBy, other.InProcessBy) &&
        Same(InProcessOf, other.InProcessOf);

    private static bool Same<TNoun>(TNoun? left, TNoun? right)
        where TNoun : class, IEquatable<TNoun> => ReferenceEquals(left, right) || (left is not null && left.Equals(right));

    /// <summary>The same without the two quantities: what changes seldom.</summary>
    public readonly ResourceState WithoutQuantities() => this with { Accounting = Quantity.Zero, Onhand = Quantity.Zero };
}

/// <summary>The attributes that a resource has from one event on.</summary>
/// <param name="EffectTime">The event's effect time.</param>
/// <param name="Position">The event's position.</param>
/// <param name="Attributes">The state, with quantities zero.</param>
public readonly record struct ResourceVersion(long EffectTime, long Position, ResourceState Attributes);

/// <summary>An accepted event with what its corrections have made of its numbers.</summary>
public sealed class RecordedEvent(EconomicEvent recorded, Quantity quantity, Quantity effort, bool corrected)
{
    /// <summary>The event as it was accepted.</summary>
    public EconomicEvent Event { get; } = recorded;

    /// <summary>The resource quantity that counts: the event's with all corrections.</summary>
    public Quantity Quantity { get; internal set; } = quantity;

    /// <summary>The effort that counts.</summary>
    public Quantity Effort { get; internal set; } = effort;

    /// <summary>Whether any correction names it.</summary>
    public bool Corrected { get; internal set; } = corrected;

    /// <summary>Corrected to nothing: as if it had never been recorded.</summary>
    public bool Void => Corrected && Quantity == Quantity.Zero && Effort == Quantity.Zero;
}
