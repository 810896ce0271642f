using Kera.Base.Accounts;
using Kera.Base.Figures;
using Kera.Base.Ui;
using Kera.Features.Things.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kera.Features.Things;

/// <summary>One's own loans: whoever is not the borrower finds nothing.</summary>
internal static class LoanEndpoints
{
    internal static string PathOf(string key) => $"/loans/{Uri.EscapeDataString(key)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/loans/{key}").RequireSignIn().NotStored();
        own.MapGet("", (PageContext page, HttpContext context, SignedIn me, string key, CancellationToken cancellation) => PageAsync(page, context, me, key, null, cancellation));
        own.MapGet("/photos/{photo}", async (PageContext page, SignedIn me, LoanRegister register, LoanPhotos photos, string key, string photo, CancellationToken cancellation) =>
            await register.FindAsync(key, me, cancellation) is { } loan && await photos.FindAsync(loan, photo, cancellation) is { } jpeg ? Results.Bytes(jpeg, "image/jpeg") : UiExtensions.Problem(page, StatusCodes.Status404NotFound));
        own.MapPost("/accept", (PageContext page, HttpContext context, SignedIn me, LoanRegister register, string key, CancellationToken cancellation) => DoneAsync(page, context, me, key, register.AcceptAsync(key, me, cancellation), cancellation));
        own.MapPost("/cancel", (PageContext page, HttpContext context, SignedIn me, LoanRegister register, string key, CancellationToken cancellation) => DoneAsync(page, context, me, key, register.CancelAsync(key, me, cancellation), cancellation));
        own.MapPost("/off-hire", (PageContext page, HttpContext context, SignedIn me, LoanRegister register, string key, CancellationToken cancellation) => DoneAsync(page, context, me, key, register.OffHireAsync(key, me, cancellation), cancellation));
        own.MapPost("/extend", async (PageContext page, HttpContext context, SignedIn me, LoanRegister register, string key, CancellationToken cancellation) =>
            await register.ExtendAsync(key, me, cancellation) is { } refusal
                ? await PageAsync(page, context, me, key, page.Texts.Of("things.extend", refusal.ToString()), cancellation)
                : await DoneAsync(page, context, me, key, Task.FromResult(true), cancellation));
    }

    private static async Task<IResult> DoneAsync(PageContext page, HttpContext context, SignedIn me, string key, Task<bool> work, CancellationToken cancellation) =>
        await work ? Results.LocalRedirect(page.Url(PathOf(key))) : await PageAsync(page, context, me, key, page.Texts["things.changed"], cancellation);

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string key, string? refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<LoanRegister>().FindAsync(key, me, cancellation) is not { } loan)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var shelf = services.GetRequiredService<ThingShelf>();
        return new RazorComponentResult<LoanPage>(new
        {
            Page = page,
            Loan = loan,
            Site = shelf.Things!.Sites.GetValueOrDefault(loan.Row.Site),
            Footprint = await (await FigureReader.BindAsync(context)).ValueAsync(ThingFigureBook.HourOf(loan.Kind), cancellation),
            Refused = refused,
            Photos = await services.GetRequiredService<LoanPhotos>().ListAsync([loan], cancellation),
            shelf.Today,
        })
        {
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
        };
    }
}
