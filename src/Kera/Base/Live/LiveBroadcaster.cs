using System.Data.Common;
using System.Net.Sockets;
using System.Threading.Channels;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Live;

/// <summary>
/// Tells everyone who listens on this node that the ledger went on: at once where this node wrote, within a second where another
/// did. All listeners share its timers and its reading; while nobody listens it reads nothing.
/// </summary>
public sealed class LiveBroadcaster : BackgroundService
{
    /// <summary>More flows are not named.</summary>
    public const int MostFlows = 200;

    /// <summary>So many updates are remembered, for who comes back or is slow.</summary>
    private const int Remembered = 256;

    /// <summary>In a longer stretch of the chain flows are not looked for.</summary>
    private const long LongestStretch = 20_000;

    private const int LooksBetweenSigns = 20;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);

    private readonly KeraStore _store;
    private readonly LedgerWriter _writer;
    private readonly RequestLimits _limits;
    private readonly IClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveBroadcaster> _logger;
    private readonly Channel<bool> _commits = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Lock _lock = new();
    private readonly HashSet<LiveListener> _listeners = [];
    private readonly Dictionary<string, int> _byAddress = new(StringComparer.Ordinal);
    private readonly Queue<LiveUpdate> _recent = new();
    private readonly CancellationTokenRegistration _stopping;
    private LiveUpdate? _latest;
    private bool _closed;

    public LiveBroadcaster(KeraStore store, LedgerWriter writer, RequestLimits limits, IClock clock, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LiveBroadcaster> logger)
    {
        (_store, _writer, _limits, _clock, _time, _logger) = (store, writer, limits, clock, time, logger);
        _writer.Committed += OnCommitted;
        // Before the server waits for its requests to end: these end by themselves only.
        _stopping = lifetime.ApplicationStopping.Register(Close);
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="address">Where the listener is, for the limit of each address.</param>
    /// <param name="last">The position that it was told of last; null where it comes for the first time.</param>
    /// <param name="cancellation">Stops waiting for the ledger's head.</param>
    /// <returns>The listener, which the caller disposes; null where there are too many, from this address or at all, or the program stops.</returns>
    public async Task<LiveListener?> ListenAsync(string address, long? last, CancellationToken cancellation = default)
    {
        bool idle;
        lock (_lock)
        {
            idle = _listeners.Count == 0;
        }

        if (idle)
        {
            await ReadAsync(cancellation);
        }

        lock (_lock)
        {
            var here = _byAddress.GetValueOrDefault(address);
            if (_closed || (_limits.LivePerAddress > 0 && here >= _limits.LivePerAddress) || (_limits.Live > 0 && _listeners.Count >= _limits.Live))
            {
                return null;
            }

            var listener = new LiveListener(this, address, last);
            _listeners.Add(listener);
            _byAddress[address] = here + 1;
            return listener;
        }
    }

    /// <summary>What came after a position, in one; null where nothing did.</summary>
    internal LiveUpdate? Since(long? last)
    {
        lock (_lock)
        {
            var latest = _latest!;
            if (last is not { } told)
            {
                return new LiveUpdate(latest.From, latest.Position, latest.At, []);
            }

            if (told == latest.Position)
            {
                return null;
            }

            if (told == latest.From)
            {
                return latest;
            }

            var missed = _recent.Where(update => update.Position > told).ToList();
            return missed.Count > 0 && missed[0].From <= told && told < latest.Position && missed.TrueForAll(update => update.Flows is not null)
                ? Named(told, latest.Position, [.. missed.SelectMany(update => update.Flows!).Distinct().Order(StringComparer.Ordinal)])
                : new LiveUpdate(latest.From, latest.Position, latest.At, null);
        }
    }

    internal void Leave(LiveListener listener)
    {
        lock (_lock)
        {
            if (_listeners.Remove(listener) && --_byAddress[listener.Address] == 0)
            {
                _byAddress.Remove(listener.Address);
            }
        }
    }

    public override void Dispose()
    {
        _writer.Committed -= OnCommitted;
        _stopping.Dispose();
        _reading.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowCommitsAsync(stoppingToken), LookAsync(stoppingToken));

    private void OnCommitted() => _commits.Writer.TryWrite(true);

    private async Task FollowCommitsAsync(CancellationToken stopping)
    {
        await foreach (var _ in _commits.Reader.ReadAllAsync(stopping))
        {
            await TryReadAsync(stopping);
            // An import commits many times a second; nobody reads that fast.
            await Task.Delay(Gather, _time, stopping);
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Look, _time);
        for (var looks = 1; await timer.WaitForNextTickAsync(stopping); looks++)
        {
            await TryReadAsync(stopping);
            if (looks % LooksBetweenSigns == 0)
            {
                WakeAll();
            }
        }
    }

    private async Task TryReadAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_listeners.Count == 0)
            {
                return;
            }
        }

        try
        {
            await ReadAsync(cancellation);
        }
        catch (Exception failure) when (failure is DbException or SocketException or TimeoutException)
        {
            // The next look may do better, and readiness tells of the database.
            _logger.LogDebug(failure, "The head of the chain could not be read.");
        }
    }

    /// <summary>Reads the head and, where it moved, which public flows were written to.</summary>
    private async Task ReadAsync(CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            await using var connection = await _store.OpenConnectionAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT position FROM chain_head WHERE id = 1";
            var head = Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture);
            if (_latest?.Position != head)
            {
                var from = _latest?.Position ?? head;
                Push(head >= from && head - from <= LongestStretch
                    ? Named(from, head, await FlowsAsync(connection, from, head, cancellation))
                    : new LiveUpdate(from, head, _clock.GetCurrentInstant(), null));
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    private static async Task<IReadOnlyList<string>> FlowsAsync(DbConnection connection, long from, long head, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT DISTINCT declared_flow.key FROM event
            JOIN flow ON flow.id = event.flow_id JOIN declared_flow ON declared_flow.id = flow.declared_id JOIN audience ON audience.id = flow.audience_id
            WHERE event.position > @from AND event.position <= @head AND audience.key = '{Catalog.Public}'
            """;
        command.Bind("@from", from);
        command.Bind("@head", head);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var keys = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(reader.GetString(0));
        }

        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    private LiveUpdate Named(long from, long position, IReadOnlyList<string> flows) => new(from, position, _clock.GetCurrentInstant(), flows.Count <= MostFlows ? flows : null);

    private void Push(LiveUpdate update)
    {
        lock (_lock)
        {
            _latest = update;
            _recent.Enqueue(update);
            if (_recent.Count > Remembered)
            {
                _recent.Dequeue();
            }
        }

        WakeAll();
    }

    private void WakeAll()
    {
        lock (_lock)
        {
            foreach (var listener in _listeners)
            {
                listener.Wake();
            }
        }
    }

    private void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var listener in _listeners)
            {
                listener.Close();
            }
        }
    }
}
