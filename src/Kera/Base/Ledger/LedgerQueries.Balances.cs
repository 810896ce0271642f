using System.Data.Common;
using Kera.Base.Access;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <content>What each resource amounts to, now and as of any instant.</content>
public sealed partial class LedgerQueries
{
    /// <summary>Every resource that has come into being, with its state now or as of an instant, by key.</summary>
    /// <param name="reader">Who asks. A resource of which not every event may be read is left out, unless the reader holds or answers for it.</param>
    /// <param name="at">Effect time up to and including, microseconds since 1970 UTC; null for now.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyList<ResourceBalance>> BalancesAsync(Reader reader, long? at = null, CancellationToken cancellation = default)
    {
        var all = flows.All();
        await using var connection = await store.OpenConnectionAsync(cancellation);
        var balances = at is { } instant ? await BalancesAtAsync(connection, all, instant, cancellation) : await BalancesNowAsync(connection, cancellation);
        var hidden = Hidden(reader, all);
        return [.. balances
            .Where(balance => !hidden.Contains(balance.Resource.Id) || reader.Is(balance.State.Custodian?.Id) || reader.Is(balance.State.Accountable?.Id))
            .OrderBy(balance => balance.Resource.Key, StringComparer.Ordinal)];
    }

    private static HashSet<int> Hidden(HashSet<int> readable, IEnumerable<FlowNouns> all) =>
        [.. all.Where(flow => !readable.Contains(flow.AudienceId)).SelectMany(flow => new[] { flow.Resource?.Id, flow.ToResource?.Id }).OfType<int>()];

    private HashSet<int> Hidden(Reader reader, IEnumerable<FlowNouns> all) => reader.SeesAll ? [] : Hidden(MayRead(reader), all);

    private async Task<List<ResourceBalance>> BalancesNowAsync(DbConnection connection, CancellationToken cancellation)
    {
        var balances = new List<ResourceBalance>();
        await using var rows = await ReadAsync(
            connection,
            "SELECT resource_id, accounting, onhand, accountable_id, custodian_id, location_id, container_id, stage_id, state, in_process_by, in_process_of_id, in_process FROM balance WHERE accountable_id IS NOT NULL",
            cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var state = DatabaseMemory.Attributes(rows, 3, catalog) with { Accounting = new Quantity(rows.GetInt64(1)), Onhand = new Quantity(rows.GetInt64(2)) };
            balances.Add(new ResourceBalance(catalog.Get(catalog.Resources, rows.GetInt32(0)), state));
        }

        return balances;
    }

    /// <summary>Adds up whole months, then days, then the events of the last day: never more than a day of events.</summary>
    private async Task<List<ResourceBalance>> BalancesAtAsync(DbConnection connection, IReadOnlyCollection<FlowNouns> all, long at, CancellationToken cancellation)
    {
        var calendar = new DistrictCalendar(Zone);
        var (day, month) = calendar.DayOf(at);
        var firstDay = DistrictCalendar.DayNumber(DistrictCalendar.FirstOf(month));
        var sums = new Dictionary<int, (long Quantity, long Events)>();
        await AddAsync($"SELECT flow_id, SUM(quantity), SUM(events) FROM flow_month WHERE month < {Number(month)} GROUP BY flow_id");
        await AddAsync($"SELECT flow_id, SUM(quantity), SUM(events) FROM flow_day WHERE day >= {Number(firstDay)} AND day < {Number(day)} GROUP BY flow_id");
        await AddAsync($"SELECT flow_id, COALESCE(SUM(quantity), 0), COUNT(*) FROM event WHERE effect_time >= {Number(calendar.StartOfDay(day))} AND effect_time <= {Number(at)} GROUP BY flow_id");

        var quantities = new Dictionary<int, (EconomicResource Resource, Int128 Accounting, Int128 Onhand)>();
        foreach (var flow in all)
        {
            if (sums.TryGetValue(flow.Id, out var sum))
            {
                Apply(flow.Resource, flow.Effect(toSide: false), sum.Quantity);
                Apply(flow.ToResource, flow.Effect(toSide: true), sum.Quantity);
            }
        }

        var attributes = await AttributesAtAsync(connection, at, cancellation);
        return [.. quantities.Values
            .Where(each => attributes.ContainsKey(each.Resource.Id))
            .Select(each => new ResourceBalance(each.Resource, attributes[each.Resource.Id] with { Accounting = new Quantity((long)each.Accounting), Onhand = new Quantity((long)each.Onhand) }))];

        async Task AddAsync(string sql)
        {
            await using var rows = await ReadAsync(connection, sql, cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                var (quantity, events) = sums.GetValueOrDefault(rows.GetInt32(0));
                sums[rows.GetInt32(0)] = (quantity + Whole(rows, 1), events + Whole(rows, 2));
            }
        }

        void Apply(EconomicResource? resource, (int Accounting, int Onhand) effect, long quantity)
        {
            if (resource is not null)
            {
                var (_, accounting, onhand) = quantities.GetValueOrDefault(resource.Id);
                quantities[resource.Id] = (resource, accounting + ((Int128)effect.Accounting * quantity), onhand + ((Int128)effect.Onhand * quantity));
            }
        }
    }

    private async Task<Dictionary<int, ResourceState>> AttributesAtAsync(DbConnection connection, long at, CancellationToken cancellation)
    {
        const string Columns = "accountable_id, custodian_id, location_id, container_id, stage_id, state, in_process_by, in_process_of_id, in_process";
        var attributes = new Dictionary<int, ResourceState>();
        await using (var rows = await ReadAsync(
            connection,
            $"SELECT resource_id, {Columns} FROM resource_version AS v WHERE effect_time <= {Number(at)} AND NOT EXISTS (SELECT 1 FROM resource_version AS w WHERE w.resource_id = v.resource_id AND w.effect_time <= {Number(at)} AND (w.effect_time > v.effect_time OR (w.effect_time = v.effect_time AND w.position > v.position)))",
            cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                attributes[rows.GetInt32(0)] = DatabaseMemory.Attributes(rows, 1, catalog);
            }
        }

        // Networks have no versions: their holder never changes.
        foreach (var balance in await BalancesNowAsync(connection, cancellation))
        {
            if (balance.Resource.Throughput)
            {
                attributes[balance.Resource.Id] = balance.State.WithoutQuantities();
            }
        }

        return attributes;
    }
}
