namespace Kera.Base.Store;

/// <summary>
/// Writers that come many at a time share one transaction: whoever comes while others are written waits, and all who wait are written next,
/// together. One who comes alone is written at once, alone.
/// </summary>
/// <param name="most">At most so many together, so that nobody waits long.</param>
/// <param name="write">
/// Writes some, at least one, in one transaction, and answers each in their order once it is durable. Where it fails for several, each is written
/// once more alone, so that nobody fails for another's sake; so it must leave nothing behind where it fails.
/// </param>
public sealed class GroupCommit<TAsk, TAnswer>(int most, Func<IReadOnlyList<TAsk>, Task<IReadOnlyList<TAnswer>>> write)
{
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = [];
    private bool _writing;

    /// <summary>Writes, together with whoever else waits.</summary>
    /// <param name="ask">What.</param>
    /// <param name="cancellation">Stops waiting; what is being written already is written.</param>
    public Task<TAnswer> WriteAsync(TAsk ask, CancellationToken cancellation)
    {
        var waiting = new Waiting(ask, cancellation);
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            if (!_writing)
            {
                _writing = true;
                // Nothing of who happens to come first goes with the others.
                ThreadPool.UnsafeQueueUserWorkItem(static own => _ = own.RunAsync(), this, preferLocal: false);
            }
        }

        return waiting.Answer.Task.WaitAsync(cancellation);
    }

    private async Task RunAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            if (await TryAsync(group) is { } failure)
            {
                foreach (var waiting in group)
                {
                    if ((group.Count == 1 ? failure : await TryAsync([waiting])) is { } own)
                    {
                        waiting.Answer.TrySetException(own);
                    }
                }
            }
        }
    }

    private List<Waiting> Next()
    {
        lock (_lock)
        {
            List<Waiting> group = [];
            while (group.Count < most && _waiting.TryDequeue(out var next))
            {
                if (!next.Cancellation.IsCancellationRequested)
                {
                    group.Add(next);
                }
            }

            _writing = group.Count > 0;
            return group;
        }
    }

    // Whatever fails, the others who wait are served: the failure is each asker's own.
    private async Task<Exception?> TryAsync(List<Waiting> group)
    {
        try
        {
            var answers = await write([.. group.Select(waiting => waiting.Ask)]);
            foreach (var (waiting, answer) in group.Zip(answers))
            {
                waiting.Answer.TrySetResult(answer);
            }

            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private sealed record Waiting(TAsk Ask, CancellationToken Cancellation)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
