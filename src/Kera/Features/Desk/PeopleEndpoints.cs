using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Ui;
using Kera.Base.Ui.Components;
using Kera.Features.Desk.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Kera.Features.Desk;

/// <summary>People: looked for with a reason, which they can read; never listed.</summary>
internal static class PeopleEndpoints
{
    private const int MostFound = 20;
    private static readonly Duration PasswordCodeLasts = Duration.FromDays(1);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(DeskFeature.PeoplePath, RazorComponentResult (PageContext page) => new RazorComponentResult<PeoplePage>(new { Page = page })).RequireOperation(Operation.SeePeople);
        pages.MapPost(DeskFeature.PeoplePath, SearchAsync).RequireOperation(Operation.SeePeople);
        pages.MapPost(DeskFeature.PeoplePath + "/open", OpenAsync).RequireOperation(Operation.SeePeople);
        pages.MapPost(DeskFeature.PeoplePath + "/password", PasswordAsync).RequireOperation(Operation.SeePeople);
        pages.MapPost(DeskFeature.PeoplePath + "/roles", RolesAsync).RequireOperation(Operation.GrantRoles);
        pages.MapPost(DeskFeature.ActingPath, ActAsync).RequireOperation(Operation.ActForPerson);
        pages.MapPost(DeskFeature.ActingPath + "/end", EndAsync).RequireSignIn();
    }

    private static async Task<IResult> SearchAsync(PageContext page, SignedIn me, Base.Accounts.Accounts accounts, PersonalData personal, [FromForm] string? name, [FromForm] string? reason, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string>();
        if ((name ?? "").Trim().Length < 2)
        {
            errors["name"] = page.Texts["desk.error.name"];
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
        {
            errors["reason"] = page.Texts["desk.error.reason"];
        }

        if (errors.Count > 0)
        {
            return new RazorComponentResult<PeoplePage>(new { Page = page, Name = name, Reason = reason, Errors = errors }) { StatusCode = StatusCodes.Status400BadRequest };
        }

        var found = await accounts.SearchAsync(name!, MostFound, cancellation);
        await personal.RecordReadsAsync(found.Select(account => account.AgentId), me.Actor, "person.name", reason!.Trim(), cancellation);

        return new RazorComponentResult<PeoplePage>(new { Page = page, Name = name, Reason = reason, Found = found, Most = MostFound });
    }

    private static Task<IResult> OpenAsync(PageContext page, SignedIn me, Base.Accounts.Accounts accounts, PersonalData personal, Catalog catalog, [FromForm] string? person, [FromForm] string? reason, CancellationToken cancellation) =>
        PersonAsync(page, me, accounts, personal, catalog, person, reason, null, null, cancellation);

    private static async Task<IResult> PasswordAsync(
        PageContext page, SignedIn me, HttpRequest request, Base.Accounts.Accounts accounts, PersonalData personal, Invitations invitations, CodeMails mails, [FromForm] string? person, [FromForm] string? reason, [FromForm] string? by, CancellationToken cancellation)
    {
        if (await accounts.OfPersonAsync(person ?? "", cancellation) is not { } account)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        // A code for somebody's password gives all that they may do: only who could have invited to it hands one out.
        if (!account.Roles.All(grant => Permissions.MayInvite(me.Roles, grant)))
        {
            return UiExtensions.Problem(page, StatusCodes.Status403Forbidden);
        }

        var mailed = by == "mail" && page.Options.SendsMail && account.Email.Length > 0;
        var issued = await invitations.AddForPasswordAsync(account, PasswordCodeLasts, me.Actor, mailed ? code => mails.Password(account, code, PasswordCodeLasts) : null, cancellation);
        await personal.RecordReadAsync(account.AgentId, me.Actor, "person.password", reason ?? "", cancellation);
        return new RazorComponentResult<InvitedPage>(new { Page = page, BackName = page.Texts["desk.people.title"], BackPath = DeskFeature.PeoplePath, Issued = issued, Roles = (IReadOnlyList<RoleGrant>)[], NewPassword = true, MailedTo = mailed ? account.Email : "" });
    }

    private static async Task<IResult> RolesAsync(
        PageContext page, SignedIn me, HttpRequest request, Base.Accounts.Accounts accounts, PersonalData personal, Catalog catalog, [FromForm] string? person, [FromForm] string? reason, [FromForm] string? agent, CancellationToken cancellation)
    {
        var account = await accounts.OfPersonAsync(person ?? "", cancellation);
        if (account is null)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        try
        {
            await accounts.SetRolesAsync(account.Id, RoleForm.Read(request.Form, agent), me.Actor, cancellation);
            return await PersonAsync(page, me, accounts, personal, catalog, person, reason, null, "desk.person.saved", cancellation);
        }
        catch (AccessException mistake)
        {
            return await PersonAsync(page, me, accounts, personal, catalog, person, reason, RoleForm.Error(page, mistake), null, cancellation);
        }
    }

    private static async Task<IResult> ActAsync(
        PageContext page, SignedIn me, Base.Accounts.Accounts accounts, PersonalData personal, Catalog catalog, DeskActing acting, [FromForm] string? person, [FromForm] string? reason, CancellationToken cancellation)
    {
        try
        {
            await acting.BeginAsync(me, person ?? "", reason ?? "", cancellation);
            return Results.LocalRedirect(page.Url(AccountExtensions.MyPath));
        }
        catch (AccessException mistake)
        {
            return await PersonAsync(page, me, accounts, personal, catalog, person, reason, RoleForm.Error(page, mistake), null, cancellation);
        }
    }

    private static async Task<IResult> EndAsync(PageContext page, SignedIn me, DeskActing acting, [FromForm(Name = "from")] string? _, CancellationToken cancellation)
    {
        if (me.Desk is not null)
        {
            await acting.EndAsync(me, cancellation);
        }

        return Results.LocalRedirect(page.Url(AccountExtensions.MyPath));
    }

    private static async Task<IResult> PersonAsync(
        PageContext page, SignedIn me, Base.Accounts.Accounts accounts, PersonalData personal, Catalog catalog, string? person, string? reason, string? error, string? done, CancellationToken cancellation)
    {
        if (await accounts.OfPersonAsync(person ?? "", cancellation) is not { } account)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        await personal.RecordReadAsync(account.AgentId, me.Actor, "person.name", reason ?? "", cancellation);
        return new RazorComponentResult<PersonPage>(new { Page = page, Me = me, Account = account, Agents = RoleForm.Agents(catalog, page.Language), Reason = reason ?? "", Error = error, Done = done })
        {
            StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}
