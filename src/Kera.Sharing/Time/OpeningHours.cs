using NodaTime;

namespace Kera.Sharing;

/// <summary>What a time is to those who come. Where spans of a day overlap, closed wins over staff only, and staff only over open.</summary>
public enum OpenState
{
    /// <summary>Open to all whom the rules allow.</summary>
    Open,

    /// <summary>Open to staff, closed to all others.</summary>
    StaffOnly,

    /// <summary>Closed. Such a span cuts its time out of every other, also of a night that began the day before.</summary>
    Closed,
}

/// <summary>A span of a day in local time. It belongs to the day on which it begins.</summary>
/// <param name="Begin">When it begins.</param>
/// <param name="End">When it ends: after its beginning, or, where <paramref name="EndsNextDay"/>, at any time of the next day.</param>
/// <param name="EndsNextDay">Whether the end is on the day after; an end at midnight is at 00:00 of the next day.</param>
/// <param name="State">What the time is; null for the state of its period.</param>
public sealed record DaySpan(LocalTime Begin, LocalTime End, bool EndsNextDay = false, OpenState? State = null)
{
    /// <summary>A whole day, from midnight to midnight.</summary>
    public static DaySpan WholeDay(OpenState? state = null) => new(LocalTime.Midnight, LocalTime.Midnight, true, state);
}

/// <summary>A span that begins on some days of the week.</summary>
/// <param name="Weekdays">On which days.</param>
/// <param name="Span">The span.</param>
public sealed record WeeklySpan(Weekdays Weekdays, DaySpan Span);

/// <summary>Spans that hold only on days on which all rules of the group do.</summary>
/// <param name="Spans">The spans.</param>
/// <param name="Rules">The rules; none for every day.</param>
public sealed record SpanGroup(IReadOnlyList<WeeklySpan> Spans, IReadOnlyList<DayRule> Rules);

/// <summary>Opening hours from a day to a day.</summary>
/// <param name="From">The first day; null for always before.</param>
/// <param name="To">The last day; null for always after.</param>
/// <param name="Groups">The spans; without any group each whole day is in <paramref name="State"/>.</param>
/// <param name="State">The state of spans that have none of their own.</param>
/// <param name="Override">
/// The level: on each of its days a period replaces all periods of a lower level, also on days on which it has no span itself. Periods
/// of one level add up.
/// </param>
public sealed record OpeningPeriod(LocalDate? From, LocalDate? To, IReadOnlyList<SpanGroup> Groups, OpenState State = OpenState.Open, int Override = 0)
{
    /// <summary>Whether a day is one of its days.</summary>
    public bool Contains(LocalDate date) => !(date < From) && !(date > To);
}

/// <summary>What a day is instead of what the periods say.</summary>
/// <param name="Spans">Its spans; a state of null is open. None: nothing begins on that day, and a night that began the day before goes on.</param>
public abstract record OpeningException(IReadOnlyList<DaySpan> Spans);

/// <summary>The hours of one date. It goes before an exception by holiday.</summary>
/// <param name="Date">The day.</param>
/// <param name="Spans">Its spans.</param>
public sealed record DateException(LocalDate Date, IReadOnlyList<DaySpan> Spans) : OpeningException(Spans);

/// <summary>The hours of a holiday in every year. One by name goes before one of all holidays.</summary>
/// <param name="Holiday">The holiday; null for each that has no exception by name.</param>
/// <param name="Spans">Its spans.</param>
public sealed record HolidayException(FinnishHoliday? Holiday, IReadOnlyList<DaySpan> Spans) : OpeningException(Spans);

/// <summary>When something is open: periods of weekly hours, and exceptions that replace them. All times are local.</summary>
/// <param name="Periods">The periods; without any it is closed.</param>
/// <param name="Exceptions">The exceptions; of several for one day the first of the narrowest kind holds.</param>
public sealed record OpeningHours(IReadOnlyList<OpeningPeriod> Periods, IReadOnlyList<OpeningException> Exceptions)
{
    /// <summary>Never open.</summary>
    public static OpeningHours Never { get; } = new([], []);

    /// <summary>Open day and night.</summary>
    public static OpeningHours Always { get; } = new([new(null, null, [])], []);

    /// <summary>The same hours every week.</summary>
    public static OpeningHours Weekly(params IReadOnlyList<WeeklySpan> spans) => new([new(null, null, [new(spans, [])])], []);

    /// <summary>The open time from the start of a day to the end of another, merged, in order, cut to those days. Local times that a change of clocks leaves out move on by the change; of a time that comes twice the first is meant.</summary>
    /// <param name="zone">The zone of the local times.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="staff">Whether for staff: then what is open to staff only is open.</param>
    public IReadOnlyList<Interval> Intervals(DateTimeZone zone, LocalDate from, LocalDate to, bool staff = false)
    {
        var days = new LocalDays(zone, from, to);
        var (begin, end) = (days.Begin(from), days.Begin(to.PlusDays(1)));
        return [.. OpenTime.Of(this, days, staff).Spans.Cut(begin, end).Select(span => span.ToInterval())];
    }
}
