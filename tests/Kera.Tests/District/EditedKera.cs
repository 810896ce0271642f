using System.Text;
using Kera.Base.District;
using Kera.Tests.Support;

namespace Kera.Tests.District;

/// <summary>A copy of the built-in district whose files a test changes.</summary>
internal sealed class EditedKera : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public EditedKera()
    {
        foreach (var file in Directory.EnumerateFiles(Source))
        {
            File.Copy(file, folder.Combine(Path.GetFileName(file)));
        }
    }

    /// <summary>The built-in district itself.</summary>
    public static string Source { get; } = RepositoryRoot.Combine("districts", "kera");

    public string Folder => folder.Path;

    public DistrictReading Read() => DistrictFiles.Read(Folder);

    public string PathOf(string file) => folder.Combine(file);

    /// <summary>Replaces the first occurrence of a text after an anchor.</summary>
    public void Replace(string file, string anchor, string old, string replacement)
    {
        var text = File.ReadAllText(PathOf(file));
        var start = text.IndexOf(anchor, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{file} has no '{anchor}'");
        var at = text.IndexOf(old, start, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no '{old}' after '{anchor}'");
        File.WriteAllText(PathOf(file), text[..at] + replacement + text[(at + old.Length)..]);
    }

    public void Append(string file, string text) => File.AppendAllText(PathOf(file), text);

    public void Write(string file, byte[] content) => File.WriteAllBytes(PathOf(file), content);

    public void Write(string file, string content) => Write(file, Encoding.UTF8.GetBytes(content));

    /// <summary>The line of the first occurrence of a text after an anchor, from 1.</summary>
    public int LineOf(string file, string anchor, string text)
    {
        var content = File.ReadAllText(PathOf(file));
        var at = content.IndexOf(text, content.IndexOf(anchor, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no '{text}' after '{anchor}'");
        return content.AsSpan(0, at).Count('\n') + 1;
    }

    public void Dispose() => folder.Dispose();
}
