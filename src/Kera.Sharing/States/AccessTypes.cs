using NodaTime;

namespace Kera.Sharing;

/// <summary>How one gets in.</summary>
public enum AccessType
{
    /// <summary>The door is open.</summary>
    Unrestricted,

    /// <summary>By a code.</summary>
    AccessCode,

    /// <summary>Staff open.</summary>
    OpenedByStaff,

    /// <summary>By a key that is fetched.</summary>
    PhysicalKey,

    /// <summary>Of a series: not by the same on all its dates.</summary>
    Various,
}

/// <summary>How one gets in from a day on.</summary>
/// <param name="From">The first day.</param>
/// <param name="Type">How.</param>
public sealed record AccessFrom(LocalDate From, AccessType Type);

/// <summary>How one gets in to a booking.</summary>
public static class AccessTypes
{
    /// <summary>On a day: by the last type that began by then; null before the first.</summary>
    public static AccessType? On(IReadOnlyList<AccessFrom> types, LocalDate date) => types.Where(type => type.From <= date).MaxBy(type => type.From)?.Type;

    /// <summary>Of a series: what all its dates have, or <see cref="AccessType.Various"/>; null where a date has none.</summary>
    public static AccessType? OnAll(IReadOnlyList<AccessFrom> types, IReadOnlyList<LocalDate> dates)
    {
        var found = dates.Select(date => On(types, date)).Distinct().ToList();
        return found is [var one] ? one : found.Count == 0 || found.Contains(null) ? null : AccessType.Various;
    }

    /// <summary>Whether a booking has a code: only while it is confirmed, by the type of the day on which it begins.</summary>
    public static bool HasCode(Booking booking, IReadOnlyList<AccessFrom> types, DateTimeZone zone) =>
        booking.State == BookingState.Confirmed && On(types, booking.Time.Start.InZone(zone).Date) == AccessType.AccessCode;
}
