using System.CommandLine;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Readings;
using Kera.Flows;
using NodaTime;

namespace Kera.CommandLine;

/// <summary><c>kera import mix</c>: a grid's generation, a column for each kind, for the intensity of its hours.</summary>
internal static class ImportMixCommand
{
    public static Command Create()
    {
        var command = new Command("mix", "Keep a grid's generation by kind, so that each hour of its power has an intensity of its own. Columns are headed by the kinds that carbon.yaml declares.");
        var place = new PlaceOptions();
        var file = new Argument<string>("FILE") { Description = "The CSV file: a heading, then rows forward in time." };
        var mix = new Option<string?>("--mix") { Description = "The key of the mix in carbon.yaml; without it the only one.", HelpName = "M" };
        var zone = new Option<string>("--zone") { Description = "The zone of the stamps: a name as Europe/Helsinki, or a fixed offset as +00:00.", Required = true, HelpName = "Z" };
        var unit = new Option<string>("--unit") { Description = "The unit (UCUM) of the numbers: of energy, or of the mean power of an interval; without it MW.", HelpName = "U", DefaultValueFactory = _ => "MW" };
        var timeColumn = new Option<string?>("--time-column") { Description = "The heading of the stamps; without it the first column.", HelpName = "T" };
        var step = new Option<int?>("--step") { Description = "The length of an interval in minutes, for a file of one row; without it the shortest distance between rows.", HelpName = "MINUTES" };
        var column = new Option<string[]>("--column") { Description = "Which heading a kind has, as wind=wind_mw; may be given again. With it other columns are left out; without it every column but the stamps is headed by a kind.", HelpName = "KIND=C", DefaultValueFactory = _ => [] };
        var json = Printing.JsonOption();
        foreach (var option in new Option[] { mix, zone, unit, timeColumn, step, column, json })
        {
            command.Add(option);
        }

        command.Add(file);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!StampReader.TryCreate(parsed.GetRequiredValue(zone), out var stamps))
            {
                throw new MisuseException($"--zone: '{parsed.GetValue(zone)}' is no zone. Give a name as Europe/Helsinki, or a fixed offset as +00:00.");
            }

            if (!Unit.TryFind(parsed.GetValue(unit) ?? "", out var given) || given.Dimension is not ("power" or "energy"))
            {
                throw new MisuseException($"--unit: '{parsed.GetValue(unit)}' is no unit of power or energy. Use MW, kW, MWh, GWh or kWh; capitals count.");
            }

            if (parsed.GetValue(step) is <= 0 or > 60)
            {
                throw new MisuseException("--step: an interval of a mix lasts 1 to 60 minutes.");
            }

            var text = ImportCommand.ReadText(parsed.GetRequiredValue(file));
            await using var services = await place.OpenAsync(parsed, create: true, cancellation);
            var chosen = Choose(services.GetRequiredService<KeraPlace>(), parsed.GetValue(mix));
            var report = await services.GetRequiredService<MixImport>().RunAsync(chosen, text, stamps, parsed.GetValue(timeColumn), parsed.GetValue(step) is { } minutes ? Duration.FromMinutes(minutes) : null, given, Headings(parsed.GetValue(column) ?? []), Actor.Operator(), cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteJson(report);
                return ExitCode.Fine;
            }

            output.WriteLine(report.From is { } from ? $"{report.Mix}: {from} to {report.Until}." : $"{report.Mix}: no values.");
            output.WriteColumns(["kind", "added", "same", "replaced"], [.. report.Kinds.Select(kind => (IReadOnlyList<string>)[kind.Key, $"{kind.Value.Added}", $"{kind.Value.Same}", $"{kind.Value.Replaced}"])]);
            if (report.Empty > 0)
            {
                output.WriteLine($"{report.Empty} cells have no value: gaps, not zeros.");
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static Dictionary<string, string> Headings(string[] columns)
    {
        var headings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (column.Split('=', 2) is not [{ Length: > 0 } kind, { Length: > 0 } heading] || !headings.TryAdd(kind, heading))
            {
                throw new MisuseException($"--column: '{column}' is not KIND=HEADING, or its kind was named before. Write wind=wind_mw.");
            }
        }

        return headings;
    }

    private static DistrictMix Choose(KeraPlace place, string? key)
    {
        var reading = DistrictFiles.Read(place.DistrictDirectory);
        var mixes = (reading.Model ?? throw new DistrictException([.. reading.Mistakes.Select(mistake => Path.Combine(place.DistrictDirectory, mistake.ToString()))])).Carbon?.Mixes;
        return mixes is not { Count: > 0 } ? throw new MisuseException("The district's carbon.yaml declares no mix. Add one: mixes: - key: …, kinds: ….")
            : key is null ? mixes.Count == 1 ? mixes.Values.Single() : throw new MisuseException($"--mix: name one of {string.Join(", ", mixes.Keys)}.")
            : mixes.GetValueOrDefault(key) ?? throw new MisuseException($"--mix: there is no mix '{key}'. Use one of {string.Join(", ", mixes.Keys)}.");
    }
}
