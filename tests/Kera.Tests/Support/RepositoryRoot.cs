namespace Kera.Tests.Support;

/// <summary>Where the sources under test lie.</summary>
public static class RepositoryRoot
{
    /// <summary>Absolute path of the folder that holds Kera.slnx.</summary>
    public static string Path { get; } = Find();

    /// <summary>Absolute path of a file or folder named from the repository root; it need not exist.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Kera.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException(
            $"No Kera.slnx above {AppContext.BaseDirectory}: run the tests from their build output inside the repository.");
    }
}
