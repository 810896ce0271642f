using System.Data.Common;
using Kera.Base.Store;

namespace Kera.Bench;

/// <summary>
/// One prepared insert into the event table and nothing else: the measure for single writes. The same columns, the same
/// indexes and the same size of values as the events that were recorded last.
/// </summary>
internal sealed class BareInsert : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly DbCommand _insert;
    private readonly Queue<object[]> _rows;

    private BareInsert(DbConnection connection, DbCommand insert, Queue<object[]> rows) => (_connection, _insert, _rows) = (connection, insert, rows);

    /// <summary>Opens a SQLite store that may be spoilt, with so many rows ready to be inserted.</summary>
    public static async Task<BareInsert> OpenAsync(KeraStore store, int rows)
    {
        var connection = await store.OpenConnectionAsync();
        await using var select = connection.CreateCommand();
        select.CommandText = "SELECT * FROM event ORDER BY position DESC LIMIT 1";
        await using var reader = await select.ExecuteReaderAsync();
        await reader.ReadAsync();
        var insert = connection.CreateCommand();
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        insert.CommandText = $"INSERT INTO event ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(name => "$" + name))})";
        foreach (var name in names)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = "$" + name;
            insert.Parameters.Add(parameter);
        }

        var template = new object[names.Count];
        reader.GetValues(template);
        var (position, key) = (names.IndexOf("position"), names.IndexOf("idempotency_key"));
        var ready = new Queue<object[]>(rows);
        for (var number = 1; number <= rows; number++)
        {
            var row = (object[])template.Clone();
            row[position] = (long)template[position] + number;
            row[key] = $"{template[key]}-{number}";
            ready.Enqueue(row);
        }

        return new BareInsert(connection, insert, ready);
    }

    public void Insert(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var row = _rows.Dequeue();
            for (var column = 0; column < row.Length; column++)
            {
                _insert.Parameters[column].Value = row[column];
            }

            _insert.ExecuteNonQuery();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
