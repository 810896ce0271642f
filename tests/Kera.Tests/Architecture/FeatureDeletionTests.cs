using System.Diagnostics;
using System.Numerics;
using Kera.Tests.Support;

namespace Kera.Tests.Architecture;

public sealed class FeatureDeletionTests
{
    // Of so many, half are away at a time: enough for the features there are, and few to compile.
    private const int Compilations = 7;

    /// <summary>
    /// Copies the sources once, then takes away half of the features at a time, compiles, and puts them back: so that of any two
    /// features each was once away while the other was there. What compiled then depends on neither. This sees what no reading of
    /// the compiled assembly does: constants, nameof, markup, imports.
    /// </summary>
    [Fact]
    public async Task Without_any_feature_the_rest_compiles()
    {
        using var copy = new TemporaryDirectory();
        CopySources(copy);
        // A set for each feature, all of one size: none holds another.
        int[] sets = [.. Enumerable.Range(0, 1 << Compilations).Where(set => BitOperations.PopCount((uint)set) == Compilations / 2)];
        Assert.True(SourceTree.Features.Count <= sets.Length, "More features than sets: raise the number of compilations.");
        var failures = new List<string>();
        for (var compilation = 0; compilation < Compilations; compilation++)
        {
            string[] away = [.. SourceTree.Features.Where((_, feature) => (sets[feature] >> compilation & 1) == 1)];
            foreach (var feature in away)
            {
                Directory.Move(Folder(feature), Aside(feature));
            }

            failures.AddRange((await CompileAsync(copy)).Select(error => $"without {string.Join(", ", away)}: {error}"));
            foreach (var feature in away)
            {
                Directory.Move(Aside(feature), Folder(feature));
            }
        }

        Walls.AssertUnbroken(failures);

        string Folder(string feature) => copy.Combine("src", "Kera", "Features", feature);
        string Aside(string feature) => copy.Combine("deleted-" + feature);
    }

    private static void CopySources(TemporaryDirectory copy)
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(RepositoryRoot.Path),
            .. SourceTree.Files("src"),
            // What restoring left, so that the copy needs no registry.
            .. Directory.EnumerateDirectories(RepositoryRoot.Combine("src"))
                .SelectMany(project => Directory.EnumerateFiles(Path.Combine(project, "obj"))),
        ];
        foreach (var file in files)
        {
            var target = copy.Combine(Path.GetRelativePath(RepositoryRoot.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static async Task<string[]> CompileAsync(TemporaryDirectory copy)
    {
        // Taking a file away leaves what is left up to date in the eyes of MSBuild, which would then compile nothing.
        var intermediate = copy.Combine("src", "Kera", "obj", "Debug");
        if (Directory.Exists(intermediate))
        {
            Directory.Delete(intermediate, recursive: true);
        }

        // Errors go to a file: a compiler server started here would keep a pipe open long after the build.
        var errors = copy.Combine("errors.log");
        var start = new ProcessStartInfo(
            Requires.Program("dotnet"),
            [
                "build", copy.Combine("src", "Kera", "Kera.csproj"), "--configuration", "Debug", "--no-restore", "-target:Compile", "-maxCpuCount:1", "-nodeReuse:false",
                "-property:RunAnalyzers=false", "-property:EnableRequestDelegateGenerator=false", "-property:EnforceCodeStyleInBuild=false", "-property:GenerateDocumentationFile=false",
                "-noConsoleLogger", "-fileLogger", $"-fileLoggerParameters:LogFile={errors};ErrorsOnly;NoSummary",
            ])
        {
            WorkingDirectory = copy.Path,
        };
        // When the tests are themselves started by dotnet, its own settings for MSBuild are not for this build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using var build = Process.Start(start)!;
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        var lines = File.Exists(errors) ? await File.ReadAllLinesAsync(errors, TestContext.Current.CancellationToken) : [];
        if (build.ExitCode != 0)
        {
            return [$"dotnet build ended with {build.ExitCode}", .. lines];
        }

        return Directory.EnumerateFiles(intermediate, "Kera.dll", SearchOption.AllDirectories).Any() ? [] : ["dotnet build compiled nothing"];
    }
}
