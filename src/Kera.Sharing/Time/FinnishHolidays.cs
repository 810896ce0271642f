using NodaTime;

namespace Kera.Sharing;

/// <summary>A day on which Finland rests, by name. The eves are no public holidays by law and are kept like them.</summary>
public enum FinnishHoliday
{
    /// <summary>1 January.</summary>
    NewYearsDay,

    /// <summary>6 January.</summary>
    Epiphany,

    /// <summary>The Friday before Easter.</summary>
    GoodFriday,

    /// <summary>Easter Sunday.</summary>
    EasterSunday,

    /// <summary>The day after Easter.</summary>
    EasterMonday,

    /// <summary>1 May.</summary>
    MayDay,

    /// <summary>The Thursday 39 days after Easter.</summary>
    AscensionDay,

    /// <summary>The Sunday 49 days after Easter.</summary>
    Whitsunday,

    /// <summary>The Friday before midsummer.</summary>
    MidsummerEve,

    /// <summary>The Saturday from 20 to 26 June.</summary>
    MidsummerDay,

    /// <summary>The Saturday from 31 October to 6 November.</summary>
    AllSaintsDay,

    /// <summary>6 December.</summary>
    IndependenceDay,

    /// <summary>24 December.</summary>
    ChristmasEve,

    /// <summary>25 December.</summary>
    ChristmasDay,

    /// <summary>26 December.</summary>
    SecondChristmasDay,
}

/// <summary>When the holidays of Finland are, by the rules of today, in any year of the Gregorian calendar.</summary>
public static class FinnishHolidays
{
    /// <summary>All of them, in the order of the year as a rule.</summary>
    public static IReadOnlyList<FinnishHoliday> All { get; } = Enum.GetValues<FinnishHoliday>();

    /// <summary>The day of a holiday in a year.</summary>
    public static LocalDate DateOf(FinnishHoliday holiday, int year) => holiday switch
    {
        FinnishHoliday.NewYearsDay => new(year, 1, 1),
        FinnishHoliday.Epiphany => new(year, 1, 6),
        FinnishHoliday.GoodFriday => Easter(year).PlusDays(-2),
        FinnishHoliday.EasterSunday => Easter(year),
        FinnishHoliday.EasterMonday => Easter(year).PlusDays(1),
        FinnishHoliday.MayDay => new(year, 5, 1),
        FinnishHoliday.AscensionDay => Easter(year).PlusDays(39),
        FinnishHoliday.Whitsunday => Easter(year).PlusDays(49),
        FinnishHoliday.MidsummerEve => SaturdayFrom(new(year, 6, 20)).PlusDays(-1),
        FinnishHoliday.MidsummerDay => SaturdayFrom(new(year, 6, 20)),
        FinnishHoliday.AllSaintsDay => SaturdayFrom(new(year, 10, 31)),
        FinnishHoliday.IndependenceDay => new(year, 12, 6),
        FinnishHoliday.ChristmasEve => new(year, 12, 24),
        FinnishHoliday.ChristmasDay => new(year, 12, 25),
        _ => new(year, 12, 26),
    };

    /// <summary>Whether a day is a holiday of this name. Two may meet: 1 May 2008 was Ascension Day too.</summary>
    public static bool Is(FinnishHoliday holiday, LocalDate date) => DateOf(holiday, date.Year) == date;

    /// <summary>Whether a day is any of them. Sundays that are nothing else are not.</summary>
    public static bool Contains(LocalDate date) => (date.Month, date.Day) switch
    {
        (1, 1) or (1, 6) or (5, 1) or (12, 6) or (12, 24) or (12, 25) or (12, 26) => true,
        (3 or 4 or 5, _) or (6, <= 13) => Period.DaysBetween(Easter(date.Year), date) is -2 or 0 or 1 or 39 or 49,
        (6, _) => Is(FinnishHoliday.MidsummerEve, date) || Is(FinnishHoliday.MidsummerDay, date),
        (10, _) or (11, _) => Is(FinnishHoliday.AllSaintsDay, date),
        _ => false,
    };

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
