using NodaTime;

namespace Kera.Sharing.Rounds;

/// <summary>What a group applies for.</summary>
/// <param name="Group">The group's key, one of a kind in the round.</param>
/// <param name="Category">The key of its category.</param>
/// <param name="Wishes">Its wishes, the most important first.</param>
public sealed record RoundApplication(string Group, string Category, IReadOnlyList<RoundWish> Wishes)
{
    /// <summary>What it got of what it wished in past rounds, in per cent, 0 to 100; null for a group that is new, which counts as the mean of the others.</summary>
    public int? PastPercent { get; init; }
}

/// <summary>One wish: a time of the same length and kind, once or several times a week, on different weekdays.</summary>
/// <param name="Key">Its key, one of a kind in its application.</param>
/// <param name="Options">The keys of the spaces that suit, the best first.</param>
/// <param name="Suitable">When it suits.</param>
public sealed record RoundWish(string Key, IReadOnlyList<string> Options, IReadOnlyList<SuitableTime> Suitable)
{
    /// <summary>With fewer times a week there is none: 1 to 7.</summary>
    public int MinimumTimes { get; init; } = 1;

    /// <summary>How many times a week are wished, from the minimum to 7.</summary>
    public int MaximumTimes { get; init; } = 1;

    /// <summary>How long a time is at least, in minutes on the grid.</summary>
    public int MinimumMinutes { get; init; } = 60;

    /// <summary>How long a time is at most, in minutes on the grid.</summary>
    public int MaximumMinutes { get; init; } = 60;

    /// <summary>How many people come.</summary>
    public int People { get; init; } = 1;

    /// <summary>What a space must have.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Shared equipment that is needed.</summary>
    public IReadOnlyList<EquipmentNeed> Equipment { get; init; } = [];
}

/// <summary>When a wish suits. Spans of one weekday that touch or overlap are one.</summary>
/// <param name="Day">The weekday.</param>
/// <param name="Begin">Its begin in minutes since midnight, a whole hour.</param>
/// <param name="End">Its end in minutes since midnight, a whole hour.</param>
/// <param name="Primary">Whether it suits well; else it suits if need be.</param>
public sealed record SuitableTime(IsoDayOfWeek Day, int Begin, int End, bool Primary = true);

/// <summary>Equipment that a wish needs for each of its times.</summary>
/// <param name="Equipment">The key of the equipment.</param>
/// <param name="Pieces">How many pieces.</param>
public sealed record EquipmentNeed(string Equipment, int Pieces);
