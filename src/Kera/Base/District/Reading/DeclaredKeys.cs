namespace Kera.Base.District.Reading;

internal enum Noun
{
    Source,
    Agent,
    Place,
    ResourceSpecification,
    ProcessSpecification,
    Resource,
    Process,
    Flow,
    Agreement,
    Commitment,
    HistoryEvent,
    Date,
    Pilot,
    Fact,
    Sector,
    Driver,
    Activity,
    Measure,
    Published,
    Indicator,
    DemoShape,
    DemoFlow,
    Feature,
    Audience,
    Hours,
    Rules,
    Prices,
    Equipment,
    Space,
    Premises,
    GroupKind,
    Round,
    Category,
    Terms,
    Waiver,
    Kind,
    Item,
    Kit,
    Site,
}

internal static class NounNames
{
    /// <summary>What a noun is called in a sentence.</summary>
    public static string InWords(this Noun noun) => noun switch
    {
        Noun.ResourceSpecification => "resource specification",
        Noun.ProcessSpecification => "process specification",
        Noun.HistoryEvent => "event",
        Noun.Published => "published result",
        Noun.DemoShape => "shape",
        Noun.DemoFlow => "flow of the demonstration",
        Noun.Hours => "set of hours",
        Noun.Rules => "set of rules",
        Noun.Prices => "set of prices",
        Noun.GroupKind => "kind of group",
        Noun.Terms => "set of terms",
        _ => noun.ToString().ToLowerInvariant(),
    };
}

/// <summary>Every key that the files declare, known before anything refers to one.</summary>
internal sealed class DeclaredKeys
{
    private readonly Dictionary<Noun, Dictionary<string, (string File, int Line)>> lines = [];
    private readonly HashSet<Noun> unreadable = [];

    /// <summary>Declares a key; a second one of the same noun is a mistake.</summary>
    public void Declare(Noun noun, FileNode key, FileReport report)
    {
        var ofNoun = OfNoun(noun);
        if (!ofNoun.TryAdd(key.Text, (report.File, key.Line)))
        {
            var (_, line) = ofNoun[key.Text];
            report.Add(key, $"the {noun.InWords()} '{key.Text}' is here twice (first in line {line})", "give one of them another key, or remove it");
        }
    }

    /// <summary>Says that the noun's file could not be read, so that what refers to its keys cannot be judged.</summary>
    public void Unreadable(Noun noun) => unreadable.Add(noun);

    public bool Has(Noun noun, string key) => unreadable.Contains(noun) || OfNoun(noun).ContainsKey(key);

    public IReadOnlyCollection<string> Of(Noun noun) => OfNoun(noun).Keys;

    private Dictionary<string, (string File, int Line)> OfNoun(Noun noun)
    {
        if (!lines.TryGetValue(noun, out var ofNoun))
        {
            lines[noun] = ofNoun = new(StringComparer.Ordinal);
        }

        return ofNoun;
    }
}
