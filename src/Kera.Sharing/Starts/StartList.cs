using System.Collections;
using NodaTime;

namespace Kera.Sharing;

/// <summary>Instants kept as ticks, and made when they are read: of many thousand starts a page shows few.</summary>
internal sealed class StartList(long[] ticks) : IReadOnlyList<Instant>
{
    public int Count => ticks.Length;

    public Instant this[int index] => Ticks.ToInstant(ticks[index]);

    public static IReadOnlyList<Instant> Of(List<long> starts) => starts.Count == 0 ? [] : new StartList([.. starts]);

    public IEnumerator<Instant> GetEnumerator()
    {
        foreach (var start in ticks)
        {
            yield return Ticks.ToInstant(start);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
