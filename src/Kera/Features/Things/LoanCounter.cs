using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>What a keeper sees when a thing comes back.</summary>
/// <param name="Condition">How it looks.</param>
/// <param name="Missing">The places of the accessories that did not come back.</param>
/// <param name="Consumed">How many pieces of each consumable were used up, in the order of the file.</param>
/// <param name="Words">The keeper's words to the borrower.</param>
public sealed record ThingReturn(ThingCondition Condition, IReadOnlyList<int> Missing, IReadOnlyList<int> Consumed, string Words);

/// <summary>
/// The keeper's counter: things are handed out, taken back and lost. The same said twice, as by a code that was read twice, is said once:
/// nothing is doubled.
/// </summary>
public sealed class LoanCounter(KeraStore store, ThingShelf shelf, LoanRegister register)
{
    private const int LongestWords = 500;
    private const int MostPieces = 1_000;

    /// <summary>Hands an item out for a reservation.</summary>
    /// <param name="key">The reservation.</param>
    /// <param name="item">The item.</param>
    /// <param name="condition">How it looks.</param>
    /// <param name="depositTaken">Whether the deposit was paid at the counter; where not, it is owed only once some of it is kept.</param>
    /// <param name="keeper">The agent that keeps the item.</param>
    /// <param name="actor">Who hands it out.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">It cannot be: the item is away, or it is reserved for others until the reservation begins.</exception>
    public async Task HandOutAsync(string key, string item, ThingCondition condition, bool depositTaken, string keeper, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (row, kind) = await LockedAsync(db, key, keeper, cancellation);
        if (row.State == LoanState.Out && row.Item == item)
        {
            return;
        }

        if (row.State != LoanState.Reserved)
        {
            throw Refused("loan", "This reservation waits no more.", "things.error.loan");
        }

        if (shelf.Things!.Items.GetValueOrDefault(item)?.Kind != kind.Key || condition == ThingCondition.Broken
            || await db.Loans.AnyAsync(other => other.Item == item && other.State == LoanState.Out, cancellation)
            || await db.ThingItems.AnyAsync(other => other.Item == item && other.State != ThingItemState.InUse, cancellation))
        {
            throw Refused("item", "This item is not here to be lent.", "things.error.item");
        }

        if ((await shelf.OverdueAsync(db, kind, cancellation)).Contains(item))
        {
            throw Refused("item", "This item has to be inspected before it is lent.", "things.error.inspection");
        }

        var (today, first) = (shelf.Today, DistrictCalendar.DateOf(row.First));
        if (today < first)
        {
            // Fetched early, where nobody else has it until then.
            if (!(await shelf.StockAsync(db, kind, key, cancellation)).Fits(new ThingClaim(today, DistrictCalendar.DateOf(row.Due))))
            {
                throw Refused("loan", "Others have reserved it until then.", "things.error.early");
            }

            row.First = DistrictCalendar.DayNumber(today);
            LoanPrices.Set(row, kind, row.Due - row.First + 1, 0);
        }

        (row.State, row.Item, row.OutAt, row.ConditionOut, row.DepositHeld, row.DepositTaken, row.Changed) =
            (LoanState.Out, item, shelf.NowMicroseconds, condition, row.Deposit > 0, row.Deposit > 0 && depositTaken, shelf.NowMicroseconds);
        await SaveAsync(db, actor, "loan.out", $"{row.Key}: {item}", cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Takes a thing back; its price is reckoned by the days that it was away.</summary>
    /// <exception cref="AccessException">There is no such loan, or what is said cannot be.</exception>
    public async Task TakeBackAsync(string key, ThingReturn back, string keeper, Actor actor, CancellationToken cancellation)
    {
        var words = back.Words.Trim();
        if (words.Length > LongestWords)
        {
            throw Refused("words", "Write at most 500 characters.", "things.error.words");
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (row, kind) = await LockedAsync(db, key, keeper, cancellation);
        if (row.State == LoanState.Returned)
        {
            return;
        }

        if (row is not { State: LoanState.Out, OutAt: { } outAt })
        {
            throw Refused("loan", "This thing is not lent.", "things.error.notout");
        }

        if (back.Consumed.Any(pieces => pieces is < 0 or > MostPieces) || back.Missing.Any(number => number < 0 || number >= kind.Accessories.Count))
        {
            throw Refused("consumed", "Write how many pieces were used up, as whole numbers.", "things.error.consumed");
        }

        var today = shelf.Today;
        // At least as long as ago it was fetched: an event ends when it begins, or later.
        var now = Math.Max(shelf.NowMicroseconds, outAt);
        var first = LoanPrices.FirstDay(row, shelf);
        var (paid, late) = LoanPrices.PaidBy(row, first, today);
        (row.State, row.BackAt, row.ConditionBack, row.Words, row.Days, row.Changed) = (LoanState.Returned, now, back.Condition, words, Period.DaysBetween(first, today) + 1, now);
        row.Missing = string.Join(' ', back.Missing.Order().Select(number => number.ToString(CultureInfo.InvariantCulture)));
        row.Consumed = string.Join(' ', back.Consumed.Take(kind.Consumables.Count).Select((pieces, number) => (pieces, number)).Where(each => each.pieces > 0).Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.number}:{each.pieces}")));
        LoanPrices.Set(row, kind, paid, late, kind.Consumables.Zip(back.Consumed, (consumable, pieces) => consumable.Price * pieces).Sum());
        row.Hours = await ThingFootprints.HoursAsync(db, row, kind, first, today, cancellation);
        row.Carbon = kind.Footprint is { } footprint && await ThingFootprints.OfAsync(db, shelf, kind, footprint, cancellation) is { } hour ? hour.Carbon(row.Hours) : 0;
        if (row.Deposit > 0 && back.Condition != ThingCondition.Broken && row.Missing.Length == 0)
        {
            // Given back at the counter; what is to be talked about is kept until then.
            row.DepositHeld = false;
        }

        if (back.Condition == ThingCondition.Broken)
        {
            (await ItemRegister.RowAsync(db, row.Item, cancellation)).State = ThingItemState.InRepair;
        }

        await SaveAsync(db, actor, "loan.back", $"{row.Key}: {row.Item} {back.Condition}", cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Says that what is lent will not come back: the loan ends, its item is lent no more, the deposit is kept.</summary>
    /// <exception cref="AccessException">There is no such loan.</exception>
    public async Task LoseAsync(string key, string keeper, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (row, kind) = await LockedAsync(db, key, keeper, cancellation);
        if (row.State != LoanState.Out)
        {
            throw Refused("loan", "This thing is not lent.", "things.error.notout");
        }

        // Paid until it was due, or until now: how long it is away is nobody's use.
        var (days, _) = LoanPrices.PaidBy(row, LoanPrices.FirstDay(row, shelf), LocalDate.Min(shelf.Today, DistrictCalendar.DateOf(row.Due)));
        LoanPrices.Set(row, kind, days, 0);
        (row.State, row.BackAt, row.DepositHeld, row.DepositKept, row.Changed) = (LoanState.Lost, shelf.NowMicroseconds, false, row.Deposit, shelf.NowMicroseconds);
        (await ItemRegister.RowAsync(db, row.Item, cancellation)).State = ThingItemState.Gone;
        await SaveAsync(db, actor, "loan.lost", $"{row.Key}: {row.Item}", cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Changes a loan of a keeper's.</summary>
    /// <param name="key">The loan.</param>
    /// <param name="keeper">The agent that keeps the thing.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="operation">What the audit calls it.</param>
    /// <param name="may">Whether there is anything to do.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellation">Stops.</param>
    /// <param name="detail">What the audit says beside the loan; null for nothing.</param>
    internal async Task ChangeAsync(string key, string keeper, Actor actor, string operation, Func<LoanRow, bool> may, Action<LoanRow> change, CancellationToken cancellation, string? detail = null)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (row, _) = await LockedAsync(db, key, keeper, cancellation);
        if (may(row))
        {
            change(row);
            row.Changed = shelf.NowMicroseconds;
            await SaveAsync(db, actor, operation, detail is null ? row.Key : $"{row.Key}: {detail}", cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    /// <summary>A loan of a keeper's things; null where there is none.</summary>
    public async Task<LoanView?> FindAsync(string key, string keeper, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.Loans.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is { } row && register.ViewOf(row) is { } loan && loan.Kind.Keeper == keeper ? loan : null;
    }

    /// <summary>The loan that an item is out on, and those that ended and of which photographs are kept, the newest first.</summary>
    public async Task<IReadOnlyList<LoanView>> OfItemAsync(string item, string keeper, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await db.Loans.AsNoTracking().Where(row => row.Item == item && (row.State == LoanState.Out || db.LoanPhotos.Any(photo => photo.LoanId == row.Id))).OrderByDescending(row => row.OutAt).ToListAsync(cancellation);
        return [.. rows.Select(register.ViewOf).OfType<LoanView>().Where(loan => loan.Kind.Keeper == keeper)];
    }

    /// <summary>The loan that an item is out on, else the last that it came back from; null for none.</summary>
    public async Task<string?> LastOfAsync(string item, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.Loans.AsNoTracking().Where(row => row.Item == item && (row.State == LoanState.Out || row.State == LoanState.Returned)).OrderBy(row => row.State).ThenByDescending(row => row.BackAt).Select(row => row.Key).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>What has to do with a keeper now: reserved and to be fetched by tomorrow, lent, or with a deposit that is kept.</summary>
    public async Task<IReadOnlyList<LoanView>> OfKeeperAsync(string keeper, CancellationToken cancellation)
    {
        var tomorrow = DistrictCalendar.DayNumber(shelf.Today) + 1;
        List<string> kinds = [.. shelf.Things!.Kinds.Values.Where(kind => kind.Keeper == keeper).Select(kind => kind.Key)];
        await using var db = store.OpenContext();
        var rows = await db.Loans.AsNoTracking()
            .Where(row => kinds.Contains(row.Kind) && ((row.State == LoanState.Reserved && row.First <= tomorrow) || row.State == LoanState.Out || (row.State == LoanState.Returned && row.DepositHeld)))
            .OrderBy(row => row.Due).ToListAsync(cancellation);
        return [.. rows.Select(register.ViewOf).OfType<LoanView>()];
    }

    /// <summary>The names of borrowers; a look at them is recorded by who asks.</summary>
    public async Task<IReadOnlyDictionary<int, string>> NamesAsync(IEnumerable<int> agentIds, CancellationToken cancellation)
    {
        List<int> ids = [.. agentIds.Distinct()];
        await using var db = store.OpenContext();
        return await db.Persons.AsNoTracking().Where(row => ids.Contains(row.AgentId)).ToDictionaryAsync(row => row.AgentId, row => row.Name, cancellation);
    }

    /// <summary>A loan of a keeper's as it is once whoever else changes such a thing is done.</summary>
    /// <exception cref="AccessException">There is none.</exception>
    internal async Task<(LoanRow Row, ThingKind Kind)> LockedAsync(KeraDb db, string key, string keeper, CancellationToken cancellation)
    {
        if (await db.Loans.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is not { } seen || register.ViewOf(seen) is not { Kind: var kind } || kind.Keeper != keeper)
        {
            throw Refused("loan", "There is no such loan.", "things.error.loan");
        }

        await LoanRegister.TakeTurnAsync(db, kind, cancellation);
        return (await db.Loans.SingleAsync(row => row.Key == key, cancellation), kind);
    }

    private async Task SaveAsync(KeraDb db, Actor actor, string operation, string subject, CancellationToken cancellation)
    {
        Audit.Add(db, actor, shelf.Now, operation, subject);
        await db.SaveChangesAsync(cancellation);
    }

    private static AccessException Refused(string field, string sentence, string text) => new(field, sentence, text);
}
