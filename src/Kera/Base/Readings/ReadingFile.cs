using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using NodaTime;

namespace Kera.Base.Readings;

/// <summary>A row of a file of readings: the interval that begins at <paramref name="Start"/>.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Start">The beginning of its interval.</param>
/// <param name="Value">The number as written.</param>
public readonly record struct ReadingRow(long Line, Instant Start, ExactNumber Value);

/// <summary>What is in a file of readings.</summary>
/// <param name="Rows">Its rows, forward in time.</param>
/// <param name="Step">The length of every interval; intervals may be missing between rows.</param>
/// <param name="Empty">How many rows have no value: gaps, not zeros.</param>
public sealed record ReadingTable(IReadOnlyList<ReadingRow> Rows, Duration Step, int Empty);

/// <summary>A file of readings that cannot be taken as it is.</summary>
/// <param name="line">The line, from 1; null where the whole file is meant.</param>
/// <param name="field">The column or option.</param>
/// <param name="sentence">What is wrong and what would be right.</param>
public sealed class ReadingException(long? line, string field, string sentence)
    : Exception(line is null ? $"{field}: {sentence}" : string.Create(CultureInfo.InvariantCulture, $"line {line}: {field}: {sentence}"))
{
    /// <summary>The same with the file before it: <c>prices.csv:7: price: …</c>.</summary>
    /// <param name="file">As the command line names it.</param>
    public string In(string file) => line is null ? $"{file}: {field}: {sentence}" : string.Create(CultureInfo.InvariantCulture, $"{file}:{line}: {field}: {sentence}");
}

/// <summary>Reads a CSV file with a heading, a column of stamps and a column of numbers.</summary>
public static class ReadingFile
{
    /// <summary>Reads the whole file; nothing is taken of one with a mistake.</summary>
    /// <param name="text">The file.</param>
    /// <param name="valueColumn">The heading of the numbers; null for the only column beside the stamps.</param>
    /// <param name="timeColumn">The heading of the stamps; null for the first column.</param>
    /// <param name="stamps">How stamps are read.</param>
    /// <param name="step">The length of an interval; null to take the shortest distance between rows.</param>
    /// <param name="progress">Told the number of rows now and then.</param>
    /// <param name="valueOption">The option that names the numbers' heading, for the sentence where there is none.</param>
    /// <exception cref="ReadingException">The file has a mistake.</exception>
    public static ReadingTable Read(TextReader text, string? valueColumn, string? timeColumn, StampReader stamps, Duration? step, Action<int>? progress = null, string valueOption = "--column")
    {
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { DetectDelimiter = true, DetectDelimiterValues = [",", ";", "\t"] }, leaveOpen: true);
        List<ReadingRow> rows = [];
        var empty = 0;
        try
        {
            if (!csv.Read() || !csv.ReadHeader())
            {
                throw new ReadingException(null, "file", "it is empty. It needs a heading and rows.");
            }

            var time = timeColumn is null ? 0 : Column(csv, timeColumn, "--time-column");
            var value = valueColumn is null ? Other(csv, time) : Column(csv, valueColumn, valueOption);
            while (csv.Read())
            {
                var line = csv.Parser.RawRow;
                if (stamps.Read((csv.GetField(time) ?? "").Trim(), out var start) is { } wrong)
                {
                    throw new ReadingException(line, csv.HeaderRecord![time], wrong + ".");
                }

                if (rows.Count > 0 && start <= rows[^1].Start)
                {
                    throw new ReadingException(line, csv.HeaderRecord![time], $"{start} is not after the row before ({rows[^1].Start}). Rows go forward in time, one for each interval.");
                }

                var written = (csv.TryGetField<string>(value, out var field) ? field : "")!.Trim();
                if (written.Length == 0)
                {
                    empty++;
                }
                else if (!ExactNumber.TryParse(written, out var number))
                {
                    throw new ReadingException(line, csv.HeaderRecord![value].Trim(), $"'{written}' is no number. Write digits with a point (12.5, 1.2e-05), without grouping; leave the cell empty where nothing was read.");
                }
                else
                {
                    rows.Add(new ReadingRow(line, start, number));
                    if (rows.Count % 1_000 == 0)
                    {
                        progress?.Invoke(rows.Count);
                    }
                }
            }
        }
        catch (CsvHelperException mistake)
        {
            throw new ReadingException(mistake.Context?.Parser?.RawRow, "file", $"The row cannot be read: {mistake.Message.Split('\n')[0].Trim()} Check quotes and separators.");
        }

        return new ReadingTable(rows, StepOf(rows, step), empty);
    }

    private static int Column(CsvReader csv, string name, string option)
    {
        var found = Array.FindAll([.. Enumerable.Range(0, csv.HeaderRecord!.Length)], index => csv.HeaderRecord[index].Trim() == name);
        return found switch
        {
            [var only] => only,
            [] => throw new ReadingException(1, option, $"The file has no column '{name}'. It has: {string.Join(", ", csv.HeaderRecord.Select(heading => $"'{heading.Trim()}'"))}."),
            _ => throw new ReadingException(1, option, $"The file has the column '{name}' {found.Length} times. Rename all but one."),
        };
    }

    private static int Other(CsvReader csv, int time) =>
        csv.HeaderRecord!.Length == 2
            ? 1 - time
            : throw new ReadingException(1, "--column", $"The file has {csv.HeaderRecord.Length} columns, so name the one of the numbers. It has: {string.Join(", ", csv.HeaderRecord.Select(heading => $"'{heading.Trim()}'"))}.");

    private static Duration StepOf(List<ReadingRow> rows, Duration? given)
    {
        if (rows.Count == 0)
        {
            throw new ReadingException(null, "file", "it has no row with a value.");
        }

        if (given is null && rows.Count == 1)
        {
            throw new ReadingException(rows[0].Line, "file", "one row does not say how long its interval is. Say it with --step MINUTES.");
        }

        var step = given ?? Enumerable.Range(1, rows.Count - 1).Min(index => rows[index].Start - rows[index - 1].Start);
        var ticks = step.BclCompatibleTicks;
        for (var index = 1; index < rows.Count; index++)
        {
            if ((rows[index].Start - rows[index - 1].Start).BclCompatibleTicks % ticks != 0)
            {
                throw new ReadingException(rows[index].Line, "time", $"{rows[index].Start} is not a whole number of intervals of {step.TotalMinutes} min after the row before. Every interval of a file has the same length.");
            }
        }

        return step;
    }
}
