using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>
/// Tells the ledger of bookings: what is confirmed is a commitment to use the space so many hours, what took place is a use that fulfils it, and
/// what was cancelled ends it. It goes on from what each row says is recorded, by keys that count once, so that a program that ends
/// between the two loses and doubles nothing.
/// </summary>
public sealed class BookingLedger(KeraStore store, SpaceCalendar calendar, LedgerWriter ledger, Catalog catalog, ILogger<BookingLedger> logger)
{
    private const int AtOnce = 200;
    private const long MicrosecondsOfMillionthHour = 3_600;

    /// <summary>Brings the ledger up to the bookings.</summary>
    public async Task AdvanceAsync(CancellationToken cancellation)
    {
        var after = 0;
        while (await NextAsync(after, cancellation) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                if (calendar.Spaces?.Spaces.GetValueOrDefault(row.Space) is { } space && await RecordAsync(row, space, cancellation) is { } record)
                {
                    await using var db = store.OpenContext();
                    // What changed while the ledger heard of it is told anew.
                    if (await db.Bookings.Where(booking => booking.Id == row.Id && booking.Sequence == row.Sequence).ExecuteUpdateAsync(booking => booking.SetProperty(each => each.Recorded, record), cancellation) == 0)
                    {
                        await db.Bookings.Where(booking => booking.Id == row.Id).ExecuteUpdateAsync(booking => booking.SetProperty(each => each.Recorded, BookingRecord.Behind), cancellation);
                    }
                }

                after = row.Id;
            }
        }
    }

    private async Task<List<BookingRow>> NextAsync(int after, CancellationToken cancellation)
    {
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        await using var db = store.OpenContext();
        return await db.Bookings.AsNoTracking()
            .Where(row => row.Id > after && row.Kind != BookingKind.Block && (
                ((row.Recorded == BookingRecord.None || row.Recorded == BookingRecord.Behind) && row.State == BookingState.Confirmed)
                || ((row.Recorded == BookingRecord.Committed || row.Recorded == BookingRecord.Behind) && (row.State == BookingState.Cancelled || row.State == BookingState.Denied || row.End <= now))))
            .OrderBy(row => row.Id).Take(AtOnce).ToListAsync(cancellation);
    }

    // Null where the ledger refused, which is told and tried again.
    private async Task<BookingRecord?> RecordAsync(BookingRow row, DistrictSpace space, CancellationToken cancellation)
    {
        // What nobody confirmed again before it was over, or to which nobody came, did not take place.
        var ends = row.State != BookingState.Confirmed || row.NoShow;
        if (row.Recorded is BookingRecord.None or BookingRecord.Behind || ends)
        {
            if (!Told(row, await ledger.PutCommitmentAsync(Commitment(row, space, ends), Actor.Job(), cancellation)))
            {
                return null;
            }

            if (ends || row.End > DistrictCalendar.ToMicroseconds(calendar.Now))
            {
                return ends ? BookingRecord.Withdrawn : BookingRecord.Committed;
            }
        }

        return Told(row, await ledger.AppendAsync([Opening(space), Use(row, space)], Actor.Job(), cancellation)) ? BookingRecord.Used : null;
    }

    private CommitmentInput Commitment(BookingRow row, DistrictSpace space, bool finished) => new()
    {
        Key = KeyOf(row),
        NameFi = space.Name.In("fi"),
        NameSv = space.Name.In("sv"),
        NameEn = space.Name.In("en"),
        Action = "use",
        Provider = space.Keeper,
        Receiver = BookerOf(row, space),
        ResourceInventoriedAs = space.Resource,
        EffortQuantity = Hours(row),
        Due = DistrictCalendar.ToInstant(row.End),
        Finished = finished,
    };

    // A space begins in the ledger with its first day; told each time, and counted once.
    private EventInput Opening(DistrictSpace space) => new()
    {
        IdempotencyKey = "space-opening:" + space.Resource,
        Action = "raise",
        Provider = space.Keeper,
        Receiver = space.Keeper,
        ResourceInventoriedAs = space.Resource,
        ResourceQuantity = new MeasureInput(Quantity.Whole(1), "1"),
        HasPointInTime = calendar.Spaces!.Tree.Zone.AtStartOfDay(FirstDayOf(space)).ToInstant(),
        Reason = "The space is taken into use.",
        Audience = [Catalog.Public],
    };

    private LocalDate FirstDayOf(DistrictSpace space) =>
        calendar.Spaces!.Tree.Ancestors(space.Key).Prepend(calendar.Spaces.Tree.Space(space.Key)).Max(each => each.FirstDay)!.Value;

    private EventInput Use(BookingRow row, DistrictSpace space) => new()
    {
        IdempotencyKey = KeyOf(row),
        Action = "use",
        Provider = space.Keeper,
        Receiver = BookerOf(row, space),
        InputOf = space.Process,
        ResourceInventoriedAs = space.Resource,
        EffortQuantity = Hours(row),
        HasBeginning = DistrictCalendar.ToInstant(row.Begin),
        HasEnd = DistrictCalendar.ToInstant(row.End),
        Fulfills = [new FulfilmentInput(KeyOf(row), Hours(row))],
    };

    private static string KeyOf(BookingRow row) => "booking-" + row.Key;

    // Who was erased is nobody any more, and the hours are its keeper's.
    private string BookerOf(BookingRow row, DistrictSpace space) => row.AgentId is { } person ? catalog.Get(catalog.Agents, person).Key : space.Keeper;

    private static MeasureInput Hours(BookingRow row) => new(new Quantity((row.End - row.Begin) / MicrosecondsOfMillionthHour), "h");

    private bool Told(BookingRow row, AppendOutcome outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            logger.LogError("The booking {Booking} of {Space} is not in the ledger: {Sentence}", row.Key, row.Space, refusal.Sentence);
        }

        return outcome.Accepted;
    }
}
