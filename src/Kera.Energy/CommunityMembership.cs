using NodaTime;

namespace Kera.Energy;

/// <summary>What a notice is about.</summary>
public enum NoticeKind
{
    /// <summary>A point comes to the community.</summary>
    Join,

    /// <summary>A member's share becomes another.</summary>
    ChangeShare,

    /// <summary>A point goes.</summary>
    Leave,
}

/// <summary>A rule that notices of communities keep.</summary>
public enum MembershipRule
{
    /// <summary>A notice is given so many days ahead.</summary>
    Notice,

    /// <summary>Who is no member joins; who is one changes a share or leaves.</summary>
    Membership,

    /// <summary>One notice of a point takes effect on a day.</summary>
    Day,

    /// <summary>The producing property's point is no member.</summary>
    Property,

    /// <summary>Shares sum to the whole at most.</summary>
    Shares,

    /// <summary>A point belongs to one community at a time.</summary>
    OneCommunity,
}

/// <summary>What a community was told of a point, and when. It takes effect at the start of a day, when the notice is over.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Point">The metering point.</param>
/// <param name="Share">The share from then on; nothing for a leave.</param>
/// <param name="Given">When it was told.</param>
/// <param name="Day">The day from which it is to hold; null for the earliest.</param>
public sealed record MembershipNotice(NoticeKind Kind, string Point, CommunityShare Share, Instant Given, LocalDate? Day = null)
{
    /// <summary>A point comes.</summary>
    public static MembershipNotice Join(string point, CommunityShare share, Instant given, LocalDate? day = null) => new(NoticeKind.Join, point, share, given, day);

    /// <summary>A share becomes another.</summary>
    public static MembershipNotice ChangeShare(string point, CommunityShare share, Instant given, LocalDate? day = null) => new(NoticeKind.ChangeShare, point, share, given, day);

    /// <summary>A point goes.</summary>
    public static MembershipNotice Leave(string point, Instant given, LocalDate? day = null) => new(NoticeKind.Leave, point, default, given, day);
}

/// <summary>Days on which a point belongs to a community with one share.</summary>
/// <param name="Community">The community.</param>
/// <param name="Point">The metering point.</param>
/// <param name="Share">Its share.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The first day on which it is so no more; null while it is so.</param>
public sealed record CommunityMembership(string Community, string Point, CommunityShare Share, LocalDate From, LocalDate? Until)
{
    /// <summary>Whether it is so on a day.</summary>
    public bool Holds(LocalDate day) => From <= day && !(Until <= day);
}
