using System.Diagnostics;
using Kera.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Kera.Tests.Architecture;

/// <summary>Any feature's folder can be taken away and the rest compiles: what is not a feature names none, and no feature names another.</summary>
public sealed class FeatureDeletionTests
{
    private const string PlantedFile = "Planted.cs";
    private const string PlantedBase = "PlantedBase.cs";

    // What no reading of the compiled assembly sees: an import, a constant, nameof.
    private const string Planted = """
        using Kera.Features.Energy;
        namespace Kera.Features.Map
        {
            internal static class Planted
            {
                public static string Name => nameof(EnergyFeature) + nameof(Carbon.CarbonFeature) + nameof(MapFeature);
                public static object Value => new Flows.FlowsFeature();
            }
        }
        """;

    /// <summary>As below, said by the compiler itself; at full size, for it takes a minute.</summary>
    [Fact]
    public async Task Without_all_features_the_rest_compiles()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1", "Compiled only at full size: KERA_TESTS_FULL=1.");
        using var copy = new TemporaryDirectory();
        CopySources(copy);
        Walls.AssertUnbroken(await CompileAsync(copy));
    }

    /// <summary>
    /// Binds every name in the sources, and in what Razor made of markup, that something of a feature has, and asks where it is declared. Deleting
    /// each folder and compiling says the same, at a minute for each.
    /// </summary>
    [Fact]
    public void No_feature_names_another_and_what_is_none_names_none()
    {
        var compilation = BindFeatures();
        // Whoever uses something of another feature names a type or a namespace of it somewhere: nothing else has to be bound.
        var names = compilation.SyntaxTrees.Where(tree => HomeOf(tree.FilePath) is not null).SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        var breaches = compilation.SyntaxTrees
            .AsParallel().WithCancellation(TestContext.Current.CancellationToken)
            .SelectMany(tree => Breaches(compilation, tree, HomeOf(tree.FilePath) ?? "Kera", names))
            .ToLookup(breach => breach.StartsWith("Planted", StringComparison.Ordinal));

        Assert.Equal(
            [
                $"{PlantedFile}:1: Map names Kera.Features.Energy",
                $"{PlantedFile}:6: Map names Kera.Features.Carbon",
                $"{PlantedFile}:6: Map names Kera.Features.Carbon.CarbonFeature",
                $"{PlantedFile}:6: Map names Kera.Features.Energy.EnergyFeature",
                $"{PlantedFile}:7: Map names Kera.Features.Flows",
                $"{PlantedFile}:7: Map names Kera.Features.Flows.FlowsFeature",
                $"{PlantedBase}:1: Kera names Kera.Features.Map",
                $"{PlantedBase}:1: Kera names Kera.Features.Map.Planted",
            ],
            breaches[true].Distinct().Order(StringComparer.Ordinal));
        Walls.AssertUnbroken(breaches[false]);
    }

    private static CSharpCompilation BindFeatures()
    {
        var generated = RepositoryRoot.Combine("src", "Kera", "obj", Configuration, "generated", "Microsoft.CodeAnalysis.Razor.Compiler", "Microsoft.NET.Sdk.Razor.SourceGenerators.RazorSourceGenerator");
        var markup = SourceTree.Files("src", "Kera").Where(file => file.EndsWith(".razor", StringComparison.Ordinal)).Select(file => Path.ChangeExtension(file, null));
        string[] files =
        [
            .. SourceTree.Files("src", "Kera").Where(file => file.EndsWith(".cs", StringComparison.Ordinal)),
            RepositoryRoot.Combine("src", "Kera", "obj", Configuration, "net10.0", "Kera.GlobalUsings.g.cs"),
            // Each page's, not each file's that lies there: a page that is gone leaves what was made of it.
            .. markup.Select(file => Path.Combine(generated, Path.GetRelativePath(RepositoryRoot.Combine("src", "Kera"), file) + "_razor.g.cs")),
        ];
        SyntaxTree[] trees = [.. files.Select(Parse), CSharpSyntaxTree.ParseText(Planted, path: PlantedFile),
            CSharpSyntaxTree.ParseText("namespace Kera.Base; internal static class PlantedBase { public static string Name => Features.Map.Planted.Name; }", path: PlantedBase)];
        var compilation = CSharpCompilation.Create(
            "Kera",
            trees,
            // All that the tests run on, and so all that the platform was compiled against.
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(file => Path.GetFileName(file) != "Kera.dll")
                .Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true));
        return compilation;

        static SyntaxTree Parse(string file)
        {
            using var stream = File.OpenRead(file);
            return CSharpSyntaxTree.ParseText(SourceText.From(stream), path: file);
        }
    }

    private static IEnumerable<string> NamesIn(SyntaxTree tree) => tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().SelectMany(node => node switch
    {
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText],
        DelegateDeclarationSyntax type => [type.Identifier.ValueText],
        BaseNamespaceDeclarationSyntax place => place.Name.ToString().Split('.'),
        _ => Array.Empty<string>(),
    });

    private static IEnumerable<string> Breaches(CSharpCompilation compilation, SyntaxTree tree, string home, HashSet<string> names)
    {
        var model = compilation.GetSemanticModel(tree);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(name => names.Contains(name.Identifier.ValueText)))
        {
            var info = model.GetSymbolInfo(name);
            foreach (var symbol in info.Symbol is { } found ? [found] : info.CandidateSymbols)
            {
                var at = symbol is INamespaceSymbol ? symbol : symbol.ContainingNamespace;
                if (FeatureOf(at?.ToDisplayString()) is { } other && other != home)
                {
                    var line = tree.GetMappedLineSpan(name.Span);
                    yield return $"{(Path.IsPathRooted(line.Path) ? SourceTree.Name(line.Path) : line.Path)}:{line.StartLinePosition.Line + 1}: {home} names {symbol.ToDisplayString()}";
                }
            }
        }
    }

    /// <summary>The feature that a source file belongs to; null for others.</summary>
    private static string? HomeOf(string path)
    {
        if (path == PlantedFile)
        {
            return "Map";
        }

        var parts = path.Split(Path.DirectorySeparatorChar);
        var features = Array.LastIndexOf(parts, "Features");
        return features < 0 ? null : parts[features + 1];
    }

    private static string? FeatureOf(string? name) =>
        name?.Split('.') is ["Kera", "Features", var feature, ..] ? feature : null;

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static void CopySources(TemporaryDirectory copy)
    {
        var features = RepositoryRoot.Combine("src", "Kera", "Features") + Path.DirectorySeparatorChar;
        string[] files =
        [
            .. Directory.EnumerateFiles(RepositoryRoot.Path),
            .. SourceTree.Files("src").Where(file => !file.StartsWith(features, StringComparison.Ordinal)),
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
        // Errors go to a file: a compiler server started here would keep a pipe open long after the build.
        var errors = copy.Combine("errors.log");
        var start = new ProcessStartInfo(
            Requires.Program("dotnet"),
            [
                "build", copy.Combine("src", "Kera", "Kera.csproj"), "--configuration", "Debug", "--no-restore", "-target:Compile", "-maxCpuCount:1", "-nodeReuse:false",
                "-property:RunAnalyzers=false", "-property:EnableRequestDelegateGenerator=false", "-property:EnforceCodeStyleInBuild=false", "-property:GenerateDocumentationFile=false", "-property:EmitCompilerGeneratedFiles=false",
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

        return Directory.EnumerateFiles(copy.Combine("src", "Kera", "obj", "Debug"), "Kera.dll", SearchOption.AllDirectories).Any() ? [] : ["dotnet build compiled nothing"];
    }
}
