using System.Globalization;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using Microsoft.AspNetCore.OutputCaching;
using NodaTime;

namespace Kera.Base.Hosting;

/// <summary>
/// Keeps public pages, ready to be sent, by address and by what they were made from: with the next entry of the ledger, and with
/// whatever else is written on this node, they are made anew. What another node or the passing of time changes is seen within
/// <see cref="Longest"/>. A request with a session or a token neither reads nor fills it, and a page that sets a cookie or says
/// <c>no-store</c> is never kept.
/// </summary>
internal sealed class PageCache : IOutputCachePolicy
{
    /// <summary>No page is older.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // A flood of made-up queries fills this and no more.
    private const int Megabyte = 1 << 20;

    private long _written;

    private readonly IClock _clock;

    private PageCache(LedgerWriter writer, IClock clock)
    {
        writer.Committed += OnWritten;
        _clock = clock;
    }

    public static void Register(IServiceCollection services)
    {
        services.AddSingleton(provider => new PageCache(provider.GetRequiredService<LedgerWriter>(), provider.GetRequiredService<IClock>()));
        services.AddOutputCache();
        services.AddOptions<OutputCacheOptions>().Configure<PageCache>((cache, policy) =>
        {
            cache.SizeLimit = 64 * Megabyte;
            cache.MaximumBodySize = 2 * Megabyte;
            cache.DefaultExpirationTimeSpan = Longest;
            cache.AddBasePolicy(policy);
        });
    }

    /// <summary>Puts it into the pipeline: after the headers that every answer has, before the compression, whose work it keeps too.</summary>
    public static void Use(WebApplication app)
    {
        var cache = app.Services.GetRequiredService<PageCache>();
        app.Use(async (context, next) =>
        {
            await next(context);
            if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            {
                cache.OnWritten();
            }
        });
        app.UseOutputCache();
    }

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var kept = HttpMethods.IsGet(request.Method)
            && Language.All.Any(language => request.Path.StartsWithSegments("/" + language.Code))
            && request.Headers.Authorization.Count == 0
            && !request.Cookies.ContainsKey(Sessions.CookieName);
        context.EnableOutputCaching = kept;
        context.AllowCacheLookup = kept;
        context.AllowCacheStorage = kept;
        context.AllowLocking = true;
        // As one word: told to vary by each value, the framework puts repeated ones in order, in the request itself.
        context.CacheVaryByRules.VaryByValues["query"] = request.QueryString.Value ?? "";
        context.CacheVaryByRules.VaryByValues["written"] = Interlocked.Read(ref _written).ToString(CultureInfo.InvariantCulture);
        // By the clock that the pages go by, which in a test is not the machine's.
        context.CacheVaryByRules.VaryByValues["time"] = (_clock.GetCurrentInstant().ToUnixTimeSeconds() / (long)Longest.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.CacheVaryByRules.VaryByValues["encoding"] = Encoding(request.Headers.AcceptEncoding.ToString());
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != StatusCodes.Status200OK
            || response.Headers.SetCookie.Count > 0
            || response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase))
        {
            context.AllowCacheStorage = false;
        }

        return ValueTask.CompletedTask;
    }

    private void OnWritten() => Interlocked.Increment(ref _written);

    // What the compression would choose: whoever asks in other words gets the same.
    private static string Encoding(string accepted) =>
        accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br" : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip" : "";
}
