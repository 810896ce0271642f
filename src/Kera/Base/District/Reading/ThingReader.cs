using Kera.Base.Accounts;
using Kera.Flows;
using Kera.Sharing;

namespace Kera.Base.District.Reading;

/// <summary>Reads things.yaml.</summary>
internal sealed class ThingReader(IReadOnlyDictionary<string, DistrictResource> resources, IReadOnlyDictionary<string, DistrictResourceSpecification> specifications)
{
    private const int MostDays = 3_660;
    private const int MostLoans = 10_000;
    private const int MostPieces = 1_000_000;
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
            var known = items.Values.Where(item => item.Kind == key && resources.ContainsKey(item.Resource)).Select(item => (item.Key, resources[item.Resource].Specification)).ToList();
            foreach (var (item, specification) in known.Where(each => each.Specification != known[0].Specification))
            {
                root.Report.Add(NodeOf(root, item).Field("resource")!, $"the item is a '{specification}', and others of '{key}' are of '{known[0].Specification}'", "let the resources of all items of a kind be of one specification");
            }

            kinds[key] = kind with { Specification = known.Select(each => each.Specification).FirstOrDefault("") };
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

    private ThingKind Kind(Entry entry, string key, IReadOnlyDictionary<string, LendingTerms> terms)
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
            Maintenance = entry.Child("maintenance", "maintenance") is { } maintenance ? Interval(maintenance, "maintenance") : null,
            Inspection = entry.Child("inspection", "inspection") is { } inspection ? Interval(inspection, "inspection") : null,
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

    private ThingConsumable Consumable(Entry entry)
    {
        var consumable = new ThingConsumable(entry.Name(), entry.Share("price"), entry.OptionalReference("resource", Noun.Resource), entry.OptionalWhole("stock", 0, MostPieces) ?? 0);
        if (resources.GetValueOrDefault(consumable.Resource ?? "") is { } resource && (resource.Kind != ResourceKind.Stock || specifications.GetValueOrDefault(resource.Specification) is not { Unit.Code: "1" }))
        {
            entry.Report.Add(entry.Node.Field("resource")!, $"'{consumable.Resource}' is no stock of pieces", "name a resource of kind stock whose specification is counted in \"1\"");
        }

        if (consumable.Resource is null && entry.Node.Field("stock") is { } stock)
        {
            entry.Report.Add(stock, "a stock that nobody counts", "name the resource that it is in the ledger, or remove stock");
        }

        entry.Done();
        return consumable;
    }

    private static MaintenanceInterval Interval(Entry entry, string what)
    {
        var interval = new MaintenanceInterval(entry.OptionalWhole("days", 1, MostDays), EnergyReader.OptionalShare(entry, "hours"));
        if (interval is { Days: null, Hours: null } || interval.Hours == 0)
        {
            entry.Report.Add(entry.Node, $"the {what} says not when", "write days, hours, or both");
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
