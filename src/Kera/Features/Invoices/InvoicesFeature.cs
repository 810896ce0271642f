using Kera.Base;
using Kera.Base.Accounts;
using Kera.Base.Invoices;
using Kera.Base.Ui;
using Kera.Features.Invoices.Pages;

namespace Kera.Features.Invoices;

/// <summary>Invoices as pages: one's own to pay, and the desk of who sends them.</summary>
public sealed class InvoicesFeature : IFeature
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new MySection(70, MineAsync));
        services.AddSingleton(new MySection(850, InvoiceDesk.SectionAsync));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        MyInvoiceEndpoints.Map(pages);
        InvoiceDesk.Map(pages);
    }

    private static async Task<MySectionContent?> MineAsync(HttpContext context, SignedIn me)
    {
        var invoices = await MyInvoiceEndpoints.OwnAsync(context.RequestServices.GetRequiredService<InvoiceBook>(), me, context.RequestAborted);
        return invoices.Count == 0 ? null : new MySectionContent("my-invoices", "invoices.mine", typeof(MyInvoices), new Dictionary<string, object> { ["Invoices"] = invoices });
    }
}
