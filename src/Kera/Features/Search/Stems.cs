namespace Kera.Features.Search;

/// <summary>
/// What is left of a word without its inflection, so that <c>hallissa</c> and <c>halli</c> meet. Light on purpose: endings of nouns as
/// data, and the consonants that change before them in Finnish. What it joins wrongly comes below what was written so.
/// </summary>
public static class Stems
{
    private const int Shortest = 3;

    /// <summary>How many languages there are: Finnish, Swedish and English, by their places.</summary>
    public static int Languages => Endings.Length;

    // On folded words: ä is a. The longest that fits is taken off.
    private static readonly string[][] Endings =
    [
        // Finnish
        [
            "iksella", "iselle", "iselta", "isessa", "isesta", "isella", "ksella", "ksessa", "ksesta", "kselle", "kselta", "iseen", "isten", "kseen", "ksien", "ksiin",
            "issa", "ista", "illa", "ilta", "ille", "iksi", "ihin", "iden", "itten", "inen", "isen", "iset", "isia", "ksen", "kset", "ksia",
            "ssa", "sta", "lla", "lta", "lle", "ksi", "ien", "jen", "iin", "ita", "ta", "na", "ja", "n", "t", "s",
        ],
        // Swedish
        ["ornas", "arnas", "ernas", "orna", "arna", "erna", "ens", "ets", "ars", "ers", "ors", "en", "et", "ar", "or", "er", "na", "ns", "n", "t", "s"],
        // English
        ["ings", "ing", "ies", "es", "ed", "y", "s"],
    ];

    private static readonly (string Strong, string Weak)[] Gradation = [("nk", "ng"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm"), ("t", "d")];

    /// <summary>
    /// The stems that a word may have in a language: with its ending, for it may be no ending, and without.
    /// </summary>
    /// <param name="folded">The folded word.</param>
    /// <param name="language">The place of the language among Finnish, Swedish and English.</param>
    public static IEnumerable<string> Of(string folded, int language)
    {
        yield return Trim(folded, language);
        if (WithoutEndings(folded, language).FirstOrDefault() is { } uninflected)
        {
            yield return Trim(uninflected, language);
        }
    }

    /// <summary>The word without each of the endings that it may have in a language, the longest first.</summary>
    public static IEnumerable<string> WithoutEndings(string folded, int language) => Endings[language]
        .Where(ending => folded.Length - ending.Length >= Shortest && folded.EndsWith(ending, StringComparison.Ordinal))
        .Select(ending => folded[..^ending.Length]);

    // Final vowels come and go; the consonants before them are doubled, or of the weak grade.
    private static string Trim(string stem, int language)
    {
        var end = stem.Length;
        while (end > Shortest && stem[end - 1] is 'a' or 'e' or 'i' or 'o' or 'u' or 'y')
        {
            end--;
        }

        stem = stem[..end];
        if (language == 0)
        {
            foreach (var (strong, weak) in Gradation)
            {
                if (stem.EndsWith(weak, StringComparison.Ordinal))
                {
                    stem = stem[..^weak.Length] + strong;
                    break;
                }
            }
        }

        return stem.Length > Shortest && stem[^1] == stem[^2] ? stem[..^1] : stem;
    }
}
