using System.Data;
using System.Data.Common;
using System.Text.Json;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;
using Npgsql;

namespace Kera.Base.Ledger;

/// <summary>Something in the store that is not as the chain and the rules say.</summary>
/// <param name="Where">The table and what in it: <c>event 17</c>, <c>balance brick-pile</c>.</param>
/// <param name="What">What is wrong, in a sentence.</param>
public sealed record LedgerFault(string Where, string What);

/// <summary>What verification found.</summary>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Head">The hash of the newest entry.</param>
/// <param name="PublishedAt">Where the published head stands; null where none was given or it was not found.</param>
/// <param name="Faults">Empty where all is well; at most <see cref="LedgerVerifier.MostFaults"/>.</param>
public sealed record VerificationReport(long Entries, byte[] Head, long? PublishedAt, IReadOnlyList<LedgerFault> Faults)
{
    public bool Sound => Faults.Count == 0;
}

/// <summary>
/// Recomputes everything from the entries: every hash, every rule, every balance, version and total, and the digest of every
/// text that is still there. Reads one snapshot, so it may run beside a writer. Holds the events in memory, about 0.5 kB each.
/// </summary>
public sealed partial class LedgerVerifier(KeraStore store, Catalog catalog, FlowTable flows, DateTimeZone zone)
{
    /// <summary>No more faults are listed.</summary>
    public const int MostFaults = 1_000;

    /// <summary>Verifies the store.</summary>
    /// <param name="publishedHead">A head hash that was published earlier, which must still be in the chain; null for none.</param>
    /// <param name="progress">Told the number of entries read, now and then.</param>
    /// <param name="snapshot">On PostgreSQL: a snapshot that another transaction has exported, which is verified; null for the newest.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<VerificationReport> VerifyAsync(byte[]? publishedHead = null, IProgress<long>? progress = null, string? snapshot = null, CancellationToken cancellation = default)
    {
        catalog.Reload();
        await using var connection = await store.OpenConnectionAsync(cancellation);
        // One snapshot for everything that is compared; on SQLite a deferred transaction takes no lock.
        await using var transaction = connection is NpgsqlConnection
            ? await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation)
            : ((Microsoft.Data.Sqlite.SqliteConnection)connection).BeginTransaction(deferred: true);
        if (snapshot is not null)
        {
            await using var take = connection.CreateCommand();
            take.Transaction = transaction;
            take.CommandText = $"SET TRANSACTION SNAPSHOT '{snapshot.Replace("'", "''", StringComparison.Ordinal)}'";
            await take.ExecuteNonQueryAsync(cancellation);
        }

        var run = new Run(connection, transaction, catalog, flows, new DistrictCalendar(zone), publishedHead, progress, cancellation);
        run.ReadPromises();
        run.ReadChain();
        run.CompareFlows();
        run.CompareHead();
        run.CompareTexts();
        run.CompareBalances();
        run.CompareTotals();
        run.CompareCommitments();
        return new VerificationReport(run.Entries, run.Head, run.PublishedAt, run.Faults);
    }

    private sealed record PromiseEntry(long Position, string Kind, string Subject, int Version, byte[] Content, long Created, byte[] Hash);

    private sealed partial class Run(DbConnection connection, DbTransaction transaction, Catalog catalog, FlowTable flows, DistrictCalendar calendar, byte[]? publishedHead, IProgress<long>? progress, CancellationToken cancellation)
    {
        private const int ProgressStep = 10_000;

        private readonly LedgerBook _book = LedgerBook.InMemory();
        private readonly CanonicalEncoding _encoding = new();
        private readonly EventColumns _columns = new(catalog, flows);
        private readonly Queue<PromiseEntry> _promises = new();
        private readonly Dictionary<long, List<(int CommitmentId, Quantity Quantity)>> _links = [];
        private readonly Dictionary<int, Commitment> _commitments = [];
        private readonly Dictionary<string, PromiseEntry> _newestPromise = new(StringComparer.Ordinal);
        private readonly Dictionary<(int Flow, int Period), Totals> _days = [];
        private readonly Dictionary<(int Flow, int Period), Totals> _months = [];
        private byte[] _previous = new byte[32];
        private long _position;

        public List<LedgerFault> Faults { get; } = [];

        public long Entries { get; private set; }

        public byte[] Head => _previous;

        public long? PublishedAt { get; private set; }

        public void ReadPromises()
        {
            using (var rows = Read("SELECT position, kind, subject_key, version, content, created, hash FROM promise_entry ORDER BY position"))
            {
                while (rows.Read())
                {
                    _promises.Enqueue(new PromiseEntry(rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetInt32(3), (byte[])rows.GetValue(4), rows.GetInt64(5), (byte[])rows.GetValue(6)));
                }
            }

            using (var rows = Read("SELECT position, commitment_id, quantity FROM fulfilment ORDER BY position, commitment_id"))
            {
                while (rows.Read())
                {
                    var position = rows.GetInt64(0);
                    if (!_links.TryGetValue(position, out var links))
                    {
                        _links.Add(position, links = []);
                    }

                    links.Add((rows.GetInt32(1), new Quantity(rows.GetInt64(2))));
                }
            }
        }

        public void ReadChain()
        {
            using var rows = Read($"SELECT {EventColumns.List}, event.resource_id, event.to_resource_id, event.batch_input_of_id, event.batch_output_of_id FROM event ORDER BY event.position");
            while (rows.Read())
            {
                var position = rows.GetInt64(0);
                EnterPromisesBefore(position);
                StoredEvent stored;
                try
                {
                    stored = _columns.Read(rows);
                }
                catch (Exception unreadable) when (unreadable is InvalidOperationException or InvalidCastException or KeyNotFoundException or ArgumentException or FormatException or OverflowException)
                {
                    Fault($"event {position}", "a column names something that is not there, or holds what it cannot: the row was changed.");
                    Step(position, rows.IsDBNull(15) ? [] : (byte[])rows.GetValue(15));
                    continue;
                }

                CheckColumns(rows, stored);
                EnterEvent(stored);
                if (Entries % ProgressStep == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    progress?.Report(Entries);
                }
            }

            EnterPromisesBefore(long.MaxValue);
            progress?.Report(Entries);
        }

        /// <summary>A flow row names its dimensions twice, by numbers and in one word; both must say the same.</summary>
        public void CompareFlows()
        {
            using var rows = Read("SELECT id, dimensions, action_id, provider_id, receiver_id, input_of_id, output_of_id, resource_id, to_resource_id, specification_id, audience_id, declared_id FROM flow ORDER BY id");
            while (rows.Read())
            {
                var dimensions = string.Join('.', Enumerable.Range(2, 10).Select(column => Int(rows, column)?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                if (rows.GetString(1) != dimensions)
                {
                    Fault($"flow {rows.GetInt32(0)}", "its dimensions are not those of its columns: a value was changed.");
                }
            }
        }

        public void CompareHead()
        {
            using (var rows = Read("SELECT position, hash FROM chain_head WHERE id = 1"))
            {
                if (!rows.Read())
                {
                    Fault("chain_head", "the row is missing.");
                }
                else if (rows.GetInt64(0) != _position || !((byte[])rows.GetValue(1)).AsSpan().SequenceEqual(_previous))
                {
                    Fault("chain_head", $"it says entry {rows.GetInt64(0)}, but the newest entry found is {_position}, or its hash differs: the tail was shortened, or the head changed.");
                }
            }

            if (publishedHead is not null && PublishedAt is null)
            {
                Fault("chain", $"the published head {Convert.ToHexStringLower(publishedHead)} is not in the chain: entries were removed from the end or rewritten since it was published.");
            }
        }

        public void CompareTexts()
        {
            using var rows = Read("SELECT t.position, t.salt, t.note, t.reason, e.text_digest FROM event_text AS t LEFT JOIN event AS e ON e.position = t.position ORDER BY t.position");
            while (rows.Read())
            {
                var digest = rows.IsDBNull(4) ? [] : (byte[])rows.GetValue(4);
                if (!CanonicalEncoding.DigestText((byte[])rows.GetValue(1), rows.GetString(2), rows.GetString(3)).AsSpan().SequenceEqual(digest))
                {
                    Fault($"event_text {rows.GetInt64(0)}", "note or reason is not what was recorded.");
                }
            }
        }

        private void EnterEvent(StoredEvent stored)
        {
            var e = stored.Event;
            if (_links.Remove(e.Position, out var links))
            {
                foreach (var (commitmentId, _) in links.Where(link => !_commitments.ContainsKey(link.CommitmentId)))
                {
                    Fault($"fulfilment {e.Position}", $"commitment number {commitmentId} was not promised before it.");
                }

                e = e with { Fulfills = [.. links.Where(link => _commitments.ContainsKey(link.CommitmentId)).Select(link => new Fulfilment(_commitments[link.CommitmentId], link.Quantity))] };
            }

            var declared = stored.Flow.DeclaredId is { } id ? catalog.DeclaredFlows.Knows(id) ? catalog.DeclaredFlows.Get(id).Row.Key : "(a flow that is not there)" : null;
            var seal = new EventSeal(stored.IdempotencyKey, catalog.AudienceKey(stored.Flow.AudienceId), declared, stored.TextDigest);
            if (!CanonicalEncoding.Hash(Expected(e.Position), _encoding.Encode(e, seal)).AsSpan().SequenceEqual(stored.Hash))
            {
                Fault($"event {e.Position}", "its hash is not that of its columns and the entry before: a value was changed, or the entry before was.");
            }

            Step(e.Position, stored.Hash);
            var (day, month) = calendar.DayOf(e.EffectTime);
            Add(_days, (stored.Flow.Id, day), e);
            Add(_months, (stored.Flow.Id, month), e);

            _book.NextPosition = e.Position;
            var candidate = e;
            if (_book.Append(ref candidate) is { } refusal)
            {
                Fault($"event {e.Position}", $"by the rules it could not have been recorded: {refusal.Sentence}");
            }
        }

        private void EnterPromisesBefore(long position)
        {
            while (_promises.TryPeek(out var entry) && entry.Position < position)
            {
                _promises.Dequeue();
                if (!CanonicalEncoding.Hash(Expected(entry.Position), _encoding.Encode(entry.Position, entry.Kind, entry.Subject, entry.Version, entry.Created, entry.Content)).AsSpan().SequenceEqual(entry.Hash))
                {
                    Fault($"promise_entry {entry.Position}", "its hash is not that of its columns and the entry before: a value was changed, or the entry before was.");
                }

                Step(entry.Position, entry.Hash);
                var before = _newestPromise.GetValueOrDefault($"{entry.Kind} {entry.Subject}");
                _newestPromise[$"{entry.Kind} {entry.Subject}"] = entry;
                if (entry.Kind == Promises.CommitmentKind)
                {
                    TakeCommitment(entry);
                }
                else if (entry.Kind == Promises.TargetKind)
                {
                    CheckTarget(entry, before);
                }
            }
        }

        // A target has no row: its entry is all there is of it.
        private void CheckTarget(PromiseEntry entry, PromiseEntry? before)
        {
            try
            {
                var target = Promises.ReadTarget(entry.Content);
                if (target.Key != entry.Subject || !Promises.Content(target).AsSpan().SequenceEqual(entry.Content))
                {
                    Fault($"promise_entry {entry.Position}", $"its content is not that of the target '{entry.Subject}'.");
                }

                if (catalog.Find(catalog.Agreements, target.ClauseOf) is null)
                {
                    Fault($"promise_entry {entry.Position}", $"there is no agreement '{target.ClauseOf}'.");
                }
            }
            catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                Fault($"promise_entry {entry.Position}", "its content cannot be read.");
            }

            if (entry.Version != (before?.Version ?? 0) + 1)
            {
                Fault($"promise_entry {entry.Position}", $"it is version {entry.Version} of the target '{entry.Subject}', after version {before?.Version ?? 0}.");
            }
        }

        /// <summary>The commitment as it was promised at that entry, not as it is today.</summary>
        private void TakeCommitment(PromiseEntry entry)
        {
            if (catalog.Find(catalog.Commitments, entry.Subject) is not { } stored)
            {
                Fault($"promise_entry {entry.Position}", $"there is no commitment '{entry.Subject}'.");
                return;
            }

            try
            {
                var commitment = Promises.ReadContent(stored.Noun.Id, entry.Content, catalog, out var finished);
                _commitments[commitment.Id] = commitment;
                if (finished)
                {
                    _book.Finish(commitment);
                }
                else
                {
                    _book.Reopen(commitment);
                }
            }
            catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                Fault($"promise_entry {entry.Position}", "its content cannot be read.");
            }
        }

        private byte[] Expected(long position)
        {
            if (position != _position + 1)
            {
                Fault($"event {_position + 1}", position == _position + 2 ? "it is missing." : $"entries {_position + 1} to {position - 1} are missing.");
            }

            return _previous;
        }

        private void Step(long position, byte[] hash)
        {
            (_position, _previous) = (position, hash);
            Entries++;
            if (publishedHead is not null && hash.AsSpan().SequenceEqual(publishedHead))
            {
                PublishedAt = position;
            }
        }

        private void CheckColumns(DbDataReader rows, StoredEvent stored)
        {
            var e = stored.Event;
            if (Int(rows, 16) != e.Resource?.Id || Int(rows, 17) != e.ToResource?.Id || Int(rows, 18) != Batch(e.InputOf) || Int(rows, 19) != Batch(e.OutputOf))
            {
                Fault($"event {e.Position}", "resource_id, to_resource_id or a batch column is not its flow's.");
            }

            static int? Batch(Process? process) => process is { Continuous: false } ? process.Id : null;
        }

        private static void Add(Dictionary<(int, int), Totals> totals, (int, int) key, EconomicEvent e)
        {
            ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(totals, key, out _);
            sum.Quantity += e.ResourceQuantity?.Millionths ?? 0;
            sum.Effort += e.EffortQuantity?.Millionths ?? 0;
            sum.Events += e.Corrects is null ? 1 : 0;
        }

        private void Fault(string where, string what)
        {
            if (Faults.Count < MostFaults)
            {
                Faults.Add(new LedgerFault(where, what));
            }
        }

        private static int? Int(DbDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetInt32(column);

        private DbDataReader Read(string sql)
        {
            // The command is the connection's to dispose: on SQLite its end would close the reader.
            var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            return command.ExecuteReader();
        }
    }
}
