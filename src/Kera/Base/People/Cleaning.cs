using Kera.Base.Store;

namespace Kera.Base.People;

/// <summary>Makes the space of erased rows forget them.</summary>
internal static class Cleaning
{
    private static readonly string[] Base = ["person", "series", "series_value", "event_text", "token"];

    /// <summary>
    /// On SQLite the file is written anew and the log emptied into it; on PostgreSQL the tables that held words and values
    /// are. Needs the file (or those tables) for itself for a moment.
    /// </summary>
    /// <param name="store">Where.</param>
    /// <param name="tables">Further tables that rows were erased from.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether it could: not where another process was still reading old pages of the log.</returns>
    public static async Task<bool> OverwriteAsync(KeraStore store, IEnumerable<string> tables, CancellationToken cancellation)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        if (store.IsPostgres)
        {
            command.CommandText = $"VACUUM FULL {string.Join(", ", Base.Concat(tables).Distinct())}";
            await command.ExecuteNonQueryAsync(cancellation);
            return true;
        }

        // Deleted rows are overwritten at once (secure_delete), but pages that were split or merged may keep old copies
        // between their cells: only rewriting the file is certain.
        // The copy need not fit in memory.
        command.CommandText = "PRAGMA temp_store=DEFAULT; VACUUM";
        await command.ExecuteNonQueryAsync(cancellation);
        // A reader that stays longer is reported, not waited for.
        command.CommandText = "PRAGMA busy_timeout=2000";
        await command.ExecuteNonQueryAsync(cancellation);
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.GetInt32(0) == 0;
    }
}
