using System.Runtime.InteropServices;
using NodaTime;

namespace Kera.Sharing;

/// <summary>Time in ticks since 1970: what sweeps reckon in.</summary>
internal static class Ticks
{
    public static long Of(Instant instant) => instant.ToUnixTimeTicks();

    public static long Of(Duration duration) => duration.BclCompatibleTicks;

    public static Instant ToInstant(long ticks) => Instant.FromUnixTimeTicks(ticks);
}

/// <summary>A time from its beginning up to its end.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Span(long Begin, long End)
{
    public Interval ToInterval() => new(Ticks.ToInstant(Begin), Ticks.ToInstant(End));
}

/// <summary>Lists of spans in order that neither overlap nor touch.</summary>
internal static class Spans
{
    /// <summary>The same time in order, merged. The list is sorted in place.</summary>
    public static List<Span> Merged(this List<Span> spans)
    {
        if (!InOrder(spans))
        {
            spans.Sort(static (one, other) => one.Begin.CompareTo(other.Begin));
        }

        var merged = new List<Span>(spans.Count);
        foreach (var span in spans)
        {
            if (span.End <= span.Begin)
            {
                continue;
            }

            if (merged.Count > 0 && merged[^1] is var last && span.Begin <= last.End)
            {
                merged[^1] = last with { End = Math.Max(last.End, span.End) };
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }

    /// <summary>The part between two times.</summary>
    public static IEnumerable<Span> Cut(this IReadOnlyList<Span> spans, long begin, long end) => spans
        .Where(span => span.End > begin && span.Begin < end)
        .Select(span => new Span(Math.Max(span.Begin, begin), Math.Min(span.End, end)));

    /// <summary>What is in both.</summary>
    public static List<Span> And(this List<Span> some, List<Span> others)
    {
        var both = new List<Span>();
        for (var (one, other) = (0, 0); one < some.Count && other < others.Count;)
        {
            var (begin, end) = (Math.Max(some[one].Begin, others[other].Begin), Math.Min(some[one].End, others[other].End));
            if (begin < end)
            {
                both.Add(new(begin, end));
            }

            if (some[one].End < others[other].End)
            {
                one++;
            }
            else
            {
                other++;
            }
        }

        return both;
    }

    /// <summary>What is in the one and not in the other.</summary>
    public static List<Span> Without(this List<Span> spans, List<Span> cuts)
    {
        if (cuts.Count == 0)
        {
            return spans;
        }

        var left = new List<Span>(spans.Count + cuts.Count);
        var first = 0;
        foreach (var span in spans)
        {
            while (first < cuts.Count && cuts[first].End <= span.Begin)
            {
                first++;
            }

            var begin = span.Begin;
            for (var cut = first; cut < cuts.Count && cuts[cut].Begin < span.End; cut++)
            {
                if (cuts[cut].Begin > begin)
                {
                    left.Add(new(begin, cuts[cut].Begin));
                }

                begin = Math.Max(begin, cuts[cut].End);
            }

            if (begin < span.End)
            {
                left.Add(span with { Begin = begin });
            }
        }

        return left;
    }

    /// <summary>The span that a time is in, or null. O(log n).</summary>
    public static Span? At(this List<Span> spans, long ticks)
    {
        var (low, high) = (0, spans.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (spans[middle].End <= ticks)
            {
                low = middle + 1;
            }
            else if (spans[middle].Begin > ticks)
            {
                high = middle - 1;
            }
            else
            {
                return spans[middle];
            }
        }

        return null;
    }

    // The bookings of one space come in order.
    private static bool InOrder(List<Span> spans)
    {
        for (var at = 1; at < spans.Count; at++)
        {
            if (spans[at].Begin < spans[at - 1].Begin)
            {
                return false;
            }
        }

        return true;
    }
}
