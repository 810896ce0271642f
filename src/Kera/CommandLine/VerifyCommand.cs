using System.CommandLine;
using Kera.Base.Ledger;

namespace Kera.CommandLine;

/// <summary><c>kera verify</c>: the chain and everything kept beside it, computed anew.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "Compute every hash, balance and total anew and compare. With a published head also find a shortened or rewritten tail.");
        var place = new PlaceOptions();
        var head = new Option<string?>("--head") { Description = "The hash of a head that was published, 64 hexadecimal digits: it must be in the chain.", HelpName = "HASH" };
        var json = Printing.JsonOption();
        command.Add(head);
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var published = Hash(parsed.GetValue(head));
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            await using var services = await place.OpenAsync(parsed, create: false, cancellation);
            var total = (await services.GetRequiredService<LedgerQueries>().HeadAsync(cancellation)).Position;
            using var progress = Progress.On(error);
            var report = await services.GetRequiredService<LedgerVerifier>().VerifyAsync(published, progress.Watch(total, "entries"), cancellation: cancellation);
            progress.Dispose();
            var hash = Convert.ToHexStringLower(report.Head);
            if (parsed.GetValue(json))
            {
                output.WriteJson(new { report.Sound, report.Entries, head = hash, report.PublishedAt, faults = report.Faults });
            }
            else
            {
                foreach (var fault in report.Faults)
                {
                    await output.WriteLineAsync($"{fault.Where}: {fault.What}");
                }

                await output.WriteLineAsync(report.Sound
                    ? $"Sound: {report.Entries} entries, head {hash}{(report.PublishedAt is { } position ? $"; the published head is position {position}" : "")}."
                    : $"Not sound: {report.Faults.Count}{(report.Faults.Count >= LedgerVerifier.MostFaults ? " or more" : "")} faults in {report.Entries} entries.");
            }

            return report.Sound ? ExitCode.Fine : ExitCode.FoundWrong;
        });
        return command;
    }

    /// <summary>A hash as it was given.</summary>
    /// <exception cref="MisuseException">It is none.</exception>
    public static byte[]? Hash(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return text.Length == 64 && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw new MisuseException("--head: a head is 64 hexadecimal digits, as 'kera verify' prints it.");
    }
}
