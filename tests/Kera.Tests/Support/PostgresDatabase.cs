using Npgsql;

namespace Kera.Tests.Support;

/// <summary>An empty database of a test's own, dropped when disposed.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly string serverConnectionString;
    private readonly string name;

    private PostgresDatabase(string serverConnectionString, string name)
    {
        this.serverConnectionString = serverConnectionString;
        this.name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(serverConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Connects to the database as a user who may do anything in it.</summary>
    public string ConnectionString { get; }

    internal static async Task<PostgresDatabase> CreateAsync(string serverConnectionString)
    {
        var database = new PostgresDatabase(serverConnectionString, $"kera_test_{Guid.NewGuid():N}");
        await database.ExecuteOnServerAsync($"create database {database.name}");
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteOnServerAsync($"drop database {name} with (force)");
    }

    private async Task ExecuteOnServerAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(serverConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A database's name cannot be a parameter; this one is made here of letters and digits.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
