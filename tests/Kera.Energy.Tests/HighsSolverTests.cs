namespace Kera.Energy.Tests;

public sealed class HighsSolverTests
{
    [Fact]
    public void The_library_is_the_one_that_is_described() => Assert.StartsWith("1.12", HighsSolver.Version, StringComparison.Ordinal);
}
