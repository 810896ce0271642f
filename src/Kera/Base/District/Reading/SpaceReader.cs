using Kera.Base.Accounts;
using Kera.Flows;
using Kera.Sharing;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.District.Reading;

/// <summary>Reads spaces.yaml.</summary>
internal sealed class SpaceReader(
    IReadOnlyDictionary<string, DistrictPlace> places,
    IReadOnlyDictionary<string, DistrictResource> resources,
    IReadOnlyDictionary<string, DistrictProcess> processes,
    DateTimeZone zone)
{
    private const int MostPeople = 100_000;

    private static readonly string[] Roles = [.. Enum.GetValues<Role>().Select(RoleGrant.WordOf)];

    private readonly RuleReader _rules = new(zone);

    /// <summary>Opening hours by key, whether or not a space has them.</summary>
    public IReadOnlyDictionary<string, OpeningHours> Hours { get; private set; } = new Dictionary<string, OpeningHours>();

    /// <summary>Booking rules by key, whether or not a space has them.</summary>
    public IReadOnlyDictionary<string, BookingRules> Rules { get; private set; } = new Dictionary<string, BookingRules>();

    /// <summary>Prices by key, whether or not something has them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Pricing>> Prices { get; private set; } = new Dictionary<string, IReadOnlyList<Pricing>>();

    public DistrictSpaces Spaces(Entry root)
    {
        var features = Table(root, "features", "feature", (entry, _) => entry.Name());
        var audiences = Table(root, "audiences", "audience", (entry, key) => new DistrictAudience(key, entry.Name(), RolesOf(entry)));
        Hours = Table(root, "hours", "set of hours", (entry, _) => HoursReader.Hours(entry));
        Rules = Table(root, "rules", "set of rules", (entry, _) => _rules.Rules(entry, new BookingRules()));
        Prices = Table(root, "prices", "set of prices", (entry, _) => RuleReader.Prices(entry));
        var equipment = Table(root, "equipment", "equipment", (entry, key) =>
            (Thing: new DistrictEquipment(key, entry.Name(), PricesOf(entry)), Pieces: entry.RequiredWhole("pieces", 1, MostPeople)));
        var spaces = Table(root, "spaces", "space", Space);
        var kinds = Table(root, "groupKinds", "kind of group", (entry, _) => entry.Name());
        var rounds = Table(root, "rounds", "round", new RoundReader(zone, spaces.ToDictionary(space => space.Key, space => space.Value.Told)).Round);
        root.Done();
        var cut = Cut(root, spaces);
        RoundReader.KeepFree(spaces, rounds.Values);
        var tree = new SpaceTree(zone, [.. spaces.Values.Select(space => space.Kernel)], [.. equipment.Select(thing => new Equipment(thing.Key, thing.Value.Pieces))]);
        // What was cut off is told already.
        foreach (var (key, space) in spaces.Where(space => space.Value.Told.Bookable && !tree.Ancestors(space.Key).Append(space.Value.Kernel).Any(above => cut.Contains(above.Key))))
        {
            if (ReferenceEquals(tree.HoursOf(key), OpeningHours.Never) && NodeOf(root, key) is { } closed)
            {
                root.Report.Add(closed.Field("key")!, $"the space '{key}' has no hours, and nothing above it has", "name its hours, or write bookable: false where only its parts are booked");
            }

            if (tree.Ancestors(key).Append(space.Kernel).All(above => above.FirstDay is null) && NodeOf(root, key) is { } undated)
            {
                root.Report.Add(undated.Field("key")!, $"nobody says from which day on the space '{key}' is there", "write firstDay, here or of what it is a part of: in the ledger it begins then");
            }
        }

        return new DistrictSpaces(
            tree,
            new OrderedDictionary<string, DistrictSpace>(spaces.Select(space => KeyValuePair.Create(space.Key, space.Value.Told))),
            new OrderedDictionary<string, DistrictEquipment>(equipment.Select(thing => KeyValuePair.Create(thing.Key, thing.Value.Thing))),
            features,
            audiences)
        {
            GroupKinds = kinds,
            Rounds = rounds,
        };
    }

    /// <summary>The entries of a list that are known by their keys.</summary>
    internal static OrderedDictionary<string, T> Table<T>(Entry root, string section, string subject, Func<Entry, string, T> read)
    {
        return new(ModelReader.Section(root, section, subject, Row, row => row.Key).Values);

        KeyValuePair<string, T> Row(Entry entry)
        {
            var key = entry.Key();
            return KeyValuePair.Create(key, read(entry, key));
        }
    }

    // A tree cannot be laid of what is above itself, or is a part of what is not there: that is cut off, and reported.
    private static HashSet<string> Cut(Entry root, OrderedDictionary<string, (DistrictSpace Told, Space Kernel)> spaces)
    {
        var cut = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, space) in spaces.ToList())
        {
            var above = space.Kernel.Parent;
            for (var steps = 0; above is not null && above != key && steps < spaces.Count; steps++)
            {
                above = spaces.TryGetValue(above, out var next) ? next.Kernel.Parent : null;
            }

            if (above == key && NodeOf(root, key)?.Field("parent") is { } node)
            {
                root.Report.Add(node, $"the space '{key}' is a part of itself", "name the larger space that it is a part of, or remove parent");
            }

            if (above == key || (space.Kernel.Parent is { } parent && !spaces.ContainsKey(parent)))
            {
                cut.Add(key);
                spaces[key] = space with { Kernel = space.Kernel with { Parent = null } };
            }
        }

        return cut;
    }

    private static FileNode? NodeOf(Entry root, string key) => root.Node.Field("spaces")!.Items.FirstOrDefault(item => item.Field("key")?.Text == key);

    private static List<string> RolesOf(Entry entry)
    {
        entry.Required("roles", $"list the roles of those who belong to it: {Entry.OneOf(Roles)}");
        var words = entry.Words("roles");
        foreach (var word in words.Where(word => !Roles.Contains(word.Text)))
        {
            entry.Report.Add(word, $"unknown role '{word.Text}'", $"use {Entry.OneOf(Roles)}");
        }

        return [.. words.Select(word => word.Text)];
    }

    private (DistrictSpace Told, Space Kernel) Space(Entry entry, string key)
    {
        var (illustrative, sources) = EnergyReader.Provenance(entry);
        var told = new DistrictSpace
        {
            Key = key,
            Name = entry.Name(),
            About = entry.OptionalLocalized("about"),
            Accessibility = entry.OptionalLocalized("accessibility"),
            StepFree = entry.Optional("stepFree") is null ? null : entry.Flag("stepFree"),
            Place = entry.Reference("place", Noun.Place),
            Keeper = entry.Reference("keeper", Noun.Agent),
            Resource = entry.Reference("resource", Noun.Resource),
            Process = entry.Reference("process", Noun.Process),
            Bookable = entry.Flag("bookable", missing: true),
            Area = EnergyReader.OptionalShare(entry, "area"),
            Features = entry.OptionalReferences("features", Noun.Feature),
            Equipment = entry.OptionalReferences("equipment", Noun.Equipment),
            Prices = PricesOf(entry),
            Refunds = RuleReader.Refunds(entry),
            Access = RuleReader.Access(entry),
            Illustrative = illustrative,
            Sources = sources,
        };
        var end = EndOfUse(told.Place);
        var kernel = new Space(told.Key, Kind(entry), RulesOf(entry, told.Bookable))
        {
            Parent = entry.OptionalReference("parent", Noun.Space),
            Hours = entry.OptionalReference("hours", Noun.Hours) is { } hours ? Hours.GetValueOrDefault(hours, OpeningHours.Always) : null,
            Capacity = entry.OptionalWhole("capacity", 1, MostPeople),
            FirstDay = entry.OptionalDay("firstDay"),
            LastDay = entry.OptionalDay("lastDay") ?? end,
            Permits = RuleReader.Permits(entry),
        };
        Check(entry, told, kernel, end);
        return (told, kernel);
    }

    private static string Kind(Entry entry)
    {
        const string remedy = "write what it is, as limits over several spaces name it: padel-court";
        var node = entry.RequiredScalar("kind", remedy);
        if (node is not null && !EntryKey.IsValid(node.Text))
        {
            entry.Report.Add(node, $"'{node.Text}' is no kind of space", EntryKey.Rule);
        }

        return node?.Text ?? "";
    }

    private BookingRules RulesOf(Entry entry, bool bookable)
    {
        var named = entry.OptionalReference("rules", Noun.Rules);
        if (named is null && bookable)
        {
            entry.Required("rules", "name the rules by which it is booked, or write bookable: false where only its parts are");
        }

        var rules = named is null ? new BookingRules() : Rules.GetValueOrDefault(named) ?? new BookingRules();
        if (entry.Child("overrides", "space's overrides") is not { } overrides)
        {
            return rules;
        }

        rules = _rules.Rules(overrides, rules);
        overrides.Done();
        return rules;
    }

    private IReadOnlyList<Pricing> PricesOf(Entry entry) =>
        entry.OptionalReference("prices", Noun.Prices) is { } named ? Prices.GetValueOrDefault(named, []) : [];

    // A place that is only in temporary use, each of whose times has an end, is no more after the last of them.
    private LocalDate? EndOfUse(string place) =>
        places.GetValueOrDefault(place)?.Phases is { Count: > 0 } phases && phases.All(phase => phase is { Phase: DistrictPhase.Temporary, To: not null })
            ? phases.Max(phase => phase.To!.Last)
            : null;

    private void Check(Entry entry, DistrictSpace space, Space kernel, LocalDate? end)
    {
        if (space.Area == 0)
        {
            entry.Report.Add(entry.Node.Field("area")!, "the space has an area of nothing", "write its floor area in square metres, or leave it out");
        }

        if (end is not null && kernel.LastDay > end)
        {
            entry.Report.Add(entry.Node.Field("lastDay")!, $"the temporary use of '{space.Place}' ends before that, on {LocalDatePattern.Iso.Format(end.Value)}", "write that day or an earlier one, or remove lastDay");
        }

        if (resources.GetValueOrDefault(space.Resource) is { Kind: not ResourceKind.Identified })
        {
            entry.Report.Add(entry.Node.Field("resource")!, $"'{space.Resource}' is not one thing", "name a resource of kind identified");
        }

        if (processes.TryGetValue(space.Process, out var process) && process.Place is { } at && places.ContainsKey(at) && places.ContainsKey(space.Place) && !Wholes(space.Place).Contains(at))
        {
            entry.Report.Add(entry.Node.Field("process")!, $"the process '{space.Process}' is at '{at}'", $"name one at '{space.Place}' or at what that is a part of");
        }
    }

    private List<string> Wholes(string place)
    {
        List<string> wholes = [];
        for (var at = place; at is not null && !wholes.Contains(at); at = places.GetValueOrDefault(at)?.PartOf)
        {
            wholes.Add(at);
        }

        return wholes;
    }
}
