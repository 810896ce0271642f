using System.Diagnostics;
using Kera.CommandLine;
using Kera.Energy;

namespace Kera.Bench.Scenarios;

/// <summary>Planning on the Finnish year of the shared reference cases, on one thread: the model beside the solver's own time, rolling, switched units.</summary>
internal static class EnergyScenario
{
    public static Report Run(string shared)
    {
        var report = new Report();
        var year = EnergyCase.Read(Path.Combine(shared, "reference", "energy", "fi2023_year.json"));
        // What is compiled at run time is compiled once.
        EnergyPlanner.Plan(RollingPlanner.Window(year, new RollingWindow(0, 168)), new PlanOptions(), CancellationToken.None);
        var best = Year(report, year);
        Quarters(report, year);
        Rolled(report, year, best);
        Week(report, year);
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
