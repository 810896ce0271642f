namespace Kera.Tests.Support;

/// <summary>A fresh, empty folder of a test's own, deleted with everything in it when disposed.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("kera-test-").FullName;

    /// <summary>Absolute path of a file or folder in it; it need not exist.</summary>
    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a file, with the folders it needs, and returns its absolute path.</summary>
    public string Write(string relativePath, string content)
    {
        var path = Combine(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
