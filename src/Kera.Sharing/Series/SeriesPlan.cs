using NodaTime;

namespace Kera.Sharing;

/// <summary>One date of a series.</summary>
/// <param name="Date">The date.</param>
/// <param name="Time">The time.</param>
/// <param name="Decision">Whether it may be booked; its refusals say why not.</param>
/// <param name="Booking">The booking to make, or null where it was refused. Its state is held; the caller confirms it.</param>
public sealed record SeriesOccurrence(LocalDate Date, Interval Time, BookingDecision Decision, Booking? Booking);

/// <summary>What comes of a series: each of its dates, accepted or refused by itself.</summary>
/// <param name="Occurrences">The dates in order.</param>
public sealed record SeriesPlan(IReadOnlyList<SeriesOccurrence> Occurrences)
{
    /// <summary>The bookings to make.</summary>
    public IReadOnlyList<Booking> Bookings => [.. Occurrences.Select(occurrence => occurrence.Booking).OfType<Booking>()];

    /// <summary>The dates that were refused.</summary>
    public IReadOnlyList<SeriesOccurrence> Refused => [.. Occurrences.Where(occurrence => occurrence.Booking is null)];

    /// <summary>Decides on each date, the earlier ones counting for the later: they may fill a limit, or a night may run into the next.</summary>
    /// <exception cref="SharingException">There is no such space, or the dates cannot be.</exception>
    public static SeriesPlan Of(BookingBook book, BookingSeries series, Asker asker, Instant now)
    {
        var occurrences = new List<SeriesOccurrence>();
        foreach (var date in series.Dates.Dates())
        {
            var request = series.RequestOn(date, book.Spaces.Zone);
            var decision = BookingCheck.Decide(book, request, asker, now);
            var booking = decision.Allowed ? BookingOf(series, date, request, decision, asker) : null;
            book = booking is null ? book : book.Add(booking);
            occurrences.Add(new(date, request.Time, decision, booking));
        }

        return new(occurrences);
    }

    private static Booking BookingOf(BookingSeries series, LocalDate date, BookingRequest request, BookingDecision decision, Asker asker) =>
        new(series.IdOn(date), series.Space, request.Time, series.Kind, BookingState.Held)
        {
            BufferBefore = decision.BufferBefore,
            BufferAfter = decision.BufferAfter,
            Equipment = series.Equipment,
            Person = asker.Person,
            Group = asker.Group,
        };
}
