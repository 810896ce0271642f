using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Kera.Base.Store;

/// <summary>Whether a database has this program's schema, by one plain query: Entity Framework's own look takes most of a second of each start.</summary>
internal static class SchemaVersion
{
    /// <summary>Whether the newest migration has been applied and the chain has its head.</summary>
    /// <exception cref="DbException">The database cannot be reached.</exception>
    public static async Task<bool> IsCurrentAsync(KeraStore store, CancellationToken cancellation = default)
    {
        if (store.SqliteFile is { } file && !File.Exists(file))
        {
            return false;
        }

        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT count(*) FROM "__EFMigrationsHistory", chain_head WHERE "MigrationId" = @newest AND chain_head.id = 1""";
        var newest = command.CreateParameter();
        (newest.ParameterName, newest.Value) = ("@newest", Newest(store.IsPostgres));
        command.Parameters.Add(newest);
        try
        {
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture) == 1;
        }
        catch (DbException)
        {
            // There are no such tables: the database is empty.
            return false;
        }
    }

    /// <summary>The id of this program's newest migration; later ones are greater.</summary>
    public static string Newest(bool postgres) => typeof(SchemaVersion).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Migration)) && type.GetCustomAttribute<DbContextAttribute>()?.ContextType == (postgres ? typeof(PostgresKeraDb) : typeof(SqliteKeraDb)))
        .Max(type => type.GetCustomAttribute<MigrationAttribute>()!.Id)!;
}
