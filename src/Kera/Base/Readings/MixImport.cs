using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Readings;

/// <summary>What an import of a mix did.</summary>
/// <param name="Mix">Its key.</param>
/// <param name="Kinds">By kind, what became of its values.</param>
/// <param name="From">The first interval; null where there is none.</param>
/// <param name="Until">The end of the last.</param>
/// <param name="Empty">Cells without a value: gaps, not zeros.</param>
public sealed record MixReport(string Mix, IReadOnlyDictionary<string, SeriesAppend> Kinds, Instant? From, Instant? Until, int Empty);

/// <summary>Keeps the generation of a grid, kind by kind, in Series; whoever reckons with it is told from when on it is another.</summary>
public sealed class MixImport(SeriesStore series, Catalog catalog, KeraStore store)
{
    private static readonly Unit Megawatthour = Unit.Find("MWh");

    /// <summary>Keeps values of one kind.</summary>
    /// <param name="mix">The mix.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="values">In MWh an interval, in order.</param>
    /// <param name="step">How long an interval is: an hour or a whole part of it.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">The Series is there with another step.</exception>
    public async Task<SeriesAppend> AppendAsync(DistrictMix mix, MixKind kind, IReadOnlyList<SeriesValue> values, Duration step, Actor actor, CancellationToken cancellation)
    {
        var declared = await series.OpenAsync(new SeriesDeclaration(kind.Series(mix.Key), "mix", Megawatthour.Code, step, catalog.AudienceId([Catalog.Public]), null), actor, cancellation);
        // Due before, so that a program that ends in between has the hours reckoned again; and after, for who looked in between.
        await using var db = store.OpenContext();
        var before = new CarbonDueRow { Since = DistrictCalendar.ToMicroseconds(values[0].Start) };
        db.CarbonDues.Add(before);
        await db.SaveChangesAsync(cancellation);
        var outcome = await series.AppendAsync(declared, values, actor, cancellation);
        await db.CarbonDues.Where(row => row.Id == before.Id).ExecuteDeleteAsync(cancellation);
        if (outcome.Added + outcome.Replaced > 0)
        {
            db.CarbonDues.Add(new CarbonDueRow { Since = before.Since });
            await db.SaveChangesAsync(cancellation);
        }

        return outcome;
    }

    /// <summary>Keeps a file with a column for each kind.</summary>
    /// <param name="mix">The mix.</param>
    /// <param name="text">The whole file.</param>
    /// <param name="stamps">How its stamps are read.</param>
    /// <param name="timeColumn">The heading of the stamps; null for the first column.</param>
    /// <param name="step">The length of an interval; null to take the shortest distance between rows.</param>
    /// <param name="unit">Of the numbers: of energy, or of the mean power over an interval.</param>
    /// <param name="headings">By kind, the heading of its column; empty where headings are the kinds and all columns are read.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellation">Stops between kinds.</param>
    /// <exception cref="ReadingException">The file has a mistake; nothing of it is kept.</exception>
    public async Task<MixReport> RunAsync(DistrictMix mix, string text, StampReader stamps, string? timeColumn, Duration? step, Unit unit, IReadOnlyDictionary<string, string> headings, Actor actor, CancellationToken cancellation)
    {
        var tables = ReadKinds(mix, text, stamps, timeColumn, step, headings);
        // All is read before any is kept.
        List<(MixKind Kind, List<SeriesValue> Values, Duration Step)> read = [.. tables.Select(each => (each.Kind, Values(each.Kind, each.Table, unit), each.Table.Step))];
        var kinds = new Dictionary<string, SeriesAppend>(StringComparer.Ordinal);
        foreach (var (kind, values, length) in read)
        {
            kinds[kind.Key] = values.Count == 0 ? new SeriesAppend(0, 0, 0) : await AppendAsync(mix, kind, values, length, actor, cancellation);
        }

        var rows = tables.SelectMany(each => each.Table.Rows.Select(row => (row.Start, End: row.Start + each.Table.Step))).ToList();
        return new MixReport(mix.Key, kinds, rows.Count == 0 ? null : rows.Min(row => row.Start), rows.Count == 0 ? null : rows.Max(row => row.End), tables.Sum(each => each.Table.Empty));
    }

    private static List<SeriesValue> Values(MixKind kind, ReadingTable table, Unit unit)
    {
        if (table.Step > Hours.Length || 3_600 % table.Step.TotalSeconds != 0)
        {
            throw new ReadingException(null, kind.Key, $"intervals of {table.Step.TotalMinutes} minutes do not make up hours. Give hours, or whole parts of an hour.");
        }

        // Of power, times the interval's part of an hour; units of power and of energy have the same sizes.
        var factor = ExactNumber.Fraction(unit.Numerator, unit.Denominator * Megawatthour.Numerator)
            * (unit.Dimension == "power" ? ExactNumber.Fraction((long)table.Step.TotalSeconds, 3_600) : ExactNumber.Fraction(1, 1));
        return [.. table.Rows.Select(row => new SeriesValue(row.Start, Kept(row, kind, factor), SeriesQuality.Measured))];
    }

    private static Quantity Kept(ReadingRow row, MixKind kind, ExactNumber factor)
    {
        var millionths = (row.Value * factor * ExactNumber.Fraction(Quantity.One, 1)).RoundHalfEven();
        return millionths >= 0 && millionths <= long.MaxValue
            ? new Quantity((long)millionths)
            : throw new ReadingException(row.Line, kind.Key, "an amount below zero, or too large, is no generation: a kind that takes power is left out, or its cell empty.");
    }

    private static List<(MixKind Kind, ReadingTable Table)> ReadKinds(DistrictMix mix, string text, StampReader stamps, string? timeColumn, Duration? step, IReadOnlyDictionary<string, string> headings)
    {
        var found = (text.Split('\n')[0].TrimEnd('\r') is var first && first.Contains(';', StringComparison.Ordinal) ? first.Split(';') : first.Contains('\t', StringComparison.Ordinal) ? first.Split('\t') : first.Split(','))
            .Select(heading => heading.Trim().Trim('"').TrimStart('\uFEFF')).ToList();
        var time = timeColumn ?? found[0];
        var columns = headings.Count > 0 ? headings : found.Where(heading => heading != time).ToDictionary(heading => heading, heading => heading, StringComparer.Ordinal);
        var kinds = new List<(MixKind, ReadingTable)>();
        foreach (var (key, heading) in columns)
        {
            if (mix.Kinds.GetValueOrDefault(key) is not { } kind)
            {
                throw new ReadingException(1, key, $"the mix '{mix.Key}' has no such kind. {(Nearest.To(key, mix.Kinds.Keys) is { } nearest ? $"Did you mean '{nearest}'?" : $"It has {string.Join(", ", mix.Kinds.Keys)}.")} Where headings are others, say which are what: --column wind=\"Wind power, MW\".");
            }

            kinds.Add((kind, ReadingFile.Read(new StringReader(text), heading, time, stamps, step)));
        }

        return kinds.Count > 0 ? kinds : throw new ReadingException(1, "file", $"no column is a kind of the mix '{mix.Key}': {string.Join(", ", mix.Kinds.Keys)}.");
    }
}
