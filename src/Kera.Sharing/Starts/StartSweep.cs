using NodaTime;

namespace Kera.Sharing;

/// <summary>Finds free starts of one space after another: walks the grid and the obstacles together, and jumps over what is in the way.</summary>
internal sealed class StartSweep
{
    private readonly BookingBook _book;
    private readonly StartWish _wish;
    private readonly Asker _asker;
    private readonly Instant _now;
    private readonly Dictionary<OpeningHours, OpenTime> _opened = new(ReferenceEqualityComparer.Instance);
    private readonly List<Span> _obstacles = [];
    private LocalDays? _days;
    private (Span Time, List<Span> Spans)? _taken;

    public StartSweep(BookingBook book, StartWish wish, Asker asker, Instant now) => (_book, _wish, _asker, _now) = (book, wish, asker, now);

    /// <summary>Adds the free starts of a space in order, and gives the duration that they are for.</summary>
    public Duration Run(int number, List<long> starts)
    {
        var space = _book.Spaces.Spaces[number];
        var duration = _wish.Duration ?? space.Rules.LeastDuration ?? space.Rules.Step;
        var time = new Interval(_now, _now + Duration.Max(duration, Duration.Zero));
        var request = new BookingRequest(space.Key, time, _wish.Kind) { People = _wish.People, Equipment = _wish.Equipment, Replaces = _wish.Replaces };
        if (_wish.To >= _wish.From && !BookingCheck.Timeless(_book, number, request, _asker, _now).Any() && !BookingCheck.OfDuration(space.Rules, request).Any())
        {
            Run(number, DaysFor(duration), Ticks.Of(duration), starts);
        }

        return duration;
    }

    // The days on which it may begin, and so many more that it may end.
    private LocalDays DaysFor(Duration duration)
    {
        var last = _wish.To.PlusDays((int)Math.Ceiling(duration.TotalDays));
        if (_days is null || _days.First.PlusDays(_days.Count) <= last.PlusDays(1))
        {
            _days = new(_book.Spaces.Zone, _wish.From, last);
            _opened.Clear();
        }

        return _days;
    }

    private void Run(int number, LocalDays days, long duration, List<long> starts)
    {
        var staff = !BookingCheck.IsNormal(_wish.Kind);
        var view = new SpaceView(_book.Spaces, number, days);
        var rules = view.Space.Rules;
        if (!staff)
        {
            var hours = _book.Spaces.HoursOf(number);
            if (!_opened.TryGetValue(hours, out var open))
            {
                _opened[hours] = open = OpenTime.Of(hours, days, staff: false);
            }

            view.With(open);
        }

        var bounds = StartBounds.Of(rules, _book.Spaces.Zone, _now, staff);
        var first = Math.Max(days.Begin(_wish.From), Math.Max(Ticks.Of(bounds.NotBefore), Ticks.Of(bounds.Notice)));
        var last = Math.Min(days.Begin(_wish.To.PlusDays(1)) - 1, bounds.Horizon is { } horizon ? Ticks.Of(horizon) : long.MaxValue);
        if (first > last)
        {
            return;
        }

        var obstacles = ObstaclesOf(number, days, new(first, last + duration));
        TimeUse[] limits = staff ? [] : [.. new LimitCheck(_book, view.Space, _asker, _wish.Replaces, _now).Times()];
        var grid = new StartGrid(staff ? null : view.Open, days, staff ? BookingCheck.StaffGrid(rules) : Ticks.Of(rules.StartGrid));
        var next = 0;
        foreach (var span in view.Usable(staff))
        {
            // A life without an end would overflow.
            var until = Math.Min(last, span.End == long.MaxValue ? last : span.End - duration);
            var from = Math.Max(first, span.Begin);
            var start = from <= until ? grid.From(from) : long.MaxValue;
            while (start <= until)
            {
                while (next < obstacles.Count && obstacles[next].End <= start)
                {
                    next++;
                }

                if (next < obstacles.Count && obstacles[next].Begin < start + duration)
                {
                    start = obstacles[next].End > until ? long.MaxValue : grid.From(obstacles[next].End);
                    continue;
                }

                if (limits.Length == 0 || Array.TrueForAll(limits, limit => limit.Excess(new(start, start + duration)) is null))
                {
                    starts.Add(start);
                }

                start = grid.After(start);
            }
        }
    }

    private List<Span> ObstaclesOf(int number, LocalDays days, Span time)
    {
        _obstacles.Clear();
        var obstacles = new Obstacles(_book, number, days, _wish.Kind, _wish.Replaces, _now);
        obstacles.AddBookings(time, _obstacles);
        if (_wish.Equipment.Count > 0)
        {
            // What is shared is as free for one space as for the next.
            if (_taken is not { } known || known.Time != time)
            {
                _taken = known = (time, []);
                obstacles.AddEquipment(_wish.Equipment, time, known.Spans);
            }

            _obstacles.AddRange(known.Spans);
        }

        return _obstacles.Merged();
    }
}
