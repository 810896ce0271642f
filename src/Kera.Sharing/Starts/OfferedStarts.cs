using NodaTime;

namespace Kera.Sharing;

/// <summary>What is looked for: a duration on some days.</summary>
/// <param name="From">The first day on which it may begin.</param>
/// <param name="To">The last day on which it may begin.</param>
public sealed record StartWish(LocalDate From, LocalDate To)
{
    /// <summary>How long it lasts; null for the space's least duration, or else its step.</summary>
    public Duration? Duration { get; init; }

    /// <summary>What the booking is for; any but normal is asked by staff.</summary>
    public BookingKind Kind { get; init; }

    /// <summary>How many people come.</summary>
    public int People { get; init; } = 1;

    /// <summary>The equipment that is wished.</summary>
    public IReadOnlyList<EquipmentUse> Equipment { get; init; } = [];

    /// <summary>The id of a booking that it would take the place of, or null.</summary>
    public string? Replaces { get; init; }
}

/// <summary>The free starts of a space.</summary>
/// <param name="Space">The key of the space.</param>
/// <param name="Duration">How long a booking from each start lasts.</param>
/// <param name="Starts">The starts in order.</param>
public sealed record SpaceStarts(string Space, Duration Duration, IReadOnlyList<Instant> Starts);

/// <summary>The free starts of spaces: just those at which <see cref="BookingCheck.Decide"/> allows the booking.</summary>
public static class OfferedStarts
{
    /// <summary>The free starts of a space; O(days + bookings + starts).</summary>
    /// <exception cref="SharingException">There is no such space.</exception>
    public static SpaceStarts Of(BookingBook book, string space, StartWish wish, Asker asker, Instant now) => Of(book, [space], wish, asker, now)[0];

    /// <summary>The free starts of many spaces, in the order in which they were given.</summary>
    /// <exception cref="SharingException">There is no such space.</exception>
    public static IReadOnlyList<SpaceStarts> Of(BookingBook book, IReadOnlyList<string> spaces, StartWish wish, Asker asker, Instant now)
    {
        var sweep = new StartSweep(book, wish, asker, now);
        var (found, starts) = (new SpaceStarts[spaces.Count], new List<long>());
        for (var at = 0; at < spaces.Count; at++)
        {
            starts.Clear();
            var duration = sweep.Run(book.Spaces.NumberOf(spaces[at]), starts);
            found[at] = new(spaces[at], duration, StartList.Of(starts));
        }

        return found;
    }
}
