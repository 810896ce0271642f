using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Kera.Base.Backup;

/// <summary>How a backup is to be restored.</summary>
/// <param name="File">The backup.</param>
/// <param name="Place">Where to: a folder of data, or an empty PostgreSQL database.</param>
/// <param name="Force">Whether data that are there are replaced; only in a folder.</param>
/// <param name="Erasures">A list of who was erased; null for none.</param>
/// <param name="Head">A published head, which must be the backup's chain's; hexadecimal, null for none.</param>
public sealed record RestoreRequest(string File, KeraPlace Place, bool Force, string? Erasures, byte[]? Head);

/// <summary>What was restored.</summary>
/// <param name="Backup">What the backup said of itself.</param>
/// <param name="ErasedAgain">How many persons were in it who had been erased since.</param>
/// <param name="Withheld">How many messages waited in it; they are not sent, for they may have been sent since.</param>
public sealed record RestoreReport(BackupManifest Backup, int ErasedAgain, int Withheld);

/// <summary>Puts a backup back, only when all of it is good.</summary>
public static class StoreRestore
{
    /// <summary>Checks the backup, unpacks it, verifies it, erases again who was erased since, and only then puts it in its place.</summary>
    /// <exception cref="BackupException">The backup is damaged, does not verify or does not fit, or the place is not free.</exception>
    public static async Task<RestoreReport> RunAsync(RestoreRequest request, Actor actor, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            return request.Place.Postgres.Length > 0 ? await IntoPostgresAsync(request, actor, progress, cancellation) : await IntoFolderAsync(request, actor, progress, cancellation);
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The data cannot be written: {mistake.Message}");
        }
    }

    private static async Task<RestoreReport> IntoFolderAsync(RestoreRequest request, Actor actor, IProgress<long>? progress, CancellationToken cancellation)
    {
        var folder = request.Place.DataDirectory;
        if (!request.Force && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new BackupException($"There is something already in {folder}. Name another folder with --data, or replace its data with --force.");
        }

        var made = !Directory.Exists(folder);
        var work = BackupFile.EmptyFolder(Path.Combine(folder, "restoring"));
        try
        {
            var unpacked = request.Place with { DataDirectory = work.FullName };
            var manifest = await BackupFile.ReadAsync(request.File, unpacked.DatabaseFile, cancellation);
            RequireFits(manifest, "sqlite");
            await StoreCheck.SqliteAsync(unpacked.DatabaseFile, unpacked.DistrictDirectory, progress, cancellation);
            var report = await SettleAsync(request, unpacked, manifest, actor, cancellation);
            await RequireUnusedAsync(request.Place.DatabaseFile, cancellation);
            foreach (var rest in new[] { "-wal", "-shm" })
            {
                File.Delete(request.Place.DatabaseFile + rest);
            }

            File.Move(unpacked.DatabaseFile, request.Place.DatabaseFile, overwrite: true);
            made = false;
            return report;
        }
        finally
        {
            work.Delete(recursive: true);
            if (made)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task<RestoreReport> IntoPostgresAsync(RestoreRequest request, Actor actor, IProgress<long>? progress, CancellationToken cancellation)
    {
        using (var store = request.Place.OpenStore())
        {
            await using var connection = await store.OpenConnectionAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')";
            if (Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture) > 0)
            {
                throw new BackupException("The database holds tables already. Make an empty one (createdb) and name it with --postgres.");
            }
        }

        var work = Directory.CreateTempSubdirectory("kera-restore-");
        try
        {
            var dump = Path.Combine(work.FullName, "kera.dump");
            var manifest = await BackupFile.ReadAsync(request.File, dump, cancellation);
            RequireFits(manifest, "postgres");
            await PostgresPrograms.RestoreAsync(request.Place.Postgres, dump, cancellation);
            await using (var services = await KeraServices.OpenAsync(request.Place, cancellation))
            {
                StoreCheck.Require(await services.GetRequiredService<LedgerVerifier>().VerifyAsync(progress: progress, cancellation: cancellation));
            }

            return await SettleAsync(request, request.Place, manifest, actor, cancellation);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>What is done to verified data before anyone may use them.</summary>
    private static async Task<RestoreReport> SettleAsync(RestoreRequest request, KeraPlace place, BackupManifest manifest, Actor actor, CancellationToken cancellation)
    {
        await using var services = await KeraServices.OpenAsync(place, cancellation);
        var (store, district) = (services.GetRequiredService<KeraStore>(), services.GetRequiredService<DistrictInForce>());
        var head = await services.GetRequiredService<LedgerQueries>().HeadAsync(cancellation);
        if (head.Position != manifest.Position || Convert.ToHexStringLower(head.Hash) != manifest.Head || district.Key != manifest.District)
        {
            throw new BackupException($"The data end at position {head.Position} of '{district.Key}', the manifest says {manifest.Position} of '{manifest.District}': they are not those that were backed up.", damaged: true);
        }

        if (request.Head is { } published && (await services.GetRequiredService<LedgerVerifier>().VerifyAsync(published, cancellation: cancellation)).PublishedAt is null)
        {
            throw new BackupException("The published head is not in this chain: the backup is older, or somebody rewrote it.", damaged: true);
        }

        var erasures = await ErasureList.OfAsync(store, district.Key, cancellation);
        if (request.Erasures is { } list)
        {
            erasures = erasures.With(await ErasureList.ReadAsync(list, cancellation));
        }

        var again = await services.GetRequiredService<PersonStore>().EraseAgainAsync(erasures.Erasures, actor, cancellation);
        await using var db = store.OpenContext();
        var withheld = await db.OutboxMessages.Where(message => message.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(rows => rows.SetProperty(row => row.State, OutboxState.Withheld).SetProperty(row => row.Ended, row => row.Created).SetProperty(row => row.Claim, (string?)null).SetProperty(row => row.ClaimedUntil, (long?)null), cancellation);
        // Sessions that were ended since, and codes that were used, would be good again: everyone signs in anew, and open codes are taken back.
        await db.Sessions.ExecuteDeleteAsync(cancellation);
        await db.Invitations.Where(row => row.Used == null && row.Revoked == null).ExecuteUpdateAsync(rows => rows.SetProperty(row => row.Revoked, row => row.Created), cancellation);
        await db.Jobs.ExecuteUpdateAsync(rows => rows.SetProperty(row => row.Holder, (string?)null).SetProperty(row => row.LeaseUntil, (long?)null), cancellation);
        Audit.Add(db, actor, services.GetRequiredService<NodaTime.IClock>().GetCurrentInstant(), "restore", $"backup of {manifest.Created} at position {manifest.Position}");
        await db.SaveChangesAsync(cancellation);
        return new RestoreReport(manifest, again, withheld);
    }

    private static void RequireFits(BackupManifest manifest, string provider)
    {
        if (manifest.Provider != provider)
        {
            throw new BackupException(manifest.Provider == "postgres"
                ? "This is a backup of a PostgreSQL database: name an empty one with --postgres."
                : "This is a backup of a SQLite file: name a folder with --data, and no database.");
        }

        if (string.CompareOrdinal(manifest.Schema, SchemaVersion.Newest(provider == "postgres")) > 0)
        {
            throw new BackupException($"The backup was made by a later Kera (schema {manifest.Schema}). Restore it with that.");
        }
    }

    /// <summary>Refuses while another process has the database open: it would go on writing into a file that is no more there.</summary>
    private static async Task RequireUnusedAsync(string file, CancellationToken cancellation)
    {
        if (!File.Exists(file))
        {
            return;
        }

        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ToString());
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        try
        {
            // In this mode SQLite wants the whole file for itself, which it has only where nobody else has it open. One by one:
            // in one command what fails after a statement that gives a row is not told.
            foreach (var statement in new[] { "PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE", "COMMIT" })
            {
                command.CommandText = statement;
                await command.ExecuteNonQueryAsync(cancellation);
            }
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode is 5 or 6)
        {
            throw new BackupException($"Another process has {file} open. Stop the server first.");
        }
        catch (SqliteException notOne) when (notOne.SqliteErrorCode is 11 or 26)
        {
            // What is replaced is damaged itself, which may be why.
        }
    }
}
