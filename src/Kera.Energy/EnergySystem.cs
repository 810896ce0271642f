namespace Kera.Energy;

/// <summary>
/// What can be run, and what must be met: buses of any carrier, activities between them, stores on them. Units are the
/// caller's, one for all: with power in MW, energy is MWh, costs are money by MWh, carbon kg by MWh.
/// </summary>
/// <param name="Hours">The length of each step in hours, greater than zero; steps may differ.</param>
/// <param name="Buses">Where flows meet: at each step what comes is what goes.</param>
/// <param name="Activities">What turns flows into flows: plants, connections, purchases, demands.</param>
/// <param name="Stores">What carries energy from step to step.</param>
public sealed record EnergySystem(IReadOnlyList<double> Hours, IReadOnlyList<EnergyBus> Buses, IReadOnlyList<EnergyActivity> Activities, IReadOnlyList<EnergyStore> Stores)
{
    /// <summary>Vehicles that stand at a charger.</summary>
    public IReadOnlyList<ChargingSession> Sessions { get; init; } = [];

    /// <summary>Loads that may run at one time or another.</summary>
    public IReadOnlyList<DeferrableLoad> Loads { get; init; } = [];

    /// <summary>Fees for the highest level of a period.</summary>
    public IReadOnlyList<PeakFee> PeakFees { get; init; } = [];

    /// <summary>The most carbon that may be caused; null for no cap.</summary>
    public CarbonCap? Cap { get; init; }

    /// <summary>What is sought.</summary>
    public EnergyObjective Objective { get; init; } = new();

    /// <summary>How many steps there are.</summary>
    public int Steps => Hours.Count;

    // Of an activity that is there.
    internal int NumberOf(string activity)
    {
        var number = 0;
        while (Activities[number].Name != activity)
        {
            number++;
        }

        return number;
    }
}

/// <summary>What is sought: the least of cost weight · cost + carbon price · carbon.</summary>
/// <param name="CostWeight">1 for cost; 0 for carbon alone.</param>
/// <param name="CarbonPrice">Money by unit of carbon; with a cost weight of 0 any positive number.</param>
public sealed record EnergyObjective(double CostWeight = 1, double CarbonPrice = 0);

/// <summary>Where flows of one carrier (and for heat one temperature level) meet.</summary>
/// <param name="Name">Its name, one of a kind among buses.</param>
public sealed record EnergyBus(string Name)
{
    /// <summary>Whether what is too much may be let go for nothing.</summary>
    public bool Dump { get; init; }

    /// <summary>What a unit of energy that is missing costs; null where none may be missing.</summary>
    public double? ShortagePenalty { get; init; }

    /// <summary>What a unit of energy that is too much costs; null where nothing may be too much.</summary>
    public double? SurplusPenalty { get; init; }
}

/// <summary>
/// Something that runs at a level ≥ 0 and takes and gives flows by it. With several modes its level is their sum: a turbine
/// that condenses or gives heat, a heat pump that heats or cools.
/// </summary>
/// <param name="Name">Its name, one of a kind among all elements but buses.</param>
/// <param name="Modes">The ways in which it runs; most have one.</param>
public sealed record EnergyActivity(string Name, IReadOnlyList<ActivityMode> Modes)
{
    /// <summary>The most its level may be; null for no bound, or where it is sought.</summary>
    public double? Capacity { get; init; }

    /// <summary>Its capacity is sought; null where it is given.</summary>
    public Investment? Invest { get; init; }

    /// <summary>The most of each step, by unit of capacity (of 1 where there is none).</summary>
    public Profile? Most { get; init; }

    /// <summary>The least of each step, by unit of capacity; only while it is on where it is switched.</summary>
    public Profile? Least { get; init; }

    /// <summary>The level of each step, by unit of capacity: a demand, a must-run.</summary>
    public Profile? Fixed { get; init; }

    /// <summary>How much its level may rise in an hour, by unit of capacity; null for any. What starts may leap to its least level.</summary>
    public double? RampUp { get; init; }

    /// <summary>How much its level may fall in an hour, by unit of capacity; null for any. What stops may fall from its least level.</summary>
    public double? RampDown { get; init; }

    /// <summary>Its level before the first step, for its ramps; null where it is not known and bounds nothing.</summary>
    public double? LevelBefore { get; init; }

    /// <summary>It is switched on and off; null where it runs at any level.</summary>
    public UnitCommitment? Commitment { get; init; }

    /// <summary>Has one way to run.</summary>
    public static EnergyActivity Simple(string name, IReadOnlyDictionary<string, Profile> flows) => new(name, [new ActivityMode(name, flows)]);
}

/// <summary>A way to run.</summary>
/// <param name="Name">Its name within its activity.</param>
/// <param name="Flows">By bus, what a unit of level gives; negative for what it takes.</param>
public sealed record ActivityMode(string Name, IReadOnlyDictionary<string, Profile> Flows)
{
    /// <summary>The cost of a unit of level for an hour.</summary>
    public Profile Cost { get; init; } = Profile.Zero;

    /// <summary>The carbon of a unit of level for an hour.</summary>
    public Profile Carbon { get; init; } = Profile.Zero;

    /// <summary>Another flow that does not follow the level in a straight line; null for none.</summary>
    public PartLoadCurve? PartLoad { get; init; }
}

/// <summary>How a flow follows the level: straight between points, which need not be convex.</summary>
/// <param name="Bus">The bus of the flow; it is none of the mode's straight flows.</param>
/// <param name="Points">Level and flow, both by unit of capacity, levels rising; the first is the least level at which the activity is on (0 where it is not switched), the last is 1.</param>
public sealed record PartLoadCurve(string Bus, IReadOnlyList<(double Level, double Flow)> Points);

/// <summary>A capacity that is sought.</summary>
/// <param name="Cost">The cost of a unit over the whole of the plan.</param>
/// <param name="Most">The most there may be; null for no bound.</param>
public sealed record Investment(double Cost, double? Most = null);

/// <summary>On or off.</summary>
/// <param name="Least">The least level while on, by unit of capacity.</param>
public sealed record UnitCommitment(double Least = 0)
{
    /// <summary>Hours for which it has been on before the first step; 0 where it is off.</summary>
    public double HoursOnBefore { get; init; } = 1;

    /// <summary>Hours for which it has been off before the first step, where it is off.</summary>
    public double HoursOffBefore { get; init; } = 1;

    /// <summary>Hours for which it stays on when it starts.</summary>
    public double MinimumHoursOn { get; init; }

    /// <summary>Hours for which it stays off when it stops.</summary>
    public double MinimumHoursOff { get; init; }

    /// <summary>The cost of a start, not below zero.</summary>
    public double StartCost { get; init; }

    /// <summary>The cost of a stop, not below zero.</summary>
    public double StopCost { get; init; }

    /// <summary>The cost of an hour on, at any level.</summary>
    public double CostByHourOn { get; init; }
}

/// <summary>
/// What carries energy from step to step: level = (1 − loss)^hours · level before + hours · (in-efficiency · charge − discharge ÷
/// out-efficiency). A store that several networks share has a port to each.
/// </summary>
/// <param name="Name">Its name, one of a kind among all elements but buses.</param>
/// <param name="Ports">Where it is charged and discharged; most have one.</param>
public sealed record EnergyStore(string Name, IReadOnlyList<StorePort> Ports)
{
    /// <summary>The most energy it holds; null for no bound, or where it is sought.</summary>
    public double? Capacity { get; init; }

    /// <summary>Its capacity is sought; null where it is given.</summary>
    public Investment? Invest { get; init; }

    /// <summary>Whether it ends with what it began with, which then is sought.</summary>
    public bool Cyclic { get; init; }

    /// <summary>What it holds before the first step, where it is not cyclic.</summary>
    public double LevelBefore { get; init; }

    /// <summary>The share that is lost in an hour.</summary>
    public double LossByHour { get; init; }

    /// <summary>The least level of each step, by unit of capacity.</summary>
    public Profile? Least { get; init; }

    /// <summary>What a unit below <see cref="Least"/> costs for an hour; null where it may not be below.</summary>
    public double? LeastPenalty { get; init; }

    /// <summary>The most power in or out, by unit of capacity; null for the ports' own bounds alone.</summary>
    public double? PowerByCapacity { get; init; }

    /// <summary>The cost of a unit held for an hour.</summary>
    public double HoldCost { get; init; }

    /// <summary>What a unit is worth that it holds in the end.</summary>
    public double FinalValue { get; init; }

    /// <summary>Whether it never charges and discharges at once, also where that would waste what costs less than nothing.</summary>
    public bool OneWayAtATime { get; init; }
}

/// <summary>Where a store is charged and discharged.</summary>
/// <param name="Bus">The bus.</param>
public sealed record StorePort(string Bus)
{
    /// <summary>The most power in; null for no bound.</summary>
    public double? ChargeMost { get; init; }

    /// <summary>The most power out; null for no bound.</summary>
    public double? DischargeMost { get; init; }

    /// <summary>The share of what is charged that is held.</summary>
    public double InEfficiency { get; init; } = 1;

    /// <summary>The share of what is taken from it that comes out.</summary>
    public double OutEfficiency { get; init; } = 1;

    /// <summary>The cost of a unit charged.</summary>
    public double ChargeCost { get; init; }

    /// <summary>The cost of a unit discharged.</summary>
    public double DischargeCost { get; init; }
}

/// <summary>A vehicle that stands at a charger and wants energy by the time it leaves.</summary>
/// <param name="Name">Its name, one of a kind among all elements but buses.</param>
/// <param name="Bus">The bus it is charged from.</param>
/// <param name="Arrival">The first step in which it can be charged.</param>
/// <param name="Departure">The first step in which it is gone.</param>
/// <param name="Energy">What it wants in its battery by then.</param>
/// <param name="PowerMost">The most power of the charger.</param>
/// <param name="ShortagePenalty">What a unit costs that it leaves without.</param>
public sealed record ChargingSession(string Name, string Bus, int Arrival, int Departure, double Energy, double PowerMost, double ShortagePenalty)
{
    /// <summary>The share of the power that reaches the battery.</summary>
    public double Efficiency { get; init; } = 1;

    /// <summary>Where it stays beyond a window that is rolled: what a unit is worth that it gets within the window and could get after it; at most the penalty.</summary>
    public double FinalValue { get; init; }

    /// <summary>What it can get after the plan.</summary>
    internal double LaterMost { get; init; }
}

/// <summary>A load that may run at one time or another, on or off.</summary>
/// <param name="Name">Its name, one of a kind among all elements but buses.</param>
/// <param name="Bus">The bus it takes from.</param>
/// <param name="Earliest">The first step in which it may run.</param>
/// <param name="Latest">The first step in which it has ended.</param>
/// <param name="Run">Its power, piece by piece, each with its hours.</param>
/// <param name="ShortagePenalty">What it costs not to run at all, or for an hour that is missing where it may be interrupted.</param>
public sealed record DeferrableLoad(string Name, string Bus, int Earliest, int Latest, IReadOnlyList<(double Hours, double Power)> Run, double ShortagePenalty)
{
    /// <summary>Whether it may stop and go on, by whole steps; then its run is one piece, of one power, and lasts its hours or less than a step longer.</summary>
    public bool Interruptible { get; init; }

    /// <summary>Where it may run beyond a window that is rolled: what it is worth that it runs within the window and could run after it, by hour where it may be interrupted; at most the penalty.</summary>
    public double FinalValue { get; init; }

    /// <summary>How much of it can run after the plan: hours where it may be interrupted, else 1 for all of it.</summary>
    internal double LaterMost { get; init; }
}

/// <summary>A fee for the highest level of an activity in a period, as of a grid's power fee.</summary>
/// <param name="Name">Its name, one of a kind among all elements but buses.</param>
/// <param name="Activity">Whose level.</param>
/// <param name="Fee">Money by unit of the highest level of a period.</param>
/// <param name="PeriodOf">The period of each step, counted from 0.</param>
/// <param name="PeakBefore">The highest level so far of each period; what lies below costs nothing more.</param>
public sealed record PeakFee(string Name, string Activity, double Fee, IReadOnlyList<int> PeriodOf, IReadOnlyList<double> PeakBefore);

/// <summary>The most carbon.</summary>
/// <param name="Most">What may be caused by the plan, after what was used before.</param>
/// <param name="Penalty">What a unit more costs; null where there may be none.</param>
public sealed record CarbonCap(double Most, double? Penalty);
