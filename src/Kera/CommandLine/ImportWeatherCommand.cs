using System.CommandLine;
using Kera.Base.Access;
using Kera.Base.Readings;

namespace Kera.CommandLine;

/// <summary><c>kera import weather</c>: temperature, radiation and wind by the hour.</summary>
internal static class ImportWeatherCommand
{
    public static Command Create()
    {
        var command = new Command("weather", "Keep observed weather by the hour, in the Series weather.temperature (Cel), weather.radiation (W/m2) and weather.wind (m/s). Finer rows become the mean of their hour.");
        var place = new PlaceOptions();
        var options = new SeriesFileOptions();
        var headings = WeatherKind.All.ToDictionary(kind => kind, kind => new Option<string?>($"--{kind.Name}") { Description = $"The heading of the {kind.Name}, in {kind.Unit}.", HelpName = "C" });
        foreach (var option in headings.Values)
        {
            command.Add(option);
        }

        options.AddTo(command);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (stamps, step) = (options.Stamps(parsed), options.Step(parsed));
            var columns = headings.Where(heading => parsed.GetValue(heading.Value) is not null).ToDictionary(heading => heading.Key, heading => parsed.GetRequiredValue(heading.Value)!);
            if (columns.Count == 0)
            {
                throw new MisuseException("Name at least one column: --temperature C, --radiation C or --wind C.");
            }

            return await options.ImportAsync(
                parsed, place, (services, text) => services.GetRequiredService<WeatherImport>().RunAsync(text, stamps, options.TimeColumn(parsed), columns, step, Actor.Operator(), cancellation), Print, cancellation);
        });
        return command;
    }

    private static void Print(WeatherReport report, TextWriter output)
    {
        output.WriteLine(report.From is { } from ? $"{from} to {report.Until}, by the hour." : "No hours.");
        output.WriteColumns(["series", "added", "same", "replaced"], [.. report.Series.Select(kind => (IReadOnlyList<string>)[kind.Key, $"{kind.Value.Added}", $"{kind.Value.Same}", $"{kind.Value.Replaced}"])]);
        if (report.Empty > 0)
        {
            output.WriteLine($"{report.Empty} cells have no value: gaps, not zeros.");
        }

        if (report.Partial > 0)
        {
            output.WriteLine($"{report.Partial} hours were observed for less than half, and are gaps.");
        }
    }
}
