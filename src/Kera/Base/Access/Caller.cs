using System.Globalization;
using System.Security.Claims;

namespace Kera.Base.Access;

/// <summary>Who stands behind a request.</summary>
public static class Caller
{
    /// <summary>Who reads: the token's agent where the token may read, the person who is signed in, else the public.</summary>
    public static Reader Reader(this HttpContext context) =>
        context.User.HasClaim(BearerAuthentication.ScopeClaim, Scopes.Read) ? ReaderOf(context.User) : Access.Reader.Public;

    /// <summary>Who reads Series: the token's agent where the token may read Series, the person who is signed in, else the public.</summary>
    public static Reader SeriesReader(this HttpContext context) =>
        context.User.HasClaim(BearerAuthentication.ScopeClaim, Scopes.ReadSeries) ? ReaderOf(context.User) : Access.Reader.Public;

    /// <summary>Who writes, for the audit: the token's agent.</summary>
    /// <exception cref="InvalidOperationException">The request has no token; the endpoint must require a scope.</exception>
    public static Actor Actor(this HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } key
            ? new Actor(key, "api")
            : throw new InvalidOperationException("A write without a token: the endpoint requires no scope.");

    private static Reader ReaderOf(ClaimsPrincipal user) =>
        new(user.FindFirstValue(BearerAuthentication.AgentIdClaim) is { } id ? Number(id) : null) { ActsFor = [.. user.FindAll(BearerAuthentication.ActsForClaim).Select(claim => Number(claim.Value))] };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
