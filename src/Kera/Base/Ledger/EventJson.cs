using System.Text.Json;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>
/// Events as JSON in the names of ValueFlows: what the API takes, and what a file of events has on each line. Amounts are read
/// from the digits as they were written; a field that nobody knows is refused by name.
/// </summary>
public static class EventJson
{
    /// <summary>The most agents of one audience, and links to commitments of one event.</summary>
    private const int MostItems = 100;

    /// <summary>The fields of an event that comes in.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "idempotencyKey", "action", "provider", "receiver", "inputOf", "outputOf", "resourceInventoriedAs", "toResourceInventoriedAs", "resourceConformsTo",
        "resourceQuantity", "effortQuantity", "hasPointInTime", "hasBeginning", "hasEnd", "toLocation", "state", "note", "reason", "corrects", "fulfills",
        "realizationOf", "audience", "flow",
    ];

    /// <summary>Fields that answers have besides, and that nobody sends.</summary>
    private static readonly string[] Given = ["id", "created", "hash", "erased", "correctedBy"];

    /// <summary>Reads one event.</summary>
    /// <param name="utf8">The bytes of one JSON object as they came, for text that was decoded before no longer shows invalid UTF-8.</param>
    /// <param name="refusal">The first mistake: what it is about, in the field's JSON path, and the remedy.</param>
    /// <returns>The event, or null with a refusal.</returns>
    public static EventInput? Read(ReadOnlyMemory<byte> utf8, out Refusal? refusal)
    {
        using var document = JsonText.Read(utf8, out refusal);
        return document is null ? null : Parse(document.RootElement, out refusal);
    }

    /// <summary>Reads a list of events.</summary>
    /// <param name="utf8">The bytes of one JSON array as they came.</param>
    /// <param name="most">How many are taken.</param>
    /// <param name="refusal">The first mistake.</param>
    /// <param name="index">Which event it is in, from 0; −1 where it is in none.</param>
    /// <returns>The events, or null with a refusal.</returns>
    public static IReadOnlyList<EventInput>? ReadMany(ReadOnlyMemory<byte> utf8, int most, out Refusal? refusal, out int index)
    {
        index = -1;
        using var document = JsonText.Read(utf8, out refusal);
        if (document is null)
        {
            return null;
        }

        var root = document.RootElement;
        refusal =
            root.ValueKind != JsonValueKind.Array ? new WrongShape("", "a list of events in brackets")
            : root.GetArrayLength() == 0 ? new NoEvents()
            : root.GetArrayLength() > most ? new TooManyEvents(root.GetArrayLength(), most)
            : null;
        if (refusal is not null)
        {
            return null;
        }

        var events = new List<EventInput>(root.GetArrayLength());
        foreach (var element in root.EnumerateArray())
        {
            if (Parse(element, out refusal) is not { } input)
            {
                index = events.Count;
                return null;
            }

            events.Add(input);
        }

        return events;
    }

    private static EventInput? Parse(JsonElement element, out Refusal? refusal)
    {
        var fields = new JsonFields(element, Fields, Given);
        var input = new EventInput
        {
            IdempotencyKey = fields.Text("idempotencyKey"),
            Action = fields.Text("action"),
            Provider = fields.Text("provider"),
            Receiver = fields.Text("receiver"),
            InputOf = fields.Text("inputOf"),
            OutputOf = fields.Text("outputOf"),
            ResourceInventoriedAs = fields.Text("resourceInventoriedAs"),
            ToResourceInventoriedAs = fields.Text("toResourceInventoriedAs"),
            ResourceConformsTo = fields.Text("resourceConformsTo"),
            ResourceQuantity = fields.Measure("resourceQuantity"),
            EffortQuantity = fields.Measure("effortQuantity"),
            HasPointInTime = fields.Moment("hasPointInTime"),
            HasBeginning = fields.Moment("hasBeginning"),
            HasEnd = fields.Moment("hasEnd"),
            ToLocation = fields.Text("toLocation"),
            State = fields.Text("state"),
            Note = fields.Text("note"),
            Reason = fields.Text("reason"),
            Corrects = fields.Position("corrects"),
            Fulfills = [.. fields.Objects("fulfills", MostItems, ["commitment", "resourceQuantity", "effortQuantity"]).Select(Link).OfType<FulfilmentInput>()],
            RealizationOf = fields.Text("realizationOf"),
            Audience = fields.Texts("audience", MostItems),
            Flow = fields.Text("flow"),
        };
        refusal = fields.Refusal;
        return refusal is null ? input : null;
    }

    /// <summary>A link takes of the event's quantity, or of its effort where the commitment has only effort.</summary>
    private static FulfilmentInput? Link(JsonFields link)
    {
        var commitment = link.RequiredText("commitment");
        var quantity = link.Measure("resourceQuantity");
        var effort = link.Measure("effortQuantity");
        if (link.Refusal is null && quantity is null == effort is null)
        {
            link.Refuse(quantity is null ? new MissingField(link.PathOf("resourceQuantity")) : new WrongShape(link.PathOf("effortQuantity"), "left out where resourceQuantity is given: a link takes of one of the two"));
        }

        return link.Refusal is null ? new FulfilmentInput(commitment, (quantity ?? effort)!) : null;
    }
}
