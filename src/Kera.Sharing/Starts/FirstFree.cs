using NodaTime;

namespace Kera.Sharing;

/// <summary>A wish for some time, somewhere.</summary>
/// <param name="Spaces">The keys of the spaces that would do.</param>
/// <param name="Duration">How long.</param>
/// <param name="From">The first day on which it may begin.</param>
/// <param name="Until">The last day on which it may begin.</param>
public sealed record TimeWish(IReadOnlyList<string> Spaces, Duration Duration, LocalDate From, LocalDate Until)
{
    /// <summary>On which days of the week it may begin.</summary>
    public Weekdays Weekdays { get; init; } = Weekdays.All;

    /// <summary>The local time at or after which it begins.</summary>
    public LocalTime NotBefore { get; init; }

    /// <summary>The local time at or before which it ends, of the same day; at or before <see cref="NotBefore"/> it is of the next day. Null for any.</summary>
    public LocalTime? NotAfter { get; init; }

    /// <summary>How many people come.</summary>
    public int People { get; init; } = 1;

    /// <summary>The equipment that is wished.</summary>
    public IReadOnlyList<EquipmentUse> Equipment { get; init; } = [];
}

/// <summary>A free time of a space.</summary>
/// <param name="Space">The key of the space.</param>
/// <param name="Time">The time.</param>
public sealed record FreeTime(string Space, Interval Time);

/// <summary>The first free times for a wish.</summary>
/// <param name="First">The first over all spaces, in the order of time, and at one time in the order in which the spaces were given.</param>
/// <param name="BySpace">Of each space that has any, its first, in the order in which the spaces were given.</param>
public sealed record FirstFree(IReadOnlyList<FreeTime> First, IReadOnlyList<FreeTime> BySpace)
{
    private const int MostDaysAtOnce = 56;

    /// <summary>Looks week by week, and in longer steps later, until enough is found.</summary>
    /// <param name="book">The bookings there are.</param>
    /// <param name="wish">What is looked for.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="now">The time of asking.</param>
    /// <param name="most">How many times over all spaces are wanted.</param>
    /// <exception cref="SharingException">There is no such space.</exception>
    public static FirstFree Of(BookingBook book, TimeWish wish, Asker asker, Instant now, int most)
    {
        var first = new List<FreeTime>();
        var bySpace = new FreeTime?[wish.Spaces.Count];
        var starts = new List<long>();
        for (var (from, days) = (wish.From, 7); from <= wish.Until; from = from.PlusDays(days), days = Math.Min(days * 2, MostDaysAtOnce))
        {
            var until = LocalDate.Min(wish.Until, from.PlusDays(days - 1));
            var sweep = new StartSweep(book, new(from, until) { Duration = wish.Duration, People = wish.People, Equipment = wish.Equipment }, asker, now);
            var found = new List<(long Start, int Space)>();
            for (var space = 0; space < wish.Spaces.Count; space++)
            {
                if (first.Count >= most && bySpace[space] is not null)
                {
                    continue;
                }

                starts.Clear();
                sweep.Run(book.Spaces.NumberOf(wish.Spaces[space]), starts);
                var before = found.Count;
                // More of one space than are wanted of all is never needed.
                found.AddRange(starts.Where(start => Fits(book.Spaces.Zone, wish, start)).Take(Math.Max(1, most)).Select(start => (start, space)));
                bySpace[space] ??= found.Count > before ? FreeAt(found[before]) : null;
            }

            found.Sort();
            first.AddRange(found.Take(most - first.Count).Select(FreeAt));
            if (first.Count >= most && Array.TrueForAll(bySpace, free => free is not null))
            {
                break;
            }
        }

        return new(first, [.. bySpace.OfType<FreeTime>()]);

        FreeTime FreeAt((long Start, int Space) found) => new(wish.Spaces[found.Space], new(Ticks.ToInstant(found.Start), Ticks.ToInstant(found.Start) + wish.Duration));
    }

    private static bool Fits(DateTimeZone zone, TimeWish wish, long start)
    {
        var begin = Ticks.ToInstant(start).InZone(zone).LocalDateTime;
        if (!wish.Weekdays.Has(begin.DayOfWeek) || begin.TimeOfDay < wish.NotBefore)
        {
            return false;
        }

        return wish.NotAfter is not { } latest
            || (Ticks.ToInstant(start) + wish.Duration).InZone(zone).LocalDateTime <= begin.Date.PlusDays(latest <= wish.NotBefore ? 1 : 0) + latest;
    }
}
