namespace Kera.Tests.District;

/// <summary>What carbon.yaml and the demonstration's grid say of each other.</summary>
public sealed class CarbonFileTests
{
    [Theory]
    [InlineData("kind: wind", "kind: wnid", "the mix 'finland' has no kind 'wnid'", "use nuclear, wind")]
    [InlineData("mix: finland", "mix: sweden", "carbon.yaml has no mix 'sweden'", "use finland")]
    public void Generation_of_the_demonstration_is_of_a_declared_kind(string old, string replacement, string problem, string remedy)
    {
        using var kera = new EditedKera();
        kera.Replace("demo.yaml", "mixes:", old, replacement);

        var mistake = Assert.Single(kera.Read().Mistakes).ToString();

        Assert.Contains(problem, mistake, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_district_needs_none()
    {
        using var kera = new EditedKera();
        File.Delete(kera.PathOf("carbon.yaml"));
        File.Delete(kera.PathOf("demo.yaml"));

        Assert.Null(kera.Read().Model!.Carbon);
    }
}
