using System.Text.Json;
using System.Text.Unicode;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Ledger;

/// <summary>JSON that is no event as the API writes it.</summary>
public sealed record WrongJson(string Which, string Why) : Refusal(Which, Why);

/// <summary>
/// Reads an event in the API's JSON, strictly: no field is guessed, ignored or given twice, and numbers are read as the exact
/// decimals they are.
/// </summary>
public static class EventJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    private static readonly Dictionary<string, Action<Fields, JsonElement>> Known = new(StringComparer.Ordinal)
    {
        ["idempotencyKey"] = (fields, value) => fields.Input = fields.Input with { IdempotencyKey = fields.Text(value) },
        ["action"] = (fields, value) => fields.Input = fields.Input with { Action = fields.Text(value) },
        ["provider"] = (fields, value) => fields.Input = fields.Input with { Provider = fields.Text(value) },
        ["receiver"] = (fields, value) => fields.Input = fields.Input with { Receiver = fields.Text(value) },
        ["inputOf"] = (fields, value) => fields.Input = fields.Input with { InputOf = fields.Text(value) },
        ["outputOf"] = (fields, value) => fields.Input = fields.Input with { OutputOf = fields.Text(value) },
        ["resourceInventoriedAs"] = (fields, value) => fields.Input = fields.Input with { ResourceInventoriedAs = fields.Text(value) },
        ["toResourceInventoriedAs"] = (fields, value) => fields.Input = fields.Input with { ToResourceInventoriedAs = fields.Text(value) },
        ["resourceConformsTo"] = (fields, value) => fields.Input = fields.Input with { ResourceConformsTo = fields.Text(value) },
        ["resourceQuantity"] = (fields, value) => fields.Input = fields.Input with { ResourceQuantity = fields.Measure(value) },
        ["effortQuantity"] = (fields, value) => fields.Input = fields.Input with { EffortQuantity = fields.Measure(value) },
        ["hasPointInTime"] = (fields, value) => fields.Input = fields.Input with { HasPointInTime = fields.Moment(value) },
        ["hasBeginning"] = (fields, value) => fields.Input = fields.Input with { HasBeginning = fields.Moment(value) },
        ["hasEnd"] = (fields, value) => fields.Input = fields.Input with { HasEnd = fields.Moment(value) },
        ["toLocation"] = (fields, value) => fields.Input = fields.Input with { ToLocation = fields.Text(value) },
        ["state"] = (fields, value) => fields.Input = fields.Input with { State = fields.Text(value) },
        ["note"] = (fields, value) => fields.Input = fields.Input with { Note = fields.Text(value) },
        ["reason"] = (fields, value) => fields.Input = fields.Input with { Reason = fields.Text(value) },
        ["corrects"] = (fields, value) => fields.Input = fields.Input with { Corrects = fields.Position(value) },
        ["fulfills"] = (fields, value) => fields.Input = fields.Input with { Fulfills = fields.Fulfilments(value) },
        ["realizationOf"] = (fields, value) => fields.Input = fields.Input with { RealizationOf = fields.Text(value) },
        ["audience"] = (fields, value) => fields.Input = fields.Input with { Audience = fields.Audience(value) },
        ["flow"] = (fields, value) => fields.Input = fields.Input with { Flow = fields.Text(value) },
    };

    /// <summary>Reads one event.</summary>
    /// <param name="json">UTF-8 text, one object.</param>
    /// <param name="refusal">What is wrong, and where; null where it was read.</param>
    /// <returns>The event; null where refused.</returns>
    public static EventInput? Read(ReadOnlyMemory<byte> json, out Refusal? refusal)
    {
        if (!Utf8.IsValid(json.Span))
        {
            refusal = new WrongJson("event", "The text is not valid UTF-8. Save or send it as UTF-8.");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Read(document.RootElement, out refusal);
        }
        catch (JsonException mistake)
        {
            refusal = new WrongJson("event", $"This is no JSON, from character {mistake.BytePositionInLine + 1} on. Write one object with quoted names.");
            return null;
        }
    }

    /// <summary>Reads one event of a document.</summary>
    /// <param name="element">The object.</param>
    /// <param name="refusal">What is wrong, and in which field; null where it was read.</param>
    /// <returns>The event; null where refused.</returns>
    public static EventInput? Read(JsonElement element, out Refusal? refusal)
    {
        var fields = new Fields();
        fields.Object(element, "event", Known.Keys, (name, value) => Known[name](fields, value));
        refusal = fields.Refusal;
        return refusal is null ? fields.Input : null;
    }

    /// <summary>The event as far as it is read, and the first thing wrong with it.</summary>
    private sealed class Fields
    {
        private string _field = "event";

        public EventInput Input { get; set; } = new();

        public Refusal? Refusal { get; private set; }

        public void Object(JsonElement element, string name, IReadOnlyCollection<string> known, Action<string, JsonElement> take)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                Refuse($"'{name}' is {Kind(element)}; it is an object.");
                return;
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            var outer = _field;
            foreach (var property in element.EnumerateObject())
            {
                if (Refusal is not null)
                {
                    return;
                }

                var field = Unescaped(() => property.Name) ?? "";
                _field = outer == "event" ? field : $"{outer}.{field}";
                if (!known.Contains(field))
                {
                    var nearest = Nearest.To(field, known);
                    Refuse(nearest is null ? $"There is no field '{Shorten(field)}' here. There are: {string.Join(", ", known)}." : $"There is no field '{field}' here. Did you mean '{nearest}'?");
                }
                else if (!seen.Add(field))
                {
                    Refuse($"'{field}' is given twice. Give it once.");
                }
                else if (property.Value.ValueKind != JsonValueKind.Null)
                {
                    take(field, property.Value);
                }
            }

            _field = outer;
        }

        public string? Text(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                return Unescaped(value.GetString);
            }

            Refuse($"'{_field}' is {Kind(value)}; it is a text in quotes.");
            return null;
        }

        public MeasureInput? Measure(JsonElement value)
        {
            Quantity? amount = null;
            string? unit = null;
            Object(value, _field, ["hasNumericalValue", "hasUnit"], (name, part) =>
            {
                if (name == "hasUnit")
                {
                    unit = Text(part);
                }
                else
                {
                    amount = Number(part);
                }
            });
            if (Refusal is null && (amount is null || unit is null))
            {
                var missing = amount is null ? "hasNumericalValue" : "hasUnit";
                _field = $"{_field}.{missing}";
                Refuse($"'{missing}' is missing. A quantity is {{\"hasNumericalValue\": 1.5, \"hasUnit\": \"kWh\"}}.");
            }

            return Refusal is null ? new MeasureInput(amount!.Value, unit!) : null;
        }

        public Instant? Moment(JsonElement value)
        {
            if (Text(value) is not { } text)
            {
                return null;
            }

            if (OffsetDateTimePattern.Rfc3339.Parse(text) is not { Success: true, Value: var moment })
            {
                Refuse($"'{Shorten(text)}' is no moment. Write it with its offset, as 2026-01-31T13:00:00+02:00 or 2026-01-31T11:00:00Z.");
                return null;
            }

            if (moment.NanosecondOfSecond % 1_000 != 0)
            {
                Refuse($"'{text}' is finer than a microsecond. Give at most six decimals of a second.");
            }

            return moment.ToInstant();
        }

        public long? Position(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var position))
            {
                return position;
            }

            Refuse($"'{_field}' is the position of an event, a whole number.");
            return null;
        }

        public List<FulfilmentInput> Fulfilments(JsonElement value)
        {
            List<FulfilmentInput> links = [];
            Each(value, element =>
            {
                string? commitment = null;
                MeasureInput? quantity = null;
                Object(element, _field, ["commitment", "quantity"], (name, part) =>
                {
                    if (name == "commitment")
                    {
                        commitment = Text(part);
                    }
                    else
                    {
                        quantity = Measure(part);
                    }
                });
                if (Refusal is null && (commitment is null || quantity is null))
                {
                    Refuse("A link names the commitment and how much of the event counts: {\"commitment\": KEY, \"quantity\": {…}}.");
                }

                links.Add(new FulfilmentInput(commitment ?? "", quantity ?? new MeasureInput(Quantity.Zero, "1")));
            });
            return links;
        }

        public List<string> Audience(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                return Text(value) is { } only ? [only] : [];
            }

            List<string> keys = [];
            Each(value, element =>
            {
                if (Text(element) is { } key)
                {
                    keys.Add(key);
                }
            });
            return keys;
        }

        private Quantity? Number(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Number)
            {
                Refuse($"'{_field}' is {Kind(value)}; it is a number without quotes.");
                return null;
            }

            var text = value.GetRawText();
            var problem = Quantity.TryParse(text, out var quantity) switch
            {
                QuantityError.TooFine => "has more than six decimals. Kera rounds nothing that it is told; round it, or give a smaller unit",
                QuantityError.TooLarge => "is beyond ±9,223,372,036,854. Give a larger unit",
                QuantityError.NotANumber => "is no number that Kera reads",
                _ => null,
            };
            if (problem is not null)
            {
                Refuse($"{Shorten(text)} {problem}.");
            }

            return quantity;
        }

        private void Each(JsonElement value, Action<JsonElement> take)
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                Refuse($"'{_field}' is {Kind(value)}; it is a list in brackets.");
                return;
            }

            foreach (var element in value.EnumerateArray())
            {
                if (Refusal is null)
                {
                    take(element);
                }
            }
        }

        private string? Unescaped(Func<string?> read)
        {
            try
            {
                return read();
            }
            catch (InvalidOperationException)
            {
                Refuse("The text has half of a surrogate pair, which is no character. Write the character itself.");
                return null;
            }
        }

        private void Refuse(string why) => Refusal ??= new WrongJson(_field, why);

        private static string Shorten(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");

        private static string Kind(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "nothing",
            _ => "true or false",
        };
    }
}
