using System.CommandLine;
using Kera.Base.Access;
using Kera.Base.Series;
using NodaTime;

namespace Kera.CommandLine;

/// <summary><c>kera series</c>: readings finer than the ledger, and private ones.</summary>
internal static class SeriesCommand
{
    public static Command Create() => new("series", "Series of readings, as the operator of this machine sees them.") { Show() };

    private static Command Show()
    {
        var command = new Command("show", "Print a Series as CSV (start,value,quality), or with --json as JSON.");
        var place = new PlaceOptions();
        var key = new Argument<string>("KEY") { Description = "The Series' key." };
        var json = Printing.JsonOption();
        command.Add(key);
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = await place.OpenAsync(parsed, create: false, cancellation);
            var (description, values) = await ReadAllAsync(services.GetRequiredService<SeriesStore>(), parsed.GetRequiredValue(key), cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteJson(new
                {
                    description.Key,
                    description.Unit,
                    step = (long)description.Step.TotalSeconds,
                    description.Owner,
                    description.Audience,
                    values = values.Select(value => new { value.Start, value = value.Value.ToDecimal(), quality = Word(value) }),
                });
                return ExitCode.Fine;
            }

            await output.WriteLineAsync("start,value,quality");
            foreach (var value in values)
            {
                await output.WriteLineAsync($"{value.Start},{value.Value},{Word(value)}");
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static async Task<(SeriesDescription Description, List<SeriesValue> Values)> ReadAllAsync(SeriesStore series, string key, CancellationToken cancellation)
    {
        List<SeriesValue> values = [];
        for (Instant? from = null; ;)
        {
            var page = await series.ReadAsync(key, Reader.Everything, from, cancellation: cancellation)
                ?? throw new MisuseException($"There is no Series '{key}'.");
            values.AddRange(page.Values);
            if (page.Next is not { } next)
            {
                return (page.Series, values);
            }

            from = next;
        }
    }

    private static string Word(SeriesValue value) => value.Quality.ToString().ToLowerInvariant();
}
