using System.Data.Common;
using System.Security.Cryptography;
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
    private readonly DistrictCalendar _calendar;
    private readonly Channel<Request> _requests = Channel.CreateBounded<Request>(new BoundedChannelOptions(4_096) { SingleReader = true });
    private readonly Task _loop;
    private Session? _session;

    public LedgerWriter(KeraStore store, Catalog catalog, FlowTable flows, IClock clock, DateTimeZone zone)
    {
        (_store, _catalog, _flows, _clock) = (store, catalog, flows, clock);
        _calendar = new DistrictCalendar(zone);
        _loop = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>The position of the newest entry that this node has written or seen.</summary>
    public long Head { get; private set; }

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
        var answers = new AppendOutcome[group.Count];
        try
        {
            _session ??= new Session(this, await _store.OpenConnectionAsync());
            _session.Begin();
            for (var index = 0; index < group.Count; index++)
            {
                answers[index] = group[index].Judge(_session);
            }

            Head = _session.Commit();
        }
        catch (Exception failure) when (failure is DbException or IOException or InvalidOperationException or TimeoutException or KeyNotFoundException or OverflowException)
        {
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
    }

    /// <param name="Judge">What the writer does with it.</param>
    /// <param name="Size">How much of a commit it takes; a promise closes the commit, so that no two of them meet in one.</param>
    private sealed record Request(Func<Session, AppendOutcome> Judge, int Size)
    {
        public TaskCompletionSource<AppendOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The writer's connection with its book and prepared statements; lives until something fails.</summary>
    private sealed class Session : IDisposable
    {
        private readonly LedgerWriter _writer;
        private readonly DbConnection _connection;
        private readonly LedgerTables _tables;
        private readonly DatabaseMemory _memory;
        private readonly LedgerBook _book;
        private readonly EventMapper _mapper;
        private readonly CanonicalEncoding _encoding = new();
        private readonly List<PendingEvent> _pending = [];
        private readonly Dictionary<string, long> _pendingKeys = new(StringComparer.Ordinal);
        private readonly Dictionary<(int Flow, int Day), Totals> _days = [];
        private readonly Dictionary<(int Flow, int Month), Totals> _months = [];
        private readonly Dictionary<string, int> _newAudiences = new(StringComparer.Ordinal);
        private readonly List<Action> _afterCommit = [];
        private DbTransaction? _transaction;
        private byte[] _hash = [];
        private long _written = -1;
        private bool _dirty;
        private long _now;

        public Session(LedgerWriter writer, DbConnection connection)
        {
            (_writer, _connection) = (writer, connection);
            _tables = new LedgerTables(connection);
            _memory = new DatabaseMemory(connection, writer._catalog, new EventColumns(writer._catalog, writer._flows));
            _book = LedgerBook.Over(_memory);
            _mapper = new EventMapper(writer._catalog);
        }

        public void Begin()
        {
            (_transaction, var position) = _tables.Begin();
            _memory.Transaction = _transaction;
            if (position != _written)
            {
                // Another writer was here, or this is the beginning.
                _book.Forget(states: true);
                _hash = _tables.HeadHash(_transaction);
                _written = position;
            }

            _book.NextPosition = position + 1;
            _now = DistrictCalendar.ToMicroseconds(_writer._clock.GetCurrentInstant());
            _dirty = false;
        }

        public AppendOutcome Append(IReadOnlyList<EventInput> inputs, Actor actor)
        {
            var mapped = new MappedEvent[inputs.Count];
            for (var index = 0; index < inputs.Count; index++)
            {
                if (_mapper.Map(inputs[index], _now, _book.EventAt, out var refusal) is not { } known)
                {
                    return new AppendOutcome([], refusal, index);
                }

                mapped[index] = known;
            }

            var there = FindThere(mapped, out var used);
            if (used is { } conflict)
            {
                return new AppendOutcome([], conflict.Refusal, conflict.Index);
            }

            var fresh = Enumerable.Range(0, mapped.Length).Where(index => !there.ContainsKey(index)).ToList();
            var answers = new AppendedEvent[mapped.Length];
            foreach (var (index, position) in there)
            {
                answers[index] = new AppendedEvent(position, mapped[index].IdempotencyKey, WasThere: true);
            }

            if (fresh.Count > 0)
            {
                var judged = _book.Append([.. fresh.Select(index => mapped[index].Event)]);
                if (judged.Refusal is { } refusal)
                {
                    return new AppendOutcome([], refusal, fresh[judged.RefusedIndex]);
                }

                for (var order = 0; order < fresh.Count; order++)
                {
                    var index = fresh[order];
                    Keep(judged.Events[order], mapped[index]);
                    answers[index] = new AppendedEvent(judged.Events[order].Position, mapped[index].IdempotencyKey, WasThere: false);
                }

                _tables.AddAudit(_transaction!, _now, actor, "events", "", judged.Events[0].Position, judged.Events[^1].Position);
                _dirty = true;
            }

            return new AppendOutcome(answers, null, -1);
        }

        public AppendOutcome Put(AgreementInput input, Actor actor)
        {
            var catalog = _writer._catalog;
            var before = catalog.Find(catalog.Agreements, input.Key)?.Row;
            if (before is { Origin: Origin.File } && input.Origin != Origin.File)
            {
                return new AppendOutcome([], new TakenByFiles(input.Key), 0);
            }

            var audience = Catalog.AudienceKeyOf(input.Audience);
            var row = new AgreementRow
            {
                Key = input.Key,
                NameFi = input.NameFi,
                NameSv = input.NameSv,
                NameEn = input.NameEn,
                Origin = input.Origin,
                Source = input.Source,
                AudienceId = AudienceId(audience),
                Version = before?.Version ?? 0,
            };
            var content = Promises.Content(row, audience);
            var changed = before is null || before.AudienceId != row.AudienceId;
            if (!changed && SameNames(before!, row))
            {
                return new AppendOutcome([new AppendedEvent(_written, null, WasThere: true)], null, -1);
            }

            row.Version += changed ? 1 : 0;
            row.Id = _tables.Put(_transaction!, row);
            _afterCommit.Add(() => catalog.Put(row));
            return Enter(Promises.AgreementKind, row.Key, row.Version, changed ? content : null, actor);
        }

        public AppendOutcome Put(CommitmentInput input, Actor actor)
        {
            var catalog = _writer._catalog;
            var before = catalog.Find(catalog.Commitments, input.Key)?.Row;
            if (Promises.ToRow(input, before, catalog, AudienceId, out var refusal) is not { } row)
            {
                return new AppendOutcome([], refusal, 0);
            }

            var audience = Catalog.AudienceKeyOf(input.Audience.Count > 0 ? input.Audience : [input.Provider, input.Receiver]);
            var content = Promises.Content(row, audience, catalog);
            var changed = before is null || !Promises.Content(before, catalog.AudienceKey(before.AudienceId), catalog).AsSpan().SequenceEqual(content);
            if (!changed && SameNames(before!, row))
            {
                return new AppendOutcome([new AppendedEvent(_written, null, WasThere: true)], null, -1);
            }

            row.Version += changed ? 1 : 0;
            row.Id = _tables.Put(_transaction!, row);
            _afterCommit.Add(() => catalog.Put(row));
            return Enter(Promises.CommitmentKind, row.Key, row.Version, changed ? content : null, actor);
        }

        public long Commit()
        {
            if (!_dirty)
            {
                _transaction!.Rollback();
                Finish();
                return _written;
            }

            _tables.AddEvents(_transaction!, _pending);
            foreach (var change in _book.TakeChanges())
            {
                _tables.PutResource(_transaction!, change);
            }

            foreach (var ((flow, day), totals) in _days)
            {
                _tables.AddDay(_transaction!, flow, day, totals);
            }

            foreach (var ((flow, month), totals) in _months)
            {
                _tables.AddMonth(_transaction!, flow, month, totals);
            }

            var head = _book.NextPosition - 1;
            _tables.WriteHead(_transaction!, head, _hash);
            _tables.Flush();
            _transaction!.Commit();
            _written = head;
            _book.Forget(states: false);
            foreach (var keep in _afterCommit)
            {
                keep();
            }

            Finish();
            return head;
        }

        public void Dispose()
        {
            foreach (var pending in _pending)
            {
                _writer._flows.Drop(pending.FlowDimensions, pending.FlowId);
            }

            _tables.Discard();
            _tables.Dispose();
            _transaction?.Dispose();
            _connection.Dispose();
        }

        private void Finish()
        {
            _transaction!.Dispose();
            _transaction = null;
            _memory.Transaction = null;
            _pending.Clear();
            _pendingKeys.Clear();
            _days.Clear();
            _months.Clear();
            _newAudiences.Clear();
            _afterCommit.Clear();
        }

        /// <summary>Which of the events are there already, and whether a key is used for something else.</summary>
        private Dictionary<int, long> FindThere(MappedEvent[] mapped, out (Refusal Refusal, int Index)? used)
        {
            used = null;
            var there = new Dictionary<int, long>();
            var keys = mapped.Select(each => each.IdempotencyKey).OfType<string>().ToHashSet(StringComparer.Ordinal);
            if (keys.Count == 0)
            {
                return there;
            }

            var stored = _tables.FindKeys(_transaction!, keys);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var index = 0; index < mapped.Length; index++)
            {
                if (mapped[index].IdempotencyKey is not { } key)
                {
                    continue;
                }

                if (!seen.Add(key))
                {
                    used = (new WrongText("idempotencyKey", $"The key '{key}' stands twice in one request."), index);
                    return there;
                }

                if (!stored.TryGetValue(key, out var position) && !_pendingKeys.TryGetValue(key, out position))
                {
                    continue;
                }

                if (!IsSame(mapped[index], position))
                {
                    used = (new KeyUsedBefore(key, position), index);
                    return there;
                }

                there.Add(index, position);
            }

            return there;
        }

        private bool IsSame(MappedEvent mapped, long position)
        {
            var stored = _book.EventAt(position)!.Event;
            var candidate = mapped.Event;
            if (candidate.Corrects is not null || stored.Corrects is not null)
            {
                return candidate.Corrects == stored.Corrects && candidate.ResourceQuantity == stored.ResourceQuantity && candidate.EffortQuantity == stored.EffortQuantity;
            }

            return EventForm.Check(ref candidate) is null &&
                candidate with { Position = 0, Created = 0, Fulfills = [], ConformsTo = null } == stored with { Position = 0, Created = 0, Fulfills = [], ConformsTo = null } &&
                candidate.Specification == stored.Specification &&
                candidate.Fulfills.OrderBy(link => link.Commitment.Id).SequenceEqual(stored.Fulfills.OrderBy(link => link.Commitment.Id));
        }

        private void Keep(EconomicEvent e, MappedEvent mapped)
        {
            var declaredId = mapped.Declared?.Id;
            var audienceId = AudienceId(mapped.Audience);
            var dimensions = FlowTable.DimensionsOf(e, audienceId, declaredId);
            if (_writer._flows.Known(dimensions) is not { } flowId)
            {
                flowId = _tables.FlowId(_transaction!, dimensions, e, audienceId, declaredId);
                _writer._flows.Keep(dimensions, flowId, e, audienceId, declaredId);
            }

            byte[]? salt = null;
            byte[]? digest = null;
            if (mapped.HasText)
            {
                salt = RandomNumberGenerator.GetBytes(16);
                digest = CanonicalEncoding.DigestText(salt, mapped.Note, mapped.Reason);
            }

            _hash = CanonicalEncoding.Hash(_hash, _encoding.Encode(e, new EventSeal(mapped.IdempotencyKey, mapped.Audience, mapped.Declared?.Key, digest)));
            _pending.Add(new PendingEvent(e, mapped, dimensions, flowId, salt, digest, _hash));
            if (mapped.IdempotencyKey is { } key)
            {
                _pendingKeys[key] = e.Position;
            }

            var (day, month) = _writer._calendar.DayOf(e.EffectTime);
            AddTo(_days, (flowId, day), e);
            AddTo(_months, (flowId, month), e);
        }

        private static void AddTo(Dictionary<(int, int), Totals> totals, (int, int) key, EconomicEvent e)
        {
            ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(totals, key, out _);
            sum.Quantity = checked(sum.Quantity + (e.ResourceQuantity?.Millionths ?? 0));
            sum.Effort = checked(sum.Effort + (e.EffortQuantity?.Millionths ?? 0));
            sum.Events += e.Corrects is null ? 1 : 0;
        }

        private static bool SameNames(NounRow left, NounRow right) =>
            left.NameFi == right.NameFi && left.NameSv == right.NameSv && left.NameEn == right.NameEn && left.Source == right.Source && left.Retired == right.Retired && left.Origin == right.Origin;

        /// <summary>Enters a new version of a promise into the chain; without content only its words changed, which are not in the chain.</summary>
        private AppendOutcome Enter(string kind, string key, int version, byte[]? content, Actor actor)
        {
            _dirty = true;
            var position = _book.NextPosition;
            if (content is null)
            {
                _tables.AddAudit(_transaction!, _now, actor, kind, key, null, null);
                return new AppendOutcome([new AppendedEvent(position - 1, null, WasThere: true)], null, -1);
            }

            _hash = CanonicalEncoding.Hash(_hash, _encoding.Encode(position, kind, key, version, _now, content));
            _tables.AddPromise(_transaction!, position, kind, key, version, content, _now, _hash);
            _tables.AddAudit(_transaction!, _now, actor, kind, key, position, position);
            _book.NextPosition++;
            return new AppendOutcome([new AppendedEvent(position, null, WasThere: false)], null, -1);
        }

        /// <summary>The number of an audience, made in the writer's own transaction where it is new.</summary>
        private int AudienceId(string key)
        {
            if (_writer._catalog.KnownAudience(key) is { } known || _newAudiences.TryGetValue(key, out known))
            {
                return known;
            }

            var id = _tables.AudienceId(_transaction!, key);
            _newAudiences.Add(key, id);
            _afterCommit.Add(() => _writer._catalog.Put(new AudienceRow { Id = id, Key = key }));
            return id;
        }
    }
}
