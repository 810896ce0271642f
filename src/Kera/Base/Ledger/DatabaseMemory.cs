using System.Data.Common;
using System.Globalization;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>What the writer's book looks up: states, histories and events as committed, read on the writer's own connection.</summary>
internal sealed class DatabaseMemory(DbConnection connection, Catalog catalog, EventColumns columns) : ILedgerMemory
{
    private const string AttributeColumns = "accountable_id, custodian_id, location_id, container_id, stage_id, state, in_process_by, in_process_of_id, in_process";

    /// <summary>So many events are read faster by their time than a resource's own by its index.</summary>
    private const int Few = 5_000;

    /// <summary>The writer's present transaction.</summary>
    public DbTransaction? Transaction { get; set; }

    public (ResourceState State, long LastEffectTime)? State(EconomicResource resource)
    {
        using var command = Command($"SELECT accounting, onhand, last_effect_time, {AttributeColumns} FROM balance WHERE resource_id = {Number(resource.Id)}");
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? (Attributes(reader, 3) with { Accounting = new Quantity(reader.GetInt64(0)), Onhand = new Quantity(reader.GetInt64(1)) }, reader.GetInt64(2))
            : null;
    }

    public IReadOnlyList<ResourceVersion> Versions(EconomicResource resource)
    {
        using var command = Command($"SELECT effect_time, position, {AttributeColumns} FROM resource_version WHERE resource_id = {Number(resource.Id)} ORDER BY effect_time, position");
        using var reader = command.ExecuteReader();
        var versions = new List<ResourceVersion>();
        while (reader.Read())
        {
            versions.Add(new ResourceVersion(reader.GetInt64(0), reader.GetInt64(1), Attributes(reader, 2)));
        }

        return versions;
    }

    public IReadOnlyList<RecordedEvent> History(EconomicResource resource, long from)
    {
        var id = Number(resource.Id);
        var since = $"FROM event WHERE effect_time >= {Number(from)}";
        // An event that is late by a moment has few after it: they are found by their time, among those of other resources. Of an
        // old one, the resource's own are fewer. The order and the limit make the database walk the times and no more of them,
        // however little it knows of the table. The corrections carry their original's resources and time.
        using (var count = Command($"SELECT count(*) FROM (SELECT 1 {since} ORDER BY effect_time LIMIT {Few}) AS later"))
        {
            if (Convert.ToInt64(count.ExecuteScalar(), CultureInfo.InvariantCulture) < Few)
            {
                return Fold(Read($"SELECT {EventColumns.List} FROM (SELECT * {since} ORDER BY effect_time LIMIT {Few}) AS event WHERE resource_id = {id} OR to_resource_id = {id}"));
            }
        }

        return Fold(Read($"SELECT {EventColumns.List} {since} AND resource_id = {id} UNION ALL SELECT {EventColumns.List} {since} AND to_resource_id = {id}"));
    }

    public RecordedEvent? Event(long position)
    {
        var at = Number(position);
        var stored = Read($"SELECT {EventColumns.List} FROM event WHERE position = {at} UNION ALL SELECT {EventColumns.List} FROM event WHERE corrects = {at}");
        return stored.Find(e => e.Position == position) is not { } found ? null
            : found.Corrects is null ? Fold(stored)[0]
            : new RecordedEvent(found, found.ResourceQuantity ?? Quantity.Zero, found.EffortQuantity ?? Quantity.Zero, corrected: false);
    }

    /// <summary>The number of a stored event's flow.</summary>
    public int FlowOf(long position)
    {
        using var command = Command($"SELECT flow_id FROM event WHERE position = {Number(position)}");
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public bool IsFinished(Commitment commitment) => catalog.Commitments.Get(commitment.Id).Row.Finished;

    public Quantity Fulfilled(Commitment commitment)
    {
        using var command = Command($"SELECT fulfilled FROM commitment WHERE id = {Number(commitment.Id)}");
        return new Quantity((long)(command.ExecuteScalar() ?? 0L));
    }

    internal static ResourceState Attributes(DbDataReader reader, int first, Catalog catalog) => new()
    {
        // A resource whose beginning was corrected to nothing has a row and no one who answers for it.
        Exists = !reader.IsDBNull(first),
        Accountable = catalog.Get(catalog.Agents, Int(reader, first)),
        Custodian = catalog.Get(catalog.Agents, Int(reader, first + 1)),
        Location = catalog.Get(catalog.Places, Int(reader, first + 2)),
        Container = catalog.Get(catalog.Resources, Int(reader, first + 3)),
        Stage = catalog.Get(catalog.ProcessSpecifications, Int(reader, first + 4)),
        State = reader.IsDBNull(first + 5) ? null : reader.GetString(first + 5),
        InProcessBy = Int(reader, first + 6) is { } action ? FlowAction.All[action] : null,
        InProcessOf = catalog.Get(catalog.Processes, Int(reader, first + 7)),
        InProcess = new Quantity(reader.GetInt64(first + 8)),
    };

    private ResourceState Attributes(DbDataReader reader, int first) => Attributes(reader, first, catalog);

    private static int? Int(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private List<EconomicEvent> Read(string sql)
    {
        var events = new List<EconomicEvent>();
        using (var command = Command(sql))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                events.Add(columns.Read(reader).Event);
            }
        }

        return WithLinks(events);
    }

    /// <summary>Adds the links to promises, which only few events have.</summary>
    private List<EconomicEvent> WithLinks(List<EconomicEvent> events)
    {
        foreach (var chunk in events.Select((e, index) => (e.Position, index)).Chunk(500))
        {
            var links = new Dictionary<long, List<Fulfilment>>();
            using (var command = Command($"SELECT position, commitment_id, quantity FROM fulfilment WHERE position IN ({string.Join(',', chunk.Select(each => Number(each.Position)))}) ORDER BY position, commitment_id"))
            using (var reader = command.ExecuteReader())
            {
                while (reader.Read())
                {
                    var position = reader.GetInt64(0);
                    if (!links.TryGetValue(position, out var list))
                    {
                        links.Add(position, list = []);
                    }

                    list.Add(new Fulfilment(catalog.Get(catalog.Commitments, reader.GetInt32(1)), new Quantity(reader.GetInt64(2))));
                }
            }

            foreach (var (position, index) in chunk)
            {
                if (links.TryGetValue(position, out var list))
                {
                    events[index] = events[index] with { Fulfills = list };
                }
            }
        }

        return events;
    }

    private static List<RecordedEvent> Fold(List<EconomicEvent> events)
    {
        var corrections = events.Where(e => e.Corrects is not null).ToLookup(e => e.Corrects!.Value);
        return [.. events.Where(e => e.Corrects is null).Select(e =>
        {
            var (quantity, effort, corrected) = (e.ResourceQuantity ?? Quantity.Zero, e.EffortQuantity ?? Quantity.Zero, false);
            foreach (var correction in corrections[e.Position])
            {
                (quantity, effort, corrected) = (quantity + (correction.ResourceQuantity ?? Quantity.Zero), effort + (correction.EffortQuantity ?? Quantity.Zero), true);
            }

            return new RecordedEvent(e, quantity, effort, corrected);
        })];
    }

    private DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = Transaction;
        command.CommandText = sql;
        return command;
    }
}
