using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>What a pass of tracing works with.</summary>
internal sealed record CarbonServices(KeraStore Store, DistrictInForce District, LedgerQueries Queries, Catalog Catalog, SeriesStore Series, IClock Clock, ILogger Logger);

/// <summary>One pass over the days that are new.</summary>
/// <param name="services">What it works with.</param>
/// <param name="model">The district's factors.</param>
/// <param name="rules">What it says of its flows.</param>
/// <param name="factors">A number for both.</param>
/// <param name="head">The position up to which the ledger is read.</param>
internal sealed class CarbonRun(CarbonServices services, DistrictModel model, CarbonRules rules, long factors, long head)
{
    // Readers of the ledger wait for a transaction: a week of hours is traced in a blink.
    private const int DaysAtOnce = 7;
    private readonly DistrictCalendar _calendar = new(services.Queries.Zone);
    private readonly FootprintLayout _layout = FootprintLayout.Of(rules.Carbon, services.Catalog);
    private readonly SortedSet<int> _months = [];
    private readonly List<(Instant Start, CarbonContent Content)> _hours = [];
    private readonly HashSet<int> _publicFlows = [];
    // By declared flow that is public: into which network something is made, and the flows of the ledger that are its.
    private readonly Dictionary<int, (EconomicResource Network, HashSet<int> Flows)> _made = [];

    /// <summary>Traces days in order; false where another node came first.</summary>
    public async Task<bool> DaysAsync(SortedSet<int> dirty, (long Position, long Factors)? state, List<CarbonDueRow> due, CancellationToken cancellation)
    {
        var batches = await BatchesAsync(cancellation);
        do
        {
            if (dirty.Count == 0)
            {
                // The chain went on by something that is no flow.
                await using var nothing = await CarbonWriting.BeginAsync(services.Store, state, cancellation);
                return nothing is not null && await nothing.CommitAsync((head, factors), due, null, cancellation) is null;
            }

            var (first, after) = (dirty.Min, dirty.Min + DaysAtOnce);
            var (from, until) = (DistrictCalendar.ToInstant(_calendar.StartOfDay(first)), DistrictCalendar.ToInstant(_calendar.StartOfDay(after)));
            var mixes = await MixHours.ReadAsync(services.Series, rules.Carbon.Mixes.Values, from, until, cancellation);
            var maker = new HourNetwork(rules, new SourceFactors(model.Factors, rules.Carbon, mixes, services.Queries.Zone), _layout, batches);
            var hours = await HoursAsync(from, until, cancellation);
            await using var writing = await CarbonWriting.BeginAsync(services.Store, state, cancellation);
            if (writing is null)
            {
                return false;
            }

            while (dirty.Count > 0 && dirty.Min < after)
            {
                var day = dirty.Min;
                dirty.Remove(day);
                // Where its stocks are others than they were said to be, the next day began with others too.
                if (TraceDay(writing, maker, hours, day) && await writing.NextDayAsync(day, cancellation) is { } next)
                {
                    dirty.Add(next);
                }
            }

            Sum(writing);
            // The Series follow; a program that ends before they are written, or before the rest is traced, goes on from here.
            var left = await writing.CommitAsync((head, factors), due, _calendar.StartOfDay(first), cancellation);
            (state, due) = ((head, factors), [left!]);
            await IntensitiesAsync(cancellation);
            await CarbonWriting.DoneAsync(services.Store, left!, dirty.Count == 0 ? null : _calendar.StartOfDay(dirty.Min), cancellation);
        }
        while (dirty.Count > 0);

        return true;
    }

    private async Task<ILookup<Instant, HourFlow>> HoursAsync(Instant from, Instant until, CancellationToken cancellation)
    {
        var filter = new LedgerFilter { From = DistrictCalendar.ToMicroseconds(from), Until = DistrictCalendar.ToMicroseconds(until) };
        var totals = await services.Queries.TotalsAsync(Reader.Everything, filter, Granularity.Hour, cancellation);
        foreach (var flow in totals.Select(total => total.Flow).Where(flow => services.Catalog.AudienceKey(flow.AudienceId) == Catalog.Public))
        {
            _publicFlows.UnionWith(new[] { flow.Resource?.Id, flow.ToResource?.Id }.OfType<int>());
            if (flow is { DeclaredId: { } declared, Resource: { Throughput: true } network } && flow.Action.Accounting == QuantityEffect.Increment)
            {
                (_made.TryGetValue(declared, out var made) ? made.Flows : (_made[declared] = (network, [])).Flows).Add(flow.Id);
            }
        }

        return totals.ToLookup(total => DistrictCalendar.ToInstant(total.Start), total => new HourFlow(total.Flow, (double)total.Quantity.ToDecimal()));
    }

    // Whether the stocks at the day's end are others than they were said to be.
    private bool TraceDay(CarbonWriting writing, HourNetwork maker, ILookup<Instant, HourFlow> hours, int day)
    {
        var (start, end) = (DistrictCalendar.ToInstant(_calendar.StartOfDay(day)), DistrictCalendar.ToInstant(_calendar.StartOfDay(day + 1)));
        var former = writing.Read(CarbonSpan.Day, DistrictCalendar.ToMicroseconds(start));
        IReadOnlyList<StockCarbon> stocks = writing.ReadBefore(DistrictCalendar.ToMicroseconds(start)) is { } before
            ? [.. before.Stocks.Select(stock => stock with { Carried = before.Fitted(_layout, stock.Carried) })]
            : [];
        var traced = new List<CarbonContent>();
        foreach (var hour in hours.Where(hour => hour.Key >= start && hour.Key < end).OrderBy(hour => hour.Key))
        {
            var content = TraceHour(maker, hour, stocks);
            stocks = content.Stocks;
            traced.Add(content);
            _hours.Add((hour.Key, content));
            Put(writing, CarbonSpan.Hour, hour.Key, content with { Stocks = [] });
        }

        var sum = CarbonContent.Sum(_layout, traced) with { Stocks = stocks };
        Put(writing, CarbonSpan.Day, start, sum);
        _months.Add(_calendar.DayOf(DistrictCalendar.ToMicroseconds(start)).Month);
        return former is null || !SameStocks([.. former.Stocks.Select(stock => stock with { Carried = former.Fitted(_layout, stock.Carried) })], stocks);
    }

    private CarbonContent TraceHour(HourNetwork maker, IGrouping<Instant, HourFlow> hour, IReadOnlyList<StockCarbon> stocks)
    {
        try
        {
            return maker.Trace(hour.Key, [.. hour], stocks);
        }
        catch (Kera.Carbon.FlowTracingException failure)
        {
            // An hour that cannot be traced is a gap with its reason; the hours after it go on.
            services.Logger.LogWarning("The hour {Hour} could not be traced: {Sentence}", hour.Key, failure.Message);
            return new CarbonContent(_layout, [], [], stocks, [string.Join(", ", failure.Members)]);
        }
    }

    // Months of the days that were traced, and their years.
    private void Sum(CarbonWriting writing)
    {
        foreach (var month in _months)
        {
            Sum(writing, CarbonSpan.Day, CarbonSpan.Month, month, month + 1);
        }

        foreach (var january in _months.Select(month => month / 12 * 12).Distinct())
        {
            Sum(writing, CarbonSpan.Month, CarbonSpan.Year, january, january + 12);
        }

        _months.Clear();
    }

    private void Sum(CarbonWriting writing, CarbonSpan parts, CarbonSpan whole, int first, int after)
    {
        var contents = writing.Contents(parts, _calendar.StartOfMonth(first), _calendar.StartOfMonth(after));
        Put(writing, whole, DistrictCalendar.ToInstant(_calendar.StartOfMonth(first)), CarbonContent.Sum(_layout, contents) with { Stocks = [] });
    }

    private void Put(CarbonWriting writing, CarbonSpan span, Instant start, CarbonContent content)
    {
        var now = services.Clock.GetCurrentInstant();
        writing.Put(
            new CarbonPeriodRow
            {
                Span = span,
                Start = DistrictCalendar.ToMicroseconds(start),
                Position = head,
                Factors = factors,
                Computed = DistrictCalendar.ToMicroseconds(now),
                Used = content.Used,
                Content = content.ToBytes(),
            },
            DistrictCalendar.ToMicroseconds(CarbonTime.Of(span, start, services.Queries.Zone).End));
    }

    private static bool SameStocks(IReadOnlyList<StockCarbon> former, IReadOnlyList<StockCarbon> now) =>
        former.Count == now.Count && former.OrderBy(stock => stock.Key).Zip(now.OrderBy(stock => stock.Key)).All(pair =>
            pair.First.Key == pair.Second.Key && Near(pair.First.Quantity, pair.Second.Quantity) && pair.First.Carried.Length == pair.Second.Carried.Length && pair.First.Carried.Zip(pair.Second.Carried).All(carried => Near(carried.First, carried.Second)));

    private static bool Near(double left, double right) => Math.Abs(left - right) <= 1e-9 * (Math.Abs(left) + Math.Abs(right));

    // Each network's intensity by the hour, by location and by market, and by market that of what is made into it, for other features by key.
    private async Task IntensitiesAsync(CancellationToken cancellation)
    {
        var networks = _hours.SelectMany(hour => hour.Content.Nodes).Select(node => services.Catalog.Get(services.Catalog.Resources, node.Resource)).Where(resource => resource.Throughput).Distinct();
        // A network of which nothing is public is nobody else's business.
        foreach (var network in networks.Where(network => _publicFlows.Contains(network.Id)).ToList())
        {
            await PublishAsync($"carbon.intensity.{network.Key}", network, content => NodeOf(content, network) is { } node ? node.Carried[FootprintLayout.Location] / node.Given : null, cancellation);
            // Where nothing is known of what was bought there is no value: as by location would hide it.
            await PublishAsync($"carbon.market.{network.Key}", network, content => NodeOf(content, network) is { } node && content.Layout.IsMarketKnown(node.Carried) ? node.Carried[FootprintLayout.Market] / node.Given : null, cancellation);
        }

        foreach (var (declared, made) in _made)
        {
            await PublishAsync($"carbon.produced.{services.Catalog.Get(services.Catalog.DeclaredFlows, declared).Key}", made.Network, content => ProducedBy(content, made.Flows), cancellation);
        }

        _hours.Clear();
        _made.Clear();
    }

    private static NodeCarbon? NodeOf(CarbonContent content, EconomicResource network) => content.Nodes.FirstOrDefault(node => node.Resource == network.Id && node.Given > 0);

    private static double? ProducedBy(CarbonContent content, HashSet<int> flows)
    {
        List<FlowCarbon> made = [.. content.Flows.Where(flow => flows.Contains(flow.Flow) && flow.Quantity > 0)];
        return made.Count > 0 && made.TrueForAll(flow => content.Layout.IsMarketKnown(flow.Carried)) ? made.Sum(flow => flow.Carried[FootprintLayout.Market]) / made.Sum(flow => flow.Quantity) : null;
    }

    // Kilograms for a unit become grams. What an hour was said to have and has no more is taken away.
    private async Task PublishAsync(string key, EconomicResource network, Func<CarbonContent, double?> intensity, CancellationToken cancellation)
    {
        if (!Unit.TryFind($"g{{CO2e}}/{network.ConformsTo.Unit.Code}", out var unit))
        {
            return;
        }

        var quality = services.District.Demonstration ? SeriesQuality.Synthetic : SeriesQuality.Estimated;
        var hours = _hours.Select(hour => (hour.Start, Value: intensity(hour.Content))).ToList();
        List<SeriesValue> values = [.. hours.Where(hour => hour.Value is not null).Select(hour => new SeriesValue(hour.Start, RoundedQuantity.Of(hour.Value!.Value * 1_000, 6), quality))];
        List<Instant> gone = [.. hours.Where(hour => hour.Value is null).Select(hour => hour.Start)];
        if (values.Count > 0)
        {
            var declared = await services.Series.OpenAsync(new SeriesDeclaration(key, "carbon", unit.Code, Hours.Length, services.Catalog.AudienceId([Catalog.Public]), null), Actor.Job(), cancellation);
            await services.Series.AppendAsync(declared, values, Actor.Job(), cancellation);
        }

        if (gone.Count > 0 && await services.Series.FindAsync(key, Reader.Everything, cancellation) is { } there)
        {
            await services.Series.RemoveAsync(there, gone, Actor.Job(), cancellation);
        }
    }

    private async Task<BatchOutputs> BatchesAsync(CancellationToken cancellation)
    {
        var outputs = new Dictionary<int, List<(Instant, double)>>();
        await using var connection = await services.Store.OpenConnectionAsync(cancellation);
        await using (var inputs = await CarbonTracing.ReadAsync(connection, "SELECT DISTINCT batch_input_of_id FROM event WHERE batch_input_of_id IS NOT NULL", cancellation))
        {
            while (await inputs.ReadAsync(cancellation))
            {
                outputs[inputs.GetInt32(0)] = [];
            }
        }

        await using var made = await CarbonTracing.ReadAsync(connection, "SELECT batch_output_of_id, effect_time, quantity FROM event WHERE batch_output_of_id IS NOT NULL AND quantity IS NOT NULL", cancellation);
        while (await made.ReadAsync(cancellation))
        {
            if (outputs.TryGetValue(made.GetInt32(0), out var list))
            {
                list.Add((Hours.Of(DistrictCalendar.ToInstant(made.GetInt64(1))), (double)new Quantity(made.GetInt64(2)).ToDecimal()));
            }
        }

        return new BatchOutputs(outputs.ToDictionary(each => each.Key, each => (IReadOnlyList<(Instant, double)>)each.Value));
    }
}
