using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Homes;

/// <summary>What homes like one used in a month.</summary>
/// <param name="Low">A quarter of them used less.</param>
/// <param name="Middle">Half of them.</param>
/// <param name="High">A quarter used more.</param>
public sealed record HomeBand(Quantity Low, Quantity Middle, Quantity High);

/// <summary>A home beside others like it.</summary>
/// <param name="Reading">Of what.</param>
/// <param name="Unit">The UCUM code of it.</param>
/// <param name="Own">What the home used in the month; null where its own readings lack too much of it.</param>
/// <param name="Band">The others; null where too few have readings of the month.</param>
public sealed record ComparedHome(HomeReading Reading, string Unit, Quantity? Own, HomeBand? Band);

/// <summary>
/// Compares a home with others of its kind and size without showing anyone. A band is of at least ten homes and a whole month
/// that has been over for three days; each of its numbers is the mean of three homes, rounded to two digits; it is reckoned once and
/// stays. Groups and months are fixed, so that no two bands differ by one home.
/// </summary>
public sealed class HomeComparison(DistrictInForce district, KeraStore store, SeriesStore series, IClock clock)
{
    /// <summary>The fewest homes of a band.</summary>
    public static int Fewest => 10;

    // Readings come late.
    private const int DaysToWait = 3;

    // Of a month's time, so that a meter's outage of a day does not leave its home out.
    private const double Whole = 0.95;

    /// <summary>The newest month that can be compared.</summary>
    public YearMonth Month => clock.GetCurrentInstant().InZone(district.Zone).Date.PlusDays(-DaysToWait).ToYearMonth().PlusMonths(-1);

    /// <summary>Compares what is metered of a home.</summary>
    public async Task<IReadOnlyList<ComparedHome>> CompareAsync(int agentId, string person, HomeKind kind, HomeSize size, CancellationToken cancellation)
    {
        List<ComparedHome> compared = [];
        await using var db = store.OpenContext();
        foreach (var reading in (district.Model?.Buildings?.Readings ?? []).Where(reading => reading.Room is null))
        {
            if (await series.FindAsync(reading.SeriesOf(person), new Reader(agentId), cancellation) is { } own)
            {
                var sums = await SumsAsync(db, db.Series.Where(row => row.Id == own.Id), cancellation);
                compared.Add(new ComparedHome(reading, own.Unit, sums.Count == 1 ? new Quantity(sums[0]) : null, await BandAsync(db, reading, kind, size, cancellation)));
            }
        }

        return compared;
    }

    private async Task<HomeBand?> BandAsync(KeraDb db, HomeReading reading, HomeKind kind, HomeSize size, CancellationToken cancellation)
    {
        var month = DistrictCalendar.MonthNumber(Month.OnDayOfMonth(1));
        var known = db.HomeBands.AsNoTracking().Where(row => row.Month == month && row.Measure == reading.Measure && row.Kind == kind && row.Size == size);
        if (await known.SingleOrDefaultAsync(cancellation) is { } there)
        {
            return Band(there);
        }

        // Each home's own Series by its exact name, so that a person counts once whatever else they own.
        var prefix = reading.SeriesOf("");
        var all = db.Homes.Where(home => home.Kind == kind && home.Size == size)
            .Join(db.Agents, home => home.AgentId, agent => agent.Id, (_, agent) => agent)
            .Join(db.Series, agent => new { Owner = (int?)agent.Id, Key = prefix + agent.Key }, row => new { Owner = row.OwnerId, row.Key }, (_, row) => row);
        var sums = await SumsAsync(db, all, cancellation);
        if (sums.Count < Fewest)
        {
            return null;
        }

        sums.Sort();
        var row = new HomeBandRow { Month = month, Measure = reading.Measure, Kind = kind, Size = size, Low = Around(sums, 0.25), Middle = Around(sums, 0.5), High = Around(sums, 0.75) };
        db.HomeBands.Add(row);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (known.Any())
        {
            // Somebody else asked in the same moment: theirs stays.
            return Band(await known.SingleAsync(cancellation));
        }

        return Band(row);
    }

    // What each used in the month, of those whose readings are of nearly all of it.
    private async Task<List<long>> SumsAsync(KeraDb db, IQueryable<SeriesRow> which, CancellationToken cancellation)
    {
        var (from, until) = (district.Zone.AtStartOfDay(Month.OnDayOfMonth(1)).ToInstant(), district.Zone.AtStartOfDay(Month.PlusMonths(1).OnDayOfMonth(1)).ToInstant());
        var (first, after) = (DistrictCalendar.ToMicroseconds(from), DistrictCalendar.ToMicroseconds(until));
        var sums = await which
            .Join(db.SeriesValues.Where(value => value.Start >= first && value.Start < after), row => row.Id, value => value.SeriesId, (row, value) => new { row.Id, row.Step, value.Value })
            .GroupBy(each => new { each.Id, each.Step })
            .Select(group => new { group.Key.Step, Count = group.Count(), Sum = group.Sum(each => each.Value) })
            .ToListAsync(cancellation);
        return [.. sums.Where(sum => (double)sum.Count * sum.Step >= (until - from).TotalSeconds * Whole).Select(sum => sum.Sum)];
    }

    // The mean of the three homes about a rank, rounded to two digits: no number is a single home's.
    private static long Around(List<long> sums, double share)
    {
        var rank = (int)Math.Round((sums.Count - 1) * share);
        var mean = sums.Skip(rank - 1).Take(3).Average();
        if (mean <= 0)
        {
            return 0;
        }

        var scale = Math.Pow(10, Math.Floor(Math.Log10(mean)) - 1);
        return (long)(Math.Round(mean / scale) * scale);
    }

    private static HomeBand Band(HomeBandRow row) => new(new Quantity(row.Low), new Quantity(row.Middle), new Quantity(row.High));
}
