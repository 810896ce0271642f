using System.Buffers;
using System.Globalization;
using System.Text;

namespace Kera.Features.Search;

/// <summary>A word of a text.</summary>
/// <param name="Letters">In small letters, as it is written: what a reader would type with care.</param>
/// <param name="Folded">Without marks on letters: <c>ä</c> is <c>a</c>. What is compared.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends.</param>
public readonly record struct Word(string Letters, string Folded, int Start, int End);

/// <summary>Takes texts apart into words. Pure; takes any text, also what is no valid Unicode.</summary>
public static class Words
{
    private static readonly SearchValues<char> Familiar = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789åäöé");

    /// <summary>The words of a text in order. Soft hyphens and apostrophes do not part a word; hyphens do.</summary>
    public static List<Word> Of(string text)
    {
        var words = new List<Word>();
        var letters = new StringBuilder();
        var (start, end, at) = (0, 0, 0);
        // Half a surrogate comes as U+FFFD, which is no letter.
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.Utf16SequenceLength;
            if (IsLetter(rune) || (letters.Length > 0 && IsMark(rune)))
            {
                start = letters.Length == 0 ? at : start;
                end = at + length;
                letters.Append(Rune.ToLowerInvariant(rune));
            }
            else if (!IsInvisible(rune))
            {
                Finish();
            }

            at += length;
        }

        Finish();
        return words;

        void Finish()
        {
            if (letters.Length > 0)
            {
                var written = letters.ToString();
                letters.Clear();
                if (FoldFamiliar(written) is { } known)
                {
                    words.Add(new Word(written, known, start, end));
                }
                else if (Fold(written) is { Length: > 0 } folded)
                {
                    words.Add(new Word(written.Normalize(NormalizationForm.FormC), folded, start, end));
                }
            }
        }
    }

    private static bool IsLetter(Rune rune) => Rune.IsLetter(rune) || Rune.IsNumber(rune);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsInvisible(Rune rune) => rune.Value is '\'' or '’' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    // Nearly every word: it need not go through the tables of Unicode.
    private static string? FoldFamiliar(string written) => Ascii.IsValid(written) ? written
        : written.AsSpan().IndexOfAnyExcept(Familiar) >= 0 ? null
        : written.Replace('å', 'a').Replace('ä', 'a').Replace('ö', 'o').Replace('é', 'e');

    private static string Fold(string written)
    {
        var folded = new StringBuilder(written.Length);
        foreach (var rune in written.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsLetter(rune))
            {
                _ = rune.Value switch
                {
                    'ø' => folded.Append('o'),
                    'æ' => folded.Append("ae"),
                    'ß' => folded.Append("ss"),
                    _ => folded.Append(Rune.ToLowerInvariant(rune)),
                };
            }
        }

        return folded.ToString();
    }
}
