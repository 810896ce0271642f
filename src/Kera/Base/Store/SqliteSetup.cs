using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Kera.Base.Store;

/// <summary>What every SQLite connection is told: durable, in WAL mode, and overwriting what is deleted.</summary>
internal sealed class SqliteSetup : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    public static void Prepare(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        // secure_delete: what is erased is gone from the file, not only from the index.
        // wal_autocheckpoint: 4,000 pages keep the file short without a checkpoint in every batch.
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000; PRAGMA busy_timeout=60000;";
        command.ExecuteNonQuery();
    }
}
