using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Kera.Base.Api;
using Kera.Base.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Kera.Base.Live;

/// <summary>An answer that goes on as server-sent events.</summary>
internal static class EventStream
{
    private static readonly ReadOnlyMemory<byte> Sign = ": here\n\n"u8.ToArray();

    /// <summary>Where too many listen already.</summary>
    public static IResult TooMany(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "30";
        return Problems.Of(StatusCodes.Status429TooManyRequests, "TooManyListeners", "So many listen already, from this address or at all, or the server stops. Ask now and then instead, or come again later.");
    }

    /// <summary>Tells until the caller goes or the program stops.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">Waits for the frames that are told next; null for a sign of life.</param>
    /// <param name="cancellation">The caller went.</param>
    public static async Task<IResult> TellAsync(HttpContext context, Func<CancellationToken, Task<ReadOnlyMemory<byte>?>> next, CancellationToken cancellation)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // A proxy that gathers an answer before it sends it would tell nothing.
        response.Headers["X-Accel-Buffering"] = "no";
        if (RequestGuards.IsHead(context))
        {
            return Results.Empty;
        }

        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        try
        {
            // When a node stops, not all come to the next one in the same second.
            await response.BodyWriter.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {Random.Shared.Next(2_000, 8_000)}\n\n")), cancellation);
            while (true)
            {
                await response.BodyWriter.WriteAsync(await next(cancellation) ?? Sign, cancellation);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ChannelClosedException or IOException)
        {
            // The listener went, or the server stops.
        }

        return Results.Empty;
    }
}
