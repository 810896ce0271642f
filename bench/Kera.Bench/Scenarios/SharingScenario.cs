using System.Diagnostics;
using System.Globalization;
using Kera.Generated;
using Kera.Sharing;
using Kera.Sharing.Rounds;
using NodaTime;

namespace Kera.Bench.Scenarios;

/// <summary>Free starts over many spaces and bookings, and application rounds solved, on one thread.</summary>
internal static class SharingScenario
{
    private const int Halls = 100;
    private const int PartsOfHall = 4;
    private const int Bookings = 100_000;
    private const int Days = 30;
    private const int Runs = 41;
    private const int Months = 2_000;
    private const int SmallRounds = 10;
    private static readonly DateTimeZone s_zone = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly LocalDate s_first = new(2027, 3, 15);

    public static Report Run()
    {
        var report = new Report();
        AddStarts(report);
        AddRounds(report);
        return report;
    }

    private static void AddStarts(Report report)
    {
        var tree = Tree();
        var random = new Random(1);
        var book = new BookingBook(tree, Booked(tree, random));
        string[] spaces = [.. tree.Spaces.Select(space => space.Key)];
        var now = s_zone.AtStartOfDay(s_first).ToInstant() + Duration.FromHours(9);
        var wish = new StartWish(s_first, s_first.PlusDays(Days - 1)) { Duration = Duration.FromHours(1) };
        var asker = new Asker("somebody");
        var (all, one, starts) = (new Durations(), new Durations(), 0L);
        for (var run = -5; run < Runs; run++)
        {
            var watch = Stopwatch.StartNew();
            var found = OfferedStarts.Of(book, spaces, wish, asker, now);
            watch.Stop();
            if (run >= 0)
            {
                all.Add(watch.Elapsed);
                starts = found.Sum(space => (long)space.Starts.Count);
            }
        }

        for (var run = 0; run < Months; run++)
        {
            var watch = Stopwatch.StartNew();
            OfferedStarts.Of(book, spaces[random.Next(spaces.Length)], wish, asker, now);
            watch.Stop();
            one.Add(watch.Elapsed);
        }

        report.AtMost($"free starts of {spaces.Length} spaces for {Days} days at 30 minutes with {Bookings:N0} bookings, median of {Runs}", all.Percentile(50), 50, "ms");
        report.Add("the slowest of them", $"{Report.Number(all.Percentile(100))} ms");
        report.AtMost("one space's month, 99th percentile", one.Percentile(99), 2, "ms");
        report.Note(string.Create(CultureInfo.InvariantCulture, $"{Halls} halls of {PartsOfHall} parts each, open from 7 to 22, with buffers of 15 minutes; bookings of one to four hours through {Bookings / (Halls * PartsOfHall * 12)} months around the {Days} days, spread over parts and halls; {starts:N0} starts were free."));
    }

    private static SpaceTree Tree()
    {
        var hours = OpeningHours.Weekly(new WeeklySpan(Weekdays.All, new(new(7, 0), new(22, 0))));
        var rules = new BookingRules { BufferAfter = Duration.FromMinutes(15), LeastDuration = Duration.FromMinutes(30), DurationStep = Duration.FromMinutes(30) };
        return new SpaceTree(s_zone,
        [
            .. Enumerable.Range(0, Halls).SelectMany(hall => (Space[])
            [
                new Space($"hall-{hall}", "hall", rules) { Hours = hours },
                .. Enumerable.Range(0, PartsOfHall).Select(part => new Space($"part-{hall}-{part}", "part", rules) { Parent = $"hall-{hall}" }),
            ]),
        ]);
    }

    // Three hundred days around the month that is looked at, none overlapping another.
    private static IEnumerable<Booking> Booked(SpaceTree tree, Random random)
    {
        var (made, day) = (0, s_first.PlusDays(-60));
        while (true)
        {
            foreach (var space in tree.Spaces)
            {
                // A hall that is booked whole would take the time of its parts.
                if (space.Parent is null)
                {
                    continue;
                }

                var begin = 7 + random.Next(6);
                var end = begin + 1 + random.Next(4);
                yield return new Booking(string.Create(CultureInfo.InvariantCulture, $"b{made}"), space.Key, Time(day, begin, end)) { BufferAfter = space.Rules.BufferAfter, Person = $"p{random.Next(20_000)}" };
                if (++made == Bookings)
                {
                    yield break;
                }
            }

            day = day.PlusDays(1);
        }
    }

    private static Interval Time(LocalDate day, int begin, int end) =>
        new(s_zone.AtLeniently(day.At(new LocalTime(begin, 0))).ToInstant(), s_zone.AtLeniently(day.At(new LocalTime(end, 0))).ToInstant());

    private static void AddRounds(Report report)
    {
        var large = GeneratedRound.Make(1, 60, 300);
        var watch = Stopwatch.StartNew();
        var result = RoundSolver.Solve(large, new RoundSolveOptions(), CancellationToken.None);
        watch.Stop();
        report.AtMost($"a round of {large.Spaces.Count} spaces, {large.Applications.Count} groups, {Wishes(large)} wishes: the gap that is proven", result.Status == RoundStatus.Optimal ? 0 : result.Gap * 100, 1, "%");
        report.AtMost("its time", watch.Elapsed.TotalSeconds, 60, "s");
        report.Add("times given in it", result.Allocations.Count.ToString(CultureInfo.InvariantCulture));
        AddSmallRounds(report, spaces: 3, groups: 8);
        AddSmallRounds(report, spaces: 5, groups: 12);
        report.Note("Rounds are generated (tests/Kera.Sharing.Tests/Rounds/GeneratedRound.cs) and end by counted work, so that the same round gets the same answer on every machine; the time is this machine's.");
    }

    private static void AddSmallRounds(Report report, int spaces, int groups)
    {
        var (times, best, wishes) = (new Durations(), 0, 0);
        for (var seed = 1; seed <= SmallRounds; seed++)
        {
            var round = GeneratedRound.Make(seed, spaces, groups);
            wishes += Wishes(round);
            var began = Stopwatch.GetTimestamp();
            best += RoundSolver.Solve(round, new RoundSolveOptions(), CancellationToken.None).Status == RoundStatus.Optimal ? 1 : 0;
            times.Add(Stopwatch.GetElapsedTime(began));
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{SmallRounds} rounds of {spaces} spaces, {groups} groups, {(double)wishes / SmallRounds:0} wishes, {best} of them proven best");
        report.AtMost($"{name}: median", times.Percentile(50) / 1_000, 1, "s");
        report.AtMost("the slowest of them", times.Percentile(100) / 1_000, 1, "s");
    }

    private static int Wishes(Round round) => round.Applications.Sum(application => application.Wishes.Count);
}
