using System.Globalization;
using System.Text;
using Kera.Base.Accounts;
using Kera.Base.Invoices;
using Kera.Base.Ledger;
using Kera.Base.Payments;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Payments.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Payments;

/// <summary>The desk of who is paid online: the list of a year, its file, refunds that need a hand. It tells nothing of who paid: the receipts do.</summary>
internal static class PaymentDesk
{
    internal static string PathOf(string agent) => "/payment-desk/" + Uri.EscapeDataString(agent);

    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup("/payment-desk/{agent}").RequireOperationForAgent(Operation.PartnerDesk).NotStored();
        desk.MapGet("", DeskAsync);
        desk.MapGet("/payments.csv", CsvAsync);
        desk.MapPost("/refunds/{key}", ResolveAsync);
    }

    /// <summary>The section of a person's own page: the sellers that they act for and for whom payments are taken.</summary>
    internal static Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me)
    {
        var (settings, catalog) = (context.RequestServices.GetRequiredService<PaymentSettings>(), context.RequestServices.GetRequiredService<Catalog>());
        List<AgentRow> agents = [.. me.Roles.Where(grant => grant.Role == Role.Partner && settings.MerchantOf(grant.Agent!) is not null).Select(grant => catalog.Find(catalog.Agents, grant.Agent!)?.Row).OfType<AgentRow>()];
        return Task.FromResult(agents.Count == 0 ? null : new MySectionContent("payment-desks", "payments.desk.title", typeof(PaymentDesks), new Dictionary<string, object> { ["Agents"] = agents }));
    }

    private static async Task<IResult> DeskAsync(PageContext page, HttpContext context, PaymentSettings settings, InvoiceBook invoices, PaymentList list, string agent, string? year, CancellationToken cancellation)
    {
        if (await ReadAsync(settings, invoices, list, agent, year, cancellation) is not { } read)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var catalog = context.RequestServices.GetRequiredService<Catalog>();
        return new RazorComponentResult<PaymentDeskPage>(new
        {
            Page = page,
            Agent = agent,
            Name = catalog.Find(catalog.Agents, agent)?.Row.Name(page.Language) ?? agent,
            read.Year,
            ThisYear = invoices.Today.Year,
            read.Payments,
            InUse = settings.MerchantOf(agent) is not null,
            list.Now,
        });
    }

    private static async Task<IResult> CsvAsync(PageContext page, PaymentSettings settings, InvoiceBook invoices, PaymentList list, string agent, string? year, CancellationToken cancellation) =>
        await ReadAsync(settings, invoices, list, agent, year, cancellation) is { } read
            ? Results.File(Encoding.UTF8.GetBytes(list.Csv(read.Payments, page.Language)), "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"payments-{agent}-{read.Year}.csv"))
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static async Task<IResult> ResolveAsync(PageContext page, SignedIn me, PaymentRefunds refunds, string agent, string key, [FromForm] string? way, CancellationToken cancellation) =>
        way is not ("again" or "done") ? UiExtensions.Problem(page, StatusCodes.Status400BadRequest)
        : await refunds.ResolveAsync(key, agent, way == "again", me.Actor, cancellation) ? Results.LocalRedirect(page.Url(PathOf(agent)))
        : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    // Who was paid once keeps its payments, also when neither the files nor the settings name it any more.
    private static async Task<(int Year, IReadOnlyList<PaymentView> Payments)?> ReadAsync(PaymentSettings settings, InvoiceBook invoices, PaymentList list, string agent, string? year, CancellationToken cancellation)
    {
        var wanted = string.IsNullOrEmpty(year) ? invoices.Today.Year : int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 2000 and <= 2200 ? number : 0;
        if (wanted == 0)
        {
            return null;
        }

        var payments = await list.OfSellerAsync(agent, wanted, cancellation);
        return payments.Count > 0 || invoices.SellerOf(agent) is not null || settings.MerchantOf(agent) is not null ? (wanted, payments) : null;
    }
}
