using Kera.Base.Accounts;
using Kera.Base.Jobs;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Kera.Base.Access;

/// <summary>Puts access control into the program.</summary>
public static class AccessExtensions
{
    // A program comes with a token, a browser with a session. Who comes with both is taken by the token.
    private const string EitherWay = "TokenOrSession";

    /// <summary>Registers authentication and the policies of scopes.</summary>
    public static IServiceCollection AddKeraAccess(this IServiceCollection services)
    {
        services.AddSingleton<FailedAttempts>();
        services.AddAuthentication(EitherWay)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.Bearer, null)
            .AddPolicyScheme(EitherWay, null, either => either.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? BearerAuthentication.Bearer : Sessions.Scheme);
        services.AddRetention(Tokens.Retention);
        services.AddAuthorization(ScopePolicies.Configure);
        services.AddSingleton<IAuthorizationHandler, ScopePolicies.ScopeHandler>();
        services.AddSingleton<IAuthorizationHandler, ScopePolicies.ReadOnlyHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessResults>();
        return services;
    }

    /// <summary>Finds out who calls, and sends away who comes with a wrong token. Authorization follows with <c>UseAuthorization</c>.</summary>
    public static void UseKeraAuthentication(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(next => context => AccessResults.RefuseWrongTokenAsync(context, next));
    }
}
