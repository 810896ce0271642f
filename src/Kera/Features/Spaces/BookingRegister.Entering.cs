using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces;

/// <summary>How wishes become rows: those that come while others are written are decided one after another in one transaction.</summary>
public sealed partial class BookingRegister
{
    private const int MostHolds = 3;
    private const int MostTogether = 64;
    private GroupCommit<Entry, EntryAnswer>? _entries;

    private GroupCommit<Entry, EntryAnswer> Entries => LazyInitializer.EnsureInitialized(ref _entries, () => new(MostTogether, EnterAsync));

    private async Task<BookingOutcome> EnterAsync(Entry entry, CancellationToken cancellation)
    {
        var answer = await Entries.WriteAsync(entry, cancellation);
        if (answer.Fault is { } fault)
        {
            throw fault;
        }

        return answer.Row is { } row
            ? new BookingOutcome(BookingView.Of(row), answer.Decision!, null)
            : new BookingOutcome(null, answer.Decision!, await NearestAsync(entry.Request, entry.Me, entry.GroupId, cancellation));
    }

    private async Task<IReadOnlyList<EntryAnswer>> EnterAsync(IReadOnlyList<Entry> together)
    {
        await using var db = store.OpenContext();
        await using var transaction = await store.BeginInTurnAsync(db, CancellationToken.None);
        var faults = new AccessException?[together.Count];
        for (var number = 0; number < together.Count; number++)
        {
            try
            {
                CheckSpace(together[number].Request);
                together[number].GroupId = await SpaceGroups.LedAsync(db, together[number].Details?.Group ?? "", together[number].Me, CancellationToken.None);
            }
            catch (AccessException fault)
            {
                faults[number] = fault;
            }
        }

        if (faults.All(fault => fault is not null))
        {
            return [.. faults.Select(fault => new EntryAnswer(null, null, fault))];
        }

        await BookingLocks.TakeAsync(db, calendar.Spaces!.Tree, [.. together.Where((_, number) => faults[number] is null).Select(entry => new BookingTurn(entry.Request.Space, entry.Request.Equipment, entry.Me.AgentId, entry.GroupId))], CancellationToken.None);
        var answers = new List<EntryAnswer>(together.Count);
        foreach (var (entry, fault) in together.Zip(faults))
        {
            answers.Add(fault is null ? await EnterAsync(db, entry, [.. answers.Select(answer => answer.Row).OfType<BookingRow>()]) : new EntryAnswer(null, null, fault));
        }

        List<BookingRow> booked = [.. together.Zip(answers).Where(each => each.First.Details is not null).Select(each => each.Second.Row).OfType<BookingRow>()];
        await news.NoteAsync(db, [.. booked.Select(row => (row, ChangeOf(row.State)))], CancellationToken.None);
        if (answers.Exists(answer => answer.Row is not null))
        {
            await db.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }

        return answers;
    }

    // What is not saved yet of those before is looked at as what is.
    private async Task<EntryAnswer> EnterAsync(KeraDb db, Entry entry, IReadOnlyList<BookingRow> unsaved)
    {
        var (request, me, details) = (entry.Request, entry.Me, entry.Details);
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        if (details is null && MostHolds <= unsaved.Count(row => row.AgentId == me.AgentId && row.HeldUntil > now)
            + await db.Bookings.CountAsync(row => row.AgentId == me.AgentId && (row.State == BookingState.Held || row.State == BookingState.AwaitingPayment) && row.HeldUntil > now))
        {
            return new EntryAnswer(null, null, new AccessException("space", "You hold three times already; book or give back one of them.", "spaces.error.holds"));
        }

        request = request with { People = details?.People ?? request.People };
        var decision = await DecideAsync(db, request, me, entry.GroupId, CancellationToken.None, unsaved);
        if (!decision.Allowed)
        {
            return new EntryAnswer(null, decision, null);
        }

        var row = NewRow(request, decision, me.AgentId);
        row.GroupId = entry.GroupId;
        if (details is not null)
        {
            Confirm(row, request, decision, details, me);
        }
        else
        {
            var space = calendar.Spaces!.Spaces[request.Space];
            Price(row, request, calendar.AskerOf(me, space), IsPaidOnline(space, me, ""));
        }

        db.Bookings.Add(row);
        Audit.Add(db, me.Actor, calendar.Now, details is null ? "booking.hold" : "booking.add", $"{row.Key}: {row.Space}");
        return new EntryAnswer(row, decision, null);
    }

    private void CheckSpace(BookingRequest request)
    {
        if (calendar.Spaces?.Spaces.GetValueOrDefault(request.Space) is not { Bookable: true } space)
        {
            throw new AccessException("space", $"There is no space '{request.Space}' to book.", "spaces.error.space");
        }

        CheckEquipment(space, request.Equipment);
    }

    /// <param name="Request">What is wished.</param>
    /// <param name="Me">By whom.</param>
    /// <param name="Details">What is said with it; null where it is only held.</param>
    private sealed record Entry(BookingRequest Request, Booker Me, BookingDetails? Details)
    {
        public int? GroupId { get; set; }
    }

    private sealed record EntryAnswer(BookingRow? Row, BookingDecision? Decision, AccessException? Fault);
}
