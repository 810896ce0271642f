namespace Kera.Tests.District;

/// <summary>Folders that the tests of districts read and write.</summary>
internal static class DistrictFolders
{
    /// <summary>The built-in district, beside the program.</summary>
    public static string Kera { get; } = Path.Combine(AppContext.BaseDirectory, "districts", "kera");
}
