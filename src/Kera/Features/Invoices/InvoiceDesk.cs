using System.Globalization;
using System.Text;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Invoices;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Invoices.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Invoices;

/// <summary>The desk of who sends invoices: the list of a year, files for the bookkeeping, what is paid. Each payer can read that they looked.</summary>
internal static class InvoiceDesk
{
    internal static string PathOf(string agent) => "/invoice-desk/" + Uri.EscapeDataString(agent);

    internal static string PathOf(string agent, int id) => string.Create(CultureInfo.InvariantCulture, $"{PathOf(agent)}/{id}");

    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup("/invoice-desk/{agent}").RequireOperationForAgent(Operation.PartnerDesk).NotStored();
        desk.MapGet("", DeskAsync);
        desk.MapGet("/invoices.csv", CsvAsync);
        desk.MapPost("/issue", IssueAsync);
        desk.MapGet("/{id:int}", (PageContext page, HttpContext context, SignedIn me, InvoiceBook book, string agent, int id, CancellationToken cancellation) => PageAsync(page, context, me, book, agent, id, Refused.Nothing, cancellation));
        desk.MapGet("/{id:int}.xml", XmlAsync);
        desk.MapPost("/{id:int}/paid", PaidAsync);
    }

    /// <summary>The section of a person's own page: the sellers that they act for.</summary>
    internal static Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me)
    {
        var (book, catalog) = (context.RequestServices.GetRequiredService<InvoiceBook>(), context.RequestServices.GetRequiredService<Catalog>());
        List<AgentRow> agents = [.. me.Roles.Where(grant => grant.Role == Role.Partner && book.SellerOf(grant.Agent!) is not null).Select(grant => catalog.Find(catalog.Agents, grant.Agent!)?.Row).OfType<AgentRow>()];
        return Task.FromResult(agents.Count == 0 ? null : new MySectionContent("invoice-desks", "invoices.desk.title", typeof(InvoiceDesks), new Dictionary<string, object> { ["Agents"] = agents }));
    }

    private static async Task<IResult> DeskAsync(PageContext page, HttpContext context, SignedIn me, InvoiceBook book, string agent, string? year, int? made, CancellationToken cancellation)
    {
        if (await ReadAsync(page, context, me, book, agent, year, cancellation) is not { } read)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        return new RazorComponentResult<InvoiceDeskPage>(new { Page = page, Agent = agent, Name = NameOf(page, context, agent), read.Year, read.Invoices, book.Today, Made = made });
    }

    private static async Task<IResult> CsvAsync(PageContext page, HttpContext context, SignedIn me, InvoiceBook book, string agent, string? year, CancellationToken cancellation) =>
        await ReadAsync(page, context, me, book, agent, year, cancellation) is { } read
            ? Results.File(Encoding.UTF8.GetBytes(InvoiceCsv.Write(read.Invoices)), "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"invoices-{agent}-{read.Year}.csv"))
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static async Task<IResult> IssueAsync(PageContext page, SignedIn me, InvoiceBook book, string agent, CancellationToken cancellation)
    {
        if (book.SellerOf(agent) is not { } seller)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var made = await book.IssueAsync(seller, me.Actor, cancellation);
        return Results.LocalRedirect(page.Url(PathOf(agent), [new("made", InvoiceWords.Number(made))]));
    }

    private static async Task<IResult> XmlAsync(PageContext page, HttpContext context, SignedIn me, InvoiceBook book, IClock clock, string agent, int id, CancellationToken cancellation)
    {
        if (await book.FindAsync(id, agent, cancellation) is not { } invoice)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        await RecordAsync(page, context, me, agent, [invoice], cancellation);
        return Results.File(Finvoice.Write(invoice, clock.GetCurrentInstant()), "application/xml", string.Create(CultureInfo.InvariantCulture, $"finvoice-{agent}-{invoice.Number}.xml"));
    }

    private static async Task<IResult> PaidAsync(PageContext page, HttpContext context, SignedIn me, InvoiceBook book, string agent, int id, [FromForm] string? day, CancellationToken cancellation)
    {
        var paid = string.IsNullOrEmpty(day) ? null : LocalDatePattern.Iso.Parse(day) is { Success: true, Value: var read } && read <= book.Today && read.Year >= 2000 ? read : (LocalDate?)null;
        if (!string.IsNullOrEmpty(day) && paid is null)
        {
            return await PageAsync(page, context, me, book, agent, id, Refused.Of(page, new AccessException("day", "Write a day that is not to come.", "invoices.error.day"), ("day", day)), cancellation);
        }

        return await book.PayAsync(id, agent, paid, me.Actor, cancellation) ? Results.LocalRedirect(page.Url(PathOf(agent, id))) : UiExtensions.Problem(page, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, InvoiceBook book, string agent, int id, Refused refused, CancellationToken cancellation)
    {
        if (await book.FindAsync(id, agent, cancellation) is not { } invoice)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        await RecordAsync(page, context, me, agent, [invoice], cancellation);
        return new RazorComponentResult<InvoicePage>(new { Page = page, Invoice = invoice, Back = PathOf(agent), BackName = page.Texts["invoices.desk.title"], Agent = agent, Refused = refused })
        {
            StatusCode = refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static async Task<(int Year, IReadOnlyList<Invoice> Invoices)?> ReadAsync(PageContext page, HttpContext context, SignedIn me, InvoiceBook book, string agent, string? year, CancellationToken cancellation)
    {
        var wanted = string.IsNullOrEmpty(year) ? book.Today.Year : int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 2000 and <= 2200 ? number : 0;
        // Who sold once keeps its invoices, also when the files name it no more.
        if (wanted == 0 || (book.SellerOf(agent) is null && (await book.OfSellerAsync(agent, wanted, cancellation)).Count == 0))
        {
            return null;
        }

        var invoices = await book.OfSellerAsync(agent, wanted, cancellation);
        await RecordAsync(page, context, me, agent, invoices, cancellation);
        return (wanted, invoices);
    }

    // Before the look, not after.
    private static Task RecordAsync(PageContext page, HttpContext context, SignedIn me, string agent, IEnumerable<Invoice> invoices, CancellationToken cancellation) =>
        context.RequestServices.GetRequiredService<PersonalData>().RecordDailyReadAsync(
            invoices.Select(invoice => invoice.AgentId).OfType<int>().Distinct().Where(id => id != me.AgentId), me.Actor, "invoice", NameOf(page, context, agent), cancellation);

    private static string NameOf(PageContext page, HttpContext context, string agent)
    {
        var catalog = context.RequestServices.GetRequiredService<Catalog>();
        return catalog.Find(catalog.Agents, agent)?.Row.Name(page.Language) ?? agent;
    }
}
