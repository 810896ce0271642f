using NodaTime;

namespace Kera.Sharing;

/// <summary>What may be booked instead of a request that was refused; each is itself allowed, and none nearer is.</summary>
/// <param name="Before">The latest time before it of the same duration, or null.</param>
/// <param name="After">The earliest time after it of the same duration, or null.</param>
/// <param name="OtherDuration">The time from the same start whose duration is nearest, the shorter of two as near; for staff in steps of their grid. Null where there is none, or where the request itself is allowed.</param>
public sealed record NearestTimes(Interval? Before, Interval? After, Interval? OtherDuration)
{
    /// <summary>Looks for what may be booked instead; about the cost of the free starts of the days that are looked at.</summary>
    /// <param name="book">The bookings there are.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="now">The time of asking.</param>
    /// <param name="days">How many days before and after the day of the request are looked at.</param>
    /// <exception cref="SharingException">There is no such space, or the request's time is unbounded.</exception>
    public static NearestTimes Of(BookingBook book, BookingRequest request, Asker asker, Instant now, int days = 31)
    {
        var date = request.Time.Start.InZone(book.Spaces.Zone).Date;
        var wish = new StartWish(date, date)
        {
            Duration = request.Time.Duration,
            Kind = request.Kind,
            People = request.People,
            Equipment = request.Equipment,
            Replaces = request.Replaces,
        };
        var begin = Ticks.Of(request.Time.Start);
        var number = book.Spaces.NumberOf(request.Space);
        long? before = null, after = null;
        // Wider and wider, so that what is near is found soon.
        for (var (near, far) = (0, Math.Min(1, days)); near <= days && (before is null || after is null); near = far + 1, far = Math.Min(days, (far * 4) + 1))
        {
            before ??= Starts(wish with { From = date.PlusDays(-far), To = date.PlusDays(-near) }).Where(start => start < begin).Cast<long?>().LastOrDefault();
            after ??= Starts(wish with { From = date.PlusDays(near), To = date.PlusDays(far) }).Where(start => start > begin).Cast<long?>().FirstOrDefault();
            if (far == days)
            {
                break;
            }
        }

        return new(Time(before), Time(after), WithOtherDuration(book, request, asker, now));

        List<long> Starts(StartWish part)
        {
            var starts = new List<long>();
            new StartSweep(book, part, asker, now).Run(number, starts);
            return starts;
        }

        Interval? Time(long? start) => start is { } at ? new(Ticks.ToInstant(at), Ticks.ToInstant(at) + request.Time.Duration) : null;
    }

    // From one start, what is allowed for a duration is so for every shorter one of the rules, so the longest is found by halving. None
    // above the next multiple after what was asked can be nearer than that.
    private static Interval? WithOtherDuration(BookingBook book, BookingRequest request, Asker asker, Instant now)
    {
        if (BookingCheck.Decide(book, request, asker, now).Allowed)
        {
            return null;
        }

        var rules = book.Spaces.Space(request.Space).Rules;
        var normal = BookingCheck.IsNormal(request.Kind);
        var step = normal ? Ticks.Of(rules.Step) : BookingCheck.StaffGrid(rules);
        var asked = Math.Max(0, Ticks.Of(request.Time.Duration));
        var least = normal && rules.LeastDuration is { } shortest ? Math.Max(1, (Ticks.Of(shortest) + step - 1) / step) : 1;
        var (below, above) = (asked / step, Math.Max(least, (asked / step) + 1));
        var (low, high) = (least - 1, above);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = BookingCheck.Decide(book, request with { Time = Time(middle) }, asker, now).Allowed ? (middle, high) : (low, middle - 1);
        }

        if (low < least)
        {
            return null;
        }

        return low == above && (below < least || (above * step) - asked < asked - (below * step)) ? Time(above) : Time(Math.Min(low, Math.Max(below, least)));

        Interval Time(long multiple) => new(request.Time.Start, request.Time.Start + Duration.FromTicks(multiple * step));
    }
}
