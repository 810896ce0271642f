using Npgsql;

namespace Kera.Tests.Support.Tests;

public sealed class PostgresServerTests(PostgresServer server)
{
    [Fact]
    public async Task Two_databases_at_once_do_not_see_each_other()
    {
        await using var first = await server.CreateDatabaseAsync();
        await using var second = await server.CreateDatabaseAsync();

        await ExecuteAsync(first, "create table only_here (x int)");
        await ExecuteAsync(second, "create table only_here (x int)");

        Assert.NotEqual(first.ConnectionString, second.ConnectionString);
    }

    [Fact]
    public async Task A_disposed_database_is_gone_even_while_someone_is_connected()
    {
        var database = await server.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        await database.DisposeAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(database, "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, refused.SqlState);
    }

    private static async Task ExecuteAsync(PostgresDatabase database, string statement)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
