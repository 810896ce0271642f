using NodaTime;

namespace Kera.Energy;

/// <summary>
/// The days on which Finland rests as on a Sunday: its public holidays, and the eves of midsummer and Christmas, which are none by law and
/// kept like them. By rule, for any year of the Gregorian calendar.
/// </summary>
public static class FinnishHolidays
{
    /// <summary>Whether a day is one of them. Sundays that are nothing else are not.</summary>
    public static bool Contains(LocalDate date)
    {
        var easter = Easter(date.Year);
        var midsummer = SaturdayFrom(new LocalDate(date.Year, 6, 20));
        return (date.Month, date.Day) is (1, 1) or (1, 6) or (5, 1) or (12, 6) or (12, 24) or (12, 25) or (12, 26)
            || Period.DaysBetween(easter, date) is -2 or 0 or 1 or 39 or 49
            || date == midsummer || date == midsummer.PlusDays(-1)
            || date == SaturdayFrom(new LocalDate(date.Year, 10, 31));
    }

    /// <summary>Easter Sunday of a year, by the Gregorian reckoning as Meeus, Jones and Butcher write it.</summary>
    public static LocalDate Easter(int year)
    {
        var (golden, century, within) = (year % 19, year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (within / 4)) - epact - (within % 4)) % 7;
        var correction = (golden + (11 * epact) + (22 * weekday)) / 451;
        var days = epact + weekday - (7 * correction) + 114;
        return new LocalDate(year, days / 31, (days % 31) + 1);
    }

    private static LocalDate SaturdayFrom(LocalDate date) => date.With(DateAdjusters.NextOrSame(IsoDayOfWeek.Saturday));
}
