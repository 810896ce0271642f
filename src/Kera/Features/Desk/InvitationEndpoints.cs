using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using Kera.Base.Ui.Components;
using Kera.Features.Desk.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Kera.Features.Desk;

/// <summary>Codes that open accounts: made, printed, listed, taken back.</summary>
internal static class InvitationEndpoints
{
    private static readonly Duration Lasts = Duration.FromDays(30);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(DeskFeature.InvitationsPath, ListAsync).RequireOperation(Operation.Invite);
        pages.MapPost(DeskFeature.InvitationsPath, AddAsync).RequireOperation(Operation.Invite);
        pages.MapPost(DeskFeature.InvitationsPath + "/revoke", RevokeAsync).RequireOperation(Operation.Invite);
    }

    private static Task<IResult> ListAsync(PageContext page, SignedIn me, Invitations invitations, Catalog catalog, IClock clock, CancellationToken cancellation) =>
        PageAsync(page, me, invitations, catalog, clock, null, cancellation);

    private static async Task<IResult> AddAsync(PageContext page, SignedIn me, HttpRequest request, Invitations invitations, CodeMails mails, Catalog catalog, IClock clock, [FromForm] string? agent, [FromForm] string? email, CancellationToken cancellation)
    {
        try
        {
            var roles = RoleForm.Read(request.Form, agent);
            if (roles.FirstOrDefault(grant => !Permissions.MayInvite(me.Roles, grant)) is { } denied)
            {
                throw new AccessException("role", $"You may not invite to '{denied}'.", "account.error.role");
            }

            var to = page.Options.SendsMail ? email?.Trim() ?? "" : "";
            var issued = await invitations.AddAsync(roles, page.Language.Code, Lasts, me.Actor, to.Length == 0 ? null : code => mails.Invitation(to, page.Language, code), cancellation);
            return new RazorComponentResult<InvitedPage>(new { Page = page, BackName = page.Texts["desk.invitations.title"], BackPath = DeskFeature.InvitationsPath, Issued = issued, Roles = roles, MailedTo = to });
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, me, invitations, catalog, clock, RoleForm.Error(page, mistake), cancellation);
        }
    }

    private static async Task<IResult> RevokeAsync(PageContext page, SignedIn me, Invitations invitations, [FromForm] int? invitation, CancellationToken cancellation)
    {
        await invitations.RevokeAsync(invitation ?? 0, me.May(Operation.GrantRoles) ? null : me.PersonKey, me.Actor, cancellation);
        return Results.LocalRedirect(page.Url(DeskFeature.InvitationsPath));
    }

    private static async Task<IResult> PageAsync(PageContext page, SignedIn me, Invitations invitations, Catalog catalog, IClock clock, string? error, CancellationToken cancellation) =>
        new RazorComponentResult<InvitationsPage>(new
        {
            Page = page,
            Me = me,
            Agents = RoleForm.Agents(catalog, page.Language),
            // One's own; the operator sees everybody's.
            Made = await invitations.ListAsync(me.May(Operation.GrantRoles) ? null : me.PersonKey, cancellation),
            Now = clock.GetCurrentInstant(),
            Error = error,
        })
        {
            StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
}
