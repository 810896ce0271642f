using System.Buffers.Text;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace Kera.Base.Accounts;

/// <summary>A passkey in a list.</summary>
/// <param name="Id">Its credential's id, in base64url.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Created">When it was added.</param>
public sealed record PasskeyDescription(string Id, string Name, Instant Created);

/// <summary>
/// Passkeys (WebAuthn): a device's own key instead of a password. Between the question to the device and its answer the challenge
/// waits in a cookie that only this server can read, for five minutes.
/// </summary>
public sealed class Passkeys(UserManager<AccountRow> users, IPasskeyHandler<AccountRow> handler, KeraDb db, IDataProtectionProvider protection, IClock clock)
{
    private const string CookieName = "kera-passkey";
    private const int Most = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private ITimeLimitedDataProtector Protector => protection.CreateProtector("Kera.Passkeys").ToTimeLimitedDataProtector();

    /// <summary>Registers what the framework needs for it.</summary>
    internal static void Register(IServiceCollection services)
    {
        services.AddScoped<IPasskeyHandler<AccountRow>, PasskeyHandler<AccountRow>>();
        services.AddScoped<Passkeys>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<SiteAddress>((passkeys, site) =>
        {
            passkeys.AuthenticatorTimeout = Patience;
            // A device keeps whose it is, so that nobody types a name; and asks for a finger, a face or a PIN.
            passkeys.ResidentKeyRequirement = "required";
            passkeys.UserVerificationRequirement = "required";
            passkeys.ServerDomain = site.Domain;
        });
    }

    /// <summary>The question by which a browser makes a passkey for an account: JSON for <c>navigator.credentials.create</c>.</summary>
    public async Task<string> AskToMakeAsync(HttpContext context, AccountDescription account)
    {
        var options = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = Number(account.Id), Name = account.UserName, DisplayName = account.Name }, context);
        Keep(context, options.AttestationState);
        return options.CreationOptionsJson;
    }

    /// <summary>Adds the passkey that a browser made.</summary>
    /// <param name="context">The request, with the cookie of the question.</param>
    /// <param name="accountId">Whose.</param>
    /// <param name="credential">The browser's answer, as JSON.</param>
    /// <param name="name">What its owner calls it; at most 100 characters.</param>
    /// <param name="actor">Who adds it.</param>
    /// <exception cref="AccessException">The answer does not fit the question, the name is missing or too long, or there are too many.</exception>
    public async Task AddAsync(HttpContext context, int accountId, string credential, string name, Actor actor)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100 || name.Any(char.IsControl))
        {
            throw new AccessException("passkeyName", "A passkey has a name of 1 to 100 characters.", "account.error.passkeyName");
        }

        var account = await users.FindByIdAsync(Number(accountId)) ?? throw new AccessException("account", "There is no such account.", "account.error.missing");
        if ((await users.GetPasskeysAsync(account)).Count >= Most)
        {
            throw new AccessException("passkeyName", $"An account has at most {Most} passkeys. Remove one first.", "account.error.passkeyMany");
        }

        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = Take(context) });
        if (!result.Succeeded || result.UserEntity.Id != Number(account.Id))
        {
            throw new AccessException("passkeyName", "The device's answer could not be used. Try again.", "account.error.passkey");
        }

        result.Passkey.Name = name.Trim();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await users.AddOrUpdatePasskeyAsync(account, result.Passkey);
        Audit.Add(db, actor, clock.GetCurrentInstant(), "user.passkey", $"{actor.Key}: added");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>The question by which a browser shows that it has a passkey: JSON for <c>navigator.credentials.get</c>.</summary>
    public async Task<string> AskToShowAsync(HttpContext context)
    {
        var options = await handler.MakeRequestOptionsAsync(null, context);
        Keep(context, options.AssertionState);
        return options.RequestOptionsJson;
    }

    /// <summary>Whose passkey a browser showed; null where its answer does not fit.</summary>
    public async Task<int?> CheckAsync(HttpContext context, string credential)
    {
        var state = Take(context);
        if (state is null || credential.Length is 0 or > 20_000)
        {
            return null;
        }

        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded)
        {
            return null;
        }

        // Its counter goes up, so that a copy of the key would be noticed.
        await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return result.User.Id;
    }

    /// <summary>An account's passkeys, the oldest first.</summary>
    public async Task<IReadOnlyList<PasskeyDescription>> ListAsync(int accountId) =>
        await users.FindByIdAsync(Number(accountId)) is { } account
            ? [.. (await users.GetPasskeysAsync(account)).OrderBy(passkey => passkey.CreatedAt).Select(passkey => new PasskeyDescription(Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "", Instant.FromDateTimeOffset(passkey.CreatedAt)))]
            : [];

    /// <summary>Removes one of an account's passkeys; where it is not theirs, nothing changes.</summary>
    public async Task RemoveAsync(int accountId, string id, Actor actor)
    {
        if (!Base64Url.IsValid(id) || await users.FindByIdAsync(Number(accountId)) is not { } account)
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync();
        await users.RemovePasskeyAsync(account, Base64Url.DecodeFromChars(id));
        Audit.Add(db, actor, clock.GetCurrentInstant(), "user.passkey", $"{actor.Key}: removed");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private void Keep(HttpContext context, string? state) => context.Response.Cookies.Append(CookieName, Protector.Protect(state ?? "", Patience), new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        IsEssential = true,
        MaxAge = Patience,
    });

    /// <summary>The state of the question, which is taken once.</summary>
    private string? Take(HttpContext context)
    {
        var kept = context.Request.Cookies[CookieName];
        context.Response.Cookies.Delete(CookieName);
        try
        {
            return kept is null ? null : Protector.Unprotect(kept);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Too old, or not ours.
            return null;
        }
    }

    private static string Number(int accountId) => accountId.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
