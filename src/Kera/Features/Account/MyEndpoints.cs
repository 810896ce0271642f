using System.Text.Json.Nodes;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.People;
using Kera.Base.Ui;
using Kera.Features.Account.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Kera.Features.Account;

/// <summary>One's own page, data and sessions. Nothing here is anybody else's, so being signed in is all that is asked.</summary>
internal static class MyEndpoints
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("").RequireSignIn().NotStored();
        own.MapGet(AccountExtensions.MyPath, MyAsync);
        own.MapGet(AccountFeature.DataPath, DataAsync);
        own.MapGet(AccountFeature.DataPath + "/export.json", ExportAsync);
        own.MapPost(AccountFeature.DataPath + "/withdraw", WithdrawAsync);
        own.MapPost(AccountFeature.DataPath + "/erase", EraseAsync);
        own.MapPost(AccountFeature.DataPath + "/contact", ContactAsync);
        own.MapGet(AccountFeature.SecurityPath, SecurityAsync);
        own.MapPost(AccountFeature.SecurityPath + "/end", EndAsync);
        own.MapPost(AccountFeature.SecurityPath + "/password", PasswordAsync);
        own.MapPost(AccountFeature.PasskeysPath + "/question", PasskeyQuestionAsync);
        own.MapPost(AccountFeature.PasskeysPath, AddPasskeyAsync);
        own.MapPost(AccountFeature.PasskeysPath + "/remove", RemovePasskeyAsync);
    }

    private static async Task<IResult> MyAsync(PageContext page, HttpContext context, SignedIn me, Base.Accounts.Accounts accounts, IEnumerable<MySection> sections, CancellationToken cancellation)
    {
        var contents = new List<MySectionContent>();
        foreach (var section in sections.OrderBy(section => section.Order))
        {
            if (await section.Build(context, me) is { } content)
            {
                contents.Add(content);
            }
        }

        // While the desk acts for someone without an account, there is the person and no account to show.
        var account = await accounts.OfPersonAsync(me.PersonKey, cancellation) ?? new AccountDescription(0, me.AgentId, me.PersonKey, me.PersonKey, "", "", page.Language.Code, []);
        return new RazorComponentResult<MyPage>(new { Page = page, Account = account, Sections = (IReadOnlyList<MySectionContent>)contents });
    }

    private static Task<IResult> DataAsync(PageContext page, SignedIn me, Base.Accounts.Accounts accounts, PersonalData personal, IClock clock, CancellationToken cancellation) =>
        DataPageAsync(page, me, accounts, personal, clock, [], null, StatusCodes.Status200OK, cancellation);

    private static async Task<IResult> DataPageAsync(
        PageContext page, SignedIn me, Base.Accounts.Accounts accounts, PersonalData personal, IClock clock, IReadOnlyList<string> objections, string? error, int status, CancellationToken cancellation,
        IReadOnlyDictionary<string, string>? contactErrors = null, (string Name, string Email)? entered = null)
    {
        var account = me.Desk is null ? await accounts.GetAsync(me.AccountId, cancellation) : null;
        var held = await personal.ExportAsync(me.AgentId, cancellation);
        return new RazorComponentResult<MyDataPage>(new
        {
            Page = page,
            Held = (IReadOnlyList<(string, IReadOnlyList<(string, string)>)>)[.. held.Where(part => part.Value is not JsonValue).Select(part => (part.Key, Flat(part.Value!)))],
            Reads = await personal.ReadsAsync(me.AgentId, cancellation),
            Consents = await personal.ConsentsAsync(me.AgentId, cancellation),
            Contact = entered ?? (account is null ? null : (account.Name, account.Email)),
            ContactErrors = contactErrors,
            Objections = objections,
            Error = error,
            Now = clock.GetCurrentInstant(),
        })
        {
            StatusCode = status,
        };
    }

    private static async Task<IResult> ExportAsync(SignedIn me, PersonalData personal, CancellationToken cancellation) =>
        Results.File(System.Text.Encoding.UTF8.GetBytes((await personal.ExportAsync(me.AgentId, cancellation)).ToJsonString(new(System.Text.Json.JsonSerializerDefaults.Web) { WriteIndented = true })), "application/json", "kera-my-data.json");

    private static async Task<IResult> WithdrawAsync(PageContext page, SignedIn me, PersonalData personal, [FromForm] string? purpose, CancellationToken cancellation)
    {
        await personal.WithdrawAsync(me.AgentId, purpose ?? "", me.Actor, cancellation);
        return Results.LocalRedirect(page.Url(AccountFeature.DataPath));
    }

    private static async Task<IResult> EraseAsync(PageContext page, HttpContext context, SignedIn me, Base.Accounts.Accounts accounts, PersonalData personal, IClock clock, [FromForm] string? password, CancellationToken cancellation)
    {
        // Of the one who is signed in, never of whom the desk acts for: who erases knows the password.
        if (me.Desk is not null || !await accounts.ConfirmsAsync(me.AccountId, password ?? "", cancellation))
        {
            return await DataPageAsync(page, me, accounts, personal, clock, [], page.Texts[me.Desk is null ? "account.error.password" : "account.error.desk"], StatusCodes.Status400BadRequest, cancellation);
        }

        var objections = await personal.EraseAsync(me.AgentId, me.Actor, cancellation);
        if (objections.Count > 0)
        {
            return await DataPageAsync(page, me, accounts, personal, clock, [.. objections.Select(objection => objection.TextKey)], null, StatusCodes.Status409Conflict, cancellation);
        }

        await context.SignOutAsync(Sessions.Scheme);
        return Results.LocalRedirect(page.Url(AccountExtensions.SignInPath));
    }

    /// <summary>Corrects one's name or address; another address is where codes for a password go, so it takes the password.</summary>
    private static async Task<IResult> ContactAsync(
        PageContext page, SignedIn me, Base.Accounts.Accounts accounts, PersonalData personal, CodeMails mails, IClock clock, [FromForm] string? name, [FromForm] string? email, [FromForm] string? contactPassword, CancellationToken cancellation)
    {
        if (me.Desk is not null)
        {
            return UiExtensions.Problem(page, StatusCodes.Status403Forbidden);
        }

        try
        {
            var account = await accounts.GetAsync(me.AccountId, cancellation);
            if (account.Email != (email ?? "").Trim() && !await accounts.ConfirmsAsync(me.AccountId, contactPassword ?? "", cancellation))
            {
                throw new AccessException("contactPassword", "", "account.error.password");
            }

            await accounts.SetContactAsync(me.AccountId, name ?? "", email ?? "", me.Actor, page.Options.SendsMail ? mails.Moved(account) : null, cancellation);
            return Results.LocalRedirect(page.Url(AccountFeature.DataPath));
        }
        catch (AccessException mistake)
        {
            return await DataPageAsync(page, me, accounts, personal, clock, [], null, StatusCodes.Status400BadRequest, cancellation, SignInEndpoints.Errors(page, mistake), (name ?? "", email ?? ""));
        }
    }

    private static async Task<IResult> SecurityAsync(PageContext page, SignedIn me, Base.Accounts.Accounts accounts, Sessions sessions, Passkeys passkeys, bool? done, CancellationToken cancellation) =>
        me.Desk is not null ? UiExtensions.Problem(page, StatusCodes.Status403Forbidden) : await SecurityPageAsync(page, me, accounts, sessions, passkeys, done == true, null, cancellation);

    private static async Task<IResult> SecurityPageAsync(
        PageContext page, SignedIn me, Base.Accounts.Accounts accounts, Sessions sessions, Passkeys passkeys, bool done, IReadOnlyDictionary<string, string>? errors, CancellationToken cancellation) =>
        new RazorComponentResult<SecurityPage>(new
        {
            Page = page,
            UserName = (await accounts.GetAsync(me.AccountId, cancellation)).UserName,
            Sessions = await sessions.ListAsync(me.AccountId, me.SessionId, cancellation),
            Passkeys = await passkeys.ListAsync(me.AccountId),
            Done = done,
            Errors = errors,
        })
        {
            StatusCode = errors is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };

    private static async Task<IResult> PasskeyQuestionAsync(PageContext page, HttpContext context, SignedIn me, Base.Accounts.Accounts accounts, Passkeys passkeys, [FromForm] string? passkeyName, CancellationToken cancellation) =>
        me.Desk is not null
            ? UiExtensions.Problem(page, StatusCodes.Status403Forbidden)
            : Results.Text(await passkeys.AskToMakeAsync(context, await accounts.GetAsync(me.AccountId, cancellation)), "application/json");

    /// <summary>Adds a passkey; it takes the password, for a session that somebody found open must not become a key of theirs.</summary>
    private static async Task<IResult> AddPasskeyAsync(
        PageContext page, HttpContext context, SignedIn me, Base.Accounts.Accounts accounts, Sessions sessions, Passkeys passkeys,
        [FromForm] string? credential, [FromForm] string? passkeyName, [FromForm] string? passkeyPassword, CancellationToken cancellation)
    {
        if (me.Desk is not null)
        {
            return UiExtensions.Problem(page, StatusCodes.Status403Forbidden);
        }

        try
        {
            if (!await accounts.ConfirmsAsync(me.AccountId, passkeyPassword ?? "", cancellation))
            {
                throw new AccessException("passkeyPassword", "", "account.error.password");
            }

            await passkeys.AddAsync(context, me.AccountId, credential ?? "", passkeyName ?? "", me.Actor);
            return Results.LocalRedirect(page.Url(AccountFeature.SecurityPath));
        }
        catch (AccessException mistake)
        {
            return await SecurityPageAsync(page, me, accounts, sessions, passkeys, done: false, SignInEndpoints.Errors(page, mistake), cancellation);
        }
    }

    private static async Task<IResult> RemovePasskeyAsync(PageContext page, SignedIn me, Passkeys passkeys, [FromForm] string? passkey)
    {
        if (me.Desk is not null)
        {
            return UiExtensions.Problem(page, StatusCodes.Status403Forbidden);
        }

        await passkeys.RemoveAsync(me.AccountId, passkey ?? "", me.Actor);
        return Results.LocalRedirect(page.Url(AccountFeature.SecurityPath));
    }

    private static async Task<IResult> EndAsync(PageContext page, SignedIn me, Sessions sessions, [FromForm] int? session, CancellationToken cancellation)
    {
        if (me.Desk is not null)
        {
            return UiExtensions.Problem(page, StatusCodes.Status403Forbidden);
        }

        await sessions.EndAsync(me.AccountId, session, session is null ? me.SessionId : null, cancellation);
        return Results.LocalRedirect(page.Url(AccountFeature.SecurityPath));
    }

    private static async Task<IResult> PasswordAsync(PageContext page, SignedIn me, Base.Accounts.Accounts accounts, Sessions sessions, Passkeys passkeys, [FromForm] string? current, [FromForm] string? password, CancellationToken cancellation)
    {
        if (me.Desk is not null)
        {
            return UiExtensions.Problem(page, StatusCodes.Status403Forbidden);
        }

        try
        {
            if (!await accounts.HasPasswordAsync(me.AccountId, current ?? ""))
            {
                throw new AccessException("current", "", "account.error.password");
            }

            await accounts.SetPasswordAsync(me.AccountId, password ?? "", me.SessionId, me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(AccountFeature.SecurityPath) + "?done=true");
        }
        catch (AccessException mistake)
        {
            return await SecurityPageAsync(page, me, accounts, sessions, passkeys, done: false, SignInEndpoints.Errors(page, mistake), cancellation);
        }
    }

    /// <summary>A tree as pairs: lists are numbered, and of a long one the first entries stand for it; the export has all.</summary>
    private static List<(string Name, string Value)> Flat(JsonNode node)
    {
        const int Most = 100;
        var pairs = new List<(string, string)>();
        Add("", node);
        return pairs;

        void Add(string name, JsonNode? at)
        {
            if (pairs.Count >= Most)
            {
                return;
            }

            switch (at)
            {
                case JsonObject part:
                    foreach (var (key, value) in part)
                    {
                        Add(name.Length == 0 ? key : $"{name} {key}", value);
                    }

                    break;
                case JsonArray list:
                    for (var index = 0; index < list.Count; index++)
                    {
                        Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} {index + 1}").Trim(), list[index]);
                    }

                    break;
                case not null when at.ToString() is { Length: > 0 } text:
                    pairs.Add((name, text));
                    break;
            }
        }
    }
}
