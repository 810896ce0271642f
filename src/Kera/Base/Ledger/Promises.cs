using System.Buffers;
using System.Text.Json;
using Kera.Base.Store;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>An agreement as it comes in.</summary>
public sealed record AgreementInput(string Key, string NameFi, string NameSv, string NameEn, IReadOnlyList<string> Audience, Origin Origin = Origin.Api, string Source = "");

/// <summary>A commitment as it comes in: nouns by key. A key that is there makes a new version of it.</summary>
public sealed record CommitmentInput
{
    public required string Key { get; init; }
    public string NameFi { get; init; } = "";
    public string NameSv { get; init; } = "";
    public string NameEn { get; init; } = "";
    public required string Action { get; init; }
    public required string Provider { get; init; }
    public required string Receiver { get; init; }
    public string? ResourceConformsTo { get; init; }
    public string? ResourceInventoriedAs { get; init; }
    public MeasureInput? ResourceQuantity { get; init; }
    public MeasureInput? EffortQuantity { get; init; }
    public NodaTime.Instant? Due { get; init; }
    public string? ClauseOf { get; init; }
    /// <summary>Whether it is the other side's clause (the standard's reciprocalClauseOf).</summary>
    public bool Reciprocal { get; init; }
    public bool Finished { get; init; }
    /// <summary>Agents' keys, or the single word public; empty: provider and receiver only.</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];
    public Origin Origin { get; init; } = Origin.Api;
    public string Source { get; init; } = "";
}

/// <summary>A target as it comes in, always of the files: a clause of an agreement about an indicator. A key that is there makes a new version of it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="ClauseOf">The key of the agreement.</param>
/// <param name="Indicator">The key of the indicator.</param>
/// <param name="Comparator"><c>atMost</c>, <c>atLeast</c> or <c>equals</c>.</param>
/// <param name="Value">With what the indicator compares.</param>
/// <param name="Unit">The unit of the value, as the files write it.</param>
/// <param name="By">By the end of which year; null where it holds always.</param>
public sealed record TargetInput(string Key, string ClauseOf, string Indicator, string Comparator, Quantity Value, string Unit, int? By);

/// <summary>A key of the files, written by somebody else.</summary>
public sealed record TakenByFiles(string Key) : Refusal("id", $"'{Key}' is a key of the district's files; change it there.");

/// <summary>Agreements, commitments and targets: how they become nouns, and the bytes of a version in the chain.</summary>
public static class Promises
{
    public const string AgreementKind = "agreement";
    public const string CommitmentKind = "commitment";
    public const string TargetKind = "target";

    /// <summary>The source of a commitment of an operating plan, one by plant and hour: it is shown with the plan, and not among what an agent has promised.</summary>
    public const string OperatingPlan = "operating-plan";

    private static readonly Unit Hour = Unit.Find("h");

    internal static Commitment ToNoun(CommitmentRow row, Catalog catalog) => new(
        row.Id,
        row.Key,
        FlowAction.All[row.ActionId],
        catalog.Agents.Get(row.ProviderId).Noun,
        catalog.Agents.Get(row.ReceiverId).Noun,
        catalog.Specifications.Get(row.SpecificationId).Noun,
        row.ResourceId is { } resource ? catalog.Resources.Get(resource).Noun : null,
        row.Quantity is { } quantity ? new Quantity(quantity) : null,
        row.Effort is { } effort ? new Quantity(effort) : null,
        row.Due,
        row.AgreementId is { } agreement ? catalog.Agreements.Get(agreement).Noun : null);

    /// <summary>The content of a version of an agreement, in a fixed order of fields.</summary>
    public static byte[] Content(AgreementRow row, string audience) => Write(json =>
    {
        json.WriteString("id", row.Key);
        json.WriteString("audience", audience);
    });

    /// <summary>The content of a version of a commitment, in a fixed order of fields.</summary>
    public static byte[] Content(CommitmentRow row, string audience, Catalog catalog)
    {
        var noun = ToNoun(row, catalog);
        return Write(json =>
        {
            json.WriteString("id", noun.Key);
            json.WriteString("action", noun.Action.Name);
            json.WriteString("provider", noun.Provider.Key);
            json.WriteString("receiver", noun.Receiver.Key);
            json.WriteString("resourceConformsTo", noun.ConformsTo.Key);
            json.WriteString("resourceInventoriedAs", noun.Resource?.Key);
            json.WriteString("resourceQuantity", noun.ResourceQuantity is { } quantity ? $"{quantity} {noun.ConformsTo.Unit}" : null);
            json.WriteString("effortQuantity", noun.EffortQuantity is { } effort ? $"{effort} {noun.ConformsTo.EffortUnit ?? Hour}" : null);
            json.WriteString("due", noun.Due is { } due ? DistrictCalendar.ToInstant(due).ToString() : null);
            json.WriteString("clauseOf", noun.ClauseOf?.Key);
            json.WriteBoolean("reciprocal", row.Reciprocal);
            json.WriteBoolean("finished", row.Finished);
            json.WriteString("audience", audience);
        });
    }

    /// <summary>The content of a version of a target, in a fixed order of fields.</summary>
    public static byte[] Content(TargetInput input) => Write(json =>
    {
        json.WriteString("id", input.Key);
        json.WriteString("clauseOf", input.ClauseOf);
        json.WriteString("indicator", input.Indicator);
        json.WriteString("comparator", input.Comparator);
        json.WriteString("value", $"{input.Value} {input.Unit}");
        if (input.By is { } by)
        {
            json.WriteNumber("by", by);
        }
        else
        {
            json.WriteNull("by");
        }

        json.WriteString("audience", Catalog.Public);
    });

    /// <summary>Reads the content of a version of a target back.</summary>
    /// <exception cref="JsonException">It is not such content.</exception>
    /// <exception cref="KeyNotFoundException">A field is not there.</exception>
    /// <exception cref="FormatException">The value is no amount.</exception>
    internal static TargetInput ReadTarget(byte[] content)
    {
        using var json = JsonDocument.Parse(content);
        var root = json.RootElement;
        var value = Text("value");
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && Quantity.TryParse(value.AsSpan(0, space), out var quantity) == QuantityError.None
            ? new TargetInput(Text("id"), Text("clauseOf"), Text("indicator"), Text("comparator"), quantity, value[(space + 1)..], root.GetProperty("by") is { ValueKind: JsonValueKind.Number } by ? by.GetInt32() : null)
            : throw new FormatException(value);

        string Text(string field) => root.GetProperty(field).GetString() ?? throw new KeyNotFoundException(field);
    }

    /// <summary>Reads the content of a version of a commitment back.</summary>
    /// <exception cref="JsonException">It is not such content.</exception>
    /// <exception cref="KeyNotFoundException">It names what is not there.</exception>
    internal static Commitment ReadContent(int id, byte[] content, Catalog catalog, out bool finished)
    {
        using var json = JsonDocument.Parse(content);
        var root = json.RootElement;
        finished = root.GetProperty("finished").GetBoolean();
        return new Commitment(
            id,
            root.GetProperty("id").GetString()!,
            FlowAction.Find(root.GetProperty("action").GetString()!),
            Find(catalog.Agents, "provider")!,
            Find(catalog.Agents, "receiver")!,
            Find(catalog.Specifications, "resourceConformsTo")!,
            Find(catalog.Resources, "resourceInventoriedAs"),
            Measure("resourceQuantity"),
            Measure("effortQuantity"),
            null,
            Find(catalog.Agreements, "clauseOf"));

        TNoun? Find<TNoun, TRow>(NounTable<TNoun, TRow> table, string field)
            where TRow : NounRow
            where TNoun : class =>
            root.GetProperty(field).GetString() is { } key ? (catalog.Find(table, key) ?? throw new KeyNotFoundException(key)).Noun : null;

        Quantity? Measure(string field) =>
            root.GetProperty(field).GetString() is { } text && Quantity.TryParse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), out var quantity) == QuantityError.None ? quantity : null;
    }

    /// <summary>Makes the row of a commitment, on top of the one that is there.</summary>
    /// <returns>The row, or null with a refusal.</returns>
    internal static CommitmentRow? ToRow(CommitmentInput input, CommitmentRow? before, Catalog catalog, Func<string, int> audienceId, out Refusal? refusal)
    {
        refusal = null;
        if (before is { Origin: Origin.File } && input.Origin != Origin.File)
        {
            refusal = new TakenByFiles(input.Key);
            return null;
        }

        var action = FlowAction.TryFind(input.Action, out var known) ? known : null;
        var provider = catalog.Find(catalog.Agents, input.Provider)?.Noun;
        var receiver = catalog.Find(catalog.Agents, input.Receiver)?.Noun;
        var resource = input.ResourceInventoriedAs is null ? null : catalog.Find(catalog.Resources, input.ResourceInventoriedAs)?.Noun;
        var named = input.ResourceConformsTo is null ? null : catalog.Find(catalog.Specifications, input.ResourceConformsTo)?.Noun;
        var agreement = input.ClauseOf is null ? null : catalog.Find(catalog.Agreements, input.ClauseOf)?.Noun;
        var specification = resource?.ConformsTo ?? named;
        refusal =
            action is null ? new UnknownNoun("action", "action", input.Action, Nearest.To(input.Action, FlowAction.All.Select(each => each.Name)))
            : provider is null ? new UnknownNoun("provider", "agent", input.Provider, null)
            : receiver is null ? new UnknownNoun("receiver", "agent", input.Receiver, null)
            : input.ResourceInventoriedAs is not null && resource is null ? new UnknownNoun("resourceInventoriedAs", "resource", input.ResourceInventoriedAs, null)
            : input.ResourceConformsTo is not null && named is null ? new UnknownNoun("resourceConformsTo", "specification", input.ResourceConformsTo, null)
            : specification is null ? new MissingField("resourceConformsTo")
            : named is not null && named != specification ? new DifferentKind("resourceConformsTo", $"The resource is of '{specification.Key}', not of '{named.Key}'.")
            : input.ClauseOf is not null && agreement is null ? new UnknownNoun("clauseOf", "agreement", input.ClauseOf, null)
            : input.ResourceQuantity is null && input.EffortQuantity is null ? new MissingField("resourceQuantity")
            // What has been fulfilled is counted in this unit.
            : before is not null && before.SpecificationId != specification.Id ? new CannotChange("resourceConformsTo", input.Key)
            : before is not null && before.Quantity is null != input.ResourceQuantity is null ? new CannotChange("resourceQuantity", input.Key)
            : null;
        if (refusal is not null)
        {
            return null;
        }

        var quantity = Convert(input.ResourceQuantity, specification!.Unit, "resourceQuantity", ref refusal);
        var effort = Convert(input.EffortQuantity, specification.EffortUnit ?? Hour, "effortQuantity", ref refusal);
        return refusal is not null ? null : new CommitmentRow
        {
            Id = before?.Id ?? 0,
            Key = input.Key,
            NameFi = input.NameFi,
            NameSv = input.NameSv,
            NameEn = input.NameEn,
            Origin = input.Origin,
            Source = input.Source,
            ActionId = action!.Id,
            ProviderId = provider!.Id,
            ReceiverId = receiver!.Id,
            SpecificationId = specification.Id,
            ResourceId = resource?.Id,
            Quantity = quantity?.Millionths,
            Effort = effort?.Millionths,
            Due = input.Due is { } due ? DistrictCalendar.ToMicroseconds(due) : null,
            AgreementId = agreement?.Id,
            Reciprocal = input.Reciprocal,
            Finished = input.Finished,
            Fulfilled = before?.Fulfilled ?? 0,
            AudienceId = audienceId(Catalog.AudienceKeyOf(input.Audience.Count > 0 ? input.Audience : [input.Provider, input.Receiver])),
            Version = before?.Version ?? 0,
        };
    }

    private static Quantity? Convert(MeasureInput? measure, Unit expected, string field, ref Refusal? refusal)
    {
        if (measure is null)
        {
            return null;
        }

        if (!Unit.TryFind(measure.HasUnit, out var unit) || unit.ConvertTo(expected, measure.HasNumericalValue) is not { } converted)
        {
            refusal ??= new WrongUnit($"{field}.hasUnit", measure.HasUnit, expected.Code);
            return null;
        }

        if (converted < Quantity.Zero)
        {
            refusal ??= new NegativeQuantity(field);
        }

        return converted;
    }

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
