using NodaTime;

namespace Kera.Features.Flows;

/// <summary>How wide a bar is.</summary>
public enum BarWidth
{
    /// <summary>An hour; a day is shown.</summary>
    Hour,

    /// <summary>A day; a month is shown.</summary>
    Day,

    /// <summary>A month; a year is shown.</summary>
    Month,
}

/// <summary>The stretch of time that a page shows, and its bars.</summary>
public sealed class FlowsWindow
{
    private readonly DateTimeZone _zone;

    /// <summary>The day, month or year that a date lies in.</summary>
    public FlowsWindow(BarWidth period, LocalDate date, DateTimeZone zone)
    {
        _zone = zone;
        Period = period;
        First = period switch
        {
            BarWidth.Hour => date,
            BarWidth.Day => new LocalDate(date.Year, date.Month, 1),
            _ => new LocalDate(date.Year, 1, 1),
        };
        After = Shift(First, 1);
        Starts = period == BarWidth.Hour ? [.. Hours()] : [.. Dates().Select(Midnight)];
    }

    /// <summary>How wide a bar is.</summary>
    public BarWidth Period { get; }

    /// <summary>The first day shown.</summary>
    public LocalDate First { get; }

    /// <summary>The first day no longer shown.</summary>
    public LocalDate After { get; }

    /// <summary>The beginning of each bar; a day of a clock change has 23 or 25 hours.</summary>
    public IReadOnlyList<Instant> Starts { get; }

    /// <summary>The beginning of it all.</summary>
    public Instant Start => Midnight(First);

    /// <summary>The end, itself no longer shown.</summary>
    public Instant End => Midnight(After);

    /// <summary>A first day of the stretch before.</summary>
    public LocalDate Before => Shift(First, -1);

    /// <summary>The bar that a moment falls into, or −1.</summary>
    public int IndexOf(Instant instant)
    {
        if (instant < Start || instant >= End)
        {
            return -1;
        }

        var at = Starts.Count - 1;
        while (Starts[at] > instant)
        {
            at--;
        }

        return at;
    }

    /// <summary>The bar's beginning on the calendar.</summary>
    public LocalDateTime Local(int bar) => Starts[bar].InZone(_zone).LocalDateTime;

    private LocalDate Shift(LocalDate date, int by) => Period switch
    {
        BarWidth.Hour => date.PlusDays(by),
        BarWidth.Day => date.PlusMonths(by),
        _ => date.PlusYears(by),
    };

    private Instant Midnight(LocalDate date) => _zone.AtStartOfDay(date).ToInstant();

    private IEnumerable<Instant> Hours()
    {
        for (var hour = Start; hour < End; hour += Duration.FromHours(1))
        {
            yield return hour;
        }
    }

    private IEnumerable<LocalDate> Dates()
    {
        for (var date = First; date < After; date = Period == BarWidth.Day ? date.PlusDays(1) : date.PlusMonths(1))
        {
            yield return date;
        }
    }
}
