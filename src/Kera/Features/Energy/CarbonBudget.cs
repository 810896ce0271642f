using NodaTime;

namespace Kera.Features.Energy;

/// <summary>
/// What carbon a plan's hours may cause under a month's cap, kg CO2e: what happened since the month began is taken from the cap, and of
/// the rest the hours have a share by their number, for beyond them nothing is forecast. So a cap holds over plan after plan.
/// </summary>
/// <param name="Most">The most that the hours may cause.</param>
/// <param name="Month">The cap of the month.</param>
/// <param name="Used">What is taken as caused since the month began.</param>
/// <param name="Unrecorded">Of how many hours since then nothing is recorded: they are taken to be as the others, and where there are no others, as the cap's even share.</param>
public sealed record CarbonBudget(double Most, double Month, double Used, int Unrecorded)
{
    /// <summary>The budget of hours from the first on. What of them is in the next month has a share of that month's cap.</summary>
    /// <param name="cap">The cap of a month, kg.</param>
    /// <param name="first">The first hour.</param>
    /// <param name="hours">How many.</param>
    /// <param name="emitted">What each recorded hour since the month began has caused, kg.</param>
    /// <param name="zone">The zone of months.</param>
    public static CarbonBudget Of(double cap, Instant first, int hours, IReadOnlyCollection<double> emitted, DateTimeZone zone)
    {
        var month = first.InZone(zone).Date.With(DateAdjusters.StartOfMonth);
        Instant Begins(int later) => month.PlusMonths(later).AtStartOfDayInZone(zone).ToInstant();
        var (passed, left, next) = ((first - Begins(0)).TotalHours, (Begins(1) - first).TotalHours, (Begins(2) - Begins(1)).TotalHours);
        var used = emitted.Count > 0 ? emitted.Sum() * passed / emitted.Count : cap * passed / (passed + left);
        var within = Math.Min(hours, left);
        return new CarbonBudget(Math.Max(0, cap - used) * within / left + cap * (hours - within) / next, cap, used, (int)passed - emitted.Count);
    }
}
