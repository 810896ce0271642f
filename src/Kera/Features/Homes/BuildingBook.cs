using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Homes;

/// <summary>What a building takes from a network, or gives to it.</summary>
/// <param name="Network">The key of the network.</param>
/// <param name="Kind">The key of what flows.</param>
/// <param name="Produced">Whether it gives.</param>
/// <param name="Unit">The UCUM code of it.</param>
/// <param name="Days">By day of the month.</param>
/// <param name="Total">All of it.</param>
/// <param name="Elapsed">How much of the month is over.</param>
/// <param name="Label">The least sure of its readings.</param>
public sealed record BuildingFlow(string Network, string Kind, bool Produced, string Unit, IReadOnlyList<HomeAmounts> Days, HomeAmounts Total, Duration Elapsed, DistrictFlowLabel Label)
{
    /// <summary>Whether some of the time that is over has no reading.</summary>
    public bool HasGaps => Total.LacksOf(Elapsed);
}

/// <summary>A building's month, of what everyone may read.</summary>
/// <param name="Building">The building.</param>
/// <param name="Period">The month.</param>
/// <param name="Bounds">The beginnings of its days, and its end.</param>
/// <param name="Flows">What it takes and gives, use first; empty where nothing of it is metered for all to see.</param>
/// <param name="Indoor">How warm it is indoors; null where nobody may know.</param>
public sealed record BuildingMonth(DistrictBuilding Building, HomePeriod Period, IReadOnlyList<Instant> Bounds, IReadOnlyList<BuildingFlow> Flows, MeasuredTemperature? Indoor);

/// <summary>Reads a building from the public flows of the ledger that are metered there; no person's readings are among them.</summary>
public sealed class BuildingBook(DistrictInForce district, LedgerQueries queries, SeriesStore series, IClock clock)
{
    private const decimal GramsInKilogram = 1_000;
    private const string Kilowatthour = "kWh";

    /// <summary>The buildings; none where the district says nothing of them.</summary>
    public IEnumerable<DistrictBuilding> Buildings => district.Model?.Buildings?.Buildings.Values ?? [];

    /// <summary>The month of the last day that is over.</summary>
    public HomePeriod Newest => HomePeriod.Of(HomeSpan.Month, clock.GetCurrentInstant().InZone(district.Zone).Date.PlusDays(-1));

    /// <summary>Reads a building's month; of days that are not over nothing is told.</summary>
    public async Task<BuildingMonth> ReadAsync(DistrictBuilding building, HomePeriod month, CancellationToken cancellation)
    {
        var bounds = month.Bounds(district.Zone);
        var today = district.Zone.AtStartOfDay(clock.GetCurrentInstant().InZone(district.Zone).Date).ToInstant();
        var end = Instant.Max(bounds[0], Instant.Min(bounds[^1], today));
        List<BuildingFlow> flows = [];
        foreach (var group in FlowsAt(building.Place).GroupBy(flow => (Network: flow.Resource!, Produced: flow.Action!.Name == "produce")).OrderBy(group => group.Key.Produced))
        {
            flows.Add(await FlowAsync(group.Key.Network, group.Key.Produced, [.. group], bounds, end, cancellation));
        }

        var indoor = building.Indoor is { } key && await series.ReadAsync(key, Reader.Public, bounds[0], end, cancellation: cancellation) is { } page ? MeasuredTemperature.Of(page.Values) : null;
        return new BuildingMonth(building, month, bounds, flows, indoor);
    }

    /// <summary>How warm a building is indoors, of the last day; null where nobody may know.</summary>
    public async Task<MeasuredTemperature?> IndoorNowAsync(DistrictBuilding building, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        return building.Indoor is { } key && await series.ReadAsync(key, Reader.Public, now - Duration.FromDays(1), now, cancellation: cancellation) is { } page ? MeasuredTemperature.Of(page.Values) : null;
    }

    // What is metered at the place or a part of it, in or out of a network, for everyone to read.
    private IEnumerable<DistrictFlow> FlowsAt(string place)
    {
        var model = district.Model!;
        bool IsHere(string? at) => at is not null && (at == place || IsHere(model.Places.GetValueOrDefault(at)?.PartOf));
        return model.Flows.Values.Where(flow =>
            flow.Action?.Name is "consume" or "produce"
            && flow.Resource is { } resource && model.Resources[resource].Network is not null
            && IsHere(flow.Place) && queries.MayReadAll(Reader.Public, flow.Key));
    }

    private async Task<BuildingFlow> FlowAsync(string network, bool produced, List<DistrictFlow> flows, IReadOnlyList<Instant> bounds, Instant end, CancellationToken cancellation)
    {
        var (from, until) = (DistrictCalendar.ToMicroseconds(bounds[0]), DistrictCalendar.ToMicroseconds(end));
        var hours = new SortedDictionary<long, (int Count, Quantity Sum)>();
        foreach (var flow in flows)
        {
            foreach (var hour in await queries.DeclaredHoursAsync(flow.Key, from, until, cancellation))
            {
                var (count, sum) = hours.GetValueOrDefault(hour.Start);
                hours[hour.Start] = (count + 1, sum + hour.Quantity);
            }
        }

        var kind = district.Model!.ResourceSpecifications[district.Model.Resources[network].Specification];
        // Only energy has an intensity of its own, and what is given to a network is not charged with what the network's mix has.
        var intensities = produced || kind.Unit.Code != Kilowatthour ? null : await HourValues.OfNetworkAsync(series, network, bounds[0], end, cancellation);
        var days = new HomeAmounts[bounds.Count - 1];
        var day = 0;
        // An hour that one of the meters lacks is unknown as a whole.
        foreach (var (start, (_, sum)) in hours.Where(hour => hour.Value.Count == flows.Count))
        {
            var hour = DistrictCalendar.ToInstant(start);
            while (hour >= bounds[day + 1])
            {
                day++;
            }

            var grams = intensities?.Mean(hour, Hours.Length);
            days[day] += new HomeAmounts(sum, Hours.Length, 0, Quantity.Zero, grams is { } known ? sum.ToDecimal() * known / GramsInKilogram : 0, grams is null ? Quantity.Zero : sum);
        }

        return new BuildingFlow(network, kind.Key, produced, kind.Unit.Code, days, days.Aggregate(default(HomeAmounts), (sum, each) => sum + each), end - bounds[0], flows.Max(flow => flow.Label));
    }
}
