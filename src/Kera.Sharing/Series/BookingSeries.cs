using NodaTime;
using NodaTime.Text;

namespace Kera.Sharing;

/// <summary>On which dates a series has bookings.</summary>
public abstract record SeriesDates
{
    /// <summary>A series goes no further than so many years from its first day.</summary>
    public const int MostYears = 2;

    /// <summary>The dates in order, each once.</summary>
    /// <exception cref="SharingException">They end before they begin, go too far ahead, or have a step below 1.</exception>
    public IReadOnlyList<LocalDate> Dates()
    {
        var dates = Unsorted().Distinct().Order().ToList();
        return dates.Count > 0 && dates[^1] > dates[0].PlusYears(MostYears)
            ? throw TooLong(dates[0])
            : dates;
    }

    /// <summary>The dates as they come.</summary>
    protected abstract IEnumerable<LocalDate> Unsorted();

    /// <summary>The days from one to another.</summary>
    /// <exception cref="SharingException">The last is before the first, or too far after it.</exception>
    protected static IEnumerable<LocalDate> Days(LocalDate from, LocalDate to)
    {
        if (to < from)
        {
            throw new SharingException($"The series ends on {to:R}, before it begins on {from:R}.");
        }

        return to > from.PlusYears(MostYears)
            ? throw TooLong(from)
            : Enumerable.Range(0, Period.DaysBetween(from, to) + 1).Select(from.PlusDays);
    }

    private static SharingException TooLong(LocalDate from) => new($"The series goes more than {MostYears} years ahead. Let it end by {from.PlusYears(MostYears):R}.");
}

/// <summary>Days of the week, every n-th week, counted from the week of the first day.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Weekdays">The days of the week.</param>
/// <param name="Weeks">Every how many weeks, at least 1.</param>
public sealed record WeeklyDates(LocalDate From, LocalDate To, Weekdays Weekdays, int Weeks = 1) : SeriesDates
{
    /// <inheritdoc/>
    protected override IEnumerable<LocalDate> Unsorted()
    {
        if (Weeks < 1)
        {
            throw new SharingException($"The series comes every {Weeks} weeks. Let it be every week, or every second.");
        }

        var rule = new EveryNthWeek(Weeks, From);
        return Days(From, To).Where(date => Weekdays.Has(date.DayOfWeek) && rule.Holds(date));
    }
}

/// <summary>The n-th of a weekday in each month.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Day">Which day of a month; a month that has no fifth is left out.</param>
public sealed record MonthlyDates(LocalDate From, LocalDate To, NthWeekdayOfMonth Day) : SeriesDates
{
    /// <inheritdoc/>
    protected override IEnumerable<LocalDate> Unsorted() => Days(From, To).Where(Day.Holds);
}

/// <summary>Dates one by one.</summary>
/// <param name="List">The dates, in any order.</param>
public sealed record ListedDates(IReadOnlyList<LocalDate> List) : SeriesDates
{
    /// <inheritdoc/>
    protected override IEnumerable<LocalDate> Unsorted() => List;
}

/// <summary>A booking that is made on many dates at the same local time.</summary>
/// <param name="Id">The stable id; its bookings have the id and their date: "choir/2026-11-27".</param>
/// <param name="Space">The key of the space.</param>
/// <param name="Dates">The dates.</param>
/// <param name="Begin">When it begins.</param>
/// <param name="End">When it ends; at or before <paramref name="Begin"/> it is on the next day.</param>
/// <param name="Kind">What it is for; any but normal is asked by staff.</param>
public sealed record BookingSeries(string Id, string Space, SeriesDates Dates, LocalTime Begin, LocalTime End, BookingKind Kind = BookingKind.Normal)
{
    /// <summary>How many people come.</summary>
    public int People { get; init; } = 1;

    /// <summary>The equipment that is wished.</summary>
    public IReadOnlyList<EquipmentUse> Equipment { get; init; } = [];

    /// <summary>The id of the booking of a date.</summary>
    public string IdOn(LocalDate date) => $"{Id}/{LocalDatePattern.Iso.Format(date)}";

    /// <summary>The time of a date. Where a change of clocks leaves nothing of it, it ends as it begins.</summary>
    public Interval TimeOn(LocalDate date, DateTimeZone zone) => LocalTimes.Between(zone, date, Begin, End);

    /// <summary>The request for a date.</summary>
    public BookingRequest RequestOn(LocalDate date, DateTimeZone zone) => new(Space, TimeOn(date, zone), Kind) { People = People, Equipment = Equipment };
}
