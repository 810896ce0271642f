using System.Text.Json.Nodes;
using Kera.Base.Invoices;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Kera.Base.Payments;

/// <summary>What payments hold of persons: that it was them. The Accounting Act keeps the payment itself as long as its invoice.</summary>
internal static class PaymentPersonal
{
    /// <summary>When the law needs it no more, a payment goes with what was paid back of it.</summary>
    public static RetentionRule Retention { get; } = new("payments", InvoicePersonal.KeptDays, static async (db, before, cancellation) =>
    {
        var end = DistrictCalendar.ToMicroseconds(before);
        await db.PaymentRefunds.Where(row => db.Payments.Any(payment => payment.Id == row.PaymentId && payment.Made < end)).ExecuteDeleteAsync(cancellation);
        return await db.Payments.Where(row => row.Made < end).ExecuteDeleteAsync(cancellation);
    });

    /// <summary>An erased person's payments stay, and are nobody's.</summary>
    public static ErasureRule Erasure { get; } = new("payment", static (db, person, cancellation) =>
        db.Payments.Where(row => row.AgentId == person.AgentId).ExecuteUpdateAsync(row => row.SetProperty(each => each.AgentId, (int?)null), cancellation));

    /// <summary>A person's payments in their export.</summary>
    public static PersonalDataPart Part { get; } = new("payments", ExportAsync, static (_, _, _) => Task.FromResult<string?>(null));

    private static async Task<JsonNode?> ExportAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var rows = await db.Payments.AsNoTracking().Where(row => row.AgentId == agentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        var ids = rows.ConvertAll(row => row.Id);
        var refunds = (await db.PaymentRefunds.AsNoTracking().Where(row => ids.Contains(row.PaymentId)).OrderBy(row => row.Id).ToListAsync(cancellation)).ToLookup(row => row.PaymentId);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(row => new JsonObject
        {
            ["key"] = row.Key,
            ["seller"] = row.Seller,
            ["for"] = row.Source,
            ["cents"] = row.Amount,
            ["state"] = row.State.ToString(),
            ["made"] = InstantPattern.General.Format(DistrictCalendar.ToInstant(row.Made)),
            ["paid"] = row.Paid is { } paid ? InstantPattern.General.Format(DistrictCalendar.ToInstant(paid)) : null,
            ["method"] = row.Method,
            ["refunds"] = new JsonArray([.. refunds[row.Id].Select(refund => new JsonObject { ["cents"] = refund.Amount, ["state"] = refund.State.ToString() })]),
        })]);
    }
}
