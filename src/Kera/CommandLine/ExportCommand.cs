using System.CommandLine;
using System.Text;
using Kera.Base.Ledger;

namespace Kera.CommandLine;

/// <summary><c>kera export</c>: the whole ledger for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create() => new("export", "Write the whole ledger out for other programs.")
    {
        Create("ledger", "A plain-text-accounting journal, which the programs ledger and hledger read.", (export, output, cancellation) => export.WriteJournalAsync(output, cancellation)),
        Create("csv", "A table with one row for each event.", (export, output, cancellation) => export.WriteCsvAsync(output, cancellation)),
    };

    private static Command Create(string name, string description, Func<LedgerExport, TextWriter, CancellationToken, Task> write)
    {
        var command = new Command(name, description);
        var place = new PlaceOptions();
        var file = new Option<string?>("--out") { Description = "The file to write; without it stdout.", HelpName = "FILE" };
        command.Add(file);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = await place.OpenAsync(parsed, create: false, cancellation);
            var export = services.GetRequiredService<LedgerExport>();
            if (parsed.GetValue(file) is { } path)
            {
                await using var output = Open(path);
                await write(export, output, cancellation);
            }
            else
            {
                await write(export, parsed.InvocationConfiguration.Output, cancellation);
                await parsed.InvocationConfiguration.Output.FlushAsync(cancellation);
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static StreamWriter Open(string path)
    {
        try
        {
            return new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{path} cannot be written: {mistake.Message}");
        }
    }
}
