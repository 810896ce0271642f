using Kera.Base.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Kera.Base.Access;

/// <summary>Answers a refusal as problem details (RFC 9457) that say what is missing and how to get it.</summary>
internal sealed class AccessResults : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        if (policy.AuthenticationSchemes.Contains(Sessions.Scheme))
        {
            // A person's page: to the sign-in, or to the page that says no.
            await (authorizeResult.Challenged ? context.ChallengeAsync(Sessions.Scheme) : context.ForbidAsync(Sessions.Scheme));
            return;
        }

        var scope = policy.Requirements.OfType<ScopeRequirement>().FirstOrDefault()?.Scope;
        if (scope is null)
        {
            await Problem(context, StatusCodes.Status403Forbidden, "Not writable", "Nothing can be written at this address.");
        }
        else if (context.User.Identity is { IsAuthenticated: true })
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";
            await Problem(context, StatusCodes.Status403Forbidden, "Scope missing", $"The token lacks the scope '{scope}'. Ask the operator for one that has it ('kera token add --scope {scope}').");
        }
        else
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer scope=\"{scope}\"";
            await Problem(context, StatusCodes.Status401Unauthorized, "Token missing", $"This needs a token with the scope '{scope}': send 'Authorization: Bearer kera_…'.");
        }
    }

    /// <summary>Stops a request whose token is wrong, before anything else is done with it.</summary>
    public static async Task RefuseWrongTokenAsync(HttpContext context, RequestDelegate next)
    {
        // A session that has ended is nobody's; a token that was sent is meant.
        var failure = context.Request.Headers.Authorization.Count == 0 ? null : (await context.AuthenticateAsync()).Failure?.Message;
        if (failure is null)
        {
            await next(context);
        }
        else if (failure == FailedAttempts.Sentence)
        {
            context.Response.Headers.RetryAfter = "60";
            await Problem(context, StatusCodes.Status429TooManyRequests, "Too many attempts", failure);
        }
        else
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            await Problem(context, StatusCodes.Status401Unauthorized, "Token refused", failure);
        }
    }

    private static Task Problem(HttpContext context, int status, string title, string detail) =>
        TypedResults.Problem(detail, title: title, statusCode: status).ExecuteAsync(context);
}
