using System.Text;
using Kera.Base.Ledger;

namespace Kera.Base.District.Reading;

/// <summary>The files of a district's folder, parsed, with every key that they declare.</summary>
internal sealed class DistrictFolder
{
    private const int LargestFile = 5_000_000;

    private static readonly (string File, string Section, Noun Noun)[] Sections =
    [
        ("agents.yaml", "agents", Noun.Agent),
        ("places.geojson", "features", Noun.Place),
        ("specifications.yaml", "resourceSpecifications", Noun.ResourceSpecification),
        ("specifications.yaml", "processSpecifications", Noun.ProcessSpecification),
        ("resources.yaml", "resources", Noun.Resource),
        ("processes.yaml", "processes", Noun.Process),
        ("flows.yaml", "flows", Noun.Flow),
        ("agreements.yaml", "agreements", Noun.Agreement),
        ("agreements.yaml", "commitments", Noun.Commitment),
        ("history.yaml", "events", Noun.HistoryEvent),
        ("timeline.yaml", "timeline", Noun.Date),
        ("pilots.yaml", "pilots", Noun.Pilot),
        ("roadmap.yaml", "sectors", Noun.Sector),
        ("roadmap.yaml", "drivers", Noun.Driver),
        ("roadmap.yaml", "activities", Noun.Activity),
        ("roadmap.yaml", "measures", Noun.Measure),
        ("roadmap.yaml", "published", Noun.Published),
        ("indicators.yaml", "indicators", Noun.Indicator),
        ("demo.yaml", "shapes", Noun.DemoShape),
        ("demo.yaml", "flows", Noun.DemoFlow),
        ("spaces.yaml", "features", Noun.Feature),
        ("spaces.yaml", "audiences", Noun.Audience),
        ("spaces.yaml", "hours", Noun.Hours),
        ("spaces.yaml", "rules", Noun.Rules),
        ("spaces.yaml", "prices", Noun.Prices),
        ("spaces.yaml", "equipment", Noun.Equipment),
        ("spaces.yaml", "spaces", Noun.Space),
        ("premises.yaml", "premises", Noun.Premises),
        ("spaces.yaml", "groupKinds", Noun.GroupKind),
        ("spaces.yaml", "rounds", Noun.Round),
        ("things.yaml", "categories", Noun.Category),
        ("things.yaml", "terms", Noun.Terms),
        ("things.yaml", "waivers", Noun.Waiver),
        ("things.yaml", "kinds", Noun.Kind),
        ("things.yaml", "items", Noun.Item),
        ("things.yaml", "kits", Noun.Kit),
        ("things.yaml", "sites", Noun.Site),
        ("district.yaml", "facts", Noun.Fact),
        ("district.yaml", "sources", Noun.Source),
    ];

    // What has no keys that other files name.
    private static readonly string[] PlainFiles = ["factors.csv", "carbon.yaml", "energy.yaml", "communities.yaml", "buildings.yaml", "invoicing.yaml"];

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<DistrictMistake> mistakes;
    private readonly Dictionary<string, FileNode> roots = new(StringComparer.Ordinal);

    public DistrictFolder(string directory, List<DistrictMistake> mistakes)
    {
        this.mistakes = mistakes;
        ReportStrangers(directory);
        foreach (var file in Files)
        {
            ReadFile(directory, file);
        }
    }

    /// <summary>The files that a district may have.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Sections.Select(section => section.File).Concat(PlainFiles).Distinct(StringComparer.Ordinal)];

    public DeclaredKeys Keys { get; } = new();

    public FileReport Report(string file) => new(file, mistakes);

    /// <summary>A file's fields; null where the file is not there or cannot be read, which is then reported.</summary>
    public Entry? Root(string file) => roots.TryGetValue(file, out var root) ? new Entry(root, "file", Report(file), Keys) : null;

    private void ReportStrangers(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory))
        {
            var name = Path.GetFileName(path);
            if (!Files.Contains(name) && name != "README.md" && !name.StartsWith('.'))
            {
                var remedy = Nearest.To(name, Files) is { } nearest ? $"did you mean {nearest}?" : $"a district has {Entry.OneOf([.. Files, "README.md"])}; move it away";
                Report(name).Add(null, null, "a district has no such file", remedy);
            }
        }
    }

    private void ReadFile(string directory, string file)
    {
        var report = Report(file);
        var path = Path.Combine(directory, file);
        if (!File.Exists(path))
        {
            if (file == "district.yaml")
            {
                report.Add(null, null, "the file is missing", "write it: it says what the district is");
                Keys.Unreadable(Noun.Source);
                Keys.Unreadable(Noun.Fact);
            }

            return;
        }

        var nouns = Sections.Where(section => section.File == file);
        if (Parse(path, file, report) is not { } root)
        {
            foreach (var (_, _, noun) in nouns)
            {
                Keys.Unreadable(noun);
            }

            return;
        }

        roots[file] = root;
        foreach (var (_, section, noun) in nouns)
        {
            DeclareSection(root.Field(section), noun, report);
        }
    }

    private static FileNode? Parse(string path, string file, FileReport report)
    {
        var length = new FileInfo(path).Length;
        if (length > LargestFile)
        {
            report.Add(null, null, $"the file has {length} bytes", $"keep it under {LargestFile}; readings are imported, not kept in a district's files");
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        string text;
        try
        {
            text = StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            var before = bytes.AsSpan(0, error.Index);
            report.Add(before.Count((byte)'\n') + 1, error.Index - before.LastIndexOf((byte)'\n'), "a byte here is no UTF-8", "save the file as UTF-8");
            return null;
        }

        return Path.GetExtension(file) switch
        {
            ".geojson" => JsonTree.Read(bytes, report),
            ".csv" => CsvTree.Read(text, Path.GetFileNameWithoutExtension(file), report),
            _ => YamlTree.Read(text, report),
        };
    }

    private void DeclareSection(FileNode? section, Noun noun, FileReport report)
    {
        if (noun == Noun.Source)
        {
            foreach (var source in section?.Fields ?? [])
            {
                Keys.Declare(noun, new FileNode(NodeKind.Scalar, source.Line, source.Column) { Text = source.Name }, report);
            }

            return;
        }

        foreach (var item in section?.Items ?? [])
        {
            var fields = noun == Noun.Place ? item.Field("properties") : item;
            if (fields?.Field(noun == Noun.DemoFlow ? "flow" : "key") is { Kind: NodeKind.Scalar, IsEmpty: false } key)
            {
                Keys.Declare(noun, key, report);
            }
        }
    }
}
