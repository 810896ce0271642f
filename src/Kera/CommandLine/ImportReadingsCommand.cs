using System.CommandLine;
using System.Text;
using Kera.Base.Access;
using Kera.Base.Readings;
using Kera.Flows;
using NodaTime;

namespace Kera.CommandLine;

/// <summary><c>kera import readings</c>: a column of a CSV file into a declared flow.</summary>
internal static class ImportReadingsCommand
{
    public static Command Create()
    {
        var command = new Command("readings", "Record a column of a CSV file as readings of a declared flow. Each row is the interval that begins at its stamp; number × scale is its quantity.");
        var place = new PlaceOptions();
        var file = new Argument<string>("FILE") { Description = "The CSV file: a heading, then rows forward in time." };
        var column = new Option<string>("--column") { Description = "The heading of the numbers.", Required = true, HelpName = "C" };
        var flow = new Option<string>("--flow") { Description = "The key of the flow, as the district's flows.yaml declares it.", Required = true, HelpName = "F" };
        var zone = new Option<string>("--zone") { Description = "The zone of the stamps: a name as Europe/Helsinki, or a fixed offset as +01:00.", Required = true, HelpName = "Z" };
        var unit = new Option<string>("--unit") { Description = "The unit (UCUM) of number × scale, as kWh or MWh.", Required = true, HelpName = "U" };
        var scale = new Option<string>("--scale") { Description = "By what each number is multiplied, as 0.25 for a mean power over a quarter of an hour; without it 1.", HelpName = "X", DefaultValueFactory = _ => "1" };
        var timeColumn = new Option<string?>("--time-column") { Description = "The heading of the stamps; without it the first column.", HelpName = "T" };
        var step = new Option<int?>("--step") { Description = "The length of an interval in minutes; without it the shortest distance between rows.", HelpName = "MINUTES" };
        var owner = new Option<string?>("--owner") { Description = "Whose readings these are, for a private Series: a person's key.", HelpName = "PERSON" };
        var json = Printing.JsonOption();
        foreach (var option in new Option[] { column, flow, zone, unit, scale, timeColumn, step, owner, json })
        {
            command.Add(option);
        }

        command.Add(file);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!StampReader.TryCreate(parsed.GetRequiredValue(zone), out var stamps))
            {
                throw new MisuseException($"--zone: '{parsed.GetValue(zone)}' is no zone. Give a name as Europe/Helsinki, or a fixed offset as +01:00.");
            }

            if (!Unit.TryFind(parsed.GetRequiredValue(unit), out var given))
            {
                throw new MisuseException($"--unit: there is no unit '{parsed.GetValue(unit)}'. Use one of: {string.Join(", ", Unit.All)}; capitals count.");
            }

            if (!ExactNumber.TryParse(parsed.GetRequiredValue(scale), out var factor))
            {
                throw new MisuseException($"--scale: '{parsed.GetValue(scale)}' is no number. Write digits with a point.");
            }

            if (parsed.GetValue(step) is <= 0 or > 527_040)
            {
                throw new MisuseException("--step: an interval lasts 1 minute to 366 days.");
            }

            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var path = parsed.GetRequiredValue(file);
            using var progress = Progress.On(error);
            var length = parsed.GetValue(step) is { } minutes ? Duration.FromMinutes(minutes) : (Duration?)null;
            var table = Read(path, parsed.GetRequiredValue(column), parsed.GetValue(timeColumn), stamps, length);
            await using var services = await place.OpenAsync(parsed, create: true, cancellation);
            var report = await services.GetRequiredService<ReadingImport>().RunAsync(
                new ReadingRequest(parsed.GetRequiredValue(flow), table, factor, given, parsed.GetValue(owner)),
                Actor.Operator(),
                done => progress.Show(done, table.Rows.Count, $"{done:N0} hours"),
                cancellation);
            progress.Dispose();
            if (parsed.GetValue(json))
            {
                output.WriteJson(new { report.Flow, report.Unit, total = report.Total.ToDecimal(), report.Series, report.Values, report.Recorded, report.Corrected, report.Same, report.Partial, report.Empty, report.Stopped });
            }
            else
            {
                Print(report, output);
            }

            if (report.Stopped is null)
            {
                return ExitCode.Fine;
            }

            await error.WriteLineAsync($"{path}: stopped at {report.Stopped}");
            return ExitCode.FoundWrong;
        });
        return command;
    }

    private static ReadingTable Read(string path, string column, string? timeColumn, StampReader stamps, Duration? step)
    {
        using var text = new StreamReader(ImportCommand.Open(path), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        try
        {
            return ReadingFile.Read(text, column, timeColumn, stamps, step);
        }
        catch (DecoderFallbackException)
        {
            throw new MisuseException($"{path} is not valid UTF-8. Save it as UTF-8.");
        }
    }

    private static void Print(ReadingReport report, TextWriter output)
    {
        output.WriteLine($"{report.Flow}: {report.Total} {report.Unit} in all.");
        if (report.Values is { } values)
        {
            output.WriteLine($"Series {report.Series}: {values.Added} added, {values.Same} were there, {values.Replaced} replaced.");
        }

        if (report.Values is null || report.Recorded + report.Corrected + report.Same + report.Partial > 0)
        {
            output.WriteLine($"Ledger: {report.Recorded} recorded, {report.Same} were there, {report.Corrected} corrected.");
        }

        if (report.Partial > 0)
        {
            output.WriteLine($"{report.Partial} hours are not whole yet and wait for the rest of their readings.");
        }

        if (report.Empty > 0)
        {
            output.WriteLine($"{report.Empty} rows have no value: gaps, not zeros.");
        }
    }
}
