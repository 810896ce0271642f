using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ui;
using Kera.Features.Partners.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Partners;

/// <summary>A partner's own desk: what it promised, and what it says of itself. Only who acts for it comes in.</summary>
internal static class DeskEndpoints
{
    internal static string ProfilePath => "/profile";

    internal static string ServicesPath => "/services";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup(PartnerDesk.Root + "/{agent}").RequireOperationForAgent(Operation.PartnerDesk).NotStored();
        desk.AddEndpointFilter(async (context, next) => context.Arguments.OfType<PartnerDesk>().Any(at => at.Agent.Retired)
            ? UiExtensions.Problem(PageContext.Of(context.HttpContext), StatusCodes.Status404NotFound)
            : await next(context));
        desk.MapGet("", DeskAsync);
        desk.MapGet(ProfilePath, ProfileAsync);
        desk.MapPost(ProfilePath, SaveProfileAsync);
        desk.MapGet(ServicesPath, ServicesAsync);
        desk.MapGet(ServicesPath + "/new", NewService);
        desk.MapPost(ServicesPath + "/new", AddServiceAsync);
        desk.MapGet(ServicesPath + "/{id:int}", ServiceAsync);
        desk.MapPost(ServicesPath + "/{id:int}", ChangeServiceAsync);
        desk.MapPost(ServicesPath + "/{id:int}/remove", RemoveServiceAsync);
        ColleagueEndpoints.Map(desk);
        TokenEndpoints.Map(desk);
    }

    private static async Task<IResult> DeskAsync(PageContext page, PartnerDesk desk, HttpContext context, PartnerReader reader, PartnerWords words, CancellationToken cancellation) =>
        new RazorComponentResult<DeskPage>(new
        {
            Page = page,
            Desk = desk,
            Promises = reader.PromisesOf(desk.Agent, context.Reader(), page.Language),
            HasPage = reader.HasPage(desk.Agent, context.Reader()),
            Profile = await words.ProfileAsync(desk.Agent.Id, cancellation),
            Services = (await words.ServicesAsync(desk.Agent.Id, cancellation)).Count,
        });

    private static async Task<IResult> ProfileAsync(PageContext page, PartnerDesk desk, HttpContext context, PartnerReader reader, PartnerWords words, bool? saved, CancellationToken cancellation) =>
        new RazorComponentResult<ProfilePage>(new
        {
            Page = page,
            Desk = desk,
            Typed = await words.ProfileAsync(desk.Agent.Id, cancellation),
            Saved = saved == true,
            HasPage = reader.HasPage(desk.Agent, context.Reader()),
        });

    private static async Task<IResult> SaveProfileAsync(PageContext page, PartnerDesk desk, HttpRequest request, PartnerWords words, [FromForm] long? changed, CancellationToken cancellation)
    {
        var form = new PartnerForm(request.Form, page);
        var typed = form.Profile(changed ?? 0);
        if (form.Errors.Count > 0)
        {
            return new RazorComponentResult<ProfilePage>(new { Page = page, Desk = desk, Typed = typed, Errors = form.Errors }) { StatusCode = StatusCodes.Status400BadRequest };
        }

        if (await words.SaveProfileAsync(desk.Agent, typed, desk.Me.Actor, cancellation))
        {
            return Results.LocalRedirect(page.Url(desk.Path(ProfilePath)) + "?saved=true");
        }

        // Both texts are shown; who saves again has seen the other.
        var stored = await words.ProfileAsync(desk.Agent.Id, cancellation);
        return new RazorComponentResult<ProfilePage>(new { Page = page, Desk = desk, Typed = typed with { Changed = stored.Changed }, Stored = stored }) { StatusCode = StatusCodes.Status409Conflict };
    }

    private static async Task<IResult> ServicesAsync(PageContext page, PartnerDesk desk, PartnerWords words, CancellationToken cancellation) =>
        new RazorComponentResult<ServicesPage>(new { Page = page, Desk = desk, Services = await words.ServicesAsync(desk.Agent.Id, cancellation) });

    private static RazorComponentResult NewService(PageContext page, PartnerDesk desk) =>
        new RazorComponentResult<ServicePage>(new { Page = page, Desk = desk, Typed = PartnerService.Empty });

    private static async Task<IResult> AddServiceAsync(PageContext page, PartnerDesk desk, HttpRequest request, PartnerWords words, [FromForm] long? changed, CancellationToken cancellation)
    {
        var form = new PartnerForm(request.Form, page);
        var typed = form.Service(0, changed ?? 0);
        if (form.Errors.Count > 0)
        {
            return new RazorComponentResult<ServicePage>(new { Page = page, Desk = desk, Typed = typed, Errors = form.Errors }) { StatusCode = StatusCodes.Status400BadRequest };
        }

        return await words.AddServiceAsync(desk.Agent, typed, desk.Me.Actor, cancellation)
            ? Results.LocalRedirect(page.Url(desk.Path(ServicesPath)))
            : new RazorComponentResult<ServicePage>(new { Page = page, Desk = desk, Typed = typed, TooMany = true }) { StatusCode = StatusCodes.Status400BadRequest };
    }

    private static async Task<IResult> ServiceAsync(PageContext page, PartnerDesk desk, PartnerWords words, int id, CancellationToken cancellation) =>
        await words.ServiceAsync(desk.Agent.Id, id, cancellation) is { } service
            ? new RazorComponentResult<ServicePage>(new { Page = page, Desk = desk, Typed = service })
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static async Task<IResult> ChangeServiceAsync(PageContext page, PartnerDesk desk, HttpRequest request, PartnerWords words, int id, [FromForm] long? changed, CancellationToken cancellation)
    {
        var form = new PartnerForm(request.Form, page);
        var typed = form.Service(id, changed ?? 0);
        if (form.Errors.Count > 0)
        {
            return new RazorComponentResult<ServicePage>(new { Page = page, Desk = desk, Typed = typed, Errors = form.Errors }) { StatusCode = StatusCodes.Status400BadRequest };
        }

        if (await words.ChangeServiceAsync(desk.Agent, typed, desk.Me.Actor, cancellation))
        {
            return Results.LocalRedirect(page.Url(desk.Path(ServicesPath)));
        }

        // Of a service that a colleague removed, what was typed can be added anew.
        var stored = await words.ServiceAsync(desk.Agent.Id, id, cancellation);
        typed = stored is null ? typed with { Id = 0, Changed = 0 } : typed with { Changed = stored.Changed };
        return new RazorComponentResult<ServicePage>(new { Page = page, Desk = desk, Typed = typed, Stored = stored, Gone = stored is null }) { StatusCode = StatusCodes.Status409Conflict };
    }

    private static async Task<IResult> RemoveServiceAsync(PageContext page, PartnerDesk desk, PartnerWords words, int id, [FromForm] long? changed, CancellationToken cancellation) =>
        await words.RemoveServiceAsync(desk.Agent, id, changed ?? 0, desk.Me.Actor, cancellation)
            ? Results.LocalRedirect(page.Url(desk.Path(ServicesPath)))
            : new RazorComponentResult<ServicesPage>(new { Page = page, Desk = desk, Services = await words.ServicesAsync(desk.Agent.Id, cancellation), Changed = true }) { StatusCode = StatusCodes.Status409Conflict };
}
