using NodaTime;

namespace Kera.Sharing;

/// <summary>Which rule says no. Each code tells which values of the refusal it sets.</summary>
public enum RefusalCode
{
    /// <summary>The space is not shown now. From, Until: when it is.</summary>
    NotPublished,

    /// <summary>Bookings are not taken yet. From: when they are.</summary>
    BookingNotOpen,

    /// <summary>Bookings are taken no more. Until: when they were.</summary>
    BookingClosed,

    /// <summary>The space is given out by application rounds only.</summary>
    OnlyByRounds,

    /// <summary>An application round gives out that time and its results are not sent. Key: the round. From, Until: its time.</summary>
    RoundNotSent,

    /// <summary>The kind of booking is made by staff only.</summary>
    KindNotAllowed,

    /// <summary>It begins in the past. From: the earliest beginning.</summary>
    InThePast,

    /// <summary>It begins too soon. From: the earliest beginning.</summary>
    ShortNotice,

    /// <summary>It begins too far ahead. Until: the latest beginning.</summary>
    BeyondHorizon,

    /// <summary>It does not begin on the grid. Limit: the grid.</summary>
    NotOnGrid,

    /// <summary>It does not end after it begins.</summary>
    NoDuration,

    /// <summary>It is too short. Is: the duration. Limit: the least.</summary>
    TooShort,

    /// <summary>It is too long. Is: the duration. Limit: the greatest.</summary>
    TooLong,

    /// <summary>Its duration is no multiple of the step. Is: the duration. Limit: the step.</summary>
    NotMultiple,

    /// <summary>The space is not open all that time. From, Until: the first part of it that is closed.</summary>
    Closed,

    /// <summary>The space is not there yet, or no more. Key: what is not, the space or one above it. From, Until: when all of them are there.</summary>
    OutsideLife,

    /// <summary>No permit covers all that time. Key: the space or one above it. From, Until: the first part that is not covered.</summary>
    OutsidePermit,

    /// <summary>Another booking is in the way. Key: its id. From, Until: the time that it and the buffers take from this one.</summary>
    Overlap,

    /// <summary>There is not enough of some equipment. Key: the equipment. Count: how many pieces are free all the time. Most: how many there are.</summary>
    EquipmentTaken,

    /// <summary>There are too many bookings at once. Count: how many there are, without this one. Most: how many may be. Keys: the kinds of space.</summary>
    TooManyBookings,

    /// <summary>Too much is booked in a week or month. From: its beginning. Is: how much there would be with this one. Limit: how much may be. Keys: the kinds of space.</summary>
    TooMuchTime,

    /// <summary>The booker is not one of those who may. Keys: who may.</summary>
    AudienceNotAllowed,

    /// <summary>The booker is not known to be of age.</summary>
    AdultsOnly,

    /// <summary>The booker is not strongly identified.</summary>
    StrongIdentificationNeeded,

    /// <summary>Too many people. Count: how many come. Most: how many the space holds.</summary>
    TooManyPeople,
}

/// <summary>That a rule says no, and the values which a sentence in any language needs. The code tells which are set.</summary>
/// <param name="Code">The rule.</param>
public sealed record BookingRefusal(RefusalCode Code)
{
    /// <summary>From when.</summary>
    public Instant? From { get; init; }

    /// <summary>Until when.</summary>
    public Instant? Until { get; init; }

    /// <summary>What it is.</summary>
    public Duration? Is { get; init; }

    /// <summary>What the rule says.</summary>
    public Duration? Limit { get; init; }

    /// <summary>How many there are.</summary>
    public int? Count { get; init; }

    /// <summary>How many there may be.</summary>
    public int? Most { get; init; }

    /// <summary>What or whom it is about.</summary>
    public string? Key { get; init; }

    /// <summary>All whom it is about.</summary>
    public IReadOnlyList<string>? Keys { get; init; }
}

/// <summary>Whether something may be booked.</summary>
/// <param name="Refusals">The rules that say no, in the order of <see cref="RefusalCode"/>; none where it may be booked.</param>
/// <param name="NeedsApproval">Whether staff have to decide on it.</param>
/// <param name="Deposit">A deposit in euros, or null.</param>
/// <param name="BufferBefore">The buffer that the booking is to keep before it.</param>
/// <param name="BufferAfter">The buffer that it is to keep after it.</param>
public sealed record BookingDecision(IReadOnlyList<BookingRefusal> Refusals, bool NeedsApproval, decimal? Deposit, Duration BufferBefore, Duration BufferAfter)
{
    /// <summary>Whether it may be booked.</summary>
    public bool Allowed => Refusals.Count == 0;
}
