namespace Kera.Energy.Tests;

/// <summary>Whether a plan keeps what its system asks of it, read from the plan alone: what <see cref="EnergyPlanCheck"/> leaves to the solver.</summary>
internal static class PlanRules
{
    private const double Tolerance = 1e-5;

    public static void Check(EnergySystem system, EnergyPlan plan)
    {
        foreach (var (activity, run) in system.Activities.Zip(plan.Activities))
        {
            if (activity.Fixed is null)
            {
                CheckRamps(system, activity, run);
            }

            if (run.On is { } on)
            {
                CheckTimes(system, activity.Name, activity.Commitment!, on);
            }
        }

        foreach (var (store, run) in system.Stores.Zip(plan.Stores))
        {
            CheckStore(system, store, run);
        }

        CheckWishes(system, plan);
        var carbon = system.Activities.Zip(plan.Activities).Sum(pair => pair.First.Modes.Zip(pair.Second.Modes).Sum(mode => Enumerable.Range(0, system.Steps).Sum(step => mode.First.Carbon[step] * mode.Second[step] * system.Hours[step])));
        Assert.Equal(carbon, plan.Carbon, Tolerance * Math.Max(1, Math.Abs(carbon)));
        if (system.Cap is { } cap)
        {
            AtMost(carbon, cap.Most - Missing(plan, "carbon"), "the cap");
        }
    }

    // From the middle of a step to the middle of the next; who starts or stops may leap to, or from, the least level.
    private static void CheckRamps(EnergySystem system, EnergyActivity activity, ActivityPlan run)
    {
        for (var step = activity.LevelBefore is null ? 1 : 0; step < system.Steps; step++)
        {
            var before = step > 0 ? run.Level[step - 1] : activity.LevelBefore!.Value;
            var hours = step > 0 ? (system.Hours[step] + system.Hours[step - 1]) / 2 : system.Hours[0];
            var changes = run.On is { } on && on[step] != (step > 0 ? on[step - 1] : activity.Commitment!.HoursOnBefore > 0);
            var leap = changes ? Math.Max(activity.Commitment!.Least, activity.Least?[Math.Max(0, run.On![step] ? step : step - 1)] ?? 0) : 0;
            AtMost(run.Level[step] - before, Most(activity.RampUp), $"{activity.Name} rises in step {step}");
            AtMost(before - run.Level[step], Most(activity.RampDown), $"{activity.Name} falls in step {step}");

            double Most(double? ramp) => ramp is { } byHour ? Math.Max(byHour * hours, leap) * (run.Capacity ?? 1) : double.PositiveInfinity;
        }
    }

    // Every stretch on, or off, that ends within the plan lasts its time, with what it lasted before.
    private static void CheckTimes(EnergySystem system, string name, UnitCommitment commitment, bool[] on)
    {
        var state = commitment.HoursOnBefore > 0;
        var lasted = state ? commitment.HoursOnBefore : commitment.HoursOffBefore;
        for (var step = 0; step < on.Length; step++)
        {
            if (on[step] != state)
            {
                AtMost(state ? commitment.MinimumHoursOn : commitment.MinimumHoursOff, lasted, $"{name} changes in step {step}");
                (state, lasted) = (on[step], 0);
            }

            lasted += system.Hours[step];
        }
    }

    private static void CheckStore(EnergySystem system, EnergyStore store, StorePlan run)
    {
        for (var step = 0; step < system.Steps; step++)
        {
            foreach (var (port, charge, discharge) in store.Ports.Zip(run.Charge, run.Discharge))
            {
                AtMost(charge[step], port.ChargeMost ?? double.PositiveInfinity, $"{store.Name} is charged in step {step}");
                AtMost(discharge[step], port.DischargeMost ?? double.PositiveInfinity, $"{store.Name} is discharged in step {step}");
            }

            var power = (store.PowerByCapacity * run.Capacity) ?? double.PositiveInfinity;
            AtMost(run.Charge.Sum(charge => charge[step]), power, $"{store.Name} is charged in step {step}");
            AtMost(run.Discharge.Sum(discharge => discharge[step]), power, $"{store.Name} is discharged in step {step}");
            if (store is { Least: { } least, LeastPenalty: null })
            {
                AtMost(least[step] * run.Capacity!.Value, run.Level[step], $"{store.Name} holds its least after step {step}");
            }
        }
    }

    private static void CheckWishes(EnergySystem system, EnergyPlan plan)
    {
        foreach (var session in system.Sessions)
        {
            var power = plan.Sessions[session.Name];
            var energy = power.Select((power, step) => power * system.Hours[step]).Sum() * session.Efficiency;
            Assert.Equal(session.Energy - Missing(plan, session.Name), energy, Tolerance);
            Assert.All(power.Index(), at => AtMost(at.Item, at.Index >= session.Arrival && at.Index < session.Departure ? session.PowerMost : 0, session.Name));
        }

        foreach (var load in system.Loads)
        {
            var power = plan.Loads[load.Name];
            var energy = power.Select((power, step) => power * system.Hours[step]).Sum();
            Assert.All(power.Index().Where(at => at.Index < load.Earliest || at.Index >= load.Latest), at => Assert.Equal(0, at.Item));
            if (!load.Interruptible)
            {
                Assert.Equal(load.Run.Sum(piece => piece.Hours * piece.Power) * (1 - Missing(plan, load.Name)), energy, Tolerance);
                continue;
            }

            // On or off by whole steps: it may run longer than it must by less than one step.
            var hours = energy / load.Run[0].Power;
            AtMost(load.Run[0].Hours - Missing(plan, load.Name), hours, load.Name);
            AtMost(hours, load.Run[0].Hours + system.Hours.Skip(load.Earliest).Take(load.Latest - load.Earliest).Max(), load.Name);
            Assert.All(power, at => Assert.True(at == 0 || Math.Abs(at - load.Run[0].Power) < Tolerance));
        }
    }

    private static double Missing(EnergyPlan plan, string element) => plan.Unmet.Where(wish => wish.Element == element).Sum(wish => wish.Amount);

    private static void AtMost(double value, double most, string what) => Assert.True(value <= most + Tolerance * Math.Max(1, Math.Abs(value)), $"{what}: {value} is above {most}.");
}
