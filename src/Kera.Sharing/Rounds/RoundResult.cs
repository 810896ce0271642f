namespace Kera.Sharing.Rounds;

/// <summary>How a solve ended.</summary>
public enum RoundStatus
{
    /// <summary>No answer counts more.</summary>
    Optimal,

    /// <summary>Work was over: no answer counts more than the bound.</summary>
    Bounded,

    /// <summary>The handler's own times cannot be: there is no answer.</summary>
    Refused,
}

/// <summary>The answer to a round.</summary>
/// <param name="Status">How the solve ended.</param>
/// <param name="Allocations">The granted times, in the order of the applications and their wishes.</param>
/// <param name="Bound">What no answer can count more than.</param>
public sealed record RoundResult(RoundStatus Status, IReadOnlyList<RoundAllocation> Allocations, long Bound)
{
    /// <summary>What it counts, and how that comes.</summary>
    public required RoundScore Score { get; init; }

    /// <summary>What each group got and why, in the order of the applications.</summary>
    public IReadOnlyList<GroupOutcome> Outcomes { get; init; } = [];

    /// <summary>Why the handler's own times cannot be; none where they can.</summary>
    public IReadOnlyList<RoundFault> Faults { get; init; } = [];

    /// <summary>How much more the best answer could count at most, as a share of this one; 0 where this is the best.</summary>
    public double Gap => Status == RoundStatus.Bounded ? (double)(Bound - Score.Total) / Math.Max(1, Math.Abs(Score.Total)) : 0;
}
