using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Features.Ledger;

/// <summary>Events: listed, one, recorded.</summary>
internal static class EventEndpoints
{
    private const int MostListed = 500;
    private const int MostRecorded = 1_000;

    public static void MapEvents(this RouteGroupBuilder api)
    {
        api.MapGet("/events", ListAsync).Takes([.. RequestQuery.FilterNames, "after", "limit"]).TagByHead()
            .Describes<IReadOnlyList<EventDocument>>("Events", "Lists events, the newest effect time first");
        api.MapGet("/events/{position:long:min(1)}", OneAsync).TagByHead()
            .Describes<EventDocument>("Events", "Gives one event");
        api.MapPost("/events", RecordAsync).RequireScope(Scopes.WriteEvents).Accepts<EventFields>("application/json")
            .DescribesWriting<EventReceipt>("Events", "Records an event");
        api.MapPost("/events/batch", RecordManyAsync).RequireScope(Scopes.WriteEvents).Accepts<IReadOnlyList<EventFields>>("application/json")
            .DescribesWriting<IReadOnlyList<EventReceipt>>("Events", "Records up to 1,000 events in order, all or none");
    }

    private static async Task<IResult> ListAsync(HttpContext context, LedgerQueries queries, Catalog catalog, EventDocuments documents, CancellationToken cancellation)
    {
        var query = new RequestQuery(context, catalog);
        var (filter, cursor, limit) = (query.Filter(), query.Cursor(), query.Limit(usual: 100, MostListed));
        if (query.Refusal is { } refusal)
        {
            return Problems.OfQuery(refusal);
        }

        var reader = context.Reader();
        // One more than asked for tells whether there is a next page.
        var events = await queries.EventsAsync(reader, filter, cursor, limit + 1, cancellation);
        var page = events.Take(limit).ToList();
        return new Answer(await documents.OfAsync(page, reader, cancellation))
        {
            Next = events.Count > limit ? query.With("after", RequestQuery.Write(new EventCursor(page[^1].Event.EffectTime, page[^1].Event.Position))) : null,
        };
    }

    private static async Task<IResult> OneAsync(long position, HttpContext context, LedgerQueries queries, EventDocuments documents, CancellationToken cancellation)
    {
        var reader = context.Reader();
        return await queries.EventAsync(reader, position, cancellation) is { } detail
            ? new Answer((await documents.OfAsync([detail.Stored], reader, cancellation))[0])
            : Problems.NotFound("event", EventDocuments.Id(position));
    }

    private static async Task<IResult> RecordAsync(HttpContext context, LedgerWriter writer, WriteRights rights, CancellationToken cancellation)
    {
        var body = await RequestBody.ReadAsync(context);
        if (EventJson.Read(body, out var refusal) is not { } input)
        {
            return Problems.Of(refusal!);
        }

        input = input with { IdempotencyKey = IdempotencyKey(context, input, out refusal) };
        if (refusal is not null)
        {
            return Problems.Of(refusal);
        }

        if (await rights.RefuseAsync(context, [input]) is { } forbidden)
        {
            return Forbidden(forbidden.Refusal, index: -1);
        }

        var outcome = await writer.AppendAsync([input], context.Actor(), cancellation);
        if (outcome.Refusal is not null)
        {
            return Problems.Of(outcome.Refusal);
        }

        var receipt = Receipt(outcome.Events[0]);
        return new Answer(receipt)
        {
            Status = receipt.WasThere ? StatusCodes.Status200OK : StatusCodes.Status201Created,
            Location = $"/api/v1/events/{receipt.Id}",
        };
    }

    private static async Task<IResult> RecordManyAsync(HttpContext context, LedgerWriter writer, WriteRights rights, CancellationToken cancellation)
    {
        var body = await RequestBody.ReadAsync(context);
        if (context.Request.Headers.ContainsKey("Idempotency-Key"))
        {
            return Problems.Of(new WrongText("idempotencyKey", "In a batch each event has its own key, in the field 'idempotencyKey'. Leave the header Idempotency-Key out."));
        }

        if (EventJson.ReadMany(body, MostRecorded, out var refusal, out var index) is not { } events)
        {
            return Problems.Of(refusal!, index);
        }

        if (await rights.RefuseAsync(context, events) is { } forbidden)
        {
            return Forbidden(forbidden.Refusal, forbidden.Index);
        }

        var outcome = await writer.AppendAsync(events, context.Actor(), cancellation);
        return outcome.Refusal is not null
            ? Problems.Of(outcome.Refusal, outcome.RefusedIndex)
            : new Answer(outcome.Events.Select(Receipt).ToList())
            {
                Status = outcome.Events.All(each => each.WasThere) ? StatusCodes.Status200OK : StatusCodes.Status201Created,
            };
    }

    private static IResult Forbidden(Kera.Flows.Refusal refusal, int index) =>
        refusal is NotAParty ? Problems.Of(StatusCodes.Status403Forbidden, refusal, index) : Problems.Of(refusal, index);

    private static EventReceipt Receipt(AppendedEvent appended) => new(appended.Position.ToString(CultureInfo.InvariantCulture), appended.IdempotencyKey, appended.WasThere);

    /// <summary>The key that makes a request once and only once, from its header; quotes around it are left away.</summary>
    private static string? IdempotencyKey(HttpContext context, EventInput input, out Refusal? refusal)
    {
        refusal = null;
        if (!context.Request.Headers.TryGetValue("Idempotency-Key", out var header))
        {
            return input.IdempotencyKey;
        }

        var key = header.ToString();
        key = key is ['"', .., '"'] ? key[1..^1] : key;
        if (input.IdempotencyKey is not null && input.IdempotencyKey != key)
        {
            refusal = new WrongText("idempotencyKey", "The header Idempotency-Key and the field 'idempotencyKey' say different things. Give one of them.");
        }

        return key;
    }
}
