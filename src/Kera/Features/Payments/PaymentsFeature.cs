using Kera.Base;
using Kera.Base.Payments;
using Kera.Base.Ui;

namespace Kera.Features.Payments;

/// <summary>Payments online as addresses: where the payer comes back, where the provider calls, and the desk of who is paid.</summary>
public sealed class PaymentsFeature : IFeature
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton(new MySection(851, PaymentDesk.SectionAsync));

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        PaymentDesk.Map(pages);
        // Whoever comes back may be signed out by then, and the provider never is in: what they bring is signed.
        var open = pages.MapGroup("").NotStored();
        open.MapGet(PaymentBook.ReturnPath, ReturnAsync);
        open.MapGet(PaymentBook.CallbackPath, CallbackAsync);
        open.MapGet(PaymentBook.CallbackPath + "/{refund}", RefundAsync);
    }

    private static async Task<IResult> ReturnAsync(PageContext page, HttpContext context, PaymentBook payments, CancellationToken cancellation) =>
        await payments.ReceiveAsync(context.Request.Query, cancellation) is { Page.Length: > 0 } news
            ? Results.LocalRedirect(page.Url(news.Page, [new("told", news.Kind.ToString().ToLowerInvariant())]))
            : UiExtensions.Problem(page, StatusCodes.Status400BadRequest);

    private static async Task<IResult> CallbackAsync(HttpContext context, PaymentBook payments, CancellationToken cancellation) =>
        (await payments.ReceiveAsync(context.Request.Query, cancellation)).Kind == PaymentNewsKind.Forged ? TypedResults.BadRequest() : TypedResults.Ok();

    private static async Task<IResult> RefundAsync(HttpContext context, PaymentBook payments, string refund, CancellationToken cancellation) =>
        await payments.ReceiveRefundAsync(refund, context.Request.Query, cancellation) ? TypedResults.Ok() : TypedResults.BadRequest();
}
