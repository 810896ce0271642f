using System.Text.Json;
using Kera.Base.Ledger;

namespace Kera.Base.District.Reading;

/// <summary>
/// A mapping being read, field by field. Every mistake is reported and answered with a harmless value, because a reading with
/// any mistake gives no model; so readers need not stop at the first one.
/// </summary>
internal sealed class Entry
{
    private readonly string subject;
    private readonly List<string> asked = [];

    /// <param name="node">The mapping.</param>
    /// <param name="subject">What it describes, in words: <c>agent</c>.</param>
    /// <param name="report">Where mistakes go.</param>
    /// <param name="keys">What the files declare.</param>
    public Entry(FileNode node, string subject, FileReport report, DeclaredKeys keys)
    {
        (Node, this.subject, Report, Keys) = (node, subject, report, keys);
        if (node.Kind != NodeKind.Mapping)
        {
            report.Add(node, $"{(node.Kind == NodeKind.Sequence ? "a list" : "a single value")} stands where the {subject}'s fields belong", "write one field a line: 'name: value'");
        }
    }

    public FileNode Node { get; }

    public FileReport Report { get; }

    public DeclaredKeys Keys { get; }

    /// <summary>The value of a field that may be missing or empty.</summary>
    public FileNode? Optional(string name)
    {
        asked.Add(name);
        return Node.Field(name) is { IsEmpty: false } value ? value : null;
    }

    /// <summary>The value of a field that must be there; null where it is not, which is then reported.</summary>
    public FileNode? Required(string name, string remedy)
    {
        var value = Optional(name);
        if (value is null && Node.Kind == NodeKind.Mapping)
        {
            Report.Add(Node.Field(name) ?? Node, $"the {subject}'s '{name}' is missing", remedy);
        }

        return value;
    }

    /// <summary>The field as one text; null where it is missing.</summary>
    public FileNode? OptionalScalar(string name) => AsScalar(name, Optional(name));

    /// <summary>The field as one text; null where it is missing or something else, which is then reported.</summary>
    public FileNode? RequiredScalar(string name, string remedy) => AsScalar(name, Required(name, remedy));

    /// <summary>The entry's key.</summary>
    public string Key()
    {
        var node = RequiredScalar("key", "give it a key of small letters, digits and hyphens");
        if (node is not null && !EntryKey.IsValid(node.Text))
        {
            Report.Add(node, $"'{node.Text}' is no key", EntryKey.Rule);
        }

        return node?.Text ?? "";
    }

    public string? OptionalText(string name, int longest = 2_000) => TextOf(name, OptionalScalar(name), longest);

    public string Text(string name, string remedy, int longest = 2_000) => TextOf(name, RequiredScalar(name, remedy), longest) ?? "";

    /// <summary>A yes or no; no where it is missing.</summary>
    public bool Flag(string name)
    {
        var node = OptionalScalar(name);
        if (node is not null && (node.Quoted || node.Text is not ("true" or "false")))
        {
            Report.Add(node, $"'{name}' is '{node.Text}'", "write true or false");
        }

        return node?.Text == "true";
    }

    /// <summary>One of the names of an enumeration, written with a small first letter.</summary>
    public T Choice<T>(string name)
        where T : struct, Enum
    {
        var node = RequiredScalar(name, $"use {InWords<T>()}");
        return node is null ? default : ChoiceOf<T>(name, node);
    }

    /// <summary>One of the names of an enumeration, with a value for where it is missing.</summary>
    public T Choice<T>(string name, T missing)
        where T : struct, Enum =>
        OptionalScalar(name) is { } node ? ChoiceOf<T>(name, node) : missing;

    /// <summary>The entries of a list in a field; none where it is missing.</summary>
    public IReadOnlyList<Entry> Children(string name, string childSubject)
    {
        var node = Optional(name);
        if (node is null)
        {
            return [];
        }

        if (node.Kind != NodeKind.Sequence)
        {
            Report.Add(node, $"'{name}' is no list", "begin each entry with '- '");
            return [];
        }

        return [.. node.Items.Select(item => new Entry(item, childSubject, Report, Keys))];
    }

    /// <summary>The mapping in a field; null where it is missing.</summary>
    public Entry? Child(string name, string childSubject) =>
        Optional(name) is { } node ? new Entry(node, childSubject, Report, Keys) : null;

    /// <summary>Lets fields be there that cannot be judged.</summary>
    public void Ignore(IEnumerable<string> names) => asked.AddRange(names);

    /// <summary>Reports every field that nothing asked for.</summary>
    public void Done()
    {
        foreach (var field in Node.Fields.Where(field => !asked.Contains(field.Name)))
        {
            var remedy = Nearest.To(field.Name, asked) is { } nearest
                ? $"did you mean '{nearest}'?"
                : $"use {OneOf(asked.Distinct(StringComparer.Ordinal))}";
            Report.Add(field.Line, field.Column, $"the {subject} has no field '{field.Name}'", remedy);
        }
    }

    public static string OneOf(IEnumerable<string> names) =>
        names.ToList() is { Count: > 1 } several ? $"{string.Join(", ", several.SkipLast(1))} or {several[^1]}" : string.Concat(names);

    /// <summary>A value of an enumeration as the files write it.</summary>
    public static string InWords<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string InWords<T>()
        where T : struct, Enum =>
        OneOf(Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    private T ChoiceOf<T>(string name, FileNode node)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == node.Text)
            {
                return value;
            }
        }

        Report.Add(node, $"unknown {name} '{node.Text}'", $"use {InWords<T>()}");
        return default;
    }

    private FileNode? AsScalar(string name, FileNode? node)
    {
        if (node is null or { Kind: NodeKind.Scalar })
        {
            return node;
        }

        Report.Add(node, $"'{name}' is {(node.Kind == NodeKind.Sequence ? "a list" : "a group of fields")}", "write a single value");
        return null;
    }

    private string? TextOf(string name, FileNode? node, int longest)
    {
        if (node is { Text.Length: var length } && length > longest)
        {
            Report.Add(node, $"'{name}' has {length} characters", $"shorten it to {longest}");
        }
        else if (node is not null && string.IsNullOrWhiteSpace(node.Text))
        {
            Report.Add(node, $"'{name}' is empty", "write it, or remove the field");
        }

        return node?.Text.Trim();
    }
}
