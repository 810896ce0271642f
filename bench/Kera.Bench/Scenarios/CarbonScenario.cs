using System.Diagnostics;
using System.Globalization;
using Kera.Carbon;
using Kera.Generated;

namespace Kera.Bench.Scenarios;

/// <summary>Flow tracing on generated networks, on one thread: a year of hours, and single large solves.</summary>
internal static class CarbonScenario
{
    private const int Footprints = 8;
    private const int Hours = 8_760;
    private const int Solves = 21;

    public static Report Run()
    {
        var report = new Report();
        var district = new NetworkOptions(2_000, 11_000, NetworkStructure.District, BoundaryShare: 0.1);
        Year(report, "a year of hours, district", district, 1, 5);
        Year(report, "a year of hours, district", district, Footprints, 15);
        Single(report, "one hour, random loops, 1 % boundary (scipy's SuperLU: 24 ms)", new NetworkOptions(2_000, 11_000, NetworkStructure.Random, 0.01), null);
        foreach (var boundary in new[] { 0.1, 0.01 })
        {
            Single(report, string.Create(CultureInfo.InvariantCulture, $"one solve, local structure, {boundary:0 %} boundary"), new NetworkOptions(20_000, 116_000, NetworkStructure.Local, boundary), 20);
            Single(report, string.Create(CultureInfo.InvariantCulture, $"one solve, random and strongly connected, {boundary:0 %} boundary (SuperLU 109 s, UMFPACK 21 s)"), new NetworkOptions(10_000, 50_000, NetworkStructure.Random, boundary), 100);
        }

        report.Note($"Networks are generated (tests/Kera.Carbon.Tests/GeneratedNetwork.cs): a district is links ahead of up to 200 nodes and a loop of 2 to 50 neighbours in every 200; local links lead up to 8 nodes both ways around a ring; random ones anywhere. The boundary share is what of a node's throughput goes to use. A twentieth of the nodes hold a stock. {Footprints} right-hand sides unless another number is said. One thread; finding the loops, the balance of each footprint and making the answer are part of each solve, making the amounts is not. Large loops end at a residual of 1e-12 of what comes in.");
        return report;
    }

    private static void Year(Report report, string what, NetworkOptions options, int footprints, double goal)
    {
        var generated = new GeneratedNetwork(1, options);
        var tracer = new FlowTracer(generated.Network, footprints);
        var step = FlowStep.Of(generated.Network, footprints);
        double[] opening = [];
        var watch = new Stopwatch();
        for (var hour = -200; hour < Hours; hour++)
        {
            generated.Fill(step, Math.Abs(hour), footprints);
            if (hour >= 0)
            {
                watch.Start();
            }

            opening = tracer.Trace(step, opening).Closing;
            watch.Stop();
        }

        report.AtMost($"{what}: {options.Nodes:N0} nodes, {options.Links:N0} flows, {footprints} right-hand side{(footprints > 1 ? "s" : "")}", watch.Elapsed.TotalSeconds, goal, "s");
    }

    private static void Single(Report report, string what, NetworkOptions options, double? goal)
    {
        var generated = new GeneratedNetwork(1, options);
        var tracer = new FlowTracer(generated.Network, Footprints);
        var times = new Durations();
        for (var solve = -5; solve < Solves; solve++)
        {
            var step = generated.Step(Math.Abs(solve), Footprints);
            var watch = Stopwatch.StartNew();
            tracer.Trace(step, []);
            watch.Stop();
            if (solve >= 0)
            {
                times.Add(watch.Elapsed);
            }
        }

        var title = $"{what}: {options.Nodes:N0} nodes, {options.Links:N0} flows, median";
        if (goal is { } most)
        {
            report.AtMost(title, times.Percentile(50), most, "ms");
        }
        else
        {
            report.Add(title, $"{Report.Number(times.Percentile(50))} ms");
        }
    }
}
