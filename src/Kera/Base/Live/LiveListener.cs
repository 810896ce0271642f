using System.Threading.Channels;

namespace Kera.Base.Live;

/// <summary>
/// One who listens. It holds no updates, only which position it told last: however slow, it is told of the newest, with the
/// flows of all that it missed.
/// </summary>
public sealed class LiveListener : IDisposable
{
    private readonly LiveBroadcaster _broadcaster;
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private long? _last;

    internal LiveListener(LiveBroadcaster broadcaster, string address, long? last)
    {
        (_broadcaster, Address, _last) = (broadcaster, address, last);
        Wake();
    }

    internal string Address { get; }

    /// <summary>Waits for what is to be told next: at once where the ledger stands, then each time it went on.</summary>
    /// <returns>The update; null for a sign of life, where there is nothing new.</returns>
    /// <exception cref="ChannelClosedException">The program stops.</exception>
    public async ValueTask<LiveUpdate?> NextAsync(CancellationToken cancellation = default)
    {
        await _wakes.Reader.ReadAsync(cancellation);
        var update = _broadcaster.Since(_last);
        _last = update?.Position ?? _last;
        return update;
    }

    /// <summary>Listens no more.</summary>
    public void Dispose() => _broadcaster.Leave(this);

    internal void Wake() => _wakes.Writer.TryWrite(true);

    internal void Close() => _wakes.Writer.TryComplete();
}
