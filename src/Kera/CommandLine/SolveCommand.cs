using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kera.Energy;

namespace Kera.CommandLine;

/// <summary><c>kera solve</c>: the best plan of an energy system that a file describes.</summary>
internal static class SolveCommand
{
    // More steps than a person reads in a terminal; --json has all.
    private const int MostRows = 168;

    public static Command Create()
    {
        var command = new Command("solve", "Plan an energy case: how its activities and stores run for the least cost or carbon. Changes nothing.");
        var file = new Argument<string>("CASE.json") { Description = "The case: buses, activities, storages, steps; docs/concepts/energy-case.md says all of it." };
        var gap = new Option<double>("--gap") { Description = "How far, by share, a plan with units that are switched may be from the best; without it 1e-6.", HelpName = "SHARE", DefaultValueFactory = _ => 1e-6 };
        var limit = new Option<double?>("--time-limit") { Description = "Most seconds; then the best plan so far is told, as stopped.", HelpName = "SECONDS" };
        var json = Printing.JsonOption();
        foreach (var option in new Option[] { gap, limit, json })
        {
            command.Add(option);
        }

        command.Add(file);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, parsed.GetRequiredValue(file), parsed.GetValue(gap), parsed.GetValue(limit), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, string path, double gap, double? limit, bool json, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new MisuseException($"There is no file '{path}'.");
        }

        if (gap is not (>= 0 and < 1))
        {
            throw new MisuseException("--gap: a share from 0 to below 1, as 0.001.");
        }

        if (limit is <= 0)
        {
            throw new MisuseException("--time-limit: seconds above 0.");
        }

        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            var system = EnergyCase.Read(path);
            EnergyPlan plan;
            using (var bar = Progress.On(error))
            {
                // Of a search among switched units the gap that is left; a linear solve does not know how far it is.
                void Tell(double left) => bar.Show((long)(1_000 * (1 - Math.Min(1, left))), 1_000, $"a gap of {Number(100 * left)} % is left");
                plan = EnergyPlanner.Plan(system, new PlanOptions(RelativeGap: gap, TimeLimit: limit, Progress: Tell), cancellation);
            }

            if (json)
            {
                output.WriteJson(EnergyCasePlan.Of(plan));
            }
            else
            {
                Write(output, plan);
            }

            foreach (var fault in plan.Faults)
            {
                error.WriteLine($"{path}: the plan does not hold: {fault}");
            }

            foreach (var wish in plan.HasPlan ? [] : plan.Unmet)
            {
                error.WriteLine($"{path}: {Told(wish)}");
            }

            return plan.HasPlan && plan.Faults.Count == 0 ? ExitCode.Fine : ExitCode.FoundWrong;
        }
        catch (JsonException mistake)
        {
            error.WriteLine($"{path}:{mistake.LineNumber + 1}: This is no JSON. {mistake.Message}");
        }
        catch (EnergyException mistake)
        {
            error.WriteLine($"{path}: {mistake.Field}: {mistake.Message}");
        }

        return ExitCode.FoundWrong;
    }

    private static void Write(TextWriter output, EnergyPlan plan)
    {
        output.WriteLine($"status     {EnergyCasePlan.Word(plan.Status)}");
        if (!plan.HasPlan)
        {
            return;
        }

        output.WriteLine($"objective  {Number(plan.Objective)}");
        output.WriteLine();
        var activities = plan.Activities.Where(activity => activity.Level.Any(level => Math.Abs(level) > 1e-9)).ToList();
        var steps = Math.Min(MostRows, plan.Activities.Count > 0 ? plan.Activities[0].Level.Length : plan.Stores[0].Level.Length);
        output.WriteColumns(
            ["STEP", .. activities.Select(activity => activity.Name), .. plan.Stores.Select(store => $"{store.Name} (level)")],
            [.. Enumerable.Range(0, steps).Select(step => (string[])[step.ToString(CultureInfo.InvariantCulture), .. activities.Select(activity => Number(activity.Level[step])), .. plan.Stores.Select(store => Number(store.Level[step]))])]);
        if (activities.Count > 0 && steps < activities[0].Level.Length)
        {
            output.WriteLine($"… {activities[0].Level.Length - steps} more steps; --json has all.");
        }

        List<string[]> built = [.. plan.Activities.Where(activity => activity.Capacity is not null).Select(activity => (string[])[activity.Name, Number(activity.Capacity!.Value)])];
        if (built.Count > 0)
        {
            output.WriteLine();
            output.WriteColumns(["ACTIVITY", "CAPACITY"], built);
        }

        foreach (var wish in plan.Unmet)
        {
            output.WriteLine($"not met: {Told(wish)} It counts {Number(wish.Penalty)}.");
        }
    }

    private static string Told(UnmetWish wish)
    {
        var amount = Number(Math.Abs(wish.Amount));
        var when = wish.Step >= 0 ? $" in step {wish.Step}" : "";
        return wish.Kind switch
        {
            RowKind.Balance when wish.Amount > 0 => $"{wish.Element}:{when} {amount} is missing.",
            RowKind.Balance => $"{wish.Element}:{when} {amount} is too much.",
            RowKind.Cap => $"{wish.Element}: {amount} above the cap.",
            RowKind.Session or RowKind.Load => $"{wish.Element}: {amount} is missing.",
            RowKind.StoreBound or RowKind.StoreLevel => $"{wish.Element}:{when} it cannot hold what it must, by {amount}.",
            RowKind.StoreCharge or RowKind.StoreDischarge => $"{wish.Element}:{when} its power is too little, by {amount}.",
            RowKind.Ramp => $"{wish.Element}:{when} its ramp is too slow, by {amount}.",
            RowKind.MinimumTime => $"{wish.Element}:{when} its least time on or off cannot be kept.",
            RowKind.Level or RowKind.Definition or RowKind.Peak => $"{wish.Element}:{when} its level cannot be kept, by {amount}.",
            _ => throw new InvalidOperationException($"{wish.Kind} has no words."),
        };
    }

    // What the solver's tolerance lets be certain; --json has all of it.
    private static string Number(double value) => Math.Abs(value) < 1e-9 ? "0" : value.ToString("0.######", CultureInfo.InvariantCulture);
}
