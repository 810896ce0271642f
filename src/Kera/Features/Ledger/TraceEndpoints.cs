using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Features.Ledger;

/// <summary>Where things came from (trace) and where they went (track).</summary>
internal static class TraceEndpoints
{
    private const int UsualSteps = 200;
    private const int MostSteps = 5_000;

    public static void MapTraces(this RouteGroupBuilder api)
    {
        Map(api, "trace", TraceDirection.Trace, "where it came from");
        Map(api, "track", TraceDirection.Track, "where it went");
    }

    private static void Map(RouteGroupBuilder api, string name, TraceDirection direction, string words)
    {
        api.MapGet($"/resources/{{id}}/{name}", async (string id, HttpContext context, LedgerTrace trace, Catalog catalog, CancellationToken cancellation) =>
        {
            var query = new RequestQuery(context, catalog);
            var limit = query.Limit(UsualSteps, MostSteps);
            return query.Refusal is { } refusal ? Problems.OfQuery(refusal)
                : MasterData.IsKey(id) && catalog.Find(catalog.Resources, id) is { } resource ? Answered(await trace.WalkAsync(context.Reader(), resource.Noun, direction, limit, cancellation))
                : Problems.NotFound("resource", id);
        }).Takes("limit").TagByHead().Describes<IReadOnlyList<TraceStepDocument>>("Traces", $"Lists the events that tell of a resource {words}, nearest first");
        api.MapGet($"/events/{{position:long:min(1)}}/{name}", async (long position, HttpContext context, LedgerTrace trace, Catalog catalog, CancellationToken cancellation) =>
        {
            var query = new RequestQuery(context, catalog);
            var limit = query.Limit(UsualSteps, MostSteps);
            return query.Refusal is { } refusal ? Problems.OfQuery(refusal)
                : await trace.WalkAsync(context.Reader(), position, direction, limit, cancellation) is { } steps ? Answered(steps)
                : Problems.NotFound("event", EventDocuments.Id(position));
        }).Takes("limit").TagByHead().Describes<IReadOnlyList<TraceStepDocument>>("Traces", $"Lists the events that tell of what moved in an event {words}, nearest first");
    }

    private static Answer Answered(IReadOnlyList<TraceStep> steps) => new(steps.Select(step => new TraceStepDocument(
        EventDocuments.Of(step.Event),
        step.From is { } from ? EventDocuments.Id(from) : null,
        step.Via switch
        {
            TraceVia.Start => "start",
            TraceVia.Resource => "resource",
            TraceVia.Process => "process",
            TraceVia.Container => "container",
            _ => "correction",
        },
        step.Distance)).ToList());
}
