using System.Data.Common;
using System.Net.Sockets;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Jobs;

/// <summary>Registers jobs.</summary>
public static class JobExtensions
{
    /// <summary>Registers a job; features do so in <see cref="IFeature.AddServices"/>.</summary>
    public static IServiceCollection AddJob(this IServiceCollection services, Job job) => services.AddSingleton(job);
}

/// <summary>
/// Runs the jobs that are due, each beside the others, on a node that serves. A run keeps its lease as long as it works, and is
/// told to stop when it has lost it: then another node may have begun.
/// </summary>
public sealed class JobRunner : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Renewal = JobBoard.Lease.ToTimeSpan() / 4;

    private readonly Dictionary<string, Job> _jobs;
    private readonly JobBoard _board;
    private readonly IServiceScopeFactory _scopes;
    private readonly DateTimeZone _zone;
    private readonly IClock _clock;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<JobRunner> _logger;
    private bool _silent;

    /// <exception cref="InvalidOperationException">Two jobs have one name.</exception>
    public JobRunner(IEnumerable<Job> jobs, JobBoard board, IServiceScopeFactory scopes, DateTimeZone zone, IClock clock, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<JobRunner> logger)
    {
        _jobs = [];
        foreach (var job in jobs)
        {
            if (!_jobs.TryAdd(job.Name, job))
            {
                throw new InvalidOperationException($"There are two jobs named '{job.Name}'. Name each by what it does.");
            }
        }

        (_board, _scopes, _zone, _clock, _time, _lifetime, _logger) = (board, scopes, zone, clock, time, lifetime, logger);
    }

    /// <summary>Takes every job that is due and that no other node has, and runs them.</summary>
    /// <returns>The runs that began; none of them fails, for how they end is recorded.</returns>
    public async Task<IReadOnlyList<Task>> RunDueAsync(CancellationToken cancellation = default)
    {
        var runs = new List<Task>();
        await RunDueAsync(runs, cancellation);
        return runs;
    }

    /// <summary>Adds each run as it begins, so that none is forgotten where the taking of the next one fails or is stopped.</summary>
    private async Task RunDueAsync(List<Task> runs, CancellationToken cancellation)
    {
        foreach (var name in await _board.DueAsync(cancellation))
        {
            if (_jobs.TryGetValue(name, out var job) && await _board.TakeAsync(name, cancellation) is { } run)
            {
                // Off this thread: work that does not wait for anything would hold up the others.
                runs.Add(Task.Run(() => RunAsync(job, run, cancellation), CancellationToken.None));
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // First the server listens: no job is worth a later start.
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = _lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);
        var running = new List<Task>();
        var entered = false;
        using var timer = new PeriodicTimer(Look, _time);
        try
        {
            do
            {
                try
                {
                    if (!entered)
                    {
                        await _board.EnterAsync(_jobs.Values, _zone, stoppingToken);
                        entered = true;
                    }

                    await RunDueAsync(running, stoppingToken);
                    _silent = false;
                }
                catch (Exception failure) when (IsAway(failure))
                {
                    LogOnce(failure);
                }

                running.RemoveAll(run => run.IsCompleted);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }

        await Task.WhenAll(running);
    }

    private async Task RunAsync(Job job, string run, CancellationToken stopping)
    {
        using var lease = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(lease.Token);
        var keeping = KeepAsync(job.Name, run, lease, done.Token);
        var (outcome, error) = (JobOutcome.Done, "");
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            await job.Work(scope.ServiceProvider, lease.Token);
        }
        catch (OperationCanceledException) when (lease.IsCancellationRequested)
        {
            (outcome, error) = (JobOutcome.Stopped, stopping.IsCancellationRequested ? "The program stopped." : "The lease was lost, as when the database cannot be reached.");
        }
        catch (Exception failure)
        {
            // Whatever it was, the others go on, and the next run may do better.
            (outcome, error) = (JobOutcome.Failed, failure.Message);
            _logger.LogError(failure, "The job {Job} failed.", job.Name);
        }

        await done.CancelAsync();
        await keeping;
        var now = _clock.GetCurrentInstant();
        try
        {
            // A run that was stopped is due again at once, on whichever node looks first.
            await _board.EndAsync(job.Name, run, outcome, error, outcome == JobOutcome.Stopped ? now : job.Times.After(now, _zone), CancellationToken.None);
        }
        catch (Exception failure) when (IsAway(failure))
        {
            // The lease ends by itself, and the job is run again.
            _logger.LogWarning(failure, "How the job {Job} ended could not be recorded.", job.Name);
        }
    }

    /// <summary>Renews the lease until the work is done; ends the work when the lease is lost or has run out.</summary>
    private async Task KeepAsync(string name, string run, CancellationTokenSource lease, CancellationToken done)
    {
        var until = _clock.GetCurrentInstant() + JobBoard.Lease;
        using var timer = new PeriodicTimer(Renewal, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                var begun = _clock.GetCurrentInstant();
                try
                {
                    until = await _board.RenewAsync(name, run, done) ? begun + JobBoard.Lease : Instant.MinValue;
                }
                catch (Exception failure) when (IsAway(failure))
                {
                    _logger.LogWarning(failure, "The lease of the job {Job} could not be renewed.", name);
                }

                // A quarter early, so that the work has stopped before another node begins.
                if (_clock.GetCurrentInstant() + (JobBoard.Lease / 4) >= until)
                {
                    await lease.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The work is done.
        }
    }

    private void LogOnce(Exception failure)
    {
        if (!_silent)
        {
            _silent = true;
            _logger.LogWarning(failure, "Jobs wait: the database cannot be read.");
        }
    }

    private static bool IsAway(Exception failure) => failure is DbException or SocketException or TimeoutException or IOException;
}
