using System.Collections.Frozen;
using System.Numerics;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.Readings;

/// <summary>What an import of prices did.</summary>
/// <param name="Series">The key of the Series.</param>
/// <param name="Values">What became of its quarters of an hour.</param>
/// <param name="From">The first quarter.</param>
/// <param name="Until">The end of the last.</param>
/// <param name="Empty">Cells without a value: gaps, not zeros.</param>
/// <param name="Gaps">Quarters between the first and the last that have no price.</param>
public sealed record PriceReport(string Series, SeriesAppend Values, Instant From, Instant Until, int Empty, int Gaps);

/// <summary>
/// Keeps prices of the day-ahead market in one Series of quarters of an hour: an hour's price is that of each of its four quarters,
/// exactly, so that nothing changes on the day on which a market goes from hours to quarters (docs/decisions/0017).
/// </summary>
public sealed class PriceImport(SeriesStore series, Catalog catalog)
{
    /// <summary>The key of the Series, in EUR/MWh without value added tax.</summary>
    public static readonly string Key = "price.day-ahead";

    /// <summary>The step of the Series.</summary>
    public static readonly Duration Step = Duration.FromMinutes(15);

    /// <summary>In which units a file may be, and how many EUR/MWh one of each is.</summary>
    public static readonly FrozenDictionary<string, int> Units = new Dictionary<string, int> { ["EUR/MWh"] = 1, ["EUR/kWh"] = 1_000, ["ct/kWh"] = 10 }.ToFrozenDictionary(StringComparer.Ordinal);

    // No market of Europe clears beyond ±9,999 EUR/MWh, the limit within a day; the day before it is −500 to some +5,000. What is
    // beyond is a number of another unit.
    private static readonly Quantity Most = Quantity.Whole(10_000);

    // So many hours on end in a file of quarters are a file that changes its step; fewer may be gaps.
    private const int HoursInRow = 3;

    /// <summary>By what a number of a file is multiplied to be EUR/MWh without tax.</summary>
    /// <param name="unit">One of <see cref="Units"/>.</param>
    /// <param name="tax">The value added tax that the numbers include, in per cent of the price without it; not below zero.</param>
    public static ExactNumber Factor(string unit, ExactNumber tax) =>
        ExactNumber.Fraction(Units[unit], 1) * ExactNumber.Fraction(100 * tax.Denominator, (100 * tax.Denominator) + tax.Numerator);

    /// <summary>A price as it is kept, rounded half to even to millionths; null where it is beyond ±10,000 EUR/MWh, which no market pays.</summary>
    public static Quantity? Kept(ExactNumber price)
    {
        var millionths = (price * ExactNumber.Fraction(Quantity.One, 1)).RoundHalfEven();
        return BigInteger.Abs(millionths) <= Most.Millionths ? new Quantity((long)millionths) : null;
    }

    /// <summary>The quarters of an interval, each at its price.</summary>
    /// <param name="start">The beginning of the interval.</param>
    /// <param name="length">How long it is: whole quarters.</param>
    /// <param name="price">In EUR/MWh.</param>
    public static IEnumerable<SeriesValue> Quarters(Instant start, Duration length, Quantity price)
    {
        for (var at = start; at < start + length; at += Step)
        {
            yield return new SeriesValue(at, price, SeriesQuality.Measured);
        }
    }

    /// <summary>Keeps prices.</summary>
    /// <param name="quarters">In EUR/MWh, each a quarter of an hour.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">The Series is there with another step or unit, or a value is off the grid.</exception>
    public async Task<SeriesAppend> AppendAsync(IReadOnlyList<SeriesValue> quarters, Actor actor, CancellationToken cancellation)
    {
        var declared = await series.OpenAsync(new SeriesDeclaration(Key, "energy", "EUR/MWh", Step, catalog.AudienceId([Catalog.Public]), null), actor, cancellation);
        return await series.AppendAsync(declared, quarters, actor, cancellation);
    }

    /// <summary>Keeps a file.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="stamps">How its stamps are read.</param>
    /// <param name="timeColumn">The heading of the stamps; null for the first column.</param>
    /// <param name="column">The heading of the prices; null for the only other column.</param>
    /// <param name="step">The length of an interval; null to take the shortest distance between rows.</param>
    /// <param name="factor">By what numbers are multiplied: <see cref="Factor"/>.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="ReadingException">The file has a mistake; nothing of it is kept.</exception>
    public async Task<PriceReport> RunAsync(string text, StampReader stamps, string? timeColumn, string? column, Duration? step, ExactNumber factor, Actor actor, CancellationToken cancellation)
    {
        var table = ReadingFile.Read(new StringReader(text), column, timeColumn, stamps, step);
        CheckSteps(table, step is not null);
        List<SeriesValue> quarters = [.. table.Rows.SelectMany(row => Quarters(row.Start, table.Step, Price(row, column ?? "price", factor)))];
        var outcome = await AppendAsync(quarters, actor, cancellation);
        var (from, until) = (quarters[0].Start, quarters[^1].Start + Step);
        return new PriceReport(Key, outcome, from, until, table.Empty, (int)((until - from) / Step) - quarters.Count);
    }

    private static Quantity Price(ReadingRow row, string field, ExactNumber factor) =>
        Kept(row.Value * factor) ?? throw new ReadingException(row.Line, field, "a price beyond ±10,000 EUR/MWh is none of the day-ahead market, whose own limits are narrower. Say in which unit the numbers are: --unit EUR/MWh, EUR/kWh or ct/kWh.");

    private static void CheckSteps(ReadingTable table, bool given)
    {
        if (table.Step > Hours.Length || Hours.Length.BclCompatibleTicks % table.Step.BclCompatibleTicks != 0 || table.Step.BclCompatibleTicks % Step.BclCompatibleTicks != 0)
        {
            throw new ReadingException(null, "time", $"intervals of {table.Step.TotalMinutes} minutes are no prices of a day-ahead market. Give hours, halves or quarters of an hour; a file with a few rows far apart says with --step MINUTES how long they are.");
        }

        var hours = 0;
        for (var index = 0; index < table.Rows.Count; index++)
        {
            var row = table.Rows[index];
            if (row.Start.ToUnixTimeTicks() % Step.BclCompatibleTicks != 0)
            {
                throw new ReadingException(row.Line, "time", $"{row.Start} is no beginning of a quarter of an hour. Prices hold from :00, :15, :30 or :45.");
            }

            hours = index > 0 && row.Start - table.Rows[index - 1].Start == Hours.Length ? hours + 1 : 0;
            if (hours == HoursInRow && table.Step < Hours.Length && !given)
            {
                throw new ReadingException(row.Line, "time", $"rows are an hour apart here, and {table.Step.TotalMinutes} minutes elsewhere. Cut the file where the length of its intervals changes and import both parts; or say --step {table.Step.TotalMinutes} if the rows between are missing.");
            }
        }
    }
}
