using CsCheck;
using Kera.Base.District;
using Kera.Base.Search;
using Kera.Features.Search;

namespace Kera.Tests.Features.Search;

/// <summary>What is found, in which order, and what is said of it.</summary>
public sealed class SearchIndexTests
{
    private const int Finnish = 0;
    private const int Swedish = 1;
    private const int English = 2;

    private static readonly Findable[] District =
    [
        Entry("station", ("Keran asema", "Kera station", "Kera station"), ("Asema", "Station", "Station")),
        Entry("opened", ("Keran asema avataan", "Kera station öppnas", "Kera station opens"), date: "1946"),
        Entry("park", ("Kutojanpuisto", "Vävarparken", "Weaver's Park"), ("Puisto", "Park", "Park")),
        Entry("halls", ("Keran Hallit", "Keran Hallit", "Keran Hallit"), ("Rakennus", "Byggnad", "Building")),
        Entry("hill", ("Karamäki", "Karabacken", "Kara Hill")),
        Entry("hulls", ("Makila", "Makila", "Makila")),
        Entry("engineers", ("A-Insinöörit", "A-Insinöörit", "A-Insinöörit"), ("Suunnittelee siltoja", "Planerar broar", "Designs bridges")),
        Entry("heat", ("Kaukolämpö", "Fjärrvärme", "District heating")),
        Entry("commitment", ("Kehittämissitoumus", "Utvecklingsförbindelse", "Development commitment"), ("Puisto ja asema valmistuvat", "Parken och stationen blir klara", "Park and station are finished")),
        Entry("part", ("Uusi kaupungin\u00ADosa", "En ny stadsdel", "A new district")),
    ];

    [Theory]
    [InlineData("keran asema", "station")]
    [InlineData("KERAN ASEMALLA", "station")]
    [InlineData("keranasema", "station")]
    [InlineData("stationen", "station")]
    [InlineData("stations", "station")]
    [InlineData("puisto", "park")]
    [InlineData("puistossa", "park")]
    [InlineData("kutojan puisto", "park")]
    [InlineData("weavers", "park")]
    [InlineData("kutoj", "park")]
    [InlineData("hallissa", "halls")]
    [InlineData("ainsinoorit", "engineers")]
    [InlineData("a-insinööri", "engineers")]
    [InlineData("silta", "engineers")]
    [InlineData("kaukolammon", "heat")]
    [InlineData("FJARRVARME", "heat")]
    [InlineData("kaupunginosassa", "part")]
    [InlineData("kaupungin\u00ADosa", "part")]
    [InlineData("kehitämissitoumus", "commitment")]
    public void The_first_is_what_was_meant(string query, string expected) => Assert.Equal(expected, Paths(query)[0]);

    [Theory]
    [InlineData("kutojanpusito", "park", "kutojanpuisto")]
    [InlineData("vävarpraken", "park", "vävarparken")]
    [InlineData("keran aesma", "station", "keran asema")]
    [InlineData("fjärvärme", "heat", "fjärrvärme")]
    [InlineData("comitmment", "commitment", "commitment")]
    public void A_slip_is_forgiven_and_told(string query, string expected, string correction)
    {
        var answer = SearchIndex.Build(District).Find(query, Finnish);

        Assert.Equal(expected, answer.Found[0].Entry.Path);
        Assert.Equal(correction, answer.Correction);
    }

    [Theory]
    [InlineData("keran asema")]
    [InlineData("hallissa")]
    [InlineData("puisto")]
    [InlineData("keranasema")]
    [InlineData("xyzzy")]
    public void Nothing_is_corrected_that_is_known_or_unknown_altogether(string query) =>
        Assert.Null(SearchIndex.Build(District).Find(query, Finnish).Correction);

    [Theory]
    [InlineData("ase")]
    [InlineData("hal")]
    public void Three_letters_are_taken_at_their_word(string query) =>
        Assert.All(Paths(query), path => Assert.Contains(path, new[] { "station", "opened", "halls", "commitment" }));

    [Fact]
    public void Written_so_comes_before_begun_so_before_inflected_before_inside_before_slips()
    {
        var index = SearchIndex.Build([Entry("slip", Same("Kaatu")), Entry("inside", Same("Pääkatu")), Entry("inflected", Same("Kadun")), Entry("begun", Same("Katusali")), Entry("exact", Same("Katu"))]);

        Assert.Equal(["exact", "begun", "inflected", "inside", "slip"], index.Find("katu", Finnish).Found.Select(found => found.Entry.Path));
    }

    [Fact]
    public void A_title_comes_before_a_text_and_the_whole_title_before_a_part()
    {
        var index = SearchIndex.Build([Entry("text", Same("Talo"), Same("Puisto")), Entry("part", Same("Puisto ja talo")), Entry("whole", Same("Puisto"))]);

        Assert.Equal(["whole", "part", "text"], index.Find("puisto", Finnish).Found.Select(found => found.Entry.Path));
    }

    [Theory]
    [InlineData("mäki", "with", "without")]
    [InlineData("maki", "without", "with")]
    public void Marks_tell_apart_but_do_not_part(string query, string first, string second)
    {
        var index = SearchIndex.Build([Entry("with", Same("Mäki")), Entry("without", Same("Maki"))]);

        Assert.Equal([first, second], index.Find(query, Finnish).Found.Select(found => found.Entry.Path));
    }

    [Fact]
    public void Of_two_alike_the_newer_comes_first()
    {
        var index = SearchIndex.Build([Entry("old", Same("Puisto avataan"), date: "1999"), Entry("new", Same("Puisto avataan"), date: "2020-05"), Entry("never", Same("Puisto avataan"))]);

        Assert.Equal(["new", "old", "never"], index.Find("puisto", Finnish).Found.Select(found => found.Entry.Path));
    }

    [Fact]
    public void Every_word_must_be_there_and_where_nothing_has_all_the_most()
    {
        Assert.Equal((true, "opened"), First("asema avataan"));
        Assert.Equal((false, "opened"), First("asema avataan xyzzy"));
        Assert.Equal((false, null), First("xyzzy plugh"));

        static (bool, string?) First(string query) => SearchIndex.Build(District).Find(query, Finnish) is var answer && answer.Found is [var first, ..] ? (answer.AllWords, first.Entry.Path) : (answer.AllWords, null);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u00AD ")]
    [InlineData("…!?")]
    public void Without_a_word_nothing_is_found(string query) => Assert.Empty(Paths(query));

    [Theory]
    [InlineData("hallissa", Finnish, "Keran [Hallit]")]
    [InlineData("keranasema", Finnish, "[Keran] [asema]")]
    [InlineData("vävarparken", Swedish, "[Vävarparken]")]
    [InlineData("weaver", English, "[Weaver's] Park")]
    [InlineData("kaupunginosa", Finnish, "Uusi [kaupungin\u00ADosa]")]
    public void What_was_met_is_marked_as_it_is_written(string query, int language, string expected)
    {
        var answer = SearchIndex.Build(District).Find(query, language);
        var title = answer.Found[0].Entry.Title.In(language == Finnish ? "fi" : language == Swedish ? "sv" : "en");

        Assert.Equal(expected, Written(answer.Marks.In(title)));
    }

    [Fact]
    public void A_line_of_a_long_text_has_the_first_marked_word_in_it()
    {
        var text = string.Concat(Enumerable.Repeat("sana ", 100)) + "asema " + string.Concat(Enumerable.Repeat("sana ", 100)).Trim();
        var line = Written(SearchIndex.Build([Entry("long", Same("Pitkä"), Same(text))]).Find("asema", Finnish).Marks.LineOf(text));

        Assert.StartsWith("… sana", line, StringComparison.Ordinal);
        Assert.EndsWith("sana …", line, StringComparison.Ordinal);
        Assert.Contains("sana [asema] sana", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 100, 200);
    }

    // Which of those that are called the same comes first is for no order of files to say.
    private static readonly Findable[] Twins = [.. District, .. Enumerable.Range(1, 4).Select(number => Entry($"twin-{number}", Same("Keran puisto")))];

    private static readonly string[] Queries = ["keran", "puisto", "a", "park", "station opens", "kutojanpusto", "k s"];

    private static readonly Gen<string> Title = Gen.String[Gen.Char["abdeghijklmnoprstuvyäöå"], 5, 14];

    [Fact]
    public void A_slip_in_a_word_of_a_title_never_hides_its_entry() =>
        Gen.Select(Title.Array[1, 30], Gen.Int[0, int.MaxValue], Gen.Char["abcdefghijklmnopqrstuvwxyz"].Array[2], Gen.Int[0, 3].Array[2], Gen.Int[0, int.MaxValue].Array[2]).Sample((titles, chosen, letters, kinds, places) =>
        {
            var meant = titles[chosen % titles.Length];
            var index = SearchIndex.Build(titles.Distinct().Select(title => Entry(title, Same(title + " jotakin"))));
            // Two slips touch two halves, so that none undoes or mixes with the other.
            var typed = meant.Length < 8 ? Slip(meant, kinds[0], places[0], letters[0])
                : Slip(meant[..(meant.Length / 2)], kinds[0], places[0], letters[0]) + Slip(meant[(meant.Length / 2)..], kinds[1], places[1], letters[1]);

            return index.Find(typed, Finnish).Found.Any(found => found.Entry.Path == meant);
        });

    [Fact]
    public void The_order_of_entries_does_not_matter() =>
        Gen.Select(Gen.Shuffle(Twins), Gen.Shuffle(Twins), Gen.OneOf(Array.ConvertAll(Queries, Gen.Const)), Gen.Int[0, 2]).Sample((one, other, query, language) =>
        {
            var (first, second) = (SearchIndex.Build(one).Find(query, language), SearchIndex.Build(other).Find(query, language));
            return first.Found.SequenceEqual(second.Found) && first.Correction == second.Correction && first.AllWords == second.AllWords;
        });

    [Fact]
    public void Any_characters_can_be_indexed_looked_for_and_marked() =>
        Gen.Select(Gen.String, Gen.String, Gen.Int[0, 2]).Sample((text, query, language) =>
        {
            var answer = SearchIndex.Build([Entry("it", Same(text), Same(query + text)), .. District]).Find(query + " " + text, language);
            return string.Concat(answer.Marks.In(text).Select(piece => piece.Text)) == text && answer.Marks.LineOf(text + query).Count >= 0;
        });

    private static string Slip(string word, int kind, int place, char letter)
    {
        var at = place % word.Length;
        return kind switch
        {
            0 => word.Insert(at, letter.ToString()),
            1 => word.Remove(at, 1),
            2 => word[..at] + letter + word[(at + 1)..],
            _ => at + 1 < word.Length ? word[..at] + word[at + 1] + word[at] + word[(at + 2)..] : word,
        };
    }

    private static List<string> Paths(string query) => [.. SearchIndex.Build(District).Find(query, Finnish).Found.Select(found => found.Entry.Path)];

    private static string Written(IEnumerable<(string Text, bool Marked)> pieces) => string.Concat(pieces.Select(piece => piece.Marked ? $"[{piece.Text}]" : piece.Text));

    private static (string, string, string) Same(string text) => (text, text, text);

    private static Findable Entry(string path, (string Fi, string Sv, string En) title, (string Fi, string Sv, string En) text = default, string? date = null) => new(
        "place",
        new SearchEntry(new(title.Fi, title.Sv, title.En), new(text.Fi ?? "", text.Sv ?? "", text.En ?? ""), path, date is null ? null : DistrictDate.TryParse(date)));
}
