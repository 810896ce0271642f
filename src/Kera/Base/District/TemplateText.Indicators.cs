using System.Globalization;
using System.Text;
using Kera.Base.District.Formulas;

namespace Kera.Base.District;

/// <content>Indicators of a new district: those that name only what is copied, their numbers illustrative until somebody puts their own.</content>
internal static partial class TemplateText
{
    public static string Indicators(DistrictModel model, FlowNeeds needed)
    {
        var text = new StringBuilder("# What the district measures itself by. Every number is the old district's: put your own, with their sources.\nindicators:\n");
        foreach (var indicator in CopiedIndicators(model, needed))
        {
            Begin(text, indicator.Key);
            Field(text, "name", indicator.Name);
            Field(text, "about", indicator.About);
            Field(text, "level", CamelCase(indicator.Level));
            Field(text, "unit", indicator.Unit.Code);
            Field(text, "period", CamelCase(indicator.Period));
            Field(text, "rate", indicator.Rate);
            Field(text, "formula", indicator.FormulaText.Length > 0 ? indicator.FormulaText : null);
            Field(text, "awaits", indicator.Awaits);
            Field(text, "direction", CamelCase(indicator.Direction));
            if (indicator.Sdg.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"    sdg: [{string.Join(", ", indicator.Sdg.Select(target => $"\"{target}\""))}]\n");
            }

            Codes(text, indicator);
            Number(text, "    benchmark: ", null, indicator.Benchmark);
            Number(text, "    baseline: ", indicator.Baseline?.Year, indicator.Baseline?.Number);
            text.Append("    path:\n");
            foreach (var point in indicator.Path)
            {
                Number(text, "      - ", point.Year, point.Number);
            }

            Field(text, "responsible", needed.Agents.Any(agent => agent.Key == indicator.Responsible) ? indicator.Responsible : null);
        }

        return text.ToString();
    }

    private static void Facts(StringBuilder text, DistrictModel model, FlowNeeds needed)
    {
        var named = CopiedIndicators(model, needed).SelectMany(indicator => indicator.Formula?.Calls.OfType<FormulaFact>() ?? []).Select(fact => fact.Key).ToHashSet();
        if (named.Count == 0)
        {
            return;
        }

        text.Append("\nfacts:\n");
        foreach (var fact in model.Header.Facts.Where(fact => named.Contains(fact.Key)))
        {
            Begin(text, fact.Key);
            Field(text, "name", fact.Name);
            text.Append(CultureInfo.InvariantCulture, $"    value: {fact.Value}\n    unit: \"{fact.Unit.Code}\"\n    fictional: true\n");
        }
    }

    private static IEnumerable<DistrictIndicator> CopiedIndicators(DistrictModel model, FlowNeeds needed) =>
        model.Indicators.Values.Where(indicator => (indicator.Formula?.Calls ?? []).All(call => call switch
        {
            FormulaTotal total => total.Arguments.All(argument => argument.Name switch
            {
                "process" => needed.Processes.Any(process => process.Key == argument.Value),
                "place" => needed.Places.Any(place => place.Key == argument.Value),
                "agent" => needed.Agents.Any(agent => agent.Key == argument.Value),
                "resource" => needed.Resources.Any(resource => resource.Key == argument.Value),
                _ => true,
            }),
            FormulaFact fact => model.Facts[fact.Key].Fictional,
            _ => true,
        }));

    private static void Codes(StringBuilder text, DistrictIndicator indicator)
    {
        if (indicator.Codes.Count > 0)
        {
            text.Append("    codes:\n");
        }

        foreach (var code in indicator.Codes)
        {
            text.Append(CultureInfo.InvariantCulture, $"      - {{ standard: {code.Standard}, edition: {Quoted(code.Edition ?? "unstated")}, code: {Quoted(code.Code)} }}\n");
        }
    }

    private static void Number(StringBuilder text, string beginning, int? year, IndicatorNumber? number)
    {
        if (number is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{beginning}{{ {(year is null ? "" : $"year: {year}, ")}value: {number.Value}, label: illustrative }}\n");
        }
    }
}
