using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.Readings;

/// <summary>Something of the weather that is observed.</summary>
/// <param name="Name">Its name in options and sentences.</param>
/// <param name="Key">The key of its Series.</param>
/// <param name="Unit">The UCUM code of its values.</param>
/// <param name="Least">The least that makes sense.</param>
/// <param name="Most">The most.</param>
public sealed record WeatherKind(string Name, string Key, string Unit, int Least, int Most)
{
    /// <summary>Of the air, two metres above the ground. Finland's records are −51.5 and +37.2 °C.</summary>
    public static readonly WeatherKind Temperature = new("temperature", "weather.temperature", "Cel", -60, 60);

    /// <summary>Of sun and sky on the level. Above the air it is 1,361 W/m2; below, edges of clouds add to it for minutes.</summary>
    public static readonly WeatherKind Radiation = new("radiation", "weather.radiation", "W/m2", 0, 2_000);

    /// <summary>The mean speed, not of gusts; the strongest gust ever measured was 113 m/s.</summary>
    public static readonly WeatherKind Wind = new("wind", "weather.wind", "m/s", 0, 120);

    /// <summary>Every kind.</summary>
    public static readonly IReadOnlyList<WeatherKind> All = [Temperature, Radiation, Wind];

    /// <summary>Whether a value makes sense; where not, a sentence on what would.</summary>
    public string? Wrong(ExactNumber value) =>
        (value - ExactNumber.Fraction(Least, 1)).Numerator.Sign < 0 || (value - ExactNumber.Fraction(Most, 1)).Numerator.Sign > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Name} is {Least} to {Most:N0} {Unit}. Leave the cell empty where nothing was observed.")
            : null;
}

/// <summary>What an import of weather did.</summary>
/// <param name="Series">By the key of the Series, what became of its hours.</param>
/// <param name="From">The first hour; null where there is none.</param>
/// <param name="Until">The end of the last.</param>
/// <param name="Empty">Cells without a value: gaps, not zeros.</param>
/// <param name="Partial">Hours of which less than half was observed: they are not kept.</param>
public sealed record WeatherReport(IReadOnlyDictionary<string, SeriesAppend> Series, Instant? From, Instant? Until, int Empty, int Partial);

/// <summary>Keeps observed weather by the hour: an hour's value is the mean of what was observed in it (docs/decisions/0017).</summary>
public sealed class WeatherImport(SeriesStore series, Catalog catalog)
{
    /// <summary>
    /// The hours of finer observations: each the mean of those in it, rounded half to even to millionths; measured where all of its parts are
    /// there, estimated where at least half are, else none.
    /// </summary>
    /// <param name="observations">In any order, each moment once.</param>
    /// <param name="step">From one observation to the next: an hour or a whole part of it.</param>
    /// <returns>The hours in order of time, and how many are missing because less than half of one was observed.</returns>
    public static (List<SeriesValue> Hours, int Partial) Means(IEnumerable<(Instant Start, ExactNumber Value)> observations, Duration step)
    {
        var parts = (int)(Hours.Length.BclCompatibleTicks / step.BclCompatibleTicks);
        List<SeriesValue> hours = [];
        var partial = 0;
        foreach (var hour in observations.GroupBy(each => Hours.Of(each.Start)).OrderBy(each => each.Key))
        {
            var (sum, count) = (ExactNumber.Fraction(0, 1), 0);
            foreach (var (_, value) in hour)
            {
                (sum, count) = (sum + value, count + 1);
            }

            if (count * 2 < parts)
            {
                partial++;
                continue;
            }

            var mean = (sum * ExactNumber.Fraction(Quantity.One, count)).RoundHalfEven();
            hours.Add(new SeriesValue(hour.Key, new Quantity((long)mean), count >= parts ? SeriesQuality.Measured : SeriesQuality.Estimated));
        }

        return (hours, partial);
    }

    /// <summary>Keeps hours of one kind.</summary>
    /// <param name="kind">Of what.</param>
    /// <param name="hours">In the kind's unit.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">The Series is there with another step or unit.</exception>
    public async Task<SeriesAppend> AppendAsync(WeatherKind kind, IReadOnlyList<SeriesValue> hours, Actor actor, CancellationToken cancellation)
    {
        var declared = await series.OpenAsync(new SeriesDeclaration(kind.Key, "energy", kind.Unit, Hours.Length, catalog.AudienceId([Catalog.Public]), null), actor, cancellation);
        return await series.AppendAsync(declared, hours, actor, cancellation);
    }

    /// <summary>Keeps a file.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="stamps">How its stamps are read.</param>
    /// <param name="timeColumn">The heading of the stamps; null for the first column.</param>
    /// <param name="columns">By kind, the heading of its column.</param>
    /// <param name="step">The length of an interval; null to take the shortest distance between rows.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellation">Stops between kinds.</param>
    /// <exception cref="ReadingException">The file has a mistake; nothing of it is kept.</exception>
    public async Task<WeatherReport> RunAsync(string text, StampReader stamps, string? timeColumn, IReadOnlyDictionary<WeatherKind, string> columns, Duration? step, Actor actor, CancellationToken cancellation)
    {
        // All is read before any is kept.
        List<(WeatherKind Kind, List<SeriesValue> Hours, int Partial, int Empty)> read = [.. columns.Select(column => Read(column.Key, ReadingFile.Read(new StringReader(text), column.Value, timeColumn, stamps, step, valueOption: $"--{column.Key.Name}"), column.Value))];
        var outcomes = new Dictionary<string, SeriesAppend>(StringComparer.Ordinal);
        foreach (var (kind, values, _, _) in read)
        {
            outcomes[kind.Key] = values.Count == 0 ? new SeriesAppend(0, 0, 0) : await AppendAsync(kind, values, actor, cancellation);
        }

        var starts = read.SelectMany(each => each.Hours.Select(hour => hour.Start)).ToList();
        return new WeatherReport(outcomes, starts.Count == 0 ? null : starts.Min(), starts.Count == 0 ? null : starts.Max() + Hours.Length, read.Sum(each => each.Empty), read.Sum(each => each.Partial));
    }

    private static (WeatherKind Kind, List<SeriesValue> Hours, int Partial, int Empty) Read(WeatherKind kind, ReadingTable table, string column)
    {
        if (table.Step > Hours.Length || Hours.Length.BclCompatibleTicks % table.Step.BclCompatibleTicks != 0)
        {
            throw new ReadingException(null, "time", $"intervals of {table.Step.TotalMinutes} minutes do not make up hours. Give hours, or whole parts of an hour; a file with a few rows far apart says with --step MINUTES how long they are.");
        }

        foreach (var row in table.Rows)
        {
            if (kind.Wrong(row.Value) is { } wrong)
            {
                throw new ReadingException(row.Line, column, wrong);
            }

            if (row.Start + table.Step > Hours.Of(row.Start) + Hours.Length)
            {
                throw new ReadingException(row.Line, "time", $"the interval from {row.Start} reaches into the next hour. Give intervals that make up whole hours.");
            }
        }

        var (hours, partial) = Means(table.Rows.Select(row => (row.Start, row.Value)), table.Step);
        return (kind, hours, partial, table.Empty);
    }
}
