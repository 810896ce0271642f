using Microsoft.AspNetCore.Authorization;

namespace Kera.Base.Access;

/// <summary>A token with a certain scope is needed.</summary>
/// <param name="Scope">The scope, a word of <see cref="Scopes"/>.</param>
public sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;

/// <summary>What an endpoint needs that names no scope: it may be read; it may not be written to.</summary>
public sealed record ReadOnlyRequirement : IAuthorizationRequirement;

/// <summary>A scope for each endpoint that writes; an endpoint that names none takes no writes at all.</summary>
public static class ScopePolicies
{
    /// <summary>Lets only callers in whose token has the scope, a word of <see cref="Scopes"/>.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(scope);

    /// <summary>The policies: one for each scope, named as it, and the one for endpoints that name none.</summary>
    internal static void Configure(AuthorizationOptions options)
    {
        foreach (var scope in Scopes.All)
        {
            options.AddPolicy(scope, policy => policy.AddRequirements(new ScopeRequirement(scope)));
        }

        options.FallbackPolicy = new AuthorizationPolicyBuilder().AddRequirements(new ReadOnlyRequirement()).Build();
    }

    /// <summary>Whether a request's method changes nothing.</summary>
    internal static bool ReadsOnly(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
        {
            if (context.User.HasClaim(BearerAuthentication.ScopeClaim, requirement.Scope))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }

    internal sealed class ReadOnlyHandler : AuthorizationHandler<ReadOnlyRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ReadOnlyRequirement requirement)
        {
            // Where nothing is mapped, or not for this method, the answer is 404 or 405, which says more.
            if (context.Resource is HttpContext http && (ReadsOnly(http.Request.Method) || http.GetEndpoint() is not RouteEndpoint))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
