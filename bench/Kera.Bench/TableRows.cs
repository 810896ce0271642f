using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;

namespace Kera.Bench;

/// <summary>How many rows each table of a store has, and how large its file is.</summary>
internal static class TableRows
{
    public static async Task AddToAsync(Report report, KeraStore store)
    {
        await using var context = store.OpenContext();
        var tables = context.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct().Order(StringComparer.Ordinal).ToList();
        await using var connection = await store.OpenConnectionAsync();
        var counts = new List<string>();
        foreach (var table in tables)
        {
            await using var command = connection.CreateCommand();
            // The name is the model's own.
            command.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
            if (Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) is > 0 and var rows)
            {
                counts.Add($"{table} {rows:N0}");
            }
        }

        report.Note($"Rows: {string.Join(", ", counts)}.");
        if (store.SqliteFile is { } file)
        {
            var bytes = new[] { file, file + "-wal" }.Where(File.Exists).Sum(part => new FileInfo(part).Length);
            report.Note($"File and write-ahead log: {bytes / 1_000_000.0:N0} MB.");
        }
    }
}
