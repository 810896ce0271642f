using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kera.Base.District.Reading;

/// <summary>Reads YAML into nodes with their positions. Anchors, aliases and tags are refused: a district's files are plain.</summary>
internal sealed class YamlTree
{
    private const int DeepestNesting = 32;

    private readonly FileReport report;
    private readonly Parser parser;

    private YamlTree(string text, FileReport report)
    {
        this.report = report;
        parser = new Parser(new StringReader(text));
    }

    /// <summary>The root of the file's one document; null where the file cannot be read further, which is then reported.</summary>
    public static FileNode? Read(string text, FileReport report)
    {
        const string remedy = "check the indentation, the colons, the quotes and the brackets here and in the line above";
        var tree = new YamlTree(text, report);
        try
        {
            return tree.Document();
        }
        catch (YamlException error)
        {
            report.Add((int)error.Start.Line, (int)error.Start.Column, $"this is not YAML: {Clause(error.Message)}", remedy);
            return null;
        }
        catch (InvalidOperationException)
        {
            // The scanner gives up in this way on some broken lists.
            var last = tree.parser.Current?.End ?? Mark.Empty;
            report.Add((int)last.Line, (int)last.Column, "this is not YAML after here", remedy);
            return null;
        }
    }

    private static string Clause(string message) => message.TrimEnd('.', ' ') is [var first, .. var rest] ? char.ToLowerInvariant(first) + rest : message;

    private FileNode? Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            report.Add(1, null, "the file is empty", "fill it in, or remove it");
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = Node(0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            report.Add((int)second.Start.Line, (int)second.Start.Column, "a second document begins here", "keep one document in a file: remove the line '---'");
            return null;
        }

        return root;
    }

    private FileNode Node(int depth)
    {
        var next = parser.Current is null ? throw new YamlException("The file ends in the middle.") : parser.Current;
        var (line, column) = ((int)next.Start.Line, (int)next.Start.Column);
        if (depth > DeepestNesting)
        {
            throw new YamlException(next.Start, next.End, $"more than {DeepestNesting} levels are nested");
        }

        switch (next)
        {
            case AnchorAlias alias:
                report.Add(line, column, $"the alias '*{alias.Value}' is not for a district's files", "write the value out");
                parser.MoveNext();
                return new FileNode(NodeKind.Scalar, line, column);
            case NodeEvent node when !node.Anchor.IsEmpty:
                report.Add(line, column, $"the anchor '&{node.Anchor.Value}' is not for a district's files", "remove it and write values out where they are used");
                break;
            case NodeEvent node when !node.Tag.IsEmpty && !node.Tag.IsNonSpecific:
                report.Add(line, column, $"the tag '{node.Tag.Value}' is not for a district's files", "remove it");
                break;
        }

        return next switch
        {
            Scalar => ScalarNode(parser.Consume<Scalar>()),
            SequenceStart => SequenceNode(line, column, depth),
            MappingStart => MappingNode(line, column, depth),
            _ => throw new YamlException(next.Start, next.End, "something else than a value stands here"),
        };
    }

    private static FileNode ScalarNode(Scalar scalar) => new(NodeKind.Scalar, (int)scalar.Start.Line, (int)scalar.Start.Column)
    {
        Text = scalar.Value,
        Quoted = scalar.Style != ScalarStyle.Plain,
    };

    private FileNode SequenceNode(int line, int column, int depth)
    {
        parser.Consume<SequenceStart>();
        var items = new List<FileNode>();
        while (!parser.Accept<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        parser.Consume<SequenceEnd>();
        return new FileNode(NodeKind.Sequence, line, column) { Items = items };
    }

    private FileNode MappingNode(int line, int column, int depth)
    {
        parser.Consume<MappingStart>();
        var fields = new List<FileField>();
        while (!parser.Accept<MappingEnd>(out _))
        {
            if (!parser.Accept<Scalar>(out _))
            {
                throw new YamlException(parser.Current!.Start, parser.Current.End, "a field's name is not a plain word");
            }

            var name = parser.Consume<Scalar>();
            DuplicateField.Add(fields, new FileField(name.Value, (int)name.Start.Line, (int)name.Start.Column, Node(depth + 1)), report);
        }

        parser.Consume<MappingEnd>();
        return new FileNode(NodeKind.Mapping, line, column) { Fields = fields };
    }
}
