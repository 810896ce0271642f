using System.CommandLine;
using Kera.Base.Access;
using Kera.Base.Backup;
using Kera.Base.Hosting;

namespace Kera.CommandLine;

/// <summary><c>kera restore</c>: a backup becomes the data.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var command = new Command("restore", "Put a backup into a folder of data, or into an empty PostgreSQL database, after verifying it. Stop the server first.");
        var place = new PlaceOptions();
        var file = new Argument<string>("FILE") { Description = "The backup." };
        var force = new Option<bool>("--force") { Description = "Replace data that are in the folder." };
        var erasures = new Option<string?>("--erasures") { Description = "A list that 'kera backup --erasures' wrote: who is on it is erased again.", HelpName = "FILE" };
        var head = new Option<string?>("--head") { Description = "The hash of a head that was published, 64 hexadecimal digits: it must be in the backup's chain.", HelpName = "HASH" };
        var json = Printing.JsonOption();
        command.Add(file);
        command.Add(force);
        command.Add(erasures);
        command.Add(head);
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var published = VerifyCommand.Hash(parsed.GetValue(head));
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var target = KeraPlace.Of(KeraSettings.From(place.Configuration(parsed)));
            using var progress = Progress.On(error);
            var report = await StoreRestore.RunAsync(
                new RestoreRequest(parsed.GetRequiredValue(file), target, parsed.GetValue(force), parsed.GetValue(erasures), published), Actor.Operator(), progress.Watch(0, "entries"), cancellation);
            progress.Dispose();
            if (parsed.GetValue(json))
            {
                output.WriteJson(report);
            }
            else
            {
                await output.WriteLineAsync($"Restored and sound: {report.Backup.Position} entries, head {report.Backup.Head}, as of {report.Backup.Created}. {report.ErasedAgain} persons erased again, {report.Withheld} waiting messages withheld.");
            }

            if (parsed.GetValue(erasures) is null)
            {
                await error.WriteLineAsync($"No list of erasures was given: who was erased after {report.Backup.Created} is there again. Erase them with 'kera person erase'.");
            }

            await error.WriteLineAsync("Tokens that were revoked after the backup are valid again: see 'kera token list'.");
            return ExitCode.Fine;
        });
        return command;
    }
}
