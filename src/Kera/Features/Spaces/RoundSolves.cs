using Kera.Base.Ledger;
using Kera.Base.Solving;
using Kera.Base.Store;
using Kera.Sharing;
using Kera.Sharing.Rounds;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>
/// Has rounds solved that somebody asked for, one node each at a time. It says every second how far it is and looks whether it is to stop; where a
/// node ends in the midst of it, another begins it anew. What is asked and how much work is done decide the answer, and no clock.
/// </summary>
public sealed class RoundSolves(KeraStore store, SpaceCalendar calendar, RoundProcess process, IHostApplicationLifetime lifetime, ILogger<RoundSolves> logger) : IDisposable
{
    // In the kernel's own measure: less than a minute of a core.
    private const double Work = 8;
    private static readonly Duration s_silence = Duration.FromMinutes(1);
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(1);

    private readonly RoundBuilder _builder = new(calendar);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Begins at once what was asked for, without waiting for it.</summary>
    public void Begin() => _ = Task.Run(() => RunAsync(lifetime.ApplicationStopping), CancellationToken.None);

    /// <summary>Solves all that was asked for and that no other node has, one after the other: after it nothing is solved here that was asked before.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var key in calendar.Spaces?.Rounds.Keys ?? [])
            {
                if (await TakeAsync(key, cancellation))
                {
                    await SolveAsync(key, cancellation);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<bool> TakeAsync(string key, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var (now, silent) = (DistrictCalendar.ToMicroseconds(calendar.Now), DistrictCalendar.ToMicroseconds(calendar.Now - s_silence));
        await db.Rounds.Where(row => row.Key == key && row.Solving == RoundSolving.Stopping && row.Beat < silent).ExecuteUpdateAsync(set => set.SetProperty(row => row.Solving, RoundSolving.None), cancellation);
        return await db.Rounds.Where(row => row.Key == key && (row.Solving == RoundSolving.Asked || (row.Solving == RoundSolving.Running && row.Beat < silent))).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Solving, RoundSolving.Running).SetProperty(row => row.Beat, now).SetProperty(row => row.Score, (long?)null).SetProperty(row => row.Bound, (long?)null), cancellation) == 1;
    }

    private async Task SolveAsync(string key, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var done = new CancellationTokenSource();
        RoundProgress? progress = null;
        var beating = BeatAsync(key, () => Volatile.Read(ref progress), stop, done.Token);
        try
        {
            var (round, former) = await QuestionAsync(key, stop.Token);
            var result = await process.SolveAsync(new RoundQuestion(round, Work, former?.Result.Allocations), better => Volatile.Write(ref progress, better), stop.Token);
            await EndAsync(key, RoundSolving.None, new RoundAnswer(round, result));
        }
        catch (OperationCanceledException)
        {
            // Told to stop by the handler; or the node ends, and another takes it on.
            await EndAsync(key, cancellation.IsCancellationRequested ? RoundSolving.Asked : RoundSolving.None, null);
        }
        catch (Exception failure) when (failure is IOException or SharingException)
        {
            logger.LogError(failure, "The round {Round} could not be solved", key);
            await EndAsync(key, RoundSolving.Failed, null);
        }
        finally
        {
            await done.CancelAsync();
            await beating;
        }
    }

    private async Task<(Round Round, RoundAnswer? Former)> QuestionAsync(string key, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var row = await db.Rounds.AsNoTracking().SingleAsync(each => each.Key == key, cancellation);
        return (await _builder.BuildAsync(db, calendar.Spaces!.Rounds[key], RoundDesk.HandlingOf(row), cancellation), RoundDesk.AnswerOf(row.Answer));
    }

    private async Task BeatAsync(string key, Func<RoundProgress?> progress, CancellationTokenSource stop, CancellationToken done)
    {
        using var timer = new PeriodicTimer(s_beat);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                var (now, at) = (DistrictCalendar.ToMicroseconds(calendar.Now), progress());
                var (score, bound) = (at?.Score, at?.Bound);
                await using var db = store.OpenContext();
                await db.Rounds.Where(row => row.Key == key).ExecuteUpdateAsync(set => set.SetProperty(row => row.Beat, now).SetProperty(row => row.Score, score).SetProperty(row => row.Bound, bound), done);
                if (await db.Rounds.AnyAsync(row => row.Key == key && row.Solving == RoundSolving.Stopping, done))
                {
                    await stop.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is done.
        }
    }

    // Also where the node ends: then it is the last that it does.
    private async Task EndAsync(string key, RoundSolving solving, RoundAnswer? answer)
    {
        await using var db = store.OpenContext();
        var text = answer is null ? null : RoundJson.Write(answer);
        await db.Rounds.Where(row => row.Key == key && (row.Solving == RoundSolving.Running || row.Solving == RoundSolving.Stopping)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Former, row => text == null ? row.Former : row.Answer).SetProperty(row => row.Answer, row => text ?? row.Answer)
                .SetProperty(row => row.Solving, solving).SetProperty(row => row.Score, (long?)null).SetProperty(row => row.Bound, (long?)null), CancellationToken.None);
    }
}
