using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>Days and times as a form has them.</summary>
internal static class DeskTime
{
    private static readonly LocalTimePattern s_time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>The moment of a day and a time, <c>2026-11-25</c> and <c>18:00</c>; null where either cannot be read. Midnight where no time is written.</summary>
    public static Instant? Read(string? day, string? time, DateTimeZone zone) =>
        LocalDatePattern.Iso.Parse(day ?? "") is { Success: true, Value: { Year: > 2000 and < 2200 } date } && (string.IsNullOrEmpty(time) ? LocalTime.Midnight : s_time.Parse(time) is { Success: true, Value: var read } ? read : (LocalTime?)null) is { } at
            ? zone.AtLeniently(date + at).ToInstant()
            : null;

    /// <summary>A moment's time of day as a field of a form has it.</summary>
    public static string Time(Instant moment, DateTimeZone zone) => s_time.Format(moment.InZone(zone).TimeOfDay);

    /// <summary>A moment's day as a field of a form has it.</summary>
    public static string Day(Instant moment, DateTimeZone zone) => LocalDatePattern.Iso.Format(moment.InZone(zone).Date);
}
