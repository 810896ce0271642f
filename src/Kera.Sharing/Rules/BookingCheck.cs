using NodaTime;

namespace Kera.Sharing;

/// <summary>
/// Whether something may be booked, by every rule in force. Staff, that is bookings of any kind but normal, are not bound by opening hours,
/// windows, notice, horizon, durations, limits, audiences and rounds; they have a grid of their own, of at most 30 minutes from
/// midnight, and may go back to the start of today, or of yesterday during the first hour of a day. Nobody books what another has, what
/// the space does not hold, or a time outside the space's life and permits.
/// </summary>
public static class BookingCheck
{
    private static readonly Duration s_mostStaffGrid = Duration.FromMinutes(30);

    /// <summary>Decides on a request; O(log n + bookings around it).</summary>
    /// <param name="book">The bookings there are.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="now">The time of asking.</param>
    /// <exception cref="SharingException">There is no such space, or the request's time is unbounded.</exception>
    public static BookingDecision Decide(BookingBook book, BookingRequest request, Asker asker, Instant now)
    {
        if (!request.Time.HasStart || !request.Time.HasEnd)
        {
            throw new SharingException("The time of a booking has a beginning and an end. Give both.");
        }

        var tree = book.Spaces;
        var number = tree.NumberOf(request.Space);
        var rules = tree.Spaces[number].Rules;
        var days = LocalDays.Around(tree.Zone, request.Time.Start, request.Time.End);
        List<BookingRefusal> refusals =
        [
            .. Timeless(book, number, request, asker, now),
            .. OfDuration(rules, request),
            .. request.Time.Duration == Duration.Zero ? [] : OfTime(book, new SpaceView(tree, number, days), request, asker, now),
        ];
        refusals.Sort(static (one, other) => one.Code.CompareTo(other.Code));
        var (before, after) = request.Kind == BookingKind.Block ? default : rules.BuffersOf(tree.Zone, request.Time);
        return new(refusals, IsNormal(request.Kind) && rules.NeedsApproval, IsNormal(request.Kind) ? rules.Deposit : null, before, after);
    }

    internal static bool IsNormal(BookingKind kind) => kind == BookingKind.Normal;

    /// <summary>The grid on which staff begin: intervals over 30 minutes act as 30.</summary>
    internal static long StaffGrid(BookingRules rules) => Ticks.Of(Duration.Min(rules.StartGrid, s_mostStaffGrid));

    /// <summary>The rules that say no at whatever time it would be.</summary>
    internal static IEnumerable<BookingRefusal> Timeless(BookingBook book, int number, BookingRequest request, Asker asker, Instant now)
    {
        var space = book.Spaces.Spaces[number];
        if (request.People > space.Capacity)
        {
            yield return new(RefusalCode.TooManyPeople) { Count = request.People, Most = space.Capacity };
        }

        if (!IsNormal(request.Kind))
        {
            if (!asker.Staff)
            {
                yield return new(RefusalCode.KindNotAllowed);
            }

            yield break;
        }

        var rules = space.Rules;
        if (now < rules.PublishedFrom || now >= rules.PublishedUntil)
        {
            yield return new(RefusalCode.NotPublished) { From = rules.PublishedFrom, Until = rules.PublishedUntil };
        }

        if (now < rules.BookingOpens)
        {
            yield return new(RefusalCode.BookingNotOpen) { From = rules.BookingOpens };
        }

        if (now >= rules.BookingCloses)
        {
            yield return new(RefusalCode.BookingClosed) { Until = rules.BookingCloses };
        }

        if (rules.Way == BookingWay.Rounds)
        {
            yield return new(RefusalCode.OnlyByRounds);
        }

        if (rules.Audiences is { } audiences && !audiences.Any(asker.Audiences.Contains))
        {
            yield return new(RefusalCode.AudienceNotAllowed) { Keys = audiences };
        }

        if (rules.AdultsOnly && !asker.Adult)
        {
            yield return new(RefusalCode.AdultsOnly);
        }

        if (rules.StrongIdentification && !asker.StronglyIdentified)
        {
            yield return new(RefusalCode.StrongIdentificationNeeded);
        }

        foreach (var refusal in new LimitCheck(book, space, asker, request.Replaces, now).TooManyAtOnce())
        {
            yield return refusal;
        }
    }

    /// <summary>The rules on the duration.</summary>
    internal static IEnumerable<BookingRefusal> OfDuration(BookingRules rules, BookingRequest request)
    {
        var duration = request.Time.Duration;
        if (duration == Duration.Zero)
        {
            yield return new(RefusalCode.NoDuration);
        }
        else if (IsNormal(request.Kind))
        {
            if (duration < rules.LeastDuration)
            {
                yield return new(RefusalCode.TooShort) { Is = duration, Limit = rules.LeastDuration };
            }

            if (duration > rules.MostDuration)
            {
                yield return new(RefusalCode.TooLong) { Is = duration, Limit = rules.MostDuration };
            }

            if (Ticks.Of(duration) % Ticks.Of(rules.Step) != 0)
            {
                yield return new(RefusalCode.NotMultiple) { Is = duration, Limit = rules.Step };
            }
        }
    }

    private static IEnumerable<BookingRefusal> OfTime(BookingBook book, SpaceView view, BookingRequest request, Asker asker, Instant now)
    {
        var (space, rules, staff) = (view.Space, view.Space.Rules, !IsNormal(request.Kind));
        var time = new Span(Ticks.Of(request.Time.Start), Ticks.Of(request.Time.End));
        foreach (var refusal in OfBounds(StartBounds.Of(rules, book.Spaces.Zone, now, staff), request.Time.Start))
        {
            yield return refusal;
        }

        if (staff ? (time.Begin - view.Days.MidnightBefore(time.Begin)) % StaffGrid(rules) != 0 : OffGrid(view.Open, time.Begin, Ticks.Of(rules.StartGrid)))
        {
            yield return new(RefusalCode.NotOnGrid) { Limit = Duration.FromTicks(staff ? StaffGrid(rules) : Ticks.Of(rules.StartGrid)) };
        }

        if (time.Begin < view.Life.Begin || time.End > view.Life.End)
        {
            yield return OutsideLife(book.Spaces, space, tooEarly: time.Begin < view.Life.Begin);
        }

        if (view.Permitted is { } permitted && FirstGap(permitted, time) is { } outside)
        {
            yield return Between(RefusalCode.OutsidePermit, outside) with { Key = space.Key };
        }

        if (!staff)
        {
            if (FirstGap(view.Open.Spans, time) is { } closed)
            {
                yield return Between(RefusalCode.Closed, closed);
            }

            foreach (var round in rules.Rounds.Where(round => !round.ResultsSent))
            {
                if (view.Of(round) is var span && span.Begin < time.End && span.End > time.Begin)
                {
                    yield return Between(RefusalCode.RoundNotSent, span) with { Key = round.Key };
                }
            }

            foreach (var use in new LimitCheck(book, space, asker, request.Replaces, now).Times())
            {
                if (use.Excess(time) is { } excess)
                {
                    yield return new(RefusalCode.TooMuchTime)
                    {
                        From = Ticks.ToInstant(excess.Period),
                        Is = Duration.FromTicks(excess.Total),
                        Limit = use.Limit.Most,
                        Keys = use.Limit.Kinds,
                    };
                }
            }
        }

        var obstacles = new Obstacles(book, book.Spaces.NumberOf(space.Key), view.Days, request.Kind, request.Replaces, now);
        if (obstacles.First(time) is { } obstacle)
        {
            yield return Between(RefusalCode.Overlap, obstacle.Span) with { Key = obstacle.Booking.Id };
        }

        foreach (var (key, free, most) in obstacles.Lacking(request.Equipment, time))
        {
            yield return new(RefusalCode.EquipmentTaken) { Key = key, Count = free, Most = most };
        }
    }

    private static IEnumerable<BookingRefusal> OfBounds(StartBounds bounds, Instant begin)
    {
        if (begin < bounds.NotBefore)
        {
            yield return new(RefusalCode.InThePast) { From = bounds.NotBefore };
        }

        if (begin < bounds.Notice && bounds.Notice > bounds.NotBefore)
        {
            yield return new(RefusalCode.ShortNotice) { From = bounds.Notice };
        }

        if (begin > bounds.Horizon)
        {
            yield return new(RefusalCode.BeyondHorizon) { Until = bounds.Horizon };
        }
    }

    // Where it is closed there is no grid to be off.
    private static bool OffGrid(OpenTime open, long begin, long grid) => open.Spans.At(begin) is not null && (begin - open.AnchorOf(begin)) % grid != 0;

    private static BookingRefusal OutsideLife(SpaceTree tree, Space space, bool tooEarly)
    {
        Space[] line = [space, .. tree.Ancestors(space.Key)];
        var (first, last) = (line.Where(one => one.FirstDay is not null).MaxBy(one => one.FirstDay), line.Where(one => one.LastDay is not null).MinBy(one => one.LastDay));
        return new(RefusalCode.OutsideLife)
        {
            Key = (tooEarly ? first : last)?.Key,
            From = first?.FirstDay is { } from ? tree.Zone.AtStartOfDay(from).ToInstant() : null,
            Until = last?.LastDay is { } to ? tree.Zone.AtStartOfDay(to.PlusDays(1)).ToInstant() : null,
        };
    }

    private static BookingRefusal Between(RefusalCode code, Span span) => new(code) { From = Ticks.ToInstant(span.Begin), Until = Ticks.ToInstant(span.End) };

    // The first part of a time that is in none of the spans.
    private static Span? FirstGap(List<Span> spans, Span time)
    {
        var begin = time.Begin;
        foreach (var span in spans)
        {
            if (span.End <= begin)
            {
                continue;
            }

            if (span.Begin > begin)
            {
                return begin < time.End ? new(begin, Math.Min(span.Begin, time.End)) : null;
            }

            begin = span.End;
        }

        return begin < time.End ? new(begin, time.End) : null;
    }
}
