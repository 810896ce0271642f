using System.CommandLine;
using Kera.Base.Backup;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;

namespace Kera.CommandLine;

/// <summary><c>kera backup</c>: the store in one file, and who was erased in another.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var command = new Command("backup", "Write the data into one file, also while the server runs and writes, and verify it; its head is printed. The file holds names and addresses: keep it like the data.");
        var place = new PlaceOptions();
        var file = new Argument<string?>("FILE") { Description = "The backup to write.", Arity = ArgumentArity.ZeroOrOne };
        var erasures = new Option<string?>("--erasures") { Description = "Add to this file who was erased (random keys only). Keep it beside the backups; 'kera restore' erases them again.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace the file if it is there." };
        var json = Printing.JsonOption();
        command.Add(file);
        command.Add(erasures);
        command.Add(force);
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (target, list) = (parsed.GetValue(file), parsed.GetValue(erasures));
            if (target is null && list is null)
            {
                throw new MisuseException("Nothing to write: name a FILE for the backup, or one for the list with --erasures.");
            }

            await using var services = await place.OpenAsync(parsed, create: false, cancellation);
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            BackupManifest? manifest = null;
            if (target is not null)
            {
                var total = (await services.GetRequiredService<LedgerQueries>().HeadAsync(cancellation)).Position;
                using var progress = Progress.On(error);
                manifest = await services.GetRequiredService<StoreBackup>().WriteAsync(target, parsed.GetValue(force), progress.Watch(total, "entries"), cancellation);
            }

            // After the backup: whoever was erased meanwhile is on the list.
            var written = list is null ? null : await (await ErasureList.OfAsync(services.GetRequiredService<KeraStore>(), services.GetRequiredService<DistrictInForce>().Key, cancellation)).WriteAsync(list, cancellation);
            if (parsed.GetValue(json))
            {
                output.WriteJson(new { file = target, backup = manifest, erasures = written?.Erasures.Count });
            }
            else
            {
                await output.WriteAsync((manifest is null ? "" : $"Sound: {manifest.Position} entries, head {manifest.Head}, in {target}.\n") + (written is null ? "" : $"{written.Erasures.Count} erased persons in {list}.\n"));
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
