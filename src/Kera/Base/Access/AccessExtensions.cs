using Kera.Base.Jobs;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Kera.Base.Access;

/// <summary>Puts access control into the program.</summary>
public static class AccessExtensions
{
    /// <summary>Registers authentication and the policies of scopes.</summary>
    public static IServiceCollection AddKeraAccess(this IServiceCollection services)
    {
        services.AddSingleton<FailedAttempts>();
        services.AddRetention(Tokens.Retention);
        services.AddAuthentication(BearerAuthentication.Bearer).AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.Bearer, null);
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
