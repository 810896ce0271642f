using System.Globalization;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Energy;
using NodaTime;

namespace Kera.Features.Communities;

/// <summary>
/// Settles a community's month for a reader. Whose readings the reader may not see is left out before anything is read, so that
/// no number of the answer rests on them: with fixed shares, a member's statement needs its own readings and the property's alone.
/// </summary>
public sealed class CommunityBook(DistrictInForce district, PointReadings readings, CarbonIntensities carbon, CommunityNotices notices, IClock clock)
{
    private static readonly IReadOnlyDictionary<string, PointIntensities> NoCarbon = new Dictionary<string, PointIntensities>();

    /// <summary>The communities; none where the district says nothing of them.</summary>
    public IEnumerable<DistrictCommunity> Communities => district.Model?.Communities?.Communities.Values ?? [];

    /// <summary>A community; null where there is none of that key.</summary>
    public DistrictCommunity? Find(string key) => district.Model?.Communities?.Communities.GetValueOrDefault(key);

    /// <summary>What metering points are called, by key.</summary>
    public IReadOnlyDictionary<string, LocalizedText> PointNames => district.Model!.Communities!.Points.Values.ToDictionary(point => point.Key, point => point.Name, StringComparer.Ordinal);

    /// <summary>A month as addresses write it, <c>2026-11</c>; null where it is none.</summary>
    public static YearMonth? Parse(string text) =>
        NodaTime.Text.YearMonthPattern.Iso.Parse(text) is { Success: true, Value: var month } && month.Year is > 1900 and < 3000 ? month : null;

    /// <summary>A month as addresses write it.</summary>
    public static string Word(YearMonth month) => string.Create(CultureInfo.InvariantCulture, $"{month.Year:0000}-{month.Month:00}");

    /// <summary>Settles the days of a month that are over.</summary>
    /// <param name="community">The community.</param>
    /// <param name="month">The month; null for the last that can be settled.</param>
    /// <param name="reader">Who asks.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The month; null where it lies before the first or after the last of those that can be settled.</returns>
    public async Task<CommunityMonth?> ReadAsync(DistrictCommunity community, YearMonth? month, CommunityReader reader, CancellationToken cancellation)
    {
        // With what was accepted through the site.
        community = community with { Rules = (await notices.ReadAsync(cancellation)).Communities[community.Key] };
        List<string> seen = [];
        var all = community.Rules.Notices.Select(notice => notice.Point).Append(community.Rules.Property).Distinct(StringComparer.Ordinal).ToList();
        foreach (var key in all)
        {
            if (await readings.MayReadAsync(reader, Point(key), cancellation))
            {
                seen.Add(key);
            }
        }

        var whole = seen.Count == all.Count;
        var rules = community.Rules with { Notices = [.. community.Rules.Notices.Where(notice => seen.Contains(notice.Point))] };
        var register = new CommunityRegister([rules], district.Zone);
        var today = clock.GetCurrentInstant().InZone(district.Zone).Date;
        List<CommunityMembership> memberships = [.. register.Memberships(rules.Name).Where(membership => membership.From < today)];
        if (memberships.Count == 0)
        {
            return month is null ? new CommunityMonth(community, null, null, whole, [], null, NoCarbon) : null;
        }

        var (first, last) = (memberships.Min(membership => membership.From).ToYearMonth(), today.PlusDays(-1).ToYearMonth());
        var wanted = month ?? last;
        if (wanted < first || wanted > last)
        {
            return null;
        }

        var periods = new SettlementPeriods(wanted.OnDayOfMonth(1), LocalDate.Min(wanted.PlusMonths(1).OnDayOfMonth(1), today), district.Zone);
        var settlement = seen.Contains(rules.Property) ? await SettleAsync(register, rules, periods, reader, cancellation) : null;
        var intensities = settlement is null ? NoCarbon : await carbon.OfAsync(community, [.. settlement.Members.Select(member => member.Point)], periods, reader, cancellation);
        return new CommunityMonth(community, (first, last), wanted, whole, memberships, settlement, intensities);
    }

    private DistrictPoint Point(string key) => district.Model!.Communities!.Points[key];

    private async Task<CommunitySettlement> SettleAsync(CommunityRegister register, EnergyCommunity rules, SettlementPeriods periods, CommunityReader reader, CancellationToken cancellation)
    {
        var points = new Dictionary<string, MeteringPoint>(StringComparer.Ordinal);
        var members = register.Memberships(rules.Name).Where(membership => membership.From < periods.Until && !(membership.Until <= periods.First));
        foreach (var key in members.Select(membership => membership.Point).Append(rules.Property).Distinct(StringComparer.Ordinal))
        {
            points[key] = await readings.ReadAsync(reader, Point(key), periods, cancellation);
        }

        return CommunitySettlement.Settle(register, rules.Name, periods, points);
    }
}
