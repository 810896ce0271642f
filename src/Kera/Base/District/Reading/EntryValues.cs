using Kera.Base.Ledger;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.District.Reading;

/// <summary>The kinds of values that fields of a district hold.</summary>
internal static class EntryValues
{
    /// <summary>The dimension of a unit that could not be read.</summary>
    public const string UnreadDimension = "unread";

    /// <summary>What stands for a unit that could not be read, which has been reported.</summary>
    private static readonly Unit UnreadUnit = new("?", null, UnreadDimension, 1, 1);

    private static readonly LocalizedText Nothing = new("", "", "");

    /// <summary>A text in all three languages.</summary>
    public static LocalizedText Localized(this Entry entry, string name) =>
        entry.Required(name, "write it in fi, sv and en") is { } node ? LocalizedOf(entry, name, node) : Nothing;

    /// <summary>A text in all three languages; null where it is missing.</summary>
    public static LocalizedText? OptionalLocalized(this Entry entry, string name) =>
        entry.Optional(name) is { } node ? LocalizedOf(entry, name, node) : null;

    /// <summary>A name in all three languages, or one proper name for all.</summary>
    public static LocalizedText Name(this Entry entry, string name = "name")
    {
        var node = entry.Required(name, "write one proper name, or a name in fi, sv and en");
        return node switch
        {
            null => Nothing,
            { Kind: NodeKind.Scalar } => SameInAll(entry.Text(name, "write the name")),
            _ => LocalizedOf(entry, name, node),
        };
    }

    public static DistrictDate? OptionalDate(this Entry entry, string name) =>
        entry.OptionalScalar(name) is { } node ? DateOf(entry, node) : null;

    public static DistrictDate Date(this Entry entry, string name) =>
        entry.RequiredScalar(name, DistrictDate.Forms) is { } node ? DateOf(entry, node) : DistrictDate.TryParse("2000")!;

    /// <summary>A date that must be a single day.</summary>
    public static LocalDate Day(this Entry entry, string name)
    {
        var date = entry.Date(name);
        if (!date.IsDay && entry.Node.Field(name) is { Kind: NodeKind.Scalar } node && node.Text == date.Text)
        {
            entry.Report.Add(node, $"'{name}' is {date}, which is more than a day", "write a day such as 2022-06-16");
        }

        return date.First;
    }

    /// <summary>A unit by its UCUM code.</summary>
    public static Unit Unit(this Entry entry, string name) =>
        entry.RequiredScalar(name, "write a UCUM code such as kWh, kg, m2, or 1 for counted things") is { } node ? UnitOf(entry, node) : UnreadUnit;

    public static Unit? OptionalUnit(this Entry entry, string name) =>
        entry.OptionalScalar(name) is { } node ? UnitOf(entry, node) : null;

    /// <summary>An exact number of at most six decimals.</summary>
    public static Quantity Number(this Entry entry, string name, string remedy = "write a number") =>
        entry.RequiredScalar(name, remedy) is { } node ? NumberOf(entry, name, node) : Quantity.Zero;

    /// <summary>An exact number of at most six decimals; null where it is missing.</summary>
    public static Quantity? OptionalNumber(this Entry entry, string name) =>
        entry.OptionalScalar(name) is { } node ? NumberOf(entry, name, node) : null;

    /// <summary>An amount with its unit, as the API writes it; null where it is missing.</summary>
    public static MeasureInput? OptionalMeasure(this Entry entry, string name)
    {
        if (entry.Child(name, name) is not { } measure)
        {
            return null;
        }

        var read = new MeasureInput(measure.Number("hasNumericalValue"), measure.Unit("hasUnit").Code);
        measure.Done();
        return read;
    }

    /// <summary>A list of exact numbers of a given length, each at least 0.</summary>
    public static IReadOnlyList<decimal> Numbers(this Entry entry, string name, int count)
    {
        var remedy = $"write {count} numbers in brackets: [1, 2, ...]";
        if (entry.Required(name, remedy) is not { } node)
        {
            return [.. Enumerable.Repeat(0m, count)];
        }

        if (node.Kind != NodeKind.Sequence || node.Items.Count != count)
        {
            entry.Report.Add(node, node.Kind == NodeKind.Sequence ? $"'{name}' has {node.Items.Count} numbers" : $"'{name}' is no list", remedy);
            return [.. Enumerable.Repeat(0m, count)];
        }

        return [.. node.Items.Select(item => NotNegative(entry, name, item))];
    }

    /// <summary>An exact number of at least 0.</summary>
    public static decimal Share(this Entry entry, string name) =>
        entry.RequiredScalar(name, "write a number of at least 0") is { } node ? NotNegative(entry, name, node) : 0m;

    /// <summary>One of a few words; empty where it is missing.</summary>
    public static string Word(this Entry entry, string name, IReadOnlyList<string> words)
    {
        var remedy = $"use {Entry.OneOf(words)}";
        var node = entry.RequiredScalar(name, remedy);
        if (node is not null && !words.Contains(node.Text))
        {
            entry.Report.Add(node, $"unknown {name} '{node.Text}'", remedy);
        }

        return node?.Text ?? "";
    }

    /// <summary>A moment, with its offset from UTC.</summary>
    public static Instant? Moment(FileNode node) =>
        OffsetDateTimePattern.Rfc3339.Parse(node.Text) is { Success: true } moment ? moment.Value.ToInstant() : null;

    private static LocalizedText SameInAll(string name) => new(name, name, name);

    private static LocalizedText LocalizedOf(Entry entry, string name, FileNode node)
    {
        if (node.Kind != NodeKind.Mapping)
        {
            entry.Report.Add(node, $"'{name}' is in one language only", "write it in all three: fi, sv and en");
            return Nothing;
        }

        var languages = new Entry(node, name, entry.Report, entry.Keys);
        var text = new LocalizedText(
            languages.Text("fi", "add the Finnish text", 5_000),
            languages.Text("sv", "add the Swedish text", 5_000),
            languages.Text("en", "add the English text", 5_000));
        languages.Done();
        return text;
    }

    private static DistrictDate DateOf(Entry entry, FileNode node)
    {
        if (DistrictDate.TryParse(node.Text) is { } date)
        {
            return date;
        }

        entry.Report.Add(node, $"'{node.Text}' is no date", DistrictDate.Forms);
        return DistrictDate.TryParse("2000")!;
    }

    private static Unit UnitOf(Entry entry, FileNode node)
    {
        if (Flows.Unit.TryFind(node.Text, out var unit))
        {
            return unit;
        }

        var codes = Flows.Unit.All.Select(known => known.Code).ToList();
        var remedy = Nearest.To(node.Text, codes) is { } nearest ? $"did you mean '{nearest}'?" : $"use one of {string.Join(", ", codes)}";
        entry.Report.Add(node, $"unknown unit '{node.Text}'", remedy);
        return UnreadUnit;
    }

    private static decimal NotNegative(Entry entry, string name, FileNode node)
    {
        var number = NumberOf(entry, name, node);
        if (number < Quantity.Zero)
        {
            entry.Report.Add(node, $"'{name}' has the negative number {number}", "write 0 or more");
        }

        return number.ToDecimal();
    }

    private static Quantity NumberOf(Entry entry, string name, FileNode node)
    {
        var error = node.Kind == NodeKind.Scalar ? Quantity.TryParse(node.Text, out var quantity) : QuantityError.NotANumber;
        if (error == QuantityError.None)
        {
            Quantity.TryParse(node.Text, out quantity);
            return quantity;
        }

        var (problem, remedy) = error switch
        {
            QuantityError.TooFine => ("has more than six decimals", "write six at most: nothing is ever rounded"),
            QuantityError.TooLarge => ("is too large", "write it in a larger unit"),
            _ => ("is no number", "write digits with a point for decimals: 12.5"),
        };
        entry.Report.Add(node, $"'{name}' is '{node.Text}', which {problem}", remedy);
        return Quantity.Zero;
    }
}
