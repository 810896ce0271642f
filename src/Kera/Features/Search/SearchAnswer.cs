namespace Kera.Features.Search;

/// <summary>What was found.</summary>
/// <param name="Found">The best first.</param>
/// <param name="AllWords">Whether everything found has every word; else it has the most of them.</param>
/// <param name="Correction">The query as it was probably meant; null where every word was known.</param>
/// <param name="Marks">Which words to mark in what was found.</param>
public sealed record SearchAnswer(IReadOnlyList<Findable> Found, bool AllWords, string? Correction, MarkedWords Marks);

/// <summary>The words of texts that met what was typed.</summary>
/// <param name="letters">Words, as they are written.</param>
/// <param name="joined">Two words together, folded.</param>
public sealed class MarkedWords(IReadOnlySet<string> letters, IReadOnlySet<string> joined)
{
    private const int AroundMark = 60;
    private const int LongestLine = 180;

    /// <summary>A text in pieces, each marked or not.</summary>
    public IReadOnlyList<(string Text, bool Marked)> In(string text)
    {
        var words = Words.Of(text);
        var pieces = new List<(string, bool)>();
        var done = 0;
        for (var at = 0; at < words.Count; at++)
        {
            if (IsMarked(words, at))
            {
                Add(words[at].Start, marked: false);
                Add(words[at].End, marked: true);
            }
        }

        Add(text.Length, marked: false);
        return pieces;

        void Add(int end, bool marked)
        {
            if (end > done)
            {
                pieces.Add((text[done..end], marked));
                done = end;
            }
        }
    }

    /// <summary>A line of a longer text, in pieces: from its beginning, or from before the first marked word that would else not be in it.</summary>
    public IReadOnlyList<(string Text, bool Marked)> LineOf(string text)
    {
        var words = Words.Of(text);
        var first = Enumerable.Range(0, words.Count).Where(at => IsMarked(words, at)).Select(at => words[at].Start).FirstOrDefault();
        var start = first < LongestLine - AroundMark ? 0 : words.Find(word => word.Start >= first - AroundMark).Start;
        var end = text.Length - start <= LongestLine ? text.Length : words.FindLast(word => word.End <= start + LongestLine).End;
        // One word without end has no better place to stop.
        end = end <= start ? Math.Min(text.Length, start + LongestLine) : end;
        return In((start > 0 ? "… " : "") + text[start..end] + (end < text.Length ? " …" : ""));
    }

    private bool IsMarked(List<Word> words, int at) =>
        letters.Contains(words[at].Letters)
        || (at > 0 && joined.Contains(words[at - 1].Folded + words[at].Folded))
        || (at + 1 < words.Count && joined.Contains(words[at].Folded + words[at + 1].Folded));
}
