using NodaTime;

namespace Kera.Sharing;

/// <summary>Who asks. Limits count bookings by the keys; audiences are codes such as "residents".</summary>
/// <param name="Person">The person's key; null for a visitor who is not known, to whom limits of persons do not apply.</param>
public sealed record Asker(string? Person = null)
{
    /// <summary>The key of the group for which they ask, or null.</summary>
    public string? Group { get; init; }

    /// <summary>The codes of the audiences that they belong to.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Whether they are known to be of age.</summary>
    public bool Adult { get; init; }

    /// <summary>Whether they are strongly identified.</summary>
    public bool StronglyIdentified { get; init; }

    /// <summary>Whether they are staff of the space, who may make bookings of other kinds than normal.</summary>
    public bool Staff { get; init; }
}

/// <summary>A booking that somebody would make.</summary>
/// <param name="Space">The key of the space.</param>
/// <param name="Time">From its beginning up to its end; both are bounded.</param>
/// <param name="Kind">What it is for; any but normal is asked by staff.</param>
public sealed record BookingRequest(string Space, Interval Time, BookingKind Kind = BookingKind.Normal)
{
    /// <summary>How many people come.</summary>
    public int People { get; init; } = 1;

    /// <summary>The equipment that is wished.</summary>
    public IReadOnlyList<EquipmentUse> Equipment { get; init; } = [];

    /// <summary>The id of a booking that this one would take the place of, or null: it is left out of all that is counted.</summary>
    public string? Replaces { get; init; }
}
