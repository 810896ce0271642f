namespace Kera.Base.Hosting;

/// <summary>Waits for the server.</summary>
public static class Started
{
    /// <summary>Ends once the server listens, for work that must not delay its start.</summary>
    public static async Task StartedAsync(this IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(cancellation);
    }
}
