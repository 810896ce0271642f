using System.Data;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;

namespace Kera.Base.Backup;

/// <summary>Takes backups while the server runs and writes.</summary>
public sealed class StoreBackup(KeraStore store, KeraPlace place, DistrictInForce district, LedgerVerifier verifier, IClock clock)
{
    /// <summary>
    /// Writes one file that holds the store as it was at one moment, and verifies it before it is put in its place. Writers are
    /// not held up. The file is its owner's alone to read.
    /// </summary>
    /// <param name="file">Where to.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <param name="progress">Told the number of entries verified, now and then.</param>
    /// <param name="cancellation">Stops; nothing is left behind.</param>
    /// <exception cref="BackupException">It cannot be written there, a program is missing, or what was written does not verify.</exception>
    public async Task<BackupManifest> WriteAsync(string file, bool overwrite, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        file = Path.GetFullPath(file);
        if (!overwrite && Path.Exists(file))
        {
            throw new BackupException($"There is something already: '{file}'. Give the backup another name, or replace it with --force.");
        }

        DirectoryInfo? work = null;
        try
        {
            // Beside the file, so that the same disk has room for both or for neither.
            work = BackupFile.EmptyFolder(file + ".work");
            var data = Path.Combine(work.FullName, BackupFile.DataEntry(store.IsPostgres ? "postgres" : "sqlite"));
            var (position, head) = store.IsPostgres ? await DumpAsync(data, progress, cancellation) : await CopyAsync(data, progress, cancellation);
            return await BackupFile.WriteAsync(
                file,
                data,
                new BackupManifest(0, store.IsPostgres ? "postgres" : "sqlite", district.Key, district.Demonstration, SchemaVersion.Newest(store.IsPostgres), clock.GetCurrentInstant().ToString(), position, Convert.ToHexStringLower(head), ""),
                cancellation);
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup cannot be written: {mistake.Message}");
        }
        finally
        {
            work?.Delete(recursive: true);
        }
    }

    /// <summary>A file of its own, written by SQLite from one moment's state; then it is read and verified as any store.</summary>
    private async Task<(long Position, byte[] Head)> CopyAsync(string data, IProgress<long>? progress, CancellationToken cancellation)
    {
        await using (var connection = await store.OpenConnectionAsync(cancellation))
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "VACUUM INTO @file";
            command.Parameters.Add(new SqliteParameter("@file", data));
            await command.ExecuteNonQueryAsync(cancellation);
        }

        return await StoreCheck.SqliteAsync(data, place.DistrictDirectory, progress, cancellation);
    }

    /// <summary>A dump by PostgreSQL's own program of one snapshot, which is verified beside it.</summary>
    private async Task<(long Position, byte[] Head)> DumpAsync(string data, IProgress<long>? progress, CancellationToken cancellation)
    {
        await using var connection = (NpgsqlConnection)await store.OpenConnectionAsync(cancellation);
        // As long as this transaction is open, others see what it sees.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await using var command = new NpgsqlCommand("SELECT pg_export_snapshot()", connection, transaction);
        var snapshot = (string)(await command.ExecuteScalarAsync(cancellation))!;
        await PostgresPrograms.DumpAsync(place.Postgres, snapshot, data, cancellation);
        var report = await verifier.VerifyAsync(progress: progress, snapshot: snapshot, cancellation: cancellation);
        StoreCheck.Require(report);
        // Whether the dump can be read again, as far as can be told without a database to put it into.
        await PostgresPrograms.ListAsync(data, cancellation);
        return (report.Entries, report.Head);
    }
}
