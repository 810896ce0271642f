using NodaTime;

namespace Kera.Sharing.Rounds;

/// <summary>A weekly time that a wish is granted.</summary>
/// <param name="Group">The group.</param>
/// <param name="Wish">The key of its wish.</param>
/// <param name="Space">The space.</param>
/// <param name="Day">The weekday.</param>
/// <param name="Begin">Its begin in minutes since midnight.</param>
/// <param name="End">Its end in minutes since midnight.</param>
public sealed record RoundAllocation(string Group, string Wish, string Space, IsoDayOfWeek Day, int Begin, int End)
{
    /// <summary>How long it is.</summary>
    public int Minutes => End - Begin;
}

/// <summary>
/// A time that the handler grants by hand. A wish with such times has no minimum of times any more: that too is the handler's to say.
/// </summary>
/// <param name="Allocation">The time.</param>
/// <param name="Force">Whether it need not keep the wish's duration and suitable times, nor the grid; everything else it must keep.</param>
public sealed record RoundPin(RoundAllocation Allocation, bool Force = false);

/// <summary>What the handler does not want. Each part that is null stands for all; one part at least is given.</summary>
/// <param name="Group">Of whom.</param>
/// <param name="Wish">Of which of the group's wishes.</param>
/// <param name="Space">Where.</param>
/// <param name="Time">What times: those that overlap it.</param>
public sealed record RoundForbid(string? Group = null, string? Wish = null, string? Space = null, WeeklyTime? Time = null);
