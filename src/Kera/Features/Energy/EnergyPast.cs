using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>An hour that was planned and is recorded: by element kW as planned and as it was, what was bought cost and emitted.</summary>
/// <param name="Start">The hour.</param>
/// <param name="Elements">By plant and grid's way in, planned and actual.</param>
/// <param name="PlannedCost">What the planned purchase would have cost, EUR.</param>
/// <param name="ActualCost">What the purchase cost, EUR.</param>
/// <param name="PlannedCarbon">kg CO2e; null where nothing was known of the intensity.</param>
/// <param name="ActualCarbon">kg CO2e; null alike.</param>
public sealed record PastHour(Instant Start, IReadOnlyDictionary<string, (double Planned, double Actual)> Elements, double PlannedCost, double ActualCost, double? PlannedCarbon, double? ActualCarbon);

/// <summary>Lays what was planned for hours that are over beside what is recorded of them. Of an hour the last plan counts that began with it.</summary>
public sealed class EnergyPast(EnergyPlanning planning, KeraStore store, LedgerQueries queries, Catalog catalog)
{
    private const double Kilo = 1_000;

    /// <summary>The hours from one on and before another that were planned and are recorded wholly.</summary>
    public async Task<IReadOnlyList<PastHour>> ReadAsync(Reader reader, Instant from, Instant until, CancellationToken cancellation)
    {
        if (planning.Energy is not { } energy)
        {
            return [];
        }

        var (first, end) = (DistrictCalendar.ToMicroseconds(from), DistrictCalendar.ToMicroseconds(until));
        await using var db = store.OpenContext();
        var plans = await db.EnergyPlans.AsNoTracking().Where(row => row.First >= first && row.First < end).OrderBy(row => row.Id).ToListAsync(cancellation);
        var recorded = (await queries.TotalsAsync(reader, new LedgerFilter { From = first, Until = end }, Granularity.Hour, cancellation))
            .Where(total => total.Flow.DeclaredId is not null)
            .ToLookup(total => (total.Start, catalog.Get(catalog.DeclaredFlows, total.Flow.DeclaredId!.Value).Key), total => (double)total.Quantity.ToDecimal());
        List<PastHour> hours = [];
        foreach (var row in plans.GroupBy(row => row.First).Select(group => group.Last()).OrderBy(row => row.First))
        {
            var plan = PlanContent.Read(row.Content);
            var elements = new Dictionary<string, (double, double)>(StringComparer.Ordinal);
            foreach (var (element, flow) in energy.Plants.Values.Select(plant => (plant.Key, plant.Reading)).Concat(energy.Grids.Values.Select(grid => (EnergySystemMaker.Import(grid.Key), grid.Import))))
            {
                if (plan.Levels.TryGetValue(element, out var levels) && recorded.Contains((row.First, flow)))
                {
                    elements[element] = (levels[0], recorded[(row.First, flow)].Sum());
                }
            }

            if (elements.Count == energy.Plants.Count + energy.Grids.Count)
            {
                double Of(Func<(double Planned, double Actual), double> which, Func<string, double> by) => energy.Grids.Keys.Sum(grid => which(elements[EnergySystemMaker.Import(grid)]) * by(grid) / Kilo);
                double Price(string grid) => EnergySystemMaker.BuyPrice(energy.Grids[grid], plan.Market[grid].Values[0], plan.At(0), queries.Zone);
                double Carbon(string grid) => plan.Intensity[grid].Values[0];
                var known = energy.Grids.Keys.All(grid => plan.Intensity[grid].Knowledge[0] != Knowledge.Assumed);
                hours.Add(new PastHour(plan.At(0), elements, Of(each => each.Planned, Price), Of(each => each.Actual, Price), known ? Of(each => each.Planned, Carbon) : null, known ? Of(each => each.Actual, Carbon) : null));
            }
        }

        return hours;
    }
}
