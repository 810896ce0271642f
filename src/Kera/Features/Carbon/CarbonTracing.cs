using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>
/// Follows the ledger: what is new is traced, from the day on in which it happened; where the stocks at the end of a day are what
/// they were, the days after it stay as they are. Another factor or rule has everything reckoned anew. What a period that was over
/// had been said to be is kept with its date.
/// </summary>
public sealed class CarbonTracing(KeraStore store, DistrictInForce district, LedgerQueries queries, Catalog catalog, SeriesStore series, IClock clock, ILogger<CarbonTracing> logger) : IDisposable
{
    // Another number where the program itself reckons otherwise, so that what is traced is reckoned anew.
    private const int Reckoning = 3;
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile KnownRules? _rules;

    /// <summary>What the district says of its flows; null where it says nothing.</summary>
    public CarbonRules? Rules => Known?.Rules;

    private KnownRules? Known
    {
        get
        {
            if (district.Model is not { Carbon: { } carbon } model)
            {
                return null;
            }

            if (_rules is not { } known || !ReferenceEquals(known.Model, model) || known.Version != catalog.Version)
            {
                _rules = known = new KnownRules(model, catalog.Version, new CarbonRules(carbon, catalog), DigestOf(model));
            }

            return known;
        }
    }

    /// <summary>Traces all that is new. Several at once wait for each other; on several nodes one of two that trace the same gives way.</summary>
    /// <returns>The position up to which it is traced; null where the district says nothing of carbon.</returns>
    public async Task<long?> AdvanceAsync(CancellationToken cancellation = default)
    {
        if (Known is not { Factors: var factors } known)
        {
            return null;
        }

        await _one.WaitAsync(cancellation);
        try
        {
            while (true)
            {
                var state = await StateAsync(cancellation);
                var (head, _) = await queries.HeadAsync(cancellation);
                var due = await DueAsync(cancellation);
                if (state is { } there && there.Position == head && there.Factors == factors && due.Count == 0)
                {
                    return head;
                }

                var days = await DirtyDaysAsync(state, factors, due, cancellation);
                var run = new CarbonRun(new CarbonServices(store, district, queries, catalog, series, clock, logger), known.Model, known.Rules, factors, head);
                if (await run.DaysAsync(days, state, due, cancellation))
                {
                    return head;
                }
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private sealed record KnownRules(DistrictModel Model, long Version, CarbonRules Rules, long Factors);

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    // A number for the rules and factors, so that another has everything reckoned anew.
    private static long DigestOf(DistrictModel model) =>
        BitConverter.ToInt64(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Reckoning, model.Factors, model.Carbon })));

    private async Task<(long Position, long Factors)?> StateAsync(CancellationToken cancellation)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        return PlainRows.Read<CarbonStateRow>(connection).SingleOrDefault() is { } row ? (row.Position, row.Factors) : null;
    }

    private async Task<List<CarbonDueRow>> DueAsync(CancellationToken cancellation)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        return PlainRows.Read<CarbonDueRow>(connection);
    }

    /// <summary>The days in which something is new, in order; of a batch all from its first input on.</summary>
    private async Task<SortedSet<int>> DirtyDaysAsync((long Position, long Factors)? state, long factors, List<CarbonDueRow> due, CancellationToken cancellation)
    {
        var calendar = new DistrictCalendar(queries.Zone);
        var days = new SortedSet<int>();
        await using var connection = await store.OpenConnectionAsync(cancellation);
        if (state is null || state.Value.Factors != factors)
        {
            await using var all = await ReadAsync(connection, "SELECT DISTINCT day FROM flow_day", cancellation);
            while (await all.ReadAsync(cancellation))
            {
                days.Add(all.GetInt32(0));
            }

            return days;
        }

        await using (var changed = await ReadAsync(
            connection,
            $"SELECT DISTINCT e.effect_time FROM event AS e WHERE e.position > {Number(state.Value.Position)} UNION SELECT MIN(b.effect_time) FROM event AS b WHERE b.batch_input_of_id IN (SELECT COALESCE(e.batch_output_of_id, e.batch_input_of_id) FROM event AS e WHERE e.position > {Number(state.Value.Position)}) GROUP BY b.batch_input_of_id",
            cancellation))
        {
            while (await changed.ReadAsync(cancellation))
            {
                if (!changed.IsDBNull(0))
                {
                    days.Add(calendar.DayOf(changed.GetInt64(0)).Day);
                }
            }
        }

        if (due.Count > 0)
        {
            // Another mix changes every day from its first hour on that has flows.
            await using var after = await ReadAsync(connection, $"SELECT DISTINCT day FROM flow_day WHERE day >= {Number(calendar.DayOf(due.Min(row => row.Since)).Day)}", cancellation);
            while (await after.ReadAsync(cancellation))
            {
                days.Add(after.GetInt32(0));
            }
        }

        return days;
    }

    internal static async Task<DbDataReader> ReadAsync(DbConnection connection, string sql, CancellationToken cancellation)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteReaderAsync(cancellation);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
