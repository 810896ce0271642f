using System.Data;
using System.Data.Common;
using System.Globalization;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Carbon;

/// <summary>Writes traced periods in one transaction, and reads what it wrote.</summary>
internal sealed class CarbonWriting : IAsyncDisposable
{
    // What stood no longer than an hour was still coming in: it is no value that was said.
    private const long Settling = 3_600_000_000;
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly bool _postgres;

    private CarbonWriting(DbConnection connection, DbTransaction transaction, bool postgres) => (_connection, _transaction, _postgres) = (connection, transaction, postgres);

    /// <summary>Begins; null where tracing has gone on since the state was read, by another node.</summary>
    /// <param name="store">Where.</param>
    /// <param name="expected">The state that was read; null where none is there, or it does not matter.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<CarbonWriting?> BeginAsync(KeraStore store, (long Position, long Factors)? expected, CancellationToken cancellation)
    {
        var connection = await store.OpenConnectionAsync(cancellation);
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        var writing = new CarbonWriting(connection, transaction, store.IsPostgres);
        var begun = false;
        try
        {
            await using var command = writing.Command($"SELECT position, factors FROM carbon_state{(store.IsPostgres ? " FOR UPDATE" : "")}");
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            begun = expected is not { } state || (await reader.ReadAsync(cancellation) && (reader.GetInt64(0), reader.GetInt64(1)) == state);
        }
        finally
        {
            // Who is stopped in between leaves no transaction open, which would keep all others from writing.
            if (!begun)
            {
                await writing.DisposeAsync();
            }
        }

        return begun ? writing : null;
    }

    /// <summary>A period's content; null where it was never traced.</summary>
    public CarbonContent? Read(CarbonSpan span, long start)
    {
        using var command = Command("SELECT content FROM carbon_period WHERE span = $1 AND start = $2", (int)span, start);
        return command.ExecuteScalar() is byte[] bytes ? CarbonContent.Of(bytes) : null;
    }

    /// <summary>The newest day before a moment.</summary>
    public CarbonContent? ReadBefore(long start)
    {
        using var command = Command("SELECT content FROM carbon_period WHERE span = $1 AND start < $2 ORDER BY start DESC LIMIT 1", (int)CarbonSpan.Day, start);
        return command.ExecuteScalar() is byte[] bytes ? CarbonContent.Of(bytes) : null;
    }

    /// <summary>The contents of periods, in order.</summary>
    public List<CarbonContent> Contents(CarbonSpan span, long from, long until)
    {
        using var command = Command("SELECT content FROM carbon_period WHERE span = $1 AND start >= $2 AND start < $3 ORDER BY start", (int)span, from, until);
        using var reader = command.ExecuteReader();
        var contents = new List<CarbonContent>();
        while (reader.Read())
        {
            contents.Add(CarbonContent.Of((byte[])reader.GetValue(0)));
        }

        return contents;
    }

    /// <summary>The first day after a day that has flows; null where there is none.</summary>
    public async Task<int?> NextDayAsync(int day, CancellationToken cancellation)
    {
        await using var command = Command("SELECT MIN(day) FROM flow_day WHERE day > $1", day);
        return await command.ExecuteScalarAsync(cancellation) is { } next and not DBNull ? Convert.ToInt32(next, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Puts a period in the place of what was there; that is kept where the period has been over for an hour, it has stood as long, and now it is another.</summary>
    /// <param name="row">The period.</param>
    /// <param name="end">When it is over, microseconds since 1970 UTC.</param>
    public void Put(CarbonPeriodRow row, long end)
    {
        using (var keep = Command(
            """
            INSERT INTO carbon_former (span, start, position, factors, computed, used, content, replaced)
            SELECT span, start, position, factors, computed, used, content, $3 FROM carbon_period
            WHERE span = $1 AND start = $2 AND computed <= $5 AND $4 <= $5 AND ABS(used - $6) > 0.0000005
            """,
            (int)row.Span, row.Start, row.Computed, end, row.Computed - Settling, row.Used))
        {
            keep.ExecuteNonQuery();
        }

        // What says the same is as old as it was.
        using var put = Command(
            """
            INSERT INTO carbon_period (span, start, position, factors, computed, used, content) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (span, start) DO UPDATE SET position = excluded.position, factors = excluded.factors, used = excluded.used, content = excluded.content,
                computed = CASE WHEN ABS(carbon_period.used - excluded.used) > 0.0000005 THEN excluded.computed ELSE carbon_period.computed END
            """,
            (int)row.Span, row.Start, row.Position, row.Factors, row.Computed, row.Used, row.Content);
        put.ExecuteNonQuery();
    }

    /// <summary>Commits, with how far tracing has come.</summary>
    /// <param name="state">The position, and the number of the factors.</param>
    /// <param name="done">What was due and is done.</param>
    /// <param name="since">From when on something is left to do, microseconds since 1970 UTC; null for nothing.</param>
    /// <param name="cancellation">Stops before.</param>
    /// <returns>What is left, as it is kept.</returns>
    public async Task<CarbonDueRow?> CommitAsync((long Position, long Factors) state, IReadOnlyList<CarbonDueRow> done, long? since, CancellationToken cancellation)
    {
        await using (var set = Command("INSERT INTO carbon_state (id, position, factors) VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE SET position = excluded.position, factors = excluded.factors", state.Position, state.Factors))
        {
            await set.ExecuteNonQueryAsync(cancellation);
        }

        foreach (var row in done)
        {
            await using var forget = Command("DELETE FROM carbon_due WHERE id = $1", row.Id);
            await forget.ExecuteNonQueryAsync(cancellation);
        }

        CarbonDueRow? left = null;
        if (since is { } first)
        {
            await using var keep = Command("INSERT INTO carbon_due (since) VALUES ($1) RETURNING id", first);
            left = new CarbonDueRow { Id = (long)(await keep.ExecuteScalarAsync(cancellation))!, Since = first };
        }

        await _transaction.CommitAsync(cancellation);
        return left;
    }

    /// <summary>Says that what was left is done, or how far.</summary>
    /// <param name="store">Where.</param>
    /// <param name="left">What was left.</param>
    /// <param name="since">From when on something is left still, microseconds since 1970 UTC; null for nothing.</param>
    /// <param name="cancellation">Stops before.</param>
    public static async Task DoneAsync(KeraStore store, CarbonDueRow left, long? since, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await (since is { } first
            ? db.CarbonDues.Where(row => row.Id == left.Id).ExecuteUpdateAsync(row => row.SetProperty(due => due.Since, first), cancellation)
            : db.CarbonDues.Where(row => row.Id == left.Id).ExecuteDeleteAsync(cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private DbCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = _connection.CreateCommand();
        (command.Transaction, command.CommandText) = (_transaction, sql);
        for (var at = 0; at < values.Length; at++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (_postgres ? "" : string.Create(CultureInfo.InvariantCulture, $"${at + 1}"), values[at]);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
