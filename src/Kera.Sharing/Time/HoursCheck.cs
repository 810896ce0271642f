using NodaTime;

namespace Kera.Sharing;

/// <summary>Tells everything in opening hours that cannot be.</summary>
internal static class HoursCheck
{
    public static IEnumerable<RuleMistake> Mistakes(string key, OpeningHours hours)
    {
        for (var at = 0; at < hours.Periods.Count; at++)
        {
            var period = hours.Periods[at];
            var field = $"{nameof(Space.Hours)}.{nameof(hours.Periods)}[{at}]";
            if (period.To < period.From)
            {
                yield return new(key, $"{field}.{nameof(period.To)}", RuleMistakeCode.EndsBeforeItBegins) { Until = period.From?.AtMidnight() };
            }

            for (var group = 0; group < period.Groups.Count; group++)
            {
                foreach (var mistake in OfGroup(key, $"{field}.{nameof(period.Groups)}[{group}]", period.Groups[group]))
                {
                    yield return mistake;
                }
            }
        }

        for (var at = 0; at < hours.Exceptions.Count; at++)
        {
            for (var span = 0; span < hours.Exceptions[at].Spans.Count; span++)
            {
                foreach (var mistake in OfSpan(key, $"{nameof(Space.Hours)}.{nameof(hours.Exceptions)}[{at}].Spans[{span}]", hours.Exceptions[at].Spans[span]))
                {
                    yield return mistake;
                }
            }
        }
    }

    private static IEnumerable<RuleMistake> OfGroup(string key, string field, SpanGroup group)
    {
        for (var at = 0; at < group.Spans.Count; at++)
        {
            var span = $"{field}.{nameof(group.Spans)}[{at}]";
            if (group.Spans[at].Weekdays == Weekdays.None)
            {
                yield return new(key, $"{span}.{nameof(WeeklySpan.Weekdays)}", RuleMistakeCode.Empty);
            }

            foreach (var mistake in OfSpan(key, span, group.Spans[at].Span))
            {
                yield return mistake;
            }
        }

        for (var at = 0; at < group.Rules.Count; at++)
        {
            if (group.Rules[at] is EveryNthWeek { Weeks: < 1 } or NthWeekdayOfMonth { Number: 0 or < -5 or > 5 })
            {
                yield return new(key, $"{field}.{nameof(group.Rules)}[{at}]", RuleMistakeCode.TooSmall) { Count = 1 };
            }
        }
    }

    private static IEnumerable<RuleMistake> OfSpan(string key, string field, DaySpan span)
    {
        if (!span.EndsNextDay && span.End <= span.Begin)
        {
            yield return new(key, $"{field}.{nameof(span.End)}", RuleMistakeCode.EndsBeforeItBegins) { Until = new LocalDate(1, 1, 1) + span.Begin };
        }
    }
}
