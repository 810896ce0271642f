using System.Globalization;
using System.Threading.Channels;
using Kera.Base.Api;
using Kera.Base.Hosting;
using Kera.Base.Live;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Ledger;

/// <summary>The ledger as it goes on: server-sent events whose id is the position.</summary>
internal static class LiveEndpoints
{
    private static readonly ReadOnlyMemory<byte> Sign = ": here\n\n"u8.ToArray();

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
        if (listener is null)
        {
            context.Response.Headers.RetryAfter = "30";
            return Problems.Of(StatusCodes.Status429TooManyRequests, "TooManyListeners", "So many listen already, from this address or at all, or the server stops. Ask for the chain now and then instead, or come again later.");
        }

        await TellAsync(context, listener, cancellation);
        return Results.Empty;
    }

    private static async Task TellAsync(HttpContext context, LiveListener listener, CancellationToken cancellation)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // A proxy that gathers an answer before it sends it would tell nothing.
        response.Headers["X-Accel-Buffering"] = "no";
        if (RequestGuards.IsHead(context))
        {
            return;
        }

        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        try
        {
            // When a node stops, not all come to the next one in the same second.
            await WriteAsync(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {Random.Shared.Next(2_000, 8_000)}\n\n")));
            while (true)
            {
                var update = await listener.NextAsync(cancellation);
                await WriteAsync(update?.Frame ?? Sign);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ChannelClosedException or IOException)
        {
            // The listener went, or the server stops.
        }

        ValueTask<System.IO.Pipelines.FlushResult> WriteAsync(ReadOnlyMemory<byte> bytes) => response.BodyWriter.WriteAsync(bytes, cancellation);
    }
}
