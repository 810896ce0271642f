using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>The things of a kind, and when they are away.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Pieces">How many there are, without those that are gone for good.</param>
/// <param name="Claims">When they are away.</param>
/// <param name="Waiting">Who waits, who asked first before the others.</param>
public sealed record KindStock(ThingKind Kind, int Pieces, IReadOnlyList<ThingClaim> Claims, IReadOnlyList<ThingWish> Waiting)
{
    /// <summary>The first day from which so many are free for some days; null where none within the horizon is.</summary>
    public LocalDate? FirstFree(LocalDate today, LocalDate notBefore, int days, int wanted = 1) =>
        ThingAvailability.FirstFree(Pieces, Claims, Kind.Terms.BufferDays, days, notBefore, today.PlusDays(Kind.Terms.HorizonDays), wanted);

    /// <summary>How many are free on a day, 0 at least.</summary>
    public int Free(LocalDate day) => Math.Max(0, ThingAvailability.Free(Pieces, Claims, Kind.Terms.BufferDays, day));

    /// <summary>Whether so many are free for those days.</summary>
    public bool Fits(ThingClaim claim, int wanted = 1) => ThingAvailability.Fits(Pieces, Claims, Kind.Terms.BufferDays, claim, wanted);
}

/// <summary>What there is to lend, and what is free: reads loans and items and asks the kernel.</summary>
public sealed class ThingShelf(KeraStore store, DistrictInForce district, IClock clock)
{
    private const decimal Millionths = 1_000_000;

    /// <summary>What the district says of things; null for nothing.</summary>
    public DistrictThings? Things => district.Model?.Things;

    /// <summary>The present moment.</summary>
    public Instant Now => clock.GetCurrentInstant();

    /// <summary>The same as rows write it.</summary>
    public long NowMicroseconds => DistrictCalendar.ToMicroseconds(Now);

    /// <summary>The day that it is.</summary>
    public LocalDate Today => DayOf(Now);

    /// <summary>The day of an instant.</summary>
    public LocalDate DayOf(Instant instant) => instant.InZone(district.Zone).Date;

    /// <summary>The beginning of a day.</summary>
    public Instant StartOf(LocalDate day) => district.Zone.AtStartOfDay(day).ToInstant();

    /// <summary>Whether an agent keeps things.</summary>
    public bool Keeps(string agent) => Things?.Kinds.Values.Any(kind => kind.Keeper == agent) == true;

    /// <summary>The things that an agent keeps.</summary>
    public IEnumerable<ThingItem> ItemsOf(string agent) => (Things?.Items.Values ?? []).Where(item => Things!.Kinds.TryGetValue(item.Kind, out var kind) && kind.Keeper == agent);

    /// <summary>The things of a kind.</summary>
    public IEnumerable<ThingItem> ItemsOf(ThingKind kind) => Things!.Items.Values.Where(item => item.Kind == kind.Key);

    /// <summary>The stock of some kinds.</summary>
    public async Task<IReadOnlyDictionary<string, KindStock>> StockAsync(IReadOnlyCollection<ThingKind> kinds, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await StockAsync(db, kinds, null, cancellation);
    }

    /// <summary>The stock of one kind.</summary>
    /// <param name="db">The context.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="without">The key of a loan that does not count; null for none.</param>
    /// <param name="cancellation">Stops.</param>
    internal async Task<KindStock> StockAsync(KeraDb db, ThingKind kind, string? without, CancellationToken cancellation) => (await StockAsync(db, [kind], without, cancellation))[kind.Key];

    private async Task<IReadOnlyDictionary<string, KindStock>> StockAsync(KeraDb db, IReadOnlyCollection<ThingKind> kinds, string? without, CancellationToken cancellation)
    {
        var (now, today) = (NowMicroseconds, Today);
        List<string> keys = [.. kinds.Select(kind => kind.Key)];
        var loans = await db.Loans.AsNoTracking()
            .Where(row => keys.Contains(row.Kind) && row.State <= LoanState.Out && row.Key != without && (row.State != LoanState.Offered || row.HeldUntil > now))
            .OrderBy(row => row.Id).ToListAsync(cancellation);
        var states = await db.ThingItems.AsNoTracking().Where(row => row.State != ThingItemState.InUse).ToDictionaryAsync(row => row.Item, cancellation);
        Dictionary<string, KindStock> stocks = [];
        foreach (var kind in kinds)
        {
            stocks[kind.Key] = Stock(kind, loans.Where(row => row.Kind == kind.Key), states, await OverdueAsync(db, kind, cancellation), today);
        }

        return stocks;
    }

    /// <summary>The items of a kind that are not lent before they are inspected.</summary>
    internal async Task<IReadOnlySet<string>> OverdueAsync(KeraDb db, ThingKind kind, CancellationToken cancellation)
    {
        if (kind.Inspection is not { } inspection)
        {
            return new HashSet<string>();
        }

        var items = ItemsOf(kind).ToList();
        var keys = items.ConvertAll(item => item.Key);
        var rows = await db.ThingItems.AsNoTracking().Where(row => keys.Contains(row.Item)).ToDictionaryAsync(row => row.Item, cancellation);
        var run = inspection.Hours is null ? [] : await ItemRegister.RunAsync(db, keys, cancellation);
        return items.Where(item =>
        {
            var row = rows.GetValueOrDefault(item.Key);
            return row?.State is null or ThingItemState.InUse
                && inspection.IsDue(row?.Inspected is { } day ? DistrictCalendar.DateOf(day) : item.Since, (run.GetValueOrDefault(item.Key) - (row?.InspectedHours ?? 0)) / Millionths, Today);
        }).Select(item => item.Key).ToHashSet(StringComparer.Ordinal);
    }

    private KindStock Stock(ThingKind kind, IEnumerable<LoanRow> loans, Dictionary<string, ThingItemRow> states, IReadOnlySet<string> overdue, LocalDate today)
    {
        var rows = loans.ToLookup(row => row.State == LoanState.Waiting);
        var items = ItemsOf(kind).Where(item => states.GetValueOrDefault(item.Key)?.State != ThingItemState.Gone).ToList();
        return new KindStock(
            kind,
            items.Count,
            [
                .. rows[false].Select(row => ClaimOf(row, today)),
                .. items.Where(item => item.Since > today).Select(item => new ThingClaim(today, item.Since.PlusDays(-1))),
                // Nobody knows when it is inspected: like what is late, it is away today.
                .. items.Where(item => overdue.Contains(item.Key) && item.Since <= today && !rows[false].Any(row => row.Item == item.Key && row.State == LoanState.Out)).Select(_ => new ThingClaim(today, today)),
                .. items.Select(item => states.GetValueOrDefault(item.Key)).OfType<ThingItemRow>()
                    .Select(row => new ThingClaim(today, row.RepairedBy is { } day ? LocalDate.Max(DistrictCalendar.DateOf(day), today) : ThingAvailability.NoEnd)),
            ],
            [.. rows[true].Select(row => new ThingWish(row.Key, row.Days, DistrictCalendar.DateOf(row.First), DistrictCalendar.DateOf(row.Latest)))]);
    }

    // What is late is away today too.
    private static ThingClaim ClaimOf(LoanRow row, LocalDate today)
    {
        var claim = new ThingClaim(DistrictCalendar.DateOf(row.First), DistrictCalendar.DateOf(row.Due));
        return row.State == LoanState.Out ? claim with { To = LocalDate.Max(claim.To, today) } : claim;
    }
}
