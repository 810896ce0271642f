using System.Runtime.InteropServices;
using Kera.Base.District;
using Kera.Base.Search;
using NodaTime;

namespace Kera.Features.Search;

/// <summary>An entry with its kind.</summary>
/// <param name="Kind">As its source calls it.</param>
/// <param name="Entry">The entry.</param>
public sealed record Findable(string Kind, SearchEntry Entry);

/// <summary>
/// Everything that can be found, by its words in all languages. Pure, and unchanging once built: safe for several threads. The same
/// entries give the same answers, in whatever order they came.
/// </summary>
public sealed class SearchIndex
{
    private const int WholeTitle = 30;

    // The newest first, then by name: of two that are found equally well, so they are shown.
    private readonly Findable[] _entries;
    // How many words each title has, language by language: of two that both have the word, the shorter is it.
    private readonly byte[] _titleWords;

    private readonly List<Word> _words = [];
    private readonly List<uint> _masks = [];
    // For each word the entries that have it, in order, each doubled and one more where it stands in a title.
    private readonly List<List<int>> _entriesOf = [];
    private readonly Dictionary<string, List<int>>[] _byStem = [.. Enumerable.Range(0, Stems.Languages).Select(_ => new Dictionary<string, List<int>>(StringComparer.Ordinal))];
    // Two words of a title written as one: keranasema is Keran asema.
    private readonly Dictionary<string, List<int>> _joined = new(StringComparer.Ordinal);

    private SearchIndex(Findable[] entries)
    {
        _entries = entries;
        _titleWords = new byte[entries.Length * Stems.Languages];
    }

    /// <summary>How many entries there are of each kind.</summary>
    public IReadOnlyDictionary<string, int> Kinds { get; private init; } = new Dictionary<string, int>();

    /// <summary>Builds an index.</summary>
    public static SearchIndex Build(IEnumerable<Findable> entries)
    {
        Findable[] sorted =
        [
            .. entries.OrderByDescending(each => each.Entry.Date?.First ?? LocalDate.MinIsoValue)
                .ThenBy(each => each.Entry.Title.Fi, StringComparer.Ordinal)
                .ThenBy(each => each.Entry.Path, StringComparer.Ordinal)
                .ThenBy(each => each.Kind, StringComparer.Ordinal)
                .ThenBy(each => each.Entry.Text.Fi, StringComparer.Ordinal),
        ];
        var index = new SearchIndex(sorted) { Kinds = sorted.CountBy(each => each.Kind).ToDictionary() };
        var builder = new Builder(index);
        for (var number = 0; number < sorted.Length; number++)
        {
            builder.Add(number, sorted[number].Entry);
        }

        return index;
    }

    /// <summary>Looks for what has every word of a query; where nothing has, for what has the most of them.</summary>
    /// <param name="query">What was typed, in any language.</param>
    /// <param name="language">The reader's: the place among Finnish, Swedish and English.</param>
    public SearchAnswer Find(string query, int language)
    {
        List<TypedWord> typed = [.. Words.Of(query).DistinctBy(word => word.Letters).Select(word => new TypedWord(word))];
        var met = typed.ConvertAll(Meet);
        var tally = new Tally(_entries.Length);
        foreach (var (words, joined) in met)
        {
            foreach (var (word, _, points) in words)
            {
                tally.Add(CollectionsMarshal.AsSpan(_entriesOf[word]), points);
            }

            tally.Add(CollectionsMarshal.AsSpan(joined), TypedWord.Points(Meeting.Inflected));
            tally.Close();
        }

        var hits = tally.Most(out var most);
        // The most points first, then in the order of the entries, as one number each: a district's worth of hits is sorted at once.
        long[] ranked = [.. hits.Select(number => ((long)-(tally.PointsOf(number) + Whole(number, most, tally, language)) << 32) + number)];
        Array.Sort(ranked);
        return new SearchAnswer(
            Array.ConvertAll(ranked, each => _entries[(int)(each & int.MaxValue)]),
            most == typed.Count,
            ranked.Length > 0 ? Correct(typed, met, (int)(ranked[0] & int.MaxValue)) : null,
            new MarkedWords(
                met.SelectMany(each => each.Words).Select(each => _words[each.Word].Letters).ToHashSet(StringComparer.Ordinal),
                typed.Where(word => _joined.ContainsKey(word.Folded)).Select(word => word.Folded).ToHashSet(StringComparer.Ordinal)));
    }

    // Every word is looked at: tens of thousands of masks take less time than any clever order of words takes space.
    private (List<(int Word, Meeting Meeting, int Points)> Words, List<int> Joined) Meet(TypedWord typed)
    {
        var inflected = new HashSet<int>();
        for (var language = 0; language < Stems.Languages; language++)
        {
            foreach (var stem in Stems.Of(typed.Folded, language))
            {
                inflected.UnionWith(_byStem[language].GetValueOrDefault(stem, []));
            }
        }

        var words = new List<(int, Meeting, int)>();
        var masks = CollectionsMarshal.AsSpan(_masks);
        for (var number = 0; number < masks.Length; number++)
        {
            var meeting = typed.IsFar(masks[number]) ? null : typed.Meet(_words[number]);
            if (meeting is not { Meeting: < Meeting.Inflected } && inflected.Contains(number))
            {
                meeting = (Meeting.Inflected, TypedWord.Points(Meeting.Inflected));
            }

            if (meeting is { } known)
            {
                words.Add((number, known.Meeting, known.Points));
            }
        }

        return (words, _joined.GetValueOrDefault(typed.Folded, []));
    }

    // A title of nothing but the words asked for is what was asked for.
    private int Whole(int number, int most, Tally tally, int language) =>
        tally.InTitle(number) == most && _titleWords[number * Stems.Languages + language] is var words and > 0 ? WholeTitle * Math.Min(most, words) / words : 0;

    /// <summary>The query as it was probably meant: each word that is met only by slips, as the first of what was found has it.</summary>
    private string? Correct(List<TypedWord> typed, List<(List<(int Word, Meeting Meeting, int Points)> Words, List<int> Joined)> met, int first)
    {
        var corrected = false;
        List<string> words = [];
        foreach (var (word, (found, joined)) in typed.Zip(met))
        {
            var meant = found.Count > 0 && joined.Count == 0 && found.TrueForAll(each => each.Meeting == Meeting.Misspelt)
                ? found.Where(each => Has(each.Word, first)).OrderByDescending(each => each.Points).ThenBy(each => _words[each.Word].Letters, StringComparer.Ordinal).Select(each => _words[each.Word].Letters).FirstOrDefault()
                : null;
            corrected |= meant is not null;
            words.Add(meant ?? word.Letters);
        }

        return corrected ? string.Join(' ', words) : null;
    }

    private bool Has(int word, int entry) => _entriesOf[word].Contains(2 * entry) || _entriesOf[word].Contains(2 * entry + 1);

    /// <summary>The points of every entry, word by word: of one typed word the best meeting counts.</summary>
    private sealed class Tally(int entries)
    {
        private readonly int[] _points = new int[entries];
        private readonly int[] _words = new int[entries];
        private readonly int[] _inTitle = new int[entries];
        // Doubled, and one more in a title, as in the lists: a meeting in a title is worth three in a text.
        private readonly int[] _best = new int[entries];
        private readonly List<int> _touched = [];

        public void Add(ReadOnlySpan<int> found, int points)
        {
            foreach (var each in found)
            {
                var (entry, inTitle) = (each >> 1, each & 1);
                var worth = 2 * (inTitle == 1 ? points : points / 3) + inTitle;
                if (_best[entry] == 0)
                {
                    _touched.Add(entry);
                }

                _best[entry] = Math.Max(_best[entry], worth);
            }
        }

        /// <summary>Ends a typed word.</summary>
        public void Close()
        {
            foreach (var entry in _touched)
            {
                _points[entry] += _best[entry] >> 1;
                _inTitle[entry] += _best[entry] & 1;
                _words[entry]++;
                _best[entry] = 0;
            }

            _touched.Clear();
        }

        /// <summary>Those that have the most of the typed words.</summary>
        public List<int> Most(out int most)
        {
            most = _words.Length == 0 ? 0 : _words.Max();
            var (hits, wanted) = (new List<int>(), most);
            for (var entry = 0; wanted > 0 && entry < _words.Length; entry++)
            {
                if (_words[entry] == wanted)
                {
                    hits.Add(entry);
                }
            }

            return hits;
        }

        public int PointsOf(int entry) => _points[entry];

        public int InTitle(int entry) => _inTitle[entry];
    }

    private sealed class Builder(SearchIndex index)
    {
        private readonly Dictionary<(string, int), int> _numbers = [];

        public void Add(int entry, SearchEntry about)
        {
            for (var language = 0; language < Stems.Languages; language++)
            {
                var title = Words.Of(In(about.Title, language));
                index._titleWords[entry * Stems.Languages + language] = (byte)Math.Min(title.Count, byte.MaxValue);
                foreach (var word in title)
                {
                    Put(word, language, 2 * entry + 1);
                }

                for (var at = 1; at < title.Count; at++)
                {
                    Put(index._joined, title[at - 1].Folded + title[at].Folded, 2 * entry + 1);
                }

                foreach (var word in Words.Of(In(about.Text, language)))
                {
                    Put(word, language, 2 * entry);
                }
            }
        }

        private static string In(LocalizedText text, int language) => language switch { 0 => text.Fi, 1 => text.Sv, _ => text.En };

        // A word is kept once for each language that it stands in, because it is inflected otherwise in each.
        private void Put(Word word, int language, int entry)
        {
            if (!_numbers.TryGetValue((word.Letters, language), out var number))
            {
                number = index._words.Count;
                _numbers.Add((word.Letters, language), number);
                // Where it stood in its text is not for keeping.
                index._words.Add(word with { Start = 0, End = 0 });
                index._masks.Add(Spelling.Mask(word.Folded));
                index._entriesOf.Add([]);
                foreach (var stem in Stems.Of(word.Folded, language))
                {
                    Put(index._byStem[language], stem, number);
                }
            }

            // What stands in a title and in the text is found by the title.
            var list = index._entriesOf[number];
            if (list.Count == 0 || list[^1] >> 1 != entry >> 1)
            {
                list.Add(entry);
            }
        }

        private static void Put(Dictionary<string, List<int>> lists, string key, int value)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _);
            list ??= [];
            if (list.Count == 0 || list[^1] != value)
            {
                list.Add(value);
            }
        }
    }
}
