using System.Text;
using System.Text.Json;
using Kera.Base.Api;
using Kera.Base.Live;
using Kera.Base.Readings;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>What plants run at, as it changes. All who listen share one look at the store each second; while nobody does there is none.</summary>
public sealed class SetpointStream(EnergyOperating operating, IClock clock, TimeProvider time, IHostApplicationLifetime lifetime) : IDisposable
{
    private const int LooksBetweenSigns = 20;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly Duration Ahead = Duration.FromHours(48);
    private readonly SemaphoreSlim _one = new(1, 1);
    private (DateTimeOffset At, IReadOnlyList<EnergySetpointRow> Setpoints)? _seen;

    /// <summary>Tells a listener of the setpoints from the running hour on: of all at first, then of each that is new or another.</summary>
    internal async Task<IResult> TellAsync(HttpContext context, LiveBroadcaster broadcaster, CancellationToken cancellation)
    {
        // Who listens here counts among those who listen to the ledger: the limits are of connections.
        using var listener = await broadcaster.ListenAsync(context.Connection.RemoteIpAddress?.ToString() ?? "", null, cancellation);
        if (listener is null)
        {
            return EventStream.TooMany(context);
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var told = new Dictionary<(string Plant, long Hour), string>();
        return await EventStream.TellAsync(context, stop => NextAsync(told, stop), stopping.Token);
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<ReadOnlyMemory<byte>?> NextAsync(Dictionary<(string Plant, long Hour), string> told, CancellationToken cancellation)
    {
        var first = told.Count == 0;
        for (var look = 0; look < LooksBetweenSigns; look++)
        {
            if (!first || look > 0)
            {
                await Task.Delay(Look, time, cancellation);
            }

            var frames = new StringBuilder();
            var setpoints = await SetpointsAsync(cancellation);
            foreach (var gone in told.Keys.Where(key => setpoints.Count > 0 && key.Hour < setpoints[0].Hour).ToList())
            {
                told.Remove(gone);
            }

            foreach (var setpoint in setpoints)
            {
                var document = JsonSerializer.Serialize(EnergySetpointDocument.Of(setpoint), Answer.Options);
                if (told.GetValueOrDefault((setpoint.Plant, setpoint.Hour)) != document)
                {
                    told[(setpoint.Plant, setpoint.Hour)] = document;
                    frames.Append("event: setpoint\ndata: ").Append(document).Append("\n\n");
                }
            }

            if (frames.Length > 0)
            {
                return Encoding.UTF8.GetBytes(frames.ToString());
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<EnergySetpointRow>> SetpointsAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_seen is { } seen && time.GetUtcNow() - seen.At < Look)
            {
                return seen.Setpoints;
            }

            var hour = Hours.Of(clock.GetCurrentInstant());
            var setpoints = await operating.SetpointsAsync(hour, hour + Ahead, cancellation);
            _seen = (time.GetUtcNow(), setpoints);
            return setpoints;
        }
        finally
        {
            _one.Release();
        }
    }
}
