using System.Globalization;
using System.Runtime.InteropServices;
using NodaTime;
using NodaTime.Text;

namespace Kera.Bench;

/// <summary>The machine that a number comes from, in a line.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var processor = Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = Line("/proc/meminfo", "MemTotal") is { } total && long.TryParse(total.Split(' ')[0], out var kibibytes)
            ? string.Create(CultureInfo.InvariantCulture, $"{kibibytes / 1_048_576.0:0} GiB")
            : "memory unknown";
        var load = File.Exists("/proc/loadavg") ? $"; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the end" : "";
        var day = LocalDatePattern.Iso.Format(SystemClock.Instance.GetCurrentInstant().InUtc().Date);
        return string.Create(CultureInfo.InvariantCulture, $"{day}, {processor}, {Environment.ProcessorCount} cores, {memory}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}{load}");
    }

    private static string? Line(string file, string name) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() : null;
}
