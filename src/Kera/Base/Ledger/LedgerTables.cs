using System.Data;
using System.Data.Common;
using Kera.Base.Access;
using Kera.Base.Store;
using Kera.Flows;
using Npgsql;
using NpgsqlTypes;

namespace Kera.Base.Ledger;

/// <summary>An accepted event on its way into the tables.</summary>
internal sealed record PendingEvent(EconomicEvent Event, MappedEvent Mapped, string FlowDimensions, int FlowId, byte[]? Salt, byte[]? TextDigest, byte[] Hash);

/// <summary>
/// Every statement of the append path, prepared on the writer's one connection: the only class that writes the ledger's
/// tables. COPY on PostgreSQL for events in number.
/// </summary>
internal sealed class LedgerTables : IDisposable
{
    private const string EventInsert =
        "INSERT INTO event (position, idempotency_key, flow_id, resource_id, to_resource_id, batch_input_of_id, batch_output_of_id, effect_time, is_point, end_time, quantity, effort, to_location_id, state, agreement_id, corrects, has_reason, text_digest, created, hash)";

    private readonly DbConnection _connection;
    private readonly bool _postgres;
    private readonly Statement _readHead;
    private readonly Statement _writeHead;
    private readonly Statement _findKey;
    private readonly Statement _findFlow;
    private readonly Statement _addFlow;
    private readonly Statement _addEvent;
    private readonly Statement _addText;
    private readonly Statement _addFulfilment;
    private readonly Statement _addToCommitment;
    private readonly Statement _putBalance;
    private readonly Statement _dropVersions;
    private readonly Statement _addVersion;
    private readonly Statement _addDay;
    private readonly Statement _addMonth;
    private readonly Statement _addAudit;
    private readonly Statement _addPromise;
    private readonly Statement _addAudience;
    private readonly Statement _putAgreement;
    private readonly Statement _putCommitment;

    public LedgerTables(DbConnection connection)
    {
        _connection = connection;
        _postgres = connection is NpgsqlConnection;
        const DbType Int = DbType.Int32;
        const DbType Long = DbType.Int64;
        const DbType Text = DbType.String;
        const DbType Bytes = DbType.Binary;
        const DbType Bool = DbType.Boolean;
        Statement Make(string sql, params DbType[] types) => new(connection, sql, types);

        _readHead = Make("SELECT position FROM chain_head WHERE id = 1" + (_postgres ? " FOR UPDATE" : ""));
        _writeHead = Make("UPDATE chain_head SET position = $1, hash = $2 WHERE id = 1", Long, Bytes);
        _findKey = Make("SELECT position FROM event WHERE idempotency_key = $1", Text);
        _findFlow = Make("SELECT id FROM flow WHERE dimensions = $1", Text);
        _addFlow = Make(
            "INSERT INTO flow (dimensions, action_id, provider_id, receiver_id, input_of_id, output_of_id, resource_id, to_resource_id, specification_id, audience_id, declared_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
            Text, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int);
        _addEvent = Make(
            EventInsert + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
            Long, Text, Int, Int, Int, Int, Int, Long, Bool, Long, Long, Long, Int, Text, Int, Long, Bool, Bytes, Long, Bytes);
        _addText = Make("INSERT INTO event_text (position, salt, note, reason) VALUES ($1, $2, $3, $4)", Long, Bytes, Text, Text);
        _addFulfilment = Make("INSERT INTO fulfilment (position, commitment_id, quantity) VALUES ($1, $2, $3)", Long, Int, Long);
        _addToCommitment = Make("UPDATE commitment SET fulfilled = fulfilled + $2 WHERE id = $1", Int, Long);
        _putBalance = Make(
            """
            INSERT INTO balance (resource_id, accounting, onhand, last_effect_time, accountable_id, custodian_id, location_id, container_id, stage_id, state, in_process_by, in_process_of_id, in_process)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (resource_id) DO UPDATE SET accounting = excluded.accounting, onhand = excluded.onhand, last_effect_time = excluded.last_effect_time,
            accountable_id = excluded.accountable_id, custodian_id = excluded.custodian_id, location_id = excluded.location_id, container_id = excluded.container_id,
            stage_id = excluded.stage_id, state = excluded.state, in_process_by = excluded.in_process_by, in_process_of_id = excluded.in_process_of_id, in_process = excluded.in_process
            """,
            Int, Long, Long, Long, Int, Int, Int, Int, Int, Text, Int, Int, Long);
        _dropVersions = Make("DELETE FROM resource_version WHERE resource_id = $1", Int);
        _addVersion = Make(
            "INSERT INTO resource_version (resource_id, effect_time, position, accountable_id, custodian_id, location_id, container_id, stage_id, state, in_process_by, in_process_of_id, in_process) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            Int, Long, Long, Int, Int, Int, Int, Int, Text, Int, Int, Long);
        _addDay = Make(
            "INSERT INTO flow_day (flow_id, day, quantity, effort, events) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (flow_id, day) DO UPDATE SET quantity = flow_day.quantity + excluded.quantity, effort = flow_day.effort + excluded.effort, events = flow_day.events + excluded.events",
            Int, Int, Long, Long, Long);
        _addMonth = Make(
            "INSERT INTO flow_month (flow_id, month, quantity, effort, events) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (flow_id, month) DO UPDATE SET quantity = flow_month.quantity + excluded.quantity, effort = flow_month.effort + excluded.effort, events = flow_month.events + excluded.events",
            Int, Int, Long, Long, Long);
        _addAudit = Make(
            "INSERT INTO audit (at, actor, via, operation, subject, first_position, last_position) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            Long, Text, Text, Text, Text, Long, Long);
        _addPromise = Make(
            "INSERT INTO promise_entry (position, kind, subject_key, version, content, created, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            Long, Text, Text, Int, Bytes, Long, Bytes);
        // The update that changes nothing makes RETURNING answer with the row of another node, too.
        _addAudience = Make("INSERT INTO audience (key) VALUES ($1) ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id", Text);
        _putAgreement = Make(
            """
            INSERT INTO agreement (key, name_fi, name_sv, name_en, origin, retired, source, audience_id, version, fictional) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE)
            ON CONFLICT (key) DO UPDATE SET name_fi = excluded.name_fi, name_sv = excluded.name_sv, name_en = excluded.name_en, origin = excluded.origin, retired = excluded.retired,
            source = excluded.source, audience_id = excluded.audience_id, version = excluded.version RETURNING id
            """,
            Text, Text, Text, Text, Int, Bool, Text, Int, Int);
        _putCommitment = Make(
            """
            INSERT INTO commitment (key, name_fi, name_sv, name_en, origin, retired, source, action_id, provider_id, receiver_id, specification_id, resource_id, quantity, effort, due, agreement_id, reciprocal, finished, fulfilled, audience_id, version, fictional)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 0, $19, $20, FALSE)
            ON CONFLICT (key) DO UPDATE SET name_fi = excluded.name_fi, name_sv = excluded.name_sv, name_en = excluded.name_en, origin = excluded.origin, retired = excluded.retired,
            source = excluded.source, action_id = excluded.action_id, provider_id = excluded.provider_id, receiver_id = excluded.receiver_id, specification_id = excluded.specification_id,
            resource_id = excluded.resource_id, quantity = excluded.quantity, effort = excluded.effort, due = excluded.due, agreement_id = excluded.agreement_id,
            reciprocal = excluded.reciprocal, finished = excluded.finished, audience_id = excluded.audience_id, version = excluded.version RETURNING id
            """,
            Text, Text, Text, Text, Int, Bool, Text, Int, Int, Int, Int, Int, Long, Long, Long, Int, Bool, Bool, Int, Int);
    }

    /// <summary>Begins the writer's transaction and takes the lock of the head: no other node writes until it ends.</summary>
    public (DbTransaction Transaction, long Position) Begin()
    {
        // SQLite's own default is the immediate transaction: the write lock is taken here, not at the first insert.
        var transaction = _postgres ? _connection.BeginTransaction(IsolationLevel.ReadCommitted) : _connection.BeginTransaction();
        return (transaction, (long)_readHead.Scalar(transaction)!);
    }

    public byte[] HeadHash(DbTransaction transaction)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT hash FROM chain_head WHERE id = 1";
        return (byte[])command.ExecuteScalar()!;
    }

    public void WriteHead(DbTransaction transaction, long position, byte[] hash) => _writeHead.Run(transaction, position, hash);

    public long? FindKey(DbTransaction transaction, string key) => (long?)_findKey.Scalar(transaction, key);

    /// <summary>The positions of those keys that are there, in one round trip on PostgreSQL.</summary>
    public Dictionary<string, long> FindKeys(DbTransaction transaction, IReadOnlyCollection<string> keys)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        if (_postgres && keys.Count > 1)
        {
            using var command = new NpgsqlCommand("SELECT idempotency_key, position FROM event WHERE idempotency_key = ANY($1)", (NpgsqlConnection)_connection, (NpgsqlTransaction)transaction);
            command.Parameters.Add(new NpgsqlParameter { Value = keys.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                found[reader.GetString(0)] = reader.GetInt64(1);
            }

            return found;
        }

        foreach (var key in keys)
        {
            if (FindKey(transaction, key) is { } position)
            {
                found[key] = position;
            }
        }

        return found;
    }

    /// <summary>The number of a flow, made where it is new.</summary>
    public int FlowId(DbTransaction transaction, string dimensions, EconomicEvent e, int audienceId, int? declaredId) =>
        ToInt32(
            _findFlow.Scalar(transaction, dimensions) ??
            _addFlow.Scalar(transaction, dimensions, e.Action.Id, e.Provider.Id, e.Receiver.Id, e.InputOf?.Id, e.OutputOf?.Id, e.Resource?.Id, e.ToResource?.Id, e.Specification!.Id, audienceId, declaredId)!);

    public void AddEvents(DbTransaction transaction, IReadOnlyList<PendingEvent> events)
    {
        if (_postgres && events.Count > 8)
        {
            using var copy = ((NpgsqlConnection)_connection).BeginBinaryImport(EventInsert.Replace("INSERT INTO", "COPY", StringComparison.Ordinal) + " FROM STDIN (FORMAT BINARY)");
            foreach (var pending in events)
            {
                Copy(copy, pending);
            }

            copy.Complete();
        }
        else
        {
            foreach (var (e, mapped, _, flowId, _, digest, hash) in events)
            {
                _addEvent.Run(
                    transaction, e.Position, mapped.IdempotencyKey, flowId, e.Resource?.Id, e.ToResource?.Id, Batch(e.InputOf), Batch(e.OutputOf), e.EffectTime, e.PointInTime is not null, e.End,
                    e.ResourceQuantity?.Millionths, e.EffortQuantity?.Millionths, e.ToLocation?.Id, e.State, e.RealizationOf?.Id, e.Corrects, e.HasReason, digest, e.Created, hash);
            }
        }

        foreach (var (e, mapped, _, _, salt, _, _) in events)
        {
            if (salt is not null)
            {
                _addText.Run(transaction, e.Position, salt, mapped.Note, mapped.Reason);
            }

            foreach (var link in e.Fulfills)
            {
                _addFulfilment.Run(transaction, e.Position, link.Commitment.Id, link.Quantity.Millionths);
                _addToCommitment.Run(transaction, link.Commitment.Id, link.Quantity.Millionths);
            }
        }
    }

    public void PutResource(DbTransaction transaction, ResourceChange change)
    {
        var state = change.State;
        _putBalance.Run(
            transaction, change.Resource.Id, state.Accounting.Millionths, state.Onhand.Millionths, change.LastEffectTime, state.Accountable?.Id, state.Custodian?.Id, state.Location?.Id,
            state.Container?.Id, state.Stage?.Id, state.State, state.InProcessBy?.Id, state.InProcessOf?.Id, state.InProcess.Millionths);
        if (change.Rewritten)
        {
            _dropVersions.Run(transaction, change.Resource.Id);
            _dropVersions.Flush();
        }

        foreach (var (effectTime, position, attributes) in change.Versions)
        {
            _addVersion.Run(
                transaction, change.Resource.Id, effectTime, position, attributes.Accountable?.Id, attributes.Custodian?.Id, attributes.Location?.Id, attributes.Container?.Id, attributes.Stage?.Id,
                attributes.State, attributes.InProcessBy?.Id, attributes.InProcessOf?.Id, attributes.InProcess.Millionths);
        }
    }

    public void AddDay(DbTransaction transaction, int flowId, int day, Totals totals) => _addDay.Run(transaction, flowId, day, totals.Quantity, totals.Effort, totals.Events);

    public void AddMonth(DbTransaction transaction, int flowId, int month, Totals totals) => _addMonth.Run(transaction, flowId, month, totals.Quantity, totals.Effort, totals.Events);

    public void AddAudit(DbTransaction transaction, long at, Access.Actor actor, string operation, string subject, long? first, long? last) =>
        _addAudit.Run(transaction, at, actor.Key, actor.Via, operation, subject, first, last);

    /// <summary>The newest version of a promise in the chain; null where there is none.</summary>
    public (int Version, byte[] Content)? NewestPromise(DbTransaction transaction, string kind, string subject)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT version, content FROM promise_entry WHERE kind = @kind AND subject_key = @subject ORDER BY version DESC LIMIT 1";
        command.Bind("@kind", kind);
        command.Bind("@subject", subject);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt32(0), (byte[])reader.GetValue(1)) : null;
    }

    public void AddPromise(DbTransaction transaction, long position, string kind, string subject, int version, byte[] content, long created, byte[] hash) =>
        _addPromise.Run(transaction, position, kind, subject, version, content, created, hash);

    /// <summary>The number of an audience, made where it is new.</summary>
    public int AudienceId(DbTransaction transaction, string key) => ToInt32(_addAudience.Scalar(transaction, key)!);

    /// <summary>Writes an agreement over the one with its key, if any; gives its number.</summary>
    public int Put(DbTransaction transaction, AgreementRow row) =>
        ToInt32(_putAgreement.Scalar(transaction, row.Key, row.NameFi, row.NameSv, row.NameEn, (int)row.Origin, row.Retired, row.Source, row.AudienceId, row.Version)!);

    /// <summary>Writes a commitment over the one with its key, if any, but for what was fulfilled; gives its number.</summary>
    public int Put(DbTransaction transaction, CommitmentRow row) =>
        ToInt32(_putCommitment.Scalar(
            transaction, row.Key, row.NameFi, row.NameSv, row.NameEn, (int)row.Origin, row.Retired, row.Source, row.ActionId, row.ProviderId, row.ReceiverId, row.SpecificationId, row.ResourceId,
            row.Quantity, row.Effort, row.Due, row.AgreementId, row.Reciprocal, row.Finished, row.AudienceId, row.Version)!);

    /// <summary>Sends what is gathered, in an order that respects what refers to what.</summary>
    public void Flush()
    {
        foreach (var statement in All())
        {
            statement.Flush();
        }
    }

    public void Discard()
    {
        foreach (var statement in All())
        {
            statement.Discard();
        }
    }

    public void Dispose()
    {
        foreach (var statement in All())
        {
            statement.Dispose();
        }
    }

    private IEnumerable<Statement> All() =>
        [_readHead, _findKey, _findFlow, _addFlow, _addEvent, _addText, _addFulfilment, _addToCommitment, _putBalance, _dropVersions, _addVersion, _addDay, _addMonth, _addPromise, _addAudience, _putAgreement, _putCommitment, _addAudit, _writeHead];

    private static int ToInt32(object number) => Convert.ToInt32(number, System.Globalization.CultureInfo.InvariantCulture);

    private static int? Batch(Process? process) => process is { Continuous: false } ? process.Id : null;

    private static void Copy(NpgsqlBinaryImporter copy, PendingEvent pending)
    {
        var (e, mapped, _, flowId, _, digest, hash) = pending;
        copy.StartRow();
        copy.Write(e.Position, NpgsqlDbType.Bigint);
        Text(mapped.IdempotencyKey);
        copy.Write(flowId, NpgsqlDbType.Integer);
        Int(e.Resource?.Id);
        Int(e.ToResource?.Id);
        Int(Batch(e.InputOf));
        Int(Batch(e.OutputOf));
        copy.Write(e.EffectTime, NpgsqlDbType.Bigint);
        copy.Write(e.PointInTime is not null, NpgsqlDbType.Boolean);
        Long(e.End);
        Long(e.ResourceQuantity?.Millionths);
        Long(e.EffortQuantity?.Millionths);
        Int(e.ToLocation?.Id);
        Text(e.State);
        Int(e.RealizationOf?.Id);
        Long(e.Corrects);
        copy.Write(e.HasReason, NpgsqlDbType.Boolean);
        if (digest is null)
        {
            copy.WriteNull();
        }
        else
        {
            copy.Write(digest, NpgsqlDbType.Bytea);
        }

        copy.Write(e.Created, NpgsqlDbType.Bigint);
        copy.Write(hash, NpgsqlDbType.Bytea);

        void Int(int? value)
        {
            if (value is { } known)
            {
                copy.Write(known, NpgsqlDbType.Integer);
            }
            else
            {
                copy.WriteNull();
            }
        }

        void Long(long? value)
        {
            if (value is { } known)
            {
                copy.Write(known, NpgsqlDbType.Bigint);
            }
            else
            {
                copy.WriteNull();
            }
        }

        void Text(string? value)
        {
            if (value is null)
            {
                copy.WriteNull();
            }
            else
            {
                copy.Write(value, NpgsqlDbType.Text);
            }
        }
    }
}

/// <summary>What a transaction adds to a flow's day or month.</summary>
internal struct Totals
{
    public long Quantity;
    public long Effort;
    public long Events;
}
