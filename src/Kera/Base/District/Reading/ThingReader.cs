using Kera.Base.Accounts;
using Kera.Flows;
using Kera.Sharing;

namespace Kera.Base.District.Reading;

/// <summary>Reads things.yaml.</summary>
internal sealed class ThingReader(IReadOnlyDictionary<string, DistrictResource> resources)
{
    private const int MostDays = 3_660;
    private const int MostLoans = 10_000;
    private const int MostPercent = 100;

    private static readonly string[] s_roles = [.. Enum.GetValues<Role>().Select(RoleGrant.WordOf)];

    public DistrictThings Things(Entry root)
    {
        var categories = SpaceReader.Table(root, "categories", "category", (entry, _) => entry.Name());
        var terms = SpaceReader.Table(root, "terms", "set of terms", (entry, _) => Terms(entry));
        var waivers = SpaceReader.Table(root, "waivers", "waiver", (entry, _) => new ThingWaiver(entry.Name(), entry.Localized("text")));
        var kinds = SpaceReader.Table(root, "kinds", "kind", (entry, key) => Kind(entry, key, terms));
        var items = SpaceReader.Table(root, "items", "item", Item);
        var kits = SpaceReader.Table(root, "kits", "kit", Kit);
        var sites = SpaceReader.Table(root, "sites", "site", Site);
        root.Done();
        foreach (var (item, first) in items.Values.GroupBy(item => item.Resource).SelectMany(same => same.Skip(1).Select(item => (item, same.First()))))
        {
            root.Report.Add(NodeOf(root, item.Key).Field("resource")!, $"the resource '{item.Resource}' is the item '{first.Key}' already", "name a resource of its own");
        }

        foreach (var (key, kind) in kinds.ToList())
        {
            var specifications = items.Values.Where(item => item.Kind == key).Select(item => resources.GetValueOrDefault(item.Resource)?.Specification).OfType<string>().Distinct().ToList();
            if (specifications.Count > 1)
            {
                root.Report.Add(root.Node.Field("kinds")!, $"the items of '{key}' are of several specifications: {string.Join(", ", specifications)}", "let the resources of all items of a kind be of one specification");
            }

            kinds[key] = kind with { Specification = specifications.FirstOrDefault("") };
        }

        return new DistrictThings(categories, terms, waivers, kinds, items, kits, sites);
    }

    private static FileNode NodeOf(Entry root, string item) => root.Node.Field("items")!.Items.First(node => node.Field("key")?.Text == item);

    private static LendingTerms Terms(Entry entry)
    {
        var roles = entry.Words("roles");
        foreach (var word in roles.Where(word => !s_roles.Contains(word.Text)))
        {
            entry.Report.Add(word, $"unknown role '{word.Text}'", $"use {Entry.OneOf(s_roles)}");
        }

        var terms = new LendingTerms
        {
            MostDays = entry.RequiredWhole("mostDays", 1, MostDays),
            HorizonDays = entry.RequiredWhole("horizonDays", 1, MostDays),
            MostAtOnce = entry.RequiredWhole("mostAtOnce", 1, MostLoans),
            BufferDays = entry.OptionalWhole("bufferDays", 0, MostDays) ?? 0,
            Extensions = entry.OptionalWhole("extensions", 0, MostLoans) ?? 0,
            Roles = [.. roles.Select(word => word.Text)],
            ForSites = entry.Flag("forSites"),
        };
        if (terms.ForSites && roles is [var first, ..])
        {
            entry.Report.Add(first, "what is for sites is ordered by whoever acts for their companies", "remove roles, or forSites");
        }

        return terms;
    }

    private static ThingKind Kind(Entry entry, string key, IReadOnlyDictionary<string, LendingTerms> terms)
    {
        var (illustrative, sources) = EnergyReader.Provenance(entry);
        return new ThingKind
        {
            Key = key,
            Name = entry.Name(),
            About = entry.OptionalLocalized("about"),
            Category = entry.Reference("category", Noun.Category),
            Keeper = entry.Reference("keeper", Noun.Agent),
            Process = entry.Reference("process", Noun.Process),
            Place = entry.Reference("place", Noun.Place),
            Terms = terms.GetValueOrDefault(entry.Reference("terms", Noun.Terms)) ?? new LendingTerms { MostDays = 1, HorizonDays = 1, MostAtOnce = 1 },
            Price = Price(entry),
            Deposit = EnergyReader.OptionalShare(entry, "deposit") ?? 0,
            Waiver = entry.OptionalReference("waiver", Noun.Waiver),
            Accessories = [.. entry.Children("accessories", "accessory").Select(Named)],
            Consumables = [.. entry.Children("consumables", "consumable").Select(Consumable)],
            Maintenance = entry.Child("maintenance", "maintenance") is { } maintenance ? Maintenance(maintenance) : null,
            HoursPerDay = Positive(entry, "hoursPerDay"),
            Footprint = entry.Child("footprint", "footprint") is { } footprint ? Footprint(footprint) : null,
            LoansPerPurchase = entry.OptionalWhole("loansPerPurchase", 1, MostLoans),
            Illustrative = illustrative,
            Sources = sources,
        };
    }

    private static LoanPrice Price(Entry entry)
    {
        var price = new LoanPrice(EnergyReader.OptionalShare(entry, "perDay") ?? 0, EnergyReader.OptionalShare(entry, "perLateDay") ?? 0, EnergyReader.OptionalShare(entry, "vat") ?? 0);
        if (price.Vat > MostPercent)
        {
            entry.Report.Add(entry.Node.Field("vat")!, "the tax is more than the price", "write it in per cent: 25.5");
        }

        return price;
    }

    private static LocalizedText Named(Entry entry)
    {
        var name = entry.Name();
        entry.Done();
        return name;
    }

    private static ThingConsumable Consumable(Entry entry)
    {
        var consumable = new ThingConsumable(entry.Name(), entry.Share("price"));
        entry.Done();
        return consumable;
    }

    private static MaintenanceInterval Maintenance(Entry entry)
    {
        var interval = new MaintenanceInterval(entry.OptionalWhole("days", 1, MostDays), EnergyReader.OptionalShare(entry, "hours"));
        if (interval is { Days: null, Hours: null } || interval.Hours == 0)
        {
            entry.Report.Add(entry.Node, "the maintenance says not when", "write days, hours, or both");
        }

        entry.Done();
        return interval;
    }

    private static ThingFootprint Footprint(Entry entry)
    {
        var footprint = new ThingFootprint(entry.Share("embodied"), Positive(entry, "lifeHours"), Positive(entry, "leastHours"));
        entry.Done();
        return footprint;
    }

    // What is divided by, or multiplies all else away.
    private static decimal Positive(Entry entry, string name)
    {
        var number = entry.Share(name);
        if (number == 0 && entry.Node.Field(name) is { } node)
        {
            entry.Report.Add(node, $"'{name}' is 0", "write a number above 0");
        }

        return number;
    }

    private ThingItem Item(Entry entry, string key)
    {
        var item = new ThingItem(key, entry.Reference("kind", Noun.Kind), entry.Reference("resource", Noun.Resource), entry.Text("shelf", "say where it stands", 40), entry.Day("since"));
        if (resources.GetValueOrDefault(item.Resource) is { Kind: not ResourceKind.Identified })
        {
            entry.Report.Add(entry.Node.Field("resource")!, $"'{item.Resource}' is not one thing", "name a resource of kind identified");
        }

        return item;
    }

    private static ThingKit Kit(Entry entry, string key)
    {
        entry.Required("kinds", "list the kinds that it is made of");
        return new ThingKit(key, entry.Name(), entry.OptionalReferences("kinds", Noun.Kind));
    }

    private static BuildingSite Site(Entry entry, string key) => new(
        key, entry.Name(), entry.Reference("company", Noun.Agent), entry.Reference("place", Noun.Place), entry.Share("monthlyLimit"), entry.Share("ordererLimit"));
}
