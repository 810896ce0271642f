using Kera.Base.Store;
using Kera.Sharing.Rounds;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What a group applies for, as it stands.</summary>
/// <param name="Round">The key of the round.</param>
/// <param name="GroupId">The group.</param>
/// <param name="AgentId">Who wrote it last; null where they were erased.</param>
/// <param name="Kind">The kind of group that it is weighed as.</param>
/// <param name="Wishes">The wishes, the most important first.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Changed">When it last changed.</param>
public sealed record ApplicationView(string Round, int GroupId, int? AgentId, string Kind, IReadOnlyList<RoundWish> Wishes, ApplicationState State, Instant Changed)
{
    /// <summary>Whether the group may still change it.</summary>
    public bool IsOpen => State is ApplicationState.Draft or ApplicationState.Received;
}

/// <summary>What a group got, once the results are sent.</summary>
/// <param name="Allocations">Its weekly times.</param>
/// <param name="Outcome">What each wish got, and why.</param>
/// <param name="Share">How much of what was wished at most.</param>
/// <param name="Series">The keys of the series of bookings that were made.</param>
public sealed record GroupResult(IReadOnlyList<RoundAllocation> Allocations, GroupOutcome Outcome, RoundShare Share, IReadOnlyList<string> Series);

/// <summary>What the handler decided by hand.</summary>
/// <param name="Pins">Times that were granted.</param>
/// <param name="Forbids">What is not wanted.</param>
public sealed record RoundHandling(IReadOnlyList<RoundPin> Pins, IReadOnlyList<RoundForbid> Forbids)
{
    /// <summary>Nothing.</summary>
    public static RoundHandling Nothing { get; } = new([], []);
}

/// <summary>An answer with what was asked.</summary>
/// <param name="Round">The round as it was then.</param>
/// <param name="Result">What was found.</param>
public sealed record RoundAnswer(Round Round, RoundResult Result);

/// <summary>A round as its handler sees it.</summary>
/// <param name="State">How far it has come.</param>
/// <param name="Solving">What its solve is doing.</param>
/// <param name="Progress">What the best answer so far counts; null where none is known.</param>
/// <param name="Handling">What was decided by hand.</param>
/// <param name="Answer">The newest answer; null for none.</param>
/// <param name="Former">The one before it; null for none.</param>
/// <param name="IsCurrent">Whether the answer is to the round as it is now.</param>
public sealed record RoundDeskView(RoundState State, RoundSolving Solving, RoundProgress? Progress, RoundHandling Handling, RoundAnswer? Answer, RoundAnswer? Former, bool IsCurrent)
{
    /// <summary>Whether the handler decides now.</summary>
    public bool IsOpen => State == RoundState.InAllocation;

    /// <summary>Whether the answer can be accepted.</summary>
    public bool CanBeAccepted => IsOpen && IsCurrent && Answer is { Result.Status: not RoundStatus.Refused };
}
