using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ui;
using Kera.Features.Spaces.Premises.Pages;
using Kera.Flows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Spaces.Premises;

/// <summary>Premises as everyone sees them.</summary>
/// <param name="Premises">What they are.</param>
/// <param name="Free">How much of them is not let today.</param>
/// <param name="Call">The newest call that is not taken back; null where there is none.</param>
/// <param name="State">How the call stands.</param>
public sealed record ShownPremises(EmptyPremises Premises, Quantity Free, PremisesCall? Call, CallState State);

/// <summary>What stands empty and may be applied for: nobody has to sign in to look.</summary>
internal static class PremisesEndpoints
{
    internal static string Path => "/premises";

    internal static string PathOf(string premises) => $"{Path}/{Uri.EscapeDataString(premises)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, ListAsync);
        pages.MapGet(Path + "/{key}", (PageContext page, HttpContext context, string key, CancellationToken cancellation) => PageAsync(page, context, key, Refused.Nothing, cancellation));
        pages.MapGroup("").RequireSignIn().NotStored().MapPost(Path + "/{key}/apply", ApplyAsync);
    }

    /// <summary>All premises with their calls: what can be applied for first, what is wholly let last.</summary>
    internal static async Task<IReadOnlyList<ShownPremises>> ShownAsync(HttpContext context, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var register = services.GetRequiredService<PremisesRegister>();
        var premises = await register.ListAsync(cancellation);
        var calls = (await services.GetRequiredService<CallBook>().ListAsync(null, cancellation)).Where(call => call.Cancelled is null).ToLookup(call => call.Premises);
        var tenancies = (await services.GetRequiredService<TenancyBook>().AgreedAsync(cancellation)).Where(tenancy => tenancy.Holds(register.Today)).ToLookup(tenancy => tenancy.Premises);
        var now = register.Now;
        return
        [
            .. from each in premises
               let call = calls[each.Key].FirstOrDefault()
               let taken = new Quantity(tenancies[each.Key].Sum(tenancy => tenancy.Terms.Area.Millionths))
               let shown = new ShownPremises(each, taken >= each.Area ? Quantity.Zero : each.Area - taken, call, call?.StateAt(now) ?? CallState.Cancelled)
               orderby shown.State == CallState.Open descending, shown.State == CallState.Coming descending, shown.Free > Quantity.Zero descending
               select shown,
        ];
    }

    private static async Task<IResult> ListAsync(PageContext page, HttpContext context, PremisesRegister register, CancellationToken cancellation)
    {
        NotKept(context);
        var shown = await ShownAsync(context, cancellation);
        return new RazorComponentResult<PremisesListPage>(new
        {
            Page = page,
            Premises = shown.Where(each => !each.Premises.Withdrawn && !(each.Premises.LastDay < register.Today)).ToList(),
            Desks = (SignedIn.Of(context)?.Roles ?? []).Where(grant => grant.Role == Role.Partner).Select(grant => grant.Agent!).ToList(),
        });
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, string key, Refused refused, CancellationToken cancellation)
    {
        if ((await ShownAsync(context, cancellation)).FirstOrDefault(each => each.Premises.Key == key) is not { Premises.Withdrawn: false } shown)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        NotKept(context);
        var me = SignedIn.Of(context);
        return new RazorComponentResult<PremisesPage>(new
        {
            Page = page,
            Shown = shown,
            Chosen = shown.State == CallState.Decided ? await context.RequestServices.GetRequiredService<ChoiceBook>().ChosenAsync(shown.Call!, cancellation) : [],
            SignedIn = me is not null,
            Organisations = (me?.Roles ?? []).Where(grant => grant.Role == Role.Partner && grant.Agent != shown.Premises.Owner).Select(grant => grant.Agent!).ToList(),
            Refused = refused,
        })
        {
            StatusCode = refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static async Task<IResult> ApplyAsync(
        PageContext page, HttpContext context, SignedIn me, ApplicationBook book, string key, [FromForm] string? call, [FromForm] string? organisation, CancellationToken cancellation)
    {
        try
        {
            return await book.BeginAsync(call ?? "", organisation ?? "", me, cancellation) is { } application
                ? Results.LocalRedirect(page.Url(ApplicationEndpoints.PathOf(application)))
                : await PageAsync(page, context, key, Refused.Of(page, new AccessException("organisation", "The call takes no applications now.", "premises.error.late")), cancellation);
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, key, Refused.Of(page, mistake, ("organisation", organisation)), cancellation);
        }
    }

    // A call closes at a moment: a page that was kept would still ask for applications.
    private static void NotKept(HttpContext context) => context.Response.Headers.CacheControl = "no-store";
}
