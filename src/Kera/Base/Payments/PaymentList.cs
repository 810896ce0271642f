using System.Globalization;
using System.Text;
using System.Text.Json;
using Kera.Base.Hosting;
using Kera.Base.Invoices;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Payments;

/// <summary>What is paid back of a payment, in cents.</summary>
public sealed record PaymentRefundView(string Key, int Amount, PaymentRefundState State, string Error, Instant Made, Instant? Ended);

/// <summary>A payment as it stands: what for and how much, and nothing of who paid.</summary>
/// <param name="Payment">Its row.</param>
/// <param name="Lines">What it was for, by rate of tax.</param>
/// <param name="Refunds">What is paid back, the oldest first.</param>
/// <param name="Invoice">The number of the invoice that is its receipt; null where there is none.</param>
public sealed record PaymentView(PaymentRow Payment, IReadOnlyList<ChargeLine> Lines, IReadOnlyList<PaymentRefundView> Refunds, int? Invoice)
{
    /// <summary>When it was paid, or else begun.</summary>
    public Instant At => DistrictCalendar.ToInstant(Payment.Paid ?? Payment.Made);

    /// <summary>How it stands in a word: <c>created</c>, <c>expired</c>, <c>failed</c> or <c>paid</c>.</summary>
    public string StateAt(Instant now) => Payment.State switch
    {
        PaymentState.Paid => "paid",
        PaymentState.Failed => "failed",
        _ => DistrictCalendar.ToInstant(Payment.Until) <= now ? "expired" : "created",
    };
}

/// <summary>Payments to be read.</summary>
public sealed class PaymentList(KeraStore store, DistrictInForce district, IClock clock)
{
    private static readonly string[] s_columns = ["payment", "state", "made", "paid", "what", "gross", "vat", "method", "transaction", "invoice", "refunded", "refund_waiting", "refund_refused"];

    /// <summary>The present moment.</summary>
    public Instant Now => clock.GetCurrentInstant();

    /// <summary>A seller's payments that were begun in a year, the newest first.</summary>
    public Task<IReadOnlyList<PaymentView>> OfSellerAsync(string seller, int year, CancellationToken cancellation)
    {
        var zone = district.Zone;
        var (from, until) = (DistrictCalendar.ToMicroseconds(zone.AtStartOfDay(new LocalDate(year, 1, 1)).ToInstant()), DistrictCalendar.ToMicroseconds(zone.AtStartOfDay(new LocalDate(year + 1, 1, 1)).ToInstant()));
        return ReadAsync(rows => rows.Where(row => row.Seller == seller && row.Made >= from && row.Made < until), cancellation);
    }

    /// <summary>The payments of something, the newest first.</summary>
    public Task<IReadOnlyList<PaymentView>> OfSourceAsync(string source, CancellationToken cancellation) => ReadAsync(rows => rows.Where(row => row.Source == source), cancellation);

    /// <summary>Payments for a spreadsheet or an accounting program, the oldest first.</summary>
    public string Csv(IEnumerable<PaymentView> payments, Language language)
    {
        var csv = new StringBuilder();
        csv.CsvLine(s_columns);
        foreach (var payment in payments.Reverse())
        {
            csv.CsvLine([
                payment.Payment.Key,
                payment.StateAt(Now),
                InstantPattern.General.Format(DistrictCalendar.ToInstant(payment.Payment.Made)),
                payment.Payment.Paid is { } paid ? InstantPattern.General.Format(DistrictCalendar.ToInstant(paid)) : null,
                string.Join(", ", payment.Lines.Select(line => Texts.WithoutSoftHyphens(line.Text.In(language.Code)))),
                Euros(payment.Payment.Amount),
                Euros(payment.Lines.Sum(line => line.Vat)),
                payment.Payment.Method,
                payment.Payment.Transaction,
                payment.Invoice?.ToString(CultureInfo.InvariantCulture),
                Euros(Sum(payment, PaymentRefundState.Done)),
                Euros(Sum(payment, PaymentRefundState.Waiting) + Sum(payment, PaymentRefundState.Asked)),
                Euros(Sum(payment, PaymentRefundState.Refused))]);
        }

        return csv.ToString();
    }

    private async Task<IReadOnlyList<PaymentView>> ReadAsync(Func<IQueryable<PaymentRow>, IQueryable<PaymentRow>> which, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await which(db.Payments.AsNoTracking()).OrderByDescending(row => row.Id).ToListAsync(cancellation);
        var ids = rows.ConvertAll(row => row.Id);
        var refunds = (await db.PaymentRefunds.AsNoTracking().Where(row => ids.Contains(row.PaymentId)).OrderBy(row => row.Id).ToListAsync(cancellation)).ToLookup(row => row.PaymentId);
        var receipts = rows.Select(row => row.InvoiceId).OfType<int>().ToList();
        var numbers = await db.Invoices.AsNoTracking().Where(row => receipts.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Number, cancellation);
        return [.. rows.Select(row => new PaymentView(
            row,
            JsonSerializer.Deserialize<List<ChargeLine>>(row.Lines)!,
            [.. refunds[row.Id].Select(refund => new PaymentRefundView(refund.Key, refund.Amount, refund.State, refund.Error, DistrictCalendar.ToInstant(refund.Made), refund.Ended is { } ended ? DistrictCalendar.ToInstant(ended) : null))],
            row.InvoiceId is { } receipt ? numbers[receipt] : null))];
    }

    private static int Sum(PaymentView payment, PaymentRefundState state) => payment.Refunds.Where(refund => refund.State == state).Sum(refund => refund.Amount);

    private static string Euros(int cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
