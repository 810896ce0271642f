using Kera.Energy;
using NodaTime;

namespace Kera.Generated;

/// <summary>What generated communities are like.</summary>
/// <param name="LeastMembers">The fewest members of one.</param>
/// <param name="MostMembers">The most; sizes in between are as likely as each other by their logarithm, so that most are small.</param>
/// <param name="HourlyShare">The share of points that are metered by the hour.</param>
/// <param name="GapShare">The share of values that are missing.</param>
/// <param name="MovingShare">The share of members that join, leave or change their share within the periods.</param>
public sealed record CommunityOptions(int LeastMembers, int MostMembers, double HourlyShare, double GapShare, double MovingShare);

/// <summary>A point's values as its meter gave them: a number for each quarter, or for each hour.</summary>
public sealed record GeneratedPoint(string Name, int Minutes, long[] Use, long[] Production, ReadingQuality[] Qualities)
{
    /// <summary>The point as the kernel takes it; nothing is copied where it is metered by the quarter.</summary>
    public MeteringPoint In(SettlementPeriods periods) => Minutes == 15
        ? new MeteringPoint(Name, Use, Production, Qualities)
        : MeteringPoint.Of(Name, periods, Readings(periods, Use), Readings(periods, Production));

    private MeterReading[]? Readings(SettlementPeriods periods, long[] amounts) => amounts.Length == 0 ? null
        : [.. amounts.Select((amount, hour) => new MeterReading(periods.Begin(hour * 4), 60, amount, Qualities[hour]))];
}

/// <summary>A community with its points, the same for the same seed.</summary>
public sealed class GeneratedCommunity
{
    private readonly Random _random;
    private readonly CommunityOptions _options;
    private readonly SettlementPeriods _periods;

    public GeneratedCommunity(int seed, string name, SettlementPeriods periods, CommunityOptions options)
    {
        (_random, _options, _periods) = (new Random(seed), options, periods);
        var members = (int)Math.Round(options.LeastMembers * Math.Pow((double)options.MostMembers / options.LeastMembers, _random.NextDouble()));
        // Up to 800 W of panels for a member.
        Property = Point($"{name}/property", mostUse: 400 * members, mostProduction: 200 * members);
        Members = [.. Enumerable.Range(0, members).Select(member => Point($"{name}/{member}", mostUse: 800, _random.Next(20) == 0 ? 500 : 0))];
        Community = new EnergyCommunity(name, Property.Name, _random.Next(2) == 0 ? SettlementModel.Sma : SettlementModel.Smb, _random.Next(30), []);
        Community = Community with { Notices = [.. Notices()] };
    }

    /// <summary>The community with its notices.</summary>
    public EnergyCommunity Community { get; }

    /// <summary>The producing property's point.</summary>
    public GeneratedPoint Property { get; }

    /// <summary>The members' points.</summary>
    public IReadOnlyList<GeneratedPoint> Members { get; }

    private GeneratedPoint Point(string name, int mostUse, int mostProduction)
    {
        var minutes = _random.NextDouble() < _options.HourlyShare ? 60 : 15;
        var count = _periods.Count * 15 / minutes;
        var (use, production, qualities) = (new long[count], new long[mostProduction == 0 ? 0 : count], new ReadingQuality[count]);
        for (var step = 0; step < count; step++)
        {
            use[step] = _random.Next(minutes / 15 * mostUse);
            if (production.Length > 0)
            {
                var hour = step * minutes / 60.0 % 24;
                production[step] = (long)(_random.NextDouble() * minutes / 15 * mostProduction * Math.Max(0, Math.Sin((hour - 6) / 12 * Math.PI)));
            }
        }

        // As many steps as are missing on average, drawn and not asked of each: generating must not take longer than settling.
        for (var gap = (int)(_options.GapShare * count + _random.NextDouble()); gap > 0; gap--)
        {
            qualities[_random.Next(count)] = _random.Next(3) == 0 ? ReadingQuality.Estimated : ReadingQuality.Missing;
        }

        return new GeneratedPoint(name, minutes, use, production, qualities);
    }

    // Each member has a part of its own of the whole, of which it never has more: so shares may change in any order.
    private IEnumerable<MembershipNotice> Notices()
    {
        var weights = Members.Select(_ => 1.0 + _random.NextDouble()).ToArray();
        var whole = _random.Next(3) == 0 ? CommunityShare.Whole : _random.NextInt64(CommunityShare.Whole / 2, CommunityShare.Whole);
        var (sum, days) = (weights.Sum(), Period.DaysBetween(_periods.First, _periods.Until));
        for (var member = 0; member < Members.Count; member++)
        {
            var part = (long)(whole * weights[member] / sum);
            var name = Members[member].Name;
            var moves = _random.NextDouble() < _options.MovingShare;
            var day = _random.Next(-3, moves ? days : 0);
            yield return MembershipNotice.Join(name, CommunityShare.OfPartsPerMillion(part), Told(day));
            while (moves && (day += _random.Next(2, days)) < days + 3)
            {
                var leaves = _random.Next(3) == 0;
                yield return leaves ? MembershipNotice.Leave(name, Told(day)) : MembershipNotice.ChangeShare(name, CommunityShare.OfPartsPerMillion(_random.NextInt64(part + 1)), Told(day));
                if (leaves)
                {
                    day += _random.Next(2, days);
                    yield return MembershipNotice.Join(name, CommunityShare.OfPartsPerMillion(part), Told(day));
                }
            }
        }
    }

    // A minute of the day so many days after the first, with the notice before it.
    private Instant Told(int day) => _periods.First.PlusDays(day - Community.NoticeDays).At(new LocalTime(_random.Next(4, 24), _random.Next(60))).InZoneLeniently(_periods.Zone).ToInstant();
}
