using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Microsoft.Data.Sqlite;

namespace Kera.Base.Backup;

/// <summary>Whether a copy of a store is good: its pages, and its chain with everything beside it.</summary>
internal static class StoreCheck
{
    /// <summary>Checks a copy in a file of the name that stores have; brings an older one up to this program's schema.</summary>
    /// <exception cref="BackupException">It is not good.</exception>
    public static async Task<(long Position, byte[] Head)> SqliteAsync(string data, string districtDirectory, IProgress<long>? progress, CancellationToken cancellation)
    {
        await RequirePagesAsync(data, cancellation);
        await using var services = await KeraServices.OpenAsync(new KeraPlace(districtDirectory, Path.GetDirectoryName(data)!, "", Demonstration: false), cancellation);
        var report = await services.GetRequiredService<LedgerVerifier>().VerifyAsync(progress: progress, cancellation: cancellation);
        Require(report);
        return (report.Entries, report.Head);
    }

    /// <summary>Refuses what does not verify.</summary>
    public static void Require(VerificationReport report)
    {
        if (!report.Sound)
        {
            throw new BackupException($"The data do not verify: {report.Faults[0].Where}: {report.Faults[0].What} ({report.Faults.Count} faults.) See 'kera verify'.", damaged: true);
        }
    }

    private static async Task RequirePagesAsync(string data, CancellationToken cancellation)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = data, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check(1)";
            if (await command.ExecuteScalarAsync(cancellation) is not "ok" and var fault)
            {
                throw new BackupException($"The database is damaged: {fault}", damaged: true);
            }
        }
        catch (SqliteException mistake)
        {
            throw new BackupException($"The database is damaged: {mistake.Message}", damaged: true);
        }
    }
}
