using System.Diagnostics.CodeAnalysis;

namespace Kera.Tests.Support;

/// <summary>
/// What a test needs from the machine. Each call returns where the thing is, or skips the calling test with a
/// reason that says what to install. With KERA_TESTS_REQUIRE_ALL=1 the skip is a failure.
/// </summary>
public static class Requires
{
    /// <summary>
    /// Absolute path of a file or folder of the data that lie beside the repository, in ../shared or in the folder
    /// named by KERA_TESTS_SHARED. They are no part of the repository, so a machine without that folder always skips.
    /// </summary>
    public static string Shared(string relativePath)
    {
        var folder = Environment.GetEnvironmentVariable("KERA_TESTS_SHARED")
            ?? Path.GetFullPath(RepositoryRoot.Combine("..", "shared"));
        if (!Directory.Exists(folder))
        {
            Assert.Skip($"{relativePath} is not here: put the shared data beside the repository, in ../shared, or name their folder in KERA_TESTS_SHARED.");
        }

        var path = Path.Combine(folder, relativePath);
        if (!Path.Exists(path))
        {
            Missing($"The shared data in {folder} hold no {relativePath}.");
        }

        return path;
    }

    /// <summary>Absolute path of a program found on PATH.</summary>
    public static string Program(string name)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            var path = Path.Combine(folder, name);
            if (folder.Length > 0 && File.Exists(path))
            {
                return path;
            }
        }

        Missing($"The program {name} is not on PATH: apt-get install {name}.");
        return null;
    }

    /// <summary>Absolute path of the browser for the browser tests.</summary>
    public static string Chromium() => Program("chromium");

    /// <summary>Skips or fails the calling test because the machine lacks something; the reason names the remedy.</summary>
    [DoesNotReturn]
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("KERA_TESTS_REQUIRE_ALL") == "1")
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }
}
