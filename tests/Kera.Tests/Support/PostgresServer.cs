using System.Diagnostics;
using Kera.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Kera.Tests.Support;

/// <summary>
/// The PostgreSQL server that the tests of one assembly share: the one that KERA_TESTS_POSTGRES names by a
/// connection string, or else a throwaway one, started when first asked for and stopped with the tests.
/// xUnit hands it to any test class or fixture that takes it in its constructor.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly SemaphoreSlim starting = new(1, 1);
    private Process? throwaway;
    private string? connectionString;
    private string? missing;

    /// <summary>
    /// Creates an empty database. Skips the calling test, with the remedy, where no server is to be had: call it in a
    /// test or its class's InitializeAsync, not in a fixture's, where xUnit takes a skip for a failure.
    /// </summary>
    public async Task<PostgresDatabase> CreateDatabaseAsync()
    {
        var server = await StartAsync();
        if (server is null)
        {
            Requires.Missing(missing!);
        }

        return await PostgresDatabase.CreateAsync(server);
    }

    public async ValueTask DisposeAsync()
    {
        starting.Dispose();
        if (throwaway is not null)
        {
            throwaway.StandardInput.Close();
            await throwaway.WaitForExitAsync();
            throwaway.Dispose();
        }
    }

    private async Task<string?> StartAsync()
    {
        await starting.WaitAsync();
        try
        {
            if (connectionString is null && missing is null)
            {
                connectionString = Environment.GetEnvironmentVariable("KERA_TESTS_POSTGRES");
                if (string.IsNullOrEmpty(connectionString))
                {
                    await StartThrowawayAsync();
                }
            }

            return connectionString;
        }
        finally
        {
            starting.Release();
        }
    }

    private async Task StartThrowawayAsync()
    {
        var script = RepositoryRoot.Combine("tests", "Kera.Tests", "Support", "throwaway-postgres.sh");
        throwaway = Process.Start(new ProcessStartInfo("sh", [script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        connectionString = await throwaway.StandardOutput.ReadLineAsync();
        if (connectionString is null)
        {
            missing = "No PostgreSQL for this test; name one in KERA_TESTS_POSTGRES or install it. "
                + (await throwaway.StandardError.ReadToEndAsync()).TrimEnd();
        }
    }
}
