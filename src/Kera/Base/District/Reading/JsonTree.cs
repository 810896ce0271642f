using System.Text;
using System.Text.Json;

namespace Kera.Base.District.Reading;

/// <summary>Reads JSON into nodes with their positions.</summary>
internal ref struct JsonTree
{
    private readonly FileReport report;
    private readonly ReadOnlySpan<byte> bytes;
    private Utf8JsonReader reader;
    private int countedTo;
    private int line;
    private int lineStart;

    private JsonTree(ReadOnlySpan<byte> bytes, FileReport report)
    {
        this.bytes = bytes;
        this.report = report;
        reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 32 });
        line = 1;
    }

    /// <summary>The root; null where the file is not JSON, which is then reported.</summary>
    public static FileNode? Read(ReadOnlySpan<byte> bytes, FileReport report)
    {
        var tree = new JsonTree(bytes, report);
        try
        {
            tree.reader.Read();
            var root = tree.Node();
            tree.reader.Read();
            return root;
        }
        catch (JsonException error)
        {
            report.Add((int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1, "this is not JSON", "check the commas, the quotes and the brackets here and just before");
            return null;
        }
        catch (InvalidOperationException)
        {
            var (line, column) = tree.Position();
            report.Add(line, column, "a text holds half a character (a lone surrogate such as \\ud800)", "write the character itself");
            return null;
        }
    }

    private FileNode Node()
    {
        var (at, column) = Position();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var fields = new List<FileField>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (nameLine, nameColumn) = Position();
                    var name = reader.GetString()!;
                    reader.Read();
                    DuplicateField.Add(fields, new FileField(name, nameLine, nameColumn, Node()), report);
                }

                return new FileNode(NodeKind.Mapping, at, column) { Fields = fields };
            case JsonTokenType.StartArray:
                var items = new List<FileNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Node());
                }

                return new FileNode(NodeKind.Sequence, at, column) { Items = items };
            case JsonTokenType.String:
                return new FileNode(NodeKind.Scalar, at, column) { Text = reader.GetString()!, Quoted = true };
            default:
                return new FileNode(NodeKind.Scalar, at, column) { Text = Encoding.UTF8.GetString(reader.ValueSpan) };
        }
    }

    private (int Line, int Column) Position()
    {
        var at = (int)reader.TokenStartIndex;
        for (; countedTo < at; countedTo++)
        {
            if (bytes[countedTo] == (byte)'\n')
            {
                line++;
                lineStart = countedTo + 1;
            }
        }

        return (line, at - lineStart + 1);
    }
}
