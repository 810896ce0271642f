using System.Diagnostics;
using Kera.Base.Search;
using Kera.Features.Search;

namespace Kera.Bench.Scenarios;

/// <summary>The search over a district of a city's size: 10,000 entries in three languages, made of parts of words.</summary>
internal static class SearchScenario
{
    private const int Entries = 10_000;
    private const int Queries = 2_000;
    private const int WarmUp = 200;

    private static readonly string[] Beginnings = ["Keran", "Kutojan", "Karamalmin", "Nihtisillan", "Kilon", "Leppävaaran", "Mankkaan", "Otaniemen", "Tapiolan", "Niittykummun", "Olarin", "Suurpellon", "Westendin", "Bembölen", "Glimsin", "Jupperin"];
    private static readonly string[] Middles = ["kallio", "niitty", "ranta", "metsä", "pelto", "mäki", "laakso", "silta", "kivi", "lähde", "savi", "hiekka", "tuuli", "koivu", "kuusi", "haapa", "leppä", "pihlaja", "kaarna", "tammi"];
    private static readonly string[] Ends = ["puisto", "katu", "tie", "aukio", "halli", "koulu", "talo", "kortteli", "asema", "polku", "piha", "torni", "verstas", "kampus", "kenttä", "kirjasto"];
    private static readonly string[] Letters = ["a", "e", "i", "o", "u", "k", "l", "m", "n", "r", "s", "t", "v"];

    public static Report Run(Scenario scenario)
    {
        var report = new Report();
        var random = new Random(1);
        var entries = Enumerable.Range(0, Entries).Select(number => Entry(number, random)).ToList();
        SearchIndex.Build(entries);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var index = SearchIndex.Build(entries);
        report.AtMost("building the index", watch.Elapsed.TotalMilliseconds, 1_000, "ms");
        report.AtMost("memory of the index, beyond the entries", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / 1024, 64, "MiB");

        Measure("a word of a title", () => Word(entries, random));
        Measure("a word with a slip", () => Slip(Word(entries, random), random));
        Measure("three words of an entry, one with a slip", () => Words.Of(entries[random.Next(Entries)].Entry.Text.Fi) is var text ? $"{text[0].Letters} {text[1].Letters} {Slip(text[2].Letters, random)}" : "");
        Measure("the beginning of a word, two letters", () => Word(entries, random)[..2]);
        Measure("200 characters, seventeen words", () => string.Join(' ', Enumerable.Range(0, 30).Select(_ => Word(entries, random)))[..200], goal: null);
        report.Note($"{Entries:N0} entries, titles of two words and texts of twelve in each of three languages, {entries.SelectMany(each => Words.Of($"{each.Entry.Title.Fi} {each.Entry.Text.Fi} {each.Entry.Title.Sv} {each.Entry.Text.Sv} {each.Entry.Title.En} {each.Entry.Text.En}")).Select(word => word.Letters).Distinct().Count():N0} words; {Queries:N0} queries of each kind after a warm-up, one thread.");
        GC.KeepAlive(index);
        return report;

        void Measure(string what, Func<string> query, double? goal = 20)
        {
            var durations = new Durations();
            for (var round = 0; round < WarmUp + Queries; round++)
            {
                var text = query();
                watch.Restart();
                index.Find(text, round % 3);
                if (round >= WarmUp)
                {
                    durations.Add(watch.Elapsed);
                }
            }

            if (goal is { } most)
            {
                report.AtMost($"{what}, 95th percentile", durations.Percentile(95), most, "ms");
            }
            else
            {
                report.Add($"{what}, 95th percentile", $"{Report.Number(durations.Percentile(95))} ms");
            }
        }
    }

    private static Findable Entry(int number, Random random) => new(
        "place",
        new SearchEntry(
            new(Title(random), Title(random), Title(random)),
            new(Text(random), Text(random), Text(random)),
            $"/places/{number}"));

    private static string Title(Random random) => $"{Of(Beginnings, random)} {Invented(random)}{Of(Ends, random)}";

    private static string Text(Random random) => string.Join(' ', Enumerable.Range(0, 12).Select(_ => Of(Middles, random) + (random.Next(3) == 0 ? Of(Ends, random) + "ssa" : "")));

    // Names that few have, as most places have.
    private static string Invented(Random random) => Of(Middles, random) + (random.Next(2) == 0 ? string.Concat(Enumerable.Range(0, 4).Select(_ => Of(Letters, random))) : "");

    private static string Of(string[] words, Random random) => words[random.Next(words.Length)];

    private static string Word(List<Findable> entries, Random random) => Words.Of(entries[random.Next(Entries)].Entry.Title.Fi)[1].Letters;

    private static string Slip(string word, Random random)
    {
        var at = random.Next(word.Length - 1);
        return word[..at] + word[at + 1] + word[at] + word[(at + 2)..];
    }
}
