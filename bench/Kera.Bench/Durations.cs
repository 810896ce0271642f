namespace Kera.Bench;

/// <summary>Times of many runs of one thing.</summary>
internal sealed class Durations
{
    private readonly List<double> _milliseconds = [];

    public void Add(TimeSpan duration) => _milliseconds.Add(duration.TotalMilliseconds);

    /// <summary>The smallest time, in milliseconds, that so many per cent of the runs did not exceed.</summary>
    public double Percentile(int percent)
    {
        _milliseconds.Sort();
        return _milliseconds[Math.Max(0, ((_milliseconds.Count * percent) + 99) / 100 - 1)];
    }
}
