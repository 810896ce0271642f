using Kera.Base.District;
using Kera.Energy;
using NodaTime;

namespace Kera.Features.Communities;

/// <summary>A community's month as one reader may see it.</summary>
/// <param name="Community">The community.</param>
/// <param name="Months">The months that can be settled, the first and the last; null where nobody whom the reader may see has belonged to it on a day that is over.</param>
/// <param name="Month">The month, one of those; null where there is none.</param>
/// <param name="Whole">Whether the reader may see every point: else sums of the community, and what others share, are not told.</param>
/// <param name="Memberships">Who has belonged to it on days that are over, in this month or others, of those whom the reader may see.</param>
/// <param name="Settlement">The days of the month that are over, settled for those whom the reader may see; null where there is none, or the reader may not see the property's readings.</param>
/// <param name="Carbon">By the point of each member of the settlement, the intensities of the hours.</param>
public sealed record CommunityMonth(
    DistrictCommunity Community,
    (YearMonth First, YearMonth Last)? Months,
    YearMonth? Month,
    bool Whole,
    IReadOnlyList<CommunityMembership> Memberships,
    CommunitySettlement? Settlement,
    IReadOnlyDictionary<string, PointIntensities> Carbon)
{
    /// <summary>Whether anything has been read of the property in the month.</summary>
    public bool Known => Settlement is { } settlement && Enumerable.Range(0, settlement.Periods.Count).Any(period => settlement.Quality(period) != ReadingQuality.Missing);

    /// <summary>How many periods have no value of the property, so that nothing is credited in them.</summary>
    public int Missing => Count(ReadingQuality.Missing);

    /// <summary>How many periods rest on an estimated value of the property.</summary>
    public int Estimated => Count(ReadingQuality.Estimated);

    private int Count(ReadingQuality quality) => Settlement is { } settlement ? Enumerable.Range(0, settlement.Periods.Count).Count(period => settlement.Quality(period) == quality) : 0;
}
