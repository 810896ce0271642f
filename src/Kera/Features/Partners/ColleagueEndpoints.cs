using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.People;
using Kera.Base.Ui;
using Kera.Base.Ui.Components;
using Kera.Features.Partners.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Kera.Features.Partners;

/// <summary>Who acts for a partner: shown to one another, brought in by a code, let go.</summary>
internal static class ColleagueEndpoints
{
    private static readonly Duration InvitationLasts = Duration.FromDays(30);

    internal static string Path => "/people";

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet(Path, ListAsync);
        desk.MapPost(Path, InviteAsync);
        desk.MapPost(Path + "/remove", RemoveAsync);
    }

    private static Task<IResult> ListAsync(PageContext page, PartnerDesk desk, Base.Accounts.Accounts accounts, PersonalData personal, CancellationToken cancellation) =>
        PageAsync(page, desk, accounts, personal, null, cancellation);

    private static async Task<IResult> InviteAsync(
        PageContext page, PartnerDesk desk, Base.Accounts.Accounts accounts, PersonalData personal, Invitations invitations, CodeMails mails, [FromForm] string? email, CancellationToken cancellation)
    {
        try
        {
            var to = page.Options.SendsMail ? email?.Trim() ?? "" : "";
            return new RazorComponentResult<InvitedPage>(new
            {
                Page = page,
                BackName = page.Texts["partner.people.title"],
                BackPath = desk.Path(Path),
                Issued = await invitations.AddAsync([desk.Grant], page.Language.Code, InvitationLasts, desk.Me.Actor, to.Length == 0 ? null : code => mails.Invitation(to, page.Language, code), cancellation),
                Roles = (IReadOnlyList<RoleGrant>)[desk.Grant],
                MailedTo = to,
            });
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, desk, accounts, personal, page.Texts[mistake.TextKey!], cancellation);
        }
    }

    private static async Task<IResult> RemoveAsync(PageContext page, PartnerDesk desk, Base.Accounts.Accounts accounts, PersonalData personal, [FromForm] string? person, CancellationToken cancellation)
    {
        if (await accounts.OfPersonAsync(person ?? "", cancellation) is not { } colleague || !colleague.Roles.Contains(desk.Grant))
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        try
        {
            await accounts.TakePartnerAsync(colleague, desk.Grant, desk.Me.Actor, cancellation);
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, desk, accounts, personal, page.Texts[mistake.TextKey!], cancellation);
        }

        // Who let themself go has no desk to come back to.
        return Results.LocalRedirect(page.Url(colleague.PersonKey == desk.Me.PersonKey ? AccountExtensions.MyPath : desk.Path(Path)));
    }

    private static async Task<IResult> PageAsync(PageContext page, PartnerDesk desk, Base.Accounts.Accounts accounts, PersonalData personal, string? error, CancellationToken cancellation)
    {
        var people = await accounts.WithRoleAsync(desk.Grant, cancellation);
        await personal.RecordDailyReadAsync(people.Select(each => each.AgentId).Where(id => id != desk.Me.AgentId), desk.Me.Actor, "colleague.name", desk.Agent.Name(page.Language), cancellation);
        return new RazorComponentResult<ColleaguesPage>(new { Page = page, Desk = desk, People = people, Error = error })
        {
            StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}
