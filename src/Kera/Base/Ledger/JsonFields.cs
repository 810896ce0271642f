using System.Globalization;
using System.Text.Json;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.Ledger;

/// <summary>
/// The fields of one JSON object, read strictly: what nobody knows, stands twice or has another type is refused by name, and
/// nothing is rounded. A field that is null is a field that is missing. The first refusal is kept; after it everything reads as missing.
/// </summary>
public sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly Mistakes _mistakes;

    /// <param name="element">The object.</param>
    /// <param name="known">The fields that are read.</param>
    /// <param name="given">Fields that an answer has and a request must not have.</param>
    public JsonFields(JsonElement element, IReadOnlyList<string> known, IReadOnlyList<string> given)
        : this(element, "", known, given, new Mistakes())
    {
    }

    private JsonFields(JsonElement element, string path, IReadOnlyList<string> known, IReadOnlyList<string> given, Mistakes mistakes)
    {
        (_path, _mistakes) = (path, mistakes);
        if (element.ValueKind != JsonValueKind.Object)
        {
            Refuse(new WrongShape(path.TrimEnd('.'), "an object in braces, as {\"action\": \"produce\"}"));
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
            {
                return;
            }

            if (!known.Contains(name))
            {
                Refuse(given.Contains(name) ? new GivenByLedger(path + name) : UnknownField.Of(path, name, known));
            }
            else if (!_values.TryAdd(name, property.Value))
            {
                Refuse(new RepeatedField(path + name));
            }
        }
    }

    /// <summary>Why it cannot be taken; null where it can.</summary>
    public Refusal? Refusal => _mistakes.First;

    /// <summary>Whether a field is there.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text.</summary>
    public string? Text(string name) => Find(name) is { } value ? TextOf(value, _path + name) : null;

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string name)
    {
        var text = Text(name);
        if (text is null)
        {
            Refuse(new MissingField(_path + name));
        }

        return text ?? "";
    }

    /// <summary>True or false.</summary>
    public bool? Flag(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Refuse(new WrongShape(_path + name, "true or false, without quotes"));
        return null;
    }

    /// <summary>A list of texts, or one text alone; empty where it is missing.</summary>
    public IReadOnlyList<string> Texts(string name, int most) =>
        Find(name) is { ValueKind: JsonValueKind.String } ? Text(name) is { } text ? [text] : [] : [.. Items(name, most, "a list of texts, as [\"public\"]").Select(item => TextOf(item.Value, item.Path)).OfType<string>()];

    /// <summary>A list of objects; empty where it is missing.</summary>
    public IReadOnlyList<JsonFields> Objects(string name, int most, IReadOnlyList<string> known) =>
        [.. Items(name, most, "a list of objects").Select(item => new JsonFields(item.Value, item.Path + ".", known, [], _mistakes))];

    /// <summary>One object within this one.</summary>
    public JsonFields? Within(string name, IReadOnlyList<string> known) =>
        Find(name) is { } value ? new JsonFields(value, _path + name + ".", known, [], _mistakes) : null;

    /// <summary>A GeoJSON object or the like, as it was written.</summary>
    public JsonElement? Raw(string name) => Find(name);

    /// <summary>A moment, RFC 3339 with its offset.</summary>
    public Instant? Moment(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var moment = Moments.Parse(text, _path + name, out var refusal);
        Refuse(refusal);
        return moment;
    }

    /// <summary>The position of an event: the text of its id, or a whole number.</summary>
    public long? Position(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : TextOf(value, _path + name);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position > 0)
        {
            return position;
        }

        Refuse(new WrongShape(_path + name, "the id of an event: a whole number above 0"));
        return null;
    }

    /// <summary>An amount with its unit, <c>{"hasNumericalValue": 12.5, "hasUnit": "kWh"}</c>.</summary>
    public MeasureInput? Measure(string name)
    {
        if (Within(name, ["hasNumericalValue", "hasUnit"]) is not { } measure)
        {
            return null;
        }

        var amount = measure.Amount("hasNumericalValue");
        var unit = measure.RequiredText("hasUnit");
        return amount is { } known && Refusal is null ? new MeasureInput(known, unit) : null;
    }

    /// <summary>A number that must be there, exact: the digits are read as they were written, in quotes or without.</summary>
    public Quantity? Amount(string name)
    {
        var field = _path + name;
        if (Find(name) is not { } value)
        {
            Refuse(new MissingField(field));
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => TextOf(value, field),
            _ => "",
        };
        if (text is null)
        {
            return null;
        }

        var error = Quantity.TryParse(text, out var quantity);
        Refuse(error switch
        {
            QuantityError.None => null,
            QuantityError.TooFine => new TooManyDecimals(field),
            QuantityError.TooLarge => new NumberTooLarge(field),
            _ => new NotANumber(field),
        });
        return error == QuantityError.None ? quantity : null;
    }

    /// <summary>The path of a field, as refusals name it.</summary>
    public string PathOf(string name) => _path + name;

    /// <summary>Keeps a refusal that the reader of these fields found; the first one counts.</summary>
    public void Refuse(Refusal? refusal) => _mistakes.First ??= refusal;

    private JsonElement? Find(string name) =>
        Refusal is null && _values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private IEnumerable<(JsonElement Value, string Path)> Items(string name, int most, string shape)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most)
        {
            return value.EnumerateArray().Select((item, index) => (item, string.Create(CultureInfo.InvariantCulture, $"{_path}{name}[{index}]")));
        }

        Refuse(new WrongShape(_path + name, value.ValueKind == JsonValueKind.Array ? string.Create(CultureInfo.InvariantCulture, $"a list of at most {most}") : shape));
        return [];
    }

    private string? TextOf(JsonElement value, string field)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse(new WrongShape(field, "a text in quotes"));
            return null;
        }

        try
        {
            var text = value.GetString()!;
            if (!text.Contains('\0'))
            {
                return text;
            }

            Refuse(new WrongText(field, $"'{field}' has a control character (U+0000), which no text needs."));
        }
        catch (InvalidOperationException)
        {
            Refuse(new WrongText(field, $"'{field}' has half of a character (an escape \\uD800 to \\uDFFF without its other half). Write the whole character."));
        }

        return null;
    }

    private string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            Refuse(new WrongText("", "The name of a field has half of a character (an escape \\uD800 to \\uDFFF without its other half). Write the whole character."));
            return null;
        }
    }

    /// <summary>Shared by an object and those within it.</summary>
    private sealed class Mistakes
    {
        public Refusal? First { get; set; }
    }
}
