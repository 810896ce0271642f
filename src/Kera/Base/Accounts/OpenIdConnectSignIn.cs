using Kera.Base.Hosting;
using Kera.Base.Ui;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Kera.Base.Accounts;

/// <summary>A provider by which people may sign in beside their password; the section <c>Kera:OpenIdConnect</c>.</summary>
public sealed class OpenIdConnectSettings
{
    /// <summary>The provider's address, below which its <c>.well-known/openid-configuration</c> stands; empty for none.</summary>
    public string Authority { get; set; } = "";

    /// <summary>What the provider knows this installation as.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret between the two; empty for a client without one.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>What the button says after “Sign in with”.</summary>
    public string Name { get; set; } = "OpenID Connect";

    /// <summary>Whether there is a provider.</summary>
    public bool Used => Authority.Length > 0;

    internal void Check()
    {
        if (!Used)
        {
            return;
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback))
        {
            throw new SettingException("OpenIdConnect:Authority", $"'{Authority}' is no address of a provider. Give one as https://login.example.org.");
        }

        if (ClientId.Length == 0)
        {
            throw new SettingException("OpenIdConnect:ClientId", "Give the name under which the provider knows this installation.");
        }
    }
}

/// <summary>Signs people in by a provider of OpenID Connect: the authorization code flow with PKCE.</summary>
internal static class OpenIdConnectSignIn
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "OpenIdConnect";

    public static void Add(IServiceCollection services, OpenIdConnectSettings settings) => services.AddAuthentication().AddOpenIdConnect(Scheme, options =>
    {
        (options.Authority, options.ClientId, options.ClientSecret) = (settings.Authority, settings.ClientId, settings.ClientSecret.Length > 0 ? settings.ClientSecret : null);
        options.RequireHttpsMetadata = !new Uri(settings.Authority).IsLoopback;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.SignInScheme = Sessions.Scheme;
        options.CallbackPath = "/sign-in/return";
        options.MapInboundClaims = false;
        options.Scope.Add("email");
        // The answer comes as a link from the provider's site, so the cookies that it is checked against must come with it.
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events = new OpenIdConnectEvents { OnTicketReceived = EnterAsync, OnRemoteFailure = RefuseAsync };
    });

    private static async Task EnterAsync(TicketReceivedContext context)
    {
        var person = context.Principal!;
        string Claim(string type) => person.FindFirst(type)?.Value ?? "";
        var language = Language.Preferred(context.HttpContext.Request.Headers.AcceptLanguage).Code;
        // Only an address that the provider has checked: another's would bring letters to the wrong person.
        var email = Claim("email_verified") == "true" ? Claim("email") : "";
        var account = new NewAccount(Claim("name") is { Length: > 0 } name ? name : Claim("sub"), "", email, language);
        var id = await context.HttpContext.RequestServices.GetRequiredService<Accounts>().EnterAsync(Claim("iss"), Claim("sub"), account, context.HttpContext.RequestAborted);
        context.Principal = Sessions.Entering(id);
        context.Properties!.IsPersistent = true;
        context.Properties.SetString(Sessions.DeviceItem, Device.Of(context.HttpContext.Request.Headers.UserAgent.ToString()));
    }

    private static Task RefuseAsync(RemoteFailureContext context)
    {
        var language = Language.Preferred(context.HttpContext.Request.Headers.AcceptLanguage);
        context.HandleResponse();
        context.Response.Redirect($"/{language.Code}{AccountExtensions.SignInPath}?refused=true");
        return Task.CompletedTask;
    }
}
