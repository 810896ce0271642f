using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Things;

/// <summary>An item as its keeper sees it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="State">Whether it is lent at all.</param>
/// <param name="RepairedBy">The last day of its repair; null where nobody knows.</param>
/// <param name="Loan">The loan that it is out on; null where it is here.</param>
/// <param name="Serviced">When it was looked after last, or since when it is here.</param>
/// <param name="RunHours">For how many hours it ran since then.</param>
/// <param name="Inspected">When it was inspected last, or since when it is here.</param>
/// <param name="InspectedHours">For how many hours it ran since then.</param>
/// <param name="Seen">When it was seen on its shelf last; null for never.</param>
public sealed record ItemView(ThingItem Item, ThingKind Kind, ThingItemState State, LocalDate? RepairedBy, LoanRow? Loan, LocalDate Serviced, decimal RunHours, LocalDate Inspected, decimal InspectedHours, Instant? Seen)
{
    /// <summary>Whether it has to be looked after by a day.</summary>
    public bool IsDue(LocalDate day) => State == ThingItemState.InUse && Kind.Maintenance?.IsDue(Serviced, RunHours, day) == true;

    /// <summary>Whether it is not lent before it is inspected.</summary>
    public bool IsOverdue(LocalDate day) => State == ThingItemState.InUse && Kind.Inspection?.IsDue(Inspected, InspectedHours, day) == true;
}

/// <summary>What an item's keeper does with it.</summary>
public enum ItemDeed
{
    /// <summary>It was looked after, and is fit for use.</summary>
    Service,

    /// <summary>It was inspected, and is fit for use.</summary>
    Inspect,

    /// <summary>It goes to be mended.</summary>
    Repair,

    /// <summary>It is lost, or broken for good.</summary>
    Remove,
}

/// <summary>The items: their state, maintenance, the count of the shelf, and the hours that their meters tell.</summary>
public sealed class ItemRegister(KeraStore store, ThingShelf shelf)
{
    private const decimal Millionths = 1_000_000;
    private const decimal HoursInDay = 24;
    private const int MostLines = 10_000;

    /// <summary>The items that an agent keeps.</summary>
    public async Task<IReadOnlyList<ItemView>> OfKeeperAsync(string keeper, CancellationToken cancellation) => await ViewsAsync([.. shelf.ItemsOf(keeper)], cancellation);

    /// <summary>One item; null where there is none.</summary>
    public async Task<ItemView?> FindAsync(string item, CancellationToken cancellation) =>
        shelf.Things?.Items.GetValueOrDefault(item) is { } known ? (await ViewsAsync([known], cancellation)).SingleOrDefault() : null;

    /// <summary>Looks after an item, sends it to be mended, or takes it off the shelf.</summary>
    /// <exception cref="AccessException">It is lent, or there is none of the keeper's.</exception>
    public async Task DoAsync(string item, ItemDeed deed, LocalDate? until, string keeper, Actor actor, CancellationToken cancellation)
    {
        if (await FindAsync(item, cancellation) is not { } view || view.Kind.Keeper != keeper)
        {
            throw new AccessException("item", "There is no such item.", "things.error.item");
        }

        if (until < shelf.Today)
        {
            throw new AccessException("until", "Write a day that is not over.", "things.error.until");
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await LoanRegister.TakeTurnAsync(db, view.Kind, cancellation);
        if (await db.Loans.AnyAsync(row => row.Item == item && row.State == LoanState.Out, cancellation))
        {
            throw new AccessException("item", "This item is lent.", "things.error.lent");
        }

        var row = await RowAsync(db, item, cancellation);
        (row.State, row.RepairedBy) = deed switch
        {
            ItemDeed.Service or ItemDeed.Inspect => (ThingItemState.InUse, (int?)null),
            ItemDeed.Repair => (ThingItemState.InRepair, until is { } back ? DistrictCalendar.DayNumber(back) : null),
            _ => (ThingItemState.Gone, null),
        };
        var (day, run) = (DistrictCalendar.DayNumber(shelf.Today), (await RunAsync(db, [item], cancellation)).GetValueOrDefault(item));
        if (deed == ItemDeed.Service)
        {
            (row.Serviced, row.ServicedHours) = (day, run);
        }
        else if (deed == ItemDeed.Inspect)
        {
            (row.Inspected, row.InspectedHours) = (day, run);
        }

        row.Changed = shelf.NowMicroseconds;
        Audit.Add(db, actor, shelf.Now, "thing." + deed.ToString().ToLowerInvariant(), item);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Records which items were seen on their shelves.</summary>
    /// <returns>How many that should be there were not seen.</returns>
    public async Task<int> CountShelfAsync(IReadOnlyCollection<string> seen, string keeper, Actor actor, CancellationToken cancellation)
    {
        var here = (await OfKeeperAsync(keeper, cancellation)).Where(view => view is { State: ThingItemState.InUse, Loan: null }).Select(view => view.Item.Key).ToList();
        await using var db = store.OpenContext();
        foreach (var item in here.Where(seen.Contains))
        {
            (await RowAsync(db, item, cancellation)).Seen = shelf.NowMicroseconds;
        }

        var missing = here.Where(item => !seen.Contains(item)).ToList();
        Audit.Add(db, actor, shelf.Now, "thing.count", missing.Count == 0 ? keeper : $"{keeper}: {string.Join(' ', missing)}");
        await db.SaveChangesAsync(cancellation);
        return missing.Count;
    }

    /// <summary>Takes in hours of running, a line each as <c>excavator-1;2026-11-24;6.5</c>. A line that comes again counts once; another number replaces the first.</summary>
    /// <returns>How many lines were new or other than before.</returns>
    /// <exception cref="AccessException">A line cannot be read; nothing is taken in.</exception>
    public async Task<int> ImportHoursAsync(string text, string keeper, Actor actor, CancellationToken cancellation)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        var items = shelf.ItemsOf(keeper).Select(item => item.Key).ToHashSet(StringComparer.Ordinal);
        Dictionary<(string, int), long> hours = [];
        for (var number = 0; number < lines.Length; number++)
        {
            if (lines[number].Length > 0)
            {
                var (item, day, value) = Read(lines[number], items) is { } read && number < MostLines
                    ? read
                    : throw new AccessException("hours", $"Line {number + 1} is no item;day;hours of an item that you keep.", "things.error.hours");
                hours[(item, day)] = value;
            }
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await StoreTurns.TakeAsync(db, ["thing-hours"], cancellation);
        List<string> named = [.. hours.Keys.Select(key => key.Item1).Distinct()];
        var known = await db.ThingHours.Where(row => named.Contains(row.Item)).ToDictionaryAsync(row => (row.Item, row.Day), cancellation);
        var changed = 0;
        foreach (var ((item, day), value) in hours)
        {
            if (known.GetValueOrDefault((item, day)) is not { } row)
            {
                db.ThingHours.Add(new ThingHoursRow { Item = item, Day = day, Hours = value });
                changed++;
            }
            else if (row.Hours != value)
            {
                row.Hours = value;
                changed++;
            }
        }

        if (changed > 0)
        {
            Audit.Add(db, actor, shelf.Now, "thing.hours", string.Create(CultureInfo.InvariantCulture, $"{keeper}: {changed}"));
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return changed;
    }

    /// <summary>The row of an item, made where there is none.</summary>
    internal static async Task<ThingItemRow> RowAsync(KeraDb db, string item, CancellationToken cancellation)
    {
        if (await db.ThingItems.SingleOrDefaultAsync(row => row.Item == item, cancellation) is not { } row)
        {
            db.ThingItems.Add(row = new ThingItemRow { Item = item });
        }

        return row;
    }

    private async Task<IReadOnlyList<ItemView>> ViewsAsync(IReadOnlyList<ThingItem> items, CancellationToken cancellation)
    {
        List<string> keys = [.. items.Select(item => item.Key)];
        await using var db = store.OpenContext();
        var rows = await db.ThingItems.AsNoTracking().Where(row => keys.Contains(row.Item)).ToDictionaryAsync(row => row.Item, cancellation);
        var loans = await db.Loans.AsNoTracking().Where(row => keys.Contains(row.Item) && row.State == LoanState.Out).ToDictionaryAsync(row => row.Item, cancellation);
        var run = await RunAsync(db, keys, cancellation);
        return [.. items.Where(item => shelf.Things!.Kinds.ContainsKey(item.Kind)).Select(item =>
        {
            var row = rows.GetValueOrDefault(item.Key) ?? new ThingItemRow();
            return new ItemView(
                item,
                shelf.Things!.Kinds[item.Kind],
                row.State,
                row.RepairedBy is { } day ? DistrictCalendar.DateOf(day) : null,
                loans.GetValueOrDefault(item.Key),
                row.Serviced is { } serviced ? DistrictCalendar.DateOf(serviced) : item.Since,
                Math.Max(0, run.GetValueOrDefault(item.Key) - row.ServicedHours) / Millionths,
                row.Inspected is { } inspected ? DistrictCalendar.DateOf(inspected) : item.Since,
                Math.Max(0, run.GetValueOrDefault(item.Key) - row.InspectedHours) / Millionths,
                row.Seen is { } seen ? DistrictCalendar.ToInstant(seen) : null);
        })];
    }

    // What meters say; where an item has none, the hours of its loans.
    internal static async Task<Dictionary<string, long>> RunAsync(KeraDb db, List<string> items, CancellationToken cancellation)
    {
        var lent = await db.Loans.Where(row => items.Contains(row.Item) && row.State == LoanState.Returned).GroupBy(row => row.Item).Select(group => new { Item = group.Key, Hours = group.Sum(row => row.Hours) }).ToDictionaryAsync(each => each.Item, each => each.Hours, cancellation);
        foreach (var metered in await db.ThingHours.Where(row => items.Contains(row.Item)).GroupBy(row => row.Item).Select(group => new { Item = group.Key, Hours = group.Sum(row => row.Hours) }).ToListAsync(cancellation))
        {
            lent[metered.Item] = metered.Hours;
        }

        return lent;
    }

    private (string Item, int Day, long Hours)? Read(string line, HashSet<string> items) =>
        line.Split(';', StringSplitOptions.TrimEntries) is [var item, var day, var hours] && items.Contains(item)
            && LocalDatePattern.Iso.Parse(day) is { Success: true, Value: var date } && date <= shelf.Today && date.Year >= 2000
            && Quantity.TryParse(hours.Replace(',', '.'), out var quantity) == QuantityError.None && quantity.ToDecimal() is >= 0 and <= HoursInDay
            ? (item, DistrictCalendar.DayNumber(date), (long)(quantity.ToDecimal() * Millionths))
            : null;
}
