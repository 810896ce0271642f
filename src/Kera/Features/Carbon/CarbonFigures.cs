using System.Globalization;
using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>
/// Carbon by name. The newest: <c>carbon.hour</c>, <c>carbon.day</c> (the last whole one), <c>carbon.month</c> and
/// <c>carbon.year</c> (until now), <c>carbon.pace</c> (a year, at the pace of the last twelve months),
/// <c>carbon.intensity.NETWORK</c>, by market <c>carbon.market.NETWORK</c> and of how much that is known <c>carbon.market-coverage.NETWORK</c>
/// (the newest hour), <c>carbon.room.PLACE</c> (this month). Of any time:
/// <c>carbon.total.2026-11-24</c>, <c>carbon.use.USE.2026-11</c>, <c>carbon.source.SOURCE.2026</c>,
/// <c>carbon.resource.RESOURCE.2026-11-24t12z</c>, <c>carbon.room.PLACE.2026-11</c>, <c>carbon.avoided.AVOIDANCE.2026-11</c>,
/// <c>carbon.resident.2026-11</c>, <c>carbon.job.2026-11</c>, and of a single event <c>carbon.event.12345</c>.
/// </summary>
public static class CarbonFigures
{
    private const string Prefix = "carbon.";

    internal static void Register(IServiceCollection services)
    {
        services.AddSingleton(Newest("carbon.hour", CarbonSpan.Hour, "carbon.hour.name"));
        services.AddSingleton(Newest("carbon.day", CarbonSpan.Day, "carbon.day.name"));
        services.AddSingleton(Newest("carbon.month", CarbonSpan.Month, "carbon.month.name"));
        services.AddSingleton(Newest("carbon.year", CarbonSpan.Year, "carbon.year.name"));
        services.AddSingleton(new Figure("carbon.pace", "carbon.pace.name", async (context, cancellation) => CarbonReckoner.Of(context) is { } reckoner ? await reckoner.PaceAsync(context.Now, cancellation) : null));
        services.AddSingleton(new Figure("carbon.per-resident", "carbon.resident.name", (context, cancellation) => OfNewestAsync(context, CarbonSpan.Day, (reckoner, time) => reckoner.PerPersonAsync(CarbonUser.Resident, time, cancellation), cancellation)));
        services.AddSingleton(new Figure("carbon.per-job", "carbon.job.name", (context, cancellation) => OfNewestAsync(context, CarbonSpan.Day, (reckoner, time) => reckoner.PerPersonAsync(CarbonUser.Job, time, cancellation), cancellation)));
        services.AddSingleton(new Figure("carbon.coverage", "carbon.coverage.name", (context, cancellation) => OfNewestAsync(context, CarbonSpan.Day, (reckoner, time) => reckoner.CoverageAsync(time, cancellation), cancellation)));
        services.AddSingleton(new Figure("carbon.handprint.month", "carbon.handprint.month.name", async (context, cancellation) =>
            CarbonReckoner.Of(context) is { } reckoner && await reckoner.Book.NewestAsync(CarbonSpan.Month, CarbonTime.Of(CarbonSpan.Month, context.Now, reckoner.Book.Zone).Start, cancellation) is { } month
                ? await reckoner.AvoidedAsync(null, month, cancellation) : null));
        services.AddSingleton(new FigureFamily(Intensities, Find));
    }

    /// <summary>The name of the figure of a period's total.</summary>
    public static string Total(CarbonTime time, DateTimeZone zone) => $"{Prefix}total.{time.Word(zone)}";

    /// <summary>The name of the figure of something in a period.</summary>
    /// <param name="what">use, source, resource, room or avoided.</param>
    /// <param name="key">Which.</param>
    /// <param name="time">When.</param>
    /// <param name="zone">The district's zone.</param>
    public static string Of(string what, string key, CarbonTime time, DateTimeZone zone) => $"{Prefix}{what}.{key}.{time.Word(zone)}";

    /// <summary>The name of the figure of residents or jobs in a period.</summary>
    public static string PerPerson(CarbonUser user, CarbonTime time, DateTimeZone zone) => $"{Prefix}{(user == CarbonUser.Resident ? "resident" : "job")}.{time.Word(zone)}";

    /// <summary>The name of the figure of a row of the inventory.</summary>
    public static string Inventory(InventoryLine line, CarbonTime time, DateTimeZone zone) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}inventory.{line.Subsector.Replace('.', '-').ToLowerInvariant()}-{line.Scope}.{time.Word(zone)}");

    /// <summary>The name of the figure of an event.</summary>
    public static string Event(long position) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}event.{position}");

    // What "newest" means: of hours and days those that are over, of months and years those that run.
    internal static async Task<CarbonTime?> NewestAsync(CarbonBook book, CarbonSpan span, Instant now, CancellationToken cancellation) =>
        await book.NewestAsync(span, span <= CarbonSpan.Day ? CarbonTime.Of(span, now, book.Zone).Start : now, cancellation);

    private static Figure Newest(string key, CarbonSpan span, string text) =>
        new(key, text, (context, cancellation) => OfNewestAsync(context, span, (reckoner, time) => reckoner.TotalAsync(time, cancellation), cancellation));

    private static async Task<FigureValue?> OfNewestAsync(FigureContext context, CarbonSpan span, Func<CarbonReckoner, CarbonTime, Task<FigureValue?>> reckon, CancellationToken cancellation)
    {
        var reckoner = CarbonReckoner.Of(context);
        return reckoner is not null && await NewestAsync(reckoner.Book, span, context.Now, cancellation) is { } time ? await reckon(reckoner, time) : null;
    }

    private static IReadOnlyList<Figure> Intensities(IServiceProvider services)
    {
        var catalog = services.GetRequiredService<Catalog>();
        return services.GetRequiredService<DistrictInForce>().Model?.Carbon is null ? [] :
        [
            .. catalog.Resources.All.Where(resource => resource.Noun.Throughput && !resource.Row.Retired).OrderBy(resource => resource.Row.Key, StringComparer.Ordinal).Select(Intensity),
        ];
    }

    private static Figure Intensity(Entry<Kera.Flows.EconomicResource, ResourceRow> resource) => new(
        $"{Prefix}intensity.{resource.Row.Key}",
        "carbon.intensity",
        (context, cancellation) => OfNewestAsync(context, CarbonSpan.Hour, (reckoner, time) => reckoner.IntensityAsync(resource.Noun, time, cancellation), cancellation))
    {
        Name = Texts.InAll((texts, language) => texts.Format("carbon.intensity", ("resource", resource.Row.Name(language)))),
    };

    private static Figure? Find(IServiceProvider services, string key)
    {
        if (!key.StartsWith(Prefix, StringComparison.Ordinal) || services.GetRequiredService<CarbonTracing>().Rules is not { } rules)
        {
            return null;
        }

        var words = key[Prefix.Length..].Split('.');
        var zone = services.GetRequiredService<CarbonBook>().Zone;
        if (words is ["event", var position] && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at > 0)
        {
            return Named(key, "carbon.event", ("position", _ => position), (reckoner, cancellation) => reckoner.EventAsync(at, cancellation));
        }

        // Of what is no network: a stock, as it holds and gives in the newest hour.
        var catalog = services.GetRequiredService<Catalog>();
        if (words is ["intensity", { } stock])
        {
            return catalog.Find(catalog.Resources, stock) is { } entry ? Intensity(entry) : null;
        }

        if (words is ["market" or "market-coverage", { } network])
        {
            return catalog.Find(catalog.Resources, network) is { Noun: { Throughput: true } by } entry
                ? new Figure(key, MarketText(words[0]), (context, cancellation) => OfNewestAsync(context, CarbonSpan.Hour, (reckoner, hour) => ByMarketAsync(reckoner, words[0], by, hour, cancellation), cancellation))
                {
                    Name = Texts.InAll((texts, language) => texts.Format(MarketText(words[0]), ("resource", entry.Row.Name(language)))),
                    Awaits = MarketAwaits(words[0]),
                }
                : null;
        }

        if (words is ["room", { } here])
        {
            return rules.Carbon.Rooms.GetValueOrDefault(here) is { } room && catalog.Find(catalog.Places, here) is { } spot
                ? new Figure(key, "carbon.room", (context, cancellation) => OfNewestAsync(context, CarbonSpan.Month, (reckoner, month) => reckoner.RoomAsync(room, month, cancellation), cancellation))
                {
                    Name = Texts.InAll((texts, language) => texts.Format("carbon.room", ("place", spot.Row.Name(language)))),
                }
                : null;
        }

        if (words.Length < 2 || CarbonTime.Parse(words[^1], zone) is not { } time)
        {
            return null;
        }

        return words switch
        {
            ["total", _] => Named(key, "carbon.total", ("", _ => ""), (reckoner, cancellation) => reckoner.TotalAsync(time, cancellation)),
            ["resident", _] => Named(key, "carbon.resident.name", ("", _ => ""), (reckoner, cancellation) => reckoner.PerPersonAsync(CarbonUser.Resident, time, cancellation)),
            ["job", _] => Named(key, "carbon.job.name", ("", _ => ""), (reckoner, cancellation) => reckoner.PerPersonAsync(CarbonUser.Job, time, cancellation)),
            ["use", var use, _] when rules.Carbon.Uses.GetValueOrDefault(use) is { } found => Named(key, "carbon.use", ("use", language => found.Name.In(language.Code)), (reckoner, cancellation) => reckoner.UseAsync(found, time, cancellation)),
            ["source", var source, _] when rules.Carbon.Sources.GetValueOrDefault(source) is { } found => Named(key, "carbon.source", ("source", language => found.Name.In(language.Code)), (reckoner, cancellation) => reckoner.SourceAsync(found, time, cancellation)),
            ["resource", var resource, _] when catalog.Find(catalog.Resources, resource) is { } found => Named(key, "carbon.intensity", ("resource", language => found.Row.Name(language)), (reckoner, cancellation) => reckoner.IntensityAsync(found.Noun, time, cancellation)),
            ["market" or "market-coverage", var resource, _] when catalog.Find(catalog.Resources, resource) is { Noun: { Throughput: true } by } found => Named(key, MarketText(words[0]), ("resource", language => found.Row.Name(language)), (reckoner, cancellation) => ByMarketAsync(reckoner, words[0], by, time, cancellation)) with
            {
                Awaits = MarketAwaits(words[0]),
            },
            ["inventory", var row, _] when row.LastIndexOf('-') is var dash and > 0 && int.TryParse(row[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var scope) => Named(
                key, "carbon.inventory", ("row", _ => $"{row[..dash].Replace('-', '.').ToUpperInvariant()}.{scope}"), (reckoner, cancellation) => reckoner.InventoryAsync(row[..dash].Replace('-', '.').ToUpperInvariant(), scope, time, cancellation)),
            ["room", var place, _] when rules.Carbon.Rooms.GetValueOrDefault(place) is { } found && catalog.Find(catalog.Places, place) is { } row => Named(key, "carbon.room", ("place", language => row.Row.Name(language)), (reckoner, cancellation) => reckoner.RoomAsync(found, time, cancellation)),
            ["avoided", var avoidance, _] when rules.Carbon.Avoidances.GetValueOrDefault(avoidance) is { } found => Named(key, "carbon.avoided", ("avoided", language => found.Name.In(language.Code)), (reckoner, cancellation) => reckoner.AvoidedAsync(found, time, cancellation)),
            _ => null,
        };
    }

    private static string MarketText(string what) => what == "market" ? "carbon.market.name" : "carbon.market.coverage.name";

    private static Base.District.LocalizedText? MarketAwaits(string what) => what == "market" ? Texts.InAll((texts, _) => texts["carbon.market.awaits"]) : null;

    private static Task<FigureValue?> ByMarketAsync(CarbonReckoner reckoner, string what, Kera.Flows.EconomicResource network, CarbonTime time, CancellationToken cancellation) =>
        what == "market" ? reckoner.MarketAsync(network, time, cancellation) : reckoner.MarketCoverageAsync(network, time, cancellation);

    private static Figure Named(string key, string text, (string Name, Func<Language, string> Value) part, Func<CarbonReckoner, CancellationToken, Task<FigureValue?>> reckon) =>
        new(key, text, async (context, cancellation) => CarbonReckoner.Of(context) is { } reckoner ? await reckon(reckoner, cancellation) : null)
        {
            Name = Texts.InAll((texts, language) => texts.Format(text, (part.Name, part.Value(language)))),
        };
}
