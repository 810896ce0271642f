using System.CommandLine;
using Kera.Base.Readings;
using NodaTime;

namespace Kera.CommandLine;

/// <summary>What every verb is told that keeps a file's columns in Series by the time of its rows.</summary>
internal sealed class SeriesFileOptions
{
    private readonly Argument<string> _file = new("FILE") { Description = "The CSV file: a heading, then rows forward in time." };
    private readonly Option<string> _zone = new("--zone") { Description = "The zone of the stamps: a name as Europe/Helsinki, or a fixed offset as +00:00.", Required = true, HelpName = "Z" };
    private readonly Option<string?> _timeColumn = new("--time-column") { Description = "The heading of the stamps; without it the first column.", HelpName = "T" };
    private readonly Option<int?> _step = new("--step") { Description = "The length of an interval in minutes, for a file of one row; without it the shortest distance between rows.", HelpName = "MINUTES" };
    private readonly Option<bool> _json = Printing.JsonOption();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _zone, _timeColumn, _step, _json })
        {
            command.Add(option);
        }

        command.Add(_file);
    }

    private string File(ParseResult parsed) => parsed.GetRequiredValue(_file);

    /// <summary>The heading of the stamps; null for the first column.</summary>
    public string? TimeColumn(ParseResult parsed) => parsed.GetValue(_timeColumn);

    /// <summary>How stamps are read.</summary>
    /// <exception cref="MisuseException">The zone is none.</exception>
    public StampReader Stamps(ParseResult parsed) => StampReader.TryCreate(parsed.GetRequiredValue(_zone), out var stamps)
        ? stamps
        : throw new MisuseException($"--zone: '{parsed.GetValue(_zone)}' is no zone. Give a name as Europe/Helsinki, or a fixed offset as +00:00.");

    /// <summary>Keeps the file and tells what became of it; what is wrong with it is told with its line.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="place">Where it is kept.</param>
    /// <param name="import">Keeps a text.</param>
    /// <param name="print">Tells it in words; with <c>--json</c> the report is written as it is.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<int> ImportAsync<TReport>(ParseResult parsed, PlaceOptions place, Func<IServiceProvider, string, Task<TReport>> import, Action<TReport, TextWriter> print, CancellationToken cancellation)
    {
        var text = ImportCommand.ReadText(File(parsed));
        await using var services = await place.OpenAsync(parsed, create: true, cancellation);
        TReport report;
        try
        {
            report = await import(services, text);
        }
        catch (ReadingException mistake)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(mistake.In(File(parsed)));
            return ExitCode.FoundWrong;
        }

        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            output.WriteJson(report);
        }
        else
        {
            print(report, output);
        }

        return ExitCode.Fine;
    }

    /// <summary>The length of an interval; null where the file says it.</summary>
    /// <exception cref="MisuseException">It is no length of an interval.</exception>
    public Duration? Step(ParseResult parsed) => parsed.GetValue(_step) switch
    {
        null => null,
        <= 0 or > 60 => throw new MisuseException("--step: an interval lasts 1 to 60 minutes."),
        { } minutes => Duration.FromMinutes(minutes),
    };
}
