using Kera.Base.Access;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <content>Sums over a stretch of time.</content>
public sealed partial class LedgerQueries
{
    /// <summary>One sum of each flow over days or months of the district's zone, by the kept sums: for many numbers of one stretch of time.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="filter">Which flows and when; a day or month that it begins or ends in counts wholly.</param>
    /// <param name="granularity">Whether the kept sums of days or of months are read.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyList<FlowSum>> SumsAsync(Reader reader, LedgerFilter filter, Granularity granularity, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(granularity, Granularity.Hour);
        var wanted = Wanted(reader, filter);
        if (wanted.Count == 0)
        {
            return [];
        }

        var calendar = new DistrictCalendar(Zone);
        var byDay = granularity == Granularity.Day;
        var (table, column) = byDay ? ("flow_day", "day") : ("flow_month", "month");
        var (from, until) = byDay ? (DayFrom(filter, calendar), DayUntil(filter, calendar)) : (MonthFrom(filter, calendar), MonthUntil(filter, calendar));
        var sql = $"SELECT flow_id, MIN({column}), MAX({column}), SUM(quantity), SUM(effort), SUM(events) FROM {table} WHERE {column} >= {Number(from)} AND {column} < {Number(until)} GROUP BY flow_id ORDER BY flow_id";
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var rows = await ReadAsync(connection, sql, cancellation);
        var sums = new List<FlowSum>();
        while (await rows.ReadAsync(cancellation))
        {
            if (wanted.TryGetValue(rows.GetInt32(0), out var flow))
            {
                sums.Add(new FlowSum(flow, Start(rows.GetInt32(1)), Start(rows.GetInt32(2)), new Quantity(Whole(rows, 3)), new Quantity(Whole(rows, 4)), Whole(rows, 5)));
            }
        }

        return sums;

        long Start(int number) => byDay ? calendar.StartOfDay(number) : calendar.StartOfMonth(number);
    }
}
