namespace Kera.Base.Ui;

/// <summary>The headers that keep a browser from doing what Kera's pages never ask for.</summary>
public static class SecurityHeaders
{
    // Scripts are files of our own, for the map that can be moved: it works in a worker and fetches its places. Nothing inline.
    // What forms may lead to comes last, for there may be more of it.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /// <summary>Adds the headers to every answer; comes before everything that may answer.</summary>
    /// <param name="app">The pipeline.</param>
    /// <param name="payments">Where a form may lead besides Kera itself: to the payment provider's pages; null for nowhere.</param>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, string? payments)
    {
        var policy = payments is null ? ContentSecurityPolicy : $"{ContentSecurityPolicy} {payments}";
        return app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                return Task.CompletedTask;
            });
            return next(context);
        });
    }
}
