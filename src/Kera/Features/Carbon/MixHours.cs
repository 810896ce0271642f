using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Series;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>Generation by the hour, read for a stretch of time at once.</summary>
public sealed class MixHours
{
    private readonly Dictionary<(string Mix, Instant Hour), List<(string Kind, double Amount, int Parts)>> _hours = [];
    // By mix, the kinds that are known at all, each with how many values make up an hour.
    private readonly Dictionary<string, Dictionary<string, int>> _kinds = [];

    /// <summary>Without any.</summary>
    public static MixHours None { get; } = new();

    /// <summary>Reads the hours of every mix.</summary>
    /// <param name="series">Where they are.</param>
    /// <param name="mixes">Which.</param>
    /// <param name="from">The first.</param>
    /// <param name="until">The first not wanted.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<MixHours> ReadAsync(SeriesStore series, IEnumerable<DistrictMix> mixes, Instant from, Instant until, CancellationToken cancellation)
    {
        var read = new MixHours();
        foreach (var mix in mixes)
        {
            foreach (var kind in mix.Kinds.Values)
            {
                for (Instant? next = from; next is { } start;)
                {
                    var page = await series.ReadAsync(kind.Series(mix.Key), Reader.Everything, start, until, cancellation: cancellation);
                    if (page is not null)
                    {
                        read.Know(mix.Key, kind.Key, (int)(Base.Readings.Hours.Length / page.Series.Step));
                    }

                    foreach (var value in page?.Values ?? [])
                    {
                        read.Add(mix.Key, kind.Key, value.Start, (double)value.Value.ToDecimal());
                    }

                    next = page?.Next;
                }
            }
        }

        return read;
    }

    /// <summary>
    /// What was generated in an hour, by kind, in MWh; null where nothing is known of it, or a part of a kind that is known otherwise is
    /// missing: a gap is no zero.
    /// </summary>
    public IReadOnlyList<(string Kind, double Amount)>? Of(string mix, Instant hour) =>
        _hours.GetValueOrDefault((mix, hour)) is { } kinds && _kinds[mix].All(known => kinds.Any(kind => kind.Kind == known.Key && kind.Parts == known.Value))
            ? [.. kinds.Select(kind => (kind.Kind, kind.Amount))]
            : null;

    private void Know(string mix, string kind, int parts)
    {
        if (!_kinds.TryGetValue(mix, out var kinds))
        {
            _kinds[mix] = kinds = new(StringComparer.Ordinal);
        }

        kinds[kind] = parts;
    }

    private void Add(string mix, string kind, Instant start, double amount)
    {
        var hour = Base.Readings.Hours.Of(start);
        if (!_hours.TryGetValue((mix, hour), out var kinds))
        {
            _hours[(mix, hour)] = kinds = [];
        }

        // Quarters of an hour add up to it.
        if (kinds.FindIndex(each => each.Kind == kind) is var at and >= 0)
        {
            kinds[at] = (kind, kinds[at].Amount + amount, kinds[at].Parts + 1);
        }
        else
        {
            kinds.Add((kind, amount, 1));
        }
    }
}
