using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Ui;
using Kera.Features.Partners.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Kera.Features.Partners;

/// <summary>A token as it was asked for in the form.</summary>
public sealed record TypedToken(string Name, IReadOnlyList<string> Scopes, int? Months);

/// <summary>Tokens of a partner's own programs: made, shown once, ended. Never more than is the partner's own.</summary>
internal static class TokenEndpoints
{
    internal static string Path => "/tokens";

    internal static int MostMonths => 12;

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet(Path, ListAsync);
        desk.MapPost(Path, AddAsync);
        desk.MapPost(Path + "/revoke", RevokeAsync);
    }

    private static Task<IResult> ListAsync(PageContext page, PartnerDesk desk, Tokens tokens, IClock clock, CancellationToken cancellation) =>
        PageAsync(page, desk, tokens, clock, new TypedToken("", [], MostMonths), null, null, cancellation);

    private static async Task<IResult> AddAsync(PageContext page, PartnerDesk desk, HttpRequest request, Tokens tokens, IClock clock, [FromForm] string? name, [FromForm] string? months, CancellationToken cancellation)
    {
        var typed = new TypedToken(new string([.. (name ?? "").Where(letter => !char.IsControl(letter))]).Trim(), [.. request.Form["scope"].OfType<string>()], int.TryParse(months, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);
        var errors = new Dictionary<string, string>();
        if (typed.Scopes.Count == 0 || typed.Scopes.Except(Scopes.OfAnAgent).Any())
        {
            errors["scope"] = page.Texts["partner.error.scope"];
        }

        if (typed.Months is not { } lasting || lasting < 1 || lasting > MostMonths)
        {
            errors["months"] = page.Texts["partner.error.months"];
        }

        if (errors.Count == 0)
        {
            try
            {
                var expires = clock.GetCurrentInstant().InZone(page.Formats.Zone).LocalDateTime.PlusMonths(typed.Months!.Value).InZoneLeniently(page.Formats.Zone).ToInstant();
                var issued = await tokens.AddAsync(new TokenRequest(typed.Name, desk.Agent.Key, typed.Scopes, expires), desk.Me.Actor, cancellation);
                return await PageAsync(page, desk, tokens, clock, new TypedToken("", [], MostMonths), issued, null, cancellation);
            }
            catch (AccessException mistake) when (mistake.TextKey is not null)
            {
                errors[mistake.Field] = page.Texts[mistake.TextKey];
            }
        }

        return await PageAsync(page, desk, tokens, clock, typed, null, errors, cancellation);
    }

    private static async Task<IResult> RevokeAsync(PageContext page, PartnerDesk desk, Tokens tokens, [FromForm] int? token, CancellationToken cancellation)
    {
        try
        {
            await tokens.RevokeAsync(token ?? 0, desk.Agent.Key, desk.Me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(desk.Path(Path)));
        }
        catch (AccessException)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }
    }

    private static async Task<IResult> PageAsync(
        PageContext page, PartnerDesk desk, Tokens tokens, IClock clock, TypedToken typed, IssuedToken? issued, IReadOnlyDictionary<string, string>? errors, CancellationToken cancellation) =>
        new RazorComponentResult<TokensPage>(new
        {
            Page = page,
            Desk = desk,
            Tokens = (IReadOnlyList<TokenDescription>)[.. (await tokens.ListAsync(desk.Agent.Key, cancellation)).Reverse()],
            Typed = typed,
            Issued = issued,
            Errors = errors,
            Now = clock.GetCurrentInstant(),
        })
        {
            StatusCode = errors is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
}
