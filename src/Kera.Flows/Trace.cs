namespace Kera.Flows;

/// <summary>Which way a walk goes.</summary>
public enum TraceDirection
{
    /// <summary>Upstream: where it came from (trace).</summary>
    Trace,

    /// <summary>Downstream: where it went (track).</summary>
    Track,
}

/// <summary>What a walk passed through from one event to the next.</summary>
public enum TraceVia
{
    /// <summary>The first event of a walk.</summary>
    Start,

    /// <summary>A resource: what went in came out.</summary>
    Resource,

    /// <summary>A process: inputs became outputs.</summary>
    Process,

    /// <summary>A container: what was put in went along.</summary>
    Container,

    /// <summary>A correction of the event, or the event it corrects.</summary>
    Correction,
}

/// <summary>One event that a walk reached.</summary>
/// <param name="Event">The event.</param>
/// <param name="From">The position of the event from which it was reached first; null for a start.</param>
/// <param name="Via">Through what.</param>
/// <param name="Distance">How many steps from the start, by the shortest way.</param>
public sealed record TraceStep(EconomicEvent Event, long? From, TraceVia Via, int Distance);

/// <summary>A span of the order of events: from a (time, position) to another, both included.</summary>
/// <param name="FromTime">The earliest effect time.</param>
/// <param name="FromPosition">The lowest position at <paramref name="FromTime"/>.</param>
/// <param name="ToTime">The latest effect time.</param>
/// <param name="ToPosition">The highest position at <paramref name="ToTime"/>.</param>
public readonly record struct TraceSpan(long FromTime, long FromPosition, long ToTime, long ToPosition)
{
    /// <summary>All of it.</summary>
    public static readonly TraceSpan Everything = new(long.MinValue, 0, long.MaxValue, long.MaxValue);

    /// <summary>Whether an event lies in the span.</summary>
    public bool Contains(EconomicEvent e) =>
        (e.EffectTime > FromTime || (e.EffectTime == FromTime && e.Position >= FromPosition)) &&
        (e.EffectTime < ToTime || (e.EffectTime == ToTime && e.Position <= ToPosition));
}

/// <summary>Where a walk finds events: in memory (<see cref="TraceIndex"/>) or in a database. Void events are left out.</summary>
public interface ITraceSource
{
    /// <summary>Events that name the resource on either side, within the span, in any order.</summary>
    IReadOnlyList<EconomicEvent> OfResource(EconomicResource resource, TraceSpan span);

    /// <summary>Events into or out of the process, within the span, in any order.</summary>
    IReadOnlyList<EconomicEvent> OfProcess(Process process, TraceSpan span);

    /// <summary>The corrections of an event.</summary>
    IReadOnlyList<EconomicEvent> CorrectionsOf(long position);

    /// <summary>The event at a position, or null where it may not be seen.</summary>
    EconomicEvent? At(long position);
}

/// <summary>
/// Walks the graph of events breadth first, both ways: over processes, transfers, moves, containers and corrections.
/// Cycles end where they close. A throughput resource and a continuous process are crossed only within the same hour (UTC);
/// a batch process wholly. Each event and each span of a resource is visited once: linear in what is reached.
/// </summary>
public static class Tracer
{
    private const long Hour = 3_600_000_000;

    /// <summary>Walks from an event.</summary>
    /// <param name="source">Where events are found.</param>
    /// <param name="start">The first event.</param>
    /// <param name="direction">Upstream or downstream.</param>
    /// <param name="limit">At most so many events, the nearest first.</param>
    public static IReadOnlyList<TraceStep> Walk(ITraceSource source, EconomicEvent start, TraceDirection direction, int limit)
    {
        var walk = new Run(source, direction, limit);
        walk.Reach(start, null, TraceVia.Start, 0);
        return walk.Finish();
    }

    /// <summary>Walks from what a resource is now: from the events that fed it, or those that took from it.</summary>
    /// <param name="source">Where events are found.</param>
    /// <param name="start">The resource.</param>
    /// <param name="direction">Upstream or downstream.</param>
    /// <param name="limit">At most so many events, the nearest first.</param>
    public static IReadOnlyList<TraceStep> Walk(ITraceSource source, EconomicResource start, TraceDirection direction, int limit)
    {
        var walk = new Run(source, direction, limit);
        walk.ReachAll(source.OfResource(start, TraceSpan.Everything).Where(e => walk.Continues(e, start)), null, TraceVia.Start, 0);
        return walk.Finish();
    }

    private sealed class Run(ITraceSource source, TraceDirection direction, int limit)
    {
        private readonly List<TraceStep> _steps = [];
        private readonly HashSet<long> _seen = [];
        private readonly Dictionary<int, (long Time, long Position)> _resourceFrontier = [];
        private readonly HashSet<(int, long)> _hours = [];
        private readonly HashSet<(int, long)> _processes = [];

        private bool Upstream => direction == TraceDirection.Trace;

        public void Reach(EconomicEvent e, long? from, TraceVia via, int distance)
        {
            if (_steps.Count < limit && _seen.Add(e.Position))
            {
                _steps.Add(new TraceStep(e, from, via, distance));
            }
        }

        public void ReachAll(IEnumerable<EconomicEvent> events, long? from, TraceVia via, int distance)
        {
            foreach (var e in events.OrderBy(e => e.EffectTime).ThenBy(e => e.Position))
            {
                Reach(e, from, via, distance);
            }
        }

        public List<TraceStep> Finish()
        {
            // The list of steps is the queue as well: breadth first.
            for (var next = 0; next < _steps.Count && _steps.Count < limit; next++)
            {
                Expand(_steps[next]);
            }

            return _steps;
        }

        /// <summary>Whether an event puts into the resource (upstream) or takes out of it (downstream).</summary>
        public bool Continues(EconomicEvent e, EconomicResource resource) => Upstream ? Feeds(e, resource) : Draws(e, resource);

        private static bool Feeds(EconomicEvent e, EconomicResource resource) =>
            e.ToResource == resource || (e.Resource == resource && (Increments(e.Action) || StaysInPlace(e)));

        private static bool Draws(EconomicEvent e, EconomicResource resource) =>
            e.Resource == resource && (!Increments(e.Action) || StaysInPlace(e));

        private static bool Increments(FlowAction action) => action.Onhand == QuantityEffect.Increment || action.Accounting == QuantityEffect.Increment;

        /// <summary>A whole transfer or move: the resource goes on as itself.</summary>
        private static bool StaysInPlace(EconomicEvent e) => e.ToResource is null && !ResourceRules.IsExport(e) &&
            (e.Action.Onhand == QuantityEffect.DecrementIncrement || e.Action.Accounting == QuantityEffect.DecrementIncrement);

        private void Expand(TraceStep step)
        {
            var e = step.Event;
            var distance = step.Distance + 1;
            if (e.Corrects is { } corrected && source.At(corrected) is { } original)
            {
                Reach(original, e.Position, TraceVia.Correction, distance);
            }
            else
            {
                ReachAll(source.CorrectionsOf(e.Position), e.Position, TraceVia.Correction, distance);
            }

            CrossProcess(e, distance);
            if (Upstream)
            {
                if (e.Resource is { } resource && (!Increments(e.Action) || StaysInPlace(e)))
                {
                    CrossResource(resource, e, distance);
                }
            }
            else if (e.ToResource is { } to)
            {
                CrossResource(to, e, distance);
            }
            else if (e.Resource is { } resource && (Increments(e.Action) || StaysInPlace(e)))
            {
                CrossResource(resource, e, distance);
            }
        }

        private void CrossProcess(EconomicEvent e, int distance)
        {
            // Upstream an output leads to the inputs of its process; downstream an input to the outputs.
            if ((Upstream ? e.OutputOf : e.InputOf) is not { } process)
            {
                return;
            }

            var hour = process.Continuous ? HourOf(e) : long.MinValue;
            if (_processes.Add((process.Id, hour)))
            {
                var span = process.Continuous ? OfHour(hour) : TraceSpan.Everything;
                ReachAll(source.OfProcess(process, span).Where(other => (Upstream ? other.InputOf : other.OutputOf) == process), e.Position, TraceVia.Process, distance);
            }
        }

        private void CrossResource(EconomicResource resource, EconomicEvent e, int distance)
        {
            TraceSpan span;
            if (resource.Throughput)
            {
                var hour = HourOf(e);
                if (!_hours.Add((resource.Id, hour)))
                {
                    return;
                }

                span = OfHour(hour);
            }
            else if (Upstream)
            {
                var reached = _resourceFrontier.GetValueOrDefault(resource.Id, (long.MinValue, 0));
                if ((e.EffectTime, e.Position).CompareTo(reached) <= 0)
                {
                    return;
                }

                _resourceFrontier[resource.Id] = (e.EffectTime, e.Position);
                span = new TraceSpan(reached.Item1, reached.Item2, e.EffectTime, e.Position - 1);
            }
            else
            {
                var reached = _resourceFrontier.GetValueOrDefault(resource.Id, (long.MaxValue, long.MaxValue));
                if ((e.EffectTime, e.Position).CompareTo(reached) >= 0)
                {
                    return;
                }

                _resourceFrontier[resource.Id] = (e.EffectTime, e.Position);
                span = new TraceSpan(e.EffectTime, e.Position + 1, reached.Item1, reached.Item2);
            }

            var via = e.Action.Contained == AttributeEffect.Update && e.ToResource == resource ? TraceVia.Container : TraceVia.Resource;
            ReachAll(source.OfResource(resource, span).Where(other => Continues(other, resource)), e.Position, via, distance);
        }

        private static long HourOf(EconomicEvent e) => Math.DivRem(e.EffectTime, Hour) is var (hour, rest) && rest < 0 ? hour - 1 : e.EffectTime / Hour;

        private static TraceSpan OfHour(long hour) => new(hour * Hour, 0, ((hour + 1) * Hour) - 1, long.MaxValue);
    }
}

/// <summary>Events in memory, indexed for walks. Building it takes time in the number of events times its logarithm.</summary>
public sealed class TraceIndex : ITraceSource
{
    private readonly Dictionary<int, List<EconomicEvent>> _byResource = [];
    private readonly Dictionary<int, List<EconomicEvent>> _byProcess = [];
    private readonly Dictionary<long, List<EconomicEvent>> _corrections = [];
    private readonly Dictionary<long, EconomicEvent> _byPosition = [];

    /// <summary>Indexes events; leave out void ones.</summary>
    public TraceIndex(IEnumerable<EconomicEvent> events)
    {
        foreach (var e in events.OrderBy(e => e.EffectTime).ThenBy(e => e.Position))
        {
            _byPosition.Add(e.Position, e);
            if (e.Corrects is { } corrected)
            {
                Add(_corrections, corrected, e);
                continue;
            }

            Add(_byResource, e.Resource?.Id, e);
            Add(_byResource, e.ToResource?.Id, e);
            Add(_byProcess, e.InputOf?.Id, e);
            Add(_byProcess, e.OutputOf == e.InputOf ? null : e.OutputOf?.Id, e);
        }

        static void Add<TKey>(Dictionary<TKey, List<EconomicEvent>> index, object? key, EconomicEvent e)
            where TKey : struct
        {
            if (key is TKey known)
            {
                if (!index.TryGetValue(known, out var list))
                {
                    index.Add(known, list = []);
                }

                list.Add(e);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<EconomicEvent> OfResource(EconomicResource resource, TraceSpan span) => Within(_byResource.GetValueOrDefault(resource.Id), span);

    /// <inheritdoc/>
    public IReadOnlyList<EconomicEvent> OfProcess(Process process, TraceSpan span) => Within(_byProcess.GetValueOrDefault(process.Id), span);

    /// <inheritdoc/>
    public IReadOnlyList<EconomicEvent> CorrectionsOf(long position) => _corrections.GetValueOrDefault(position) ?? [];

    /// <inheritdoc/>
    public EconomicEvent? At(long position) => _byPosition.GetValueOrDefault(position);

    private static List<EconomicEvent> Within(List<EconomicEvent>? events, TraceSpan span)
    {
        if (events is null)
        {
            return [];
        }

        // Lists are in order, so the span is a slice of them.
        var first = Lowest(index => events[index].EffectTime > span.FromTime || (events[index].EffectTime == span.FromTime && events[index].Position >= span.FromPosition));
        var end = Lowest(index => events[index].EffectTime > span.ToTime || (events[index].EffectTime == span.ToTime && events[index].Position > span.ToPosition));
        return first >= end ? [] : events.GetRange(first, end - first);

        int Lowest(Func<int, bool> holds)
        {
            var (low, high) = (0, events.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
            }

            return low;
        }
    }
}
