using NodaTime;

namespace Kera.Energy;

/// <summary>Where unused energy of a member goes.</summary>
public enum UnusedDestination
{
    /// <summary>The community's common production point.</summary>
    CommonPoint,

    /// <summary>The member's virtual production point.</summary>
    VirtualPoint,
}

/// <summary>A member's sums over the periods in which it belonged to the community.</summary>
/// <param name="Point">The member's metering point.</param>
/// <param name="Energy">The sums.</param>
/// <param name="Periods">How many periods it belonged to the community.</param>
/// <param name="Estimated">How many of them rest on an estimated value, its own or the property's.</param>
/// <param name="Missing">How many of them credit nothing for a missing value, its own or the property's.</param>
public sealed record MemberTotals(string Point, MemberEnergy Energy, int Periods, int Estimated, int Missing);

/// <summary>A member's period.</summary>
/// <param name="Period">The number of the period among those that were settled.</param>
/// <param name="Begin">When it begins.</param>
/// <param name="InForce">The member's share of the surplus at that time.</param>
/// <param name="Energy">What was used, offered, credited.</param>
/// <param name="Quality">The worse of the member's own value and the property's.</param>
public readonly record struct StatementLine(int Period, Instant Begin, CommunityShare InForce, MemberEnergy Energy, ReadingQuality Quality);

/// <summary>
/// A member's statement: a line for each period in which it belonged to the community, and their exact sums. The rounding that they
/// rest on is our reading of the guidance. Credits count in market-based carbon only.
/// </summary>
/// <param name="Community">The community.</param>
/// <param name="UnusedTo">Where unused shares went.</param>
/// <param name="Lines">The periods, in order.</param>
/// <param name="Totals">Their sums.</param>
/// <param name="CommunityTotals">The community's sums over all that was settled.</param>
public sealed record SettlementStatement(string Community, UnusedDestination UnusedTo, IReadOnlyList<StatementLine> Lines, MemberTotals Totals, CommunityEnergy CommunityTotals);
