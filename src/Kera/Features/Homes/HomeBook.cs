using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Homes;

/// <summary>
/// Reads a home from the private Series of its resident, and never from anybody else's: the Series' own rule lets only their owner
/// read them.
/// </summary>
public sealed class HomeBook(DistrictInForce district, SeriesStore series, IClock clock)
{
    // As long as a washing machine, a sauna or a car's charge takes.
    private const int BestHours = 3;
    private const int Ahead = 24;
    private const decimal GramsInKilogram = 1_000;

    /// <summary>What the district says of homes; null for nothing.</summary>
    public DistrictBuildings? Buildings => district.Model?.Buildings;

    /// <summary>The day on which homes are looked at now.</summary>
    public LocalDate Today => clock.GetCurrentInstant().InZone(district.Zone).Date;

    /// <summary>Reads a stretch of a person's home.</summary>
    public async Task<HomeView> ReadAsync(int agentId, string person, HomePeriod period, CancellationToken cancellation)
    {
        var bounds = period.Bounds(district.Zone);
        var end = Instant.Min(bounds[^1], clock.GetCurrentInstant());
        var prices = Buildings?.Tariff is { } tariff ? await HourValues.ReadAsync(series, tariff.Price, bounds[0], end, cancellation) : null;
        var (uses, rooms) = (new List<HomeUse>(), new List<RoomTemperature>());
        foreach (var reading in Buildings?.Readings ?? [])
        {
            var (description, values) = await ValuesAsync(reading.SeriesOf(person), new Reader(agentId), bounds[0], end, cancellation);
            if (description is null)
            {
                continue;
            }

            if (reading.Room is not null)
            {
                if (MeasuredTemperature.Of(values) is { } measured)
                {
                    rooms.Add(new RoomTemperature(reading.Room.Value, measured));
                }
            }
            else
            {
                var network = reading.Network is { } key ? await HourValues.OfNetworkAsync(series, key, bounds[0], end, cancellation) : null;
                uses.Add(Use(reading, description, values, bounds, Duration.Max(Duration.Zero, end - bounds[0]), prices, network));
            }
        }

        return new HomeView(period, bounds, uses, rooms);
    }

    /// <summary>How warm a room is and has been since a day, by the person's own thermometer; null where there is none or it says nothing.</summary>
    public async Task<MeasuredTemperature?> RoomSinceAsync(int agentId, string person, HomeRoom room, LocalDate since, CancellationToken cancellation)
    {
        if (Buildings?.Readings.FirstOrDefault(reading => reading.Room == room) is not { } reading)
        {
            return null;
        }

        var (_, values) = await ValuesAsync(reading.SeriesOf(person), new Reader(agentId), district.Zone.AtStartOfDay(since).ToInstant(), clock.GetCurrentInstant(), cancellation);
        return MeasuredTemperature.Of(values);
    }

    /// <summary>The best hours that come; null where no price of a whole stretch is known, or the district names no tariff.</summary>
    public async Task<HomeAhead?> AheadAsync(CancellationToken cancellation)
    {
        if (Buildings?.Tariff is not { } tariff)
        {
            return null;
        }

        // What has begun is no longer ahead.
        var now = clock.GetCurrentInstant();
        var first = Hours.Of(now) == now ? now : Hours.Of(now) + Hours.Length;
        var prices = await HourValues.ReadAsync(series, tariff.Price, first, first + (Hours.Length * Ahead), cancellation);
        List<HomePrice> hours = [];
        for (var hour = first; hours.Count < Ahead && prices.Mean(hour, Hours.Length) is { } price; hour += Hours.Length)
        {
            hours.Add(new HomePrice(hour, ByKilowatthour(tariff, hour, price)));
        }

        var means = Enumerable.Range(0, Math.Max(0, hours.Count - BestHours + 1)).Select(at => (At: at, Mean: hours.Skip(at).Take(BestHours).Average(hour => hour.Price))).ToList();
        if (means.Count == 0)
        {
            return null;
        }

        var best = means.MinBy(each => each.Mean);
        return new HomeAhead(hours, hours[best.At].Hour, hours[best.At].Hour + (Hours.Length * BestHours), best.Mean, means.Max(each => each.Mean));
    }

    private decimal ByKilowatthour(HomeTariff tariff, Instant start, decimal market)
    {
        var local = start.InZone(district.Zone);
        return tariff.ByKilowatthour(market, local.Hour, local.Month);
    }

    private HomeUse Use(HomeReading reading, SeriesDescription description, List<SeriesValue> values, IReadOnlyList<Instant> bounds, Duration elapsed, HourValues? prices, HourValues? network)
    {
        var bars = new HomeAmounts[bounds.Count - 1];
        var bar = 0;
        foreach (var value in values)
        {
            while (value.Start >= bounds[bar + 1])
            {
                bar++;
            }

            bars[bar] += Amounts(value, description.Step, UnitPrice(reading.Measure, value.Start, description.Step, prices), network);
        }

        return new HomeUse(reading, description.Unit, bars, bars.Aggregate(default(HomeAmounts), (sum, each) => sum + each), elapsed, values.Count == 0 ? SeriesQuality.Measured : values.Max(value => value.Quality));
    }

    private decimal? UnitPrice(HomeMeasure measure, Instant start, Duration step, HourValues? prices) =>
        measure == HomeMeasure.Power ? prices?.Mean(start, step) is { } market ? ByKilowatthour(Buildings!.Tariff!, start, market) : null : Buildings?.Tariff?.ByUnit(measure);

    private static HomeAmounts Amounts(SeriesValue value, Duration step, decimal? price, HourValues? network)
    {
        var amount = value.Value.ToDecimal();
        var intensity = network?.Mean(value.Start, step);
        return new HomeAmounts(
            value.Value,
            step,
            amount * (price ?? 0),
            price is null ? Quantity.Zero : value.Value,
            intensity is { } grams ? amount * grams / GramsInKilogram : 0,
            intensity is null ? Quantity.Zero : value.Value);
    }

    private async Task<(SeriesDescription? Series, List<SeriesValue> Values)> ValuesAsync(string key, Reader reader, Instant from, Instant until, CancellationToken cancellation)
    {
        SeriesDescription? found = null;
        List<SeriesValue> values = [];
        for (Instant? start = from; start is not null;)
        {
            var page = await series.ReadAsync(key, reader, start, until, cancellation: cancellation);
            (found, start) = (page?.Series, page?.Next);
            values.AddRange(page?.Values ?? []);
        }

        return (found, values);
    }
}
