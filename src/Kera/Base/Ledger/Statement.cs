using System.Data;
using System.Data.Common;
using Npgsql;

namespace Kera.Base.Ledger;

/// <summary>
/// A statement that is run many times in a transaction. On SQLite it is prepared once and run at once; on PostgreSQL the runs
/// are gathered and sent in one round trip. Parameters are $1, $2 …, which both databases read.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly DbConnection _connection;
    private readonly string _sql;
    private readonly DbType[] _types;
    private readonly DbCommand? _prepared;
    private NpgsqlBatch? _batch;

    public Statement(DbConnection connection, string sql, params DbType[] types)
    {
        (_connection, _sql, _types) = (connection, sql, types);
        if (connection is not NpgsqlConnection)
        {
            _prepared = connection.CreateCommand();
            _prepared.CommandText = sql;
            for (var index = 0; index < types.Length; index++)
            {
                var parameter = _prepared.CreateParameter();
                parameter.ParameterName = $"${index + 1}";
                parameter.DbType = types[index];
                _prepared.Parameters.Add(parameter);
            }
        }
    }

    /// <summary>Runs, or gathers until <see cref="Flush"/>.</summary>
    public void Run(DbTransaction transaction, params ReadOnlySpan<object?> values)
    {
        if (_prepared is not null)
        {
            _prepared.Transaction = transaction;
            Bind(values);
            _prepared.ExecuteNonQuery();
            return;
        }

        _batch ??= new NpgsqlBatch((NpgsqlConnection)_connection, (NpgsqlTransaction)transaction);
        _batch.BatchCommands.Add(BatchCommand(values));
    }

    /// <summary>Runs at once and gives the first column of the first row; null where there is none.</summary>
    public object? Scalar(DbTransaction transaction, params ReadOnlySpan<object?> values)
    {
        if (_prepared is not null)
        {
            _prepared.Transaction = transaction;
            Bind(values);
            return Null(_prepared.ExecuteScalar());
        }

        using var batch = new NpgsqlBatch((NpgsqlConnection)_connection, (NpgsqlTransaction)transaction);
        batch.BatchCommands.Add(BatchCommand(values));
        return Null(batch.ExecuteScalar());

        static object? Null(object? value) => value is DBNull ? null : value;
    }

    /// <summary>Sends what is gathered.</summary>
    public void Flush()
    {
        if (_batch is not null)
        {
            using (_batch)
            {
                _batch.ExecuteNonQuery();
            }

            _batch = null;
        }
    }

    /// <summary>Drops what is gathered, when the transaction is given up.</summary>
    public void Discard()
    {
        _batch?.Dispose();
        _batch = null;
    }

    public void Dispose()
    {
        _prepared?.Dispose();
        _batch?.Dispose();
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            _prepared!.Parameters[index].Value = values[index] ?? DBNull.Value;
        }
    }

    private NpgsqlBatchCommand BatchCommand(ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(_sql);
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.Add(new NpgsqlParameter { DbType = _types[index], Value = values[index] ?? DBNull.Value });
        }

        return command;
    }
}
