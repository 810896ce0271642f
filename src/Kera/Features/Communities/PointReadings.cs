using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Energy;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Communities;

/// <summary>Who asks: a token may be let read the ledger and not Series.</summary>
/// <param name="Ledger">As a reader of the ledger.</param>
/// <param name="Series">As a reader of Series.</param>
public sealed record CommunityReader(Reader Ledger, Reader Series);

/// <summary>
/// Reads what was metered behind a point: quarters of an hour from Series where the flows have them, else hours from Series and
/// ledger. A point is read only for who may read every flow of it.
/// </summary>
public sealed class PointReadings(DistrictInForce district, LedgerQueries queries, SeriesStore series)
{
    private const int Hour = 60;
    private const int Quarter = 15;

    // A millionth of a MWh is a watt-hour.
    private const long KilowatthoursInMegawatthour = 1_000;

    /// <summary>Whether a reader may read every flow of a point.</summary>
    public async Task<bool> MayReadAsync(CommunityReader reader, DistrictPoint point, CancellationToken cancellation)
    {
        foreach (var flow in point.Flows.Select(FlowOf))
        {
            var may = flow.Target == DistrictFlowTarget.Ledger
                ? queries.MayReadAll(reader.Ledger, flow.Key)
                : await series.FindAsync(SeriesKey(point, flow), reader.Series, cancellation) is not null;
            if (!may)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads a point that the reader may read.</summary>
    public async Task<MeteringPoint> ReadAsync(CommunityReader reader, DistrictPoint point, SettlementPeriods periods, CancellationToken cancellation) => MeteringPoint.Of(
        point.Key,
        periods,
        await ReadAsync(reader, point, point.Use, periods, cancellation),
        await ReadAsync(reader, point, point.Production, periods, cancellation));

    /// <summary>What a flow of a point came to in each hour, in kWh; an hour of which a part is missing is not there.</summary>
    public async Task<IReadOnlyDictionary<Instant, decimal>> HoursAsync(CommunityReader reader, DistrictPoint point, DistrictFlow flow, SettlementPeriods periods, CancellationToken cancellation)
    {
        var flows = await ReadAsync(reader, point, flow, periods, cancellation);
        var hours = new Dictionary<Instant, decimal>();
        for (var hour = periods.Begin(0); hour < periods.Begin(periods.Count); hour += Hours.Length)
        {
            if (flows.At(hour, Hour) is var (amount, _))
            {
                hours[hour] = amount.ToDecimal();
            }
        }

        return hours;
    }

    // The flows of one direction added up. What one of them lacks is missing in the sum.
    private async Task<List<MeterReading>?> ReadAsync(CommunityReader reader, DistrictPoint point, IReadOnlyList<string> keys, SettlementPeriods periods, CancellationToken cancellation)
    {
        if (keys.Count == 0)
        {
            return null;
        }

        List<FlowReadings> flows = [];
        foreach (var key in keys)
        {
            flows.Add(await ReadAsync(reader, point, FlowOf(key), periods, cancellation));
        }

        List<MeterReading> readings = [];
        var rounder = new CarryingRounder();
        var end = periods.Begin(periods.Count);
        for (var hour = periods.Begin(0); hour < end; hour += Hours.Length)
        {
            var minutes = flows.TrueForAll(flow => flow.HasQuarters(hour)) ? Quarter : Hour;
            for (var begin = hour; begin < hour + Hours.Length; begin += Duration.FromMinutes(minutes))
            {
                if (Sum(flows, begin, minutes) is var (kilowatthours, quality) && rounder.Next(ExactNumber.Fraction(kilowatthours.Millionths, KilowatthoursInMegawatthour * Quantity.One)) is { } rounded)
                {
                    readings.Add(new MeterReading(begin, minutes, rounded.Millionths, quality));
                }
            }
        }

        return readings;
    }

    private static (Quantity, ReadingQuality)? Sum(List<FlowReadings> flows, Instant begin, int minutes)
    {
        var (sum, quality) = (Quantity.Zero, ReadingQuality.Measured);
        foreach (var flow in flows)
        {
            // What is corrected to below zero is no reading.
            if (flow.At(begin, minutes) is not { } value || value.Amount < Quantity.Zero)
            {
                return null;
            }

            (sum, quality) = (sum + value.Amount, MeteringPoint.Worse(quality, value.Quality));
        }

        return (sum, quality);
    }

    private async Task<FlowReadings> ReadAsync(CommunityReader reader, DistrictPoint point, DistrictFlow flow, SettlementPeriods periods, CancellationToken cancellation)
    {
        var readings = new FlowReadings();
        var (first, end) = (periods.Begin(0), periods.Begin(periods.Count));
        for (Instant? from = first; from is not null;)
        {
            var page = await series.ReadAsync(SeriesKey(point, flow), reader.Series, from, end, cancellation: cancellation);
            from = page?.Next;
            if (page is { Series: { Unit: "kWh", Step.TotalMinutes: Quarter or Hour } description })
            {
                foreach (var value in page.Values)
                {
                    readings.Add(value.Start, (int)description.Step.TotalMinutes, value.Value, value.Quality == SeriesQuality.Measured ? ReadingQuality.Measured : ReadingQuality.Estimated);
                }
            }
        }

        if (flow.Target == DistrictFlowTarget.Ledger)
        {
            var quality = flow.Label == DistrictFlowLabel.Measured ? ReadingQuality.Measured : ReadingQuality.Estimated;
            foreach (var hour in await queries.DeclaredHoursAsync(flow.Key, DistrictCalendar.ToMicroseconds(first), DistrictCalendar.ToMicroseconds(end), cancellation))
            {
                readings.Add(DistrictCalendar.ToInstant(hour.Start), Hour, hour.Quantity, quality);
            }
        }

        return readings;
    }

    private DistrictFlow FlowOf(string key) => district.Model!.Flows[key];

    // As an import names it.
    private static string SeriesKey(DistrictPoint point, DistrictFlow flow) =>
        flow is { Target: DistrictFlowTarget.Series, Owner: null } ? $"{flow.Key}:{point.Owner}" : flow.Key;

    // A flow's values by the length and the beginning of their interval.
    private sealed class FlowReadings
    {
        private readonly Dictionary<(Instant Begin, int Minutes), (Quantity Amount, ReadingQuality Quality)> _values = [];

        public void Add(Instant begin, int minutes, Quantity amount, ReadingQuality quality) => _values[(begin, minutes)] = (amount, quality);

        public bool HasQuarters(Instant hour) => Quarters(hour).All(quarter => _values.ContainsKey((quarter, Quarter)));

        public (Quantity Amount, ReadingQuality Quality)? At(Instant begin, int minutes) =>
            _values.TryGetValue((begin, minutes), out var value) ? value
            : minutes == Hour && HasQuarters(begin) ? (Quarters(begin).Aggregate(Quantity.Zero, (sum, quarter) => sum + _values[(quarter, Quarter)].Amount), Quarters(begin).Select(quarter => _values[(quarter, Quarter)].Quality).Max())
            : null;

        private static IEnumerable<Instant> Quarters(Instant hour) => Enumerable.Range(0, Hour / Quarter).Select(number => hour + SettlementPeriods.Length * number);
    }
}
