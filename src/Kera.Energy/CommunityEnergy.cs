namespace Kera.Energy;

/// <summary>
/// What a community produced and where it went, in Wh, of a period or of all: surplus = credited + unused to the common point + unused
/// to virtual points + remainder, exactly.
/// </summary>
/// <param name="Production">What the property produced.</param>
/// <param name="OwnUse">What the property used.</param>
/// <param name="Surplus">max(0, production − own use), period by period.</param>
/// <param name="Credited">What members were credited.</param>
/// <param name="UnusedToCommonPoint">What members were offered and did not use, under SMA.</param>
/// <param name="UnusedToVirtualPoints">What members were offered and did not use, under SMB.</param>
/// <param name="Remainder">What nobody was offered: what rounding left, and what no share covers. It goes to the common point.</param>
public readonly record struct CommunityEnergy(long Production, long OwnUse, long Surplus, long Credited, long UnusedToCommonPoint, long UnusedToVirtualPoints, long Remainder)
{
    /// <summary>All that goes to the common production point.</summary>
    public long ToCommonPoint => UnusedToCommonPoint + Remainder;

    /// <summary>The sum of two.</summary>
    public static CommunityEnergy operator +(CommunityEnergy one, CommunityEnergy other) => new(
        one.Production + other.Production, one.OwnUse + other.OwnUse, one.Surplus + other.Surplus, one.Credited + other.Credited,
        one.UnusedToCommonPoint + other.UnusedToCommonPoint, one.UnusedToVirtualPoints + other.UnusedToVirtualPoints, one.Remainder + other.Remainder);
}

/// <summary>A member's part, in Wh, of a period or of all.</summary>
/// <param name="Use">What was used behind the point.</param>
/// <param name="Production">What was produced behind the point.</param>
/// <param name="NetUse">max(0, use − production), period by period.</param>
/// <param name="Share">What of the community's surplus the member was offered.</param>
/// <param name="Credit">What of it the member is credited: min(share, net use), period by period.</param>
public readonly record struct MemberEnergy(long Use, long Production, long NetUse, long Share, long Credit)
{
    /// <summary>What is left to buy.</summary>
    public long LeftToBuy => NetUse - Credit;

    /// <summary>What was offered and not used: it goes where the model says.</summary>
    public long Unused => Share - Credit;

    /// <summary>What the member's own production left over. It is the member's and not shared.</summary>
    public long OwnSurplus => Production - Use + NetUse;

    /// <summary>The sum of two.</summary>
    public static MemberEnergy operator +(MemberEnergy one, MemberEnergy other) => new(
        one.Use + other.Use, one.Production + other.Production, one.NetUse + other.NetUse, one.Share + other.Share, one.Credit + other.Credit);
}
