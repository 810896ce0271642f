using System.Globalization;
using Kera.Sharing;
using NodaTime;

namespace Kera.Base.District.Reading;

/// <summary>Reads opening hours of spaces.yaml.</summary>
internal static class HoursReader
{
    private const string TimeForms = "write from when to when: \"16:00-22:00\", \"22:00-02:00\" over midnight, \"00:00-24:00\" for the whole day";

    private const string NthForms = "write 1 to 5 from the month's beginning, or -1 to -5 from its end";

    private const int MostWeeks = 52;

    // Of a day of the week or a set of them: None is no word of a file.
    private static readonly Dictionary<string, Weekdays> Days = Enum.GetValues<Weekdays>().Where(days => days != Weekdays.None).ToDictionary(Entry.InWords, StringComparer.Ordinal);

    private static readonly Dictionary<string, FinnishHoliday> Holidays = FinnishHolidays.All.ToDictionary(Entry.InWords, StringComparer.Ordinal);

    private static readonly string[] Weeks = ["odd", "even"];

    private const string AllHolidays = "all";

    public static OpeningHours Hours(Entry entry)
    {
        entry.Required("periods", "list when it is open, or write periods: [] where it never is");
        return new OpeningHours([.. entry.Children("periods", "period").Select(Period)], Exceptions(entry));
    }

    private static OpeningPeriod Period(Entry entry)
    {
        var period = new OpeningPeriod(
            entry.OptionalDay("from"), entry.OptionalDay("to"), [.. entry.Children("groups", "group").SelectMany(Groups)],
            entry.Choice("state", OpenState.Open), entry.OptionalWhole("override", 0, 100) ?? 0);
        entry.Done();
        return period;
    }

    // A group of the file becomes one of the kernel; with 'nth' one for each weekday, for the n-th Monday is another day than the n-th Sunday.
    private static List<SpanGroup> Groups(Entry entry)
    {
        var days = WeekdaysOf(entry);
        var spans = Times(entry, "list its times, or remove the group");
        if (spans.Count == 0 && entry.Optional("times") is { Kind: NodeKind.Sequence, Items.Count: 0 } empty)
        {
            entry.Report.Add(empty, "the group has no times", "list its times, or remove the group");
        }

        var (rules, nth) = (Rules(entry), Nth(entry));
        entry.Done();
        IEnumerable<Weekdays> sets = nth is null ? [days] : Days.Values.Where(day => int.IsPow2((int)day) && days.HasFlag(day));
        return [.. sets.Select(set => new SpanGroup(
            [.. spans.Select(span => new WeeklySpan(set, span))],
            nth is { } number ? [.. rules, new NthWeekdayOfMonth(number, (IsoDayOfWeek)(int.Log2((int)set) + 1))] : rules))];
    }

    /// <summary>The weekdays of an entry; all where nothing is said.</summary>
    public static Weekdays WeekdaysOf(Entry entry)
    {
        if (entry.Optional("days") is null)
        {
            return Weekdays.All;
        }

        var days = Weekdays.None;
        foreach (var word in entry.Words("days"))
        {
            if (Days.TryGetValue(word.Text, out var found))
            {
                days |= found;
            }
            else
            {
                entry.Report.Add(word, $"unknown day '{word.Text}'", $"use {Entry.OneOf(Days.Keys)}");
            }
        }

        return days;
    }

    private static List<DayRule> Rules(Entry entry)
    {
        List<DayRule> rules = [];
        if (entry.Optional("weeks") is not null)
        {
            rules.Add(new IsoWeeks(entry.Word("weeks", Weeks) == "even"));
        }

        if (entry.Child("every", "rule of weeks") is { } every)
        {
            rules.Add(new EveryNthWeek(every.RequiredWhole("weeks", 1, MostWeeks), every.Day("from")));
            every.Done();
        }

        return rules;
    }

    private static int? Nth(Entry entry)
    {
        if (entry.OptionalScalar("nth") is not { } node)
        {
            return null;
        }

        if (int.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= -5 and <= 5 and not 0)
        {
            return number;
        }

        entry.Report.Add(node, $"'nth' is '{node.Text}'", NthForms);
        return 1;
    }

    private static List<OpeningException> Exceptions(Entry hours)
    {
        List<OpeningException> exceptions = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in hours.Children("exceptions", "exception"))
        {
            exceptions.Add(Exception(entry));
            entry.Done();
            if ((entry.Node.Field("date") ?? entry.Node.Field("holiday")) is { Kind: NodeKind.Scalar } day && !seen.Add(day.Text))
            {
                entry.Report.Add(day, $"the exception of '{day.Text}' is here twice", "keep one of the two, with all its times");
            }
        }

        return exceptions;
    }

    private static OpeningException Exception(Entry entry)
    {
        var spans = Times(entry, "list its times, or write times: [] where it is closed");
        if (entry.Optional("date") is null == entry.Optional("holiday") is null)
        {
            entry.Report.Add(entry.Node, "the exception is of a date and a holiday, or of neither", $"write date: 2026-12-31, or holiday: {AllHolidays} (or one by name)");
        }

        if (entry.Optional("holiday") is null)
        {
            return new DateException(entry.OptionalDay("date") ?? default, spans);
        }

        var word = entry.Word("holiday", [AllHolidays, .. Holidays.Keys]);
        return new HolidayException(Holidays.TryGetValue(word, out var holiday) ? holiday : null, spans);
    }

    /// <summary>The times of an entry, from when to when.</summary>
    public static List<DaySpan> Times(Entry entry, string remedy)
    {
        if (entry.Required("times", remedy) is not { } node)
        {
            return [];
        }

        if (node.Kind != NodeKind.Sequence)
        {
            entry.Report.Add(node, "'times' is no list", "write times in brackets: [\"16:00-22:00\"]");
            return [];
        }

        return [.. node.Items.Select(item => Span(entry, item)).OfType<DaySpan>()];
    }

    // A time alone, or a time with a state of its own.
    private static DaySpan? Span(Entry entry, FileNode node)
    {
        if (node.Kind != NodeKind.Mapping)
        {
            return SpanOf(entry, node, null);
        }

        var fields = new Entry(node, "time", entry.Report, entry.Keys);
        OpenState? state = fields.Optional("state") is null ? null : fields.Choice<OpenState>("state");
        var span = fields.RequiredScalar("time", TimeForms) is { } text ? SpanOf(entry, text, state) : null;
        fields.Done();
        return span;
    }

    private static DaySpan? SpanOf(Entry entry, FileNode node, OpenState? state)
    {
        if (node.Text.Split('-') is [var from, var to] && from != EntryTimes.DayEnd && from != to && EntryTimes.ParseTime(from) is { } begin && EntryTimes.ParseTime(to) is { } end)
        {
            return new DaySpan(begin, end, end <= begin, state);
        }

        entry.Report.Add(node, node.Kind == NodeKind.Scalar ? $"'{node.Text}' is no time from when to when" : "'times' holds something else than times", TimeForms);
        return null;
    }
}
