using Kera.Base.Api;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kera.Features.Ledger;

/// <summary>What the description of the API says of the ledger's addresses alone.</summary>
internal static class LedgerDescription
{
    private static readonly HashSet<string> Moments = ["hasPointInTime", "hasBeginning", "hasEnd", "created", "due"];

    private static readonly ApiParameter[] Parameters =
    [
        new("position", "The id of the event: its place in the chain.", 1),
        new("agent", "Only where this agent is provider or receiver.", "city-of-espoo"),
        new("resource", "Only of this resource, or to it.", "brick-pile"),
        new("specification", "Only of this kind of thing.", "heat"),
        new("action", "Only this action of ValueFlows.", "consume"),
        new("process", "Only into or out of this process.", "heating"),
        new("place", "Only what is metered or lies at this place, or at a part of it.", "station"),
        new("from", "From this effect time on; RFC 3339 with an offset.", "2026-01-01T00:00:00+02:00", Format: "date-time"),
        new("until", "Before this effect time; RFC 3339 with an offset.", "2026-02-01T00:00:00+02:00", Format: "date-time"),
        new("at", "Effect time up to and including this instant; RFC 3339 with an offset. Left out, now.", "2026-01-01T00:00:00+02:00", Format: "date-time"),
        new("Last-Event-ID", "The id of the last event that was told: what came after it is told in one. Left out, where the ledger stands.", "1742"),
        new("granularity", "How long a period is: hour, day or month.", "day", Required: true),
    ];

    public static void Register(IServiceCollection services)
    {
        foreach (var parameter in Parameters)
        {
            services.AddSingleton(parameter);
        }

        services.Configure<OpenApiOptions>(ApiDescription.Document, options =>
        {
            options.AddOperationTransformer(DescribeRecording);
            options.AddSchemaTransformer(DescribeMoments);
        });
    }

    private static Task DescribeRecording(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
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

        return Task.CompletedTask;
    }

    private static Task DescribeMoments(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonPropertyInfo is { } property && Moments.Contains(property.Name))
        {
            schema.Format = "date-time";
        }

        return Task.CompletedTask;
    }
}
