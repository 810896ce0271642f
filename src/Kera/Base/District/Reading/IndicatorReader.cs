using System.Globalization;
using Kera.Base.District.Formulas;

namespace Kera.Base.District.Reading;

/// <summary>Reads indicators.</summary>
internal sealed class IndicatorReader(FormulaScope scope)
{
    private const string SdgForm = "write a target of the United Nations' goals: 11.6, or 13.b";

    // The word of an edition that a source does not state.
    private const string Unstated = "unstated";

    private static readonly string[] Standards = ["U4SSC", "ISO 37120"];

    private readonly FormulaReader formulas = new(scope);

    public DistrictIndicator Indicator(Entry entry)
    {
        var key = entry.Key();
        var unit = Unit(entry);
        var indicator = new DistrictIndicator
        {
            Key = key,
            Name = entry.Localized("name"),
            About = entry.Localized("about"),
            Level = entry.Choice<IndicatorLevel>("level"),
            Unit = unit ?? FormulaUnit.One,
            Period = entry.Choice<IndicatorPeriod>("period"),
            Rate = entry.Flag("rate"),
            Formula = formulas.Read(entry, unit),
            FormulaText = entry.OptionalText("formula") ?? "",
            Awaits = entry.OptionalLocalized("awaits"),
            Sdg = Sdg(entry),
            Codes = Codes(entry),
            Direction = entry.Choice<IndicatorDirection>("direction"),
            Benchmark = entry.Child("benchmark", "benchmark") is { } benchmark ? Number(benchmark) : null,
            Baseline = entry.Child("baseline", "baseline") is { } baseline ? Point(baseline) : null,
            Path = [.. entry.Children("path", "point of the path").Select(Point)],
            Responsible = entry.OptionalReference("responsible", Noun.Agent),
            Sources = entry.OptionalReferences("source", Noun.Source),
        };
        Check(entry, indicator);
        return indicator;
    }

    /// <summary>A unit of an indicator or a target; null where it is missing or unknown, which is then reported.</summary>
    public static FormulaUnit? Unit(Entry entry)
    {
        if (entry.RequiredScalar("unit", FormulaUnit.Forms) is not { } node)
        {
            return null;
        }

        var unit = FormulaUnit.TryParse(node.Text);
        if (unit is null)
        {
            entry.Report.Add(node, $"unknown unit '{node.Text}'", FormulaUnit.Forms);
        }

        return unit;
    }

    /// <summary>A year in a field; null where it is none, which is then reported.</summary>
    public static int? Year(Entry entry, string name, FileNode? node)
    {
        const string remedy = "write a year such as 2030";
        if (node is null)
        {
            return null;
        }

        if (node.Text.Length == 4 && int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and <= 2200)
        {
            return year;
        }

        entry.Report.Add(node, $"'{name}' is '{node.Text}', which is no year", remedy);
        return null;
    }

    private static void Check(Entry entry, DistrictIndicator indicator)
    {
        if (indicator.FormulaText.Length == 0 && indicator.Awaits is null)
        {
            entry.Report.Add(entry.Node, $"the indicator '{indicator.Key}' has neither a formula nor what it awaits", "write its formula, or say in awaits which data it waits for");
        }

        if (indicator is { Rate: true, Formula: { Growth: not 1 } })
        {
            entry.Report.Add(entry.Node.Field("rate")!, "the formula does not grow with time, so that it is no rate", "remove rate: a ratio of sums needs no scaling");
        }

        if (indicator is { Rate: true, Period: IndicatorPeriod.AllTime })
        {
            entry.Report.Add(entry.Node.Field("rate")!, "all time has no length that a rate could be reckoned to", "remove rate, or choose day, month or year");
        }

        if (indicator.Path.Count == 0)
        {
            entry.Report.Add(entry.Node.Field("path") ?? entry.Node, $"the indicator '{indicator.Key}' has no path", "say what it is to be: path: [{ year: 2030, value: 0, label: illustrative }]");
        }

        var years = indicator.Path.Select(point => point.Year);
        if (indicator.Baseline is { } baseline)
        {
            years = years.Prepend(baseline.Year);
        }

        if (years.Zip(years.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            entry.Report.Add(entry.Node.Field("path")!, "the years of the baseline and the path are not in order", "begin with the earliest; each year stands once");
        }
    }

    private static IndicatorPoint Point(Entry entry)
    {
        var year = Year(entry, "year", entry.RequiredScalar("year", "write a year such as 2030")) ?? 0;
        return new IndicatorPoint(year, Number(entry));
    }

    // Either a source or the word illustrative: nothing else may look like a fact.
    private static IndicatorNumber Number(Entry entry)
    {
        var value = entry.Number("value");
        var label = entry.OptionalScalar("label");
        if (label is not null && label.Text != "illustrative")
        {
            entry.Report.Add(label, $"unknown label '{label.Text}'", "write label: illustrative, or a source");
        }

        var sources = entry.OptionalReferences("source", Noun.Source);
        if (label is null && sources.Count == 0 && entry.Node.Kind == NodeKind.Mapping)
        {
            entry.Report.Add(entry.Node, "the number has no source", "name the source, or write label: illustrative");
        }

        if (label is not null && sources.Count > 0)
        {
            entry.Report.Add(label, "the number has a source and is illustrative too", "keep one of the two");
        }

        entry.Done();
        return new IndicatorNumber(value, label is not null, sources);
    }

    private static List<string> Sdg(Entry entry)
    {
        if (entry.Optional("sdg") is not { } node)
        {
            return [];
        }

        if (node.Kind != NodeKind.Sequence)
        {
            entry.Report.Add(node, "'sdg' is no list", "write it in brackets: [\"7.2\", \"11.6\"]");
            return [];
        }

        foreach (var item in node.Items.Where(item => !IsSdg(item.Text)))
        {
            entry.Report.Add(item, $"'{item.Text}' is no target of the goals", SdgForm);
        }

        return [.. node.Items.Select(item => item.Text)];
    }

    private static bool IsSdg(string text) =>
        text.Split('.') is [var goal, var target]
        && int.TryParse(goal, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 17
        && (target is [>= 'a' and <= 'd'] || (int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var part) && part is >= 1 and <= 19));

    private static List<IndicatorCode> Codes(Entry entry)
    {
        var codes = new List<IndicatorCode>();
        foreach (var child in entry.Children("codes", "code"))
        {
            var standard = child.Word("standard", Standards);
            var edition = child.Text("edition", $"write the edition, as \"2014\", or {Unstated} where the source does not state it", 20);
            codes.Add(new IndicatorCode(standard, edition == Unstated ? null : edition, child.Text("code", "write the code as the standard prints it", 60)));
            child.Done();
        }

        return codes;
    }
}
