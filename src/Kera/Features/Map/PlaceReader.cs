using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Map;

/// <summary>Gathers what is known of one place, in the reader's language and as far as the reader may read.</summary>
public sealed class PlaceReader(PlaceAtlas atlas, Catalog catalog, LedgerQueries queries, FlowMonths months, DistrictInForce district, IClock clock)
{
    private const string HistoryPrefix = "history:";
    private const int MostEntries = 200;

    private static readonly string[] PartsOfYear = ["", "-spring", "-summer", "-autumn", "-early", "-mid", "-late"];

    /// <summary>One place; null where there is none.</summary>
    public async Task<PlaceView?> ReadAsync(string key, Language language, HttpContext context, CancellationToken cancellation)
    {
        if (atlas.Find(key) is not { } place)
        {
            return null;
        }

        var reader = context.Reader();
        var today = clock.GetCurrentInstant().InZone(queries.Zone).Date;
        var noun = catalog.Places.Get(place.Row.Id).Noun;
        var flows = await months.NewestAsync(reader, new LedgerFilter { Place = noun }, today, language, cancellation);
        var all = atlas.All();
        return new PlaceView(place, place.Name(language))
        {
            State = place.Phases.On(today),
            Telling = place.Phases.TellingOn(today),
            Today = today,
            PartOf = place.Row.PartOfId is { } whole ? new Named(atlas.Get(whole).Key, atlas.Get(whole).Name(language)) : null,
            Parts =
            [
                .. all.Where(each => each.Row.PartOfId == place.Row.Id)
                    .Select(each => (new Named(each.Key, each.Name(language)), each.Phases.On(today)))
                    .OrderBy(each => each.Item1.Name, StringComparer.OrdinalIgnoreCase),
            ],
            Entries = await EntriesAsync(key, language, cancellation),
            Agents = AgentsOf(key, flows, language),
            Flows = flows,
            Resources =
            [
                .. (await queries.BalancesAsync(reader, cancellation: cancellation))
                    .Where(balance => balance.State.Location == noun)
                    .Select(balance => new PlaceResource(
                        NameOf(balance.Resource.Key, catalog.Resources.Get(balance.Resource.Id).Row, language),
                        balance.State.Onhand,
                        balance.Resource.ConformsTo.Unit.Code,
                        balance.State.Custodian is { } holder ? NameOf(holder, language).Name : null)),
            ],
            Sources = SourcesOf(place.Row.Source.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            Around = place.Shape is null ? [] : Around(all, place, today),
            Sheet = place.Shape is null ? null : MapSheet.Around(all),
        };
    }

    private static Named NameOf(string key, NounRow row, Language language) => new(key, row.Name(language));

    private static DrawnPlace[] Around(IReadOnlyList<MapPlace> all, MapPlace place, LocalDate today) =>
    [
        .. all.Where(each => each.Shape is not null && (each.IsGround || each == place))
            .OrderBy(each => each == place)
            .ThenByDescending(each => each.Shape!.Size)
            .Select(each => new DrawnPlace(each, each.Shape!, each == place ? each.Phases.On(today) : PlaceState.Unknown)),
    ];

    private Named NameOf(Agent agent, Language language) => NameOf(agent.Key, catalog.Agents.Get(agent.Id).Row, language);

    private Named[] AgentsOf(string key, FlowMonth flows, Language language) =>
    [
        .. flows.Lines.SelectMany(line => new[] { line.Provider.Key, line.Receiver.Key })
            .Concat(district.Model?.Pilots.Values.Where(pilot => pilot.Places.Contains(key)).SelectMany(pilot => pilot.Agents) ?? [])
            .Distinct(StringComparer.Ordinal)
            .Select(agent => catalog.Agents.Find(agent))
            .OfType<Entry<Agent, AgentRow>>()
            .Select(agent => NameOf(agent.Noun, language))
            .OrderBy(agent => agent.Name, StringComparer.OrdinalIgnoreCase),
    ];

    private async Task<IReadOnlyList<PlaceEntry>> EntriesAsync(string key, Language language, CancellationToken cancellation)
    {
        if (district.Model is not { } model)
        {
            return [];
        }

        var formats = new Formats(language, queries.Zone);
        var entries = new List<PlaceEntry>();
        foreach (var each in model.Timeline.Values.Where(each => each.Place == key))
        {
            entries.Add(new PlaceEntry(each.Date.First, formats.Date(each.Date), each.Title.In(language.Code), null, each.Uncertain, SourcesOf(each.Sources), null));
        }

        foreach (var each in model.Pilots.Values.Where(each => each.Places.Contains(key)))
        {
            entries.Add(new PlaceEntry(each.From.First, formats.Span(each.From, each.To), each.Name.In(language.Code), each.Summary.In(language.Code), each.Uncertain, SourcesOf(each.Sources), null));
        }

        foreach (var each in model.History.Values.Where(each => each.Input.Audience.Contains(Catalog.Public) && IsAbout(each.Input, key, model)))
        {
            var (begins, when) = When(each.Input, formats);
            var position = await queries.FindKeyAsync(HistoryPrefix + each.Key, cancellation);
            entries.Add(new PlaceEntry(begins, when, each.Title.In(language.Code), null, each.Uncertain, SourcesOf(each.Sources), position));
        }

        return [.. entries.OrderBy(entry => entry.Sorts).Take(MostEntries)];
    }

    // The history keeps moments; what lasts exactly a month, a season or a year was given as one, and is written so.
    private (LocalDate Begins, string When) When(EventInput input, Formats formats)
    {
        var begins = (input.HasPointInTime ?? input.HasBeginning ?? Instant.FromUnixTimeTicks(0)).InZone(queries.Zone).Date;
        if (input.HasEnd is not { } end)
        {
            return (begins, formats.Date(begins));
        }

        var last = (end - Duration.Epsilon).InZone(queries.Zone).Date;
        var year = begins.Year.ToString(CultureInfo.InvariantCulture);
        return (begins, PartsOfYear.Select(part => DistrictDate.TryParse(year + part)!)
            .Append(DistrictDate.TryParse($"{year}-{Formats.Two(begins.Month)}")!)
            .FirstOrDefault(date => date.First == begins && date.Last == last) is { } named ? formats.Date(named)
            : begins == last ? formats.Date(begins)
            : $"{formats.Date(begins)} – {formats.Date(last)}");
    }

    private static bool IsAbout(EventInput input, string key, DistrictModel model)
    {
        if (input.ToLocation is not null)
        {
            return input.ToLocation == key;
        }

        return (input.ResourceInventoriedAs ?? input.ToResourceInventoriedAs) is { } resource && model.Resources[resource].Place == key;
    }

    private IReadOnlyList<DistrictSource> SourcesOf(IEnumerable<string> keys) =>
        [.. keys.Select(key => district.Model?.Sources.GetValueOrDefault(key)).OfType<DistrictSource>()];
}
