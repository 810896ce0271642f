using System.Data.Common;
using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Store;
using Kera.Base.Ui;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>What a period was said to be before.</summary>
/// <param name="Used">In kg CO2e.</param>
/// <param name="Position">The position in the chain up to which it knew.</param>
/// <param name="Computed">When it was reckoned.</param>
/// <param name="OtherFactors">Whether other factors or rules changed it; else late or corrected events did.</param>
public sealed record FormerPeriod(double Used, long Position, Instant Computed, bool OtherFactors);

/// <summary>Reads traced periods. Every answer holds only what the reader may read.</summary>
public sealed class CarbonBook(KeraStore store, CarbonTracing tracing, FlowTable flows, Catalog catalog, LedgerQueries queries)
{
    // In kg: less is no other value.
    private const double Least = 5e-7;

    /// <summary>The district's zone.</summary>
    public DateTimeZone Zone => queries.Zone;

    /// <summary>What the district says of its flows; null where it says nothing.</summary>
    public CarbonRules? Rules => tracing.Rules;

    /// <summary>The newest period of a length that has been traced; null where none has.</summary>
    /// <param name="span">How long.</param>
    /// <param name="until">Only periods that begin before this.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<CarbonTime?> NewestAsync(CarbonSpan span, Instant until, CancellationToken cancellation)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT MAX(start) FROM carbon_period WHERE span = {Number((int)span)} AND start < {Number(DistrictCalendar.ToMicroseconds(until))}";
        return await command.ExecuteScalarAsync(cancellation) is long start ? CarbonTime.Of(span, DistrictCalendar.ToInstant(start), Zone) : null;
    }

    /// <summary>A traced period; null where it has not been traced.</summary>
    public async Task<TracedPeriod?> PeriodAsync(CarbonTime time, Reader reader, CancellationToken cancellation) =>
        await PeriodsAsync(time.Span, time.Start, time.End, reader, cancellation) is [var period, ..] ? period : null;

    /// <summary>From when until when hours of a period have been traced: of one that runs, less than the whole.</summary>
    public async Task<(Instant From, Instant Until)> TracedAsync(CarbonTime time, CancellationToken cancellation)
    {
        if (time.Span == CarbonSpan.Hour)
        {
            return (time.Start, time.End);
        }

        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var rows = await CarbonTracing.ReadAsync(
            connection,
            $"SELECT MIN(start), MAX(start) FROM carbon_period WHERE span = 0 AND start >= {Number(DistrictCalendar.ToMicroseconds(time.Start))} AND start < {Number(DistrictCalendar.ToMicroseconds(time.End))}",
            cancellation);
        await rows.ReadAsync(cancellation);
        return rows.IsDBNull(0) ? (time.Start, time.End) : (DistrictCalendar.ToInstant(rows.GetInt64(0)), DistrictCalendar.ToInstant(rows.GetInt64(1)) + Hours.Length);
    }

    /// <summary>The traced periods of a length in a stretch of time, in order.</summary>
    public async Task<IReadOnlyList<TracedPeriod>> PeriodsAsync(CarbonSpan span, Instant from, Instant until, Reader reader, CancellationToken cancellation)
    {
        if (tracing.Rules is not { } rules)
        {
            return [];
        }

        var readable = reader.SeesAll ? null : queries.MayRead(reader);
        var periods = new List<TracedPeriod>();
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var rows = await CarbonTracing.ReadAsync(
            connection,
            $"SELECT start, position, computed, content FROM carbon_period WHERE span = {Number((int)span)} AND start >= {Number(DistrictCalendar.ToMicroseconds(from))} AND start < {Number(DistrictCalendar.ToMicroseconds(until))} ORDER BY start",
            cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            periods.Add(Period(rows, span, rules, readable));
        }

        return periods;
    }

    /// <summary>How many hours of a stretch of time something was used in.</summary>
    public async Task<int> HoursAsync(Instant from, Instant until, CancellationToken cancellation)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM carbon_period WHERE span = {Number((int)CarbonSpan.Hour)} AND used > 0 AND start >= {Number(DistrictCalendar.ToMicroseconds(from))} AND start < {Number(DistrictCalendar.ToMicroseconds(until))}";
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }

    /// <summary>What a period was said to be before, the newest first, as the reader could have read it.</summary>
    public async Task<IReadOnlyList<FormerPeriod>> FormersAsync(CarbonTime time, Reader reader, CancellationToken cancellation)
    {
        var readable = reader.SeesAll ? null : queries.MayRead(reader);
        var formers = new List<FormerPeriod>();
        await using var connection = await store.OpenConnectionAsync(cancellation);
        var period = $"span = {Number((int)time.Span)} AND start = {Number(DistrictCalendar.ToMicroseconds(time.Start))}";
        // Other factors changed it where what came after it, or is there now, has others.
        await using var rows = await CarbonTracing.ReadAsync(
            connection,
            $"SELECT content, position, computed, factors FROM carbon_former WHERE {period} UNION ALL SELECT content, position, computed, factors FROM carbon_period WHERE {period} ORDER BY computed DESC",
            cancellation);
        (double Used, long Factors)? after = null;
        while (await rows.ReadAsync(cancellation))
        {
            var used = CarbonContent.Of((byte[])rows.GetValue(0)).Flows
                .Where(flow => flow.IsUse && (readable is null || readable.Contains(flows.Get(flow.Flow).AudienceId)))
                .Sum(flow => flow.Carried[FootprintLayout.Location]);
            if (after is { } later && Math.Abs(later.Used - used) > Least)
            {
                formers.Add(new FormerPeriod(used, rows.GetInt64(1), DistrictCalendar.ToInstant(rows.GetInt64(2)), rows.GetInt64(3) != later.Factors));
            }

            after = (used, rows.GetInt64(3));
        }

        return formers;
    }

    /// <summary>The Series of generation that are there.</summary>
    public IReadOnlyList<string> MixSeries()
    {
        using var connection = store.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key FROM series WHERE key LIKE 'mix.%'";
        using var rows = command.ExecuteReader();
        var keys = new List<string>();
        while (rows.Read())
        {
            keys.Add(rows.GetString(0));
        }

        return keys;
    }

    private TracedPeriod Period(DbDataReader rows, CarbonSpan span, CarbonRules rules, HashSet<int>? readable)
    {
        var content = CarbonContent.Of((byte[])rows.GetValue(3));
        var (list, hidden) = (new List<TracedFlow>(), new HashSet<int>());
        foreach (var carbon in content.Flows)
        {
            var nouns = flows.Get(carbon.Flow);
            if (readable is null || readable.Contains(nouns.AudienceId))
            {
                list.Add(new TracedFlow(carbon, nouns, rules.Of(nouns), QualityOf(nouns)));
            }
            else
            {
                hidden.UnionWith(new[] { nouns.Resource?.Id, nouns.ToResource?.Id }.OfType<int>());
            }
        }

        return new TracedPeriod(CarbonTime.Of(span, DistrictCalendar.ToInstant(rows.GetInt64(0)), Zone), rows.GetInt64(1), DistrictCalendar.ToInstant(rows.GetInt64(2)), content, list, hidden);
    }

    private Quality? QualityOf(FlowNouns flow) =>
        flow.DeclaredId is { } id && Enum.TryParse<Quality>(catalog.DeclaredFlows.Get(id).Row.Quality, ignoreCase: true, out var quality) ? quality : null;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
