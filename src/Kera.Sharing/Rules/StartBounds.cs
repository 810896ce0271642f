using NodaTime;

namespace Kera.Sharing;

/// <summary>When a booking may begin, as seen from now.</summary>
/// <param name="NotBefore">Not in the past: now, or for staff the start of today, and in the first hour of a day that of yesterday.</param>
/// <param name="Notice">The earliest beginning by the notice.</param>
/// <param name="Horizon">The latest beginning by the horizon, or null.</param>
internal readonly record struct StartBounds(Instant NotBefore, Instant Notice, Instant? Horizon)
{
    public static StartBounds Of(BookingRules rules, DateTimeZone zone, Instant now, bool staff)
    {
        var here = now.InZone(zone);
        if (staff)
        {
            var midnight = zone.AtStartOfDay(here.Hour == 0 ? here.Date.PlusDays(-1) : here.Date).ToInstant();
            return new(midnight, midnight, null);
        }

        var notice = now + rules.Notice;
        if (rules.NoticeDays > 0)
        {
            notice = Instant.Max(notice, zone.AtStartOfDay(here.Date.PlusDays(rules.NoticeDays)).ToInstant());
        }

        return new(now, notice, rules.HorizonDays is { } days ? zone.AtLeniently(here.LocalDateTime.PlusDays(days)).ToInstant() : null);
    }
}
