using System.Text.RegularExpressions;

namespace Kera.Tests.Architecture;

/// <summary>
/// What a kernel may take from outside: data in, data out. It has no file, network, console, clock, chance,
/// environment, thread or log; whoever calls it brings what it needs as values.
/// </summary>
internal static partial class KernelRules
{
    /// <summary>Kernels that a kernel may know. Carbon and sharing are told in flows.</summary>
    public static IReadOnlyDictionary<string, string[]> KernelsKnownTo { get; } = new Dictionary<string, string[]>
    {
        ["Kera.Carbon"] = ["Kera.Flows"],
        ["Kera.Sharing"] = ["Kera.Flows"],
    };

    /// <summary>Native libraries that a kernel may call: solvers, which take data and return data.</summary>
    public static IReadOnlyDictionary<string, string[]> SolversOf { get; } = new Dictionary<string, string[]> { ["Kera.Energy"] = ["highs"] };

    /// <summary>
    /// Solvers with an assembly of their own that a kernel may know: a round's model goes in as numbers, its answer comes out as numbers, with one
    /// worker, one seed and an end by work, so that they are the same each time.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> SolverAssembliesOf { get; } = new Dictionary<string, string[]> { ["Kera.Sharing"] = ["Google.OrTools"] };

    /// <summary>Libraries of learning that a kernel may know: numbers in, numbers out.</summary>
    public static IReadOnlyDictionary<string, string[]> LearningOf { get; } = new Dictionary<string, string[]> { ["Kera.Energy"] = ["MathNet.Numerics"] };

    private static readonly HashSet<string> AllowedAssemblies =
    [
        "System.Runtime", "System.Runtime.Extensions", "System.Runtime.InteropServices", "System.Runtime.Numerics", "System.Memory",
        "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Numerics.Vectors",
        "System.Security.Cryptography", "System.Text.RegularExpressions", "NodaTime",
    ];

    private static readonly HashSet<string> AllowedAllTheSame =
    [
        // Thrown about data, not about files.
        "System.IO.InvalidDataException",
        "System.IO.InvalidDataException..ctor(0)",
        "System.IO.InvalidDataException..ctor(1)",
        "System.IO.InvalidDataException..ctor(2)",
        // The compiler writes this into every iterator.
        "System.Environment",
        "System.Environment.get_CurrentManagedThreadId",
    ];

    /// <summary>One sentence for each thing the assembly takes that a kernel may not.</summary>
    public static IEnumerable<string> Breaches(string kernel, AssemblyMetadata metadata)
    {
        string[] known = [.. KernelsKnownTo.GetValueOrDefault(kernel, []), .. SolverAssembliesOf.GetValueOrDefault(kernel, []), .. LearningOf.GetValueOrDefault(kernel, [])];
        return
        [
            .. metadata.Assemblies.Where(name => !AllowedAssemblies.Contains(name) && !known.Contains(name))
                .Select(name => $"{kernel} refers to the assembly {name}"),
            .. metadata.NativeLibraries.Except(SolversOf.GetValueOrDefault(kernel, [])).Select(name => $"{kernel} calls the native library {name}"),
            .. metadata.Types.Concat(metadata.Members).Where(name => Forbidden().IsMatch(name) && !AllowedAllTheSame.Contains(name))
                .Select(name => $"{kernel} uses {name}"),
        ];
    }

    [GeneratedRegex(
        """
        ^System\.(
            IO\. | Net\. | Console\b | Environment\b | AppContext\b | AppDomain\b | Activator\b | Reflection\.(Assembly|Emit)\b
          | Diagnostics\.(Stopwatch|Process|Trace|TraceSource|EventLog|Activity|FileVersionInfo)\b
          | (DateTime|DateTimeOffset)\.get_(Now|UtcNow|Today)$ | DateOnly\.get_Today$ | TimeProvider\b | TimeZoneInfo\b
          | Random\.get_Shared$ | Random\.\.ctor\(0\)$ | Guid\.(NewGuid|CreateVersion7)$ | Security\.Cryptography\.RandomNumberGenerator\b
          | Threading\.(Thread|ThreadPool|Timer|PeriodicTimer)\b | Threading\.Tasks\.Task\.(Delay|Run)$ | Threading\.Tasks\.(Parallel|TaskFactory)\b
          | Globalization\.CultureInfo\.(get|set)_(Current|Default|Installed)
        ) | ^NodaTime\.(SystemClock|IClock|ZonedClock)\b | ^NodaTime\.Extensions\.ClockExtensions\b
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Forbidden();
}
