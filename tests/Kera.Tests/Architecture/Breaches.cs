using System.Runtime.InteropServices;

namespace Kera.Tests.Architecture;

/// <summary>What no kernel may do, done here and never called, so that the rules have something to find.</summary>
internal static class Breaches
{
    public static object[] Commit()
    {
        Console.WriteLine(typeof(Kera.Flows.Quantity));
#pragma warning disable CA5394 // Chance as such is what the rules must see; nothing here is a secret.
        return [DateTime.UtcNow, new Random(), new Random(1), Random.Shared, Guid.NewGuid(), File.ReadAllLines(""), ProcessId()];
#pragma warning restore CA5394
    }

    [DllImport("libc", EntryPoint = "getpid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ProcessId();
}
