using NodaTime;
using NodaTime.Calendars;

namespace Kera.Sharing;

/// <summary>A condition on days: the spans of a group begin only on days on which all its rules hold.</summary>
public abstract record DayRule
{
    /// <summary>Whether it holds on a day.</summary>
    public abstract bool Holds(LocalDate date);
}

/// <summary>Every n-th week, counted from the week (Monday to Sunday) of a day; never before that week.</summary>
/// <param name="Weeks">Every how many weeks, at least 1.</param>
/// <param name="From">A day of the first of them.</param>
public sealed record EveryNthWeek(int Weeks, LocalDate From) : DayRule
{
    /// <inheritdoc/>
    public override bool Holds(LocalDate date)
    {
        var days = Period.DaysBetween(MondayOf(From), MondayOf(date));
        return days >= 0 && days / 7 % Weeks == 0;
    }

    private static LocalDate MondayOf(LocalDate date) => date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));
}

/// <summary>Weeks with an even or an odd ISO number. After a week 53 an odd one follows an odd one.</summary>
/// <param name="Even">Even ones; else odd ones.</param>
public sealed record IsoWeeks(bool Even) : DayRule
{
    /// <inheritdoc/>
    public override bool Holds(LocalDate date) => WeekYearRules.Iso.GetWeekOfWeekYear(date) % 2 == 0 == Even;
}

/// <summary>The n-th of a weekday in its month.</summary>
/// <param name="Number">1 to 5 from the month's beginning; −1 to −5 from its end, where −1 is the last.</param>
/// <param name="Weekday">The weekday.</param>
public sealed record NthWeekdayOfMonth(int Number, IsoDayOfWeek Weekday) : DayRule
{
    /// <inheritdoc/>
    public override bool Holds(LocalDate date) => date.DayOfWeek == Weekday
        && (Number > 0 ? (date.Day + 6) / 7 == Number : (date.Calendar.GetDaysInMonth(date.Year, date.Month) - date.Day) / 7 == -Number - 1);
}
