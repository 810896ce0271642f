using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Carbon;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>
/// What an hour of a kind carries of what its making cost the climate: what is not shared out yet, over the hours that are still expected
/// (docs of accounting: remaining embodied by remaining hours, over a stated minimum).
/// </summary>
/// <param name="Remaining">What is not shared out yet, in kg CO2e.</param>
/// <param name="Expected">For how many hours the things of the kind are expected to be used still, 0 at least.</param>
/// <param name="Least">The least that it is shared out over.</param>
/// <param name="Loans">How many loans it was shared out over.</param>
public sealed record ThingFootprints(decimal Remaining, decimal Expected, decimal Least, int Loans)
{
    private const decimal Millionths = 1_000_000;

    /// <summary>The kilograms of CO2e of an hour.</summary>
    public decimal PerHour => (decimal)EmbodiedCarbon.PerHour((double)Remaining, (double)Expected, (double)Least);

    /// <summary>Millionths of kilograms that so many millionths of hours carry, and never more than there is.</summary>
    public long Carbon(long hours) => (long)Math.Min(Remaining * Millionths, decimal.Round(PerHour * hours));

    /// <summary>The footprint of a kind as it stands: of the things that there still are. Null where none is left.</summary>
    internal static async Task<ThingFootprints?> OfAsync(KeraDb db, ThingShelf shelf, ThingKind kind, ThingFootprint footprint, CancellationToken cancellation)
    {
        List<string> items = [.. shelf.ItemsOf(kind).Select(item => item.Key)];
        var gone = await db.ThingItems.Where(row => items.Contains(row.Item) && row.State == ThingItemState.Gone).Select(row => row.Item).ToListAsync(cancellation);
        items.RemoveAll(gone.Contains);
        if (items.Count == 0)
        {
            return null;
        }

        var back = db.Loans.AsNoTracking().Where(row => row.Kind == kind.Key && row.State == LoanState.Returned && items.Contains(row.Item));
        var (hours, carbon, loans) = (await back.SumAsync(row => row.Hours, cancellation), await back.SumAsync(row => row.Carbon, cancellation), await back.CountAsync(cancellation));
        return new ThingFootprints(
            Math.Max(0, (footprint.Embodied * items.Count) - (carbon / Millionths)),
            Math.Max(0, (footprint.LifeHours * items.Count) - (hours / Millionths)),
            footprint.LeastHours * items.Count,
            loans);
    }

    /// <summary>What of a keeper's things that are lost or broken for good no loan has carried, in kg CO2e: it is the keeper's.</summary>
    internal static async Task<decimal> WrittenOffAsync(KeraDb db, ThingShelf shelf, string keeper, CancellationToken cancellation)
    {
        var gone = (await db.ThingItems.Where(row => row.State == ThingItemState.Gone).Select(row => row.Item).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var carried = await db.Loans.AsNoTracking().Where(row => gone.Contains(row.Item) && row.State == LoanState.Returned).GroupBy(row => row.Item).Select(group => new { Item = group.Key, Carbon = group.Sum(row => row.Carbon) }).ToDictionaryAsync(each => each.Item, each => each.Carbon, cancellation);
        return shelf.ItemsOf(keeper).Where(item => gone.Contains(item.Key)).Sum(item => Math.Max(0, (shelf.Things!.Kinds[item.Kind].Footprint?.Embodied ?? 0) - (carried.GetValueOrDefault(item.Key) / Millionths)));
    }

    /// <summary>The hours of a loan: what its meter says of its days, else what is taken for each of them.</summary>
    internal static async Task<long> HoursAsync(KeraDb db, LoanRow row, ThingKind kind, LocalDate from, LocalDate to, CancellationToken cancellation)
    {
        var (first, last) = (DistrictCalendar.DayNumber(from), DistrictCalendar.DayNumber(to));
        var metered = await db.ThingHours.Where(each => each.Item == row.Item && each.Day >= first && each.Day <= last).SumAsync(each => each.Hours, cancellation);
        return metered > 0 ? metered : (long)((last - first + 1) * kind.HoursPerDay * Millionths);
    }
}
