using System.CommandLine;
using Kera.Base.Jobs;

namespace Kera.CommandLine;

/// <summary><c>kera jobs</c>: what recurs, and how it went.</summary>
internal static class JobsCommand
{
    public static Command Create()
    {
        var command = new Command("jobs", "Show the jobs of the server: their newest run, how it ended, when they are due. Ends with 1 where one failed.");
        var place = new PlaceOptions();
        var json = Printing.JsonOption();
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = await place.OpenAsync(parsed, create: false, cancellation);
            var jobs = await services.GetRequiredService<JobBoard>().ListAsync(cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteJson(jobs);
            }
            else
            {
                output.WriteColumns(["JOB", "BEGAN", "ENDED", "OUTCOME", "DUE", "ERROR"], [.. jobs.Select(job => (string[])
                    [job.Name, job.Started?.ToString() ?? "", job.Ended?.ToString() ?? "", job.Running ? "running" : job.Outcome, job.NextRun.ToString(), job.Error])]);
            }

            return jobs.All(job => job.Error.Length == 0) ? ExitCode.Fine : ExitCode.FoundWrong;
        });
        return command;
    }
}
