using System.Collections.Concurrent;
using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using NodaTime;

namespace Kera.Features.Indicators;

/// <summary>The days that an indicator is of.</summary>
/// <param name="First">The first; null where all that is recorded counts.</param>
/// <param name="After">The first no longer counted.</param>
internal sealed record IndicatorWindow(LocalDate? First, LocalDate After)
{
    /// <summary>How many days; null where all that is recorded counts.</summary>
    public int? Days => First is { } first ? Period.DaysBetween(first, After) : null;

    /// <summary>The window of a period, as of a day.</summary>
    public static IndicatorWindow Of(IndicatorPeriod period, LocalDate today) => period switch
    {
        IndicatorPeriod.Day => new(today.PlusDays(-1), today),
        IndicatorPeriod.Month => new(today.PlusDays(-30), today),
        IndicatorPeriod.Year => new(today.PlusDays(-365), today),
        _ => new(null, today.PlusDays(1)),
    };
}

/// <summary>
/// One sum of each flow over a period: read once for all indicators, and kept until the ledger goes on or the day ends. Safe for several
/// threads.
/// </summary>
internal sealed class IndicatorSums(LedgerQueries queries)
{
    // Of so many readers at once; more are read anew.
    private const int MostKept = 200;

    private volatile Kept _kept = new(-1, default, new());

    /// <summary>The sums, so far as the reader may read them.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="period">Over which period.</param>
    /// <param name="today">The present day.</param>
    /// <param name="head">The newest position of the chain.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyList<FlowSum>> ReadAsync(Reader reader, IndicatorPeriod period, LocalDate today, long head, CancellationToken cancellation)
    {
        var kept = _kept;
        if (kept.Head != head || kept.Today != today)
        {
            _kept = kept = new Kept(head, today, new());
        }

        var key = (reader.SeesAll ? "*" : string.Join(' ', reader.Agents.Select(agent => agent.ToString(CultureInfo.InvariantCulture))), period);
        if (kept.Sums.TryGetValue(key, out var known))
        {
            return known;
        }

        var window = IndicatorWindow.Of(period, today);
        var sums = await queries.SumsAsync(
            reader,
            new LedgerFilter { From = window.First is { } first ? Micros(first) : null, Until = window.First is null ? null : Micros(window.After) },
            window.First is null ? Granularity.Month : Granularity.Day,
            cancellation);
        if (kept.Sums.Count < MostKept)
        {
            kept.Sums[key] = sums;
        }

        return sums;

        long Micros(LocalDate date) => DistrictCalendar.ToMicroseconds(queries.Zone.AtStartOfDay(date).ToInstant());
    }

    private sealed record Kept(long Head, LocalDate Today, ConcurrentDictionary<(string Reader, IndicatorPeriod Period), IReadOnlyList<FlowSum>> Sums);
}
