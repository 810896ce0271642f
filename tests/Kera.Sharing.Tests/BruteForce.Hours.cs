using NodaTime;

namespace Kera.Sharing.Tests;

/// <summary>When it is open, reckoned once more.</summary>
internal sealed partial class BruteForce
{
    private bool OffGrid(string space, Instant begin, Duration grid)
    {
        var (open, begins) = OpenOf(space);
        var at = Index(begin);
        if (!open[at])
        {
            return false;
        }

        var opening = at;
        while (!begins[opening] && open[opening - 1])
        {
            opening--;
        }

        return (at - opening) * Step % grid.TotalMinutes != 0;
    }

    private int Index(Instant minute) => (int)((minute - _first).TotalMinutes / Step);

    private (bool[] Open, bool[] Begins) OpenOf(string space)
    {
        if (_open.TryGetValue(space, out var known))
        {
            return known;
        }

        var hours = Line(space).Select(key => _tree.Space(key).Hours).FirstOrDefault(hours => hours is not null) ?? OpeningHours.Never;
        var (open, closed, begins) = (new bool[_count], new bool[_count], new bool[_count]);
        for (var date = Local(_first).Date; date <= Local(_first + Duration.FromMinutes(_count * Step)).Date; date = date.PlusDays(1))
        {
            foreach (var (from, until, state) in SpansOn(hours, date))
            {
                if (from < until && state == OpenState.Open && from >= _first && Index(from) < _count)
                {
                    begins[Index(from)] = true;
                }

                for (var at = Math.Max(0, Index(from)); at < Math.Min(_count, Index(until)); at++)
                {
                    (state == OpenState.Open ? open : closed)[at] = true;
                }
            }
        }

        for (var at = 0; at < _count; at++)
        {
            open[at] &= !closed[at];
        }

        return _open[space] = (open, begins);
    }

    private IEnumerable<(Instant From, Instant Until, OpenState State)> SpansOn(OpeningHours hours, LocalDate date)
    {
        (Instant, Instant, OpenState) On(DaySpan span, OpenState state) => (At(date + span.Begin), At((span.EndsNextDay ? date.PlusDays(1) : date) + span.End), span.State ?? state);
        var exceptions = hours.Exceptions.Select(exception => (Exception: exception, Rank: exception switch
        {
            DateException dated => dated.Date == date ? 3 : 0,
            HolidayException { Holiday: { } holiday } => HolidaysOn(date).Contains(holiday) ? 2 : 0,
            _ => HolidaysOn(date).Any() ? 1 : 0,
        })).Where(one => one.Rank > 0).OrderByDescending(one => one.Rank).ToList();
        if (exceptions.Count > 0)
        {
            return exceptions[0].Exception.Spans.Select(span => On(span, OpenState.Open));
        }

        var periods = hours.Periods.Where(period => (period.From is not { } from || from <= date) && (period.To is not { } to || date <= to)).ToList();
        return periods.Where(period => period.Override == periods.Max(other => other.Override)).SelectMany(period => period.Groups.Count == 0
            ? [(At(date.AtMidnight()), At(date.PlusDays(1).AtMidnight()), period.State)]
            : period.Groups.Where(group => group.Rules.All(rule => Holds(rule, date)))
                .SelectMany(group => group.Spans)
                .Where(weekly => ((int)weekly.Weekdays >> ((int)date.DayOfWeek - 1) & 1) == 1)
                .Select(weekly => On(weekly.Span, period.State)));
    }

    private static bool Holds(DayRule rule, LocalDate date)
    {
        static LocalDate Thursday(LocalDate date) => date.PlusDays(4 - (int)date.DayOfWeek);
        switch (rule)
        {
            case EveryNthWeek nth:
                var weeks = Period.DaysBetween(Thursday(nth.From), Thursday(date)) / 7;
                return weeks >= 0 && weeks % nth.Weeks == 0;
            case IsoWeeks iso:
                // The week's number is that of its Thursday in its year.
                return (((Thursday(date).DayOfYear - 1) / 7) + 1) % 2 == (iso.Even ? 0 : 1);
            case NthWeekdayOfMonth nth:
                var ofMonth = Enumerable.Range(1, 31).Where(day => day <= date.Calendar.GetDaysInMonth(date.Year, date.Month)).Select(day => new LocalDate(date.Year, date.Month, day)).Where(day => day.DayOfWeek == nth.Weekday).ToList();
                var index = nth.Number > 0 ? nth.Number - 1 : ofMonth.Count + nth.Number;
                return index >= 0 && index < ofMonth.Count && ofMonth[index] == date;
            default:
                throw new InvalidOperationException();
        }
    }

    // Of the hard days only midsummer's eve and New Year's days are near any; tables, not rules.
    private static IEnumerable<FinnishHoliday> HolidaysOn(LocalDate date) => (date.Year, date.Month, date.Day) switch
    {
        (2026, 6, 19) => [FinnishHoliday.MidsummerEve],
        (2026, 6, 20) => [FinnishHoliday.MidsummerDay],
        (2027, 1, 1) => [FinnishHoliday.NewYearsDay],
        (2026, 12, 26) => [FinnishHoliday.SecondChristmasDay],
        (2027, 3, 26) => [FinnishHoliday.GoodFriday],
        (2027, 3, 28) => [FinnishHoliday.EasterSunday],
        (2027, 3, 29) => [FinnishHoliday.EasterMonday],
        (2026, 10, 31) => [FinnishHoliday.AllSaintsDay],
        (2027, 11, 6) => [FinnishHoliday.AllSaintsDay],
        (2027, 1, 6) => [FinnishHoliday.Epiphany],
        (2026, 12, 25) => [FinnishHoliday.ChristmasDay],
        (2026, 12, 24) => [FinnishHoliday.ChristmasEve],
        _ => [],
    };
}
