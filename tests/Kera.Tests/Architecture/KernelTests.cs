using System.Xml.Linq;
using Kera.Tests.Support;

namespace Kera.Tests.Architecture;

public sealed class KernelTests
{
    [Fact]
    public void A_kernel_takes_data_and_returns_data() =>
        Walls.AssertUnbroken(SourceTree.Kernels.SelectMany(kernel => KernelRules.Breaches(kernel, AssemblyMetadata.Read(Built(kernel)))));

    // Looked for in the project files too: an assembly from which only constants are read leaves no trace in the metadata.
    [Fact]
    public void A_kernel_knows_no_other_kernel_but_the_flows_it_is_told_in() =>
        Walls.AssertUnbroken(
            from kernel in SourceTree.Kernels
            from reference in XDocument.Load(RepositoryRoot.Combine("src", kernel, $"{kernel}.csproj")).Descendants("ProjectReference")
            let name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
            where !KernelRules.KernelsKnownTo.GetValueOrDefault(kernel, []).Contains(name)
            select $"{kernel} refers to the project {name}");

    [Theory]
    [InlineData("refers to the assembly Kera.Flows")]
    [InlineData("refers to the assembly Npgsql")]
    [InlineData("uses System.IO.File.ReadAllLines")]
    [InlineData("uses System.Environment.GetEnvironmentVariable")]
    [InlineData("uses System.Diagnostics.Process")]
    [InlineData("uses System.Guid.NewGuid")]
    [InlineData("uses System.Random.get_Shared")]
    [InlineData("uses System.Random..ctor(0)")]
    [InlineData("uses System.DateTime.get_UtcNow")]
    [InlineData("uses System.Console.WriteLine")]
    [InlineData("calls the native library libc")]
    public void The_rules_see_what_this_test_assembly_does_and_no_kernel_may(string breach)
    {
        var breaches = KernelRules.Breaches("Tests", AssemblyMetadata.Read(typeof(KernelTests).Assembly.Location));

        Assert.Contains($"Tests {breach}", breaches);
    }

    [Fact]
    public void A_seeded_generator_is_no_breach() =>
        Assert.DoesNotContain(
            "Tests uses System.Random..ctor(1)",
            KernelRules.Breaches("Tests", AssemblyMetadata.Read(typeof(KernelTests).Assembly.Location)));

    private static string Built(string kernel)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{kernel}.dll");
        Assert.True(File.Exists(path), $"src/{kernel} is in nobody's output: let src/Kera refer to it, or remove it.");
        return path;
    }
}
