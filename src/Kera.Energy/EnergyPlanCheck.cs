namespace Kera.Energy;

/// <summary>
/// Whether a plan is one of its system, reckoned from the system itself and not from the model that was solved: each bus balances
/// to 1e-6, stores hold what came and went, peaks are those of what runs, the carbon is below its cap, and the cost is that of what runs.
/// </summary>
public static class EnergyPlanCheck
{
    private const double Tolerance = 1e-6;

    /// <summary>A sentence for each thing that is not so; none where all is. O(elements · steps).</summary>
    public static IReadOnlyList<string> Faults(EnergySystem system, EnergyPlan plan)
    {
        List<string> faults = [];
        CheckBuses(system, plan, faults);
        CheckActivities(system, plan, faults);
        CheckTimes(system, plan, faults);
        CheckStores(system, plan, faults);
        CheckPeaks(system, plan, faults);
        CheckCarbon(system, plan, faults);
        CheckCost(system, plan, faults);
        return faults;
    }

    private static void CheckBuses(EnergySystem system, EnergyPlan plan, List<string> faults)
    {
        var numbers = system.Buses.Select((bus, number) => (bus.Name, number)).ToDictionary(pair => pair.Name, pair => pair.number, StringComparer.Ordinal);
        var (sums, scales) = (new double[system.Buses.Count], new double[system.Buses.Count]);
        void Bring(string bus, double amount)
        {
            sums[numbers[bus]] += amount;
            scales[numbers[bus]] = Math.Max(scales[numbers[bus]], Math.Abs(amount));
        }

        var unmet = plan.Unmet.Where(wish => wish.Kind == RowKind.Balance).ToLookup(wish => wish.Step);
        for (var step = 0; step < system.Steps; step++)
        {
            Array.Clear(sums);
            Array.Fill(scales, 1);
            foreach (var (activity, run) in system.Activities.Zip(plan.Activities))
            {
                foreach (var (mode, level) in activity.Modes.Zip(run.Modes))
                {
                    foreach (var (bus, flow) in mode.Flows)
                    {
                        Bring(bus, flow[step] * level[step]);
                    }

                    if (mode.PartLoad is { } curve && run.On?[step] != false)
                    {
                        Bring(curve.Bus, FlowOf(curve, level[step], activity.Capacity!.Value));
                    }
                }
            }

            foreach (var (store, run) in system.Stores.Zip(plan.Stores))
            {
                for (var port = 0; port < store.Ports.Count; port++)
                {
                    Bring(store.Ports[port].Bus, run.Discharge[port][step]);
                    Bring(store.Ports[port].Bus, -run.Charge[port][step]);
                }
            }

            foreach (var session in system.Sessions)
            {
                Bring(session.Bus, -plan.Sessions[session.Name][step]);
            }

            foreach (var load in system.Loads)
            {
                Bring(load.Bus, -plan.Loads[load.Name][step]);
            }

            foreach (var wish in unmet[step])
            {
                Bring(wish.Element, wish.Amount / system.Hours[step]);
            }

            for (var bus = 0; bus < sums.Length; bus++)
            {
                var slack = Tolerance * scales[bus] * 4;
                if (sums[bus] < -slack || (sums[bus] > slack && !system.Buses[bus].Dump))
                {
                    faults.Add($"{system.Buses[bus].Name}: in step {step} {sums[bus]} is left over.");
                }
            }
        }
    }

    private static double FlowOf(PartLoadCurve curve, double level, double capacity)
    {
        var share = level / capacity;
        var point = 1;
        while (point < curve.Points.Count - 1 && curve.Points[point].Level < share)
        {
            point++;
        }

        var (low, high) = (curve.Points[point - 1], curve.Points[point]);
        return (low.Flow + (high.Flow - low.Flow) * (share - low.Level) / (high.Level - low.Level)) * capacity;
    }

    private static void CheckActivities(EnergySystem system, EnergyPlan plan, List<string> faults)
    {
        foreach (var (activity, run) in system.Activities.Zip(plan.Activities))
        {
            var capacity = run.Capacity ?? 1;
            for (var step = 0; step < system.Steps; step++)
            {
                var level = run.Level[step];
                var on = run.On?[step] ?? true;
                var most = !on ? 0 : activity.Fixed?[step] * capacity ?? activity.Most?[step] * capacity ?? run.Capacity ?? double.PositiveInfinity;
                var least = !on ? 0 : activity.Fixed?[step] * capacity ?? Math.Max(activity.Least?[step] ?? 0, activity.Commitment?.Least ?? 0) * capacity;
                var slack = Tolerance * Math.Max(1, Math.Abs(level)) * 4;
                if (level > most + slack || level < least - slack)
                {
                    faults.Add($"{activity.Name}: in step {step} at {level}, outside {least} … {most}.");
                }
            }
        }
    }

    // Ramps, and the least time on and off, counted from before the first step.
    private static void CheckTimes(EnergySystem system, EnergyPlan plan, List<string> faults)
    {
        foreach (var (activity, run) in system.Activities.Zip(plan.Activities))
        {
            var (unit, level) = (activity.Commitment, activity.LevelBefore);
            var on = unit?.HoursOnBefore > 0;
            var lasted = unit is null ? 0 : on ? unit.HoursOnBefore : unit.HoursOffBefore;
            for (var step = 0; step < system.Steps; step++)
            {
                var turned = run.On is { } switched && switched[step] != on;
                if (turned && lasted < (on ? unit!.MinimumHoursOn : unit!.MinimumHoursOff) - Tolerance)
                {
                    faults.Add($"{activity.Name}: in step {step} it turns {(on ? "off" : "on")} after {lasted} hours.");
                }

                if (level is { } before)
                {
                    var hours = step == 0 ? system.Hours[0] : (system.Hours[step] + system.Hours[step - 1]) / 2;
                    var capacity = run.Capacity ?? 1;
                    // Who starts comes to the least of its step, who stops comes from that of the step before.
                    var jump = turned ? Math.Max(unit!.Least, activity.Least?[on ? Math.Max(0, step - 1) : step] ?? 0) : 0;
                    var (rise, fall) = (Math.Max((activity.RampUp ?? double.PositiveInfinity) * hours, jump) * capacity, Math.Max((activity.RampDown ?? double.PositiveInfinity) * hours, jump) * capacity);
                    var slack = Tolerance * Math.Max(1, Math.Abs(before)) * 4;
                    if (run.Level[step] - before > rise + slack || before - run.Level[step] > fall + slack)
                    {
                        faults.Add($"{activity.Name}: in step {step} it goes from {before} to {run.Level[step]}, faster than it may.");
                    }
                }

                (on, lasted) = turned ? (!on, system.Hours[step]) : (on, lasted + system.Hours[step]);
                level = run.Level[step];
            }
        }
    }

    private static void CheckStores(EnergySystem system, EnergyPlan plan, List<string> faults)
    {
        foreach (var (store, run) in system.Stores.Zip(plan.Stores))
        {
            var held = store.Cyclic ? run.Level[^1] : store.LevelBefore;
            for (var step = 0; step < system.Steps; step++)
            {
                var hours = system.Hours[step];
                held *= Math.Pow(1 - store.LossByHour, hours);
                for (var port = 0; port < store.Ports.Count; port++)
                {
                    held += hours * (run.Charge[port][step] * store.Ports[port].InEfficiency - run.Discharge[port][step] / store.Ports[port].OutEfficiency);
                }

                var slack = Tolerance * Math.Max(1, Math.Abs(held)) * 4;
                if (Math.Abs(held - run.Level[step]) > slack || held < -slack || held > (run.Capacity ?? double.PositiveInfinity) + slack)
                {
                    faults.Add($"{store.Name}: after step {step} it holds {run.Level[step]}; what came and went leaves {held}.");
                }

                var (charge, discharge) = (run.Charge.Sum(port => port[step]), run.Discharge.Sum(port => port[step]));
                if (store.OneWayAtATime && Math.Min(charge, discharge) > 1e-5 * Math.Max(1, Math.Max(charge, discharge)))
                {
                    faults.Add($"{store.Name}: in step {step} it charges {charge} and discharges {discharge} at once.");
                }

                // So that rounding does not add up over a year.
                held = run.Level[step];
            }
        }
    }

    // What is told as the peak is the highest level so far, before the plan or in it.
    private static void CheckPeaks(EnergySystem system, EnergyPlan plan, List<string> faults)
    {
        foreach (var fee in system.PeakFees)
        {
            var peaks = PeaksOf(fee, plan.Activities);
            for (var period = 0; period < peaks.Length; period++)
            {
                var (peak, told) = (peaks[period], plan.Peaks[fee.Name][period]);
                if (!(Math.Abs(told - peak) <= Tolerance * Math.Max(1, Math.Abs(peak)) * 4))
                {
                    faults.Add($"{fee.Name}: the peak of period {period} is {peak}; the plan says {told}.");
                }
            }
        }
    }

    private static void CheckCarbon(EnergySystem system, EnergyPlan plan, List<string> faults)
    {
        var carbon = CarbonOf(system, plan.Activities);
        var slack = Tolerance * Math.Max(1, Math.Abs(carbon)) * 4;
        if (!(Math.Abs(carbon - plan.Carbon) <= slack))
        {
            faults.Add($"What runs causes {carbon} of carbon; the plan says {plan.Carbon}.");
        }

        var over = -plan.Unmet.Where(wish => wish.Kind == RowKind.Cap).Sum(wish => wish.Amount);
        if (system.Cap is { } cap && carbon > cap.Most + over + slack)
        {
            faults.Add($"What runs causes {carbon} of carbon, above the cap of {cap.Most} by more than the {over} that the plan says.");
        }
    }

    private static void CheckCost(EnergySystem system, EnergyPlan plan, List<string> faults)
    {
        var (cost, size) = CostOf(system, plan);
        if (system.Objective.CostWeight > 0 && !(Math.Abs(cost - plan.Cost) <= Tolerance * size * 4))
        {
            faults.Add($"What runs costs {cost}; the plan says {plan.Cost}.");
        }
    }

    /// <summary>The cost of what runs, and the sum of its parts without their signs.</summary>
    internal static (double Cost, double Size) CostOf(EnergySystem system, EnergyPlan plan)
    {
        var (cost, size) = (0.0, 1.0);
        void Pay(double amount)
        {
            cost += amount;
            size += Math.Abs(amount);
        }

        foreach (var (activity, run) in system.Activities.Zip(plan.Activities))
        {
            Pay((activity.Invest?.Cost * run.Capacity) ?? 0);
            foreach (var (mode, level) in activity.Modes.Zip(run.Modes))
            {
                for (var step = 0; !mode.Cost.IsZero && step < system.Steps; step++)
                {
                    Pay(mode.Cost[step] * level[step] * system.Hours[step]);
                }
            }

            var before = activity.Commitment?.HoursOnBefore > 0;
            for (var step = 0; run.On is { } on && step < system.Steps; step++)
            {
                var commitment = activity.Commitment!;
                Pay((on[step] ? commitment.CostByHourOn * system.Hours[step] : 0) + (on[step] && !before ? commitment.StartCost : 0) + (!on[step] && before ? commitment.StopCost : 0));
                before = on[step];
            }
        }

        foreach (var (store, run) in system.Stores.Zip(plan.Stores))
        {
            Pay((store.Invest?.Cost * run.Capacity) ?? 0);
            for (var step = 0; step < system.Steps; step++)
            {
                Pay(store.HoldCost * run.Level[step] * system.Hours[step]);
                for (var port = 0; port < store.Ports.Count; port++)
                {
                    Pay((store.Ports[port].ChargeCost * run.Charge[port][step] + store.Ports[port].DischargeCost * run.Discharge[port][step]) * system.Hours[step]);
                }
            }
        }

        foreach (var fee in system.PeakFees)
        {
            Pay(fee.Fee * PeaksOf(fee, plan.Activities).Zip(fee.PeakBefore, (peak, before) => peak - before).Sum());
        }

        return (cost, size);
    }

    /// <summary>The highest level of each period: of what runs, or before it.</summary>
    internal static double[] PeaksOf(PeakFee fee, IReadOnlyList<ActivityPlan> runs)
    {
        var level = runs.First(run => run.Name == fee.Activity).Level;
        double[] peaks = [.. fee.PeakBefore];
        for (var step = 0; step < level.Length; step++)
        {
            peaks[fee.PeriodOf[step]] = Math.Max(peaks[fee.PeriodOf[step]], level[step]);
        }

        return peaks;
    }

    /// <summary>The carbon of what runs.</summary>
    internal static double CarbonOf(EnergySystem system, IReadOnlyList<ActivityPlan> runs)
    {
        var carbon = 0.0;
        foreach (var (activity, run) in system.Activities.Zip(runs))
        {
            foreach (var (mode, level) in activity.Modes.Zip(run.Modes))
            {
                for (var step = 0; !mode.Carbon.IsZero && step < system.Steps; step++)
                {
                    carbon += mode.Carbon[step] * level[step] * system.Hours[step];
                }
            }
        }

        return carbon;
    }
}
