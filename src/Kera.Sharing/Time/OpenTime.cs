using NodaTime;

namespace Kera.Sharing;

/// <summary>Opening hours laid on the days of a range.</summary>
/// <param name="Spans">The open time, in order, merged.</param>
/// <param name="Anchors">In order: where a start grid begins anew, which is the beginning of each span as it was written, and of each opening.</param>
internal sealed record OpenTime(List<Span> Spans, List<long> Anchors)
{
    /// <summary>The hours on all the days; O(days · spans).</summary>
    public static OpenTime Of(OpeningHours hours, LocalDays days, bool staff)
    {
        List<Span> open = [], cuts = [];
        for (var (day, date) = (0, days.First); day < days.Count; day++, date = date.PlusDays(1))
        {
            if (ExceptionOf(hours, date) is { } exception)
            {
                foreach (var span in exception.Spans)
                {
                    Add(span, span.State ?? OpenState.Open);
                }

                continue;
            }

            var level = int.MinValue;
            foreach (var period in hours.Periods)
            {
                level = period.Override > level && period.Contains(date) ? period.Override : level;
            }

            foreach (var period in hours.Periods)
            {
                if (period.Override == level && period.Contains(date))
                {
                    AddPeriod(period, date);
                }
            }

            void AddPeriod(OpeningPeriod period, LocalDate date)
            {
                if (period.Groups.Count == 0)
                {
                    Put(days.Begin(day), days.Begin(day + 1), period.State);
                }

                foreach (var group in period.Groups)
                {
                    if (AllHold(group.Rules, date))
                    {
                        foreach (var weekly in group.Spans)
                        {
                            if (weekly.Weekdays.Has(date.DayOfWeek))
                            {
                                Add(weekly.Span, weekly.Span.State ?? period.State);
                            }
                        }
                    }
                }
            }

            void Add(DaySpan span, OpenState state) => Put(days.At(day, span.Begin), days.At(span.EndsNextDay ? day + 1 : day, span.End), state);
        }

        void Put(long begin, long end, OpenState state)
        {
            if (begin < end)
            {
                (state == OpenState.Open || (staff && state == OpenState.StaffOnly) ? open : cuts).Add(new(begin, end));
            }
        }

        var anchors = new List<long>(open.Count);
        foreach (var span in open)
        {
            anchors.Add(span.Begin);
        }

        var spans = open.Merged();
        if (cuts.Count > 0)
        {
            spans = spans.Without(cuts.Merged());
            anchors.AddRange(spans.Select(span => span.Begin));
        }

        anchors.Sort();
        return new(spans, anchors);
    }

    /// <summary>The last anchor at or before a time.</summary>
    public long AnchorOf(long ticks)
    {
        var found = Anchors.BinarySearch(ticks);
        return Anchors[found >= 0 ? found : ~found - 1];
    }

    private static OpeningException? ExceptionOf(OpeningHours hours, LocalDate date)
    {
        if (hours.Exceptions.Count == 0)
        {
            return null;
        }

        return hours.Exceptions.FirstOrDefault(exception => exception is DateException dated && dated.Date == date)
            ?? hours.Exceptions.FirstOrDefault(exception => exception is HolidayException { Holiday: { } holiday } && FinnishHolidays.Is(holiday, date))
            ?? hours.Exceptions.FirstOrDefault(exception => exception is HolidayException { Holiday: null } && FinnishHolidays.Contains(date));
    }

    private static bool AllHold(IReadOnlyList<DayRule> rules, LocalDate date)
    {
        foreach (var rule in rules)
        {
            if (!rule.Holds(date))
            {
                return false;
            }
        }

        return true;
    }
}
