using Kera.Base.District;
using Kera.Energy;

namespace Kera.Features.Energy;

/// <summary>Why a plan does what it does in an hour, or in hours in a row.</summary>
/// <param name="First">The first hour of the plan.</param>
/// <param name="After">The hour after the last.</param>
/// <param name="Setter">The element that would give a MWh more, or take one less: it sets the price; null where several bind.</param>
/// <param name="Full">The plant, or the store charging or discharging, that is at its most, and would save by more room; null for none.</param>
/// <param name="Scarce">The bus of which a plant takes all there is, and the plant; null for none.</param>
/// <param name="Low">The least price in these hours, EUR a MWh.</param>
/// <param name="High">The highest.</param>
public sealed record PlanReason(int First, int After, string? Setter, (string Element, RowKind Kind)? Full, (string Plant, string Bus)? Scarce, double Low, double High);

/// <summary>Finds the reasons of a plan.</summary>
public static class PlanReasons
{
    // Of a capacity: what is nearer to a bound is at it.
    private const double Near = 1e-3;

    /// <summary>The reasons on a bus, one for each hour; none where the plan has no prices.</summary>
    public static List<PlanReason> Of(EnergyView view, PlanContent plan, DistrictBus bus)
    {
        List<PlanReason> reasons = [];
        if (!plan.Prices.TryGetValue(bus.Key, out var prices))
        {
            return reasons;
        }

        var limits = plan.Limits.Where(limit => limit.AtMost && bus.Key == (view.Energy.Stores.TryGetValue(limit.Element, out var store) ? store.Bus : view.Energy.Plants[limit.Element].Gives)).ToLookup(limit => limit.Hour);
        for (var hour = 0; hour < plan.Hours; hour++)
        {
            var scarce = ScarceOf(view.Energy, plan, bus, hour);
            reasons.Add(new PlanReason(hour, hour + 1, Setter(view.Energy, plan, bus, hour, scarce?.Plant), limits[hour].MaxBy(limit => limit.Saving) is { } most ? (most.Element, most.Kind) : null, scarce, prices[hour], prices[hour]));
        }

        return reasons;
    }

    /// <summary>Hours in a row whose price the same element sets, together: what holds a plant back is told where it does in all of them.</summary>
    public static List<PlanReason> Together(IEnumerable<PlanReason> hours)
    {
        List<PlanReason> reasons = [];
        foreach (var hour in hours)
        {
            if (reasons.Count > 0 && reasons[^1] is var last && last.Setter == hour.Setter)
            {
                reasons[^1] = last with { After = hour.After, Full = last.Full == hour.Full ? hour.Full : null, Scarce = last.Scarce == hour.Scarce ? hour.Scarce : null, Low = Math.Min(last.Low, hour.Low), High = Math.Max(last.High, hour.High) };
            }
            else
            {
                reasons.Add(hour);
            }
        }

        return reasons;
    }

    // What is let go for nothing where there is too much of it has a price only where there is too little: then it holds the plant back, and what others would pay is its price.
    private static (string Plant, string Bus)? ScarceOf(DistrictEnergy energy, PlanContent plan, DistrictBus bus, int hour)
    {
        const double Least = 0.01;
        foreach (var plant in energy.Plants.Values.Where(plant => plant.Gives == bus.Key && plan.Levels[plant.Key][hour] > Near * (double)plant.Capacity))
        {
            if (plant.Takes.FirstOrDefault(taken => energy.Buses[taken].LetGo && plan.Prices.GetValueOrDefault(taken)?[hour] > Least) is { } scarce)
            {
                return (plant.Key, scarce);
            }
        }

        return null;
    }

    // What runs between its bounds would run a little more for a little more demand: plants before the grid, that before stores.
    private static string? Setter(DistrictEnergy energy, PlanContent plan, DistrictBus bus, int hour, string? heldBack)
    {
        bool Between(double level, double least, double most) => level > least + Near * most && level < most * (1 - Near);
        foreach (var plant in energy.Plants.Values.Where(plant => plant.Gives == bus.Key && plant.Key != heldBack))
        {
            var most = (double)plant.Capacity;
            if (Between(plan.Levels[plant.Key][hour], most * (double)(plant.Switch?.LeastPercent ?? 0) / 100, most))
            {
                return plant.Key;
            }
        }

        foreach (var grid in energy.Grids.Values.Where(grid => grid.Bus == bus.Key))
        {
            foreach (var way in (string[])[EnergySystemMaker.Import(grid.Key), EnergySystemMaker.Export(grid.Key)])
            {
                if (Between(plan.Levels[way][hour], 0, (double)grid.Capacity))
                {
                    return way;
                }
            }
        }

        return energy.Stores.Values.FirstOrDefault(store => store.Bus == bus.Key && Between(Math.Abs(plan.StorePowers[store.Key][hour]), 0, (double)store.Power))?.Key
            ?? energy.Supplies.Values.FirstOrDefault(supply => supply.Bus == bus.Key && supply.Curtail && plan.Levels[supply.Key][hour] > 0)?.Key;
    }
}
