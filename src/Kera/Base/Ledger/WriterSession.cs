using System.Data.Common;
using System.Security.Cryptography;
using Kera.Base.Access;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.Ledger;

/// <summary>The writer's connection with its book and prepared statements; lives until something fails.</summary>
internal sealed partial class WriterSession : IDisposable
{
    private readonly Catalog _catalog;
    private readonly FlowTable _flows;
    private readonly IClock _clock;
    private readonly DistrictCalendar _calendar;
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

    public WriterSession(Catalog catalog, FlowTable flows, IClock clock, DateTimeZone zone, DbConnection connection)
    {
        (_catalog, _flows, _clock, _connection) = (catalog, flows, clock, connection);
        _calendar = new DistrictCalendar(zone);
        _tables = new LedgerTables(connection);
        _memory = new DatabaseMemory(connection, catalog, new EventColumns(catalog, flows));
        _book = LedgerBook.Over(_memory);
        _mapper = new EventMapper(catalog);
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
        _now = DistrictCalendar.ToMicroseconds(_clock.GetCurrentInstant());
        _dirty = false;
    }

    public AppendOutcome Append(IReadOnlyList<EventInput> inputs, Actor actor)
    {
        var mapped = new MappedEvent[inputs.Count];
        for (var index = 0; index < inputs.Count; index++)
        {
            if (_mapper.Map(inputs[index], _now, _book.EventAt, BesideOf, out var refusal) is not { } known)
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
            _flows.Drop(pending.FlowDimensions, pending.FlowId);
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

    /// <summary>The audience and declared flow of an event that is stored, or is about to be.</summary>
    private (string Audience, DeclaredFlowRow? Declared) BesideOf(long position)
    {
        if (_pending.Find(pending => pending.Event.Position == position) is { } pending)
        {
            return (pending.Mapped.Audience, pending.Mapped.Declared);
        }

        var flow = _flows.Get(_memory.FlowOf(position));
        return (_catalog.AudienceKey(flow.AudienceId), flow.DeclaredId is { } declared ? _catalog.DeclaredFlows.Get(declared).Row : null);
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
        if (_flows.Known(dimensions) is not { } flowId)
        {
            flowId = _tables.FlowId(_transaction!, dimensions, e, audienceId, declaredId);
            _flows.Keep(dimensions, flowId, e, audienceId, declaredId);
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

        var (day, month) = _calendar.DayOf(e.EffectTime);
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

    /// <summary>The number of an audience, made in the writer's own transaction where it is new.</summary>
    private int AudienceId(string key)
    {
        if (_catalog.KnownAudience(key) is { } known || _newAudiences.TryGetValue(key, out known))
        {
            return known;
        }

        var id = _tables.AudienceId(_transaction!, key);
        _newAudiences.Add(key, id);
        _afterCommit.Add(() => _catalog.Put(new AudienceRow { Id = id, Key = key }));
        return id;
    }
}
