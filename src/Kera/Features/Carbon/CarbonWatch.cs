using System.Threading.Channels;
using Kera.Base.Hosting;
using Kera.Base.Ledger;

namespace Kera.Features.Carbon;

/// <summary>Traces at once what this node writes into the ledger, and within a second what others do: it looks at three numbers.</summary>
internal sealed class CarbonWatch : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly Channel<bool> _commits = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CarbonTracing _tracing;
    private readonly LedgerWriter _writer;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<CarbonWatch> _logger;

    public CarbonWatch(CarbonTracing tracing, LedgerWriter writer, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<CarbonWatch> logger)
    {
        (_tracing, _writer, _time, _lifetime, _logger) = (tracing, writer, time, lifetime, logger);
        _writer.Committed += OnCommitted;
    }

    public override void Dispose()
    {
        _writer.Committed -= OnCommitted;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _lifetime.StartedAsync(stoppingToken);
        while (true)
        {
            try
            {
                await _tracing.AdvanceAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The database is away, or something cannot be reckoned: the server goes on, and what is new is still new later.
                _logger.LogError(failure, "What is new in the ledger could not be traced yet.");
            }

            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var look = Task.Delay(Look, _time, waiting.Token);
            await Task.WhenAny(look, _commits.Reader.ReadAsync(waiting.Token).AsTask());
            stoppingToken.ThrowIfCancellationRequested();
            await waiting.CancelAsync();
        }
    }

    private void OnCommitted() => _commits.Writer.TryWrite(true);
}
