using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Feeds;

/// <summary>A mean power.</summary>
/// <param name="Start">From when.</param>
/// <param name="End">Until when.</param>
/// <param name="Megawatts">How much.</param>
public readonly record struct PowerReading(Instant Start, Instant End, ExactNumber Megawatts);

/// <summary>
/// Generation by kind from Fingrid's open data, a data set for each kind, into the Series of <c>kera import mix</c>: the last three days
/// at each run.
/// </summary>
public sealed class FingridMix(FeedSettings settings, FeedClient client, MixImport mixes, SeriesStore series, DistrictInForce district, IClock clock, ILogger<FingridMix> logger)
{
    private const string Source = "Fingrid";
    private const int MostRequests = 20;
    private static readonly Duration Back = Duration.FromDays(3);
    private static readonly ExactNumber Most = ExactNumber.Fraction(100_000, 1);

    /// <summary>Fetches and keeps what is new or has changed.</summary>
    /// <exception cref="FeedException">A data set cannot be fetched or read, or the mix is not declared; nothing is kept.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var mix = district.Model?.Carbon?.Mixes.GetValueOrDefault(settings.Fingrid.Mix) ?? throw new FeedException(Source, "carbon.yaml has no mix of the key in the setting Feeds:Fingrid:Mix.");
        var until = Hours.Of(clock.GetCurrentInstant());
        var requests = 0;
        List<(MixKind Kind, List<SeriesValue> Values, Duration Step)> read = [];
        foreach (var (key, dataset) in settings.Fingrid.Datasets.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            var kind = mix.Kinds.GetValueOrDefault(key) ?? throw new FeedException(Source, $"the mix '{mix.Key}' has no kind '{key}' of the setting Feeds:Fingrid:Datasets. It has {string.Join(", ", mix.Kinds.Keys)}.");
            List<PowerReading> readings = [];
            for (int? page = 1; page is { } number;)
            {
                if (++requests > MostRequests)
                {
                    throw new FeedException(Source, $"the data sets have more pages than the {MostRequests} that are asked for at once.");
                }

                var (more, next) = Parse(await client.FetchAsync(Source, Address(dataset, until - Back, until, number), settings.Fingrid.Key, cancellation), dataset);
                readings.AddRange(more);
                page = next is null || next > number ? next : throw new FeedException(Source, "its pages do not go forward.");
            }

            // Hours, unless a file was kept in finer steps before.
            var step = (await series.FindAsync(kind.Series(mix.Key), Reader.Everything, cancellation))?.Step ?? Hours.Length;
            read.Add((kind, Energy(readings, step), step));
        }

        // All is read before any is kept.
        foreach (var (kind, values, step) in read)
        {
            await KeepAsync(mix, kind, values, step, cancellation);
        }
    }

    /// <summary>Reads a page.</summary>
    /// <param name="document">The JSON.</param>
    /// <param name="dataset">Whose it must be.</param>
    /// <returns>Its readings, and the number of the following page; null where this is the last.</returns>
    /// <exception cref="FeedException">It is not of the published form, or no whole one.</exception>
    public static (IReadOnlyList<PowerReading> Readings, int? Next) Parse(byte[] document, int dataset)
    {
        try
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = 8 });
            List<PowerReading> readings = [];
            foreach (var row in json.RootElement.GetProperty("data").EnumerateArray())
            {
                if (row.GetProperty("datasetId").GetInt32() != dataset)
                {
                    throw new FeedException(Source, $"what came for the data set {dataset} is of another.");
                }

                var (start, end, value) = (Moment(row, "startTime"), Moment(row, "endTime"), row.GetProperty("value"));
                if (end <= start || end - start > Hours.Length)
                {
                    throw new FeedException(Source, $"an interval of the data set {dataset} does not end within an hour after it begins.");
                }

                // What is not known is a gap.
                if (value.ValueKind != JsonValueKind.Null)
                {
                    readings.Add(new PowerReading(start, end, Megawatts(value, dataset)));
                }
            }

            return (readings, json.RootElement.GetProperty("pagination").GetProperty("nextPage") is { ValueKind: not JsonValueKind.Null } next ? next.GetInt32() : null);
        }
        catch (Exception mistake) when (mistake is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new FeedException(Source, $"the document for the data set {dataset} is no whole JSON of the published form (data, pagination).");
        }
    }

    /// <summary>
    /// The energy of steps that readings cover wholly, in MWh, exactly but for the rounding half to even to millionths. A step is a gap where a
    /// part of it is missing, or where more was taken than given: that is no generation.
    /// </summary>
    /// <param name="readings">In any order; the same may be there twice.</param>
    /// <param name="step">How long a step is: an hour or a whole part of it.</param>
    /// <exception cref="FeedException">Two readings tell different things of the same time.</exception>
    public static List<SeriesValue> Energy(IEnumerable<PowerReading> readings, Duration step)
    {
        var (ticks, hour) = (step.BclCompatibleTicks, Hours.Length.BclCompatibleTicks);
        var steps = new SortedDictionary<long, (ExactNumber Sum, long Covered)>();
        PowerReading? before = null;
        foreach (var reading in readings.OrderBy(reading => reading.Start).ThenBy(reading => reading.End))
        {
            if (reading == before)
            {
                continue;
            }

            if (before is { } other && reading.Start < other.End)
            {
                throw new FeedException(Source, "two values tell different things of the same time.");
            }

            before = reading;
            var (at, end) = (reading.Start.ToUnixTimeTicks(), reading.End.ToUnixTimeTicks());
            while (at < end)
            {
                var start = at - (at % ticks);
                var part = Math.Min(end, start + ticks) - at;
                var (sum, covered) = steps.TryGetValue(start, out var there) ? there : (ExactNumber.Fraction(0, 1), 0);
                steps[start] = (sum + (reading.Megawatts * ExactNumber.Fraction(part, hour)), covered + part);
                at += part;
            }
        }

        return [.. steps.Where(each => each.Value.Covered == ticks && each.Value.Sum.Numerator.Sign >= 0)
            .Select(each => new SeriesValue(Instant.FromUnixTimeTicks(each.Key), new Quantity((long)(each.Value.Sum * ExactNumber.Fraction(Quantity.One, 1)).RoundHalfEven()), SeriesQuality.Measured))];
    }

    private async Task KeepAsync(DistrictMix mix, MixKind kind, List<SeriesValue> values, Duration step, CancellationToken cancellation)
    {
        if (values.Count == 0)
        {
            logger.LogInformation("Fingrid has no whole hour of {Kind}.", kind.Key);
            return;
        }

        // Only what is new goes on: hours that stand have been traced, and need not be again.
        var there = await series.ReadAsync(kind.Series(mix.Key), Reader.Everything, values[0].Start, values[^1].Start + step, cancellation: cancellation);
        var known = (there?.Values ?? []).ToHashSet();
        List<SeriesValue> changed = [.. values.Where(value => !known.Contains(value))];
        if (changed.Count > 0)
        {
            var kept = await mixes.AppendAsync(mix, kind, changed, step, Actor.Job(), cancellation);
            logger.LogInformation("Fingrid: of {Kind} {Added} values added, {Replaced} replaced.", kind.Key, kept.Added, kept.Replaced);
        }
    }

    private Uri Address(int dataset, Instant from, Instant until, int page)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"?startTime={InstantPattern.General.Format(from)}&endTime={InstantPattern.General.Format(until)}&format=json&page={page}&pageSize=20000&sortBy=startTime&sortOrder=asc");
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{settings.Fingrid.Url.TrimEnd('/')}/datasets/{dataset}/data{query}"));
    }

    private static Instant Moment(JsonElement row, string name) =>
        OffsetDateTimePattern.ExtendedIso.Parse(row.GetProperty(name).GetString() ?? "") is { Success: true, Value: var moment } ? moment.ToInstant() : throw new FormatException();

    private static ExactNumber Megawatts(JsonElement value, int dataset) =>
        value.ValueKind == JsonValueKind.Number && ExactNumber.TryParse(value.GetRawText(), out var number)
            ? BigInteger.Abs(number.Numerator) <= Most.Numerator * number.Denominator
                ? number
                : throw new FeedException(Source, $"a value of the data set {dataset} is beyond 100,000 MW.")
            : throw new FormatException();
}
