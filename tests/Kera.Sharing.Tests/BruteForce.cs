using System.Collections.Concurrent;
using NodaTime;

namespace Kera.Sharing.Tests;

/// <summary>
/// The written rules, checked minute by minute (of five) and booking by booking. It reads the same data and shares no code with the kernel:
/// days, clock changes, weeks and holidays are reckoned here once more.
/// </summary>
internal sealed partial class BruteForce
{
    private const int Step = 5;

    // Asking the zone is slow, and the situations are around few days.
    private static readonly ConcurrentDictionary<Instant, LocalDateTime[]> s_locals = new();
    private readonly LocalDateTime[] _locals;
    private readonly SpaceTree _tree;
    private readonly IReadOnlyList<Booking> _bookings;
    private readonly Asker _asker;
    private readonly Instant _now;
    private readonly Instant _first;
    private readonly int _count;
    private readonly Dictionary<string, (bool[] Open, bool[] Begins)> _open = [];

    /// <summary>Answers about requests that lie wholly between two instants.</summary>
    public BruteForce(SpaceTree tree, IReadOnlyList<Booking> bookings, Asker asker, Instant now, Instant first, Instant last)
    {
        (_tree, _bookings, _asker, _now, _first) = (tree, bookings, asker, now, first);
        _count = (int)((last - first).TotalMinutes / Step);
        _locals = s_locals.GetOrAdd(first, _ => [.. Enumerable.Range(0, _count).Select(at => Ask(first + Duration.FromMinutes(at * Step)))]);
    }

    public bool Allows(BookingRequest request) => Codes(request, stop: true).Count == 0;

    /// <summary>The rules that say no; with <paramref name="stop"/>, some of them at least where there are any.</summary>
    public HashSet<RefusalCode> Codes(BookingRequest request, bool stop = false)
    {
        var codes = new HashSet<RefusalCode>();
        void No(bool refused, RefusalCode code) => _ = refused && codes.Add(code);
        OfAsking(request, No);
        if (request.Time.End > request.Time.Start && !(stop && codes.Count > 0))
        {
            OfBeginning(request, No);
            if (!(stop && codes.Count > 0))
            {
                OfTime(request, No);
            }
        }

        return codes;
    }

    // What does not depend on when it is.
    private void OfAsking(BookingRequest request, Action<bool, RefusalCode> no)
    {
        var (space, rules) = (_tree.Space(request.Space), _tree.Space(request.Space).Rules);
        no(space.Capacity is { } capacity && request.People > capacity, RefusalCode.TooManyPeople);
        no(request.Time.End <= request.Time.Start, RefusalCode.NoDuration);
        if (request.Kind != BookingKind.Normal)
        {
            no(!_asker.Staff, RefusalCode.KindNotAllowed);
            return;
        }

        no((rules.PublishedFrom is { } shown && _now < shown) || (rules.PublishedUntil is { } hidden && _now >= hidden), RefusalCode.NotPublished);
        no(rules.BookingOpens is { } opens && _now < opens, RefusalCode.BookingNotOpen);
        no(rules.BookingCloses is { } closes && _now >= closes, RefusalCode.BookingClosed);
        no(rules.Way == BookingWay.Rounds, RefusalCode.OnlyByRounds);
        no(rules.Audiences is not null && !rules.Audiences.Intersect(_asker.Audiences).Any(), RefusalCode.AudienceNotAllowed);
        no(rules.AdultsOnly && !_asker.Adult, RefusalCode.AdultsOnly);
        no(rules.StrongIdentification && !_asker.StronglyIdentified, RefusalCode.StrongIdentificationNeeded);
        foreach (var limit in rules.Limits.OfType<BookingsAtOnce>())
        {
            no(Mine(limit, request) is { } mine && mine.Count(other => other.Time.End > _now) + 1 > limit.Most, RefusalCode.TooManyBookings);
        }

        if (request.Time.End > request.Time.Start)
        {
            var minutes = request.Time.Duration.TotalMinutes;
            no(rules.LeastDuration is { } least && minutes < least.TotalMinutes, RefusalCode.TooShort);
            no(rules.MostDuration is { } most && minutes > most.TotalMinutes, RefusalCode.TooLong);
            no(minutes % (rules.DurationStep ?? rules.StartGrid).TotalMinutes != 0, RefusalCode.NotMultiple);
        }
    }

    private void OfBeginning(BookingRequest request, Action<bool, RefusalCode> no)
    {
        var (rules, begin) = (_tree.Space(request.Space).Rules, request.Time.Start);
        if (request.Kind != BookingKind.Normal)
        {
            var today = Local(_now).Date;
            no(begin < At((Local(_now).Hour == 0 ? today.PlusDays(-1) : today).AtMidnight()), RefusalCode.InThePast);
            no((begin - At(Local(begin).Date.AtMidnight())).TotalMinutes % Math.Min(30, rules.StartGrid.TotalMinutes) != 0, RefusalCode.NotOnGrid);
            return;
        }

        no(begin < _now, RefusalCode.InThePast);
        no((rules.Notice > Duration.Zero && begin < _now + rules.Notice)
            || (rules.NoticeDays > 0 && Local(begin).Date < Local(_now).Date.PlusDays(rules.NoticeDays)), RefusalCode.ShortNotice);
        no(rules.HorizonDays is { } horizon && begin > At(Local(_now).PlusDays(horizon)), RefusalCode.BeyondHorizon);
        no(OffGrid(request.Space, begin, rules.StartGrid), RefusalCode.NotOnGrid);
    }

    private void OfTime(BookingRequest request, Action<bool, RefusalCode> no)
    {
        var (rules, begin, end) = (_tree.Space(request.Space).Rules, request.Time.Start, request.Time.End);
        if (request.Kind == BookingKind.Normal)
        {
            no(Any(begin, end, minute => !IsOpen(request.Space, minute)), RefusalCode.Closed);
            no(rules.Rounds.Any(round => !round.ResultsSent && Any(begin, end, minute => Local(minute).Date >= round.From && Local(minute).Date <= round.To)), RefusalCode.RoundNotSent);
            foreach (var limit in rules.Limits.OfType<TimePerPeriod>())
            {
                no(Mine(limit, request) is { } mine && Any(begin, end, minute => TimeIn(limit.Period, minute, [.. mine.Select(other => other.Time), request.Time]) > limit.Most), RefusalCode.TooMuchTime);
            }
        }

        no(_bookings.Any(other => other.Id != request.Replaces && Occupies(other) && Related(other.Space, request.Space) && Clash(other, request, rules)), RefusalCode.Overlap);
        foreach (var one in Line(request.Space).Select(_tree.Space))
        {
            no(one.FirstDay is { } firstDay && Local(begin).Date < firstDay, RefusalCode.OutsideLife);
            no(one.LastDay is { } lastDay && end > At(lastDay.PlusDays(1).AtMidnight()), RefusalCode.OutsideLife);
            no(one.Permits.Count > 0 && Any(begin, end, minute => !one.Permits.Any(permit => Permits(permit, minute))), RefusalCode.OutsidePermit);
        }

        foreach (var key in request.Equipment.Select(use => use.Equipment).Distinct())
        {
            var wished = request.Equipment.Where(use => use.Equipment == key).Sum(use => use.Pieces);
            var there = _tree.Equipment.Single(thing => thing.Key == key).Pieces;
            var users = _bookings.Where(other => other.Id != request.Replaces && Occupies(other) && other.Equipment.Any(use => use.Equipment == key)).ToList();
            no(wished > there || Any(begin, end, minute => wished + users.Where(other => other.Time.Contains(minute)).Sum(other => other.Equipment.Where(use => use.Equipment == key).Sum(use => use.Pieces)) > there), RefusalCode.EquipmentTaken);
        }
    }

    // The bookings that a limit counts, or null where it does not bind the asker.
    private List<Booking>? Mine(UsageLimit limit, BookingRequest request)
    {
        var key = limit.Of == LimitOf.Person ? _asker.Person : _asker.Group;
        return key is null ? null : [.. _bookings.Where(other => (limit.Of == LimitOf.Person ? other.Person : other.Group) == key && other.Kind == BookingKind.Normal
            && other.Id != request.Replaces && Occupies(other) && (other.Space == request.Space || (limit.Kinds is { } kinds && kinds.Contains(_tree.Space(other.Space).Kind))))];
    }

    /// <summary>Whether a space is open to customers at an instant.</summary>
    public bool IsOpen(string space, Instant minute) => OpenOf(space).Open[Index(minute)];

    private LocalDateTime Local(Instant instant) => instant >= _first && Index(instant) is var at && at < _count ? _locals[at] : Ask(instant);

    private static LocalDateTime Ask(Instant instant) => instant.InZone(Situation.Helsinki).LocalDateTime;

    // Summer time first, so that of a time that comes twice the first is meant; a time that is left out moves on by the hour.
    private Instant At(LocalDateTime local)
    {
        foreach (var hours in new[] { 3, 2 })
        {
            var instant = local.InUtc().ToInstant() - Duration.FromHours(hours);
            if (Local(instant) == local)
            {
                return instant;
            }
        }

        return local.InUtc().ToInstant() - Duration.FromHours(2);
    }

    private static bool Any(Instant begin, Instant end, Func<Instant, bool> holds)
    {
        for (var minute = begin; minute < end; minute += Duration.FromMinutes(Step))
        {
            if (holds(minute))
            {
                return true;
            }
        }

        return false;
    }

    private bool Permits(Permit permit, Instant minute)
    {
        var today = Local(minute).Date;
        return today <= permit.To && new[] { today.PlusDays(-1), today }.Any(date => date >= permit.From && date <= permit.To
            && minute >= At(date + permit.Begin)
            && minute < At((permit.End <= permit.Begin ? date.PlusDays(1) : date) + permit.End));
    }

    private bool Occupies(Booking booking) => booking.State is BookingState.Confirmed or BookingState.AwaitingHandling
        || (booking.State is BookingState.Held or BookingState.AwaitingPayment && !(booking.HeldUntil <= _now));

    private bool Related(string one, string other) => Line(one).Contains(other) || Line(other).Contains(one);

    private IEnumerable<string> Line(string space)
    {
        for (var at = space; at is not null; at = _tree.Space(at).Parent)
        {
            yield return at;
        }
    }

    // Existing with buffers and new without, or the other way round; blocks know no buffers.
    private bool Clash(Booking other, BookingRequest request, BookingRules rules)
    {
        var (begin, end) = (request.Time.Start, request.Time.End);
        var (before, after) = (rules.BufferBefore, rules.BufferAfter);
        if (rules.BlocksWholeDay)
        {
            before = begin - At(Local(begin).Date.AtMidnight());
            after = Local(end).TimeOfDay == LocalTime.Midnight ? Duration.Zero : At(Local(end).Date.PlusDays(1).AtMidnight()) - end;
        }

        var (otherBefore, otherAfter) = (other.BufferBefore, other.BufferAfter);
        if (other.Kind == BookingKind.Block || request.Kind == BookingKind.Block)
        {
            (before, after, otherBefore, otherAfter) = (Duration.Zero, Duration.Zero, Duration.Zero, Duration.Zero);
        }

        return (other.Time.Start - otherBefore < end && begin < other.Time.End + otherAfter)
            || (other.Time.Start < end + after && begin - before < other.Time.End);
    }

    private Duration TimeIn(LimitPeriod period, Instant minute, List<Interval> times)
    {
        var date = Local(minute).Date;
        var first = period == LimitPeriod.Month ? new LocalDate(date.Year, date.Month, 1) : date.PlusDays(1 - (int)date.DayOfWeek);
        var (from, until) = (At(first.AtMidnight()), At((period == LimitPeriod.Month ? first.PlusMonths(1) : first.PlusDays(7)).AtMidnight()));
        return times.Aggregate(Duration.Zero, (sum, time) => sum + Duration.Max(Duration.Zero, Instant.Min(time.End, until) - Instant.Max(time.Start, from)));
    }
}
