using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Kera.Base.Store;

/// <summary>
/// The one door to the database: which provider, connections set up alike, contexts, migrations. SQLite unless
/// <c>Store:Postgres</c> names a PostgreSQL connection string.
/// </summary>
public sealed class KeraStore : IDisposable
{
    private readonly NpgsqlDataSource? _postgres;
    private readonly string? _sqlite;
    private readonly DbContextOptions _options;
    private readonly SemaphoreSlim? _turn;

    private KeraStore(NpgsqlDataSource? postgres, string? sqliteFile)
    {
        _postgres = postgres;
        SqliteFile = sqliteFile;
        if (postgres is not null)
        {
            _options = new DbContextOptionsBuilder<PostgresKeraDb>().UseNpgsql(postgres).Options;
        }
        else
        {
            _turn = new SemaphoreSlim(1);
            _sqlite = new SqliteConnectionStringBuilder { DataSource = sqliteFile, ForeignKeys = false, Pooling = true, DefaultTimeout = 60 }.ToString();
            _options = new DbContextOptionsBuilder<SqliteKeraDb>().UseSqlite(_sqlite).AddInterceptors(new SqliteSetup()).Options;
        }
    }

    /// <summary>Whether the store is PostgreSQL.</summary>
    public bool IsPostgres => _postgres is not null;

    /// <summary>The file of a SQLite store; null on PostgreSQL.</summary>
    public string? SqliteFile { get; }

    /// <summary>A store in one file, made where it is missing together with its folder.</summary>
    public static KeraStore Sqlite(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return new KeraStore(null, Path.GetFullPath(file));
    }

    /// <summary>A store on a PostgreSQL server.</summary>
    public static KeraStore Postgres(string connectionString) => new(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2 }), null);

    /// <summary>A context of the store's provider; the caller disposes it.</summary>
    public KeraDb OpenContext() => IsPostgres ? new PostgresKeraDb((DbContextOptions<PostgresKeraDb>)_options) : new SqliteKeraDb((DbContextOptions<SqliteKeraDb>)_options);

    /// <summary>
    /// Begins a transaction that writes, for writers that come many at a time. On SQLite they wait here in order, where otherwise each
    /// would look now and then, 150 ms apart, whether the file is free. A caller that is in a transaction already must not begin another.
    /// </summary>
    public async Task<StoreTransaction> BeginInTurnAsync(KeraDb db, CancellationToken cancellation)
    {
        if (_turn is not null)
        {
            await _turn.WaitAsync(cancellation);
        }

        try
        {
            // One that fails is rolled back whole: savepoints would be two messages more to the database.
            db.Database.AutoSavepointsEnabled = false;
            return new StoreTransaction(await db.Database.BeginTransactionAsync(cancellation), _turn);
        }
        catch
        {
            _turn?.Release();
            throw;
        }
    }

    /// <summary>An open connection, set up as every connection of Kera is; the caller disposes it.</summary>
    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellation = default) =>
        _postgres is null ? OpenSqlite() : await _postgres.OpenConnectionAsync(cancellation);

    /// <inheritdoc cref="OpenConnectionAsync"/>
    public DbConnection OpenConnection() => _postgres is null ? OpenSqlite() : _postgres.OpenConnection();

    /// <summary>
    /// Brings the schema up to date. EF Core takes a lock in the database while it migrates, so that of several nodes that
    /// start at once one migrates and the others wait.
    /// </summary>
    public async Task MigrateAsync(CancellationToken cancellation = default)
    {
        await using var context = OpenContext();
        await context.Database.MigrateAsync(cancellation);
        if (!await context.ChainHeads.AnyAsync(cancellation))
        {
            await context.Database.ExecuteSqlRawAsync(
                IsPostgres
                    ? "INSERT INTO chain_head (id, position, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING"
                    : "INSERT OR IGNORE INTO chain_head (id, position, hash) VALUES (1, 0, zeroblob(32))",
                cancellation);
        }
    }

    public void Dispose()
    {
        _postgres?.Dispose();
        _turn?.Dispose();
        if (_sqlite is not null)
        {
            using var connection = new SqliteConnection(_sqlite);
            SqliteConnection.ClearPool(connection);
        }
    }
    private SqliteConnection OpenSqlite()
    {
        var connection = new SqliteConnection(_sqlite);
        connection.Open();
        SqliteSetup.Prepare(connection);
        return connection;
    }
}
