using Kera.Base.District;

namespace Kera.Features.Indicators;

/// <summary>Points of U4SSC: how much of a benchmark is reached.</summary>
public static class BenchmarkPoints
{
    /// <summary>1 under 33 per cent of the benchmark, 2 under 66, 3 under 95, else 4. Where less is better, the benchmark's share of the value counts.</summary>
    /// <returns>The points; null where the share cannot be told, as of a benchmark of nothing.</returns>
    public static int? Of(IndicatorDirection direction, double value, double benchmark)
    {
        if (benchmark <= 0 || value < 0)
        {
            return null;
        }

        var percent = direction == IndicatorDirection.More ? value / benchmark * 100 : value == 0 ? 100 : benchmark / value * 100;
        return percent switch
        {
            < 33 => 1,
            < 66 => 2,
            < 95 => 3,
            _ => 4,
        };
    }
}
