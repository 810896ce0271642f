using System.Text.Json;
using System.Text.RegularExpressions;
using Kera.Base.Ui;
using Kera.Flows;
using Kera.Tests.Support;

namespace Kera.Tests.Ui;

/// <summary>All three languages say everything, and nothing is said that no page asks for.</summary>
public sealed partial class TextsTests
{
    private static readonly string[] Endings = ["one", "other", "title", "advice", "lead"];

    [Fact]
    public void The_three_languages_have_the_same_keys()
    {
        var finnish = Keys(Language.Finnish);

        Assert.Equal(finnish, Keys(Language.Swedish));
        Assert.Equal(finnish, Keys(Language.English));
    }

    [Fact]
    public void No_text_is_empty() =>
        Assert.DoesNotContain(
            from language in Language.All from key in Keys(language) select (language.Code, key, Text: Texts.For(language)[key]),
            text => string.IsNullOrWhiteSpace(text.Text) || text.Text != text.Text.Trim());

    // A date is made of other parts in each language.
    [Fact]
    public void The_three_languages_have_the_same_places_for_values() =>
        Assert.All(Keys(Language.Finnish).Where(key => key != "time.onDay"), key => Assert.Single(Language.All
            .Select(language => string.Join(' ', Places().Matches(Texts.For(language)[key]).Select(place => place.Value).Order(StringComparer.Ordinal)))
            .Distinct()));

    [Fact]
    public void Every_key_that_a_page_names_has_a_text()
    {
        var keys = Keys(Language.Finnish);
        var firsts = keys.Select(key => key[..key.IndexOf('.', StringComparison.Ordinal)]).ToHashSet();
        var named = Literals().Where(literal => KeyLike().IsMatch(literal) && firsts.Contains(literal[..literal.IndexOf('.', StringComparison.Ordinal)]));

        Assert.DoesNotContain(named, literal =>
            !keys.Contains(literal)
            && !Endings.Any(ending => keys.Contains($"{literal}.{ending}"))
            && !keys.Any(key => key.StartsWith(literal + ".", StringComparison.Ordinal)));
    }

    /// <summary>Else a feature would fall silent, or fail, when another's folder is deleted.</summary>
    [Fact]
    public void A_feature_says_only_its_own_words_and_those_of_Base()
    {
        var root = RepositoryRoot.Combine("src", "Kera");
        var features = Directory.GetDirectories(Path.Combine(root, "Features"));
        var owners = features.SelectMany(feature => KeysIn(feature).Select(key => (key, feature))).ToDictionary(pair => pair.key, pair => pair.feature);

        Assert.Empty(
            from feature in features
            from file in Directory.EnumerateFiles(feature, "*", SearchOption.AllDirectories)
            where Path.GetExtension(file) is ".cs" or ".razor"
            from literal in Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)
            where owners.TryGetValue(literal, out var owner) && owner != feature
            select $"{Path.GetFileName(file)}: {literal}");
        Assert.Empty(
            from file in Directory.EnumerateFiles(Path.Combine(root, "Base"), "*", SearchOption.AllDirectories)
            where Path.GetExtension(file) is ".cs" or ".razor"
            from literal in Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)
            where owners.ContainsKey(literal)
            select $"{Path.GetFileName(file)}: {literal}");

        static IEnumerable<string> KeysIn(string feature) =>
            Path.Combine(feature, "Texts", "fi.json") is var file && File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!.Keys : [];
    }

    [Fact]
    public void Every_text_is_named_by_a_page()
    {
        var literals = Literals().ToHashSet();
        var families = Sources().SelectMany(source => Families().Matches(source).Select(family => family.Groups[1].Value)).ToHashSet();

        Assert.DoesNotContain(Keys(Language.Finnish), key =>
            !literals.Contains(key)
            && !families.Any(family => key.StartsWith(family + ".", StringComparison.Ordinal))
            && !Endings.Any(ending => key.EndsWith("." + ending, StringComparison.Ordinal) && literals.Contains(key[..^(ending.Length + 1)])));
    }

    [Fact]
    public void Every_action_and_quality_has_its_words()
    {
        foreach (var language in Language.All)
        {
            var texts = Texts.For(language);
            Assert.All(FlowAction.All, action => Assert.NotEmpty(texts.Of("action", action.Name) + texts.Of("moved", action.Name)));
            Assert.All(Enum.GetNames<Quality>(), quality => Assert.NotEmpty(texts.Of("quality", quality.ToLowerInvariant())));
        }
    }

    private static List<string> Keys(Language language) => [.. Texts.For(language).Keys.Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(RepositoryRoot.Combine("src", "Kera"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.Contains("node_modules", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    private static IEnumerable<string> Literals() => Sources().SelectMany(source => Literal().Matches(source).Select(literal => literal.Groups[1].Value));

    [GeneratedRegex("\"([a-z][A-Za-z0-9.]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^[a-z]+(\.(?!yaml$|geojson$|json$|css$|db$)[A-Za-z0-9]+)+$")]
    private static partial Regex KeyLike();

    // T.Of("action", …) and T.Plain($"action.{…}").
    [GeneratedRegex("(?:\\.(?:Of|OfStored|FormatStored)\\(\"|\\$\")([a-z.]+?)(?:\"|\\.\\{)")]
    private static partial Regex Families();

    [GeneratedRegex(@"\{[A-Za-z]+\}")]
    private static partial Regex Places();
}
