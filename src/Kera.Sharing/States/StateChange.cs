using NodaTime;

namespace Kera.Sharing;

/// <summary>Why a booking does not come into another state. Each code tells which values it sets.</summary>
public enum StateRefusalCode
{
    /// <summary>Its state does not allow that. State: what it is.</summary>
    WrongState,

    /// <summary>Its kind does not allow that. Kind: what it is.</summary>
    WrongKind,

    /// <summary>Customers cannot do that with this space's bookings.</summary>
    NoRule,

    /// <summary>It is too late. Until: when it was possible.</summary>
    TooLate,

    /// <summary>A booking from an application round that costs something is never cancelled by the customer.</summary>
    PaidSeasonal,

    /// <summary>It costs something.</summary>
    Paid,

    /// <summary>It would cost something at the new time.</summary>
    WouldBePaid,

    /// <summary>Staff have decided on it.</summary>
    Handled,
}

/// <summary>That a booking does not come into another state, with the values which a sentence needs.</summary>
/// <param name="Code">Why.</param>
public sealed record StateRefusal(StateRefusalCode Code)
{
    /// <summary>The state it is in.</summary>
    public BookingState? State { get; init; }

    /// <summary>The kind it is of.</summary>
    public BookingKind? Kind { get; init; }

    /// <summary>Until when it was possible.</summary>
    public Instant? Until { get; init; }
}

/// <summary>Into which state a booking comes, or why not.</summary>
/// <param name="To">The state where nothing refuses.</param>
/// <param name="Refusals">What refuses; none where it is allowed.</param>
public sealed record StateChange(BookingState To, IReadOnlyList<StateRefusal> Refusals)
{
    /// <summary>Whether it is allowed.</summary>
    public bool Allowed => Refusals.Count == 0;
}
