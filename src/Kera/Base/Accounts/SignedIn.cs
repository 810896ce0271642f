using System.Globalization;
using System.Security.Claims;
using Kera.Base.Access;
using Microsoft.AspNetCore.Authentication;

namespace Kera.Base.Accounts;

/// <summary>Who is signed in on this request. An endpoint that requires a sign-in takes it as a parameter.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="SessionId">The browser's session.</param>
/// <param name="AgentId">The person whose rights the request has: one's own, or of whom the desk acts for.</param>
/// <param name="PersonKey">That person's key.</param>
/// <param name="Desk">The key of who acts for them at the desk; null for the person themself.</param>
/// <param name="Roles">What they may do; nothing while acting for another.</param>
public sealed record SignedIn(int AccountId, int SessionId, int AgentId, string PersonKey, string? Desk, IReadOnlyList<RoleGrant> Roles)
{
    /// <summary>Who writes, for the audit: at the desk the one at the desk, who stands in it with whom they act for.</summary>
    public Actor Actor => Desk is null ? new Actor(PersonKey, "page") : new Actor(Desk, "desk for " + PersonKey);

    /// <summary>Whether they may do it.</summary>
    public bool May(Operation operation) => Permissions.May(Roles, operation);

    /// <summary>Reads who is signed in; called by the framework for an endpoint's parameter.</summary>
    public static ValueTask<SignedIn?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>Who is signed in; null for nobody, or for a program with a token.</summary>
    public static SignedIn? Of(HttpContext context) =>
        context.User.FindFirstValue(Sessions.SessionClaim) is not { } session ? null : new SignedIn(
            Number(context.User.FindFirstValue(Sessions.AccountClaim)!),
            Number(session),
            Number(context.User.FindFirstValue(BearerAuthentication.AgentIdClaim)!),
            context.User.FindFirstValue(ClaimTypes.NameIdentifier)!,
            context.User.FindFirstValue(Sessions.DeskClaim),
            RolesOf(context.User));

    /// <summary>Begins a session in the browser that asks.</summary>
    public static Task BeginAsync(HttpContext context, int accountId)
    {
        var properties = new AuthenticationProperties { IsPersistent = true };
        properties.SetString(Sessions.DeviceItem, Device.Of(context.Request.Headers.UserAgent.ToString()));
        return context.SignInAsync(Sessions.Scheme, Sessions.Entering(accountId), properties);
    }

    internal static IReadOnlyList<RoleGrant> RolesOf(ClaimsPrincipal user) => [.. user.FindAll(Sessions.RoleClaim).Select(claim => RoleGrant.Parse(claim.Value))];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A browser and its system in a few words, for the list of one's sessions.</summary>
internal static class Device
{
    private static readonly (string Mark, string Name)[] Browsers = [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Mark, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")];

    public static string Of(string userAgent) =>
        string.Join(", ", new[] { Name(Browsers, userAgent), Name(Systems, userAgent) }.OfType<string>()) is { Length: > 0 } known ? known : "?";

    private static string? Name((string Mark, string Name)[] marks, string userAgent) =>
        Array.Find(marks, each => userAgent.Contains(each.Mark, StringComparison.Ordinal)).Name;
}
