using NodaTime;

namespace Kera.Energy;

/// <summary>Where goes what a member was offered and could not use.</summary>
public enum SettlementModel
{
    /// <summary>To the community's common production point, from which it is sold together.</summary>
    Sma,

    /// <summary>To the member's own virtual production point, from which the member sells it.</summary>
    Smb,
}

/// <summary>How the points of a community are joined to the grid.</summary>
public enum CommunityType
{
    /// <summary>All points are on one property, or a like group of properties, behind one connection to the grid.</summary>
    Local,

    /// <summary>Members are on other connections of the grid. Decree 767/2021 does not settle how such a community shares, so it is off until it is switched on.</summary>
    AcrossConnections,
}

/// <summary>
/// A community that shares what a property produces and does not use itself: an energy community, or a group of active customers,
/// by Decree 767/2021. The text of the decree and of Fingrid Datahub's guidance was not at hand; docs/concepts/energy-community.md
/// says what is our reading.
/// </summary>
/// <param name="Name">Its name, one of a kind.</param>
/// <param name="Property">The metering point of the producing property. Its own use is met first; it is no member.</param>
/// <param name="Model">Where unused shares go.</param>
/// <param name="NoticeDays">How many days ahead a join, a change or a leave is to be told; not below zero.</param>
/// <param name="Notices">What was told, in any order.</param>
public sealed record EnergyCommunity(string Name, string Property, SettlementModel Model, int NoticeDays, IReadOnlyList<MembershipNotice> Notices)
{
    /// <summary>How its points are joined to the grid.</summary>
    public CommunityType Type { get; init; } = CommunityType.Local;

    /// <summary>Whether it may be settled although members are on other connections: by the same rule, at its own risk.</summary>
    public bool AcrossConnectionsEnabled { get; init; }

    /// <summary>
    /// The first day on which something that is told at an instant can take effect: the first day of the zone that begins when the
    /// days of notice, counted in the zone's days from that instant, are over. A day of 23 or 25 hours is a day.
    /// </summary>
    public LocalDate EarliestDay(Instant given, DateTimeZone zone)
    {
        var over = given.InZone(zone).LocalDateTime.PlusDays(NoticeDays);
        return over.TimeOfDay == LocalTime.Midnight ? over.Date : over.Date.PlusDays(1);
    }
}
