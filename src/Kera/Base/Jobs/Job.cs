using NodaTime;

namespace Kera.Base.Jobs;

/// <summary>When a job is due: some time after its last run, or at a time of day.</summary>
public sealed class JobTimes
{
    private readonly Duration _interval;
    private readonly LocalTime? _timeOfDay;

    private JobTimes(Duration interval, LocalTime? timeOfDay) => (_interval, _timeOfDay) = (interval, timeOfDay);

    /// <summary>Due at once where it never ran, then so long after the end of each run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is shorter than a second: no node looks more often.</exception>
    public static JobTimes Every(Duration interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, Duration.FromSeconds(1));
        return new JobTimes(interval, null);
    }

    /// <summary>
    /// Once a day at a local time of the district's zone; where clocks skip that time, as much later as they skip, where it
    /// is there twice, at the first. A day on which no node ran is made up for once, when one runs again.
    /// </summary>
    public static JobTimes Daily(LocalTime timeOfDay) => new(Duration.Zero, timeOfDay);

    /// <summary>When a job is due that never ran.</summary>
    public Instant First(Instant now, DateTimeZone zone) => _timeOfDay is null ? now : After(now, zone);

    /// <summary>When a job is due again that ran until now.</summary>
    public Instant After(Instant now, DateTimeZone zone)
    {
        if (_timeOfDay is not { } time)
        {
            return now + _interval;
        }

        for (var day = now.InZone(zone).Date; ; day = day.PlusDays(1))
        {
            var due = zone.AtLeniently(day + time).ToInstant();
            if (due > now)
            {
                return due;
            }
        }
    }
}

/// <summary>Something that recurs. Of all nodes on one database one runs it at a time.</summary>
/// <param name="Name">Its name in lists and logs; lower case, with dots: <c>outbox.send</c>. Two jobs of one name are a mistake.</param>
/// <param name="Times">When it is due.</param>
/// <param name="Work">
/// What it does, with services of a scope of its own. It must stop when told to, and must be able to begin again: a run ends in
/// the middle where the program stops, the node dies or the database cannot be reached for as long as its lease lasts.
/// An exception makes the run a failed one; its message is kept, so it must name no person.
/// </param>
public sealed record Job(string Name, JobTimes Times, Func<IServiceProvider, CancellationToken, Task> Work);

/// <summary>What is known of a job.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Running">Whether a node runs it now.</param>
/// <param name="Started">When its newest run began; null where it never ran.</param>
/// <param name="Ended">When its newest run that ended did.</param>
/// <param name="Outcome">How that one ended, in a word: never, done, failed, stopped.</param>
/// <param name="Error">Why it failed, in a sentence; empty where it did not.</param>
/// <param name="NextRun">When it is due.</param>
public sealed record JobStatus(string Name, bool Running, Instant? Started, Instant? Ended, string Outcome, string Error, Instant NextRun);
