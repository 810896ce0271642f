using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>What the page of energy shows.</summary>
/// <param name="Energy">What the district says of it.</param>
/// <param name="Plan">The newest plan; null where there is none.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Newest">The newest hour that is recorded; null for none.</param>
/// <param name="Recorded">By declared flow, its kWh in that hour.</param>
/// <param name="Code">The language of names.</param>
public sealed record EnergyView(DistrictEnergy Energy, PlanContent? Plan, Instant? Made, Instant? Newest, IReadOnlyDictionary<string, double> Recorded, string Code)
{
    /// <summary>What the system says alone, without a plan and readings.</summary>
    public static EnergyView Of(DistrictEnergy energy, string code) => new(energy, null, null, null, new Dictionary<string, double>(), code);

    /// <summary>The buses on which something is demanded.</summary>
    public IEnumerable<DistrictBus> Demanded => Energy.Buses.Values.Where(bus => Energy.Demands.Values.Any(demand => demand.Bus == bus.Key));

    /// <summary>What an element of the plan is called.</summary>
    public string NameOf(string element) =>
        Energy.Plants.TryGetValue(element, out var plant) ? plant.Name.In(Code)
        : Energy.Stores.TryGetValue(element, out var store) ? store.Name.In(Code)
        : Energy.Supplies.TryGetValue(element, out var supply) ? supply.Name.In(Code)
        : Energy.Demands.TryGetValue(element, out var demand) ? demand.Name.In(Code)
        : Energy.Grids.Values.FirstOrDefault(grid => element == grid.Key || element == EnergySystemMaker.Import(grid.Key) || element == EnergySystemMaker.Export(grid.Key)) is { } known ? known.Name.In(Code)
        : Energy.Flexibilities.Values.FirstOrDefault(each => element == each.Key || element == EnergySystemMaker.Taken(each.Key) || element == EnergySystemMaker.Spared(each.Key)) is { } flexibility ? flexibility.Name.In(Code)
        : Energy.Buses.TryGetValue(element, out var bus) ? bus.Name.In(Code)
        : element;

    /// <summary>What gives to a bus in the plan, each with its power by hour: the largest first.</summary>
    public List<(string Key, double[] Kilowatts)> Supply(DistrictBus bus, PlanContent plan)
    {
        List<(string Key, double[] Kilowatts)> supply =
        [
            .. Energy.Supplies.Values.Where(each => each.Bus == bus.Key).Select(each => (each.Key, plan.Levels[each.Key])),
            .. Energy.Plants.Values.Where(each => each.Gives == bus.Key).Select(each => (each.Key, plan.Levels[each.Key])),
            .. Energy.Stores.Values.Where(each => each.Bus == bus.Key).Select(each => (each.Key, (double[])[.. plan.StorePowers[each.Key].Select(power => Math.Max(0, -power))])),
            .. Energy.Grids.Values.Where(each => each.Bus == bus.Key).Select(each => (EnergySystemMaker.Import(each.Key), plan.Levels[EnergySystemMaker.Import(each.Key)])),
            // What buildings take less than usual stands where something else would be given.
            .. Energy.Flexibilities.Values.Where(each => each.Bus == bus.Key && plan.Levels.ContainsKey(EnergySystemMaker.Spared(each.Key))).Select(each => (EnergySystemMaker.Spared(each.Key), plan.Levels[EnergySystemMaker.Spared(each.Key)])),
        ];
        return [.. supply.Where(each => each.Kilowatts.Any(power => power > 0.5)).OrderByDescending(each => each.Kilowatts.Sum())];
    }

    /// <summary>What came to a bus and what was taken from it in the newest hour.</summary>
    public (List<(string Name, double Kilowatts)> Supply, List<(string Name, double Kilowatts)> Demand) Now(DistrictBus bus)
    {
        double? Sum(IReadOnlyList<string> flows) => flows.All(Recorded.ContainsKey) ? flows.Sum(flow => Recorded[flow]) : null;
        List<(string, double?)> supply =
        [
            .. Energy.Supplies.Values.Where(each => each.Bus == bus.Key).Select(each => (each.Name.In(Code), Sum(each.Flows))),
            .. Energy.Plants.Values.Where(each => each.Gives == bus.Key).Select(each => (each.Name.In(Code), Sum([each.Reading]))),
            .. Energy.Grids.Values.Where(each => each.Bus == bus.Key).Select(each => (each.Name.In(Code), Sum([each.Import]))),
        ];
        List<(string, double?)> demand =
        [
            .. Energy.Demands.Values.Where(each => each.Bus == bus.Key).Select(each => (each.Name.In(Code), Sum(each.Flows))),
            // What plants take is metered apart: their power on the first bus that they take from.
            .. Energy.Plants.Values.Where(each => each.PowerReading is not null && each.Takes.First() == bus.Key).Select(each => (each.Name.In(Code), Sum([each.PowerReading!]))),
        ];
        static List<(string, double)> Known(List<(string Name, double? Power)> list) => [.. list.Where(each => each.Power is not null).Select(each => (each.Name, each.Power!.Value)).OrderByDescending(each => each.Value)];
        return (Known(supply), Known(demand));
    }

    /// <summary>What a MWh costs that is bought in each hour of the plan; null where nothing is bought.</summary>
    public (DistrictGrid Grid, double[] Prices, Knowledge[] Knowledge)? Buying(PlanContent plan, DateTimeZone zone)
    {
        if (Energy.Grids.Values.FirstOrDefault() is not { } grid)
        {
            return null;
        }

        var market = plan.Market[grid.Key];
        return (grid, [.. market.Values.Select((price, hour) => EnergySystemMaker.BuyPrice(grid, price, plan.At(hour), zone))], market.Knowledge);
    }
}

/// <summary>Reads what the page of energy shows.</summary>
public sealed class EnergyViewer(EnergyPlanning planning, LedgerQueries queries, Catalog catalog)
{
    // The newest hour is at most so old; what is older says nothing of now.
    private static readonly Duration Newest = Duration.FromHours(6);

    /// <summary>What there is to show; null where the district says nothing of its energy.</summary>
    public async Task<EnergyView?> ViewAsync(Reader reader, string code, Instant now, CancellationToken cancellation)
    {
        if (planning.Energy is not { } energy)
        {
            return null;
        }

        var filter = new LedgerFilter { From = DistrictCalendar.ToMicroseconds(Hours.Of(now) - Newest), Until = DistrictCalendar.ToMicroseconds(Hours.Of(now)) };
        var totals = (await queries.TotalsAsync(reader, filter, Granularity.Hour, cancellation)).Where(total => total.Flow.DeclaredId is not null).ToList();
        var newest = totals.Count > 0 ? totals.Max(total => total.Start) : (long?)null;
        var plan = await planning.NewestAsync(cancellation);
        return new EnergyView(
            energy,
            plan?.Content,
            plan is { } known ? DistrictCalendar.ToInstant(known.Row.Made) : null,
            newest is { } start ? DistrictCalendar.ToInstant(start) : null,
            totals.Where(total => total.Start == newest).GroupBy(total => catalog.Get(catalog.DeclaredFlows, total.Flow.DeclaredId!.Value).Key).ToDictionary(group => group.Key, group => group.Sum(total => (double)total.Quantity.ToDecimal()), StringComparer.Ordinal),
            code);
    }
}
