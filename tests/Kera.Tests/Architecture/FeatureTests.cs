using System.Reflection;
using System.Text.RegularExpressions;
using Kera.Base;

namespace Kera.Tests.Architecture;

/// <summary>A feature is one folder, one namespace and one entrance. That nothing else stands on it: <see cref="FeatureDeletionTests"/>.</summary>
public sealed partial class FeatureTests
{
    private static readonly Assembly Platform = typeof(FeatureCatalog).Assembly;

    [Fact]
    public void A_feature_has_one_entrance_named_after_its_folder() =>
        Assert.Equal(
            SourceTree.Features.Select(name => $"Kera.Features.{name}.{name}Feature"),
            FeatureCatalog.FindAll().Select(feature => feature.GetType().FullName));

    [Fact]
    public void A_file_of_a_feature_is_in_the_namespace_of_its_folder() =>
        Walls.AssertUnbroken(
            from feature in SourceTree.Features
            from file in SourceTree.Files("src", "Kera", "Features", feature)
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
            from declared in NamespaceDeclaration().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)
            where FeatureOf(declared + ".") != feature
            select $"{SourceTree.Name(file)} declares {declared}");

    // The compiler copies a constant into whoever reads it, so a program that was compiled against another feature's would keep it.
    [Fact]
    public void A_feature_shows_no_constant_to_others() =>
        Walls.AssertUnbroken(
            from type in Platform.GetTypes()
            where FeatureOf(type.FullName!) is not null && !type.IsEnum
            from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where field.IsLiteral && !field.IsPrivate
            select $"{type.FullName}.{field.Name} is a constant: make it private or a static read-only property");

    private static string? FeatureOf(string fullName) =>
        InFeature().Match(fullName) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"^Kera\.Features\.(\w+)[.+/]")]
    private static partial Regex InFeature();

    [GeneratedRegex(@"^\s*@?namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();
}
