using System.Globalization;
using System.Xml.Linq;
using Kera.Base.Access;
using Kera.Base.Readings;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Feeds;

/// <summary>
/// Temperature, wind and radiation from the WFS of the Finnish Meteorological Institute (simple features, BsWfsElement), every ten
/// minutes of the last three days at each run.
/// </summary>
public sealed class FmiWeather(FeedSettings settings, FeedClient client, WeatherImport weather, IClock clock, ILogger<FmiWeather> logger)
{
    private const string Source = "FMI";
    private static readonly Duration Back = Duration.FromDays(3);
    private static readonly Duration Step = Duration.FromMinutes(10);

    // A radiometer that looks at a clear night loses some heat to it, and shows a little less than nothing.
    private static readonly ExactNumber NightOffset = ExactNumber.Fraction(-10, 1);

    private static readonly (WeatherKind Kind, string Parameter)[] Parameters = [(WeatherKind.Temperature, "t2m"), (WeatherKind.Wind, "ws_10min"), (WeatherKind.Radiation, "glob_1min")];

    /// <summary>Fetches and keeps the hours that are over.</summary>
    /// <exception cref="FeedException">They cannot be fetched or read, or there are none; nothing is kept.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = Hours.Of(clock.GetCurrentInstant());
        var air = Parse(await client.FetchAsync(Source, Address("fmi::observations::weather::simple", "t2m,ws_10min", now), key: null, cancellation));
        var sun = Parse(await client.FetchAsync(Source, Address("fmi::observations::radiation::simple", "glob_1min", now), key: null, cancellation));
        var hours = Parameters.Select(each => (each.Kind, WeatherImport.Means(Observed(each.Kind, (each.Kind == WeatherKind.Radiation ? sun : air).GetValueOrDefault(each.Parameter), now), Step).Hours)).ToList();
        if (hours.TrueForAll(each => each.Hours.Count == 0))
        {
            throw new FeedException(Source, "the place of the setting Feeds:Fmi:Place has no observations of the last three days.");
        }

        foreach (var (kind, values) in hours.Where(each => each.Hours.Count > 0))
        {
            var kept = await weather.AppendAsync(kind, values, Actor.Job(), cancellation);
            if (kept.Added + kept.Replaced > 0)
            {
                logger.LogInformation("FMI: of {Kind} {Added} hours added, {Replaced} replaced.", kind.Name, kept.Added, kept.Replaced);
            }
        }
    }

    /// <summary>Reads a document.</summary>
    /// <returns>By parameter in lower case, its observations; <c>NaN</c> is a gap.</returns>
    /// <exception cref="FeedException">It is not of the published form, or no whole one.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<Instant, ExactNumber>> Parse(byte[] document)
    {
        var root = FeedClient.Xml(Source, document);
        if (root.Name.LocalName != "FeatureCollection")
        {
            throw new FeedException(Source, "the document is no wfs:FeatureCollection.");
        }

        var parameters = new Dictionary<string, Dictionary<Instant, ExactNumber>>(StringComparer.OrdinalIgnoreCase);
        foreach (var element in root.Descendants().Where(element => element.Name.LocalName == "BsWfsElement"))
        {
            var (time, name, value) = (Text(element, "Time"), Text(element, "ParameterName"), Text(element, "ParameterValue"));
            if (OffsetDateTimePattern.ExtendedIso.Parse(time) is not { Success: true, Value: var moment })
            {
                throw new FeedException(Source, "a Time is no moment, as 2026-01-31T23:00:00Z.");
            }

            if (value is "NaN")
            {
                continue;
            }

            if (!ExactNumber.TryParse(value, out var number))
            {
                throw new FeedException(Source, "a ParameterValue is neither a number nor NaN.");
            }

            if (!parameters.TryGetValue(name, out var observations))
            {
                parameters[name] = observations = [];
            }

            if (!observations.TryAdd(moment.ToInstant(), number) && observations[moment.ToInstant()] != number)
            {
                throw new FeedException(Source, "two values tell different things of the same moment, as of two stations.");
            }
        }

        return parameters.ToDictionary(each => each.Key, each => (IReadOnlyDictionary<Instant, ExactNumber>)each.Value, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<(Instant Start, ExactNumber Value)> Observed(WeatherKind kind, IEnumerable<KeyValuePair<Instant, ExactNumber>>? observations, Instant now)
    {
        foreach (var (start, value) in (observations ?? []).Where(each => each.Key < now))
        {
            var dark = kind == WeatherKind.Radiation && value.Numerator.Sign < 0 && (value - NightOffset).Numerator.Sign >= 0;
            yield return kind.Wrong(value) is null || dark ? (start, dark ? ExactNumber.Fraction(0, 1) : value) : throw new FeedException(Source, $"a value of {kind.Name} makes no sense: it is outside {kind.Least} to {kind.Most} {kind.Unit}.");
        }
    }

    private Uri Address(string query, string parameters, Instant now) => new(settings.Fmi.Url + QueryString.Create(
    [
        KeyValuePair.Create("service", (string?)"WFS"),
        KeyValuePair.Create("version", (string?)"2.0.0"),
        KeyValuePair.Create("request", (string?)"getFeature"),
        KeyValuePair.Create("storedquery_id", (string?)query),
        KeyValuePair.Create("place", (string?)settings.Fmi.Place),
        KeyValuePair.Create("maxlocations", (string?)"1"),
        KeyValuePair.Create("parameters", (string?)parameters),
        KeyValuePair.Create("timestep", (string?)Step.TotalMinutes.ToString(CultureInfo.InvariantCulture)),
        KeyValuePair.Create("starttime", (string?)InstantPattern.General.Format(now - Back)),
        KeyValuePair.Create("endtime", (string?)InstantPattern.General.Format(now)),
    ]));

    private static string Text(XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim() ?? throw new FeedException(Source, $"a BsWfsElement has no {name}.");
}
