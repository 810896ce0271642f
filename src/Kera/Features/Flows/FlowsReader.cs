using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Flows;

/// <summary>
/// Reads what the pages of flows show: in the reader's language, and only what the reader may read. An endpoint takes it as a
/// parameter.
/// </summary>
public sealed partial class FlowsReader
{
    private const int EventsOnAPage = 10;
    private const int BalancesOnAPage = 100;
    internal static readonly string HistoryPrefix = "history:";
    private const long OneHour = 3_600_000_000;

    private readonly LedgerQueries _queries;
    private readonly LedgerTrace _trace;
    private readonly FlowTable _flows;
    private readonly Catalog _catalog;
    private readonly NounNames _names;
    private readonly Reader _reader;
    private readonly DistrictModel? _district;
    private readonly Language _language;

    private FlowsReader(IServiceProvider services, Reader reader, Language language)
    {
        _queries = services.GetRequiredService<LedgerQueries>();
        _trace = services.GetRequiredService<LedgerTrace>();
        _flows = services.GetRequiredService<FlowTable>();
        _catalog = services.GetRequiredService<Catalog>();
        _names = new NounNames(_catalog, language);
        _district = services.GetRequiredService<DistrictInForce>().Model;
        (_reader, _language) = (reader, language);
    }

    /// <summary>Makes the reader of a request; called by the framework for an endpoint's parameter.</summary>
    public static ValueTask<FlowsReader> BindAsync(HttpContext context) =>
        ValueTask.FromResult(new FlowsReader(context.RequestServices, context.Reader(), PageContext.Of(context).Language));

    /// <summary>What occurs in the flows that may be read, and so can be filtered by.</summary>
    public FilterChoices Choices()
    {
        var readable = _queries.MayRead(_reader);
        var flows = _flows.All().Where(flow => readable.Contains(flow.AudienceId)).ToList();
        var places = flows.SelectMany(PlacesOf).ToHashSet();
        return new FilterChoices(
            Sorted(flows.SelectMany(flow => new[] { flow.Provider, flow.Receiver }).Distinct().Select(_names.Of)),
            Sorted(flows.Select(flow => flow.Specification).Distinct().Select(_names.Of)),
            Sorted(flows.SelectMany(flow => new[] { flow.Resource, flow.ToResource }).OfType<EconomicResource>().Distinct().Select(_names.Of)),
            Sorted(places.Select(place => _names.Of(_catalog.Places.Get(place).Noun))));
    }

    /// <summary>When the newest of the events happened that a query asks for; null where there is none.</summary>
    public async Task<Instant?> NewestAsync(FlowsQuery query, CancellationToken cancellation) =>
        await _queries.EventsAsync(_reader, Filter(query, null), null, 1, cancellation) is [var newest, ..]
            ? DistrictCalendar.ToInstant(newest.Event.EffectTime)
            : null;

    /// <summary>What the flows amounted to, bar by bar.</summary>
    public async Task<IReadOnlyList<FlowAmount>> AmountsAsync(FlowsQuery query, FlowsWindow window, CancellationToken cancellation)
    {
        var granularity = window.Period switch
        {
            BarWidth.Hour => Granularity.Hour,
            BarWidth.Day => Granularity.Day,
            _ => Granularity.Month,
        };
        var known = new Dictionary<(int, bool), Flow>();
        var amounts = new List<FlowAmount>();
        foreach (var total in await _queries.TotalsAsync(_reader, Filter(query, window), granularity, cancellation))
        {
            var start = DistrictCalendar.ToInstant(total.Start);
            var hasEffort = total.Effort != Quantity.Zero;
            if (total.Flow.Action.EventQuantity == EventQuantity.Resource || total.Quantity != Quantity.Zero)
            {
                amounts.Add(new FlowAmount(FlowOf(effort: false), start, total.Quantity, total.Events));
            }

            if (hasEffort)
            {
                amounts.Add(new FlowAmount(FlowOf(effort: true), start, total.Effort, total.Events));
            }

            Flow FlowOf(bool effort)
            {
                if (!known.TryGetValue((total.Flow.Id, effort), out var flow))
                {
                    known[(total.Flow.Id, effort)] = flow = Named(total.Flow, effort);
                }

                return flow;
            }
        }

        return amounts;
    }

    /// <summary>Events, the newest first.</summary>
    /// <param name="query">Which, and where the page before ended.</param>
    /// <param name="window">Only those of a stretch of time; null for all.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<EventPage> EventsAsync(FlowsQuery query, FlowsWindow? window, CancellationToken cancellation)
    {
        var events = await _queries.EventsAsync(_reader, Filter(query, window), query.Before, EventsOnAPage + 1, cancellation);
        return new EventPage(
            [.. events.Take(EventsOnAPage).Select(Line)],
            events.Count > EventsOnAPage ? new EventCursor(events[EventsOnAPage - 1].Event.EffectTime, events[EventsOnAPage - 1].Event.Position) : null);
    }

    /// <summary>What there is, and who holds it.</summary>
    /// <param name="query">Of whom and of what.</param>
    /// <param name="at">As of when; null for now.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<BalancePage> BalancesAsync(FlowsQuery query, Instant? at, CancellationToken cancellation)
    {
        var micros = at is { } instant ? DistrictCalendar.ToMicroseconds(instant) : (long?)null;
        var balances = (await _queries.BalancesAsync(_reader, micros, cancellation))
            .Where(balance => (query.Resource is null || balance.Resource.Key == query.Resource)
                && (query.Specification is null || balance.Resource.ConformsTo.Key == query.Specification)
                && (query.Place is null || balance.State.Location?.Key == query.Place)
                && (query.Agent is null || balance.State.Custodian?.Key == query.Agent || balance.State.Accountable?.Key == query.Agent))
            .ToList();
        var lines = balances.Select(balance => new BalanceLine(
            Named(balance.State.Custodian ?? balance.State.Accountable),
            _names.Of(balance.Resource),
            balance.Resource.ConformsTo.Unit.Code,
            balance.State.Accounting,
            balance.State.Onhand,
            balance.Resource.Throughput));
        return new BalancePage(
            [.. lines.OrderBy(line => line is { Accounting.Millionths: 0, OnHand.Millionths: 0 }).ThenBy(line => line.Network).ThenBy(line => line.Resource.Name, StringComparer.CurrentCulture).Take(BalancesOnAPage)],
            balances.Count);
    }

    private static List<Noun> Sorted(IEnumerable<Noun> nouns) => [.. nouns.OrderBy(noun => noun.Name, StringComparer.CurrentCultureIgnoreCase)];

    private Noun? Named(Agent? agent) => agent is null ? null : _names.Of(agent);

    private IEnumerable<int> PlacesOf(FlowNouns flow)
    {
        int?[] places =
        [
            flow.DeclaredId is { } declared ? _catalog.DeclaredFlows.Get(declared).Row.PlaceId : null,
            flow.Resource is null ? null : _catalog.Resources.Get(flow.Resource.Id).Row.PlaceId,
            flow.ToResource is null ? null : _catalog.Resources.Get(flow.ToResource.Id).Row.PlaceId,
            flow.InputOf is null ? null : _catalog.Processes.Get(flow.InputOf.Id).Row.PlaceId,
            flow.OutputOf is null ? null : _catalog.Processes.Get(flow.OutputOf.Id).Row.PlaceId,
        ];
        return places.OfType<int>();
    }

    private LedgerFilter Filter(FlowsQuery query, FlowsWindow? window) => new()
    {
        Agent = query.Agent is null ? null : _catalog.Find(_catalog.Agents, query.Agent)?.Noun,
        Resource = query.Resource is null ? null : _catalog.Find(_catalog.Resources, query.Resource)?.Noun,
        Specification = query.Specification is null ? null : _catalog.Find(_catalog.Specifications, query.Specification)?.Noun,
        Place = query.Place is null ? null : _catalog.Find(_catalog.Places, query.Place)?.Noun,
        Action = query.Action is null ? null : FlowAction.Find(query.Action),
        From = window is null ? null : DistrictCalendar.ToMicroseconds(window.Start),
        Until = window is null ? null : DistrictCalendar.ToMicroseconds(window.End),
    };

    private Flow Named(FlowNouns flow, bool effort) => new(
        flow.Action.Name,
        _names.Of(flow.Provider),
        _names.Of(flow.Receiver),
        flow.Resource is null ? null : _names.Of(flow.Resource),
        flow.ToResource is null ? null : _names.Of(flow.ToResource),
        (flow.InputOf ?? flow.OutputOf) is { } process ? _names.Of(process) : null,
        _names.Of(flow.Specification),
        effort ? flow.Specification.EffortUnit?.Code ?? "h" : flow.Specification.Unit.Code,
        QualityOf(flow))
    {
        Network = (flow.Resource ?? flow.ToResource) is { Throughput: true },
        Outward = flow.Receiver.Outside,
    };

    private Quality? QualityOf(FlowNouns flow) =>
        flow.DeclaredId is { } declared && Enum.TryParse<Quality>(_catalog.DeclaredFlows.Get(declared).Row.Quality, ignoreCase: true, out var quality) ? quality : null;

    private EventLine Line(StoredEvent stored) => Line(stored.Event, QualityOf(stored));

    private Quality? QualityOf(StoredEvent stored) => HistoryOf(stored.IdempotencyKey)?.Quality switch
    {
        DistrictQuality.Printed => Quality.Printed,
        DistrictQuality.Estimated => Quality.Estimated,
        _ => QualityOf(stored.Flow),
    };

    private DistrictEvent? HistoryOf(string? idempotencyKey) =>
        idempotencyKey is not null && idempotencyKey.StartsWith(HistoryPrefix, StringComparison.Ordinal)
            ? _district?.History.GetValueOrDefault(idempotencyKey[HistoryPrefix.Length..])
            : null;

    private EventLine Line(EconomicEvent e, Quality? quality)
    {
        var specification = e.Specification;
        var resource = e.Resource ?? e.ToResource;
        return new EventLine(
            e.Position,
            DistrictCalendar.ToInstant(e.EffectTime),
            DistrictCalendar.ToInstant(e.EffectTime).InZone(_queries.Zone).TimeOfDay == LocalTime.Midnight && e.End - e.EffectTime != OneHour,
            e.Action.Name,
            _names.Of(e.Provider),
            _names.Of(e.Receiver),
            resource is not null ? _names.Of(resource) : _names.Of(specification!),
            e.ToResource is null ? null : _names.Of(e.ToResource),
            e.ResourceQuantity is { } quantity ? new Measure(quantity, (e.ResourceUnit ?? specification!.Unit).Code) : null,
            e.EffortQuantity is { } effort ? new Measure(effort, e.EffortUnit?.Code ?? specification?.EffortUnit?.Code ?? "h") : null,
            e.Corrects is not null,
            quality);
    }
}
