namespace Kera.Base.District.Reading;

internal enum NodeKind
{
    Mapping,
    Sequence,
    Scalar,
}

/// <summary>A piece of a YAML or JSON file that knows where it stands; lines and columns count from 1.</summary>
internal sealed record FileNode(NodeKind Kind, int Line, int Column)
{
    /// <summary>The text of a scalar.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether a scalar is written in quotes, so that <c>"true"</c> is a word and <c>true</c> is a flag.</summary>
    public bool Quoted { get; init; }

    public IReadOnlyList<FileNode> Items { get; init; } = [];

    public IReadOnlyList<FileField> Fields { get; init; } = [];

    /// <summary>Whether nothing stands here: <c>key:</c>, <c>null</c> or <c>~</c>.</summary>
    public bool IsEmpty => Kind == NodeKind.Scalar && !Quoted && Text is "" or "null" or "~";

    public FileNode? Field(string name)
    {
        foreach (var field in Fields)
        {
            if (field.Name == name)
            {
                return field.Value;
            }
        }

        return null;
    }
}

internal readonly record struct FileField(string Name, int Line, int Column, FileNode Value);
