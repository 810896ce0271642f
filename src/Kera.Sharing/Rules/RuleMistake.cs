using NodaTime;

namespace Kera.Sharing;

/// <summary>Which contradiction was found. Each code tells which values of the mistake say what would be right.</summary>
public enum RuleMistakeCode
{
    /// <summary>A duration, grid or step is not above zero. Right: the least that may be.</summary>
    NotPositive,

    /// <summary>A time is below zero. Right: zero.</summary>
    Negative,

    /// <summary>A number is too small. Count: the least that may be.</summary>
    TooSmall,

    /// <summary>The least duration is above the greatest. Right: the greatest.</summary>
    LeastAboveMost,

    /// <summary>No multiple of the step is from the least to the greatest duration. Right: the multiple above the least duration; let the greatest be that, or more.</summary>
    NoDurationFits,

    /// <summary>The notice leaves no day within the horizon. Count: the least horizon in days.</summary>
    NoticeBeyondHorizon,

    /// <summary>In the year from the day of checking it is never open as long as the least duration. Right: the longest that it is open.</summary>
    NeverOpenLongEnough,

    /// <summary>It ends before it begins. Until: an end that is not before it.</summary>
    EndsBeforeItBegins,

    /// <summary>Bookings are taken only while the space is not shown. Until: the end of publishing, or else From: its beginning.</summary>
    BookingWhileHidden,

    /// <summary>A list is empty, so that it allows nobody or nothing. Leave it out to allow all.</summary>
    Empty,

    /// <summary>Two of a list are for the same.</summary>
    Twice,

    /// <summary>There is no such kind of space. Name: the kind.</summary>
    UnknownKind,

    /// <summary>The time that may be booked in a week or month is below the least duration. Right: the least duration.</summary>
    LimitBelowLeastDuration,
}

/// <summary>Something in the rules or hours of a space that cannot be.</summary>
/// <param name="Key">The key of the space or equipment.</param>
/// <param name="Field">The field by its name, such as "MostDuration"; with the number of the item, from 0, where it is in a list: "Limits[1].Most".</param>
/// <param name="Code">What is wrong.</param>
public sealed record RuleMistake(string Key, string Field, RuleMistakeCode Code)
{
    /// <summary>The duration that would be right.</summary>
    public Duration? Right { get; init; }

    /// <summary>The number that would be right.</summary>
    public int? Count { get; init; }

    /// <summary>The beginning that would be right.</summary>
    public LocalDateTime? From { get; init; }

    /// <summary>The end that would be right.</summary>
    public LocalDateTime? Until { get; init; }

    /// <summary>What it names.</summary>
    public string? Name { get; init; }
}
