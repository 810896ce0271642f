using System.Threading.Channels;
using Kera.Base.Access;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.Ledger;

/// <summary>An event of a request as it stands in the ledger.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="IdempotencyKey">Its key, if it had one.</param>
/// <param name="WasThere">Whether it had been recorded before, by the same key and with the same content.</param>
public sealed record AppendedEvent(long Position, string? IdempotencyKey, bool WasThere);

/// <summary>The answer to a request: its events, or the first refusal. All or none are recorded.</summary>
/// <param name="Events">One for each input, in order; empty where refused.</param>
/// <param name="Refusal">Why; null where accepted.</param>
/// <param name="RefusedIndex">Which input; −1 where accepted.</param>
public sealed record AppendOutcome(IReadOnlyList<AppendedEvent> Events, Refusal? Refusal, int RefusedIndex)
{
    public bool Accepted => Refusal is null;
}

/// <summary>The ledger could not write: the disk is full, the database away. Nothing of the request is recorded.</summary>
public sealed class LedgerUnavailableException(string message, Exception cause) : Exception(message, cause);

/// <summary>
/// The one way into the ledger. Requests of all threads are taken in turn by one writer, judged by the kernel, and committed
/// together in one transaction; each is answered only when its transaction is durable. Several nodes on PostgreSQL take turns
/// by the lock of the head row.
/// </summary>
public sealed class LedgerWriter : IAsyncDisposable
{
    /// <summary>At most so many events in one commit, so that nobody waits long.</summary>
    private const int LargestCommit = 5_000;

    private readonly KeraStore _store;
    private readonly Catalog _catalog;
    private readonly FlowTable _flows;
    private readonly IClock _clock;
    private readonly DateTimeZone _zone;
    private readonly Channel<Request> _requests = Channel.CreateBounded<Request>(new BoundedChannelOptions(4_096) { SingleReader = true });
    private readonly Task _loop;
    private WriterSession? _session;

    public LedgerWriter(KeraStore store, Catalog catalog, FlowTable flows, IClock clock, DateTimeZone zone)
    {
        (_store, _catalog, _flows, _clock, _zone) = (store, catalog, flows, clock, zone);
        _loop = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>The position of the newest entry that this node has written or seen.</summary>
    public long Head { get; private set; }

    /// <summary>
    /// Raised on the writer's thread when something was committed and everyone who waited is answered. Whoever takes it must
    /// neither wait nor fail.
    /// </summary>
    public event Action? Committed;

    /// <summary>Records the events of one request, all or none.</summary>
    /// <param name="events">At least one; at most a few thousand.</param>
    /// <param name="actor">Who writes; stands in the audit.</param>
    /// <param name="cancellation">Stops waiting; a request that is already being written is written.</param>
    /// <exception cref="LedgerUnavailableException">The database could not be written; nothing was recorded.</exception>
    public Task<AppendOutcome> AppendAsync(IReadOnlyList<EventInput> events, Actor actor, CancellationToken cancellation = default) =>
        SendAsync(new Request(session => session.Append(events, actor), events.Count), cancellation);

    /// <summary>Records an agreement, or a new version of it. Nothing is written when nothing changed.</summary>
    public Task<AppendOutcome> PutAgreementAsync(AgreementInput input, Actor actor, CancellationToken cancellation = default) =>
        SendAsync(new Request(session => session.Put(input, actor), LargestCommit), cancellation);

    /// <summary>Records a commitment, or a new version of it. Nothing is written when nothing changed.</summary>
    public Task<AppendOutcome> PutCommitmentAsync(CommitmentInput input, Actor actor, CancellationToken cancellation = default) =>
        SendAsync(new Request(session => session.Put(input, actor), LargestCommit), cancellation);

    /// <summary>Records a target, or a new version of it. Nothing is written when nothing changed.</summary>
    public Task<AppendOutcome> PutTargetAsync(TargetInput input, Actor actor, CancellationToken cancellation = default) =>
        SendAsync(new Request(session => session.Put(input, actor), LargestCommit), cancellation);

    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _loop;
        _session?.Dispose();
    }

    private async Task<AppendOutcome> SendAsync(Request request, CancellationToken cancellation)
    {
        await _requests.Writer.WriteAsync(request, cancellation);
        return await request.Answer.Task.WaitAsync(cancellation);
    }

    private async Task RunAsync()
    {
        var group = new List<Request>();
        while (await _requests.Reader.WaitToReadAsync())
        {
            group.Clear();
            var events = 0;
            while (events < LargestCommit && _requests.Reader.TryRead(out var request))
            {
                group.Add(request);
                events += request.Size;
            }

            await CommitAsync(group);
        }
    }

    private async Task CommitAsync(List<Request> group)
    {
        var before = Head;
        var answers = new AppendOutcome[group.Count];
        try
        {
            _session ??= new WriterSession(_catalog, _flows, _clock, _zone, await _store.OpenConnectionAsync());
            _session.Begin();
            for (var index = 0; index < group.Count; index++)
            {
                answers[index] = group[index].Judge(_session);
            }

            Head = _session.Commit();
        }
        catch (Exception failure)
        {
            // Whatever it was, the loop goes on: ended, it would leave every later request waiting.
            // The book may know of events that were not stored: everything is read anew next time.
            _session?.Dispose();
            _session = null;
            var unavailable = new LedgerUnavailableException("The ledger could not be written; nothing of this request was recorded. Try again.", failure);
            foreach (var request in group)
            {
                request.Answer.TrySetException(unavailable);
            }

            return;
        }

        for (var index = 0; index < group.Count; index++)
        {
            group[index].Answer.TrySetResult(answers[index]);
        }

        if (Head != before)
        {
            Committed?.Invoke();
        }
    }

    /// <param name="Judge">What the writer does with it.</param>
    /// <param name="Size">How much of a commit it takes; a promise closes the commit, so that no two of them meet in one.</param>
    private sealed record Request(Func<WriterSession, AppendOutcome> Judge, int Size)
    {
        public TaskCompletionSource<AppendOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
