using NodaTime;

namespace Kera.Sharing;

/// <summary>When a thing is looked after: after some days, after some hours of running, or whichever comes first.</summary>
/// <param name="Days">After how many days; null where time does not count.</param>
/// <param name="Hours">After how many hours; null where they do not count.</param>
public sealed record MaintenanceInterval(int? Days, decimal? Hours)
{
    /// <summary>The day on which it is due by time; null where time does not count.</summary>
    public LocalDate? DueDay(LocalDate last) => Days is { } days ? last.PlusDays(days) : null;

    /// <summary>How many hours it may still run, 0 at least; null where they do not count.</summary>
    public decimal? HoursLeft(decimal since) => Hours is { } hours ? Math.Max(0, hours - since) : null;

    /// <summary>Whether it is due.</summary>
    /// <param name="last">When it was last looked after, or taken into use.</param>
    /// <param name="since">For how many hours it ran since then.</param>
    /// <param name="today">The day that it is.</param>
    public bool IsDue(LocalDate last, decimal since, LocalDate today) => DueDay(last) <= today || HoursLeft(since) == 0;
}
