namespace Kera.Bench;

/// <summary>A folder to work in: a given one, which stays, or a temporary one, which goes.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly bool _temporary;

    private WorkFolder(string path, bool temporary) => (Path, _temporary) = (path, temporary);

    public string Path { get; }

    public static WorkFolder At(DirectoryInfo? given) =>
        given is null ? new WorkFolder(Directory.CreateTempSubdirectory("kera-bench-").FullName, temporary: true) : new WorkFolder(given.FullName, temporary: false);

    public void Dispose()
    {
        if (_temporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
