namespace Kera.Sharing.Rounds;

/// <summary>Why a time cannot be granted.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Allocation">The time.</param>
/// <param name="Other">The other time that it cannot be granted beside; null where it is wrong by itself.</param>
public sealed record RoundFault(RoundFaultCode Code, RoundAllocation Allocation, RoundAllocation? Other = null);

/// <summary>What is wrong with a time.</summary>
public enum RoundFaultCode
{
    /// <summary>There is no such group, or it has no such wish.</summary>
    UnknownWish,

    /// <summary>The space is not among the wish's options.</summary>
    NotAnOption,

    /// <summary>It does not begin and end on the grid, or not within a day.</summary>
    OffGrid,

    /// <summary>It is shorter or longer than the wish says.</summary>
    Duration,

    /// <summary>It is not within the wish's suitable times.</summary>
    NotSuitable,

    /// <summary>More people come than the space holds.</summary>
    TooManyPeople,

    /// <summary>The space has not what the wish needs.</summary>
    FeatureMissing,

    /// <summary>More pieces of shared equipment are needed at once than there are.</summary>
    EquipmentShort,

    /// <summary>The space is not open for the round.</summary>
    Closed,

    /// <summary>The space, or one that it cannot be used beside, is used already.</summary>
    Occupied,

    /// <summary>The handler does not want it.</summary>
    Forbidden,

    /// <summary>The wish has another time on that weekday.</summary>
    SecondOnDay,

    /// <summary>The wish has more times than it asks for.</summary>
    TooManyTimes,

    /// <summary>The wish has fewer times than its minimum, and none of them is the handler's.</summary>
    TooFewTimes,

    /// <summary>The space, or one that it cannot be used beside, is granted to another time.</summary>
    SpaceTaken,

    /// <summary>The group has another time then.</summary>
    GroupElsewhere,
}
