using System.Diagnostics;
using Kera.CommandLine;
using Kera.Energy;

namespace Kera.Bench.Scenarios;

/// <summary>Planning on the Finnish year of the shared reference cases, on one thread: the model beside the solver's own time, rolling, switched units.</summary>
internal static class EnergyScenario
{
    public static async Task<Report> RunAsync(Scenario scenario)
    {
        var shared = scenario.Shared ?? throw new ArgumentException("Say where the shared data are: --shared.");
        var report = new Report();
        var year = EnergyCase.Read(Path.Combine(shared, "reference", "energy", "fi2023_year.json"));
        // What is compiled at run time is compiled once.
        EnergyPlanner.Plan(RollingPlanner.Window(year, new RollingWindow(0, 168)), new PlanOptions(), CancellationToken.None);
        var best = Year(report, year);
        Quarters(report, year);
        Rolled(report, year, best);
        WarmStarts(report, year);
        Week(report, year);
        Forecast(report, new ForecastRolling(year, shared));
        await DistrictAsync(report, scenario.Folder);
        report.Note($"fi2023_year: 8,760 hours of Finnish day-ahead prices and Helsinki-Vantaa temperature of 2023, three buses, eleven activities, three stores (shared reference cases; the data are no part of the repository). Its optimum is 4,896,932.13694. HiGHS {HighsSolver.Version}, one thread. Each plan is written, solved, read, and checked: rows, bounds, duals, and again from the system.");
        return report;
    }

    private static double Year(Report report, EnergySystem year)
    {
        var ratios = new List<double>();
        var (took, own, objective) = (0.0, 0.0, 0.0);
        for (var run = 0; run < 3; run++)
        {
            var watch = Stopwatch.StartNew();
            var plan = EnergyPlanner.Plan(year, new PlanOptions(), CancellationToken.None);
            (took, own, objective) = (watch.Elapsed.TotalSeconds, plan.SolverSeconds, plan.Objective);
            ratios.Add(took / own);
        }

        ratios.Sort();
        report.Add("fi2023_year, 8,760 hours: objective", objective.ToString("F4", System.Globalization.CultureInfo.InvariantCulture));
        report.Add("fi2023_year: model, solve, reading and checks (of it the solver's own time)", $"{Report.Number(took)} s ({Report.Number(own)} s)");
        report.AtMost("fi2023_year: the whole by the solver's own time, median of 3", ratios[1], 1.15, "");
        return objective;
    }

    private static void Quarters(Report report, EnergySystem year)
    {
        var quarters = Quartered(year);
        var watch = Stopwatch.StartNew();
        var plan = EnergyPlanner.Plan(quarters, new PlanOptions(), CancellationToken.None);
        report.Add("the same in 35,040 quarters (elsewhere 11 to 13 s, 615 to 840 MB)", $"{Report.Number(watch.Elapsed.TotalSeconds)} s ({Report.Number(plan.SolverSeconds)} s the solver)");
        using var process = Process.GetCurrentProcess();
        report.Add("its memory: most of the whole process so far", $"{process.PeakWorkingSet64 / 1_000_000:N0} MB");
    }

    private static void Rolled(Report report, EnergySystem year, double best)
    {
        foreach (var ahead in new[] { 24, 36, 48, 168 })
        {
            var watch = Stopwatch.StartNew();
            var rolled = RollingPlanner.Roll(year, new RollingOptions(24, ahead), CancellationToken.None);
            var took = watch.Elapsed.TotalSeconds;
            var worse = (rolled.Objective / best - 1) * 100;
            if (ahead == 48)
            {
                report.AtMost("fi2023_year rolled day by day, 48 h ahead: time", took, 3, "s");
                report.AtMost("fi2023_year rolled day by day, 48 h ahead: above the optimum (reference 0.156 %)", worse, 0.2, "%");
            }
            else
            {
                report.Add($"rolled day by day, {ahead} h ahead: time, above the optimum", $"{Report.Number(took)} s, {worse.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)} %");
            }
        }
    }

    // Each window from the basis of the one before, as it is rolled; and each from nothing.
    private static void WarmStarts(Report report, EnergySystem year)
    {
        foreach (var (ahead, fromNothing) in new[] { (48, false), (48, true), (168, false), (168, true) })
        {
            var iterations = 0;
            LinearSolution Solve(LinearModel model, SolveOptions options, CancellationToken cancellation)
            {
                var solution = HighsSolver.Solve(model, fromNothing ? options with { Basis = null } : options, cancellation);
                iterations += solution.Iterations;
                return solution;
            }

            var times = new Durations();
            for (var run = 0; run < 3; run++)
            {
                iterations = 0;
                var watch = Stopwatch.StartNew();
                RollingPlanner.Roll(year, new RollingOptions(24, ahead), CancellationToken.None, solve: Solve);
                times.Add(watch.Elapsed);
            }

            report.Add($"rolled day by day, {ahead} h ahead, each window {(fromNothing ? "from nothing" : "from where the one before ended")}: median time, steps of the simplex method", $"{Report.Number(times.Percentile(50) / 1000)} s, {iterations:N0}");
        }
    }

    private static void Forecast(Report report, ForecastRolling rolling)
    {
        var best = rolling.Best();
        report.Add("fi2023 from February on, noon by noon, as it is run: the optimum of these hours", best.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
        foreach (var (what, demands, prices) in new[]
        {
            ("all of 48 h known", false, ForecastRolling.PriceKnowledge.All),
            ("demand and sun known, prices as they are published, then forecast", false, ForecastRolling.PriceKnowledge.Published),
            ("demand and sun known, all prices forecast", false, ForecastRolling.PriceKnowledge.Forecast),
            ("demand and sun forecast, prices known", true, ForecastRolling.PriceKnowledge.All),
            ("demand and sun forecast, prices as they are published, then forecast", true, ForecastRolling.PriceKnowledge.Published),
            ("demand, sun and all prices forecast", true, ForecastRolling.PriceKnowledge.Forecast),
        })
        {
            var (cost, letGo) = rolling.Run(demands, prices);
            report.Add($"as it is run, {what}: cost above the optimum, heat let go", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(cost / best - 1) * 100:0.###} %, {Math.Abs(letGo):0} MWh"));
        }

        report.Note("As it is run: each day at 12:00 UTC from 1 February 2023 on, 48 hours are planned by what is known, and 24 are run. Heat pumps and stores run as planned; demand, sun and prices are as they were; the grid, the electric boiler and bought district heat meet what differs, at the least cost; heat is let go only where it is too much then. Prices as they are published: until the end of tomorrow by the clock of the market, 34 to 35 hours. Forecasts by Kera.Energy from what was before; temperature, and with it the performance of heat pumps, and the charging of vehicles are known as they were; fees are known. Stores begin empty, and what they hold at the end of a window is worth nothing.");
    }

    private static async Task DistrictAsync(Report report, string folder)
    {
        await using var district = await PlannedDistrict.StartAsync(Path.Combine(folder, "planned"));
        // What is compiled at run time is compiled once.
        await district.PlanAsync();
        var (all, solves, solver) = (new Durations(), new Durations(), new Durations());
        var hours = 0;
        for (var run = 0; run < 9; run++)
        {
            var (took, solving, own, plan) = await district.PlanAsync();
            all.Add(took);
            solves.Add(solving);
            solver.Add(TimeSpan.FromSeconds(own));
            hours = plan.Hours;
        }

        report.AtMost($"the built-in district planned by its server, {hours} h with its switched heat pump: readings, forecasts, two solves in processes of their own, setpoints, median of 9", all.Percentile(50) / 1000, 1, "s");
        report.Add("of it the two solves with their processes (the solver's own time)", $"{Report.Number(solves.Percentile(50) / 1000)} s ({Report.Number(solver.Percentile(50) / 1000)} s)");
    }

    private static void Week(Report report, EnergySystem year)
    {
        var week = RollingPlanner.Window(year, new RollingWindow(5 * 24, 168));
        var pump = week.Activities.First(activity => activity.Name == "ashp");
        var unit = new UnitCommitment(0.35) { MinimumHoursOn = 3, MinimumHoursOff = 2, StartCost = 40, HoursOnBefore = 5 };
        var switched = week with
        {
            Activities = [.. week.Activities.Where(activity => activity != pump), .. Enumerable.Range(1, 3).Select(number => pump with { Name = $"heat pump {number}", Capacity = 1.5 + number / 2.0, Commitment = unit })],
        };
        var times = new Durations();
        var gap = 0.0;
        for (var run = 0; run < 5; run++)
        {
            var watch = Stopwatch.StartNew();
            var plan = EnergyPlanner.Plan(switched, new PlanOptions(RelativeGap: 1e-3), CancellationToken.None);
            times.Add(watch.Elapsed);
            gap = (plan.Objective - plan.Bound) / Math.Abs(plan.Objective);
        }

        report.AtMost($"a week of hours with three switched heat pumps, with prices, median (gap {gap.ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture)})", times.Percentile(50) / 1000, 0.3, "s");
    }

    // Each hour as four quarters of the same numbers.
    private static EnergySystem Quartered(EnergySystem system)
    {
        Profile Repeat(Profile profile) => profile.Length == 0 ? profile : Profile.Of([.. Enumerable.Range(0, 4 * system.Steps).Select(step => profile[step / 4])]);
        return system with
        {
            Hours = [.. Enumerable.Repeat(0.25, 4 * system.Steps)],
            Activities = [.. system.Activities.Select(activity => activity with
            {
                Modes = [.. activity.Modes.Select(mode => mode with { Flows = mode.Flows.ToDictionary(flow => flow.Key, flow => Repeat(flow.Value)), Cost = Repeat(mode.Cost), Carbon = Repeat(mode.Carbon) })],
                Most = activity.Most is { } most ? Repeat(most) : null,
                Fixed = activity.Fixed is { } level ? Repeat(level) : null,
            })],
        };
    }
}
