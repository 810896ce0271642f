namespace Kera.Base.District;

/// <summary>A district's heat and power as they are planned. Power is in kW, energy in kWh, money in EUR a MWh unless said otherwise.</summary>
public sealed record DistrictEnergy
{
    /// <summary>Where flows of a carrier meet.</summary>
    public required IReadOnlyDictionary<string, DistrictBus> Buses { get; init; }

    /// <summary>What must be met.</summary>
    public required IReadOnlyDictionary<string, DistrictDemand> Demands { get; init; }

    /// <summary>What comes by itself.</summary>
    public required IReadOnlyDictionary<string, DistrictSupply> Supplies { get; init; }

    /// <summary>What is run.</summary>
    public required IReadOnlyDictionary<string, DistrictPlant> Plants { get; init; }

    /// <summary>What holds energy from hour to hour.</summary>
    public required IReadOnlyDictionary<string, DistrictEnergyStore> Stores { get; init; }

    /// <summary>Where energy is bought and sold.</summary>
    public required IReadOnlyDictionary<string, DistrictGrid> Grids { get; init; }

    /// <summary>Whose use may be moved, as their holders offer.</summary>
    public required IReadOnlyDictionary<string, DistrictFlexibility> Flexibilities { get; init; }

    /// <summary>What the plan seeks.</summary>
    public DistrictObjective Objective { get; init; } = new(PlanAim.Cost, 0);
}

/// <summary>What a plan seeks the least of.</summary>
public enum PlanAim
{
    /// <summary>Cost.</summary>
    Cost,

    /// <summary>Carbon; cost decides only between plans of like carbon.</summary>
    Carbon,

    /// <summary>Cost with a price of carbon.</summary>
    Mix,
}

/// <summary>What the district's plan seeks.</summary>
/// <param name="Seek">The least of what.</param>
/// <param name="CarbonPrice">What a tonne of CO2e counts in a mix, EUR; nobody pays it.</param>
/// <param name="Cap">The most carbon of a month; null for no cap.</param>
public sealed record DistrictObjective(PlanAim Seek, decimal CarbonPrice, DistrictCarbonCap? Cap = null);

/// <summary>The most carbon of bought energy in a calendar month.</summary>
/// <param name="Tonnes">The most, t CO2e.</param>
/// <param name="Over">What a tonne more counts in a plan, EUR: so that there always is one.</param>
public sealed record DistrictCarbonCap(decimal Tonnes, decimal Over);

/// <summary>A building, or chargers together, whose use may be moved from hour to hour: its holder's programs say when, and are told schedules.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Holder">The agent whose tokens may offer.</param>
/// <param name="Bus">Where it takes.</param>
/// <param name="Capacity">What all its offers together take at most, kW. No plan passes it.</param>
/// <param name="Shortage">What a MWh counts in a plan that was asked for and is not given.</param>
/// <param name="Illustrative">Whether its size is made up.</param>
/// <param name="Sources">Where its size is from.</param>
public sealed record DistrictFlexibility(string Key, LocalizedText Name, string Holder, string Bus, decimal Capacity, decimal Shortage, bool Illustrative, IReadOnlyList<string> Sources);

/// <summary>Where flows of one carrier meet.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Network">The network of the ledger that it is.</param>
/// <param name="Shortage">What a MWh that is missing counts in the plan; null where none may be missing.</param>
/// <param name="Surplus">What a MWh too much counts; null where nothing may be too much.</param>
/// <param name="LetGo">Whether what is too much may be let go for nothing.</param>
public sealed record DistrictBus(string Key, LocalizedText Name, string Network, decimal? Shortage, decimal? Surplus, bool LetGo);

/// <summary>What must be met: some metered flows together, whose coming hours are forecast from those that were.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bus">Where it is taken.</param>
/// <param name="Flows">Keys of declared flows into the ledger, in kWh.</param>
/// <param name="LossesPercent">How much more must be put in, as a network loses on the way.</param>
public sealed record DistrictDemand(string Key, LocalizedText Name, string Bus, IReadOnlyList<string> Flows, decimal LossesPercent);

/// <summary>What comes by itself, as sun and waste heat.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bus">Where it comes.</param>
/// <param name="Flows">Keys of declared flows into the ledger, in kWh.</param>
/// <param name="Curtail">Whether less may be taken than there is.</param>
public sealed record DistrictSupply(string Key, LocalizedText Name, string Bus, IReadOnlyList<string> Flows, bool Curtail);

/// <summary>How a plant's plan is carried out.</summary>
public enum PlantMode
{
    /// <summary>It is run without the plan.</summary>
    Off,

    /// <summary>The plan is told, and nothing is given to the plant.</summary>
    Advise,

    /// <summary>Each hour is given to the plant once its holder has approved it.</summary>
    Approve,

    /// <summary>Each hour is given to the plant as it is planned.</summary>
    Automatic,
}

/// <summary>What is run.</summary>
public sealed record DistrictPlant
{
    public required string Key { get; init; }

    public required LocalizedText Name { get; init; }

    /// <summary>Who runs it.</summary>
    public required string Holder { get; init; }

    /// <summary>Its process in the ledger.</summary>
    public required string Process { get; init; }

    /// <summary>The declared flow whose hours are what it gave.</summary>
    public required string Reading { get; init; }

    /// <summary>The declared flow whose hours are the power that it took; null where it takes none, or nothing meters it.</summary>
    public string? PowerReading { get; init; }

    /// <summary>Its most, in kW of what it gives.</summary>
    public required decimal Capacity { get; init; }

    /// <summary>Whether its size is made up; else <see cref="Sources"/> say where it is from.</summary>
    public required bool Illustrative { get; init; }

    /// <summary>Where its size is from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>What a unit of what it gives comes with.</summary>
    public required IReadOnlyList<PlantFlow> Flows { get; init; }

    /// <summary>How its coefficient of performance follows temperature; null where it has none.</summary>
    public DistrictHeatPump? HeatPump { get; init; }

    /// <summary>What a MWh of what it gives costs beside what it takes: upkeep, fuel.</summary>
    public decimal Cost { get; init; }

    /// <summary>Switched on and off; null where it runs at any level.</summary>
    public DistrictSwitch? Switch { get; init; }

    /// <summary>How much it may rise or fall in an hour, in per cent of its most; null for any.</summary>
    public decimal? RampPercent { get; init; }

    /// <summary>What it runs at while there is no plan, in per cent of its most.</summary>
    public decimal FallbackPercent { get; init; }

    /// <summary>How its plan is carried out until somebody says otherwise.</summary>
    public PlantMode Mode { get; init; }

    /// <summary>The nearest power that it may be given, kW: at most its most, and at least its least or nothing. No plan passes it.</summary>
    public decimal Within(decimal kilowatts)
    {
        var least = Capacity * (Switch?.LeastPercent ?? 0) / 100;
        return kilowatts >= Capacity ? Capacity : kilowatts >= least ? Math.Max(0, kilowatts) : kilowatts * 2 >= least && least > 0 ? least : 0;
    }

    /// <summary>The bus that it is there for.</summary>
    public string Gives => HeatPump?.Gives ?? Flows.First(flow => flow.Amount > 0).Bus;

    /// <summary>All buses that it gives to: power and heat, of what makes both.</summary>
    public IEnumerable<string> AllGiven => HeatPump is { } pump ? [pump.Gives] : Flows.Where(flow => flow.Amount > 0).Select(flow => flow.Bus);

    /// <summary>The buses that it takes from.</summary>
    public IEnumerable<string> Takes => HeatPump is { } pump ? new[] { pump.Takes, pump.From }.OfType<string>() : Flows.Where(flow => flow.Amount < 0).Select(flow => flow.Bus);
}

/// <summary>A flow of a plant by unit of what it gives.</summary>
/// <param name="Bus">The bus.</param>
/// <param name="Amount">How much; below zero for what it takes.</param>
public sealed record PlantFlow(string Bus, decimal Amount);

/// <summary>
/// A heat pump whose coefficient of performance is c0 + c1·ΔT + c2·ΔT², ΔT from source to sink in kelvins, times a quality by which
/// real ones fall behind the fit: Ruhnau, Hirth and Praktiknjo, Time series of heat demand and heat pump efficiency for energy system
/// modeling (When2Heat), Scientific Data 6, 2019.
/// </summary>
/// <param name="Kind">Whose fit: air, ground or water.</param>
/// <param name="Gives">The bus that it heats.</param>
/// <param name="Takes">The bus whose power it takes.</param>
/// <param name="From">The bus whose heat it takes; null for what costs nothing, as air.</param>
/// <param name="Sink">The temperature that it gives, °C.</param>
/// <param name="Source">The temperature that it takes from, °C; null for the air outside.</param>
/// <param name="Quality">The share of the fit that it reaches.</param>
public sealed record DistrictHeatPump(string Kind, string Gives, string Takes, string? From, decimal Sink, decimal? Source, decimal Quality)
{
    private static readonly Dictionary<string, (double Constant, double Slope, double Curve)> Fits = new(StringComparer.Ordinal)
    {
        ["air"] = (6.0801, -0.0941, 0.0005),
        ["ground"] = (10.288, -0.2084, 0.0012),
        ["water"] = (9.9696, -0.2049, 0.0012),
    };

    /// <summary>The kinds of fits.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Fits.Keys];

    /// <summary>The heat that a unit of power gives when the air outside is so warm; at least 1. Lifts of less than 15 K are reckoned as 15, more than 60 as 60: the fit is of those.</summary>
    public double Performance(double outside)
    {
        const double LeastLift = 15;
        const double MostLift = 60;
        var lift = Math.Clamp((double)Sink - (Source is { } source ? (double)source : outside), LeastLift, MostLift);
        var (constant, slope, curve) = Fits[Kind];
        return Math.Max(1, (constant + slope * lift + curve * lift * lift) * (double)Quality);
    }
}

/// <summary>How a plant is switched.</summary>
/// <param name="LeastPercent">Its least while on, in per cent of its most.</param>
/// <param name="HoursOn">Hours for which it stays on.</param>
/// <param name="HoursOff">Hours for which it stays off.</param>
/// <param name="StartCost">What a start costs, EUR.</param>
public sealed record DistrictSwitch(decimal LeastPercent, decimal HoursOn, decimal HoursOff, decimal StartCost);

/// <summary>What holds energy from hour to hour.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bus">Where it is charged and discharged.</param>
/// <param name="Capacity">The most it holds, kWh.</param>
/// <param name="Power">The most power in and out, kW.</param>
/// <param name="EfficiencyPercent">What comes out of what went in, in per cent, half of the loss on each way.</param>
/// <param name="LossPercent">What is lost in an hour, in per cent of what is held.</param>
/// <param name="Cost">What a MWh in and out again costs in wear.</param>
/// <param name="Level">The Series that says what it holds, in kWh; null where nothing measures it and the plan's own level is taken.</param>
/// <param name="Illustrative">Whether its size is made up.</param>
/// <param name="Sources">Where its size is from.</param>
public sealed record DistrictEnergyStore(string Key, LocalizedText Name, string Bus, decimal Capacity, decimal Power, decimal EfficiencyPercent, decimal LossPercent, decimal Cost, string? Level, bool Illustrative, IReadOnlyList<string> Sources);

/// <summary>Where energy is bought and sold.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bus">The bus.</param>
/// <param name="Capacity">The most in and out, kW.</param>
/// <param name="Import">The declared flow that comes in.</param>
/// <param name="Export">The declared flow that goes out.</param>
/// <param name="Price">The Series of the price, EUR a MWh.</param>
/// <param name="BuyFee">What is paid beside the price and the fees of the hour: margin and tax.</param>
/// <param name="SellFee">What is taken off the price for what is sold.</param>
/// <param name="Fees">Fees of some hours.</param>
/// <param name="PowerFee">What the highest hour of a month costs, EUR a kW.</param>
/// <param name="Illustrative">Whether fees and capacity are made up.</param>
/// <param name="Sources">Where they are from.</param>
public sealed record DistrictGrid(string Key, LocalizedText Name, string Bus, decimal Capacity, string Import, string Export, string Price, decimal BuyFee, decimal SellFee, IReadOnlyList<GridFee> Fees, decimal PowerFee, bool Illustrative, IReadOnlyList<string> Sources)
{
    /// <summary>The fees of an hour: those of its time of day and month.</summary>
    public decimal FeeAt(int hour, int month) => Fees.Where(fee => fee.IsIn(hour, month)).Sum(fee => fee.Amount);
}

/// <summary>A fee of some hours.</summary>
/// <param name="Amount">EUR a MWh.</param>
/// <param name="From">The first hour of the day, 0 to 23.</param>
/// <param name="Until">The hour in which it ends, 1 to 24; before <paramref name="From"/> where it goes over midnight.</param>
/// <param name="Months">The months in which it is due, 1 to 12; none for all.</param>
public sealed record GridFee(decimal Amount, int From, int Until, IReadOnlyList<int> Months)
{
    /// <summary>Whether it is due in an hour of a month.</summary>
    public bool IsIn(int hour, int month) =>
        (Months.Count == 0 || Months.Contains(month)) && (From < Until ? hour >= From && hour < Until : hour >= From || hour < Until);
}
