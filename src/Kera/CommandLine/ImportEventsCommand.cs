using System.CommandLine;
using Kera.Base.Access;
using Kera.Base.Ledger;

namespace Kera.CommandLine;

/// <summary><c>kera import events</c>: events, one a line, in the API's JSON.</summary>
internal static class ImportEventsCommand
{
    public static Command Create()
    {
        var command = new Command("events", "Record the events of a file, one a line in the API's JSON. Stops at the first that is wrong; what was recorded stays, and importing again adds nothing.");
        var place = new PlaceOptions();
        var file = new Argument<string>("FILE") { Description = "The file, as JSON lines in UTF-8." };
        var json = Printing.JsonOption();
        command.Add(file);
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            using var progress = Progress.On(error);
            await using var stream = ImportCommand.Open(path);
            await using var services = await place.OpenAsync(parsed, create: true, cancellation);
            var report = await new EventFile(services.GetRequiredService<LedgerWriter>()).ImportAsync(
                stream,
                Actor.Operator(),
                (bytes, events) => progress.Show(bytes, stream.Length, $"{events:N0} events"),
                cancellation);
            progress.Dispose();
            if (parsed.GetValue(json))
            {
                output.WriteJson(report);
            }
            else
            {
                await output.WriteLineAsync($"{report.Recorded} recorded, {report.Same} were there{(report.Stopped is { } at ? $", stopped at line {at.Line}" : "")}.");
            }

            if (report.Stopped is not { } stop)
            {
                return ExitCode.Fine;
            }

            await error.WriteLineAsync($"{path}:{stop.Line}: {stop.Field}: {stop.Sentence}");
            return ExitCode.FoundWrong;
        });
        return command;
    }
}
