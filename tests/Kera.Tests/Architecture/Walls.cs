namespace Kera.Tests.Architecture;

internal static class Walls
{
    /// <summary>Fails with every breach on a line of its own; xUnit's own assertion shows five, shortened.</summary>
    public static void AssertUnbroken(IEnumerable<string> breaches)
    {
        var found = breaches.Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }
}
