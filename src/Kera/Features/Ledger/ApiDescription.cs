using System.Text.Json.Nodes;
using Kera.Base.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kera.Features.Ledger;

/// <summary>The OpenAPI description: what the code cannot tell of itself is written here, once for each parameter and status.</summary>
internal static class ApiDescription
{
    private static readonly Dictionary<string, (string Description, JsonNode Example)> Parameters = new(StringComparer.Ordinal)
    {
        ["id"] = ("The key.", "kera"),
        ["position"] = ("The id of the event: its place in the chain.", 1),
        ["agent"] = ("Only where this agent is provider or receiver.", "city-of-espoo"),
        ["resource"] = ("Only of this resource, or to it.", "brick-pile"),
        ["specification"] = ("Only of this kind of thing.", "heat"),
        ["action"] = ("Only this action of ValueFlows.", "consume"),
        ["process"] = ("Only into or out of this process.", "heating"),
        ["place"] = ("Only what is metered or lies at this place, or at a part of it.", "station"),
        ["from"] = ("From this effect time on; RFC 3339 with an offset.", "2026-01-01T00:00:00+02:00"),
        ["until"] = ("Before this effect time; RFC 3339 with an offset.", "2026-02-01T00:00:00+02:00"),
        ["at"] = ("Effect time up to and including this instant; RFC 3339 with an offset. Left out, now.", "2026-01-01T00:00:00+02:00"),
        ["after"] = ("Where the page before ended: taken from the Link header, rel=next.", "brick-pile"),
        ["limit"] = ("At most so many.", 100),
        ["Last-Event-ID"] = ("The id of the last event that was told: what came after it is told in one. Left out, where the ledger stands.", "1742"),
        ["granularity"] = ("How long a period is: hour, day or month.", "day"),
    };

    private static readonly Dictionary<int, string> Statuses = new()
    {
        [304] = "Nothing was written since the answer whose ETag is named in If-None-Match",
        [400] = "The JSON or a parameter cannot be read; the detail says where",
        [401] = "No token, or one that is not valid",
        [403] = "The token lacks the scope, or the events are others'",
        [404] = "Nothing there that you may read",
        [409] = "The idempotency key was used for something else",
        [413] = "The request is too large",
        [415] = "The body is not said to be JSON",
        [422] = "Refused by a rule: code names it, field the field, index the event of a batch",
        [429] = "Too many requests; Retry-After says when to come again",
        [503] = "Not now: nothing was recorded; come again",
    };

    private static readonly HashSet<string> Moments = ["hasPointInTime", "hasBeginning", "hasEnd", "created", "due"];

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(DescribeDocument);
        options.AddOperationTransformer(DescribeOperation);
        options.AddSchemaTransformer(DescribeSchema);
    });

    /// <summary>Describes an address that is read.</summary>
    public static RouteHandlerBuilder Describes<TAnswer>(this RouteHandlerBuilder builder, string tag, string summary) =>
        builder.Describe(tag, summary, builder => builder.Produces<TAnswer>(), 304, 400, 401, 404, 429);

    /// <summary>Describes an address that is written to.</summary>
    public static RouteHandlerBuilder DescribesWriting<TAnswer>(this RouteHandlerBuilder builder, string tag, string summary) =>
        builder.Describe(tag, summary, builder => builder.Produces<TAnswer>().Produces<TAnswer>(StatusCodes.Status201Created), 400, 401, 403, 409, 413, 415, 422, 429, 503);

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder builder, string tag, string summary, Func<RouteHandlerBuilder, RouteHandlerBuilder> produces, params int[] statuses)
    {
        produces(builder.WithTags(tag).WithSummary(summary + "."));
        foreach (var status in statuses)
        {
            _ = status < 400 ? builder.Produces(status) : builder.ProducesProblem(status);
        }

        return builder;
    }

    private static Task DescribeDocument(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Kera",
            Version = "v1",
            Description = "The ledger of a district, in the vocabulary of ValueFlows 1.0. Without a token everything public can be read; a token (Authorization: Bearer kera_…) shows besides what its agent may read. Errors are problem details (RFC 9457) with code, and where it applies field and index.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = $"Scopes: {string.Join(", ", Scopes.All)}. Made with 'kera token add'." },
        };
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Where(operation => operation.Value.RequestBody is not null))
        {
            operation.Value.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
        }

        return Task.CompletedTask;
    }

    private static Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.OperationId = OperationId(context.Description.HttpMethod!, context.Description.RelativePath!);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            (parameter.Description, parameter.Example) = (Parameters[parameter.Name!].Description, Parameters[parameter.Name!].Example.DeepClone());
        }

        foreach (var name in context.Description.ActionDescriptor.EndpointMetadata.OfType<KnownParameters>().SelectMany(known => known.Names))
        {
            var (description, example) = Parameters[name];
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = description,
                Example = example.DeepClone(),
                Required = name == "granularity",
                Schema = new OpenApiSchema { Type = name == "limit" ? JsonSchemaType.Integer : JsonSchemaType.String, Format = name is "from" or "until" or "at" ? "date-time" : null },
            });
        }

        if (context.Description.HttpMethod == "POST" && context.Description.RelativePath == "api/v1/events")
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = "Makes the event once and only once; the same as the field idempotencyKey.",
                Example = "meter-17/2026-01-01T00",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            response.Description = Statuses.TryGetValue(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), out var words) ? words : status == "201" ? "Recorded" : context.Description.HttpMethod == "GET" ? "The answer" : "It was there already, or was changed";
        }

        if (operation.RequestBody is OpenApiRequestBody { Content: { } content } && ApiExamples.Of(context.Description.RelativePath!) is { } body)
        {
            content["application/json"].Example = body;
        }

        return Task.CompletedTask;
    }

    private static Task DescribeSchema(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonTypeInfo.Type == typeof(decimal))
        {
            // Exact decimals; no reader should take them for doubles.
            (schema.Format, schema.Description) = (null, "An exact decimal number with at most six decimals, beyond ±9,223,372,036,854 refused.");
        }

        if (context.JsonTypeInfo.Type == typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))
        {
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The rule's stable name, which type ends with." };
            schema.Properties["field"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The field or parameter it is about; missing where it is about none." };
            schema.Properties["index"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Which event of a batch, from 0." };
        }

        if (context.JsonPropertyInfo is { } property && Moments.Contains(property.Name))
        {
            schema.Format = "date-time";
        }

        return Task.CompletedTask;
    }

    /// <summary>GET /api/v1/events/{position}/trace is getEventsPositionTrace.</summary>
    private static string OperationId(string method, string path) =>
        method.ToLowerInvariant() + string.Concat(path["api/v1/".Length..]
            .Split(['/', '-', '{', '}'], StringSplitOptions.RemoveEmptyEntries)
            // A route's constraint is no part of its name.
            .Select(part => part.Split(':')[0])
            .Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
