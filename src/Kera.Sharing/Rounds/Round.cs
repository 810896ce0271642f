using NodaTime;

namespace Kera.Sharing.Rounds;

/// <summary>
/// An application round: what spaces are free in a season, who wishes what, and what the handler has already decided. The
/// answer is a week that is repeated through the season. Times of day are minutes since midnight, of the district's zone.
/// </summary>
/// <param name="From">The first day of the season.</param>
/// <param name="To">The last day of the season.</param>
/// <param name="GridMinutes">On what grid times begin and end: 30 or 60 minutes.</param>
/// <param name="Spaces">The spaces of the round.</param>
/// <param name="Categories">The categories of groups, with what each weighs.</param>
/// <param name="Applications">What groups apply for, one application each.</param>
public sealed record Round(
    LocalDate From, LocalDate To, int GridMinutes, IReadOnlyList<RoundSpace> Spaces, IReadOnlyList<RoundCategory> Categories, IReadOnlyList<RoundApplication> Applications)
{
    /// <summary>Equipment that the spaces share.</summary>
    public IReadOnlyList<RoundEquipment> Equipment { get; init; } = [];

    /// <summary>Times that the handler has granted by hand: they are part of every answer.</summary>
    public IReadOnlyList<RoundPin> Pins { get; init; } = [];

    /// <summary>What the handler does not want: it is part of no answer.</summary>
    public IReadOnlyList<RoundForbid> Forbids { get; init; } = [];

    /// <summary>The days of the season on which a weekly time takes place.</summary>
    public IEnumerable<LocalDate> DatesOf(RoundAllocation allocation)
    {
        var first = From.PlusDays(-1).Next(allocation.Day);
        for (var date = first; date <= To; date = date.PlusWeeks(1))
        {
            yield return date;
        }
    }
}

/// <summary>A span of one weekday, repeated each week.</summary>
/// <param name="Day">The weekday.</param>
/// <param name="Begin">Its begin in minutes since midnight.</param>
/// <param name="End">Its end in minutes since midnight, after the begin; 1440 for midnight.</param>
public sealed record WeeklyTime(IsoDayOfWeek Day, int Begin, int End);

/// <summary>A space that can be applied for.</summary>
/// <param name="Key">Its key, one of a kind in the round.</param>
/// <param name="Capacity">How many people it holds.</param>
/// <param name="Open">When it is open for the round, on the grid; spans may touch and overlap.</param>
public sealed record RoundSpace(string Key, int Capacity, IReadOnlyList<WeeklyTime> Open)
{
    /// <summary>What it is and has: keys of the caller, asked for by <see cref="RoundWish.Features"/>.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Spaces that cannot be used while it is: those it is a part of and those that are parts of it. It is enough if one of two names the other.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>When it is used already; its conflicting spaces are then not free either. Need not be on the grid.</summary>
    public IReadOnlyList<WeeklyTime> Occupied { get; init; } = [];
}

/// <summary>A category of groups.</summary>
/// <param name="Key">Its key, one of a kind in the round.</param>
/// <param name="Weight">What an hour of its groups weighs beside an hour of others, 1 to 1000: with 300 and 100, as much as three hours.</param>
public sealed record RoundCategory(string Key, int Weight)
{
    /// <summary>How many minutes a week its groups are to have in all, before weights count; 0 for no such wish.</summary>
    public int MinimumMinutes { get; init; }
}

/// <summary>Equipment of which there are some pieces for all spaces.</summary>
/// <param name="Key">Its key, one of a kind in the round.</param>
/// <param name="Pieces">How many there are.</param>
public sealed record RoundEquipment(string Key, int Pieces);
