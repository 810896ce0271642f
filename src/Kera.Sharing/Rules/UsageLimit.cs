using NodaTime;

namespace Kera.Sharing;

/// <summary>Whose bookings a limit counts.</summary>
public enum LimitOf
{
    /// <summary>The person's.</summary>
    Person,

    /// <summary>The group's. It binds only who books for a group.</summary>
    Group,
}

/// <summary>In which time booked hours are counted.</summary>
public enum LimitPeriod
{
    /// <summary>Monday to Sunday.</summary>
    Week,

    /// <summary>A month of the calendar.</summary>
    Month,
}

/// <summary>How much one person or group may book. Only bookings of the kind normal count, and only such as occupy their time.</summary>
/// <param name="Of">Whose bookings count.</param>
/// <param name="Kinds">The kinds of space whose bookings count with those of this space; null for this space alone.</param>
public abstract record UsageLimit(LimitOf Of, IReadOnlyList<string>? Kinds)
{
    /// <summary>Whether bookings of a space count.</summary>
    /// <param name="here">The space that has the limit.</param>
    /// <param name="other">The space of a booking.</param>
    public bool Counts(Space here, Space other) => here.Key == other.Key || (Kinds?.Contains(other.Kind) ?? false);
}

/// <summary>How many bookings that have not ended there may be at once.</summary>
/// <param name="Of">Whose bookings count.</param>
/// <param name="Most">How many, with the new one.</param>
/// <param name="Kinds">The kinds of space whose bookings count with those of this space; null for this space alone.</param>
public sealed record BookingsAtOnce(LimitOf Of, int Most, IReadOnlyList<string>? Kinds = null) : UsageLimit(Of, Kinds);

/// <summary>How long the bookings of each week or month may be together. One that goes over midnight counts in both by its parts.</summary>
/// <param name="Of">Whose bookings count.</param>
/// <param name="Most">How long, with the new one.</param>
/// <param name="Period">Week or month.</param>
/// <param name="Kinds">The kinds of space whose bookings count with those of this space; null for this space alone.</param>
public sealed record TimePerPeriod(LimitOf Of, Duration Most, LimitPeriod Period, IReadOnlyList<string>? Kinds = null) : UsageLimit(Of, Kinds);
