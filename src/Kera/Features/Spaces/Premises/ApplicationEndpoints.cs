using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ui;
using Kera.Features.Spaces.Premises.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Spaces.Premises;

/// <summary>One's own applications and agreements: whoever did not write an application finds nothing.</summary>
internal static class ApplicationEndpoints
{
    internal static string Path => "/my/premises";

    internal static string PathOf(string key) => $"{Path}/{Uri.EscapeDataString(key)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup(Path + "/{key}").RequireSignIn().NotStored();
        own.MapGet("", (PageContext page, HttpContext context, SignedIn me, string key, string? told, CancellationToken cancellation) =>
            PageAsync(page, context, me, key, null, told is "saved" or "sent" or "withdrawn" ? told : null, cancellation));
        own.MapPost("", SaveAsync);
        own.MapPost("/withdraw", WithdrawAsync);
    }

    /// <summary>The section of a person's own page: what they applied for and agreed on.</summary>
    internal static async Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me)
    {
        var services = context.RequestServices;
        var applications = await services.GetRequiredService<ApplicationBook>().OfAsync(me.AgentId, context.RequestAborted);
        var tenancies = await services.GetRequiredService<TenancyBook>().OfAsync(me, context.RequestAborted);
        var names = await NamesAsync(context, context.RequestAborted);
        return applications.Count + tenancies.Count == 0 ? null : new MySectionContent("my-premises", "premises.mine", typeof(MyPremises), new Dictionary<string, object>
        {
            ["Applications"] = applications,
            ["Tenancies"] = tenancies,
            ["Premises"] = names,
        });
    }

    /// <summary>What waits for a person: an offer to read and accept.</summary>
    internal static async Task<NeedLine?> NeedAsync(HttpContext context, SignedIn me)
    {
        var tenancies = await context.RequestServices.GetRequiredService<TenancyBook>().OfAsync(me, context.RequestAborted);
        return tenancies.FirstOrDefault(tenancy => tenancy.State == Base.Store.TenancyState.Offered && !me.Roles.Contains(new RoleGrant(Role.Partner, tenancy.Owner))) is { } offered
            ? new NeedLine(PageContext.Of(context).Texts["premises.need.offer"], TenancyEndpoints.PathOf(offered.Key))
            : null;
    }

    /// <summary>All premises by key, for their names.</summary>
    internal static async Task<IReadOnlyDictionary<string, EmptyPremises>> NamesAsync(HttpContext context, CancellationToken cancellation) =>
        (await context.RequestServices.GetRequiredService<PremisesRegister>().ListAsync(cancellation)).ToDictionary(each => each.Key, StringComparer.Ordinal);

    private static async Task<IResult> SaveAsync(PageContext page, HttpContext context, SignedIn me, ApplicationBook book, string key, [FromForm] string? send, CancellationToken cancellation)
    {
        if (await book.FindAsync(key, me, cancellation) is not { } found)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var form = new PremisesForm(context.Request.Form, page);
        var wish = form.Wish(found.Call);
        if (!form.IsWrong)
        {
            try
            {
                return await book.SaveAsync(key, wish, send == "true", me, cancellation)
                    ? Results.LocalRedirect(page.Url(PathOf(key)) + (send == "true" ? "?told=sent" : "?told=saved"))
                    : await PageAsync(page, context, me, key, null, null, cancellation);
            }
            catch (AccessException mistake)
            {
                form.Tell(mistake);
            }
        }

        return await PageAsync(page, context, me, key, form.Refused, null, cancellation);
    }

    private static async Task<IResult> WithdrawAsync(PageContext page, HttpContext context, SignedIn me, ApplicationBook book, string key, CancellationToken cancellation) =>
        await book.WithdrawAsync(key, me, cancellation)
            ? Results.LocalRedirect(page.Url(PathOf(key)) + "?told=withdrawn")
            : await PageAsync(page, context, me, key, null, null, cancellation);

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string key, Refused? refused, string? told, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<ApplicationBook>().FindAsync(key, me, cancellation) is not { } found)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var register = services.GetRequiredService<PremisesRegister>();
        return new RazorComponentResult<ApplicationPage>(new
        {
            Page = page,
            found.Application,
            found.Call,
            State = found.Call.StateAt(register.Now),
            Premises = await register.FindAsync(found.Call.Premises, cancellation),
            Fields = refused ?? PremisesFields.Of(found.Application.Wish),
            Told = told,
        })
        {
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}
