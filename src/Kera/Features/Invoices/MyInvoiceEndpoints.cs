using Kera.Base.Accounts;
using Kera.Base.Invoices;
using Kera.Base.Ui;
using Kera.Features.Invoices.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kera.Features.Invoices;

/// <summary>The invoices that a person pays, or that the organisations pay for which they act: nobody else finds them.</summary>
internal static class MyInvoiceEndpoints
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGroup("/my/invoices").RequireSignIn().NotStored().MapGet("/{id:int}", PageAsync);

    /// <summary>What somebody pays, the newest first.</summary>
    internal static Task<IReadOnlyList<Invoice>> OwnAsync(InvoiceBook book, SignedIn me, CancellationToken cancellation) =>
        book.OfPayerAsync(me.AgentId, [.. me.Roles.Where(grant => grant.Role == Role.Partner).Select(grant => grant.Agent!)], cancellation);

    private static async Task<IResult> PageAsync(PageContext page, SignedIn me, InvoiceBook book, int id, CancellationToken cancellation) =>
        (await OwnAsync(book, me, cancellation)).FirstOrDefault(invoice => invoice.Id == id) is { } own
            ? new RazorComponentResult<InvoicePage>(new { Page = page, Invoice = own, Back = AccountExtensions.MyPath, BackName = page.Texts["invoices.back"] })
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);
}
