using System.Text.Json;
using System.Text.Json.Nodes;
using Kera.Base.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kera.Base.Api;

/// <summary>
/// The OpenAPI description: what the code cannot tell of itself is written here once for each status, and by features as
/// <see cref="ApiParameter"/> and <see cref="ApiExample"/>.
/// </summary>
internal static class ApiDescription
{
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

    /// <summary>The name of the document; a feature may add transformers of its own to its options.</summary>
    public static string Document => "v1";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
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
        return Task.CompletedTask;
    }

    private static Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.OperationId = OperationId(context.Description.HttpMethod!, context.Description.RelativePath!);
        var described = context.ApplicationServices.GetServices<ApiParameter>().ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            (parameter.Description, parameter.Example) = (described[parameter.Name!].Description, described[parameter.Name!].Example.DeepClone());
        }

        foreach (var name in context.Description.ActionDescriptor.EndpointMetadata.OfType<KnownParameters>().SelectMany(known => known.Names))
        {
            var parameter = described[name];
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = parameter.Description,
                Example = parameter.Example.DeepClone(),
                Required = parameter.Required,
                Schema = new OpenApiSchema { Type = parameter.Example.GetValueKind() == JsonValueKind.Number ? JsonSchemaType.Integer : JsonSchemaType.String, Format = parameter.Format },
            });
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            response.Description = Statuses.TryGetValue(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), out var words) ? words : status == "201" ? "Recorded" : context.Description.HttpMethod == "GET" ? "The answer" : "It was there already, or was changed";
        }

        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", context.Document)] = [] }];
        }

        if (operation.RequestBody is OpenApiRequestBody { Content: { } content }
            && context.ApplicationServices.GetServices<ApiExample>().FirstOrDefault(example => example.Path == context.Description.RelativePath!["api/v1/".Length..]) is { } body)
        {
            content["application/json"].Example = JsonNode.Parse(body.Json);
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

        if (context.JsonTypeInfo.Type == typeof(NodaTime.Instant))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        }

        if (context.JsonTypeInfo.Type == typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))
        {
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The rule's stable name, which type ends with." };
            schema.Properties["field"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The field or parameter it is about; missing where it is about none." };
            schema.Properties["index"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Which event of a batch, from 0." };
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
