namespace Kera.Sharing;

/// <summary>A booking as sweeps see it, in ticks.</summary>
internal readonly struct BookedTime(Booking booking)
{
    public readonly long Begin = Ticks.Of(booking.Time.Start);
    public readonly long End = Ticks.Of(booking.Time.End);
    public readonly long Before = booking.Kind == BookingKind.Block ? 0 : Ticks.Of(booking.BufferBefore);
    public readonly long After = booking.Kind == BookingKind.Block ? 0 : Ticks.Of(booking.BufferAfter);
    public readonly long HeldUntil = booking is { State: BookingState.Held or BookingState.AwaitingPayment, HeldUntil: { } until } ? Ticks.Of(until) : long.MaxValue;
    public readonly bool IsBlock = booking.Kind == BookingKind.Block;
    public readonly Booking Booking = booking;
}

/// <summary>Bookings in the order of their beginnings, never changed: adding and removing give others. O(n) each, O(log n + found) to look up.</summary>
internal sealed class SpaceBookings
{
    public static readonly SpaceBookings Empty = new([]);

    private readonly BookedTime[] _times;

    // Up to and with each, the latest end with its buffer: it never falls, so the first that may still matter is found by halving.
    private readonly long[] _reach;
    private readonly long _before;

    private SpaceBookings(BookedTime[] sorted)
    {
        _times = sorted;
        _reach = new long[sorted.Length];
        var reach = long.MinValue;
        for (var at = 0; at < sorted.Length; at++)
        {
            reach = Math.Max(reach, sorted[at].End + sorted[at].After);
            _reach[at] = reach;
            _before = Math.Max(_before, sorted[at].Before);
        }
    }

    public static SpaceBookings Of(IEnumerable<Booking> bookings)
    {
        BookedTime[] times = [.. bookings.Select(booking => new BookedTime(booking))];
        Array.Sort(times, static (one, other) => one.Begin.CompareTo(other.Begin));
        return new(times);
    }

    public SpaceBookings Add(Booking booking)
    {
        var time = new BookedTime(booking);
        var at = FirstFrom(time.Begin);
        return new([.. _times.AsSpan(0, at), time, .. _times.AsSpan(at)]);
    }

    public SpaceBookings Remove(Booking booking)
    {
        var at = FirstFrom(Ticks.Of(booking.Time.Start));
        while (_times[at].Booking.Id != booking.Id)
        {
            at++;
        }

        return new([.. _times.AsSpan(0, at), .. _times.AsSpan(at + 1)]);
    }

    /// <summary>Those that, with their buffers, may meet a time, in the order of their beginnings; some that do not may be among them.</summary>
    public ReadOnlySpan<BookedTime> Around(long begin, long end)
    {
        var (low, high) = (0, _times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _reach[middle] > begin ? (low, middle) : (middle + 1, high);
        }

        var until = FirstFrom(end > long.MaxValue - _before ? long.MaxValue : end + _before);
        return until > low ? _times.AsSpan(low, until - low) : [];
    }

    private int FirstFrom(long begin)
    {
        var (low, high) = (0, _times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _times[middle].Begin >= begin ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
