using System.Diagnostics;
using Kera.Features.Spaces;
using Kera.Sharing;

namespace Kera.Bench.Scenarios;

/// <summary>Bookings that 64 callers make at once through the shipped register, on both databases: courts of one hall, each fourth hour wished by two.</summary>
internal static class BookingScenario
{
    private const int Callers = 64;
    private const int Courts = 80;
    private const int WarmUp = 4_000;
    private const int Hours = 9_600;
    private const int TwiceEvery = 4;

    public static async Task<Report> RunAsync(Scenario scenario)
    {
        var report = new Report();
        await MeasureAsync(report, "PostgreSQL", Path.Combine(scenario.Folder, "booking-postgres"), scenario.Postgres ?? throw new InvalidOperationException("Name an empty database with --postgres; bench/run.sh starts one."), 500);
        await MeasureAsync(report, "SQLite", Path.Combine(scenario.Folder, "booking-sqlite"), null, 200);
        report.Note($"{Courts} courts of one hall, two weeks of hours, in random order, each hour wished by somebody and each fourth by another person too at some time; every attempt has all rules asked, its bookings read, its audit entry, a word to its booker and a durable commit, which those who wait meanwhile share. Accepted ones are counted; refused ones look for the nearest free time besides. {WarmUp:N0} attempts go before, until the program is compiled as it stays.");
        return report;
    }

    private static async Task MeasureAsync(Report report, string database, string folder, string? postgres, double goal)
    {
        await using var district = await BookedDistrict.OpenAsync(folder, postgres, Courts);
        var random = new Random(1);
        BookingRequest[] hours = [.. district.Hours()];
        random.Shuffle(hours);
        BookingRequest[] wished = [.. hours.Skip(WarmUp).Take(Hours)];
        BookingRequest[] wishes = [.. hours.Take(WarmUp), .. wished, .. wished.Where((_, number) => number % TwiceEvery == 0)];
        random.Shuffle(wishes.AsSpan(WarmUp));
        await BookAsync(district, wishes, 0, WarmUp, new());
        var cpu = Environment.CpuUsage.TotalTime;
        var times = new Durations();
        var watch = Stopwatch.StartNew();
        var accepted = await BookAsync(district, wishes, WarmUp, wishes.Length, times);
        watch.Stop();
        report.Add($"{database}: processor time of an attempt in this process", $"{Report.Number((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / (wishes.Length - WarmUp))} ms");
        report.AtLeast($"{database}: accepted bookings, {Callers} callers", accepted / watch.Elapsed.TotalSeconds, goal, "/s");
        report.Add($"{database}: of {wishes.Length - WarmUp:N0} attempts accepted; time of one, 95th percentile", $"{accepted:N0}; {Report.Number(times.Percentile(95))} ms");
    }

    private static async Task<int> BookAsync(BookedDistrict district, BookingRequest[] wishes, int from, int until, Durations times)
    {
        var (accepted, next) = (0, from - 1);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number < until; number = Interlocked.Increment(ref next))
            {
                var began = Stopwatch.GetTimestamp();
                var outcome = await district.Register.BookAsync(wishes[number], new BookingDetails(1, "", ""), BookedDistrict.Person(number), CancellationToken.None);
                var time = Stopwatch.GetElapsedTime(began);
                lock (times)
                {
                    times.Add(time);
                }

                if (outcome.Booking is not null)
                {
                    Interlocked.Increment(ref accepted);
                }
            }
        })));
        return accepted;
    }
}
