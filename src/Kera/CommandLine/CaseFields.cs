using System.Text.Json;
using Kera.Energy;

namespace Kera.CommandLine;

/// <summary>The fields of an object of a case, each told with its path where it is not as it should be.</summary>
internal sealed class CaseFields
{
    private readonly JsonElement _object;
    private readonly string _path;

    /// <exception cref="EnergyException">It is no object, or has a field that is not known.</exception>
    public CaseFields(JsonElement element, string path, params string[] known)
        : this(element, path)
    {
        foreach (var name in Names)
        {
            if (!known.Contains(name))
            {
                throw new EnergyException(Path(name), $"There is no field '{name}'. Known are {string.Join(", ", known)}.");
            }
        }
    }

    private CaseFields(JsonElement element, string path) =>
        (_object, _path) = element.ValueKind == JsonValueKind.Object ? (element, path) : throw new EnergyException(path.Length == 0 ? "case" : path, "This is no object with fields.");

    /// <summary>The names of its fields.</summary>
    public IEnumerable<string> Names => _object.EnumerateObject().Select(property => property.Name);

    public string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public bool Has(string name) => Find(name) is not null;

    /// <summary>A field; null where it is not there, or is null.</summary>
    public JsonElement? Find(string name) => _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public double? Number(string name) => Find(name) is not { } value ? null : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw new EnergyException(Path(name), "Give a number, with a point and without quotation marks.");

    public double NumberOf(string name) => Number(name) ?? throw new EnergyException(Path(name), "Give a number.");

    public int? Whole(string name) => Find(name) is not { } value ? null : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw new EnergyException(Path(name), "Give a whole number.");

    public int WholeOf(string name) => Whole(name) ?? throw new EnergyException(Path(name), "Give a whole number.");

    public string? Text(string name) => Find(name) is not { } value ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : throw new EnergyException(Path(name), "Give a text in quotation marks.");

    public string TextOf(string name) => Text(name) is { Length: > 0 } text ? text : throw new EnergyException(Path(name), "Give a name in quotation marks.");

    public bool True(string name) => Find(name) is { } value && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw new EnergyException(Path(name), "Give true or false."));

    /// <summary>An object with known fields; null where it is not there.</summary>
    public CaseFields? Object(string name, params string[] known) => Find(name) is { } value ? new CaseFields(value, Path(name), known) : null;

    /// <summary>An object with any fields.</summary>
    public CaseFields AnyObject(string name) => new(Find(name) ?? throw new EnergyException(Path(name), "Give an object with fields."), Path(name));

    /// <summary>A list of objects with known fields; empty where it is not there.</summary>
    public IEnumerable<CaseFields> Items(string name, params string[] known) => List(name).Select((item, number) => new CaseFields(item, $"{Path(name)}[{number}]", known));

    /// <summary>Objects by name, each with known fields.</summary>
    public IEnumerable<(string Name, CaseFields Fields)> Members(string name, params string[] known)
    {
        var members = AnyObject(name);
        return members.Names.Select(member => (member, members.Object(member, known) ?? throw new EnergyException(members.Path(member), "Give an object, {} where it has no fields.")));
    }

    /// <summary>A list of pairs of numbers.</summary>
    public IReadOnlyList<(double First, double Second)> Pairs(string name) =>
        [.. List(name).Select((item, number) => item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 2 && item.EnumerateArray().All(part => part.ValueKind == JsonValueKind.Number)
            ? (item[0].GetDouble(), item[1].GetDouble())
            : throw new EnergyException($"{Path(name)}[{number}]", "Give two numbers in square brackets."))];

    private List<JsonElement> List(string name) => Find(name) is not { } value ? [] : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw new EnergyException(Path(name), "Give a list.");
}
