using System.Diagnostics;
using System.Globalization;
using Kera.Energy;
using Kera.Generated;
using NodaTime;

namespace Kera.Bench.Scenarios;

/// <summary>A month of quarters of all communities of a district settled, on one thread, and one member's statement.</summary>
internal static class SettlementScenario
{
    private const int Points = 30_000;
    private const int Runs = 5;
    private const int Statements = 201;

    public static Report Run()
    {
        var report = new Report();
        var zone = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
        // October: a day of 25 hours.
        var periods = SettlementPeriods.OfMonth(new YearMonth(2026, 10), zone);
        var options = new CommunityOptions(LeastMembers: 3, MostMembers: 400, HourlyShare: 0.1, GapShare: 0.001, MovingShare: 0.05);
        var generated = new List<GeneratedCommunity>();
        for (var points = 0; points < Points; points += generated[^1].Members.Count + 1)
        {
            generated.Add(new GeneratedCommunity(generated.Count, $"community-{generated.Count}", periods, options));
        }

        var count = generated.Sum(community => community.Members.Count + 1);
        var times = new Durations();
        List<CommunitySettlement> settled = [];
        for (var run = -1; run < Runs; run++)
        {
            var watch = Stopwatch.StartNew();
            settled = Settle(generated, periods, zone);
            watch.Stop();
            if (run >= 0)
            {
                times.Add(watch.Elapsed);
            }
        }

        report.AtMost($"a month settled: {count:N0} points in {generated.Count:N0} communities, {periods.Count:N0} quarters, median of {Runs}", times.Percentile(50) / 1_000, 5, "s");
        report.Add("the slowest of them", $"{Report.Number(times.Percentile(100) / 1_000)} s");
        var random = new Random(1);
        var statements = new Durations();
        for (var statement = -50; statement < Statements; statement++)
        {
            var settlement = settled[random.Next(settled.Count)];
            var member = settlement.Members[random.Next(settlement.Members.Count)].Point;
            var watch = Stopwatch.StartNew();
            settlement.Statement(member);
            watch.Stop();
            if (statement >= 0)
            {
                statements.Add(watch.Elapsed);
            }
        }

        report.Add("the month's statement of one member, 95th percentile", $"{Report.Number(statements.Percentile(95))} ms");
        var totals = settled.Aggregate(default(CommunityEnergy), (sum, settlement) => sum + settlement.Totals);
        report.Note($"Communities are generated (tests/Kera.Energy.Tests/GeneratedCommunity.cs): {options.LeastMembers} to {options.MostMembers} members, {Percent(options.MovingShare)} of whom join, leave or change their share within the month; {Percent(options.HourlyShare)} of the points are metered by the hour; {Percent(options.GapShare)} of the values are missing or estimated. Following the notices, checking every value, splitting hours, settling and each member's sums are part of the time; making the values is not. One thread.");
        report.Note(string.Create(CultureInfo.InvariantCulture, $"Surplus {totals.Surplus:N0} Wh = credited {totals.Credited:N0} + unused to common points {totals.UnusedToCommonPoint:N0} + unused to virtual points {totals.UnusedToVirtualPoints:N0} + remainder {totals.Remainder:N0}."));
        return report;
    }

    private static List<CommunitySettlement> Settle(List<GeneratedCommunity> generated, SettlementPeriods periods, DateTimeZone zone)
    {
        var register = new CommunityRegister([.. generated.Select(community => community.Community)], zone);
        var points = generated.SelectMany(community => community.Members.Append(community.Property)).Select(point => point.In(periods)).ToDictionary(point => point.Name);
        return [.. generated.Select(community => CommunitySettlement.Settle(register, community.Community.Name, periods, points))];
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");
}
