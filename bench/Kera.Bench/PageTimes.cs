using System.Diagnostics;

namespace Kera.Bench;

/// <summary>How long a server takes for a page, one request at a time, each with an address of its own, so that no cache of pages answers.</summary>
internal static class PageTimes
{
    public const int Requests = 200;
    public const int WarmUp = 40;

    /// <summary>Asks and reports the 95th percentile beside a goal in milliseconds; the whole body is read.</summary>
    public static async Task MeasureAsync(Report report, HttpClient client, string what, Func<int, string> address, double goal, int warmUp = WarmUp)
    {
        var times = new Durations();
        long bytes = 0;
        for (var number = -warmUp; number < Requests; number++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await client.GetAsync(new Uri(address(number + warmUp), UriKind.Relative));
            bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
            watch.Stop();
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{what}: {(int)answer.StatusCode} at {address(number + warmUp)}.");
            }

            if (number >= 0)
            {
                times.Add(watch.Elapsed);
            }
        }

        report.AtMost($"{what}: 95th percentile (median {Report.Number(times.Percentile(50))} ms, {bytes / 1_000.0:N0} kB)", times.Percentile(95), goal, "ms");
    }
}
