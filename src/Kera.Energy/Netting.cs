namespace Kera.Energy;

/// <summary>
/// What is left of use and production behind one metering point in one period, and how an hour becomes four quarters. That the
/// remainder of an hour goes to its first quarter is our reading; the text of the guidance was not at hand.
/// </summary>
public static class Netting
{
    /// <summary>How many settlement periods an hour has.</summary>
    public const int QuartersPerHour = 4;

    /// <summary>max(0, use − production), in Wh.</summary>
    public static long NetUse(long use, long production) => Math.Max(0, use - production);

    /// <summary>max(0, production − use), in Wh.</summary>
    public static long Surplus(long use, long production) => Math.Max(0, production - use);

    /// <summary>⌊hour / 4⌋ in each quarter, and the remainder in the first.</summary>
    /// <param name="hour">Wh of the hour, not below zero.</param>
    /// <param name="quarters">Takes the four quarters.</param>
    public static void Split(long hour, Span<long> quarters)
    {
        var (each, remainder) = Math.DivRem(hour, QuartersPerHour);
        quarters[..QuartersPerHour].Fill(each);
        quarters[0] += remainder;
    }

    /// <summary>
    /// Splits an hour in which both use and production are metered by the hour, so that they are netted in the hour and not in its
    /// quarters: what both have in common is split into both, and what is left over is split on top of the one that has it. Each
    /// keeps its sum, and netting the quarters gives the split of the netted hour.
    /// </summary>
    public static void SplitBoth(long use, long production, Span<long> useQuarters, Span<long> productionQuarters)
    {
        Span<long> left = stackalloc long[QuartersPerHour];
        var common = Math.Min(use, production);
        Split(common, useQuarters);
        Split(common, productionQuarters);
        Split(Math.Max(use, production) - common, left);
        var larger = use > production ? useQuarters : productionQuarters;
        for (var quarter = 0; quarter < QuartersPerHour; quarter++)
        {
            larger[quarter] += left[quarter];
        }
    }
}
