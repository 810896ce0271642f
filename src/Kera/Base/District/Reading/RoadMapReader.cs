using System.Globalization;
using Kera.Carbon;

namespace Kera.Base.District.Reading;

/// <summary>Reads roadmap.yaml.</summary>
internal sealed class RoadMapReader(IReadOnlyList<EmissionFactor> factors)
{
    private const int UsualYears = 50;
    private const int MostYears = 200;

    // In the file a share is in per cent.
    private const double Percent = 0.01;

    // A factor is kept in kilograms; a driver that begins with one is in grams.
    private const double Grams = 1_000;

    public DistrictRoadMap RoadMap(Entry root)
    {
        var first = Year(root, "firstYear");
        var years = WholeNumber(root, "years", 1, MostYears) ?? UsualYears;
        var rate = (double)root.Number("realRate", "write the real rate of interest in per cent a year: 3").ToDecimal() * Percent;
        var sectors = Table(root, "sectors", "sector", (entry, key) => entry.Localized("name"));
        var drivers = Table(root, "drivers", "driver", (entry, key) => Driver(entry, key, first));
        var activities = Table(root, "activities", "activity", (entry, key) => (Name: entry.Localized("name"), Emits: Activity(entry, key)));
        var measures = Table(root, "measures", "measure", (entry, key) => (Said: Said(entry, key), Done: Measure(entry, key)));
        var published = Table(root, "published", "published result", Published);
        root.Done();
        return new DistrictRoadMap(new RoadMap(
            first ?? 2000,
            years,
            rate,
            [.. drivers.Values.Select(driver => driver.Path)],
            [.. activities.Values.Select(activity => activity.Emits)],
            [.. measures.Values.Select(measure => measure.Done)]))
        {
            Sectors = sectors,
            Drivers = Only(drivers, driver => driver.Said),
            Activities = Only(activities, activity => activity.Name),
            Measures = Only(measures, measure => measure.Said),
            Published = published,
        };
    }

    private (DistrictDriver Said, RoadMapDriver Path) Driver(Entry entry, string key, int? first)
    {
        var (name, unit) = (entry.Localized("name"), entry.Name("unit"));
        var factor = entry.Child("factor", "factor") is { } wished ? Factor(wished, first) : null;
        var label = entry.Choice<DistrictAssumption>("label");
        var points = Points(entry);
        if (entry.Optional("factor") is not null)
        {
            points.Insert(0, new RoadMapPoint(first ?? 2000, Math.Round((factor?.Kilograms ?? 0) * Grams, 6)));
        }

        return (
            new DistrictDriver(key, name, unit, label, factor, entry.OptionalLocalized("note"), entry.Sources(label == DistrictAssumption.Illustrative)),
            new RoadMapDriver(key, points, Double(entry, "low") * Percent ?? 1, Double(entry, "high") * Percent ?? 1));
    }

    private static List<RoadMapPoint> Points(Entry entry)
    {
        var points = new List<RoadMapPoint>();
        if (entry.Child("points", "points") is not { } table)
        {
            return points;
        }

        foreach (var field in table.Node.Fields)
        {
            if (YearOf(field.Name) is not { } year)
            {
                entry.Report.Add(field.Line, field.Column, $"'{field.Name}' is no year", "write a year with its value: 2045: 1200");
            }

            points.Add(new RoadMapPoint(YearOf(field.Name) ?? 0, (double)table.Number(field.Name).ToDecimal()));
        }

        return points;
    }

    // The newest that holds when the road map begins; of two regions, the file says which. Where it is not known when that is, none is missed.
    private EmissionFactor? Factor(Entry wished, int? first)
    {
        var (key, gas, unit) = (wished.Text("key", "name a factor of factors.csv"), wished.Text("gas", "write its gas: CO2e, CO2"), wished.Unit("unit").Code);
        var (stage, region) = (wished.Choice<FactorStage>("stage"), wished.OptionalText("region"));
        wished.Done();
        if (first is not { } year)
        {
            return null;
        }

        var found = factors
            .Where(factor => factor.Key == key && factor.Gas == gas && factor.Unit == unit && factor.Stage == stage && (region is null || factor.Region == region) && factor.HoldsOn(new DateOnly(year, 1, 1)))
            .OrderByDescending(factor => factor.From)
            .ToList();
        if (found.Count == 0)
        {
            wished.Report.Add(wished.Node, $"factors.csv has no factor '{key}' in {gas} a {unit}, of this stage, that holds in {year}", "copy key, gas, unit and stage of a line there");
        }
        else if (found.Select(factor => factor.Region).Distinct().Count() > 1)
        {
            wished.Report.Add(wished.Node, $"factors.csv has the factor '{key}' for several regions", $"add region: {string.Join(" or ", found.Select(factor => factor.Region).Distinct())}");
        }

        return found.FirstOrDefault();
    }

    private static RoadMapActivity Activity(Entry entry, string key) =>
        new(key, entry.Reference("sector", Noun.Sector), entry.OptionalReferences("drivers", Noun.Driver), (double)entry.Number("tonnes", "write the tonnes that a product of 1 is: 0.000001 where it is grams").ToDecimal());

    private static DistrictMeasure Said(Entry entry, string key)
    {
        var label = entry.Choice<DistrictAssumption>("label");
        return new DistrictMeasure(key, entry.Localized("name"), entry.Localized("text"), Responsible(entry), label, entry.Sources(label == DistrictAssumption.Illustrative));
    }

    private static IReadOnlyList<string> Responsible(Entry entry)
    {
        var agents = entry.OptionalReferences("responsible", Noun.Agent);
        if (agents.Count == 0 && entry.Optional("responsible") is null)
        {
            entry.Report.Add(entry.Node, "the measure has nobody who answers for it", "name one or more agents: responsible: [...]");
        }

        return agents;
    }

    private static RoadMapMeasure Measure(Entry entry, string key)
    {
        var effects = new List<RoadMapEffect>();
        foreach (var each in entry.Children("effects", "effect"))
        {
            effects.Add(Effect(each));
            each.Done();
        }

        return new RoadMapMeasure(
            key,
            Year(entry, "start") ?? 2000,
            WholeNumber(entry, "ramp", 1, MostYears) ?? 1,
            effects,
            Cost(entry));
    }

    // Where nothing is said of costs they are not known: they are not nothing.
    private static RoadMapCost? Cost(Entry entry)
    {
        var (investment, invested, lifetime) = (Double(entry, "investment"), WholeNumber(entry, "invested", 1_900, 2_999), WholeNumber(entry, "lifetime", 1, MostYears));
        var (yearly, saving) = (Double(entry, "yearlyCost"), Double(entry, "yearlySaving"));
        return investment is null && yearly is null && saving is null ? null : new RoadMapCost(investment ?? 0, invested, lifetime, yearly ?? 0, saving ?? 0);
    }

    private static RoadMapEffect Effect(Entry entry)
    {
        var driver = entry.Reference("driver", Noun.Driver);
        var written = new[] { RoadMapChange.To, RoadMapChange.Add, RoadMapChange.By }.Where(change => entry.Optional(NameOf(change)) is not null).ToList();
        if (written.Count != 1)
        {
            entry.Report.Add(entry.Node, written.Count == 0 ? "the effect does not say how much" : "the effect says in several ways how much", "write one of to (a value), add (an amount) or by (per cent of what is there)");
        }

        var change = written.FirstOrDefault();
        var scale = change == RoadMapChange.By ? Percent : 1;
        return new RoadMapEffect(driver, change, Double(entry, NameOf(change)) * scale ?? 0, Double(entry, "low") * scale, Double(entry, "high") * scale);
    }

    private static string NameOf(RoadMapChange change) => change switch { RoadMapChange.To => "to", RoadMapChange.Add => "add", _ => "by" };

    private static DistrictPublished Published(Entry entry, string key)
    {
        var beside = entry.Choice("beside", DistrictBeside.Nothing);
        var sector = entry.OptionalReference("sector", Noun.Sector);
        if (beside == DistrictBeside.SectorShare != sector is not null)
        {
            entry.Report.Add(entry.Node, sector is null ? "the published result stands beside a sector's share and names no sector" : "the published result names a sector and stands beside no sector's share", "write beside: sectorShare and a sector, or neither");
        }

        return new DistrictPublished(key, entry.Localized("name"), entry.Number("value"), entry.Name("unit"), entry.Date("date"), beside, sector, entry.OptionalLocalized("note"), entry.Flag("uncertain"), entry.Sources());
    }

    private static OrderedDictionary<string, T> Table<T>(Entry root, string section, string subject, Func<Entry, string, T> read)
    {
        var table = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in root.Children(section, subject))
        {
            var key = entry.Key();
            var value = read(entry, key);
            entry.Done();
            table.TryAdd(key, value);
        }

        return table;
    }

    private static OrderedDictionary<string, TPart> Only<T, TPart>(OrderedDictionary<string, T> table, Func<T, TPart> part)
    {
        var parts = new OrderedDictionary<string, TPart>(StringComparer.Ordinal);
        foreach (var (key, value) in table)
        {
            parts.Add(key, part(value));
        }

        return parts;
    }

    private static double? Double(Entry entry, string name) => entry.OptionalNumber(name) is { } number ? (double)number.ToDecimal() : null;

    private static int? Year(Entry entry, string name)
    {
        const string remedy = "write a year: 2028";
        var node = entry.RequiredScalar(name, remedy);
        if (node is not null && YearOf(node.Text) is null)
        {
            entry.Report.Add(node, $"'{name}' is '{node.Text}'", remedy);
        }

        return node is null ? null : YearOf(node.Text);
    }

    private static int? YearOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1_900 and <= 2_999 ? year : null;

    private static int? WholeNumber(Entry entry, string name, int least, int most)
    {
        if (entry.OptionalScalar(name) is not { } node)
        {
            return null;
        }

        if (int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        entry.Report.Add(node, $"'{name}' is '{node.Text}'", $"write a whole number from {least} to {most}");
        return null;
    }
}
