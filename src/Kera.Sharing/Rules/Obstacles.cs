using NodaTime;

namespace Kera.Sharing;

/// <summary>What a booking would have to keep clear of: a booking from t to u meets none of them just if no obstacle begins before u and ends after t.</summary>
internal sealed class Obstacles(BookingBook book, int number, LocalDays days, BookingKind kind, string? replaces, Instant now)
{
    private readonly BookingRules _rules = book.Spaces.Spaces[number].Rules;
    private readonly long _now = Ticks.Of(now);

    /// <summary>A booking with the time that it and the buffers take.</summary>
    public readonly record struct Obstacle(Booking Booking, Span Span);

    /// <summary>Those of the bookings that a time may meet, unsorted.</summary>
    public void AddBookings(Span time, List<Span> spans)
    {
        var sweep = new Sweep(this, time);
        foreach (var related in book.Spaces.Related(number))
        {
            foreach (ref readonly var booked in book.Of(related).Around(sweep.From, sweep.Until))
            {
                if (booked.HeldUntil > _now && !IsReplaced(booked))
                {
                    spans.Add(sweep.SpanOf(booked));
                }
            }
        }
    }

    /// <summary>The first booking in the way of a time, or null.</summary>
    public Obstacle? First(Span time)
    {
        Obstacle? first = null;
        var sweep = new Sweep(this, time);
        foreach (var related in book.Spaces.Related(number))
        {
            foreach (ref readonly var booked in book.Of(related).Around(sweep.From, sweep.Until))
            {
                if (booked.HeldUntil > _now && !IsReplaced(booked)
                    && sweep.SpanOf(booked) is var span && span.Begin < time.End && span.End > time.Begin
                    && (first is not { } known || (span.Begin, booked.Booking.Id).CompareTo((known.Span.Begin, known.Booking.Id)) < 0))
                {
                    first = new(booked.Booking, span);
                }
            }
        }

        return first;
    }

    /// <summary>When less of some equipment is free than is wished.</summary>
    public void AddEquipment(IReadOnlyList<EquipmentUse> wished, Span time, List<Span> spans)
    {
        foreach (var (key, pieces) in Sums(wished))
        {
            var most = book.Spaces.EquipmentOf(key)?.Pieces ?? 0;
            var (begin, taken) = (time.Begin, 0);
            foreach (var (at, change) in Changes(key, time))
            {
                if (taken + pieces > most && begin < at)
                {
                    spans.Add(new(begin, at));
                }

                (begin, taken) = (at, taken + change);
            }

            if (taken + pieces > most && begin < time.End)
            {
                spans.Add(new(begin, time.End));
            }
        }
    }

    /// <summary>The wished equipment of which less is free in a time than is wished: how much is there, and how much of it is free all the time.</summary>
    public IEnumerable<(string Key, int Free, int Most)> Lacking(IReadOnlyList<EquipmentUse> wished, Span time)
    {
        foreach (var (key, pieces) in Sums(wished))
        {
            var most = book.Spaces.EquipmentOf(key)?.Pieces ?? 0;
            var (taken, mostTaken) = (0, 0);
            foreach (var (at, change) in Changes(key, time))
            {
                taken += change;
                mostTaken = at < time.End ? Math.Max(mostTaken, taken) : mostTaken;
            }

            if (mostTaken + pieces > most)
            {
                yield return (key, Math.Max(0, most - mostTaken), most);
            }
        }
    }

    private static IEnumerable<(string Key, int Pieces)> Sums(IReadOnlyList<EquipmentUse> uses) => uses
        .GroupBy(use => use.Equipment, StringComparer.Ordinal)
        .Select(group => (group.Key, group.Sum(use => use.Pieces)));

    // How the pieces taken rise and fall, in order; at one instant those that end are given back first.
    private List<(long At, int Change)> Changes(string key, Span time)
    {
        var changes = new List<(long At, int Change)>();
        foreach (ref readonly var booked in book.OfEquipment(key).Around(time.Begin, time.End))
        {
            if (booked.HeldUntil > _now && !IsReplaced(booked) && booked.Begin < time.End && booked.End > time.Begin)
            {
                var pieces = booked.Booking.Equipment.Where(use => use.Equipment == key).Sum(use => use.Pieces);
                changes.Add((Math.Max(booked.Begin, time.Begin), pieces));
                changes.Add((booked.End, -pieces));
            }
        }

        changes.Sort();
        return changes;
    }

    private bool IsReplaced(in BookedTime booked) => replaces is not null && booked.Booking.Id == replaces;

    // What stays the same from booking to booking.
    private readonly struct Sweep
    {
        private readonly LocalDays _days;
        private readonly bool _isBlock;
        private readonly bool _wholeDay;
        private readonly long _before;
        private readonly long _after;

        public Sweep(Obstacles obstacles, Span time)
        {
            _days = obstacles.Days;
            _isBlock = obstacles.Kind == BookingKind.Block;
            _wholeDay = obstacles._rules.BlocksWholeDay && !_isBlock;
            (_before, _after) = _isBlock || _wholeDay ? (0, 0) : (Ticks.Of(obstacles._rules.BufferBefore), Ticks.Of(obstacles._rules.BufferAfter));
            From = _wholeDay ? _days.MidnightBefore(time.Begin) : time.Begin - _before;
            Until = _wholeDay ? _days.MidnightAfter(time.End) : time.End + _after;
        }

        public long From { get; }

        public long Until { get; }

        // Between two bookings the larger buffer counts. A booking that keeps its day free begins to be in the way of another at the
        // midnight before it, and is so up to the midnight after it.
        public Span SpanOf(in BookedTime booked)
        {
            if (_isBlock || booked.IsBlock)
            {
                return new(booked.Begin, booked.End);
            }

            return _wholeDay
                ? new(Math.Min(booked.Begin - booked.Before, _days.MidnightBefore(booked.Begin)), Math.Max(booked.End + booked.After, _days.MidnightAfter(booked.End)))
                : new(booked.Begin - Math.Max(booked.Before, _after), booked.End + Math.Max(booked.After, _before));
        }
    }

    private LocalDays Days => days;

    private BookingKind Kind => kind;
}
