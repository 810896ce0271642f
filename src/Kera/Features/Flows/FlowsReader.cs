using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Flows;

/// <summary>Reads what the pages of flows show, in the reader's language.</summary>
public sealed class FlowsReader
{
    private const int Limit = 10;
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly Instant Begin = Instant.FromUtc(2026, 10, 31, 22, 0);
    private static readonly Instant Finish = Instant.FromUtc(2026, 11, 24, 8, 0);

    private static Noun Noun(string key, Language language, string fi, string sv, string en) =>
        new(key, language == Language.Finnish ? fi : language == Language.Swedish ? sv : en);

    private static Flow[] Flows(Language l)
    {
        var operatorAgent = new Noun("fortum", "Fortum Power and Heat Oy");
        var campus = Noun("nokia-campus", l, "Nokian kampus", "Nokias campus", "Nokia campus");
        var halls = Noun("keran-hallit", l, "Keran Hallit", "Keran Hallit", "Keran Hallit");
        var homes = Noun("block-1", l, "Kortteli 1, asunnot", "Kvarter 1, bostäder", "Block 1, homes");
        var heat = Noun("heat-network", l, "Kaukolämpöverkko", "Fjärrvärmenätet", "District heating network");
        var power = Noun("power-network", l, "Sähköverkko", "Elnätet", "Power network");
        var h = Noun("heat", l, "Lämpö", "Värme", "Heat");
        var p = Noun("power", l, "Sähkö", "El", "Power");
        var concrete = Noun("crushed-concrete", l, "Betonimurske", "Betongkross", "Crushed concrete");
        return
        [
            new("consume", operatorAgent, campus, heat, null, Noun("p1", l, "Kampuksen lämmitys", "Uppvärmning av campus", "Campus heating"), h, "kWh", Quality.Synthetic),
            new("consume", operatorAgent, halls, heat, null, Noun("p2", l, "Hallien lämmitys", "Uppvärmning av hallarna", "Heating of the halls"), h, "kWh", Quality.Synthetic),
            new("consume", operatorAgent, homes, heat, null, Noun("p3", l, "Asuntojen lämmitys", "Uppvärmning av bostäder", "Heating of homes"), h, "kWh", Quality.Synthetic),
            new("consume", operatorAgent, homes, power, null, Noun("p4", l, "Asuntojen sähkö", "Bostädernas el", "Power of homes"), p, "kWh", Quality.Synthetic),
            new("produce", operatorAgent, operatorAgent, heat, null, Noun("p5", l, "Datakeskuksen hukkalämmön talteenotto", "Tillvaratagande av datacentrets spillvärme", "Data centre heat recovery"), h, "kWh", Quality.Synthetic),
            new("produce", operatorAgent, operatorAgent, heat, null, Noun("p6", l, "Huippulämpökeskus", "Spetsvärmecentral", "Peak boiler"), h, "kWh", Quality.Synthetic),
            new("transfer", halls, Noun("espoo", l, "Espoon kaupunki", "Esbo stad", "City of Espoo"), concrete, Noun("street-base", l, "Maitovadinkadun pohja", "Mjölkfatsgatans grund", "Base of Maitovadinkatu"), null, concrete, "t", Quality.Estimated),
        ];
    }

    private static IEnumerable<(Flow Flow, Instant Start, Quantity Quantity, long Position)> Rows(Language l)
    {
        var flows = Flows(l);
        long position = 0;
        for (var hour = Begin; hour < Finish; hour += Duration.FromHours(1))
        {
            var local = hour.InZone(Zone);
            for (var at = 0; at < 6; at++)
            {
                var swing = (local.Hour * 7 + at * 5 + local.Day * 3) % 17;
                yield return (flows[at], hour, new Quantity((200 * (at + 1) + (swing * 23)) * 1_000_000L + (at == 3 ? 250_000 : 0)), ++position);
            }

            if (local is { Hour: 9, DayOfWeek: IsoDayOfWeek.Tuesday })
            {
                yield return (flows[6], hour, new Quantity(103_500_000), ++position);
            }
        }
    }

    private static bool Matches(FlowsQuery q, Flow f) =>
        (q.Agent is null || q.Agent == f.Provider.Key || q.Agent == f.Receiver.Key)
        && (q.Resource is null || q.Resource == f.Resource?.Key || q.Resource == f.ToResource?.Key)
        && (q.Specification is null || q.Specification == f.Specification.Key)
        && (q.Action is null || q.Action == f.Action)
        && q.Place is null;

    private static EventLine Line((Flow Flow, Instant Start, Quantity Quantity, long Position) r) =>
        new(r.Position, r.Start, r.Flow.Action, r.Flow.Provider, r.Flow.Receiver, r.Flow.Subject, r.Flow.ToResource, new Measure(r.Quantity, r.Flow.Unit), null, false, r.Flow.Quality);

    public Task<FilterChoices> ChoicesAsync(Language l)
    {
        var flows = Flows(l);
        return Task.FromResult(new FilterChoices(
            Sorted(flows.SelectMany(f => new[] { f.Provider, f.Receiver })),
            Sorted(flows.Select(f => f.Specification)),
            Sorted(flows.SelectMany(f => new[] { f.Resource, f.ToResource }).OfType<Noun>()),
            [Noun("kera", l, "Kera", "Kera", "Kera")]));
    }

    private static List<Noun> Sorted(IEnumerable<Noun> nouns) => [.. nouns.Distinct().OrderBy(n => n.Name, StringComparer.Ordinal)];

    public Task<Instant?> NewestAsync(FlowsQuery query) => Task.FromResult<Instant?>(Finish);

    public Task<IReadOnlyList<FlowTotal>> TotalsAsync(FlowsQuery query, FlowsWindow window, Language l) => Task.FromResult<IReadOnlyList<FlowTotal>>(
    [
        .. Rows(l).Where(r => r.Start >= window.Start && r.Start < window.End && Matches(query, r.Flow))
            .GroupBy(r => (r.Flow, window.Starts[window.IndexOf(r.Start)]))
            .Select(g => new FlowTotal(g.Key.Flow, g.Key.Item2, g.Aggregate(Quantity.Zero, (s, r) => s + r.Quantity), g.Count())),
    ]);

    public Task<EventPage> EventsAsync(FlowsQuery query, FlowsWindow? window, Language l)
    {
        var rows = Rows(l).Where(r => Matches(query, r.Flow) && (window is null || (r.Start >= window.Start && r.Start < window.End))).OrderByDescending(r => r.Position).ToList();
        var shown = query.After is { } after
            ? rows.Where(r => r.Position > after).Reverse().Take(Limit).Reverse().ToList()
            : rows.Where(r => query.Before is not { } before || r.Position < before).Take(Limit).ToList();
        return Task.FromResult(new EventPage([.. shown.Select(Line)], shown.Count > 0 && shown[0].Position != rows[0].Position, shown.Count > 0 && shown[^1].Position != rows[^1].Position));
    }

    public Task<BalancePage> BalancesAsync(FlowsQuery query, Instant at, Language l)
    {
        var f = Flows(l);
        return Task.FromResult(new BalancePage(
            [.. new BalanceLine[]
            {
                new(f[0].Provider, f[0].Resource!, "kWh", new Quantity(-1_204_250_000), new Quantity(-1_204_250_000), true),
                new(f[0].Provider, f[3].Resource!, "kWh", Quantity.Zero, Quantity.Zero, true),
                new(f[6].Receiver, f[6].ToResource!, "t", Quantity.Whole(412), Quantity.Whole(412), false),
            }.Where(b => (query.Agent is null || b.Agent.Key == query.Agent) && (query.Resource is null || b.Resource.Key == query.Resource))], at, 3));
    }

    public Task<EventDetail?> EventAsync(long position, Language l)
    {
        var row = Rows(l).Where(r => r.Position == position).ToList();
        return Task.FromResult(row.Count == 0 ? null : new EventDetail(Line(row[0]))
        {
            InputOf = row[0].Flow.Action == "consume" ? row[0].Flow.Process : null,
            OutputOf = row[0].Flow.Action == "produce" ? row[0].Flow.Process : null,
            ResourceInventoriedAs = row[0].Flow.Resource,
            ConformsTo = row[0].Flow.Specification,
            Beginning = row[0].Start,
            End = row[0].Start + Duration.FromHours(1),
            CorrectedBy = position == 4 ? [Line(row[0]) with { Position = 9, Correction = true }] : [],
            Created = row[0].Start + Duration.FromMinutes(61),
            Source = "demo.yaml",
            Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            PreviousHash = position == 1 ? null : "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        });
    }

    public Task<ResourceDetail?> ResourceAsync(string key, Language l)
    {
        var f = Flows(l).FirstOrDefault(f => f.Resource?.Key == key || f.ToResource?.Key == key);
        return Task.FromResult(f is null ? null : new ResourceDetail(f.Resource?.Key == key ? f.Resource : f.ToResource!, f.Specification, f.Unit, f.Unit == "kWh")
        {
            Accounting = new Quantity(-1_204_250_000),
            OnHand = new Quantity(-1_204_250_000),
            Accountable = f.Provider,
            Custodian = f.Provider,
            CameFrom = new TraceWalk([.. Rows(l).Where(r => r.Flow.Action == "produce").TakeLast(5).Select(Line).Select((e, i) => new TraceLine(e, 1 + (i / 2), i > 1 ? new Noun("p", "Process") : null))], true),
            WentTo = new TraceWalk([.. Rows(l).Where(r => r.Flow.Action == "consume").TakeLast(4).Select(Line).Select(e => new TraceLine(e, 1, null))], false),
        });
    }
}
