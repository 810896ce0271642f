using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Kera.Base.District;

namespace Kera.Base.Ui;

/// <summary>
/// What pages say, in one language: every <c>Texts/{language}.json</c> of the assembly together, by key. A folder's own
/// texts lie in the folder, so that they come and go with it.
/// </summary>
public sealed class Texts
{
    private static readonly FrozenDictionary<Language, Texts> ByLanguage =
        Language.All.ToFrozenDictionary(language => language, language => new Texts(language));

    private readonly FrozenDictionary<string, string> _texts;
    private readonly Language _language;

    private Texts(Language language)
    {
        _language = language;
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith($"texts/{language.Code}/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            {
                if (!merged.TryAdd(key, text))
                {
                    throw new InvalidOperationException($"The text '{key}' stands in two files of language {language.Code}; keep one.");
                }
            }
        }

        _texts = merged.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The keys that have a text.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>The text of a key, with its soft hyphens.</summary>
    /// <exception cref="KeyNotFoundException">No file of this language has the key.</exception>
    public string this[string key] => _texts.TryGetValue(key, out var text)
        ? text
        : throw new KeyNotFoundException($"There is no text '{key}' in language {_language.Code}.");

    /// <summary>
    /// The text of a member of a family, or the member itself where none is known: for words that were stored by a feature that
    /// may be gone.
    /// </summary>
    public string OfStored(string family, string member) => _texts.GetValueOrDefault($"{family}.{member}", member);

    /// <summary>The same with each <c>{name}</c> replaced by its value.</summary>
    public string FormatStored(string family, string member, IReadOnlyDictionary<string, string> values) =>
        Fill(OfStored(family, member), [.. values.Select(pair => (pair.Key, pair.Value))]);

    /// <summary>The texts of one language.</summary>
    public static Texts For(Language language) => ByLanguage[language];

    /// <summary>A text in every language, without soft hyphens.</summary>
    /// <param name="text">Gives it in one language.</param>
    public static LocalizedText InAll(Func<Texts, Language, string> text)
    {
        return new(In(Language.Finnish), In(Language.Swedish), In(Language.English));

        string In(Language language) => WithoutSoftHyphens(text(For(language), language));
    }

    /// <summary>The text without soft hyphens, for SVG, titles, attributes and exports.</summary>
    public string Plain(string key) => WithoutSoftHyphens(this[key]);

    /// <summary>The text of a member of a family: <c>Of("action", "consume")</c> is the text <c>action.consume</c>.</summary>
    public string Of(string family, string member) => this[$"{family}.{member}"];

    /// <summary>The text with each <c>{name}</c> replaced by its value.</summary>
    public string Format(string key, params ReadOnlySpan<(string Name, string Value)> values) => Fill(this[key], values);

    /// <summary>The text <c>key.one</c> or <c>key.other</c>, by number.</summary>
    public string Count(string key, long number, params ReadOnlySpan<(string Name, string Value)> values) =>
        Fill(this[number == 1 ? key + ".one" : key + ".other"], values);

    /// <summary>Removes U+00AD.</summary>
    public static string WithoutSoftHyphens(string text) => text.Replace("\u00AD", "", StringComparison.Ordinal);

    private static string Fill(string text, ReadOnlySpan<(string Name, string Value)> values)
    {
        var filled = new StringBuilder(text);
        foreach (var (name, value) in values)
        {
            filled.Replace($"{{{name}}}", value);
        }

        return filled.ToString();
    }
}
