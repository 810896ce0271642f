namespace Kera.Carbon;

/// <summary>The carbon of a thing's making, shared out over its use.</summary>
public static class EmbodiedCarbon
{
    /// <summary>
    /// What an hour of use carries: remaining embodied ÷ max(expected remaining hours, a stated minimum). The minimum keeps the last
    /// hours of a long life from carrying without bound.
    /// </summary>
    /// <param name="remaining">What has not been shared out yet, in kg CO2e.</param>
    /// <param name="expectedHours">For how many hours the thing is expected to be used still.</param>
    /// <param name="leastHours">The least by which it is divided, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The minimum is not above 0, or an amount is below it.</exception>
    public static double PerHour(double remaining, double expectedHours, double leastHours)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(leastHours);
        ArgumentOutOfRangeException.ThrowIfNegative(remaining);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedHours);
        return remaining / Math.Max(expectedHours, leastHours);
    }
}
