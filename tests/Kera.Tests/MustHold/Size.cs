namespace Kera.Tests.MustHold;

/// <summary>How large these tests are: small in every run, full where KERA_TESTS_FULL is 1.</summary>
internal static class Size
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1";

    public static int Of(int small, int full) => Full ? full : small;
}
