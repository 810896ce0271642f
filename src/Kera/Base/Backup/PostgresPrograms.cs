using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Kera.Base.Backup;

/// <summary>PostgreSQL's own programs for dumping and restoring. The password goes by the environment, where others cannot see it.</summary>
internal static class PostgresPrograms
{
    public static Task DumpAsync(string connectionString, string snapshot, string file, CancellationToken cancellation) =>
        RunAsync("pg_dump", connectionString, ["--format=custom", "--no-owner", "--no-privileges", $"--snapshot={snapshot}", $"--file={file}"], cancellation);

    public static Task ListAsync(string file, CancellationToken cancellation) => RunAsync("pg_restore", null, ["--list", "--file=/dev/null", file], cancellation);

    public static Task RestoreAsync(string connectionString, string file, CancellationToken cancellation) =>
        RunAsync("pg_restore", connectionString, ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", $"--dbname={new NpgsqlConnectionStringBuilder(connectionString).Database}", file], cancellation);

    private static async Task RunAsync(string program, string? connectionString, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, ["--no-password", .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (connectionString is not null)
        {
            Connect(start.Environment, new NpgsqlConnectionStringBuilder(connectionString));
        }

        try
        {
            using var process = Process.Start(start)!;
            await using var stop = cancellation.Register(process.Kill);
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = await process.StandardError.ReadToEndAsync(CancellationToken.None);
            await output;
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
            {
                throw new BackupException($"{program} failed: {error.Trim()}");
            }
        }
        catch (Win32Exception)
        {
            throw new BackupException($"The program {program} is not installed here. Install PostgreSQL's client programs, of the server's version or later (Debian: apt-get install postgresql-client).");
        }
    }

    private static void Connect(IDictionary<string, string?> environment, NpgsqlConnectionStringBuilder connection)
    {
        environment["PGHOST"] = connection.Host;
        environment["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture);
        environment["PGUSER"] = connection.Username;
        environment["PGPASSWORD"] = connection.Password;
        environment["PGDATABASE"] = connection.Database;
        environment["PGSSLMODE"] = connection.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() };
        environment["PGSSLROOTCERT"] = connection.RootCertificate;
    }
}
