using Kera.Tests.Support;

namespace Kera.Tests.Architecture;

/// <summary>The repository's own sources, without what builds put beside them.</summary>
internal static class SourceTree
{
    /// <summary>Names of the kernels' projects and assemblies: every project under src but the platform itself.</summary>
    public static IReadOnlyList<string> Kernels { get; } =
    [
        .. Directory.EnumerateDirectories(RepositoryRoot.Combine("src")).Select(Path.GetFileName).Where(name => name != "Kera").Order(StringComparer.Ordinal)!,
    ];

    /// <summary>Names of the feature folders; none while the platform has no feature.</summary>
    public static IReadOnlyList<string> Features { get; } =
        Directory.Exists(FeaturesFolder)
            ? [.. Directory.EnumerateDirectories(FeaturesFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!]
            : [];

    private static string FeaturesFolder => RepositoryRoot.Combine("src", "Kera", "Features");

    /// <summary>Absolute paths of the files under a folder named from the repository root.</summary>
    public static IEnumerable<string> Files(params string[] folder)
    {
        var pending = new Stack<string>([RepositoryRoot.Combine(folder)]);
        while (pending.TryPop(out var current))
        {
            foreach (var file in Directory.EnumerateFiles(current))
            {
                yield return file;
            }

            foreach (var inner in Directory.EnumerateDirectories(current))
            {
                if (Path.GetFileName(inner) is not ("bin" or "obj" or "node_modules" or "TestResults" or ".kera"))
                {
                    pending.Push(inner);
                }
            }
        }
    }

    /// <summary>A file's path as seen from the repository root, for messages.</summary>
    public static string Name(string path) => Path.GetRelativePath(RepositoryRoot.Path, path);
}
