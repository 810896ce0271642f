using Kera.Base.Store;
using Kera.Features.Carbon;
using Kera.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Features.Carbon;

/// <summary>Tracing that is stopped, as when the program ends.</summary>
public sealed class StoppedCarbonTests(BuiltInKera kera) : IClassFixture<BuiltInKera>
{
    [Fact]
    public async Task Stopped_at_any_moment_it_lets_the_database_go()
    {
        var tracing = kera.App.Services.GetRequiredService<CarbonTracing>();
        var file = kera.App.Services.GetRequiredService<KeraStore>().SqliteFile;
        // A connection that hardly waits: where tracing still held the lock of writing, it would be refused.
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 2 }.ToString());
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await tracing.AdvanceAsync(TestContext.Current.CancellationToken);
        var stopped = 0;

        for (var turn = 0; turn < 40; turn++)
        {
            await using (var back = other.CreateCommand())
            {
                // Something to write: the chain went on.
                back.CommandText = "UPDATE carbon_state SET position = position - 1";
                await back.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            // While another writes, tracing waits for its turn, and is stopped before it has it: somewhere among so many moments.
            using var stopping = new CancellationTokenSource();
            Task advance;
            await using (other.BeginTransaction())
            {
                advance = Task.Run(() => tracing.AdvanceAsync(stopping.Token), TestContext.Current.CancellationToken);
                Thread.SpinWait(turn * 20_000);
                await stopping.CancelAsync();
            }

            try
            {
                await advance;
            }
            catch (OperationCanceledException)
            {
                stopped++;
            }
        }

        Assert.InRange(stopped, 1, 40);
    }
}
