namespace Kera.Energy;

/// <summary>
/// A community settled period by period: surplus = max(0, production − the property's own use), shareᵢ = ⌊pᵢ · surplus⌋, creditᵢ =
/// min(shareᵢ, net useᵢ), all in Wh. What a member does not use is not offered again. By Decree 767/2021; rounding is our reading, for
/// the text of the guidance was not at hand.
/// </summary>
/// <remarks>Sums are kept; a member's lines are reckoned from the points' values when they are asked for.</remarks>
public sealed class CommunitySettlement
{
    private readonly EnergyCommunity _community;
    private readonly MeteringPoint _property;
    private readonly List<Member> _members = [];
    private readonly long[] _surplus;
    private readonly long[] _shared;
    private readonly long[] _credited;

    private CommunitySettlement(CommunityRegister register, string community, SettlementPeriods periods, IReadOnlyDictionary<string, MeteringPoint> points)
    {
        (_community, Periods) = (register.Community(community), periods);
        _property = PointOf(_community.Property, points);
        (_surplus, _shared, _credited) = (new long[periods.Count], new long[periods.Count], new long[periods.Count]);
        for (var period = 0; period < periods.Count; period++)
        {
            _surplus[period] = Netting.Surplus(_property.Use(period), _property.Production(period));
        }

        foreach (var ofPoint in register.Memberships(community).GroupBy(membership => membership.Point, StringComparer.Ordinal))
        {
            InForce[] spans = [.. ofPoint
                .Select(membership => new InForce(membership.Share, periods.FirstOf(membership.From), membership.Until is { } until ? periods.FirstOf(until) : periods.Count))
                .Where(span => span.First < span.End)];
            if (spans.Length > 0)
            {
                var point = PointOf(ofPoint.Key, points);
                _members.Add(new Member(point, spans, Settle(point, spans)));
            }
        }

        for (var period = 0; period < periods.Count; period++)
        {
            Totals += Period(period);
        }
    }

    /// <summary>The periods that were settled.</summary>
    public SettlementPeriods Periods { get; }

    /// <summary>The community's sums over all periods whose production and own use are known.</summary>
    public CommunityEnergy Totals { get; }

    /// <summary>The members that belonged to it in one of the periods or more, with their sums.</summary>
    public IReadOnlyList<MemberTotals> Members => [.. _members.Select(member => member.Totals)];

    /// <summary>Where unused shares go.</summary>
    public UnusedDestination UnusedTo => _community.Model == SettlementModel.Sma ? UnusedDestination.CommonPoint : UnusedDestination.VirtualPoint;

    /// <summary>Settles a community; O(members · periods).</summary>
    /// <param name="register">Who belongs to which community.</param>
    /// <param name="community">The community.</param>
    /// <param name="periods">The periods to settle, of the register's zone.</param>
    /// <param name="points">By name, at least the property's point and each member's, with a value for each of the periods.</param>
    /// <exception cref="EnergyException">
    /// There is no such community; its members are on other connections and that is not enabled; the zones differ; a point is not
    /// there or has another number of periods.
    /// </exception>
    public static CommunitySettlement Settle(CommunityRegister register, string community, SettlementPeriods periods, IReadOnlyDictionary<string, MeteringPoint> points)
    {
        if (register.Community(community) is { Type: CommunityType.AcrossConnections, AcrossConnectionsEnabled: false })
        {
            throw new EnergyException(community, $"The members of '{community}' are on other connections of the grid. How such a community shares is not settled by Decree 767/2021, so it is not settled here unless its settings enable it.");
        }

        return periods.Zone.Id == register.Zone.Id
            ? new(register, community, periods, points)
            : throw new EnergyException("periods", $"The periods are of {periods.Zone.Id}, the notices of {register.Zone.Id}: days begin in one zone.");
    }

    /// <summary>The community in a period.</summary>
    public CommunityEnergy Period(int period)
    {
        var unused = _shared[period] - _credited[period];
        var (toCommonPoint, toVirtualPoints) = UnusedTo == UnusedDestination.CommonPoint ? (unused, 0L) : (0L, unused);
        return new(_property.Production(period), _property.Use(period), _surplus[period], _credited[period], toCommonPoint, toVirtualPoints, _surplus[period] - _shared[period]);
    }

    /// <summary>How well the community's production and the property's own use of a period are known; where they are missing, nothing is credited.</summary>
    public ReadingQuality Quality(int period) => _property.Quality(period);

    /// <summary>The statement of a member; O(periods).</summary>
    /// <exception cref="EnergyException">The point was no member in any of the periods.</exception>
    public SettlementStatement Statement(string point)
    {
        var member = _members.Find(candidate => candidate.Point.Name == point)
            ?? throw new EnergyException(point, $"The point '{point}' was no member of '{_community.Name}' from {Periods.First:R} until {Periods.Until:R}.");
        var lines = new List<StatementLine>(member.Totals.Periods);
        foreach (var span in member.Spans)
        {
            for (var period = span.First; period < span.End; period++)
            {
                lines.Add(new(period, Periods.Begin(period), span.Share, Reckon(member.Point, span.Share, period), QualityOf(member.Point, period)));
            }
        }

        return new(_community.Name, UnusedTo, lines, member.Totals, Totals);
    }

    private MemberTotals Settle(MeteringPoint point, InForce[] spans)
    {
        var sum = default(MemberEnergy);
        var (count, estimated, missing) = (0, 0, 0);
        foreach (var span in spans)
        {
            count += span.End - span.First;
            for (var period = span.First; period < span.End; period++)
            {
                var energy = Reckon(point, span.Share, period);
                _shared[period] += energy.Share;
                _credited[period] += energy.Credit;
                sum += energy;
                var quality = QualityOf(point, period);
                estimated += quality == ReadingQuality.Estimated ? 1 : 0;
                missing += quality == ReadingQuality.Missing ? 1 : 0;
            }
        }

        return new(point.Name, sum, count, estimated, missing);
    }

    // The one place where a member's period is reckoned. What is missing is 0: a surplus, so that nothing is offered; a use, so that
    // nothing is credited and all that is offered stays unused.
    private MemberEnergy Reckon(MeteringPoint point, CommunityShare share, int period)
    {
        var (use, production, offered) = (point.Use(period), point.Production(period), share.Of(_surplus[period]));
        var netUse = Netting.NetUse(use, production);
        return new(use, production, netUse, offered, Math.Min(offered, netUse));
    }

    private ReadingQuality QualityOf(MeteringPoint point, int period) => MeteringPoint.Worse(point.Quality(period), _property.Quality(period));

    private MeteringPoint PointOf(string name, IReadOnlyDictionary<string, MeteringPoint> points)
    {
        var point = points.GetValueOrDefault(name) ?? throw new EnergyException(name, $"There are no values of the point '{name}'. Give it with its periods missing, so that they are shown as missing.");
        return point.Count == Periods.Count ? point : throw new EnergyException(name, $"The point '{name}' has values for {point.Count} periods, and {Periods.Count} are to be settled.");
    }

    // Periods, from the first up to the end, in which one share is in force.
    private readonly record struct InForce(CommunityShare Share, int First, int End);

    private sealed record Member(MeteringPoint Point, InForce[] Spans, MemberTotals Totals);
}
