using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Things;

/// <summary>
/// Tells the ledger of loans: what is reserved is a commitment to let the borrower use such a thing, what is lent is custody that goes to
/// them, what came back was used for so many hours and its custody returns. It goes on from what each row says is recorded, by keys that
/// count once, so that a program that ends between the two loses and doubles nothing.
/// </summary>
public sealed class LoanLedger(KeraStore store, ThingShelf shelf, ThingSupplies supplies, LedgerWriter ledger, Catalog catalog, ILogger<LoanLedger> logger)
{
    /// <summary>Brings the ledger up to the loans.</summary>
    public async Task AdvanceAsync(CancellationToken cancellation)
    {
        if (shelf.Things is null)
        {
            return;
        }

        await using var db = store.OpenContext();
        var rows = await db.Loans.AsNoTracking().Where(row => row.Recorded != LoanRecord.Done && row.State != LoanState.Waiting && row.State != LoanState.Offered).ToListAsync(cancellation);
        // In the order in which it happened: a thing goes out again only after it is back.
        HashSet<string> stuck = [];
        while (rows.Where(row => !stuck.Contains(row.Key) && HasMore(row)).MinBy(row => (TimeOf(row), row.Id)) is { } row)
        {
            if (shelf.Things.Kinds.GetValueOrDefault(row.Kind) is not { Specification.Length: > 0 } kind || await RecordAsync(row, kind, cancellation) is not { } record)
            {
                stuck.Add(row.Key);
                continue;
            }

            row.Recorded = record;
            await db.Loans.Where(each => each.Id == row.Id).ExecuteUpdateAsync(each => each.SetProperty(loan => loan.Recorded, record), cancellation);
        }

        await WriteOffAsync(db, cancellation);
    }

    private static bool HasMore(LoanRow row) => row.Recorded switch
    {
        LoanRecord.None => true,
        LoanRecord.Committed => row.OutAt is not null || row.State == LoanState.Cancelled,
        LoanRecord.Out => row.BackAt is not null,
        _ => false,
    };

    private static long TimeOf(LoanRow row) => row.Recorded switch
    {
        LoanRecord.None => row.Made,
        LoanRecord.Committed => row.OutAt ?? row.Changed,
        _ => row.BackAt ?? row.Changed,
    };

    // Null where the ledger refused, which is told and tried again.
    private async Task<LoanRecord?> RecordAsync(LoanRow row, ThingKind kind, CancellationToken cancellation)
    {
        if (BorrowerOf(row) is not { } borrower)
        {
            // Who was erased takes part in nothing new.
            return LoanRecord.Done;
        }

        return row.Recorded switch
        {
            LoanRecord.None when row.State == LoanState.Cancelled => LoanRecord.Done,
            LoanRecord.None => Told(row, await ledger.PutCommitmentAsync(Commitment(row, kind, borrower, false), Actor.Job(), cancellation)) ? LoanRecord.Committed : null,
            LoanRecord.Committed when row.OutAt is null => Told(row, await ledger.PutCommitmentAsync(Commitment(row, kind, borrower, true), Actor.Job(), cancellation)) ? LoanRecord.Done : null,
            LoanRecord.Committed => Told(row, await ledger.AppendAsync([Opening(row, kind), Custody(row, kind.Keeper, borrower, "out", row.OutAt!.Value)], Actor.Job(), cancellation)) ? LoanRecord.Out : null,
            _ when row.State == LoanState.Lost => Told(row, await ledger.PutCommitmentAsync(Commitment(row, kind, borrower, true), Actor.Job(), cancellation)) ? LoanRecord.Done : null,
            _ => Told(row, await ledger.AppendAsync([Use(row, kind, borrower), .. await supplies.UsedAsync(row, kind, KeyOf(row), borrower, cancellation), Custody(row, borrower, kind.Keeper, "back", row.BackAt!.Value)], Actor.Job(), cancellation)) ? LoanRecord.Done : null,
        };
    }

    // What is gone for good is no more; its keeper answers for it, wherever it is.
    private async Task WriteOffAsync(KeraDb db, CancellationToken cancellation)
    {
        foreach (var row in await db.ThingItems.Where(row => row.State == ThingItemState.Gone && !row.Recorded).ToListAsync(cancellation))
        {
            if (shelf.Things!.Items.GetValueOrDefault(row.Item) is not { } item || shelf.Things.Kinds.GetValueOrDefault(item.Kind) is not { } kind)
            {
                continue;
            }

            var gone = new EventInput
            {
                IdempotencyKey = "thing-gone:" + item.Resource,
                Action = "lower",
                Provider = kind.Keeper,
                Receiver = kind.Keeper,
                ResourceInventoriedAs = item.Resource,
                ResourceQuantity = One,
                HasPointInTime = shelf.Now,
                Reason = "The thing is lost, or broken for good.",
                Audience = [Catalog.Public],
            };
            var outcome = await ledger.AppendAsync([Opening(item, kind), gone], Actor.Job(), cancellation);
            if (outcome.Refusal is { } refusal)
            {
                logger.LogError("That {Item} is gone is not in the ledger: {Sentence}", row.Item, refusal.Sentence);
                continue;
            }

            row.Recorded = true;
            await db.SaveChangesAsync(cancellation);
        }
    }

    private static MeasureInput One => new(Quantity.Whole(1), "1");

    private CommitmentInput Commitment(LoanRow row, ThingKind kind, string borrower, bool finished) => new()
    {
        Key = KeyOf(row),
        NameFi = kind.Name.In("fi"),
        NameSv = kind.Name.In("sv"),
        NameEn = kind.Name.In("en"),
        Action = "use",
        Provider = kind.Keeper,
        Receiver = borrower,
        ResourceConformsTo = kind.Specification,
        // What was promised stays what it was, however long it was used.
        EffortQuantity = Hours(row, kind),
        Due = shelf.StartOf(DistrictCalendar.DateOf(row.Latest + 1)),
        Finished = finished,
    };

    private EventInput Opening(LoanRow row, ThingKind kind) => Opening(shelf.Things!.Items[row.Item], kind);

    // A thing begins in the ledger with its first day; told each time, and counted once.
    private EventInput Opening(ThingItem item, ThingKind kind) => new()
    {
        IdempotencyKey = "thing-opening:" + item.Resource,
        Action = "raise",
        Provider = kind.Keeper,
        Receiver = kind.Keeper,
        ResourceInventoriedAs = item.Resource,
        ResourceQuantity = One,
        HasPointInTime = shelf.StartOf(item.Since),
        Reason = "The thing is taken into use.",
        Audience = [Catalog.Public],
    };

    private EventInput Custody(LoanRow row, string from, string to, string way, long at) => new()
    {
        IdempotencyKey = $"{KeyOf(row)}-{way}",
        Action = "transferCustody",
        Provider = from,
        Receiver = to,
        ResourceInventoriedAs = shelf.Things!.Items[row.Item].Resource,
        ResourceQuantity = One,
        HasPointInTime = DistrictCalendar.ToInstant(at),
    };

    private EventInput Use(LoanRow row, ThingKind kind, string borrower) => new()
    {
        IdempotencyKey = KeyOf(row),
        Action = "use",
        Provider = kind.Keeper,
        Receiver = borrower,
        InputOf = kind.Process,
        ResourceInventoriedAs = shelf.Things!.Items[row.Item].Resource,
        EffortQuantity = new MeasureInput(new Quantity(row.Hours), "h"),
        HasBeginning = DistrictCalendar.ToInstant(row.OutAt!.Value),
        HasEnd = DistrictCalendar.ToInstant(row.BackAt!.Value),
        Fulfills = row.Hours > 0 ? [new FulfilmentInput(KeyOf(row), new MeasureInput(new Quantity(row.Hours), "h"))] : [],
    };

    private static string KeyOf(LoanRow row) => "loan-" + row.Key;

    // The company of the site, else the person; null for who was erased.
    private string? BorrowerOf(LoanRow row) =>
        shelf.Things!.Sites.GetValueOrDefault(row.Site) is { } site ? site.Company
        : row.AgentId is { } person && catalog.Get(catalog.Agents, person).Key is var key && catalog.Find(catalog.Agents, key) is { Row.Retired: false } ? key
        : null;

    private static MeasureInput Hours(LoanRow row, ThingKind kind) => new(new Quantity((long)((row.Due - row.Latest + 1) * kind.HoursPerDay * Quantity.One)), "h");

    private bool Told(LoanRow row, AppendOutcome outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            logger.LogError("The loan {Loan} of {Kind} is not in the ledger: {Sentence}", row.Key, row.Kind, refusal.Sentence);
        }

        return outcome.Accepted;
    }
}
