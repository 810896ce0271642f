using Kera.Base.District;
using Kera.Base.Ui;
using Kera.Flows;
using Kera.Sharing.Rounds;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>Rounds in the reader's words.</summary>
internal static class RoundWords
{
    private const int MinutesInHour = 60;
    private const int MinutesInDay = 24 * MinutesInHour;

    /// <summary>Monday to Sunday.</summary>
    public static IReadOnlyList<IsoDayOfWeek> Week { get; } = [.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)];

    public static string Day(PageContext page, IsoDayOfWeek day) => page.Texts.Of("spaces.dayname", day.ToString());

    public static string Name(PageContext page, DistrictSpaces spaces, string round) => spaces.Rounds.GetValueOrDefault(round)?.Name.In(page.Language.Code) ?? round;

    /// <summary>When something begins: its day where that begins with it, else its moment.</summary>
    public static string Begins(PageContext page, Instant at) => at.InZone(page.Formats.Zone) is { TimeOfDay: var time, Date: var date } && time == LocalTime.Midnight ? page.Formats.Date(date) : page.Formats.Moment(at);

    /// <summary>When something ends: its last day where it ends with that, else its moment.</summary>
    public static string Ends(PageContext page, Instant at) => at.InZone(page.Formats.Zone) is { TimeOfDay: var time, Date: var date } && time == LocalTime.Midnight ? page.Formats.Date(date.PlusDays(-1)) : page.Formats.Moment(at);

    /// <summary>A time of day in minutes, as the language writes it; midnight at the end of a day is 24.</summary>
    public static string Clock(PageContext page, int minutes) => minutes == MinutesInDay
        ? "24" + page.Formats.Time(LocalTime.Midnight)[2..]
        : page.Formats.Time(new LocalTime(minutes / MinutesInHour, minutes % MinutesInHour));

    public static string Span(PageContext page, int begin, int end) => Formats.Span(Clock(page, begin), Clock(page, end));

    /// <summary>A weekly time: <c>Monday 17:00–18:30</c>.</summary>
    public static string Time(PageContext page, RoundAllocation time) => $"{Day(page, time.Day)} {Span(page, time.Begin, time.End)}";

    /// <summary>Weekly times, those of several days together.</summary>
    public static IEnumerable<string> Times(PageContext page, IEnumerable<WeeklyTime> times) => times.GroupBy(time => (time.Begin, time.End)).Select(span =>
        $"{string.Join(", ", span.Select(time => page.Texts.Of("spaces.weekday", time.Day.ToString())))} {Span(page, span.Key.Begin, span.Key.End)}");

    /// <summary>A share as a rounded percentage.</summary>
    public static string Percent(PageContext page, double share) => page.Formats.Percent(new Quantity((long)(share * Quantity.One)), Quantity.Whole(1));

    public static string Length(PageContext page, int minutes) => SpaceWords.Length(page, Duration.FromMinutes(minutes));

    /// <summary>A reason, without anybody's name.</summary>
    public static string Reason(PageContext page, DistrictSpaces spaces, RoundReason reason) => page.Texts.FormatStored("rounds.reason", reason.Code.ToString(), new Dictionary<string, string>
    {
        ["count"] = page.Formats.Number(reason.Count),
        ["category"] = reason.Category is { } category ? GroupWords.Kind(page, spaces, category) : "",
    });

    public static string Fault(PageContext page, DistrictSpaces spaces, RoundFault fault) =>
        $"{SpaceWords.Name(page, spaces, fault.Allocation.Space)}, {Time(page, fault.Allocation)}: {page.Texts.Of("rounds.fault", fault.Code.ToString())}";

    /// <summary>A wish in a line: how often, how long, where.</summary>
    public static string Wish(PageContext page, DistrictSpaces spaces, RoundWish wish) => page.Texts.Format(
        "rounds.wish.line",
        ("times", wish.MinimumTimes == wish.MaximumTimes ? page.Formats.Number(wish.MaximumTimes) : $"{page.Formats.Number(wish.MinimumTimes)}–{page.Formats.Number(wish.MaximumTimes)}"),
        ("length", wish.MinimumMinutes == wish.MaximumMinutes ? Length(page, wish.MaximumMinutes) : $"{Length(page, wish.MinimumMinutes)} – {Length(page, wish.MaximumMinutes)}"),
        ("people", page.Formats.Number(wish.People)),
        ("spaces", string.Join(", ", wish.Options.Select(option => SpaceWords.Name(page, spaces, option)))));

    /// <summary>Suitable hours of a wish, by weekday; empty where there are none of that kind.</summary>
    public static string Suitable(PageContext page, RoundWish wish, bool primary) => string.Join("; ", wish.Suitable.Where(time => time.Primary == primary).GroupBy(time => time.Day).OrderBy(day => day.Key).Select(day =>
        $"{page.Texts.Of("spaces.weekday", day.Key.ToString())} {string.Join(", ", day.OrderBy(time => time.Begin).Select(time => Formats.Span(page.Formats.Number(time.Begin / MinutesInHour), page.Formats.Number(time.End / MinutesInHour))))}"));
}
