using NodaTime;

namespace Kera.Sharing;

/// <summary>What a booking is for. Only a normal one is made by a customer; it never becomes another kind.</summary>
public enum BookingKind
{
    /// <summary>By the one who comes.</summary>
    Normal,

    /// <summary>Out of use, as for repairs. Buffers, its own and others', do not count against it.</summary>
    Block,

    /// <summary>The staff's own use.</summary>
    Staff,

    /// <summary>By staff for somebody.</summary>
    Behalf,

    /// <summary>From an application round.</summary>
    Seasonal,
}

/// <summary>How far a booking has come.</summary>
public enum BookingState
{
    /// <summary>Begun and not confirmed: a hold.</summary>
    Held,

    /// <summary>Confirmed and not paid.</summary>
    AwaitingPayment,

    /// <summary>Staff have to decide.</summary>
    AwaitingHandling,

    /// <summary>It holds.</summary>
    Confirmed,

    /// <summary>Cancelled; it occupies nothing.</summary>
    Cancelled,

    /// <summary>Denied by staff; it occupies nothing.</summary>
    Denied,
}

/// <summary>A booking of a space.</summary>
/// <param name="Id">The stable id.</param>
/// <param name="Space">The key of the space.</param>
/// <param name="Time">From its beginning up to its end; both are bounded, and the end is later.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="State">How far it has come.</param>
public sealed record Booking(string Id, string Space, Interval Time, BookingKind Kind = BookingKind.Normal, BookingState State = BookingState.Confirmed)
{
    /// <summary>For a hold or one that waits for payment: from when it occupies nothing any more; null for never.</summary>
    public Instant? HeldUntil { get; init; }

    /// <summary>The time before it that stays free, as it was when the booking was made: see <see cref="BookingRules.BuffersOf"/>.</summary>
    public Duration BufferBefore { get; init; }

    /// <summary>The time after it that stays free.</summary>
    public Duration BufferAfter { get; init; }

    /// <summary>The equipment it takes.</summary>
    public IReadOnlyList<EquipmentUse> Equipment { get; init; } = [];

    /// <summary>The key of the person who booked, for limits; null for nobody's.</summary>
    public string? Person { get; init; }

    /// <summary>The key of the group for which it was booked, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Whether it takes its time: not cancelled or denied, and no hold that has run out.</summary>
    public bool Occupies(Instant now) => State switch
    {
        BookingState.Cancelled or BookingState.Denied => false,
        BookingState.Held or BookingState.AwaitingPayment => HeldUntil is not { } until || now < until,
        _ => true,
    };

    internal IEnumerable<string> EquipmentKeys => Equipment.Select(use => use.Equipment).Distinct(StringComparer.Ordinal);
}
