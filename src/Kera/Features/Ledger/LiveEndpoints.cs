using System.Globalization;
using Kera.Base.Api;
using Kera.Base.Live;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Ledger;

/// <summary>The ledger as it goes on: server-sent events whose id is the position.</summary>
internal static class LiveEndpoints
{
    public static void MapLive(this RouteGroupBuilder api)
    {
        var live = api.MapGet("/live", ListenAsync)
            .WithTags("Chain")
            .WithSummary("Tells as server-sent events that the ledger went on: position, time, and which public flows were written to (none named where any may have been). Resumed by Last-Event-ID.")
            .Produces<string>(contentType: "text/event-stream");
        foreach (var status in new[] { 400, 401, 429 })
        {
            live.ProducesProblem(status);
        }
    }

    private static async Task<IResult> ListenAsync([FromHeader(Name = "Last-Event-ID")] string? lastEventId, HttpContext context, LiveBroadcaster broadcaster, CancellationToken cancellation)
    {
        long? last = null;
        if (!string.IsNullOrEmpty(lastEventId))
        {
            if (!long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                return Problems.OfQuery(new WrongParameter("Last-Event-ID", "is the id of an event that was told here: a position of the chain."));
            }

            last = position;
        }

        using var listener = await broadcaster.ListenAsync(context.Connection.RemoteIpAddress?.ToString() ?? "", last, cancellation);
        return listener is null
            ? EventStream.TooMany(context)
            : await EventStream.TellAsync(context, async stopping => (await listener.NextAsync(stopping))?.Frame, cancellation);
    }
}
