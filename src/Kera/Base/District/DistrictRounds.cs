using Kera.Sharing.Rounds;
using NodaTime;

namespace Kera.Base.District;

/// <summary>An application round: for which days groups apply for weekly times, where and until when.</summary>
public sealed record DistrictRound
{
    /// <summary>Its key, as addresses have it.</summary>
    public required string Key { get; init; }

    /// <summary>What it is called.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>What it is for, in a sentence or two; null where the name says it.</summary>
    public LocalizedText? About { get; init; }

    /// <summary>The agent that keeps its spaces and decides.</summary>
    public required string Keeper { get; init; }

    /// <summary>The first day of its season.</summary>
    public required LocalDate First { get; init; }

    /// <summary>The last day of its season.</summary>
    public required LocalDate Last { get; init; }

    /// <summary>From when groups apply.</summary>
    public required Instant Opens { get; init; }

    /// <summary>Until when.</summary>
    public required Instant Closes { get; init; }

    /// <summary>On what grid times begin and end, in minutes: 30 or 60.</summary>
    public required int GridMinutes { get; init; }

    /// <summary>What is given out, and when in the week.</summary>
    public required IReadOnlyList<DistrictRoundSpace> Spaces { get; init; }

    /// <summary>Who applies, and what they weigh.</summary>
    public required IReadOnlyList<DistrictRoundCategory> Categories { get; init; }

    /// <summary>Whether its times and weights are made up.</summary>
    public bool Illustrative { get; init; }

    /// <summary>Where they are from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>A space of a round.</summary>
/// <param name="Space">Its key.</param>
/// <param name="Open">When in the week the round gives it out.</param>
public sealed record DistrictRoundSpace(string Space, IReadOnlyList<WeeklyTime> Open);

/// <summary>A kind of group in a round.</summary>
/// <param name="Kind">Its key.</param>
/// <param name="Weight">What an hour of theirs weighs, 1 to 1000.</param>
/// <param name="LeastMinutes">How many minutes a week they are to have in all, before weights count.</param>
public sealed record DistrictRoundCategory(string Kind, int Weight, int LeastMinutes);
