using System.Globalization;

namespace Kera.CommandLine;

/// <summary>A bar on stderr for whoever watches: after two seconds, ten times a second at most, gone when it is done.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly TextWriter _error;
    private readonly TimeProvider _time;
    private readonly long _begin;
    private readonly bool _watched;
    private long _drawn;
    private bool _visible;

    /// <summary>A bar that is drawn where stderr is a terminal.</summary>
    public static Progress On(TextWriter error) => new(error, !Console.IsErrorRedirected, TimeProvider.System);

    internal Progress(TextWriter error, bool watched, TimeProvider time)
    {
        (_error, _watched, _time) = (error, watched, time);
        _begin = time.GetTimestamp();
    }

    /// <summary>Shows how far it is.</summary>
    /// <param name="done">How much is done.</param>
    /// <param name="total">Of how much.</param>
    /// <param name="what">In words: <c>12,000 events</c>.</param>
    public void Show(long done, long total, string what)
    {
        if (!_watched || _time.GetElapsedTime(_begin) < Patience || (_visible && _time.GetElapsedTime(_drawn) < Interval))
        {
            return;
        }

        (_drawn, _visible) = (_time.GetTimestamp(), true);
        var share = total <= 0 ? 1 : Math.Clamp((double)done / total, 0, 1);
        var filled = (int)(share * 30);
        _error.Write(string.Create(CultureInfo.InvariantCulture, $"\r[{new string('#', filled)}{new string('-', 30 - filled)}] {share * 100,3:0} %  {what}\u001b[K"));
    }

    /// <summary>What shows numbers as they are reported, in the thread that reports.</summary>
    /// <param name="total">How much there is.</param>
    /// <param name="what">Of what: <c>entries</c>.</param>
    public IProgress<long> Watch(long total, string what) => new Watcher(done => Show(done, total, $"{done:N0} {what}"));

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_visible)
        {
            _error.Write("\r\u001b[K");
        }
    }

    private sealed class Watcher(Action<long> show) : IProgress<long>
    {
        public void Report(long value) => show(value);
    }
}
