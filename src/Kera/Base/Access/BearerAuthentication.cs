using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Kera.Base.Access;

/// <summary>Reads <c>Authorization: Bearer kera_…</c>. A request without it is the public's; one with a wrong token is refused, also where the public may read.</summary>
public sealed class BearerAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Tokens tokens, FailedAttempts failedAttempts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string Bearer = "Bearer";

    internal const string AgentIdClaim = "kera:agent";
    internal const string ActsForClaim = "kera:acts-for";
    internal const string TokenIdClaim = "kera:token";
    internal const string ScopeClaim = "scope";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (failedAttempts.TooManyFrom(Context.Connection.RemoteIpAddress))
        {
            return AuthenticateResult.Fail(FailedAttempts.Sentence);
        }

        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return Refused("The Authorization header is no bearer token. Send 'Authorization: Bearer kera_…'.");
        }

        var identity = await tokens.AuthenticateAsync(header["Bearer ".Length..].Trim(), Context.RequestAborted);
        return identity is null
            ? Refused("The token is not known here, has ended, or has been revoked. Ask the operator for a new one ('kera token add').")
            : AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(identity), Scheme.Name));
    }

    private AuthenticateResult Refused(string sentence)
    {
        failedAttempts.Count(Context.Connection.RemoteIpAddress);
        return AuthenticateResult.Fail(sentence);
    }

    private ClaimsPrincipal PrincipalOf(TokenIdentity identity) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, identity.AgentKey),
            new Claim(AgentIdClaim, identity.AgentId.ToString(CultureInfo.InvariantCulture)),
            new Claim(TokenIdClaim, identity.TokenId.ToString(CultureInfo.InvariantCulture)),
            .. identity.Scopes.Select(scope => new Claim(ScopeClaim, scope)),
        ],
        Scheme.Name));
}
