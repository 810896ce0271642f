using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Kera.Base.Store;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>The nouns of a flow row.</summary>
public sealed record FlowNouns(int Id, FlowAction Action, Agent Provider, Agent Receiver, Process? InputOf, Process? OutputOf, EconomicResource? Resource, EconomicResource? ToResource, ResourceSpecification Specification, int AudienceId, int? DeclaredId)
{
    /// <summary>What one unit of the flow does to accounting and on-hand quantity: +1, 0 or −1, of the resource or the to-resource.</summary>
    public (int Accounting, int Onhand) Effect(bool toSide)
    {
        var probe = new EconomicEvent { Action = Action, Provider = Provider, Receiver = Receiver, Resource = Resource, ToResource = ToResource };
        var (accounting, onhand) = EventEffect.Deltas(probe, new Quantity(1), toSide);
        return ((int)accounting.Millionths, (int)onhand.Millionths);
    }
}

/// <summary>Flow rows by number and by dimensions, each read once. Safe for several threads.</summary>
public sealed class FlowTable(KeraStore store, Catalog catalog)
{
    private readonly ConcurrentDictionary<int, FlowNouns> _byId = new();
    private readonly ConcurrentDictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <summary>Every flow that has been used, read anew.</summary>
    public IReadOnlyCollection<FlowNouns> All()
    {
        using var connection = store.OpenConnection();
        var newest = _byId.IsEmpty ? 0 : _byId.Keys.Max();
        foreach (var row in PlainRows.Read<FlowRow>(connection, string.Create(CultureInfo.InvariantCulture, $"id > {newest}")))
        {
            Put(row);
        }

        return (IReadOnlyCollection<FlowNouns>)_byId.Values;
    }

    public FlowNouns Get(int id)
    {
        if (_byId.TryGetValue(id, out var known))
        {
            return known;
        }

        using var connection = store.OpenConnection();
        return Put(PlainRows.Read<FlowRow>(connection, string.Create(CultureInfo.InvariantCulture, $"id = {id}")).Single());
    }

    /// <summary>The dimensions of an event in one word.</summary>
    public static string DimensionsOf(EconomicEvent e, int audienceId, int? declaredId) =>
        string.Create(CultureInfo.InvariantCulture, $"{e.Action.Id}.{e.Provider.Id}.{e.Receiver.Id}.{e.InputOf?.Id}.{e.OutputOf?.Id}.{e.Resource?.Id}.{e.ToResource?.Id}.{e.Specification!.Id}.{audienceId}.{declaredId}");

    /// <summary>The number of a flow if it is known here.</summary>
    public int? Known(string dimensions) => _ids.TryGetValue(dimensions, out var id) ? id : null;

    /// <summary>Keeps a number that the writer found or made.</summary>
    public void Keep(string dimensions, int id, EconomicEvent e, int audienceId, int? declaredId)
    {
        _ids[dimensions] = id;
        _byId[id] = new FlowNouns(id, e.Action, e.Provider, e.Receiver, e.InputOf, e.OutputOf, e.Resource, e.ToResource, e.Specification!, audienceId, declaredId);
    }

    /// <summary>Drops a number whose transaction was lost.</summary>
    public void Drop(string dimensions, int id)
    {
        _ids.TryRemove(dimensions, out _);
        _byId.TryRemove(id, out _);
    }

    private FlowNouns Put(FlowRow row)
    {
        var nouns = new FlowNouns(
            row.Id,
            FlowAction.All[row.ActionId],
            catalog.Get(catalog.Agents, row.ProviderId),
            catalog.Get(catalog.Agents, row.ReceiverId),
            catalog.Get(catalog.Processes, row.InputOfId),
            catalog.Get(catalog.Processes, row.OutputOfId),
            catalog.Get(catalog.Resources, row.ResourceId),
            catalog.Get(catalog.Resources, row.ToResourceId),
            catalog.Get(catalog.Specifications, row.SpecificationId),
            row.AudienceId,
            row.DeclaredId);
        // Asked for so that it is known from now on: readers' audiences are told from those that are known.
        _ = catalog.AudienceKey(row.AudienceId);
        _byId[row.Id] = nouns;
        _ids[row.Dimensions] = row.Id;
        return nouns;
    }
}

/// <summary>An event read from the database, with what is kept beside it.</summary>
public sealed record StoredEvent(EconomicEvent Event, FlowNouns Flow, string? IdempotencyKey, byte[]? TextDigest, byte[] Hash);

/// <summary>The columns of an event, in one order for every reader, and how they become an event again.</summary>
public sealed class EventColumns(Catalog catalog, FlowTable flows)
{
    private static readonly Unit Hour = Unit.Find("h");

    /// <summary>For a SELECT, with the table named or aliased <c>event</c>.</summary>
    public const string List = "event.position, event.idempotency_key, event.flow_id, event.effect_time, event.is_point, event.end_time, event.quantity, event.effort, event.to_location_id, event.state, event.agreement_id, event.corrects, event.has_reason, event.text_digest, event.created, event.hash";

    /// <summary>Reads the row that the reader stands on; links to promises are the caller's to add.</summary>
    public StoredEvent Read(DbDataReader row)
    {
        var flow = flows.Get(row.GetInt32(2));
        var effort = Nullable(row, 7);
        var effectTime = row.GetInt64(3);
        var point = row.GetBoolean(4);
        var e = new EconomicEvent
        {
            Position = row.GetInt64(0),
            Action = flow.Action,
            Provider = flow.Provider,
            Receiver = flow.Receiver,
            InputOf = flow.InputOf,
            OutputOf = flow.OutputOf,
            Resource = flow.Resource,
            ToResource = flow.ToResource,
            ConformsTo = flow.Resource is null && flow.ToResource is null ? flow.Specification : null,
            ResourceQuantity = Nullable(row, 6) is { } quantity ? new Quantity(quantity) : null,
            ResourceUnit = row.IsDBNull(6) ? null : flow.Specification.Unit,
            EffortQuantity = effort is { } known ? new Quantity(known) : null,
            EffortUnit = effort is null ? null : flow.Specification.EffortUnit ?? Hour,
            PointInTime = point ? effectTime : null,
            Beginning = point ? null : effectTime,
            End = Nullable(row, 5),
            ToLocation = row.IsDBNull(8) ? null : catalog.Get(catalog.Places, row.GetInt32(8)),
            State = row.IsDBNull(9) ? null : row.GetString(9),
            RealizationOf = row.IsDBNull(10) ? null : catalog.Get(catalog.Agreements, row.GetInt32(10)),
            Corrects = Nullable(row, 11),
            HasReason = row.GetBoolean(12),
            Created = row.GetInt64(14),
        };
        return new StoredEvent(e, flow, row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(13) ? null : (byte[])row.GetValue(13), (byte[])row.GetValue(15));
    }

    private static long? Nullable(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
