using System.Data.Common;
using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Store;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>Track and trace over the stored ledger. A walk meets only events that the reader may read.</summary>
public sealed class LedgerTrace(KeraStore store, Catalog catalog, FlowTable flows, LedgerQueries queries)
{
    /// <summary>Walks from what a resource is now.</summary>
    public async Task<IReadOnlyList<TraceStep>> WalkAsync(Reader reader, EconomicResource start, TraceDirection direction, int limit, CancellationToken cancellation = default)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        return Tracer.Walk(new Source(connection, new EventColumns(catalog, flows), queries.MayRead(reader), reader.SeesAll), start, direction, limit);
    }

    /// <summary>Walks from an event; null where the reader may not read it.</summary>
    public async Task<IReadOnlyList<TraceStep>?> WalkAsync(Reader reader, long position, TraceDirection direction, int limit, CancellationToken cancellation = default)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        var source = new Source(connection, new EventColumns(catalog, flows), queries.MayRead(reader), reader.SeesAll);
        return source.At(position) is { } start ? Tracer.Walk(source, start, direction, limit) : null;
    }

    private sealed class Source(DbConnection connection, EventColumns columns, HashSet<int> readable, bool seesAll) : ITraceSource
    {
        /// <summary>No single look reads more: a walk shows hundreds of events, not all of a network's years.</summary>
        private const int Most = 5_000;

        private const string Live =
            " AND event.corrects IS NULL AND NOT EXISTS (SELECT 1 FROM event AS c WHERE c.corrects = event.position GROUP BY c.corrects HAVING COALESCE(SUM(c.quantity), 0) = -COALESCE(event.quantity, 0) AND COALESCE(SUM(c.effort), 0) = -COALESCE(event.effort, 0))";

        public IReadOnlyList<EconomicEvent> OfResource(EconomicResource resource, TraceSpan span)
        {
            var id = resource.Id.ToString(CultureInfo.InvariantCulture);
            // The sign keeps the planner from a network's own index, which holds years, where an hour is asked for.
            var (from, to) = resource.Throughput && span != TraceSpan.Everything ? ("+event.resource_id", "+event.to_resource_id") : ("event.resource_id", "event.to_resource_id");
            return [.. Read($"SELECT {EventColumns.List} FROM event WHERE {from} = {id} AND {Within(span)}{Live} ORDER BY event.effect_time DESC, event.position DESC LIMIT {Most}")
                .Concat(Read($"SELECT {EventColumns.List} FROM event WHERE {to} = {id} AND {Within(span)}{Live} ORDER BY event.effect_time DESC, event.position DESC LIMIT {Most}"))
                .DistinctBy(e => e.Position)];
        }

        public IReadOnlyList<EconomicEvent> OfProcess(Process process, TraceSpan span)
        {
            if (process.Continuous)
            {
                return [.. Read($"SELECT {EventColumns.List} FROM event WHERE {Within(span)}{Live} LIMIT {Most}").Where(e => e.InputOf == process || e.OutputOf == process)];
            }

            var id = process.Id.ToString(CultureInfo.InvariantCulture);
            return [.. Read($"SELECT {EventColumns.List} FROM event WHERE event.batch_input_of_id = {id}{Live} LIMIT {Most}")
                .Concat(Read($"SELECT {EventColumns.List} FROM event WHERE event.batch_output_of_id = {id}{Live} LIMIT {Most}"))
                .DistinctBy(e => e.Position)];
        }

        public IReadOnlyList<EconomicEvent> CorrectionsOf(long position) => Read($"SELECT {EventColumns.List} FROM event WHERE event.corrects = {position.ToString(CultureInfo.InvariantCulture)}");

        public EconomicEvent? At(long position) => Read($"SELECT {EventColumns.List} FROM event WHERE event.position = {position.ToString(CultureInfo.InvariantCulture)}").FirstOrDefault();

        private static string Within(TraceSpan span) => string.Create(
            CultureInfo.InvariantCulture,
            $"event.effect_time >= {span.FromTime} AND event.effect_time <= {span.ToTime} AND (event.effect_time > {span.FromTime} OR event.position >= {span.FromPosition}) AND (event.effect_time < {span.ToTime} OR event.position <= {span.ToPosition})");

        private List<EconomicEvent> Read(string sql)
        {
            var events = new List<EconomicEvent>();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var stored = columns.Read(reader);
                if (seesAll || readable.Contains(stored.Flow.AudienceId))
                {
                    events.Add(stored.Event);
                }
            }

            return events;
        }
    }
}
