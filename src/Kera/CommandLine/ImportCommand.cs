using System.CommandLine;
using System.Text;

namespace Kera.CommandLine;

/// <summary><c>kera import</c>: files into the ledger.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Record what files say. Importing the same again adds nothing.") { ImportEventsCommand.Create(), ImportReadingsCommand.Create(), ImportMixCommand.Create(), ImportPricesCommand.Create(), ImportWeatherCommand.Create() };

    /// <summary>Opens a file that the command line names.</summary>
    /// <exception cref="MisuseException">It cannot be opened.</exception>
    public static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite, Options = FileOptions.SequentialScan, BufferSize = 1 << 16 });
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{file} cannot be read: {mistake.Message}");
        }
    }

    /// <summary>The whole text of a file that the command line names.</summary>
    /// <exception cref="MisuseException">It cannot be opened, or is not UTF-8.</exception>
    public static string ReadText(string file)
    {
        using var text = new StreamReader(Open(file), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        try
        {
            return text.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new MisuseException($"{file} is not valid UTF-8. Save it as UTF-8.");
        }
    }
}
