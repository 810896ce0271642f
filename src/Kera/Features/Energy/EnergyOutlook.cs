using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Energy;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>
/// Reads what is known of the coming hours, as everyone may read it: prices and weather from Series, and from the ledger how demands, supplies and plants
/// ran, from which the coming hours are forecast.
/// </summary>
public sealed class EnergyOutlook(DistrictInForce district, LedgerQueries queries, Catalog catalog, SeriesStore series)
{
    // Enough to learn the week and the season from, and few enough to be read in a blink.
    private static readonly Duration Behind = Duration.FromDays(120);
    private static readonly Duration LongestMonth = Duration.FromDays(31);
    private const double MildDay = 5;
    private const double GramsInKilogram = 1_000;
    private const double KilogramsInTonne = 1_000;

    /// <summary>What a plan from an hour on is made from.</summary>
    /// <param name="energy">What the district says of its energy.</param>
    /// <param name="first">The first hour of the plan.</param>
    /// <param name="hours">How many hours.</param>
    /// <param name="before">The plan before; null for none.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<EnergyInputs> ReadAsync(DistrictEnergy energy, Instant first, int hours, PlanContent? before, CancellationToken cancellation)
    {
        var history = await HistoryAsync(energy, first - Behind, first, cancellation);
        var outside = await ReadAsync("weather.temperature", first, hours, cancellation);
        var inputs = new ForecastInputs(Temperature: SeriesOf(outside));
        var flows = energy.Demands.Values.ToDictionary(demand => demand.Key, demand => Forecast(Demand, Sum(demand.Flows, history), inputs, first, hours, 0), StringComparer.Ordinal);
        foreach (var supply in energy.Supplies.Values)
        {
            flows[supply.Key] = Forecast(supply.Curtail ? Sun : Demand, Sum(supply.Flows, history), inputs, first, hours, 0);
        }

        var prices = new Dictionary<string, HourNumbers>(StringComparer.Ordinal);
        var intensities = new Dictionary<string, HourNumbers>(StringComparer.Ordinal);
        foreach (var grid in energy.Grids.Values)
        {
            prices[grid.Key] = Forecast(ForecastTask.Price(district.Zone, FinnishHolidays.Contains), await ReadAsync(grid.Price, first, hours, cancellation), inputs, first, hours, 0);
            intensities[grid.Key] = Forecast(Demand, await ReadAsync(IntensityOf(energy, grid), first, hours, cancellation), new ForecastInputs(), first, hours, 0);
        }

        var read = new EnergyInputs(first, hours, flows, prices, Forecast(Demand, outside, new ForecastInputs(), first, hours, MildDay), intensities, await StateAsync(energy, first, history, before, cancellation))
        {
            Budget = await BudgetAsync(energy, first, hours, history, cancellation),
        };
        // What a MWh was worth to a plan that sought another thing says nothing to this one.
        return before?.PriceUnit == PlanContent.PriceUnitOf(energy.Objective.Seek, read.CarbonKnown) ? read : read with { State = read.State with { FinalValues = new Dictionary<string, double>() } };
    }

    // From the month's beginning on, what was bought times its intensity, in the hours of which both are recorded.
    private async Task<CarbonBudget?> BudgetAsync(DistrictEnergy energy, Instant first, int hours, Dictionary<string, SortedDictionary<Instant, double>> history, CancellationToken cancellation)
    {
        if (energy.Objective.Cap is not { } cap)
        {
            return null;
        }

        var month = MonthOf(first);
        var intensities = new Dictionary<string, SortedDictionary<Instant, double>>(StringComparer.Ordinal);
        foreach (var grid in energy.Grids.Values)
        {
            intensities[grid.Key] = await ReadAsync(IntensityOf(energy, grid), month, first, cancellation);
        }

        List<double> emitted = [];
        for (var hour = month; hour < first; hour += Hours.Length)
        {
            if (energy.Grids.Values.All(grid => history[grid.Import].ContainsKey(hour) && intensities[grid.Key].ContainsKey(hour)))
            {
                emitted.Add(energy.Grids.Values.Sum(grid => history[grid.Import][hour] * intensities[grid.Key][hour]) / GramsInKilogram);
            }
        }

        return CarbonBudget.Of((double)cap.Tonnes * KilogramsInTonne, first, hours, emitted, district.Zone);
    }

    private Instant MonthOf(Instant hour) => hour.InZone(district.Zone).Date.With(DateAdjusters.StartOfMonth).AtStartOfDayInZone(district.Zone).ToInstant();

    /// <summary>What hours that are over were like, as they are recorded; what is not recorded of an hour is not known.</summary>
    public async Task<EnergyInputs> RecordedAsync(DistrictEnergy energy, Instant first, int hours, CancellationToken cancellation)
    {
        var until = first + Duration.FromHours(hours);
        var recorded = await HistoryAsync(energy, first, until, cancellation);
        HourNumbers Flow(IReadOnlyList<string> flows) => Recorded(Sum(flows, recorded), first, hours, 0);
        async Task<HourNumbers> SeriesAsync(string key, double standIn) => Recorded(await ReadAsync(key, first, until, cancellation), first, hours, standIn);
        var (prices, intensities) = (new Dictionary<string, HourNumbers>(StringComparer.Ordinal), new Dictionary<string, HourNumbers>(StringComparer.Ordinal));
        foreach (var grid in energy.Grids.Values)
        {
            prices[grid.Key] = await SeriesAsync(grid.Price, 0);
            intensities[grid.Key] = await SeriesAsync(IntensityOf(energy, grid), 0);
        }

        return new EnergyInputs(
            first,
            hours,
            energy.Demands.Values.Select(demand => (demand.Key, demand.Flows)).Concat(energy.Supplies.Values.Select(supply => (supply.Key, supply.Flows))).ToDictionary(each => each.Key, each => Flow(each.Flows), StringComparer.Ordinal),
            prices,
            await SeriesAsync("weather.temperature", MildDay),
            intensities,
            await StateAsync(energy, first, await HistoryAsync(energy, first - LongestMonth, first, cancellation), null, cancellation));
    }

    private static HourNumbers Recorded(SortedDictionary<Instant, double> there, Instant first, int hours, double standIn)
    {
        var at = Enumerable.Range(0, hours).Select(hour => first + Duration.FromHours(hour)).ToList();
        return new HourNumbers([.. at.Select(hour => there.GetValueOrDefault(hour, standIn))], [.. at.Select(hour => there.ContainsKey(hour) ? Knowledge.Known : Knowledge.Assumed)]);
    }

    private static string IntensityOf(DistrictEnergy energy, DistrictGrid grid) => $"carbon.intensity.{energy.Buses[grid.Bus].Network}";

    // By declared flow, its kWh by hour.
    private async Task<Dictionary<string, SortedDictionary<Instant, double>>> HistoryAsync(DistrictEnergy energy, Instant from, Instant until, CancellationToken cancellation)
    {
        var wanted = energy.Demands.Values.SelectMany(demand => demand.Flows).Concat(energy.Supplies.Values.SelectMany(supply => supply.Flows)).Concat(energy.Plants.Values.Select(plant => plant.Reading))
            .Concat(energy.Grids.Values.Select(grid => grid.Import)).Distinct().ToDictionary(key => key, _ => new SortedDictionary<Instant, double>(), StringComparer.Ordinal);
        var filter = new LedgerFilter { From = DistrictCalendar.ToMicroseconds(from), Until = DistrictCalendar.ToMicroseconds(until) };
        foreach (var total in await queries.TotalsAsync(Reader.Public, filter, Granularity.Hour, cancellation))
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

    /// <summary>By grid, the hours ahead whose price of the market is known.</summary>
    public async Task<IReadOnlyDictionary<string, SortedDictionary<Instant, double>>> KnownPricesAsync(DistrictEnergy energy, Instant first, int hours, CancellationToken cancellation)
    {
        var known = new Dictionary<string, SortedDictionary<Instant, double>>(StringComparer.Ordinal);
        foreach (var grid in energy.Grids.Values)
        {
            known[grid.Key] = await ReadAsync(grid.Price, first, first + Duration.FromHours(hours), cancellation);
        }

        return known;
    }

    private Task<SortedDictionary<Instant, double>> ReadAsync(string key, Instant first, int hours, CancellationToken cancellation) =>
        ReadAsync(key, first - Behind, first + Duration.FromHours(hours), cancellation);

    // By hour; of what is finer, its mean.
    private async Task<SortedDictionary<Instant, double>> ReadAsync(string key, Instant from, Instant until, CancellationToken cancellation)
    {
        List<SeriesValue> values = [];
        for (Instant? next = from; next is { } start;)
        {
            var page = await series.ReadAsync(key, Reader.Public, start, until, SeriesStore.LargestPage, cancellation);
            values.AddRange(page?.Values ?? []);
            next = page?.Next;
        }

        return new SortedDictionary<Instant, double>(values.GroupBy(value => Hours.Of(value.Start)).ToDictionary(group => group.Key, group => group.Average(value => (double)value.Value.ToDecimal())));
    }

    private ForecastTask Demand => ForecastTask.Demand(district.Zone, FinnishHolidays.Contains);

    // Where a district does not say where it is, its sun is learned as any other load.
    private ForecastTask Sun => district.Model?.Header.Position is { } position ? ForecastTask.Sun((double)position.Latitude, (double)position.Longitude) : Demand;

    // What is there is known; the hours after it are forecast from it.
    private static HourNumbers Forecast(ForecastTask task, SortedDictionary<Instant, double> there, ForecastInputs inputs, Instant first, int hours, double standIn)
    {
        var (values, knowledge) = (new double[hours], new Knowledge[hours]);
        var known = 0;
        while (known < hours && there.TryGetValue(first + Duration.FromHours(known), out values[known]))
        {
            known++;
        }

        if (known == hours)
        {
            return new HourNumbers(values, knowledge);
        }

        // From the first hour that is not known; the one that is running is none yet, and is forecast too.
        var origin = there.Count == 0 ? first : Instant.Min(first + Duration.FromHours(known), there.Keys.Last() + Hours.Length);
        Kera.Energy.Forecast? forecast = null;
        if (there.Count > 0 && first + Duration.FromHours(hours) - origin is var ahead && ahead.TotalHours <= 168)
        {
            forecast = Forecaster.Forecast(task, SeriesOf(there)!, inputs, origin, (int)ahead.TotalHours);
        }

        var (low, high) = (new double[hours], new double[hours]);
        var banded = forecast?.Hours.All(hour => hour.Low is not null) == true;
        for (var hour = known; hour < hours; hour++)
        {
            var said = forecast?.Hours[(int)(first - origin).TotalHours + hour];
            // Negative only where it was so before, as a price is.
            var least = there.Count > 0 && there.Values.Min() >= 0 ? 0 : double.NegativeInfinity;
            values[hour] = said is null ? standIn : Math.Max(least, said.Median);
            (low[hour], high[hour]) = banded ? (Math.Max(least, said!.Low!.Value), Math.Max(least, said.High!.Value)) : (0, 0);
            knowledge[hour] = said is null ? Knowledge.Assumed : Knowledge.Forecast;
        }

        Array.Copy(values, low, known);
        Array.Copy(values, high, known);
        return new HourNumbers(values, knowledge) { Low = banded ? low : null, High = banded ? high : null, Method = forecast?.Method };
    }

    private static HourlySeries? SeriesOf(SortedDictionary<Instant, double> there)
    {
        if (there.Count == 0)
        {
            return null;
        }

        var start = there.Keys.First();
        var values = new double[(int)(there.Keys.Last() - start).TotalHours + 1];
        Array.Fill(values, double.NaN);
        foreach (var (hour, value) in there)
        {
            values[(int)(hour - start).TotalHours] = value;
        }

        return new HourlySeries(start, values);
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
            if (store.Level is { } key && await series.ReadAsync(key, Reader.Public, first - Duration.FromHours(3), first, SeriesStore.LargestPage, cancellation) is { Values.Count: > 0 } page)
            {
                stores[store.Key] = (double)page.Values[^1].Value.ToDecimal();
                measured.Add(store.Key);
            }
            else
            {
                stores[store.Key] = before?.StoreBefore(store.Key, first) ?? (double)store.Capacity / 2;
            }
        }

        var month = MonthOf(first);
        return new EnergyState(
            levels,
            hoursOn,
            stores,
            measured,
            energy.Grids.Values.ToDictionary(grid => grid.Key, grid => history[grid.Import].Where(each => each.Key >= month).Select(each => each.Value).DefaultIfEmpty().Max(), StringComparer.Ordinal),
            energy.Stores.Values.ToDictionary(store => store.Key, store => before?.Prices.GetValueOrDefault(store.Bus)?.Average() ?? 0, StringComparer.Ordinal));
    }
}
