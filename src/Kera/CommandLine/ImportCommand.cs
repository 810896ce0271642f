using System.CommandLine;

namespace Kera.CommandLine;

/// <summary><c>kera import</c>: files into the ledger.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Record what files say. Importing the same again adds nothing.") { ImportEventsCommand.Create(), ImportReadingsCommand.Create(), ImportMixCommand.Create() };

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
}
