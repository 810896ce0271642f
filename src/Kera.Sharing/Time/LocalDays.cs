using NodaTime;

namespace Kera.Sharing;

/// <summary>When the days of a range begin, in ticks since 1970, reckoned once: the zone is asked again only on days that are not 24 hours long.</summary>
internal sealed class LocalDays
{
    // A span that begins two days before may still be open: one from 00:00 to 24:00 of the next day.
    private const int DaysBefore = 3;
    private const int DaysAfter = 3;

    private readonly DateTimeZone _zone;
    private readonly long[] _begins;

    /// <summary>The days from one to another, with some before and after.</summary>
    public LocalDays(DateTimeZone zone, LocalDate from, LocalDate to)
    {
        (_zone, First) = (zone, from.PlusDays(-DaysBefore));
        Count = Math.Max(0, Period.DaysBetween(from, to)) + 1 + DaysBefore + DaysAfter;
        _begins = new long[Count + 1];
        for (var (day, date) = (0, First); day <= Count; day++, date = date.PlusDays(1))
        {
            _begins[day] = zone.AtStartOfDay(date).ToInstant().ToUnixTimeTicks();
        }
    }

    /// <summary>The first day.</summary>
    public LocalDate First { get; }

    /// <summary>How many days.</summary>
    public int Count { get; }

    /// <summary>The days around a time and a time after it.</summary>
    public static LocalDays Around(DateTimeZone zone, Instant from, Instant to) => new(zone, from.InZone(zone).Date, to.InZone(zone).Date);

    /// <summary>When a day begins.</summary>
    public long Begin(LocalDate date) => Period.DaysBetween(First, date) is var day && day >= 0 && day <= Count
        ? _begins[day]
        : _zone.AtStartOfDay(date).ToInstant().ToUnixTimeTicks();

    /// <summary>When a day begins, by its number from the first.</summary>
    public long Begin(int day) => _begins[day];

    /// <summary>When it is a local time of a day.</summary>
    public long At(int day, LocalTime time) => day < Count && _begins[day + 1] - _begins[day] == NodaConstants.TicksPerDay
        ? _begins[day] + time.TickOfDay
        : _zone.AtLeniently(First.PlusDays(day) + time).ToInstant().ToUnixTimeTicks();

    /// <summary>The midnight at or before a time.</summary>
    public long MidnightBefore(long ticks) => ticks >= _begins[0] && ticks < _begins[Count]
        ? _begins[DayOf(ticks)]
        : _zone.AtStartOfDay(Ticks.ToInstant(ticks).InZone(_zone).Date).ToInstant().ToUnixTimeTicks();

    /// <summary>The midnight at or after a time.</summary>
    public long MidnightAfter(long ticks)
    {
        var before = MidnightBefore(ticks);
        return before == ticks ? ticks : _zone.AtStartOfDay(Ticks.ToInstant(ticks).InZone(_zone).Date.PlusDays(1)).ToInstant().ToUnixTimeTicks();
    }

    /// <summary>The number of the day of a time in the range.</summary>
    public int DayOf(long ticks)
    {
        var day = (int)Math.Clamp((ticks - _begins[0]) / NodaConstants.TicksPerDay, 0, Count - 1);
        while (day > 0 && _begins[day] > ticks)
        {
            day--;
        }

        while (day + 1 < Count && _begins[day + 1] <= ticks)
        {
            day++;
        }

        return day;
    }
}
