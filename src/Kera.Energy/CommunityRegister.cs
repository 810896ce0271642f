using NodaTime;

namespace Kera.Energy;

/// <summary>
/// The communities of a district and who belongs to them on which day, followed from their notices: each takes effect at the start
/// of a day, after its notice; a point belongs to one community at a time; shares never exceed the whole.
/// </summary>
public sealed class CommunityRegister
{
    private readonly Dictionary<string, (EnergyCommunity Community, List<CommunityMembership> Memberships)> _communities = new(StringComparer.Ordinal);

    /// <summary>Follows the notices of all communities; O(n log n) for n notices.</summary>
    /// <param name="communities">All communities of the district, so that overlaps are seen.</param>
    /// <param name="zone">The district's zone, in which days begin.</param>
    /// <exception cref="EnergyException">
    /// Two communities have one name; a notice comes too late for its day, or does not fit what was before it; shares sum to more than
    /// 100 %; a point would belong to two communities on one day. Its rule says which.
    /// </exception>
    public CommunityRegister(IReadOnlyList<EnergyCommunity> communities, DateTimeZone zone)
    {
        Zone = zone;
        foreach (var community in communities)
        {
            Require(community.NoticeDays >= 0, null, community.Name, $"Notice of {community.NoticeDays} days is none: give a number of days not below zero.");
            var memberships = Follow(community);
            RequireAtMostTheWhole(community, memberships);
            Require(_communities.TryAdd(community.Name, (community, memberships)), null, community.Name, $"There are two communities '{community.Name}'. Each has a name of its own.");
        }

        RequireOneAtATime();
    }

    /// <summary>The zone in which days begin.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The communities' names.</summary>
    public IReadOnlyCollection<string> Names => _communities.Keys;

    /// <summary>A community.</summary>
    /// <exception cref="EnergyException">There is none of that name.</exception>
    public EnergyCommunity Community(string name) => Find(name).Community;

    /// <summary>Who belongs to a community from when until when, by point and day.</summary>
    /// <exception cref="EnergyException">There is none of that name.</exception>
    public IReadOnlyList<CommunityMembership> Memberships(string community) => Find(community).Memberships;

    private (EnergyCommunity Community, List<CommunityMembership> Memberships) Find(string name) =>
        _communities.TryGetValue(name, out var found) ? found : throw new EnergyException(name, $"There is no community '{name}'.");

    private List<CommunityMembership> Follow(EnergyCommunity community)
    {
        List<CommunityMembership> memberships = [];
        var dated = community.Notices.Select((notice, number) => (notice, day: DayOf(community, notice, number), number));
        foreach (var ofPoint in dated.GroupBy(entry => entry.notice.Point, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            CommunityMembership? current = null;
            foreach (var (notice, day, number) in ofPoint.OrderBy(entry => entry.day).ThenBy(entry => entry.notice.Given))
            {
                var field = FieldOf(community, number);
                Require((notice.Kind == NoticeKind.Join) == (current is null), MembershipRule.Membership, field, current is null
                    ? $"On {day:R} the point '{notice.Point}' is no member of '{community.Name}': only who has joined can change a share or leave."
                    : $"On {day:R} the point '{notice.Point}' is a member of '{community.Name}' already: change its share instead.");
                if (current is not null)
                {
                    Require(current.From < day, MembershipRule.Day, field, $"Two notices for the point '{notice.Point}' would take effect on {day:R}: keep one.");
                    memberships.Add(current with { Until = day });
                }

                current = notice.Kind == NoticeKind.Leave ? null : new CommunityMembership(community.Name, notice.Point, notice.Share, day, null);
            }

            if (current is not null)
            {
                memberships.Add(current);
            }
        }

        return memberships;
    }

    private LocalDate DayOf(EnergyCommunity community, MembershipNotice notice, int number)
    {
        var field = FieldOf(community, number);
        Require(notice.Point != community.Property, MembershipRule.Property, field, $"The point '{notice.Point}' is the producing property's: its own use is met first, and it has no share.");
        var earliest = community.EarliestDay(notice.Given, Zone);
        Require(!(notice.Day < earliest), MembershipRule.Notice, field, $"The notice for the point '{notice.Point}' comes too late for {notice.Day:R}: with {community.NoticeDays} days of notice it can take effect on {earliest:R} at the earliest.");
        return notice.Day ?? earliest;
    }

    private static void RequireAtMostTheWhole(EnergyCommunity community, List<CommunityMembership> memberships)
    {
        var changes = memberships.Select(membership => (Day: membership.From, Change: membership.Share.PartsPerMillion))
            .Concat(memberships.Where(membership => membership.Until is not null).Select(membership => (Day: membership.Until!.Value, Change: -membership.Share.PartsPerMillion)));
        var sum = 0L;
        foreach (var ofDay in changes.GroupBy(change => change.Day).OrderBy(group => group.Key))
        {
            sum += ofDay.Sum(change => change.Change);
            Require(sum <= CommunityShare.Whole, MembershipRule.Shares, community.Name, $"From {ofDay.Key:R} the shares of '{community.Name}' sum to {sum} millionths, which is more than 100 %.");
        }
    }

    // The property belongs to its community from the first member's first day to the last one's last.
    private void RequireOneAtATime()
    {
        var spans = _communities.Values.SelectMany(entry => entry.Memberships).Concat(_communities.Values.Where(entry => entry.Memberships.Count > 0).Select(entry => new CommunityMembership(
            entry.Community.Name, entry.Community.Property, default, entry.Memberships.Min(membership => membership.From),
            entry.Memberships.Exists(membership => membership.Until is null) ? null : entry.Memberships.Max(membership => membership.Until))));
        foreach (var ofPoint in spans.GroupBy(span => span.Point, StringComparer.Ordinal))
        {
            CommunityMembership? before = null;
            foreach (var span in ofPoint.OrderBy(span => span.From))
            {
                Require(before is null || before.Until <= span.From, MembershipRule.OneCommunity, span.Community, $"On {span.From:R} the point '{span.Point}' would belong to '{before?.Community}' and '{span.Community}': a point belongs to one community at a time.");
                before = span;
            }
        }
    }

    private static string FieldOf(EnergyCommunity community, int number) => $"{community.Name}.notices[{number}]";

    private static void Require(bool holds, MembershipRule? rule, string field, string sentence)
    {
        if (!holds)
        {
            throw new EnergyException(field, sentence) { Rule = rule };
        }
    }
}
