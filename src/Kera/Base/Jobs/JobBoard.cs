using System.Data.Common;
using System.Security.Cryptography;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Jobs;

/// <summary>
/// Which job is due, and who runs it: one row a job, taken by a lease that ends by itself where its holder dies. Nodes compare
/// leases with their own clocks, so clocks of nodes must agree to a few seconds.
/// </summary>
public sealed class JobBoard(KeraStore store, IClock clock)
{
    /// <summary>How long a lease lasts that is not renewed.</summary>
    public static readonly Duration Lease = Duration.FromMinutes(1);

    /// <summary>
    /// Enters jobs that are new, and brings forward those that are due earlier than was thought: a shortened interval counts at
    /// once.
    /// </summary>
    public async Task EnterAsync(IEnumerable<Job> jobs, DateTimeZone zone, CancellationToken cancellation = default)
    {
        var now = clock.GetCurrentInstant();
        await using var connection = await store.OpenConnectionAsync(cancellation);
        foreach (var job in jobs)
        {
            await ExecuteAsync(
                connection,
                """
                INSERT INTO job (name, next_run, outcome, error) VALUES (@name, @first, 0, '')
                ON CONFLICT (name) DO UPDATE SET next_run = @next WHERE job.next_run > @next
                """,
                cancellation,
                ("@name", job.Name), ("@first", Micro(job.Times.First(now, zone))), ("@next", Micro(job.Times.After(now, zone))));
        }
    }

    /// <summary>The names of jobs that are due and that nobody runs.</summary>
    public async Task<IReadOnlyList<string>> DueAsync(CancellationToken cancellation = default)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM job WHERE next_run <= @now AND (holder IS NULL OR lease_until <= @now) ORDER BY next_run, name";
        command.Bind("@now", Micro(clock.GetCurrentInstant()));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    /// <summary>Takes a job that is due, for as long as a lease lasts.</summary>
    /// <returns>The run, by which the lease is renewed and given back; null where another node was first or it is not due.</returns>
    public async Task<string?> TakeAsync(string name, CancellationToken cancellation = default)
    {
        var run = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var now = clock.GetCurrentInstant();
        await using var connection = await store.OpenConnectionAsync(cancellation);
        var taken = await ExecuteAsync(
            connection,
            "UPDATE job SET holder = @run, lease_until = @until, started = @now WHERE name = @name AND next_run <= @now AND (holder IS NULL OR lease_until <= @now)",
            cancellation,
            ("@run", run), ("@until", Micro(now + Lease)), ("@now", Micro(now)), ("@name", name));
        return taken == 1 ? run : null;
    }

    /// <summary>Renews a lease.</summary>
    /// <returns>Whether the run still had it; where not, another node may be running the job.</returns>
    public async Task<bool> RenewAsync(string name, string run, CancellationToken cancellation = default)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        return await ExecuteAsync(
            connection, "UPDATE job SET lease_until = @until WHERE name = @name AND holder = @run", cancellation,
            ("@until", Micro(clock.GetCurrentInstant() + Lease)), ("@name", name), ("@run", run)) == 1;
    }

    /// <summary>Records how a run ended and gives the lease back. Without effect where the run had lost it.</summary>
    public async Task EndAsync(string name, string run, JobOutcome outcome, string error, Instant next, CancellationToken cancellation = default)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await ExecuteAsync(
            connection,
            "UPDATE job SET holder = NULL, lease_until = NULL, ended = @now, outcome = @outcome, error = @error, next_run = @next WHERE name = @name AND holder = @run",
            cancellation,
            ("@now", Micro(clock.GetCurrentInstant())), ("@outcome", (int)outcome), ("@error", error), ("@next", Micro(next)), ("@name", name), ("@run", run));
    }

    /// <summary>Every job that ever was entered, by name.</summary>
    public async Task<IReadOnlyList<JobStatus>> ListAsync(CancellationToken cancellation = default)
    {
        var now = Micro(clock.GetCurrentInstant());
        await using var connection = await store.OpenConnectionAsync(cancellation);
        return [.. PlainRows.Read<JobRow>(connection).OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => new JobStatus(
            row.Name, row.LeaseUntil > now, Moment(row.Started), Moment(row.Ended), row.Outcome.ToString().ToLowerInvariant(), row.Error, DistrictCalendar.ToInstant(row.NextRun)))];
    }

    private static Task<int> ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellation, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Bind(name, value);
        }

        return RunAsync(command, cancellation);

        static async Task<int> RunAsync(DbCommand command, CancellationToken cancellation)
        {
            await using (command)
            {
                return await command.ExecuteNonQueryAsync(cancellation);
            }
        }
    }

    private static long Micro(Instant instant) => DistrictCalendar.ToMicroseconds(instant);

    private static Instant? Moment(long? microseconds) => microseconds is { } known ? DistrictCalendar.ToInstant(known) : null;
}
