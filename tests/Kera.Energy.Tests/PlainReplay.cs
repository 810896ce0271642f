using System.Numerics;
using Kera.Generated;
using NodaTime;

namespace Kera.Energy.Tests;

/// <summary>What the plain replay has for a member's quarter.</summary>
internal sealed record PlainLine(Instant Begin, BigInteger Use, BigInteger NetUse, BigInteger Share, BigInteger Credit, bool Known, bool Measured);

/// <summary>A community settled as one would with paper: quarter by quarter, with whole numbers of any size; nothing of the kernel's is used but its values.</summary>
internal sealed class PlainReplay
{
    private static readonly BigInteger s_million = 1_000_000;
    private readonly GeneratedCommunity _generated;
    private readonly DateTimeZone _zone;

    public PlainReplay(GeneratedCommunity generated, LocalDate first, LocalDate until, DateTimeZone zone)
    {
        (_generated, _zone) = (generated, zone);
        var end = zone.AtStartOfDay(until).ToInstant();
        var quarter = 0;
        for (var begin = zone.AtStartOfDay(first).ToInstant(); begin < end; begin = begin.Plus(Duration.FromMinutes(15)), quarter++)
        {
            Settle(quarter, begin);
        }
    }

    public Dictionary<string, List<PlainLine>> Lines { get; } = [];

    public List<(BigInteger Surplus, BigInteger Credited, BigInteger ToCommonPoint, BigInteger ToVirtualPoints)> Community { get; } = [];

    private void Settle(int quarter, Instant begin)
    {
        var property = Values(_generated.Property, quarter);
        var surplus = property.Quality == ReadingQuality.Missing || property.Production < property.Use ? 0 : property.Production - property.Use;
        BigInteger credited = 0, unused = 0, offered = 0;
        foreach (var member in _generated.Members)
        {
            if (ShareOn(member.Name, begin.InZone(_zone).Date) is not { } millionths)
            {
                continue;
            }

            var values = Values(member, quarter);
            var known = values.Quality != ReadingQuality.Missing;
            var netUse = known && values.Use > values.Production ? values.Use - values.Production : 0;
            var share = surplus * millionths / s_million;
            var credit = share < netUse ? share : netUse;
            (offered, credited, unused) = (offered + share, credited + credit, unused + share - credit);
            if (!Lines.TryGetValue(member.Name, out var lines))
            {
                Lines[member.Name] = lines = [];
            }

            lines.Add(new PlainLine(
                begin, known ? values.Use : 0, netUse, share, credit, known && property.Quality != ReadingQuality.Missing,
                values.Quality == ReadingQuality.Measured && property.Quality == ReadingQuality.Measured));
        }

        var byMember = _generated.Community.Model == SettlementModel.Smb;
        Community.Add((surplus, credited, surplus - offered + (byMember ? 0 : unused), byMember ? unused : 0));
    }

    // The share that the last notice before a day's start left in force; null for none.
    private long? ShareOn(string point, LocalDate day)
    {
        long? share = null;
        foreach (var notice in _generated.Community.Notices.Where(notice => notice.Point == point).OrderBy(notice => notice.Given))
        {
            var told = notice.Given.InZone(_zone).LocalDateTime;
            if (told.PlusDays(_generated.Community.NoticeDays) <= day.AtMidnight())
            {
                share = notice.Kind == NoticeKind.Leave ? null : notice.Share.PartsPerMillion;
            }
        }

        return share;
    }

    private static (BigInteger Use, BigInteger Production, ReadingQuality Quality) Values(GeneratedPoint point, int quarter)
    {
        var step = point.Minutes == 15 ? quarter : quarter / 4;
        var (use, production, quality) = (point.Use[step], point.Production.Length == 0 ? 0 : point.Production[step], point.Qualities[step]);
        if (point.Minutes == 15)
        {
            return (use, production, quality);
        }

        // By the hour: what is left of both is netted in the hour; in the quarters both have the same besides.
        var (both, left) = (Math.Min(use, production), Math.Abs(use - production));
        long Part(long hour) => quarter % 4 == 0 ? hour - 3 * (hour / 4) : hour / 4;
        return (Part(both) + (use > production ? Part(left) : 0), Part(both) + (use > production ? 0 : Part(left)), quality == ReadingQuality.Missing ? quality : ReadingQuality.Estimated);
    }
}
