using NodaTime;

namespace Kera.Sharing;

/// <summary>What the limits of a space say of one asker.</summary>
internal sealed class LimitCheck(BookingBook book, Space space, Asker asker, string? replaces, Instant now)
{
    /// <summary>The limits on bookings at once that leave no room for one more.</summary>
    public IEnumerable<BookingRefusal> TooManyAtOnce()
    {
        foreach (var limit in space.Rules.Limits.OfType<BookingsAtOnce>())
        {
            if (KeyOf(limit) is not null && Counted(limit).Count(booking => booking.Time.End > now) is var count && count >= limit.Most)
            {
                yield return new(RefusalCode.TooManyBookings) { Count = count, Most = limit.Most, Keys = limit.Kinds };
            }
        }
    }

    /// <summary>The limits on time, with what is used of each.</summary>
    public IEnumerable<TimeUse> Times()
    {
        foreach (var limit in space.Rules.Limits.OfType<TimePerPeriod>())
        {
            if (KeyOf(limit) is not null)
            {
                yield return new(limit, [.. Counted(limit).Select(booking => new Span(Ticks.Of(booking.Time.Start), Ticks.Of(booking.Time.End)))], book.Spaces.Zone);
            }
        }
    }

    private string? KeyOf(UsageLimit limit) => limit.Of == LimitOf.Person ? asker.Person : asker.Group;

    private IEnumerable<Booking> Counted(UsageLimit limit) => (limit.Of == LimitOf.Person ? book.OfPerson(asker.Person!) : book.OfGroup(asker.Group!))
        .Where(booking => booking.Kind == BookingKind.Normal && booking.Id != replaces && booking.Occupies(now) && limit.Counts(space, book.Spaces.Space(booking.Space)));
}
