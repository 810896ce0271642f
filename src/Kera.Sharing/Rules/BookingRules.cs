using NodaTime;

namespace Kera.Sharing;

/// <summary>How a space is given out.</summary>
public enum BookingWay
{
    /// <summary>Booked directly.</summary>
    Direct,

    /// <summary>Only by application rounds.</summary>
    Rounds,

    /// <summary>By both.</summary>
    Both,
}

/// <summary>The days that an application round gives out; until its results are sent, nobody books them directly.</summary>
/// <param name="Key">The round.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="ResultsSent">Whether its results were sent.</param>
public sealed record RoundPeriod(string Key, LocalDate From, LocalDate To, bool ResultsSent);

/// <summary>Who may book a space, when and for how long. What is not set does not limit. <see cref="RuleCheck"/> tells contradictions.</summary>
/// <remarks>The rules bind customers, that is bookings of the kind normal. What staff are bound by, <see cref="BookingCheck"/> tells.</remarks>
public sealed record BookingRules
{
    /// <summary>From when the space is shown at all.</summary>
    public Instant? PublishedFrom { get; init; }

    /// <summary>Until when it is shown.</summary>
    public Instant? PublishedUntil { get; init; }

    /// <summary>From when bookings are taken: the moment of booking counts, not the time booked.</summary>
    public Instant? BookingOpens { get; init; }

    /// <summary>Until when they are taken.</summary>
    public Instant? BookingCloses { get; init; }

    /// <summary>How many days before its own day a booking is made at least, counted from the start of today: 1 is from tomorrow on.</summary>
    public int NoticeDays { get; init; }

    /// <summary>How long before its beginning a booking is made at least, counted from now.</summary>
    public Duration Notice { get; init; }

    /// <summary>How many days ahead a booking may begin at most, counted from now, by the same time of day.</summary>
    public int? HorizonDays { get; init; }

    /// <summary>From one start to the next, counted from the opening of each open span. Customary are 15 and 30 minutes, 1, 1½, 2, 3, 4, 5, 6 and 7 hours.</summary>
    public Duration StartGrid { get; init; } = Duration.FromMinutes(30);

    /// <summary>The shortest booking.</summary>
    public Duration? LeastDuration { get; init; }

    /// <summary>The longest booking.</summary>
    public Duration? MostDuration { get; init; }

    /// <summary>Of what a duration is a multiple; null for the start grid.</summary>
    public Duration? DurationStep { get; init; }

    /// <summary>The time that stays free before a booking. Between two bookings the larger buffer counts, never the sum.</summary>
    public Duration BufferBefore { get; init; }

    /// <summary>The time that stays free after a booking.</summary>
    public Duration BufferAfter { get; init; }

    /// <summary>Whether a booking keeps its whole day, or days, free of others: then its buffers are from midnight and to midnight.</summary>
    public bool BlocksWholeDay { get; init; }

    /// <summary>How much one person or group may book.</summary>
    public IReadOnlyList<UsageLimit> Limits { get; init; } = [];

    /// <summary>Codes of those who may book, such as "residents" and "members"; one in common is enough. Null is everyone.</summary>
    public IReadOnlyList<string>? Audiences { get; init; }

    /// <summary>Whether the booker is of age.</summary>
    public bool AdultsOnly { get; init; }

    /// <summary>Whether the booker is strongly identified.</summary>
    public bool StrongIdentification { get; init; }

    /// <summary>How the space is given out.</summary>
    public BookingWay Way { get; init; }

    /// <summary>The application rounds that the space is in.</summary>
    public IReadOnlyList<RoundPeriod> Rounds { get; init; } = [];

    /// <summary>Whether staff decide on each booking.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>A deposit in euros that is laid down before the key is given.</summary>
    public decimal? Deposit { get; init; }

    /// <summary>How long before its beginning a customer may still cancel or move a booking; null where customers cannot.</summary>
    public Duration? CancellableBefore { get; init; }

    /// <summary>The multiple that a duration is.</summary>
    public Duration Step => DurationStep ?? StartGrid;

    /// <summary>The buffers of a booking at a time, as the booking keeps them.</summary>
    /// <param name="zone">The zone of the days.</param>
    /// <param name="time">The booking's time.</param>
    public (Duration Before, Duration After) BuffersOf(DateTimeZone zone, Interval time)
    {
        if (!BlocksWholeDay)
        {
            return (BufferBefore, BufferAfter);
        }

        var days = LocalDays.Around(zone, time.Start, time.End);
        var (begin, end) = (Ticks.Of(time.Start), Ticks.Of(time.End));
        return (Duration.FromTicks(begin - days.MidnightBefore(begin)), Duration.FromTicks(days.MidnightAfter(end) - end));
    }
}
