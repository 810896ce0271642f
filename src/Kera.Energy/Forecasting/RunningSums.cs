namespace Kera.Energy;

/// <summary>Means of any stretch of hours in a step, over the hours that are known.</summary>
internal sealed class RunningSums
{
    private readonly double[] _sums;
    private readonly int[] _counts;

    public RunningSums(double[] values)
    {
        (_sums, _counts) = (new double[values.Length + 1], new int[values.Length + 1]);
        for (var hour = 0; hour < values.Length; hour++)
        {
            var known = !double.IsNaN(values[hour]);
            _sums[hour + 1] = _sums[hour] + (known ? values[hour] : 0);
            _counts[hour + 1] = _counts[hour] + (known ? 1 : 0);
        }
    }

    /// <summary>The mean of the known hours of a stretch; NaN where fewer than half are known.</summary>
    public double Mean(int first, int count)
    {
        if (first < 0 || first + count >= _sums.Length)
        {
            return double.NaN;
        }

        var known = _counts[first + count] - _counts[first];
        return 2 * known >= count ? (_sums[first + count] - _sums[first]) / known : double.NaN;
    }
}
