using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime.Text;

namespace Kera.Base.District;

/// <summary>Writes the files of a new district.</summary>
internal static partial class TemplateText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault,
        // The file is read by people and by a JSON reader, never put into a page as it is.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string District(string key, DistrictModel model, FlowNeeds needed)
    {
        var name = string.Join(' ', key.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # A new district, copied from {Quoted(model.Header.Key)}. Edit every file, and check it: kera check <this folder>
            key: {key}
            name: {Quoted(name)}
            timeZone: {model.Header.Zone.Id}
            description:
              fi: {Quoted($"{name}: kirjoita tähän kaupunginosan esittely.")}
              sv: {Quoted($"{name}: skriv stadsdelens presentation här.")}
              en: {Quoted($"{name}: describe the district here.")}

            """);
        Facts(text, model, needed);
        if (needed.Sources.Count > 0)
        {
            text.Append("\nsources:\n");
        }

        foreach (var source in needed.Sources)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {source.Key}:\n    citation: {Quoted(source.Citation)}\n");
            Field(text, "url", source.Address?.OriginalString);
        }

        return text.ToString();
    }

    public static string Agents(FlowNeeds needed)
    {
        var text = new StringBuilder("# Who acts in the flows. Put the real ones in their place.\nagents:\n");
        foreach (var agent in needed.Agents)
        {
            Begin(text, agent.Key);
            Field(text, "kind", CamelCase(agent.Kind));
            Field(text, "name", agent.Name);
            Field(text, "outside", agent.Outside);
            Field(text, "role", agent.Role);
            Origin(text, agent.Fictional, agent.Sources);
        }

        return text.ToString();
    }

    public static string Resources(FlowNeeds needed)
    {
        var text = new StringBuilder("# What flows. A throughput resource is a network.\nresources:\n");
        foreach (var resource in needed.Resources)
        {
            Begin(text, resource.Key);
            Field(text, "specification", resource.Specification);
            Field(text, "kind", CamelCase(resource.Kind));
            Field(text, "name", resource.Name);
            Field(text, "lot", resource.Lot);
            Field(text, "place", resource.Place);
            Field(text, "holder", resource.Network?.Holder);
            Field(text, "since", resource.Network is { } network ? LocalDatePattern.Iso.Format(network.Since) : null);
            Field(text, "note", resource.Note);
            Origin(text, resource.Fictional, resource.Sources);
        }

        return text.ToString();
    }

    public static string Processes(FlowNeeds needed)
    {
        var text = new StringBuilder("# What turns inputs into outputs.\nprocesses:\n");
        foreach (var process in needed.Processes)
        {
            Begin(text, process.Key);
            Field(text, "name", process.Name);
            Field(text, "basedOn", process.BasedOn);
            Field(text, "continuous", process.Continuous);
            Field(text, "place", process.Place);
            Field(text, "from", process.From?.Text);
            Field(text, "to", process.To?.Text);
            Origin(text, process.Fictional, process.Sources);
        }

        return text.ToString();
    }

    public static string Places(FlowNeeds needed)
    {
        var features = needed.Places.Select(place => new Dictionary<string, object?>
        {
            ["type"] = "Feature",
            ["properties"] = new
            {
                place.Key,
                place.Name,
                Kind = CamelCase(place.Kind),
                place.Fictional,
                Source = place.Sources.Count == 0 ? null : place.Sources,
            },
            // The old district's geometry is somewhere else; null stands until somebody draws the place.
            ["geometry"] = null,
        });
        return JsonSerializer.Serialize(new Dictionary<string, object> { ["type"] = "FeatureCollection", ["features"] = features }, Json) + "\n";
    }

    private static void Begin(StringBuilder text, string key) => text.Append(CultureInfo.InvariantCulture, $"  - key: {key}\n");

    private static void Field(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {name}: {Quoted(value)}\n");
        }
    }

    private static void Field(StringBuilder text, string name, bool value)
    {
        if (value)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {name}: true\n");
        }
    }

    private static void Field(StringBuilder text, string name, LocalizedText? value)
    {
        if (value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {name}:\n      fi: {Quoted(value.Fi)}\n      sv: {Quoted(value.Sv)}\n      en: {Quoted(value.En)}\n");
        }
    }

    private static void Origin(StringBuilder text, bool fictional, IReadOnlyList<string> sources)
    {
        Field(text, "fictional", fictional);
        if (sources.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"    source: [{string.Join(", ", sources)}]\n");
        }
    }

    private static string CamelCase<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>A text as YAML: plain where it is a simple word, else in quotes (a JSON string is a YAML one).</summary>
    private static string Quoted(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-') && !(text is "true" or "false" or "null") && text[0] != '-'
            ? text
            : JsonSerializer.Serialize(text, Json);
}
