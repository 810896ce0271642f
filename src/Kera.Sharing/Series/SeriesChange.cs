using NodaTime;

namespace Kera.Sharing;

/// <summary>How far a change to a series goes.</summary>
public enum SeriesScope
{
    /// <summary>The chosen booking alone.</summary>
    One,

    /// <summary>The chosen booking and all after it.</summary>
    Following,

    /// <summary>All.</summary>
    All,
}

/// <summary>What comes of cancelling bookings of a series.</summary>
/// <param name="Cancelled">What is cancelled, in the order of time.</param>
/// <param name="Kept">What stays because a rule says so.</param>
public sealed record SeriesCancellation(IReadOnlyList<Booking> Cancelled, IReadOnlyList<(Booking Booking, StateChange Why)> Kept);

/// <summary>One booking of a series that is to move.</summary>
/// <param name="Booking">As it is.</param>
/// <param name="Time">When it is to be.</param>
/// <param name="Decision">Whether it may; where not, it stays as it is.</param>
public sealed record SeriesMove(Booking Booking, Interval Time, BookingDecision Decision);

/// <summary>Changes to one, the following or all bookings of a series. What has begun, and what occupies nothing any more, never changes.</summary>
public static class SeriesChange
{
    /// <summary>The bookings that a change is about, in the order of time.</summary>
    /// <param name="series">All bookings of the series, in any order.</param>
    /// <param name="chosen">The id of the chosen one.</param>
    /// <param name="scope">How far it goes.</param>
    /// <param name="now">The time of changing.</param>
    /// <exception cref="SharingException">The chosen one is not among them.</exception>
    public static IReadOnlyList<Booking> Affected(IReadOnlyList<Booking> series, string chosen, SeriesScope scope, Instant now)
    {
        var from = series.FirstOrDefault(booking => booking.Id == chosen) ?? throw new SharingException($"The booking '{chosen}' is none of the series.");
        return [.. series
            .Where(booking => booking.Time.Start > now && booking.Occupies(now))
            .Where(booking => scope == SeriesScope.All || booking.Id == chosen || (scope == SeriesScope.Following && booking.Time.Start >= from.Time.Start))
            .OrderBy(booking => booking.Time.Start)];
    }

    /// <summary>Cancels, each booking by the rules of cancellation.</summary>
    /// <param name="affected">What is to be cancelled, as <see cref="Affected"/> gives it.</param>
    /// <param name="rules">The rules of the space.</param>
    /// <param name="priceOf">The price of a booking in euros.</param>
    /// <param name="now">The time of cancelling.</param>
    public static SeriesCancellation Cancel(IReadOnlyList<Booking> affected, BookingRules rules, Func<Booking, decimal> priceOf, Instant now)
    {
        var changes = affected.Select(booking => (Booking: booking, Change: Cancellation.ByCustomer(booking, rules, priceOf(booking), now))).ToList();
        return new([.. changes.Where(one => one.Change.Allowed).Select(one => one.Booking)], [.. changes.Where(one => !one.Change.Allowed).Select(one => (one.Booking, one.Change))]);
    }

    /// <summary>
    /// Moves bookings by days and to other times of the day. They make room for each other; one that may not move stays, and then counts
    /// against the others. Whether customers may move a booking at all, <see cref="Rescheduling"/> tells.
    /// </summary>
    /// <param name="book">The bookings there are, the affected among them.</param>
    /// <param name="affected">What is to move, as <see cref="Affected"/> gives it.</param>
    /// <param name="days">By how many days.</param>
    /// <param name="begin">The new beginning, in local time.</param>
    /// <param name="end">The new end; at or before the beginning it is on the next day.</param>
    /// <param name="people">How many people come.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="now">The time of changing.</param>
    /// <exception cref="SharingException">An affected booking is not in the book.</exception>
    public static IReadOnlyList<SeriesMove> Move(BookingBook book, IReadOnlyList<Booking> affected, int days, LocalTime begin, LocalTime end, int people, Asker asker, Instant now)
    {
        var without = affected.Aggregate(book, (left, booking) => left.Remove(booking.Id));
        var kept = new Dictionary<string, SeriesMove>(StringComparer.Ordinal);
        while (true)
        {
            var (moves, keptBefore) = (new List<SeriesMove>(), kept.Count);
            var trial = affected.Where(booking => kept.ContainsKey(booking.Id)).Aggregate(without, (all, booking) => all.Add(booking));
            foreach (var booking in affected)
            {
                if (kept.TryGetValue(booking.Id, out var stays))
                {
                    moves.Add(stays);
                    continue;
                }

                var date = booking.Time.Start.InZone(book.Spaces.Zone).Date.PlusDays(days);
                var request = new BookingRequest(booking.Space, LocalTimes.Between(book.Spaces.Zone, date, begin, end), booking.Kind) { People = people, Equipment = booking.Equipment };
                var decision = BookingCheck.Decide(trial, request, asker, now);
                var move = new SeriesMove(booking, request.Time, decision);
                moves.Add(move);
                if (decision.Allowed)
                {
                    trial = trial.Add(booking with { Time = request.Time, BufferBefore = decision.BufferBefore, BufferAfter = decision.BufferAfter });
                }
                else
                {
                    kept[booking.Id] = move;
                }
            }

            if (kept.Count == keptBefore)
            {
                return moves;
            }
        }
    }
}
