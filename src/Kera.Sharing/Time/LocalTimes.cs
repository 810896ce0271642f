using NodaTime;

namespace Kera.Sharing;

/// <summary>Local times of a day as instants.</summary>
internal static class LocalTimes
{
    /// <summary>From a time of a day to another; at or before the first it is of the next day. Where a change of clocks leaves nothing of it, it ends as it begins.</summary>
    public static Interval Between(DateTimeZone zone, LocalDate date, LocalTime begin, LocalTime end)
    {
        var from = zone.AtLeniently(date + begin).ToInstant();
        return new(from, Instant.Max(from, zone.AtLeniently((end <= begin ? date.PlusDays(1) : date) + end).ToInstant()));
    }
}
