using Kera.Base.Ledger;

namespace Kera.Base.District.Reading;

/// <summary>Fields that name something declared elsewhere in the files.</summary>
internal static class EntryReferences
{
    /// <summary>The word for an audience of everyone.</summary>
    public const string Everyone = "public";

    public static string Reference(this Entry entry, string name, Noun noun)
    {
        var node = entry.RequiredScalar(name, $"name the key of {Article(noun)}");
        return node is null ? "" : Check(entry, name, noun, node);
    }

    public static string? OptionalReference(this Entry entry, string name, Noun noun) =>
        entry.OptionalScalar(name) is { } node ? Check(entry, name, noun, node) : null;

    /// <summary>One key, or a list of them; none where the field is missing.</summary>
    public static IReadOnlyList<string> OptionalReferences(this Entry entry, string name, Noun noun) =>
        entry.Optional(name) is { } node ? KeysOf(entry, name, noun, node) : [];

    /// <summary>Who may read it: everyone, or the agents named.</summary>
    public static IReadOnlyList<string> Audience(this Entry entry) =>
        entry.Required("audience", "write public, or a list of agents' keys") is { } node ? AudienceOf(entry, node) : [];

    /// <summary>Who may read it, with a value for where the field is missing.</summary>
    public static IReadOnlyList<string> Audience(this Entry entry, IReadOnlyList<string> missing) =>
        entry.Optional("audience") is { } node ? AudienceOf(entry, node) : missing;

    /// <summary>Where a fact comes from: one or more sources of district.yaml. What is fictional needs none.</summary>
    public static IReadOnlyList<string> Sources(this Entry entry, bool fictional = false)
    {
        const string remedy = "name the key of a source in district.yaml";
        var node = fictional ? entry.Optional("source") : entry.Required("source", remedy);
        return node is null ? [] : KeysOf(entry, "source", Noun.Source, node);
    }

    private static IReadOnlyList<string> AudienceOf(Entry entry, FileNode node)
    {
        var audience = KeysOf(entry, "audience", Noun.Agent, node, Everyone);
        if (audience.Count > 1 && audience.Contains(Everyone))
        {
            entry.Report.Add(node, "the audience is public and names agents too", "write either public or agents' keys");
        }

        return audience;
    }

    private static IReadOnlyList<string> KeysOf(Entry entry, string name, Noun noun, FileNode node, string? word = null)
    {
        if (node.Kind == NodeKind.Mapping)
        {
            entry.Report.Add(node, $"'{name}' is a group of fields", $"write one key or a list of keys: [{noun.InWords()}, ...]");
            return [];
        }

        if (node is { Kind: NodeKind.Sequence, Items.Count: 0 })
        {
            entry.Report.Add(node, $"'{name}' is an empty list", word is null ? "name one at least, or remove the field" : $"write {word}, or name one at least");
        }

        IReadOnlyList<FileNode> items = node.Kind == NodeKind.Sequence ? node.Items : [node];
        return [.. items.Select(item => word is not null && item.Text == word ? word : Check(entry, name, noun, item, word))];
    }

    private static string Check(Entry entry, string name, Noun noun, FileNode node, string? word = null)
    {
        if (node.Kind != NodeKind.Scalar)
        {
            entry.Report.Add(node, $"'{name}' holds something else than a key", $"write the key of {Article(noun)}");
        }
        else if (!entry.Keys.Has(noun, node.Text))
        {
            var known = entry.Keys.Of(noun);
            var remedy = Nearest.To(node.Text, known) is { } nearest
                ? $"did you mean '{nearest}'?"
                : known.Count is > 0 and <= 12 ? $"use {Entry.OneOf(known)}" : $"declare it, or name one that is there{(word is null ? "" : $", or write {word}")}";
            entry.Report.Add(node, $"'{name}' names the unknown {noun.InWords()} '{node.Text}'", remedy);
        }

        return node.Text;
    }

    private static string Article(Noun noun) => noun is Noun.Agent or Noun.Agreement or Noun.HistoryEvent or Noun.Indicator or Noun.Audience or Noun.Equipment or Noun.Item ? $"an {noun.InWords()}" : $"a {noun.InWords()}";
}
