using System.Data.Common;
using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.Ledger;

/// <summary>
/// What can be asked of the ledger. Every answer holds only what the reader may read. Totals and balances read kept sums,
/// never all events.
/// </summary>
public sealed partial class LedgerQueries(KeraStore store, Catalog catalog, FlowTable flows, DateTimeZone zone)
{
    private const int FewFlows = 400;
    private const int Handful = 8;
    private const int FewDays = 60;
    private readonly EventColumns _columns = new(catalog, flows);

    /// <summary>The district's zone, whose days and months totals have.</summary>
    public DateTimeZone Zone { get; } = zone;

    /// <summary>The newest position and its hash.</summary>
    public async Task<(long Position, byte[] Hash)> HeadAsync(CancellationToken cancellation = default)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var reader = await ReadAsync(connection, "SELECT position, hash FROM chain_head WHERE id = 1", cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), (byte[])reader.GetValue(1));
    }

    /// <summary>The sums of flows by hour, day or month of the district's zone, in order of time.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="filter">Which flows and when; without an end everything to now. Hours want a span of a few days.</param>
    /// <param name="granularity">How long a period is.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyList<FlowTotal>> TotalsAsync(Reader reader, LedgerFilter filter, Granularity granularity, CancellationToken cancellation = default)
    {
        var wanted = Wanted(reader, filter);
        if (wanted.Count == 0)
        {
            return [];
        }

        var calendar = new DistrictCalendar(Zone);
        var among = wanted.Count <= FewFlows ? $" AND flow_id IN ({string.Join(',', wanted.Keys.Select(Number))})" : "";
        var sql = granularity switch
        {
            Granularity.Day => $"SELECT flow_id, day, quantity, effort, events FROM flow_day WHERE day >= {Number(DayFrom(filter, calendar))} AND day < {Number(DayUntil(filter, calendar))}{among} ORDER BY day, flow_id",
            Granularity.Month => $"SELECT flow_id, month, quantity, effort, events FROM flow_month WHERE month >= {Number(MonthFrom(filter, calendar))} AND month < {Number(MonthUntil(filter, calendar))}{among} ORDER BY month, flow_id",
            _ => $"SELECT flow_id, (effect_time - {Offset()}) / 3600000000, COALESCE(SUM(quantity), 0), COALESCE(SUM(effort), 0), SUM(CASE WHEN corrects IS NULL THEN 1 ELSE 0 END) FROM event WHERE effect_time >= {Number(filter.From ?? 0)} AND effect_time < {Number(filter.Until ?? long.MaxValue)}{among} GROUP BY 1, 2 ORDER BY 2, 1",
        };
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var rows = await ReadAsync(connection, sql, cancellation);
        var totals = new List<FlowTotal>();
        while (await rows.ReadAsync(cancellation))
        {
            if (wanted.TryGetValue(rows.GetInt32(0), out var flow))
            {
                var start = granularity switch
                {
                    Granularity.Day => calendar.StartOfDay(rows.GetInt32(1)),
                    Granularity.Month => calendar.StartOfMonth(rows.GetInt32(1)),
                    _ => (rows.GetInt64(1) * 3_600_000_000) + OffsetMicroseconds(),
                };
                totals.Add(new FlowTotal(flow, start, new Quantity(Whole(rows, 2)), new Quantity(Whole(rows, 3)), Whole(rows, 4)));
            }
        }

        return totals;

        // Zones with half hours have their hours shifted; whole ones have none.
        long OffsetMicroseconds() => Zone.GetUtcOffset(DistrictCalendar.ToInstant(filter.From ?? 0)).Ticks / 10 % 3_600_000_000;
        string Offset() => Number(OffsetMicroseconds());
    }

    /// <summary>Events, the newest effect time first.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="filter">Which.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyList<StoredEvent>> EventsAsync(Reader reader, LedgerFilter filter, EventCursor? after, int limit, CancellationToken cancellation = default)
    {
        var wanted = Wanted(reader, filter);
        if (wanted.Count == 0)
        {
            return [];
        }

        await using var connection = await store.OpenConnectionAsync(cancellation);
        var until = Math.Min(filter.Until ?? long.MaxValue, after is { } cursor ? cursor.EffectTime + 1 : long.MaxValue);
        var calendar = new DistrictCalendar(Zone);
        var days = await DaysOfAsync(connection, wanted, filter, until, limit, cancellation);
        if (days.Count == 0)
        {
            return [];
        }

        var where = after is { } last ? $" AND (effect_time < {Number(last.EffectTime)} OR position < {Number(last.Position)})" : "";
        if (wanted.Count <= FewFlows)
        {
            where += $" AND flow_id IN ({string.Join(',', wanted.Keys.Select(Number))})";
        }

        // Of flows that seldom happen, only their days: between them lie the events of all others.
        (int First, int After)[] spans = days.Count <= FewDays ? [.. days.Select(day => (day, day + 1))] : [(days[^1], days[0] + 1)];
        var sql = string.Join(" UNION ALL ", spans.Select(span =>
            $"SELECT {EventColumns.List} FROM event WHERE effect_time >= {Number(Math.Max(filter.From ?? long.MinValue, calendar.StartOfDay(span.First)))} AND effect_time < {Number(Math.Min(until, calendar.StartOfDay(span.After)))}{where}"));
        var events = new List<StoredEvent>(limit);
        await using var rows = await ReadAsync(connection, sql + " ORDER BY effect_time DESC, position DESC", cancellation);
        while (events.Count < limit && await rows.ReadAsync(cancellation))
        {
            if (wanted.ContainsKey(rows.GetInt32(2)))
            {
                events.Add(_columns.Read(rows));
            }
        }

        return events;
    }

    /// <summary>One event; null where there is none or the reader may not read it.</summary>
    public async Task<EventDetail?> EventAsync(Reader reader, long position, CancellationToken cancellation = default)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        StoredEvent? stored = null;
        var corrections = new List<EconomicEvent>();
        var at = Number(position);
        await using (var rows = await ReadAsync(connection, $"SELECT {EventColumns.List} FROM event WHERE position = {at} UNION ALL SELECT {EventColumns.List} FROM event WHERE corrects = {at}", cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                var read = _columns.Read(rows);
                if (read.Event.Position == position)
                {
                    stored = read;
                }
                else
                {
                    corrections.Add(read.Event);
                }
            }
        }

        if (stored is null || !MayRead(reader).Contains(stored.Flow.AudienceId))
        {
            return null;
        }

        var links = new List<Fulfilment>();
        await using (var rows = await ReadAsync(connection, $"SELECT commitment_id, quantity FROM fulfilment WHERE position = {at} ORDER BY commitment_id", cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                links.Add(new Fulfilment(catalog.Get(catalog.Commitments, rows.GetInt32(0)), new Quantity(rows.GetInt64(1))));
            }
        }

        stored = stored with { Event = stored.Event with { Fulfills = links } };
        await using var text = await ReadAsync(connection, $"SELECT note, reason FROM event_text WHERE position = {at}", cancellation);
        return await text.ReadAsync(cancellation)
            ? new EventDetail(stored, Said(text.GetString(0)), Said(text.GetString(1)), Erased: false, corrections)
            : new EventDetail(stored, null, null, Erased: stored.TextDigest is not null, corrections);

        static string? Said(string words) => words.Length == 0 ? null : words;
    }

    /// <summary>The position of the event with an idempotency key; null where none has it.</summary>
    public async Task<long?> FindKeyAsync(string idempotencyKey, CancellationToken cancellation = default)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT position FROM event WHERE idempotency_key = $1";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (store.IsPostgres ? "" : "$1", idempotencyKey);
        command.Parameters.Add(parameter);
        return (long?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>What is recorded of a declared flow, hour by hour, within a span of effect time. Who may read it is not asked: <see cref="MayReadAll"/> does.</summary>
    public async Task<IReadOnlyList<DeclaredHour>> DeclaredHoursAsync(string flowKey, long from, long until, CancellationToken cancellation = default)
    {
        if (catalog.Find(catalog.DeclaredFlows, flowKey) is not { } declared)
        {
            return [];
        }

        var numbers = flows.All().Where(flow => flow.DeclaredId == declared.Row.Id).Select(flow => Number(flow.Id)).ToList();
        if (numbers.Count == 0)
        {
            return [];
        }

        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var rows = await ReadAsync(
            connection,
            $"SELECT effect_time, MIN(CASE WHEN corrects IS NULL THEN position END), SUM(quantity), SUM(CASE WHEN corrects IS NULL THEN 0 ELSE 1 END) FROM event WHERE effect_time >= {Number(from)} AND effect_time < {Number(until)} AND flow_id IN ({string.Join(',', numbers)}) GROUP BY effect_time ORDER BY effect_time",
            cancellation);
        var hours = new List<DeclaredHour>();
        while (await rows.ReadAsync(cancellation))
        {
            hours.Add(new DeclaredHour(rows.GetInt64(0), rows.GetInt64(1), new Quantity(Whole(rows, 2)), (int)Whole(rows, 3)));
        }

        return hours;
    }

    /// <summary>Whether a reader may read all that is recorded of a declared flow, and what will be.</summary>
    public bool MayReadAll(Reader reader, string flowKey)
    {
        if (catalog.Find(catalog.DeclaredFlows, flowKey) is not { Row: var declared })
        {
            return false;
        }

        var readable = MayRead(reader);
        return reader.SeesAll
            || (declared.AudienceId is { } audience && readable.Contains(audience) && flows.All().All(flow => flow.DeclaredId != declared.Id || readable.Contains(flow.AudienceId)));
    }

    /// <summary>The numbers of the audiences that the reader belongs to.</summary>
    internal HashSet<int> MayRead(Reader reader)
    {
        // Read anew first: another node may have recorded for an audience that is not known here yet.
        var all = flows.All();
        return [.. reader.SeesAll ? all.Select(flow => flow.AudienceId) : catalog.AudiencesOf(reader)];
    }

    /// <summary>The days, newest first, whose events of the wanted flows fill a page, by the kept counts.</summary>
    private async Task<List<int>> DaysOfAsync(DbConnection connection, Dictionary<int, FlowNouns> wanted, LedgerFilter filter, long until, int limit, CancellationToken cancellation)
    {
        var calendar = new DistrictCalendar(Zone);
        var lastDay = until == long.MaxValue ? int.MaxValue : calendar.DayOf(until - 1).Day;
        // Of a handful of flows, their own rows; of more, the days one after another until enough is found. The added zero keeps
        // the database from gathering and sorting the rows of every flow.
        var among = wanted.Count > FewFlows ? "" : $" AND flow_id{(wanted.Count > Handful ? " + 0" : "")} IN ({string.Join(',', wanted.Keys.Select(Number))})";
        var firstDay = filter.From is { } from ? calendar.DayOf(from).Day : int.MinValue;
        var count = 0L;
        var days = new List<int>();
        await using var rows = await ReadAsync(connection, $"SELECT day, flow_id, events FROM flow_day WHERE day <= {Number(lastDay)} AND day >= {Number(firstDay)}{among} ORDER BY day DESC", cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var day = rows.GetInt32(0);
            if (!wanted.ContainsKey(rows.GetInt32(1)))
            {
                continue;
            }

            if (days.Count == 0 || days[^1] != day)
            {
                if (count > limit)
                {
                    break;
                }

                days.Add(day);
            }

            // The newest day may be cut by the cursor: it does not count towards a full page.
            count += day != lastDay ? Whole(rows, 2) : 0;
        }

        return days;
    }

    /// <summary>Whether a filter fits a flow, whenever it was; who may read it is not asked.</summary>
    internal Func<FlowNouns, bool> Matching(LedgerFilter filter)
    {
        var places = filter.Place is null ? null : WithParts(filter.Place.Id);
        return flow =>
            (filter.Agent is null || flow.Provider == filter.Agent || flow.Receiver == filter.Agent) &&
            (filter.Resource is null || flow.Resource == filter.Resource || flow.ToResource == filter.Resource) &&
            (filter.Specification is null || flow.Specification == filter.Specification) &&
            (filter.Action is null || flow.Action == filter.Action) &&
            (filter.Process is null || flow.InputOf == filter.Process || flow.OutputOf == filter.Process) &&
            (places is null || PlacesOf(flow).Any(places.Contains));
    }

    private Dictionary<int, FlowNouns> Wanted(Reader reader, LedgerFilter filter)
    {
        var readable = reader.SeesAll ? null : MayRead(reader);
        var fits = Matching(filter);
        return flows.All().Where(flow => (readable is null || readable.Contains(flow.AudienceId)) && fits(flow)).ToDictionary(flow => flow.Id);
    }

    private HashSet<int> WithParts(int place)
    {
        var found = new HashSet<int> { place };
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var each in catalog.Places.All)
            {
                grown |= each.Row.PartOfId is { } whole && found.Contains(whole) && found.Add(each.Row.Id);
            }
        }

        return found;
    }

    private IEnumerable<int> PlacesOf(FlowNouns flow)
    {
        int?[] places =
        [
            flow.DeclaredId is { } declared && catalog.DeclaredFlows.Knows(declared) ? catalog.DeclaredFlows.Get(declared).Row.PlaceId : null,
            flow.Resource is null ? null : catalog.Resources.Get(flow.Resource.Id).Row.PlaceId,
            flow.ToResource is null ? null : catalog.Resources.Get(flow.ToResource.Id).Row.PlaceId,
            flow.InputOf is null ? null : catalog.Processes.Get(flow.InputOf.Id).Row.PlaceId,
            flow.OutputOf is null ? null : catalog.Processes.Get(flow.OutputOf.Id).Row.PlaceId,
        ];
        return places.OfType<int>();
    }

    private static int DayFrom(LedgerFilter filter, DistrictCalendar calendar) => filter.From is { } from ? calendar.DayOf(from).Day : int.MinValue;

    private static int DayUntil(LedgerFilter filter, DistrictCalendar calendar) => filter.Until is { } until ? calendar.DayOf(until - 1).Day + 1 : int.MaxValue;

    private static int MonthFrom(LedgerFilter filter, DistrictCalendar calendar) => filter.From is { } from ? calendar.DayOf(from).Month : int.MinValue;

    private static int MonthUntil(LedgerFilter filter, DistrictCalendar calendar) => filter.Until is { } until ? calendar.DayOf(until - 1).Month + 1 : int.MaxValue;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A sum, which PostgreSQL gives as a decimal.</summary>
    private static long Whole(DbDataReader row, int column) => row.GetFieldType(column) == typeof(decimal) ? decimal.ToInt64(row.GetDecimal(column)) : row.GetInt64(column);

    private static async Task<DbDataReader> ReadAsync(DbConnection connection, string sql, CancellationToken cancellation)
    {
        // Every value in these statements is a number that this class made: there is nothing to inject.
        // The command is the connection's to dispose: on SQLite its end would close the reader.
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteReaderAsync(cancellation);
    }
}
