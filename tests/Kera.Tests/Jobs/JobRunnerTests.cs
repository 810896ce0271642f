using Kera.Base.Jobs;
using Kera.Base.Store;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Kera.Tests.Jobs;

public sealed class JobRunnerTests(PostgresServer server)
{
    private static readonly JobTimes Often = JobTimes.Every(Duration.FromMinutes(5));

    private readonly TestClock _clock = new();

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Of_several_nodes_one_runs_a_job(string provider)
    {
        await using var ledger = await LedgerHarness.OnAsync(provider, server);
        var runs = 0;
        var job = new Job("count", Often, (_, _) => Task.FromResult(Interlocked.Increment(ref runs)));
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NodeAsync(ledger.Store, job)));

        await RunAsync(nodes);
        Assert.Equal(1, runs);
        await RunAsync(nodes);
        Assert.Equal(1, runs);

        _clock.Advance(Duration.FromMinutes(5));
        await RunAsync(nodes);

        Assert.Equal(2, runs);
        Assert.Equal(new JobStatus("count", false, _clock.GetCurrentInstant(), _clock.GetCurrentInstant(), "done", "", _clock.GetCurrentInstant() + Duration.FromMinutes(5)), await StatusAsync(ledger.Store));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task When_a_node_dies_another_takes_over_once_the_lease_has_ended(string provider)
    {
        await using var ledger = await LedgerHarness.OnAsync(provider, server);
        var runs = 0;
        using var node = await NodeAsync(ledger.Store, new Job("count", Often, (_, _) => Task.FromResult(++runs)));
        // The node that dies has taken it and does no more.
        Assert.NotNull(await new JobBoard(ledger.Store, _clock).TakeAsync("count"));

        _clock.Advance(JobBoard.Lease - Duration.Epsilon * 1000);
        await RunAsync(node);
        Assert.Equal(0, runs);
        _clock.Advance(Duration.FromSeconds(1));
        await RunAsync(node);

        Assert.Equal(1, runs);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_lease_is_renewed_for_as_long_as_the_work_takes(string provider)
    {
        await using var ledger = await LedgerHarness.OnAsync(provider, server);
        var (begun, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var node = await NodeAsync(ledger.Store, new Job("long", Often, (_, stop) =>
        {
            begun.SetResult();
            return finish.Task.WaitAsync(stop);
        }));
        var run = Assert.Single(await node.RunDueAsync());
        await begun.Task;

        for (var quarters = 0; quarters < 20; quarters++)
        {
            await AdvanceToRenewalAsync(ledger.Store);
            Assert.Null(await new JobBoard(ledger.Store, _clock).TakeAsync("long"));
        }

        finish.SetResult();
        await run;
        Assert.Equal("done", (await StatusAsync(ledger.Store)).Outcome);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Work_that_lost_its_lease_is_told_to_stop_and_does_not_speak_for_its_successor(string provider)
    {
        await using var ledger = await LedgerHarness.OnAsync(provider, server);
        var begun = new TaskCompletionSource();
        using var node = await NodeAsync(ledger.Store, new Job("long", Often, async (_, stop) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
        }));
        var run = Assert.Single(await node.RunDueAsync());
        await begun.Task;
        await using (var db = ledger.Store.OpenContext())
        {
            await db.Jobs.ExecuteUpdateAsync(jobs => jobs.SetProperty(job => job.Holder, "another"));
        }

        _clock.Advance(JobBoard.Lease / 4);
        await run;

        await using var after = ledger.Store.OpenContext();
        var row = await after.Jobs.SingleAsync();
        Assert.Equal(("another", JobOutcome.Never), (row.Holder, row.Outcome));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_failure_is_told_and_the_job_comes_again(string provider)
    {
        await using var ledger = await LedgerHarness.OnAsync(provider, server);
        var well = false;
        using var node = await NodeAsync(ledger.Store, new Job("shaky", Often, (_, _) => well ? Task.CompletedTask : throw new InvalidOperationException("The feed is away.")));

        await RunAsync(node);
        var failed = await StatusAsync(ledger.Store);
        Assert.Equal(("failed", "The feed is away."), (failed.Outcome, failed.Error));

        well = true;
        _clock.Advance(Duration.FromMinutes(5));
        await RunAsync(node);
        var done = await StatusAsync(ledger.Store);
        Assert.Equal(("done", ""), (done.Outcome, done.Error));
    }

    [Fact]
    public async Task Work_that_was_stopped_is_due_again_at_once()
    {
        await using var ledger = await LedgerHarness.SqliteAsync();
        using var stopping = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        using var node = await NodeAsync(ledger.Store, new Job("long", Often, async (_, stop) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
        }));
        var run = Assert.Single(await node.RunDueAsync(stopping.Token));
        await begun.Task;
        await stopping.CancelAsync();
        await run;

        Assert.Equal("stopped", (await StatusAsync(ledger.Store)).Outcome);
        Assert.Equal(["long"], await new JobBoard(ledger.Store, _clock).DueAsync());
    }

    [Fact]
    public async Task Days_without_a_node_are_made_up_for_once()
    {
        await using var ledger = await LedgerHarness.SqliteAsync();
        var runs = 0;
        var job = new Job("nightly", JobTimes.Daily(new LocalTime(3, 30)), (_, _) => Task.FromResult(++runs));
        using var before = await NodeAsync(ledger.Store, job);
        await RunAsync(before);
        Assert.Equal(0, runs);

        _clock.Advance(Duration.FromDays(3));
        using var after = await NodeAsync(ledger.Store, job);
        await RunAsync(after);
        await RunAsync(after);

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_shorter_interval_counts_at_once()
    {
        await using var ledger = await LedgerHarness.SqliteAsync();
        using var yearly = await NodeAsync(ledger.Store, new Job("count", JobTimes.Every(Duration.FromDays(365)), (_, _) => Task.CompletedTask));
        await RunAsync(yearly);

        using var often = await NodeAsync(ledger.Store, new Job("count", Often, (_, _) => Task.CompletedTask));

        Assert.Equal(_clock.GetCurrentInstant() + Duration.FromMinutes(5), (await StatusAsync(ledger.Store)).NextRun);
    }

    [Fact]
    public async Task Two_jobs_of_one_name_are_a_mistake()
    {
        await using var ledger = await LedgerHarness.SqliteAsync();
        var job = new Job("count", Often, (_, _) => Task.CompletedTask);

        Assert.Contains("'count'", (await Assert.ThrowsAsync<InvalidOperationException>(() => NodeAsync(ledger.Store, job, job))).Message, StringComparison.Ordinal);
    }

    /// <summary>Lets a quarter of a lease go by and waits until the lease is renewed.</summary>
    private async Task AdvanceToRenewalAsync(KeraStore store)
    {
        _clock.Advance(JobBoard.Lease / 4);
        var renewed = Kera.Base.Ledger.DistrictCalendar.ToMicroseconds(_clock.GetCurrentInstant() + JobBoard.Lease);
        await using var db = store.OpenContext();
        while (await db.Jobs.AsNoTracking().AllAsync(job => job.LeaseUntil < renewed))
        {
            await Task.Yield();
        }
    }

    private async Task<JobStatus> StatusAsync(KeraStore store) => Assert.Single(await new JobBoard(store, _clock).ListAsync());

    private static async Task RunAsync(params IEnumerable<JobRunner> nodes)
    {
        var begun = await Task.WhenAll(nodes.Select(node => node.RunDueAsync()));
        await Task.WhenAll(begun.SelectMany(runs => runs));
    }

    private async Task<JobRunner> NodeAsync(KeraStore store, params Job[] jobs)
    {
        var services = new ServiceCollection().BuildServiceProvider();
        var board = new JobBoard(store, _clock);
        await using var host = WebApplication.CreateBuilder().Build();
        var runner = new JobRunner(jobs, board, services.GetRequiredService<IServiceScopeFactory>(), LedgerHarness.Helsinki, _clock, _clock.Time, host.Services.GetRequiredService<IHostApplicationLifetime>(), NullLogger<JobRunner>.Instance);
        await board.EnterAsync(jobs, LedgerHarness.Helsinki);
        return runner;
    }
}
