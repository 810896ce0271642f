using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Spaces.Premises.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Spaces.Premises;

/// <summary>Where a landowner writes an agreement and offers it.</summary>
internal static class TenancyDesk
{
    internal static string PathOf(string agent, string tenancy) => $"{PremisesDesk.PathOf(agent)}/agreements/{Uri.EscapeDataString(tenancy)}";

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/agreements/{key}", (PageContext page, HttpContext context, SignedIn me, string agent, string key, CancellationToken cancellation) => PageAsync(page, context, me, agent, key, null, cancellation));
        desk.MapPost("/agreements/{key}", SaveAsync);
    }

    private static async Task<IResult> SaveAsync(PageContext page, HttpContext context, SignedIn me, TenancyBook book, string agent, string key, [FromForm] string? offer, CancellationToken cancellation)
    {
        var form = new PremisesForm(context.Request.Form, page);
        var terms = form.Terms();
        if (!form.IsWrong)
        {
            try
            {
                return !await book.SaveAsync(key, agent, terms, offer == "true", form.Stamp(), me.Actor, cancellation)
                    ? UiExtensions.Problem(page, StatusCodes.Status404NotFound)
                    : Results.LocalRedirect(page.Url(TenancyEndpoints.PathOf(key)));
            }
            catch (AccessException mistake)
            {
                form.Tell(mistake);
            }
        }

        return await PageAsync(page, context, me, agent, key, form.Refused, cancellation);
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string agent, string key, Refused? refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<TenancyBook>().FindAsync(key, me, cancellation) is not { State: TenancyState.Draft or TenancyState.Offered } tenancy || tenancy.Owner != agent)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        return new RazorComponentResult<TenancyEditPage>(new
        {
            Page = page,
            Agent = agent,
            Name = PremisesDesk.NameOf(page, context, agent),
            Tenancy = tenancy,
            Premises = await services.GetRequiredService<PremisesRegister>().FindAsync(tenancy.Premises, cancellation),
            Fields = refused ?? PremisesFields.Of(tenancy),
        })
        {
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}
