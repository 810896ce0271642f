using System.Globalization;
using System.Xml.Linq;
using Kera.Base.Access;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Feeds;

/// <summary>
/// Day-ahead prices of the ENTSO-E Transparency Platform: its Publication_MarketDocument of the document type A44, from yesterday until
/// the end of tomorrow.
/// </summary>
public sealed class EntsoEPrices(FeedSettings settings, FeedClient client, PriceImport prices, IClock clock, ILogger<EntsoEPrices> logger)
{
    private const string Source = "ENTSO-E";
    private static readonly Duration LongestPeriod = Duration.FromDays(31);

    /// <summary>Fetches and keeps what there is.</summary>
    /// <exception cref="FeedException">It cannot be fetched or read; nothing of it is kept.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = Hours.Of(clock.GetCurrentInstant());
        var given = settings.EntsoE;
        // The platform takes the key of a GET in the address only.
        var query = QueryString.Create(
        [
            KeyValuePair.Create("securityToken", (string?)given.Key),
            KeyValuePair.Create("documentType", (string?)"A44"),
            KeyValuePair.Create("in_Domain", (string?)given.Area),
            KeyValuePair.Create("out_Domain", (string?)given.Area),
            KeyValuePair.Create("periodStart", (string?)Minute(now - Duration.FromDays(1))),
            KeyValuePair.Create("periodEnd", (string?)Minute(now + Duration.FromDays(2))),
        ]);
        var quarters = Parse(await client.FetchAsync(Source, new Uri(given.Url + query), key: null, cancellation));
        if (quarters.Count == 0)
        {
            logger.LogInformation("ENTSO-E has no prices for the area yet.");
            return;
        }

        var kept = await prices.AppendAsync(quarters, Actor.Job(), cancellation);
        if (kept.Added + kept.Replaced > 0)
        {
            logger.LogInformation("ENTSO-E: {Added} quarters of an hour added, {Replaced} replaced.", kept.Added, kept.Replaced);
        }
    }

    /// <summary>Reads a document.</summary>
    /// <returns>The quarters of an hour in order of time; none where the document says that there are no data.</returns>
    /// <exception cref="FeedException">It is not of the published form, or no whole one.</exception>
    public static IReadOnlyList<SeriesValue> Parse(byte[] document)
    {
        var root = FeedClient.Xml(Source, document);
        if (root.Name.LocalName == "Acknowledgement_MarketDocument")
        {
            return Children(root, "Reason").Any() ? [] : throw Mistake("an acknowledgement gives no reason.");
        }

        if (root.Name.LocalName != "Publication_MarketDocument")
        {
            throw Mistake("the document is no Publication_MarketDocument.");
        }

        var quarters = new SortedDictionary<Instant, (Duration Resolution, Quantity Price)>();
        var auctions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var series in Children(root, "TimeSeries"))
        {
            if (Text(series, "currency_Unit.name") != "EUR" || Text(series, "price_Measure_Unit.name") != "MWH")
            {
                throw Mistake("a TimeSeries is not in EUR for a MWh.");
            }

            // Some zones have several auctions, whose numbers have changed hands; which is the market's is not to be guessed.
            auctions.Add(Text(series, "classificationSequence_AttributeInstanceComponent.position") ?? "");
            var repeats = Text(series, "curveType") switch
            {
                "A03" => true,
                "A01" or null => false,
                _ => throw Mistake("a TimeSeries has a curveType that is neither A01 nor A03."),
            };
            foreach (var period in Children(series, "Period"))
            {
                Read(period, repeats, quarters);
            }
        }

        return auctions.Count switch
        {
            0 => throw Mistake("the document has no TimeSeries."),
            1 => [.. quarters.Select(quarter => PriceImport.Quarters(quarter.Key, PriceImport.Step, quarter.Value.Price).Single())],
            _ => throw Mistake("the document has prices of several auctions (classificationSequence), and only one can be kept."),
        };
    }

    private static void Read(XElement period, bool repeats, SortedDictionary<Instant, (Duration Resolution, Quantity Price)> quarters)
    {
        var resolution = Text(period, "resolution") switch
        {
            "PT15M" => Duration.FromMinutes(15),
            "PT30M" => Duration.FromMinutes(30),
            "PT60M" or "PT1H" => Duration.FromHours(1),
            _ => throw Mistake("a Period has a resolution that is none of PT15M, PT30M and PT60M."),
        };
        var interval = Children(period, "timeInterval").SingleOrDefault() ?? throw Mistake("a Period has no timeInterval.");
        var (start, end) = (Moment(Text(interval, "start")), Moment(Text(interval, "end")));
        var length = end - start;
        if (length <= Duration.Zero || length > LongestPeriod || length.BclCompatibleTicks % resolution.BclCompatibleTicks != 0 || start.ToUnixTimeTicks() % PriceImport.Step.BclCompatibleTicks != 0)
        {
            throw Mistake("a Period does not consist of whole intervals, or is longer than 31 days.");
        }

        var points = Points(period, (int)(length / resolution));
        Quantity? before = null;
        for (var at = 0; at < points.Length; at++)
        {
            if ((points[at] ?? (repeats ? before : null)) is { } price)
            {
                before = price;
                foreach (var quarter in PriceImport.Quarters(start + (resolution * at), resolution, price))
                {
                    Add(quarters, quarter, resolution);
                }
            }
        }
    }

    /// <summary>The prices by position; one that is missing is null. The first must be there.</summary>
    private static Quantity?[] Points(XElement period, int count)
    {
        var points = new Quantity?[count];
        foreach (var point in Children(period, "Point"))
        {
            if (!int.TryParse(Text(point, "position"), NumberStyles.None, CultureInfo.InvariantCulture, out var position) || position < 1 || position > count)
            {
                throw Mistake("a Point has no position within its Period.");
            }

            if (!ExactNumber.TryParse(Text(point, "price.amount") ?? "", out var amount))
            {
                throw Mistake("a Point has no number as its price.amount.");
            }

            var price = PriceImport.Kept(amount) ?? throw Mistake("a price is beyond ±10,000 EUR/MWh.");
            if (points[position - 1] is { } other && other != price)
            {
                throw Mistake("a position has two prices.");
            }

            points[position - 1] = price;
        }

        return points[0] is not null ? points : throw Mistake("a Period has no Point at its beginning.");
    }

    // Where hours and quarters tell of the same time, quarters count.
    private static void Add(SortedDictionary<Instant, (Duration Resolution, Quantity Price)> quarters, SeriesValue quarter, Duration resolution)
    {
        if (!quarters.TryGetValue(quarter.Start, out var there) || resolution < there.Resolution)
        {
            quarters[quarter.Start] = (resolution, quarter.Value);
        }
        else if (resolution == there.Resolution && there.Price != quarter.Value)
        {
            throw Mistake("the same time has two prices.");
        }
    }

    // The form's namespace has a version, and elements of one name mean the same in each.
    private static IEnumerable<XElement> Children(XElement element, string name) => element.Elements().Where(child => child.Name.LocalName == name);

    private static string? Text(XElement element, string name) => Children(element, name).FirstOrDefault()?.Value.Trim();

    private static Instant Moment(string? text) => text is not null && StampReader.TryReadWithOffset(text, out var moment) ? moment : throw Mistake("a timeInterval has no moment in UTC, as 2026-01-31T23:00Z.");

    private static string Minute(Instant instant) => instant.ToString("uuuuMMddHHmm", CultureInfo.InvariantCulture);

    private static FeedException Mistake(string sentence) => new(Source, sentence);
}
