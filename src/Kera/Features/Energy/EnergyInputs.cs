using Kera.Base.District;
using Kera.Base.Store;
using Kera.Energy;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>Where a number of an hour ahead is from.</summary>
public enum Knowledge
{
    /// <summary>It is known, as a published price.</summary>
    Known,

    /// <summary>It is forecast from what was.</summary>
    Forecast,

    /// <summary>Nothing is known of it; a stand-in is reckoned with.</summary>
    Assumed,
}

/// <summary>Numbers of the coming hours, and where each is from.</summary>
/// <param name="Values">One for each hour.</param>
/// <param name="Knowledge">Where each is from.</param>
public sealed record HourNumbers(double[] Values, Knowledge[] Knowledge)
{
    /// <summary>What nine in ten lie above, of hours that are forecast; null where nothing is, or too little is known to say.</summary>
    public double[]? Low { get; init; }

    /// <summary>What nine in ten lie below.</summary>
    public double[]? High { get; init; }

    /// <summary>How the hours were forecast; null where none was.</summary>
    public ForecastMethod? Method { get; init; }
}

/// <summary>What a plan is made from: hours from the first on, powers in kW, prices in EUR a MWh.</summary>
/// <param name="First">The first hour.</param>
/// <param name="Hours">How many.</param>
/// <param name="Flows">By demand or supply, its power.</param>
/// <param name="Prices">By grid, the price of the market.</param>
/// <param name="Temperature">Outside, °C.</param>
/// <param name="Intensity">By grid, grams of CO2e by kWh that comes in.</param>
/// <param name="State">How plants, stores and peaks stand before the first hour.</param>
public sealed record EnergyInputs(
    Instant First,
    int Hours,
    IReadOnlyDictionary<string, HourNumbers> Flows,
    IReadOnlyDictionary<string, HourNumbers> Prices,
    HourNumbers Temperature,
    IReadOnlyDictionary<string, HourNumbers> Intensity,
    EnergyState State)
{
    /// <summary>What carbon the hours may cause; null where the district has no cap, or for hours that are over.</summary>
    public CarbonBudget? Budget { get; init; }

    /// <summary>Offers to move use.</summary>
    public IReadOnlyList<OfferAhead> Offers { get; init; } = [];

    /// <summary>Demands, supplies and grids of which nothing is known, neither the hours ahead nor any like them before.</summary>
    public IReadOnlyList<string> Unknown => [.. Flows.Concat(Prices).Where(each => Array.Exists(each.Value.Knowledge, knowledge => knowledge == Knowledge.Assumed)).Select(each => each.Key)];

    /// <summary>Whether the intensity of all that may be bought is known or forecast in each hour.</summary>
    public bool CarbonKnown => Intensity.Values.All(intensity => Array.TrueForAll(intensity.Knowledge, knowledge => knowledge != Knowledge.Assumed));
}

/// <summary>How things stand before the first hour of a plan.</summary>
/// <param name="Levels">By plant the power of the hour before; none where it is not known.</param>
/// <param name="HoursOn">By plant for how many hours it has been on; below zero for how many it has been off.</param>
/// <param name="Stores">By store what it holds, kWh.</param>
/// <param name="StoresMeasured">The stores of which a reading says so; of others it is the plan before.</param>
/// <param name="Peaks">By grid the month's highest hour so far, kW.</param>
/// <param name="FinalValues">By store what a MWh is worth that is left at the end: the mean price of its bus in the plan before.</param>
public sealed record EnergyState(
    IReadOnlyDictionary<string, double> Levels,
    IReadOnlyDictionary<string, double> HoursOn,
    IReadOnlyDictionary<string, double> Stores,
    IReadOnlyList<string> StoresMeasured,
    IReadOnlyDictionary<string, double> Peaks,
    IReadOnlyDictionary<string, double> FinalValues);

/// <summary>Writes a district's energy and what is known of the coming hours as a system that can be planned: MW, MWh, EUR, kg CO2e.</summary>
public static class EnergySystemMaker
{
    private const double Kilo = 1_000;

    // What a euro weighs against a kilogram where carbon is sought: enough to choose between plans of like carbon.
    private const double LikeCarbon = 1e-3;

    /// <summary>The system; elements have the keys of energy.yaml, the two ways of a grid its key with an ending.</summary>
    public static EnergySystem Make(DistrictEnergy energy, EnergyInputs inputs, DateTimeZone zone) => new(
        [.. Enumerable.Repeat(1.0, inputs.Hours)],
        [
            .. energy.Buses.Values.Select(bus => new EnergyBus(bus.Key) { Dump = bus.LetGo, ShortagePenalty = (double?)bus.Shortage, SurplusPenalty = (double?)bus.Surplus }),
            .. Flexible(energy, inputs).Select(flexibility => new EnergyBus(BusOf(flexibility.Key))),
            .. Shifts(inputs).Select(offer => new EnergyBus(BusOf(offer.Element))),
        ],
        [
            .. energy.Demands.Values.Select(demand => Fixed(demand.Key, demand.Bus, -1, inputs.Flows[demand.Key].Values, 1 + (double)demand.LossesPercent / 100)),
            .. energy.Supplies.Values.Select(supply => Supply(supply, inputs.Flows[supply.Key].Values)),
            .. energy.Plants.Values.Select(plant => Plant(plant, inputs)),
            .. energy.Grids.Values.SelectMany(grid => Grid(grid, inputs, zone)),
            .. Flexible(energy, inputs).SelectMany(Ways),
            .. Shifts(inputs).SelectMany(offer => Shift(offer, inputs.Hours)),
        ],
        [.. energy.Stores.Values.Select(store => Store(store, inputs.State)), .. Shifts(inputs).Select(offer => Held(offer, energy.Flexibilities[offer.Flexibility]))])
    {
        Sessions = [.. inputs.Offers.Where(offer => offer.Kind == OfferKind.Charging).Select(offer => new ChargingSession(offer.Element, BusOf(offer.Flexibility), offer.From, offer.Until, offer.Energy / Kilo, offer.Power / Kilo, (double)energy.Flexibilities[offer.Flexibility].Shortage))],
        Loads = [.. inputs.Offers.Where(offer => offer.Kind == OfferKind.Run).Select(offer => Run(offer, energy.Flexibilities[offer.Flexibility]))],
        PeakFees = [.. energy.Grids.Values.Where(grid => grid.PowerFee > 0).Select(grid => PeakFee(grid, inputs, zone))],
        Objective = Objective(energy.Objective, inputs),
        Cap = inputs is { CarbonKnown: true, Budget: { } budget } && energy.Objective.Cap is { } cap ? new CarbonCap(budget.Most, (double)cap.Over / Kilo) : null,
    };

    /// <summary>The name of what offers of a flexibility take.</summary>
    public static string Taken(string flexibility) => flexibility + " taken";

    /// <summary>The name of what offers of a flexibility take less than usual.</summary>
    public static string Spared(string flexibility) => flexibility + " spared";

    /// <summary>The name of what a shift takes more.</summary>
    public static string More(OfferAhead offer) => offer.Element + " more";

    /// <summary>The name of what a shift takes less.</summary>
    public static string Less(OfferAhead offer) => offer.Element + " less";

    /// <summary>The name of a grid's way in.</summary>
    public static string Import(string grid) => grid + " in";

    /// <summary>The name of a grid's way out.</summary>
    public static string Export(string grid) => grid + " out";

    /// <summary>What a MWh costs that comes in through a grid in an hour, EUR.</summary>
    public static double BuyPrice(DistrictGrid grid, double market, Instant hour, DateTimeZone zone)
    {
        var local = hour.InZone(zone);
        return market + (double)(grid.BuyFee + grid.FeeAt(local.Hour, local.Month));
    }

    // Of carbon that nobody knows there is no least: then the least cost is sought.
    private static EnergyObjective Objective(DistrictObjective objective, EnergyInputs inputs) => objective.Seek switch
    {
        PlanAim.Carbon when inputs.CarbonKnown => new EnergyObjective(CostWeight: LikeCarbon, CarbonPrice: 1),
        PlanAim.Mix when inputs.CarbonKnown => new EnergyObjective(CarbonPrice: (double)objective.CarbonPrice / Kilo),
        _ => new EnergyObjective(),
    };

    private static EnergyActivity Fixed(string name, string bus, int sign, double[] kilowatts, double by) =>
        EnergyActivity.Simple(name, Flow(bus, sign)) with { Fixed = Profile.Of([.. kilowatts.Select(value => value * by / Kilo)]) };

    private static EnergyActivity Supply(DistrictSupply supply, double[] kilowatts) => supply.Curtail
        ? EnergyActivity.Simple(supply.Key, Flow(supply.Bus, 1)) with { Most = Profile.Of([.. kilowatts.Select(value => value / Kilo)]) }
        : Fixed(supply.Key, supply.Bus, 1, kilowatts, 1);

    private static EnergyActivity Plant(DistrictPlant plant, EnergyInputs inputs)
    {
        var flows = plant.HeatPump is { } pump ? Flows(pump, inputs.Temperature.Values) : plant.Flows.ToDictionary(flow => flow.Bus, flow => Profile.Of((double)flow.Amount), StringComparer.Ordinal);
        var hours = inputs.State.HoursOn.GetValueOrDefault(plant.Key, -1_000);
        return new EnergyActivity(plant.Key, [new ActivityMode(plant.Key, flows) { Cost = Profile.Of((double)plant.Cost) }])
        {
            Capacity = (double)plant.Capacity / Kilo,
            RampUp = (double?)plant.RampPercent / 100,
            RampDown = (double?)plant.RampPercent / 100,
            LevelBefore = inputs.State.Levels.TryGetValue(plant.Key, out var level) ? Math.Min(level, (double)plant.Capacity) / Kilo : null,
            Commitment = plant.Switch is not { } switched ? null : new UnitCommitment((double)switched.LeastPercent / 100)
            {
                HoursOnBefore = Math.Max(0, hours),
                HoursOffBefore = Math.Max(0, -hours),
                MinimumHoursOn = (double)switched.HoursOn,
                MinimumHoursOff = (double)switched.HoursOff,
                StartCost = (double)switched.StartCost,
            },
        };
    }

    // Of a unit of heat: the power, and what is drawn from the source.
    private static Dictionary<string, Profile> Flows(DistrictHeatPump pump, double[] temperature)
    {
        double[] power = [.. temperature.Select(outside => -1 / pump.Performance(outside))];
        var flows = new Dictionary<string, Profile>(StringComparer.Ordinal) { [pump.Gives] = Profile.Of(1), [pump.Takes] = Profile.Of(power) };
        if (pump.From is { } from)
        {
            flows[from] = Profile.Of([.. power.Select(taken => -1 - taken)]);
        }

        return flows;
    }

    private static IEnumerable<EnergyActivity> Grid(DistrictGrid grid, EnergyInputs inputs, DateTimeZone zone)
    {
        var market = inputs.Prices[grid.Key].Values;
        double[] buy = [.. market.Select((price, hour) => BuyPrice(grid, price, inputs.First + Duration.FromHours(hour), zone))];
        yield return new EnergyActivity(Import(grid.Key), [new ActivityMode("in", Flow(grid.Bus, 1)) { Cost = Profile.Of(buy), Carbon = Profile.Of(inputs.Intensity[grid.Key].Values) }]) { Capacity = (double)grid.Capacity / Kilo };
        yield return new EnergyActivity(Export(grid.Key), [new ActivityMode("out", Flow(grid.Bus, -1)) { Cost = Profile.Of([.. market.Select(price => (double)grid.SellFee - price)]) }]) { Capacity = (double)grid.Capacity / Kilo };
    }

    private static EnergyStore Store(DistrictEnergyStore store, EnergyState state)
    {
        // Half of the loss on each way.
        var efficiency = Math.Sqrt((double)store.EfficiencyPercent / 100);
        var port = new StorePort(store.Bus)
        {
            ChargeMost = (double)store.Power / Kilo,
            DischargeMost = (double)store.Power / Kilo,
            InEfficiency = efficiency,
            OutEfficiency = efficiency,
            DischargeCost = (double)store.Cost,
        };
        return new EnergyStore(store.Key, [port])
        {
            Capacity = (double)store.Capacity / Kilo,
            LevelBefore = Math.Clamp(state.Stores[store.Key], 0, (double)store.Capacity) / Kilo,
            LossByHour = (double)store.LossPercent / 100,
            FinalValue = state.FinalValues.GetValueOrDefault(store.Key) * efficiency,
            OneWayAtATime = true,
        };
    }

    private static PeakFee PeakFee(DistrictGrid grid, EnergyInputs inputs, DateTimeZone zone)
    {
        LocalDate MonthOf(int hour) => (inputs.First + Duration.FromHours(hour)).InZone(zone).Date.With(DateAdjusters.StartOfMonth);
        var months = Enumerable.Range(0, inputs.Hours).Select(MonthOf).Distinct().ToList();
        double[] before = [.. months.Select((_, number) => number == 0 ? inputs.State.Peaks.GetValueOrDefault(grid.Key) / Kilo : 0)];
        return new PeakFee(grid.Key + " power fee", Import(grid.Key), (double)grid.PowerFee * Kilo, [.. Enumerable.Range(0, inputs.Hours).Select(hour => months.IndexOf(MonthOf(hour)))], before);
    }

    // One that has no offers now is not there.
    private static IEnumerable<DistrictFlexibility> Flexible(DistrictEnergy energy, EnergyInputs inputs) =>
        energy.Flexibilities.Values.Where(flexibility => inputs.Offers.Any(offer => offer.Flexibility == flexibility.Key));

    private static IEnumerable<OfferAhead> Shifts(EnergyInputs inputs) => inputs.Offers.Where(offer => offer.Kind == OfferKind.Shift);

    private static string BusOf(string element) => element + " bus";

    // All its offers meet behind what it takes at most.
    private static IEnumerable<EnergyActivity> Ways(DistrictFlexibility flexibility)
    {
        var capacity = (double)flexibility.Capacity / Kilo;
        yield return EnergyActivity.Simple(Taken(flexibility.Key), Between(flexibility.Bus, BusOf(flexibility.Key))) with { Capacity = capacity };
        yield return EnergyActivity.Simple(Spared(flexibility.Key), Between(BusOf(flexibility.Key), flexibility.Bus)) with { Capacity = capacity };
    }

    private static IEnumerable<EnergyActivity> Shift(OfferAhead offer, int hours)
    {
        var most = Profile.Of([.. Enumerable.Range(0, hours).Select(hour => hour >= offer.From && hour < offer.Until ? offer.Power / Kilo : 0)]);
        yield return EnergyActivity.Simple(More(offer), Between(BusOf(offer.Flexibility), BusOf(offer.Element))) with { Most = most };
        yield return EnergyActivity.Simple(Less(offer), Between(BusOf(offer.Element), BusOf(offer.Flexibility))) with { Most = most };
    }

    // What is still held ahead in the end is not given back: it counts as what is not given.
    private static EnergyStore Held(OfferAhead offer, DistrictFlexibility flexibility) => new(offer.Element, [new StorePort(BusOf(offer.Element))])
    {
        Capacity = offer.Energy / Kilo,
        LevelBefore = offer.Held / Kilo,
        LossByHour = offer.LossPercent / 100,
        FinalValue = -(double)flexibility.Shortage,
    };

    private static DeferrableLoad Run(OfferAhead offer, DistrictFlexibility flexibility) =>
        new(offer.Element, BusOf(offer.Flexibility), offer.From, offer.Until, [(offer.Hours, offer.Power / Kilo)], (double)flexibility.Shortage) { Interruptible = offer.Interruptible };

    private static Dictionary<string, Profile> Between(string from, string to) => new(StringComparer.Ordinal) { [from] = Profile.Of(-1), [to] = Profile.Of(1) };

    private static Dictionary<string, Profile> Flow(string bus, double amount) => new(StringComparer.Ordinal) { [bus] = Profile.Of(amount) };
}
