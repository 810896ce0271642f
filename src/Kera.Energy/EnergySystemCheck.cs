namespace Kera.Energy;

/// <summary>Whether a system can be planned at all: names, lengths, bounds the right way round. What it finds it tells by field.</summary>
internal static class EnergySystemCheck
{
    /// <exception cref="EnergyException">Something is not as it should be; the first that was found.</exception>
    public static void Check(EnergySystem system)
    {
        if (system.Steps == 0)
        {
            throw new EnergyException("steps", "A plan has at least one step.");
        }

        for (var step = 0; step < system.Steps; step++)
        {
            Require(system.Hours[step] is > 0 and < double.PositiveInfinity, "hours", $"Step {step} lasts {system.Hours[step]} hours. A step lasts longer than nothing.");
        }

        RequireNames(system.Buses.Select(bus => bus.Name), "bus");
        RequireNames(
            system.Activities.Select(activity => activity.Name).Concat(system.Stores.Select(store => store.Name)).Concat(system.Sessions.Select(session => session.Name))
                .Concat(system.Loads.Select(load => load.Name)).Concat(system.PeakFees.Select(fee => fee.Name)),
            "activity, store, session, load and fee");
        var buses = system.Buses.Select(bus => bus.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var bus in system.Buses)
        {
            Positive(bus.ShortagePenalty, bus.Name, "shortage penalty");
            Positive(bus.SurplusPenalty, bus.Name, "surplus penalty");
        }

        foreach (var activity in system.Activities)
        {
            Check(system, buses, activity);
        }

        foreach (var store in system.Stores)
        {
            Check(system, buses, store);
        }

        CheckWishes(system, buses);
    }

    private static void Check(EnergySystem system, HashSet<string> buses, EnergyActivity activity)
    {
        var name = activity.Name;
        Require(activity.Modes.Count > 0, name, "It has no way to run. Give its flows.");
        foreach (var mode in activity.Modes)
        {
            foreach (var (bus, flow) in mode.Flows)
            {
                KnownBus(buses, bus, $"{name}.flows");
                Finite(system, flow, $"{name}.flows.{bus}");
            }

            Finite(system, mode.Cost, $"{name}.cost");
            Finite(system, mode.Carbon, $"{name}.carbon");
            CheckPartLoad(buses, activity, mode);
        }

        Positive(activity.Capacity, name, "capacity");
        Require(activity.Capacity is null || activity.Invest is null, name, "Its capacity is given and sought. Give one of them.");
        CheckInvestment(activity.Invest, name);
        foreach (var (profile, field) in new[] { (activity.Most, "max"), (activity.Least, "min"), (activity.Fixed, "fix") })
        {
            if (profile is not null)
            {
                Finite(system, profile, $"{name}.{field}");
                Require(profile.Values.IndexOfAnyInRange(double.NegativeInfinity, -double.Epsilon) < 0, $"{name}.{field}", "A level is not below zero. Turn the signs of its flows instead.");
            }
        }

        for (var step = 0; activity is { Least: { } least, Most: { } most } && step < system.Steps; step++)
        {
            Require(least[step] <= most[step], $"{name}.min", $"In step {step} its least, {least[step]}, is above its most, {most[step]}.");
        }

        Positive(activity.RampUp, name, "ramp up");
        Positive(activity.RampDown, name, "ramp down");
        Positive(activity.LevelBefore, name, "level before");
        if (activity.Commitment is { } commitment)
        {
            Require(commitment.Least is >= 0 and <= 1, $"{name}.commit.min", "The least level while on is a share of capacity, 0 to 1.");
            Require(activity.Capacity is not null || activity.Invest?.Most is not null, name, "What is switched has a capacity, or a most that may be built.");
            Require(activity.Fixed is null, name, "What is switched has no fixed level.");
            Require(activity.Invest is null || (activity.RampUp is null && activity.RampDown is null), name, "Ramps of what is switched need a given capacity.");
            foreach (var (value, field) in new[] { (commitment.HoursOnBefore, "up_before"), (commitment.HoursOffBefore, "down_before"), (commitment.MinimumHoursOn, "min_up"), (commitment.MinimumHoursOff, "min_down"), (commitment.StartCost, "startup_cost"), (commitment.StopCost, "shutdown_cost"), (commitment.CostByHourOn, "cost_on") })
            {
                Positive(value, $"{name}.commit", field);
            }
        }
    }

    private static void CheckPartLoad(HashSet<string> buses, EnergyActivity activity, ActivityMode mode)
    {
        if (mode.PartLoad is not { } curve)
        {
            return;
        }

        var field = $"{activity.Name}.part_load";
        KnownBus(buses, curve.Bus, field);
        Require(activity.Modes.Count == 1 && activity.Capacity > 0, field, "A part-load curve is of an activity with one mode and a given capacity.");
        Require(!mode.Flows.ContainsKey(curve.Bus), field, $"'{curve.Bus}' is already one of its straight flows.");
        Require(curve.Points.Count >= 2 && curve.Points[^1].Level == 1, field, "Give at least two points, the last at a level of 1.");
        Require(curve.Points[0].Level == (activity.Commitment?.Least ?? 0), field, $"The first point is at the least level, {activity.Commitment?.Least ?? 0}.");
        for (var point = 1; point < curve.Points.Count; point++)
        {
            Require(curve.Points[point].Level > curve.Points[point - 1].Level, field, $"Levels rise from point to point; point {point} does not.");
        }

        Require(curve.Points.All(point => double.IsFinite(point.Flow)), field, "A flow is a number.");
    }

    private static void Check(EnergySystem system, HashSet<string> buses, EnergyStore store)
    {
        var name = store.Name;
        Require(store.Ports.Count > 0, name, "It is on no bus.");
        foreach (var port in store.Ports)
        {
            KnownBus(buses, port.Bus, name);
            Require(port.InEfficiency is > 0 and <= 1, $"{name}.eta_in", "An efficiency is above 0 and at most 1.");
            Require(port.OutEfficiency is > 0 and <= 1, $"{name}.eta_out", "An efficiency is above 0 and at most 1.");
            Positive(port.ChargeMost, name, "charge_max");
            Positive(port.DischargeMost, name, "discharge_max");
            Require(double.IsFinite(port.ChargeCost) && double.IsFinite(port.DischargeCost), name, "A cost is a number.");
        }

        Require(store.LossByHour is >= 0 and < 1, $"{name}.loss_per_hour", "A loss is a share of what is held, from 0 to below 1.");
        Positive(store.Capacity, name, "e_nom");
        Require(store.Capacity is null || store.Invest is null, name, "Its capacity is given and sought. Give one of them.");
        CheckInvestment(store.Invest, name);
        Positive(store.PowerByCapacity, name, "c_rate");
        Require(store.Capacity is not null || store.Invest is not null || store.PowerByCapacity is null, name, "A power by unit of capacity needs a capacity: give one.");
        Positive(store.LeastPenalty, name, "penalty");
        Require(double.IsFinite(store.HoldCost) && double.IsFinite(store.FinalValue), name, "A cost is a number.");
        Require(store.Capacity is not null || store.Invest is not null || store.Least is null, $"{name}.min", "A least level is a share of a capacity: give one.");
        if (store.Least is { } least)
        {
            Finite(system, least, $"{name}.min");
            Require(least.Values.IndexOfAnyExceptInRange(0, 1) < 0, $"{name}.min", "A least level is a share of the capacity, 0 to 1.");
        }

        Require(store.LevelBefore >= 0 && store.LevelBefore <= (store.Capacity ?? double.PositiveInfinity) * (1 + 1e-9), $"{name}.e_initial", $"It holds {store.LevelBefore} before the first step: not below 0, and not above its capacity.");
        Require(!store.OneWayAtATime || store.Capacity is not null || store.Invest?.Most is not null, name, "What may not charge and discharge at once has a capacity, or a most that may be built.");
    }

    private static void CheckWishes(EnergySystem system, HashSet<string> buses)
    {
        foreach (var session in system.Sessions)
        {
            KnownBus(buses, session.Bus, session.Name);
            Require(session.Arrival >= 0 && session.Departure > session.Arrival && session.Departure <= system.Steps, session.Name, $"It arrives in step {session.Arrival} and is gone in step {session.Departure}: it stays at least one of the {system.Steps} steps.");
            Require(session.Energy >= 0 && session.PowerMost >= 0 && double.IsFinite(session.Energy + session.PowerMost), session.Name, "Its energy and power are not below zero.");
            Require(session.Efficiency is > 0 and <= 1, $"{session.Name}.efficiency", "An efficiency is above 0 and at most 1.");
            Positive(session.ShortagePenalty, session.Name, "penalty");
            Require(session.FinalValue >= 0 && session.FinalValue <= session.ShortagePenalty, session.Name, "Its final value is from 0 to its penalty.");
        }

        foreach (var load in system.Loads)
        {
            KnownBus(buses, load.Bus, load.Name);
            Require(load.Earliest >= 0 && load.Latest > load.Earliest && load.Latest <= system.Steps, load.Name, $"It may run from step {load.Earliest} and has ended by step {load.Latest}: there are {system.Steps} steps.");
            Require(load.Run.Count > 0 && load.Run.All(piece => piece is { Hours: > 0, Power: > 0 } && double.IsFinite(piece.Hours + piece.Power)), load.Name, "Each piece of its run has hours and power above zero.");
            Require(!load.Interruptible || load.Run.Count == 1, load.Name, "What may be interrupted runs at one power.");
            Positive(load.ShortagePenalty, load.Name, "penalty");
            Require(load.FinalValue >= 0 && load.FinalValue <= load.ShortagePenalty, load.Name, "Its final value is from 0 to its penalty.");
        }

        var activities = system.Activities.Select(activity => activity.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var fee in system.PeakFees)
        {
            Require(activities.Contains(fee.Activity), fee.Name, $"There is no activity '{fee.Activity}'.");
            Positive(fee.Fee, fee.Name, "fee");
            Require(fee.PeriodOf.Count == system.Steps && fee.PeriodOf.All(period => period >= 0 && period < fee.PeakBefore.Count), fee.Name, "Each step is in one of its periods.");
            Require(fee.PeakBefore.All(peak => peak >= 0 && double.IsFinite(peak)), fee.Name, "A peak is not below zero.");
        }

        Require(system.Cap is null or { Most: >= 0 and < double.PositiveInfinity, Penalty: null or (>= 0 and < double.PositiveInfinity) }, "cap", "A cap is not below zero.");
        Require(system.Objective is { CostWeight: >= 0 and < double.PositiveInfinity, CarbonPrice: >= 0 and < double.PositiveInfinity } and not { CostWeight: 0, CarbonPrice: 0 }, "objective", "Cost, carbon or both weigh something.");
    }

    private static void CheckInvestment(Investment? investment, string name)
    {
        Positive(investment?.Most, name, "invest.max");
        Require(investment is null || double.IsFinite(investment.Cost), name, "A cost is a number.");
    }

    private static void KnownBus(HashSet<string> buses, string bus, string field) => Require(buses.Contains(bus), field, $"There is no bus '{bus}'. There are {string.Join(", ", buses)}.");

    private static void Finite(EnergySystem system, Profile profile, string field)
    {
        Require(profile.Length == 0 || profile.Length == system.Steps, field, $"It has {profile.Length} numbers for {system.Steps} steps.");
        Require(profile.Values.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) < 0, field, "One of its numbers is none.");
    }

    private static void Positive(double? value, string name, string field) => Require(value is null or (>= 0 and < double.PositiveInfinity), name, $"Its {field} is {value}: a number not below zero.");

    private static void RequireNames(IEnumerable<string> names, string kinds)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            Require(name.Length > 0, "name", $"Each {kinds} has a name.");
            Require(seen.Add(name), name, $"'{name}' is there twice. Each {kinds} has a name of its own.");
        }
    }

    private static void Require(bool holds, string field, string sentence)
    {
        if (!holds)
        {
            throw new EnergyException(field, sentence);
        }
    }
}
