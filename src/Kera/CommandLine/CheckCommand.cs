using System.CommandLine;
using Kera.Base.District;
using NodaTime;

namespace Kera.CommandLine;

/// <summary><c>kera check</c>: every mistake in a district's files, at once.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Check a district's files: every mistake with its file, line and remedy, all at once. Changes nothing.");
        var folder = new Argument<string>("DISTRICT") { Description = "The folder of the district's files." };
        var json = Printing.JsonOption();
        command.Add(folder);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var directory = parsed.GetRequiredValue(folder);
            if (!Directory.Exists(directory))
            {
                throw new MisuseException($"There is no folder '{directory}'. Name the one that holds district.yaml.");
            }

            var reading = DistrictFiles.Read(directory, SystemClock.Instance.GetCurrentInstant());
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteJson(new { district = reading.Model?.Header.Key, mistakes = reading.Mistakes });
            }
            else if (reading.Model is { } model)
            {
                output.WriteLine($"{model.Header.Key}: no mistakes. {model.Agents.Count} agents, {model.Places.Count} places, {model.Resources.Count} resources, {model.Flows.Count} flows, {model.Factors.Count} emission factors, {model.History.Count} events of its history.");
            }
            else
            {
                foreach (var mistake in reading.Mistakes)
                {
                    output.WriteLine(Path.Combine(directory, mistake.ToString()));
                }

                parsed.InvocationConfiguration.Error.WriteLine(reading.Mistakes.Count == 1 ? "1 mistake." : $"{reading.Mistakes.Count} mistakes.");
            }

            return reading.Model is null ? ExitCode.FoundWrong : ExitCode.Fine;
        });
        return command;
    }
}
