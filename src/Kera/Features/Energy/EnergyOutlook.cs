using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>
/// Reads what is known of the coming hours: prices and weather from Series, and from the ledger how demands, supplies and plants
/// ran, from which the coming hours are forecast.
/// </summary>
public sealed class EnergyOutlook(DistrictInForce district, LedgerQueries queries, Catalog catalog, SeriesStore series)
{
    // Four weeks: enough for the week's form, and few enough to be read in a blink.
    private static readonly Duration Behind = Duration.FromDays(28);
    private static readonly int[] DaysAlike = [1, 2, 7, 14];
    private const double MildDay = 5;

    /// <summary>What a plan from an hour on is made from.</summary>
    /// <param name="energy">What the district says of its energy.</param>
    /// <param name="first">The first hour of the plan.</param>
    /// <param name="hours">How many hours.</param>
    /// <param name="before">The plan before; null for none.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<EnergyInputs> ReadAsync(DistrictEnergy energy, Instant first, int hours, PlanContent? before, CancellationToken cancellation)
    {
        var history = await HistoryAsync(energy, first, cancellation);
        var flows = energy.Demands.Values.Select(demand => (demand.Key, demand.Flows)).Concat(energy.Supplies.Values.Select(supply => (supply.Key, supply.Flows)))
            .ToDictionary(each => each.Key, each => Forecast(Sum(each.Flows, history), first, hours, 0), StringComparer.Ordinal);
        var prices = new Dictionary<string, HourNumbers>(StringComparer.Ordinal);
        var intensities = new Dictionary<string, HourNumbers>(StringComparer.Ordinal);
        foreach (var grid in energy.Grids.Values)
        {
            prices[grid.Key] = await SeriesAsync(grid.Price, first, hours, 0, cancellation);
            intensities[grid.Key] = await SeriesAsync($"carbon.intensity.{energy.Buses[grid.Bus].Network}", first, hours, 0, cancellation);
        }

        return new EnergyInputs(first, hours, flows, prices, await SeriesAsync("weather.temperature", first, hours, MildDay, cancellation), intensities, await StateAsync(energy, first, history, before, cancellation));
    }

    // By declared flow, its kWh by hour.
    private async Task<Dictionary<string, SortedDictionary<Instant, double>>> HistoryAsync(DistrictEnergy energy, Instant first, CancellationToken cancellation)
    {
        var wanted = energy.Demands.Values.SelectMany(demand => demand.Flows).Concat(energy.Supplies.Values.SelectMany(supply => supply.Flows)).Concat(energy.Plants.Values.Select(plant => plant.Reading))
            .Concat(energy.Grids.Values.Select(grid => grid.Import)).Distinct().ToDictionary(key => key, _ => new SortedDictionary<Instant, double>(), StringComparer.Ordinal);
        var filter = new LedgerFilter { From = DistrictCalendar.ToMicroseconds(first - Behind), Until = DistrictCalendar.ToMicroseconds(first) };
        foreach (var total in await queries.TotalsAsync(Reader.Everything, filter, Granularity.Hour, cancellation))
        {
            if (total.Flow.DeclaredId is { } declared && wanted.TryGetValue(catalog.Get(catalog.DeclaredFlows, declared).Key, out var hours))
            {
                hours[DistrictCalendar.ToInstant(total.Start)] = (double)total.Quantity.ToDecimal();
            }
        }

        return wanted;
    }

    private static SortedDictionary<Instant, double> Sum(IReadOnlyList<string> flows, Dictionary<string, SortedDictionary<Instant, double>> history)
    {
        // An hour in which one of them is not there yet is no hour of all.
        var sums = new SortedDictionary<Instant, (double Sum, int Count)>();
        foreach (var (hour, value) in flows.SelectMany(flow => history[flow]))
        {
            var (sum, count) = sums.GetValueOrDefault(hour);
            sums[hour] = (sum + value, count + 1);
        }

        return new SortedDictionary<Instant, double>(sums.Where(each => each.Value.Count == flows.Count).ToDictionary(each => each.Key, each => each.Value.Sum));
    }

    private async Task<HourNumbers> SeriesAsync(string key, Instant first, int hours, double standIn, CancellationToken cancellation)
    {
        var page = await series.ReadAsync(key, Reader.Everything, first - Behind, first + Duration.FromHours(hours), SeriesStore.LargestPage, cancellation);
        // Of what is finer than an hour, its mean.
        var byHour = new SortedDictionary<Instant, double>((page?.Values ?? []).GroupBy(value => Hours.Of(value.Start)).ToDictionary(group => group.Key, group => group.Average(value => (double)value.Value.ToDecimal())));
        return Forecast(byHour, first, hours, standIn);
    }

    // What is there is known; else as at the same hour a week before and the day before, the mean of both.
    private static HourNumbers Forecast(SortedDictionary<Instant, double> there, Instant first, int hours, double standIn)
    {
        var (values, knowledge) = (new double[hours], new Knowledge[hours]);
        for (var hour = 0; hour < hours; hour++)
        {
            var at = first + Duration.FromHours(hour);
            if (there.TryGetValue(at, out var known))
            {
                values[hour] = known;
                continue;
            }

            var alike = DaysAlike.Select(days => at - Duration.FromDays(days)).Where(there.ContainsKey).Select(earlier => there[earlier]).ToList();
            (values[hour], knowledge[hour]) = alike.Count > 0 ? (alike.Average(), Knowledge.Forecast) : (standIn, Knowledge.Assumed);
        }

        return new HourNumbers(values, knowledge);
    }

    private async Task<EnergyState> StateAsync(DistrictEnergy energy, Instant first, Dictionary<string, SortedDictionary<Instant, double>> history, PlanContent? before, CancellationToken cancellation)
    {
        var (levels, hoursOn) = (new Dictionary<string, double>(StringComparer.Ordinal), new Dictionary<string, double>(StringComparer.Ordinal));
        foreach (var plant in energy.Plants.Values)
        {
            var read = history[plant.Reading];
            if (read.Count == 0)
            {
                continue;
            }

            // The hour before is running where the plan is made: the newest hour that is over stands for it.
            var (newest, value) = read.Last();
            levels[plant.Key] = value;
            var on = value > 0;
            hoursOn[plant.Key] = (on ? 1 : -1) * ((first - newest).TotalHours - 1 + read.Reverse().TakeWhile(each => each.Value > 0 == on).Count());
        }

        var (stores, measured) = (new Dictionary<string, double>(StringComparer.Ordinal), new List<string>());
        foreach (var store in energy.Stores.Values)
        {
            if (store.Level is { } key && await series.ReadAsync(key, Reader.Everything, first - Duration.FromHours(3), first, SeriesStore.LargestPage, cancellation) is { Values.Count: > 0 } page)
            {
                stores[store.Key] = (double)page.Values[^1].Value.ToDecimal();
                measured.Add(store.Key);
            }
            else
            {
                stores[store.Key] = before?.StoreBefore(store.Key, first) ?? (double)store.Capacity / 2;
            }
        }

        var month = first.InZone(district.Zone).Date.With(DateAdjusters.StartOfMonth).AtStartOfDayInZone(district.Zone).ToInstant();
        return new EnergyState(
            levels,
            hoursOn,
            stores,
            measured,
            energy.Grids.Values.ToDictionary(grid => grid.Key, grid => history[grid.Import].Where(each => each.Key >= month).Select(each => each.Value).DefaultIfEmpty().Max(), StringComparer.Ordinal),
            energy.Stores.Values.ToDictionary(store => store.Key, store => before?.Prices.GetValueOrDefault(store.Bus)?.Average() ?? 0, StringComparer.Ordinal));
    }
}
