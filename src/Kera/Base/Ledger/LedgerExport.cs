using System.Data.Common;
using System.Globalization;
using CsvHelper;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Ledger;

/// <summary>Writes the whole ledger for other programs: as a plain-text-accounting journal, or as a table.</summary>
public sealed class LedgerExport(KeraStore store, Catalog catalog, FlowTable flows, DateTimeZone zone)
{
    private static readonly string[] Columns =
    [
        "position", "action", "provider", "receiver", "inputOf", "outputOf", "resourceInventoriedAs", "toResourceInventoriedAs", "resourceConformsTo", "resourceQuantity", "resourceUnit",
        "effortQuantity", "effortUnit", "hasPointInTime", "hasBeginning", "hasEnd", "toLocation", "state", "corrects", "realizationOf", "audience", "flow", "idempotencyKey", "created", "hash",
    ];

    /// <summary>
    /// The quantities on hand as a journal that the programs <c>ledger</c> and <c>hledger</c> read, in order of effect time. A
    /// resource held is <c>held:AGENT:RESOURCE</c>; what goes into or comes out of a process posts against
    /// <c>process:ID:consumed</c> or <c>:produced</c>, one-sided transfers against <c>outside:AGENT</c>, counts against
    /// <c>count:RESOURCE</c>, copies against <c>copy:RESOURCE</c>. Every posting has its commodity and its amount.
    /// </summary>
    public async Task WriteJournalAsync(TextWriter output, CancellationToken cancellation = default)
    {
        catalog.Reload();
        await using var connection = await store.OpenConnectionAsync(cancellation);
        var custody = await ReadCustodyAsync(connection, cancellation);
        var columns = new EventColumns(catalog, flows);
        await output.WriteLineAsync("; Quantities on hand of a Kera ledger; written by 'kera export ledger'.");
        await foreach (var stored in EventsAsync(connection, columns, "effect_time, position", cancellation))
        {
            var e = stored.Event;
            var slot = e.Corrects ?? e.Position;
            var postings = Postings(e, custody, slot).Where(posting => posting.Quantity != Quantity.Zero).ToList();
            if (postings.Count == 0)
            {
                continue;
            }

            var date = LocalDatePattern.Iso.Format(DistrictCalendar.ToInstant(e.EffectTime).InZone(zone).Date);
            var unit = Quote(e.Specification!.Unit.Code);
            await output.WriteAsync($"\n{date} * ({e.Position}) {e.Action}{(e.Corrects is { } corrected ? $", correction of {corrected}" : "")}\n");
            foreach (var (account, quantity) in postings)
            {
                await output.WriteAsync($"    {account}  {quantity.ToDecimal().ToString("0.000000", CultureInfo.InvariantCulture)} {unit}\n");
            }
        }
    }

    /// <summary>Every event as a row of a table with a head, in order of position; quantities with a point, times in UTC.</summary>
    public async Task WriteCsvAsync(TextWriter output, CancellationToken cancellation = default)
    {
        catalog.Reload();
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var column in Columns)
        {
            csv.WriteField(column);
        }

        await csv.NextRecordAsync();
        await foreach (var stored in EventsAsync(connection, new EventColumns(catalog, flows), "position", cancellation))
        {
            var e = stored.Event;
            string?[] fields =
            [
                e.Position.ToString(CultureInfo.InvariantCulture), e.Action.Name, e.Provider.Key, e.Receiver.Key, e.InputOf?.Key, e.OutputOf?.Key, e.Resource?.Key, e.ToResource?.Key, e.Specification!.Key,
                e.ResourceQuantity?.ToString(), e.ResourceUnit?.Code, e.EffortQuantity?.ToString(), e.EffortUnit?.Code, Time(e.PointInTime), Time(e.Beginning), Time(e.End), e.ToLocation?.Key, e.State,
                e.Corrects?.ToString(CultureInfo.InvariantCulture), e.RealizationOf?.Key, catalog.AudienceKey(stored.Flow.AudienceId),
                stored.Flow.DeclaredId is { } declared ? catalog.DeclaredFlows.Get(declared).Row.Key : null, stored.IdempotencyKey, Time(e.Created), Convert.ToHexStringLower(stored.Hash),
            ];
            foreach (var field in fields)
            {
                csv.WriteField(field);
            }

            await csv.NextRecordAsync();
        }

        static string? Time(long? microseconds) => microseconds is { } known ? InstantPattern.ExtendedIso.Format(DistrictCalendar.ToInstant(known)) : null;
    }

    private static IEnumerable<(string Account, Quantity Quantity)> Postings(EconomicEvent e, Custody custody, long slot)
    {
        var quantity = e.ResourceQuantity ?? Quantity.Zero;
        if (e.Resource is { } resource)
        {
            var (before, after) = custody.At(resource, e.EffectTime, slot);
            var (_, onhand) = EventEffect.Deltas(e, quantity, toSide: false);
            var whole = e.ToResource is null && e.Action.Onhand == QuantityEffect.DecrementIncrement && onhand == Quantity.Zero;
            if (whole)
            {
                return [(Held(before ?? e.Provider, resource), -quantity), (Held(after ?? e.Receiver, resource), quantity)];
            }

            var holder = e.Action.Onhand == QuantityEffect.Increment ? after ?? e.Receiver : before ?? e.Provider;
            if (e.ToResource is null || e.Action.Contained == AttributeEffect.Update)
            {
                return [(Held(holder, resource), onhand), (Against(e, resource), -onhand)];
            }

            var (_, to) = EventEffect.Deltas(e, quantity, toSide: true);
            var (_, holderTo) = custody.At(e.ToResource, e.EffectTime, slot);
            return e.Action.Onhand == QuantityEffect.IncrementTo
                ? [(Held(holderTo ?? e.Receiver, e.ToResource), to), ($"copy:{Safe(resource.Key)}", -to)]
                : [(Held(holder, resource), onhand), (Held(holderTo ?? e.Receiver, e.ToResource), to)];
        }

        if (e.ToResource is { } imported)
        {
            var (_, after) = custody.At(imported, e.EffectTime, slot);
            return [(Held(after ?? e.Receiver, imported), quantity), ($"outside:{Safe(e.Provider.Key)}", -quantity)];
        }

        return [];
    }

    private static string Against(EconomicEvent e, EconomicResource resource) =>
        e.InputOf is { } input ? $"process:{Safe(input.Key)}:consumed"
        : e.OutputOf is { } output ? $"process:{Safe(output.Key)}:produced"
        : e.Action.Onhand == QuantityEffect.DecrementIncrement ? $"outside:{Safe(e.Receiver.Key)}"
        : $"count:{Safe(resource.Key)}";

    private static string Held(Agent agent, EconomicResource resource) => $"held:{Safe(agent.Key)}:{Safe(resource.Key)}";

    /// <summary>A colon would make a level of accounts.</summary>
    private static string Safe(string key) => key.Replace(':', '.');

    /// <summary>Both programs want a commodity in quotes when it has anything but letters.</summary>
    private static string Quote(string unit) => unit.All(char.IsAsciiLetter) ? unit : $"\"{unit}\"";

    private static async IAsyncEnumerable<StoredEvent> EventsAsync(DbConnection connection, EventColumns columns, string order, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {EventColumns.List} FROM event ORDER BY {order}";
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            yield return columns.Read(rows);
        }
    }

    private async Task<Custody> ReadCustodyAsync(DbConnection connection, CancellationToken cancellation)
    {
        var custody = new Custody();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT resource_id, effect_time, position, custodian_id FROM resource_version WHERE custodian_id IS NOT NULL ORDER BY resource_id, effect_time, position";
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                custody.Add(rows.GetInt32(0), rows.GetInt64(1), rows.GetInt64(2), catalog.Get(catalog.Agents, rows.GetInt32(3)));
            }
        }

        // A network has one holder for good, kept with its balance.
        command.CommandText = "SELECT resource_id, custodian_id FROM balance WHERE custodian_id IS NOT NULL";
        await using var holders = await command.ExecuteReaderAsync(cancellation);
        while (await holders.ReadAsync(cancellation))
        {
            if (catalog.Get(catalog.Resources, holders.GetInt32(0)).Throughput)
            {
                custody.Add(holders.GetInt32(0), long.MinValue, 0, catalog.Get(catalog.Agents, holders.GetInt32(1)));
            }
        }

        return custody;
    }

    /// <summary>Who held each resource from which event on.</summary>
    private sealed class Custody
    {
        private readonly Dictionary<int, List<(long Time, long Position, Agent Holder)>> _spans = [];

        /// <summary>Adds a span; per resource in order.</summary>
        public void Add(int resourceId, long time, long position, Agent holder)
        {
            if (!_spans.TryGetValue(resourceId, out var spans))
            {
                _spans.Add(resourceId, spans = []);
            }

            if (spans.Count == 0 || spans[^1].Holder != holder)
            {
                spans.Add((time, position, holder));
            }
        }

        /// <summary>The holder before and after an event; null where there is none yet.</summary>
        public (Agent? Before, Agent? After) At(EconomicResource resource, long time, long position)
        {
            Agent? before = null;
            Agent? after = null;
            foreach (var span in _spans.GetValueOrDefault(resource.Id) ?? [])
            {
                var order = (span.Time, span.Position).CompareTo((time, position));
                before = order < 0 ? span.Holder : before;
                after = order <= 0 ? span.Holder : after;
            }

            return (before, after);
        }
    }
}
