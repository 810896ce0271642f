using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Features.Ledger;

/// <summary>Nouns put by key.</summary>
internal static class NounWrites
{
    /// <summary>What answers have and nobody sends.</summary>
    private static readonly string[] Given = ["id", "retired", "phases", "state", "version", "fulfilled"];

    public static void MapNounWrites(this RouteGroupBuilder api)
    {
        api.MapPut<AgentFields, AgentInput>("/agents", "agent", ["name", "type", "outside", "note"], Agent, (data, input, actor, cancellation) => data.PutAsync(input, actor, cancellation));
        api.MapPut<PlaceFields, PlaceInput>("/places", "place", ["name", "kind", "partOf", "geometry", "schematic"], Place, (data, input, actor, cancellation) => data.PutAsync(input, actor, cancellation));
        api.MapPut<SpecificationFields, SpecificationInput>("/resource-specifications", "kind of thing", ["name", "defaultUnitOfResource", "defaultUnitOfEffort", "resourceClassifiedAs"], Specification, (data, input, actor, cancellation) => data.PutAsync(input, actor, cancellation));
        api.MapPut<ProcessSpecificationFields, ProcessSpecificationInput>("/process-specifications", "kind of process", ["name"], (key, fields) => new(key, fields.Name()), (data, input, actor, cancellation) => data.PutAsync(input, actor, cancellation));
        api.MapPut<ResourceFields, ResourceInput>("/resources", "resource", ["name", "conformsTo", "kind", "lot", "place", "note"], Resource, (data, input, actor, cancellation) => data.PutAsync(input, actor, cancellation));
        api.MapPut<ProcessFields, ProcessInput>("/processes", "process", ["name", "basedOn", "continuous", "place"], Process, (data, input, actor, cancellation) => data.PutAsync(input, actor, cancellation));
    }

    /// <summary>The noun's name, in three languages or one text for all.</summary>
    public static LocalizedText Name(this JsonFields fields)
    {
        var name = fields.Localized("name");
        if (name is null)
        {
            fields.Refuse(new MissingField("name"));
        }

        return name ?? new LocalizedText("", "", "");
    }

    private static void MapPut<TFields, TInput>(
        this RouteGroupBuilder api,
        string path,
        string kind,
        IReadOnlyList<string> known,
        Func<string, JsonFields, TInput> read,
        Func<MasterData, TInput, Actor, CancellationToken, Task<PutOutcome>> put)
        where TFields : class
        where TInput : class =>
        api.MapPut(path + "/{id}", async (string id, HttpContext context, MasterData data, CancellationToken cancellation) =>
        {
            var (input, problem) = await RequestBody.ReadAsync(context, known, Given, fields => read(id, fields));
            if (problem is not null)
            {
                return problem;
            }

            var outcome = await put(data, input!, context.Actor(), cancellation);
            return outcome.Refusal is not null
                ? Problems.Of(outcome.Refusal)
                : new Answer(new NounReceipt(id, outcome.Created))
                {
                    Status = outcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK,
                    Location = $"/api/v1{path}/{id}",
                };
        }).RequireScope(Scopes.WriteMaster).Accepts<TFields>("application/json").DescribesWriting<NounReceipt>("Nouns", $"Makes or changes one {kind}");

    private static AgentInput Agent(string key, JsonFields fields) => new(
        key,
        fields.Name(),
        fields.Choice("type", ["organization", "ecological"], required: true) == "ecological",
        fields.Flag("outside") ?? false,
        fields.Localized("note"));

    private static PlaceInput Place(string key, JsonFields fields) => new(
        key, fields.Name(), fields.Choice<DistrictPlaceKind>("kind", required: true) ?? default, fields.Text("partOf"), Geometry(fields), fields.Flag("schematic") ?? false);

    private static SpecificationInput Specification(string key, JsonFields fields) => new(
        key,
        fields.Name(),
        fields.RequiredText("defaultUnitOfResource"),
        fields.Text("defaultUnitOfEffort"),
        fields.Choice<DistrictResourceClass>("resourceClassifiedAs", required: true) ?? default);

    private static ResourceInput Resource(string key, JsonFields fields) => new(
        key,
        fields.Name(),
        fields.RequiredText("conformsTo"),
        fields.Choice<ResourceKind>("kind", required: false) ?? ResourceKind.Stock,
        fields.Text("lot"),
        fields.Text("place"),
        fields.Localized("note"));

    private static ProcessInput Process(string key, JsonFields fields) => new(key, fields.Name(), fields.Text("basedOn"), fields.Flag("continuous") ?? false, fields.Text("place"));

    private static string? Geometry(JsonFields fields)
    {
        if (fields.Raw("geometry") is not { } geometry)
        {
            return null;
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(geometry);
        if (text.Length > PlaceGeometry.MostBytes)
        {
            fields.Refuse(new WrongShape("geometry", $"at most {PlaceGeometry.MostBytes} bytes long; draw it with fewer positions"));
            return null;
        }

        var checkedGeometry = PlaceGeometry.Check(text, out var mistake);
        fields.Refuse(mistake is null ? null : new WrongText("geometry", mistake));
        return checkedGeometry;
    }

    private static LocalizedText? Localized(this JsonFields fields, string name)
    {
        if (fields.Raw(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return fields.Text(name) is { } text ? new LocalizedText(text, text, text) : null;
        }

        return fields.Within(name, ["fi", "sv", "en"]) is { } languages ? new LocalizedText(languages.RequiredText("fi"), languages.RequiredText("sv"), languages.RequiredText("en")) : null;
    }

    private static TEnum? Choice<TEnum>(this JsonFields fields, string name, bool required)
        where TEnum : struct, Enum =>
        fields.Choice(name, [.. Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName)], required) is { } word ? Enum.Parse<TEnum>(word, ignoreCase: true) : null;

    private static string? Choice(this JsonFields fields, string name, IReadOnlyList<string> words, bool required)
    {
        var text = fields.Text(name);
        fields.Refuse(
            text is null ? required ? new MissingField(name) : null
            : words.Contains(text) ? null
            : new WrongShape(name, $"one of: {string.Join(", ", words)}"));
        return text is not null && words.Contains(text) ? text : null;
    }
}

/// <summary>What became of a noun that was put.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Created">Whether it is new.</param>
public sealed record NounReceipt(string Id, bool Created);
