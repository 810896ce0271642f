using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.District.Reading;

/// <summary>Fields that hold durations, moments, days that may be missing, and whole numbers; and lists of words.</summary>
internal static class EntryTimes
{
    /// <summary>What a duration looks like, for a remedy.</summary>
    public const string DurationForms = "write a whole number with min, h or d: 30 min, 2 h, 1 d";

    /// <summary>The end of a day in a time of day.</summary>
    public const string DayEnd = "24:00";

    // Longer than any rule, and far within what a duration can hold.
    private const int LongestDays = 3_660;

    private static readonly LocalTimePattern TimeOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>A duration as <c>30 min</c>, <c>2 h</c> or <c>1 d</c> (24 hours); null where it is missing.</summary>
    public static Duration? OptionalDuration(this Entry entry, string name)
    {
        if (entry.OptionalScalar(name) is not { } node)
        {
            return null;
        }

        if (ParseDuration(node.Text) is { } duration)
        {
            return duration;
        }

        entry.Report.Add(node, $"'{name}' is '{node.Text}', which is no duration", DurationForms);
        return null;
    }

    /// <summary>A duration that must be there.</summary>
    public static Duration RequiredDuration(this Entry entry, string name) =>
        entry.Required(name, DurationForms) is null ? Duration.Zero : entry.OptionalDuration(name) ?? Duration.Zero;

    /// <summary>The duration of a text; null where it is none, or longer than ten years.</summary>
    public static Duration? ParseDuration(string text)
    {
        if (text.Split(' ') is not [var digits, var unit] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var minutes = unit switch { "min" => 1L, "h" => 60, "d" => 1_440, _ => 0 };
        return minutes > 0 && number * minutes <= LongestDays * 1_440 ? Duration.FromMinutes(number * minutes) : null;
    }

    /// <summary>A duration as the files write it, in whole minutes.</summary>
    public static string InWords(Duration duration)
    {
        var minutes = (long)duration.TotalMinutes;
        var (number, unit) = minutes == 0 ? (0, "min") : minutes % 1_440 == 0 ? (minutes / 1_440, "d") : minutes % 60 == 0 ? (minutes / 60, "h") : (minutes, "min");
        return string.Create(CultureInfo.InvariantCulture, $"{number} {unit}");
    }

    /// <summary>A moment with its offset from UTC, or a day; null where it is missing. A day is its beginning, or its end where <paramref name="ends"/>.</summary>
    public static Instant? OptionalMoment(this Entry entry, string name, DateTimeZone zone, bool ends)
    {
        if (entry.OptionalScalar(name) is not { } node)
        {
            return null;
        }

        if (EntryValues.Moment(node) is { } moment)
        {
            return moment;
        }

        if (DistrictDate.TryParse(node.Text) is { IsDay: true } date)
        {
            return zone.AtStartOfDay(ends ? date.First.PlusDays(1) : date.First).ToInstant();
        }

        entry.Report.Add(node, $"'{name}' is '{node.Text}', which is no moment", "write a day 2026-10-14, or a moment with its offset from UTC: 2026-10-14T09:00:00+03:00");
        return null;
    }

    /// <summary>A single day; null where it is missing.</summary>
    public static LocalDate? OptionalDay(this Entry entry, string name) => entry.Optional(name) is null ? null : entry.Day(name);

    /// <summary>The time of day of a text <c>16:00</c>; null where it is none. The end of a day is midnight.</summary>
    public static LocalTime? ParseTime(string text) =>
        text == DayEnd ? LocalTime.Midnight : TimeOfDay.Parse(text) is { Success: true, Value: var time } ? time : null;

    /// <summary>A time of day; midnight where it is missing.</summary>
    public static LocalTime OptionalTime(this Entry entry, string name)
    {
        if (entry.OptionalScalar(name) is { } node && ParseTime(node.Text) is var time)
        {
            if (time is null)
            {
                entry.Report.Add(node, $"'{name}' is '{node.Text}', which is no time of day", "write hours and minutes: \"16:00\"");
            }

            return time ?? LocalTime.Midnight;
        }

        return LocalTime.Midnight;
    }

    /// <summary>A whole number; null where it is missing.</summary>
    public static int? OptionalWhole(this Entry entry, string name, int least, int most)
    {
        if (entry.OptionalScalar(name) is not { } node)
        {
            return null;
        }

        if (int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        entry.Report.Add(node, $"'{name}' is '{node.Text}'", WholeForms(least, most));
        return null;
    }

    /// <summary>A whole number that must be there.</summary>
    public static int RequiredWhole(this Entry entry, string name, int least, int most) =>
        entry.Required(name, WholeForms(least, most)) is null ? least : entry.OptionalWhole(name, least, most) ?? least;

    /// <summary>A yes or no, with a value for where it is missing.</summary>
    public static bool Flag(this Entry entry, string name, bool missing) => entry.Optional(name) is null ? missing : entry.Flag(name);

    /// <summary>One word, or a list of them, each of which may be judged where it stands; none where the field is missing.</summary>
    public static IReadOnlyList<FileNode> Words(this Entry entry, string name)
    {
        if (entry.Optional(name) is not { } node)
        {
            return [];
        }

        IReadOnlyList<FileNode> items = node.Kind == NodeKind.Sequence ? node.Items : [node];
        if (items.Count > 0 && items.All(item => item is { Kind: NodeKind.Scalar, IsEmpty: false }))
        {
            return items;
        }

        entry.Report.Add(node, items.Count == 0 ? $"'{name}' is an empty list" : $"'{name}' holds something else than words", "write one word or a list of words, or remove the field");
        return [];
    }

    private static string WholeForms(int least, int most) => string.Create(CultureInfo.InvariantCulture, $"write a whole number from {least} to {most}");
}
