using System.Text.Json.Nodes;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Kera.Base.Invoices;

/// <summary>What invoices hold of persons. The Accounting Act keeps an invoice for six years from the end of its year, whoever it was for.</summary>
internal static class InvoicePersonal
{
    // Six years from the end of the year, of which the first day is the furthest from it: seven years with two leap days.
    internal const int KeptDays = (7 * 365) + 2;

    /// <summary>When the law needs it no more, the payer's name goes.</summary>
    public static RetentionRule Retention { get; } = new("invoices", KeptDays, static (db, before, cancellation) =>
    {
        var end = DistrictCalendar.ToMicroseconds(before);
        return db.Invoices.Where(row => row.Made < end && (row.Buyer != "" || row.AgentId != null))
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.Buyer, "").SetProperty(each => each.AgentId, (int?)null), cancellation);
    });

    /// <summary>An erased person's invoices stay with their name, as the law says, and are no account's any more.</summary>
    public static ErasureRule Erasure { get; } = new("invoice", static (db, person, cancellation) =>
        db.Invoices.Where(row => row.AgentId == person.AgentId).ExecuteUpdateAsync(row => row.SetProperty(each => each.AgentId, (int?)null), cancellation));

    /// <summary>What is held of a person. While they owe something they cannot go.</summary>
    public static PersonalDataPart Part(IServiceProvider services) => new("invoices", ExportAsync, async (db, agentId, cancellation) =>
        await db.Invoices.AnyAsync(row => row.AgentId == agentId && row.Paid == null, cancellation) || await services.GetRequiredService<InvoiceBook>().OwesMoreAsync(db, agentId, cancellation) ? "invoices.erasure" : null);

    private static async Task<JsonNode?> ExportAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var rows = await db.Invoices.AsNoTracking().Where(row => row.AgentId == agentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        var ids = rows.ConvertAll(row => row.Id);
        var lines = (await db.InvoiceLines.AsNoTracking().Where(line => ids.Contains(line.InvoiceId)).OrderBy(line => line.Id).ToListAsync(cancellation)).ToLookup(line => line.InvoiceId);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(row => new JsonObject
        {
            ["seller"] = row.Seller,
            ["number"] = row.Number,
            ["buyer"] = row.Buyer,
            ["dated"] = LocalDatePattern.Iso.Format(DistrictCalendar.DateOf(row.Dated)),
            ["due"] = LocalDatePattern.Iso.Format(DistrictCalendar.DateOf(row.Due)),
            ["paid"] = row.Paid is { } paid ? LocalDatePattern.Iso.Format(DistrictCalendar.DateOf(paid)) : null,
            ["lines"] = new JsonArray([.. lines[row.Id].Select(line => new JsonObject { ["text"] = line.Text, ["cents"] = line.Gross, ["vat"] = line.Vat })]),
        })]);
    }
}
