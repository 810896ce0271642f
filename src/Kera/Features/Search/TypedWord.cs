using System.Numerics;

namespace Kera.Features.Search;

/// <summary>How a typed word met a word of a text, the surest first.</summary>
public enum Meeting
{
    /// <summary>It is the word.</summary>
    Exact,

    /// <summary>The word begins with it.</summary>
    Beginning,

    /// <summary>It is the word in another form.</summary>
    Inflected,

    /// <summary>It is a part of the word: of a compound.</summary>
    Inside,

    /// <summary>It is the word but for slips of the fingers.</summary>
    Misspelt,
}

/// <summary>A word that was typed, ready to be compared.</summary>
/// <param name="word">The word.</param>
internal sealed class TypedWord(Word word)
{
    // Shorter parts are inside of too many words; what is not written quite so has to be longer.
    private const int ShortestInside = 3;
    private const int ShortestInsideRoughly = 5;
    private const int Unmarked = 6;

    // puistossa is looked for inside of Keranpuisto as puisto.
    private readonly (string Text, uint Mask)[] _uninflected =
    [
        .. Enumerable.Range(0, Stems.Languages).SelectMany(language => Stems.WithoutEndings(word.Folded, language))
            .Where(text => text.Length >= ShortestInsideRoughly)
            .Distinct()
            .Select(text => (text, Spelling.Mask(text))),
    ];

    public string Letters => word.Letters;

    public string Folded => word.Folded;

    /// <summary>Which letters it has; see <see cref="Spelling.Mask"/>.</summary>
    public uint Mask { get; } = Spelling.Mask(word.Folded);

    /// <summary>How many points a meeting is worth in a title. What lies between two of them is for how much of the word was typed.</summary>
    public static int Points(Meeting meeting) => meeting switch
    {
        Meeting.Exact => 100,
        Meeting.Beginning => 80,
        Meeting.Inflected => 70,
        Meeting.Inside => 50,
        _ => 30,
    };

    /// <summary>Whether the letters alone rule out that the two meet, inflection aside.</summary>
    public bool IsFar(uint mask)
    {
        var far = (Mask & ~mask) != 0 && BitOperations.PopCount(Mask ^ mask) > 2 * Spelling.MostForgiven;
        foreach (var (_, part) in _uninflected)
        {
            far &= (part & ~mask) != 0;
        }

        return far;
    }

    /// <summary>How the two meet, inflection aside, and for how many points; null where they do not.</summary>
    public (Meeting Meeting, int Points)? Meet(Word other)
    {
        var place = other.Folded.IndexOf(Folded, StringComparison.Ordinal);
        if (place == 0 && other.Folded.Length == Folded.Length)
        {
            return Of(Meeting.Exact, other.Letters == Letters ? 0 : -Unmarked);
        }

        // Of a word with marks another reading may begin so: ä was typed where a is written.
        var asWritten = other.Letters.Contains(Letters, StringComparison.Ordinal);
        var share = 10 * Folded.Length / other.Folded.Length - (asWritten ? 0 : Unmarked);
        if (place == 0)
        {
            return Of(Meeting.Beginning, share);
        }

        if (place > 0 && Folded.Length >= (asWritten ? ShortestInside : ShortestInsideRoughly))
        {
            return Of(Meeting.Inside, share);
        }

        if (Array.Exists(_uninflected, each => other.Folded.Contains(each.Text, StringComparison.Ordinal)))
        {
            return Of(Meeting.Inside, -Unmarked);
        }

        var most = Spelling.Allowance(Folded.Length, other.Folded.Length);
        var distance = most == 0 ? 1 : Spelling.Distance(Folded, other.Folded, most);
        return distance <= most ? Of(Meeting.Misspelt, -8 * (distance - 1)) : null;

        static (Meeting, int) Of(Meeting meeting, int more) => (meeting, Points(meeting) + more);
    }
}
