using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ui;
using Kera.Features.Account.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Kera.Features.Account;

/// <summary>In, out, and the first time.</summary>
internal static class SignInEndpoints
{
    private const int MostCodesInAnHour = 3;
    private static readonly Duration ForgottenLasts = Duration.FromHours(1);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(AccountExtensions.SignInPath, SignIn);
        pages.MapGet(AccountExtensions.SignInPath + "/provider", ToProvider);
        pages.MapPost(AccountExtensions.SignInPath, SignInAsync).AllowAnonymous();
        pages.MapPost(AccountExtensions.SignInPath + "/passkey", PasskeyAsync).AllowAnonymous();
        pages.MapPost(AccountExtensions.SignInPath + "/passkey/question", async (HttpContext context, Passkeys passkeys, [FromForm] string? next) =>
            Results.Text(await passkeys.AskToShowAsync(context), "application/json")).AllowAnonymous();
        pages.MapPost(AccountExtensions.SignInPath + "/demonstration", TryAsync).AllowAnonymous();
        pages.MapGet(AccountExtensions.ForgottenPath, (PageContext page) => page.Options.SendsMail ? new RazorComponentResult<ForgottenPage>(new { Page = page }) : UiExtensions.Problem(page, StatusCodes.Status404NotFound));
        pages.MapPost(AccountExtensions.ForgottenPath, ForgottenAsync).AllowAnonymous();
        pages.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        pages.MapGet(AccountExtensions.JoinPath, Join);
        pages.MapPost(AccountExtensions.JoinPath, JoinAsync).AllowAnonymous();
    }

    /// <summary>
    /// Where to go after signing in: the page that was asked for if it is one of ours, else one's own page. An address of
    /// another site, however it is dressed, is none of ours.
    /// </summary>
    internal static string Next(PageContext page, string? next) =>
        next is ['/', not ('/' or '\\'), ..] && !next.Any(char.IsControl) && !next.Contains('\\', StringComparison.Ordinal)
        && Language.All.Any(language => next == "/" + language.Code || next.StartsWith($"/{language.Code}/", StringComparison.Ordinal) || next.StartsWith($"/{language.Code}?", StringComparison.Ordinal))
            ? next
            : page.Url(AccountExtensions.MyPath);

    private static IResult SignIn(PageContext page, SignedIn? signedIn, string? next, bool? refused) =>
        signedIn is not null ? Results.LocalRedirect(Next(page, next)) : Page(new { Page = page, Next = next, Refused = refused == true }, StatusCodes.Status200OK);

    private static IResult ToProvider(PageContext page, OpenIdConnectSettings provider, string? next) =>
        provider.Used ? Results.Challenge(new AuthenticationProperties { RedirectUri = Next(page, next) }, [AccountExtensions.ProviderScheme]) : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static async Task<IResult> SignInAsync(PageContext page, HttpContext context, Base.Accounts.Accounts accounts, [FromForm] string? userName, [FromForm] string? password, [FromForm] string? next)
    {
        var (outcome, id) = await accounts.CheckAsync(userName ?? "", password ?? "", context.Connection.RemoteIpAddress);
        if (outcome != SignInOutcome.Fine)
        {
            return Page(new { Page = page, Next = next, UserName = userName, Outcome = outcome }, outcome == SignInOutcome.Wait ? StatusCodes.Status429TooManyRequests : StatusCodes.Status400BadRequest);
        }

        await SignedIn.BeginAsync(context, id);
        return Results.LocalRedirect(Next(page, next));
    }

    private static async Task<IResult> PasskeyAsync(PageContext page, HttpContext context, Passkeys passkeys, SignInThrottle throttle, [FromForm] string? credential, [FromForm] string? next)
    {
        var address = context.Connection.RemoteIpAddress;
        if (throttle.TooManyFrom(address))
        {
            return Page(new { Page = page, Next = next, Outcome = SignInOutcome.Wait }, StatusCodes.Status429TooManyRequests);
        }

        if (await passkeys.CheckAsync(context, credential ?? "") is not { } account)
        {
            throttle.Count(address);
            return Page(new { Page = page, Next = next, PasskeyRefused = true }, StatusCodes.Status400BadRequest);
        }

        await SignedIn.BeginAsync(context, account);
        return Results.LocalRedirect(Next(page, next));
    }

    /// <summary>Signs in as one of the demonstration's people; where there is no demonstration, there is nothing here.</summary>
    private static async Task<IResult> TryAsync(PageContext page, HttpContext context, DemonstrationPeople people, [FromForm] string? role, CancellationToken cancellation)
    {
        if (!page.Options.Demonstration || Enum.GetValues<Role>().Where(each => RoleGrant.WordOf(each) == role).ToList() is not [var wanted])
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        await SignedIn.BeginAsync(context, await people.AccountAsync(wanted, page, cancellation));
        return Results.LocalRedirect(page.Url(AccountExtensions.MyPath));
    }

    /// <summary>
    /// Mails a code for a new password. The answer is the same whether somebody has an account or not, and says nothing of whom.
    /// </summary>
    private static async Task<IResult> ForgottenAsync(
        PageContext page, HttpContext context, Base.Accounts.Accounts accounts, Invitations invitations, CodeMails mails, ForgottenLimit limit, IClock clock, [FromForm] string? userName, CancellationToken cancellation)
    {
        var address = context.Connection.RemoteIpAddress;
        if (limit.TooManyFrom(address))
        {
            return new RazorComponentResult<ForgottenPage>(new { Page = page, Wait = true }) { StatusCode = StatusCodes.Status429TooManyRequests };
        }

        limit.Count(address);
        if (page.Options.SendsMail
            && await accounts.FindTypedAsync(userName ?? "", cancellation) is { Email.Length: > 0 } account
            && await invitations.CountForPasswordAsync(account.Id, clock.GetCurrentInstant() - Duration.FromHours(1), cancellation) < MostCodesInAnHour)
        {
            await invitations.AddForPasswordAsync(account, ForgottenLasts, new Actor("visitor", "page"), code => mails.Password(account, code, ForgottenLasts), cancellation);
        }

        return new RazorComponentResult<ForgottenPage>(new { Page = page, Done = true });
    }

    private static async Task<IResult> SignOutAsync(PageContext page, HttpContext context, [FromForm(Name = "from")] string? _)
    {
        await context.SignOutAsync(Sessions.Scheme);
        // What the browser kept of this person's pages goes too.
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Results.LocalRedirect(page.Url(AccountExtensions.SignInPath));
    }

    private static async Task<IResult> Join(PageContext page, Invitations invitations, SignInThrottle throttle, HttpContext context, string? code, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return new RazorComponentResult<JoinPage>(new { Page = page });
        }

        var open = throttle.TooManyFrom(context.Connection.RemoteIpAddress) ? null : await invitations.FindAsync(code, cancellation);
        if (open is null)
        {
            throttle.Count(context.Connection.RemoteIpAddress);
            return new RazorComponentResult<JoinPage>(new { Page = page, Code = code, Errors = Errors(page, new AccessException("code", "", "account.error.code")) }) { StatusCode = StatusCodes.Status400BadRequest };
        }

        return new RazorComponentResult<JoinPage>(new { Page = page, Code = code, Open = open });
    }

    private static async Task<IResult> JoinAsync(
        PageContext page, HttpContext context, Invitations invitations, SignInThrottle throttle,
        [FromForm] string? code, [FromForm] string? name, [FromForm] string? userName, [FromForm] string? email, [FromForm] string? password, CancellationToken cancellation)
    {
        var open = throttle.TooManyFrom(context.Connection.RemoteIpAddress) ? null : await invitations.FindAsync(code ?? "", cancellation);
        var account = new NewAccount(name ?? "", string.IsNullOrWhiteSpace(userName) ? email ?? "" : userName, email ?? "", page.Language.Code);
        try
        {
            var id = open is null ? throw new AccessException("code", "", "account.error.code")
                : open.AccountId is null ? await invitations.AcceptAsync(code!, account, password ?? "", cancellation)
                : await invitations.AcceptPasswordAsync(code!, password ?? "", cancellation);
            await SignedIn.BeginAsync(context, id);
            return Results.LocalRedirect(page.Url(AccountExtensions.MyPath));
        }
        catch (AccessException mistake)
        {
            if (open is null)
            {
                throttle.Count(context.Connection.RemoteIpAddress);
            }

            return new RazorComponentResult<JoinPage>(new { Page = page, Code = code, Open = open, Entered = account, Errors = Errors(page, mistake) }) { StatusCode = StatusCodes.Status400BadRequest };
        }
    }

    /// <summary>What is wrong, by field, in the page's language.</summary>
    internal static Dictionary<string, string> Errors(PageContext page, AccessException mistake) =>
        new() { [mistake.Field] = mistake.TextKey is { } key ? page.Texts[key] : mistake.Message };

    private static RazorComponentResult Page(object parameters, int status) => new RazorComponentResult<SignInPage>(parameters) { StatusCode = status };
}
