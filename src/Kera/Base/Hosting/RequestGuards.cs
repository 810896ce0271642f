using System.Threading.RateLimiting;
using Kera.Base.Access;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;

namespace Kera.Base.Hosting;

/// <summary>What is asked of every request before anyone reads it: how large, how many.</summary>
internal static class RequestGuards
{
    /// <summary>Answers bodies that are too large, and requests that cannot be read, with problem details.</summary>
    /// <param name="app">The application; it knows by now which endpoint answers.</param>
    /// <param name="most">How large a request may be whose endpoint says nothing else.</param>
    public static void UseBodyGuard(this WebApplication app, long most) => app.Use(async (context, next) =>
    {
        var largest = Math.Max(most, context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? 0);
        if (context.Request.ContentLength > largest)
        {
            await TooLarge(context, largest);
            return;
        }

        try
        {
            await next(context);
        }
        catch (BadHttpRequestException mistake) when (!context.Response.HasStarted)
        {
            await (mistake.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge(context, largest)
                : TypedResults.Problem(mistake.Message, title: "Request not readable", statusCode: mistake.StatusCode).ExecuteAsync(context));
        }
    });

    /// <summary>Answers HEAD as GET would, without the body: whoever checks a link need not know how an address is mapped.</summary>
    public static void UseHeadAsGet(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        context.Items[typeof(RequestGuards)] = HttpMethods.Head;
        context.Request.Method = HttpMethods.Get;
        context.Response.Body = Stream.Null;
        await next(context);
    });

    /// <summary>Whether a request that looks like GET was HEAD: an answer without an end must not begin for it.</summary>
    public static bool IsHead(HttpContext context) => context.Items.ContainsKey(typeof(RequestGuards));

    /// <summary>The limits of requests in a second; answers what is beyond with 429 and when to come again.</summary>
    public static void Configure(RateLimiterOptions options, RequestLimits limits)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        {
            var reads = ScopePolicies.ReadsOnly(context.Request.Method);
            var perSecond = reads ? limits.ReadsPerSecond : limits.WritesPerSecond;
            var caller = context.User.FindFirst(BearerAuthentication.TokenIdClaim)?.Value ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
            return perSecond == 0
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetTokenBucketLimiter((reads ? "r " : "w ") + caller, _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = perSecond * 4,
                    TokensPerPeriod = perSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                });
        });
        options.OnRejected = async (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "1";
            await TypedResults.Problem("So many requests at once are more than this caller's share. Wait a second, or send several events in one request.", title: "Too many requests", statusCode: StatusCodes.Status429TooManyRequests)
                .ExecuteAsync(context.HttpContext);
        };
    }

    private static Task TooLarge(HttpContext context, long largest) =>
        TypedResults.Problem($"The request is larger than {largest:N0} bytes. A note has at most 10,000 characters; send many events in several requests, or import a file.", title: "Request too large", statusCode: StatusCodes.Status413PayloadTooLarge)
            .ExecuteAsync(context);
}
