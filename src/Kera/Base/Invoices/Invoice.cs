using System.Text.Json;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Invoices;

/// <summary>A line of an invoice, in cents; of a credit note they are negative.</summary>
public sealed record InvoiceLine(string Source, string Text, LocalDate Day, int Gross, int Vat, int Rate)
{
    /// <summary>Without tax.</summary>
    public int Net => Gross - Vat;
}

/// <summary>An invoice, or a credit note.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Seller">The seller as it was.</param>
/// <param name="Number">From 1 without gaps, by seller.</param>
/// <param name="Credits">The number of the invoice that it credits; null for an invoice.</param>
/// <param name="AgentId">The person who pays; null for an organisation, or once they were erased.</param>
/// <param name="Organisation">The key of the organisation that pays; empty for a person.</param>
/// <param name="Buyer">The payer's name.</param>
/// <param name="Language">In which language it is.</param>
/// <param name="Dated">Its day.</param>
/// <param name="Due">By when it is paid.</param>
/// <param name="Reference">The reference number of its payment.</param>
/// <param name="Paid">When it was paid or credited wholly; null while it is open.</param>
/// <param name="Lines">What it is for.</param>
public sealed record Invoice(
    int Id, DistrictSeller Seller, int Number, int? Credits, int? AgentId, string Organisation, string Buyer, string Language, LocalDate Dated, LocalDate Due, string Reference, LocalDate? Paid, IReadOnlyList<InvoiceLine> Lines)
{
    /// <summary>With tax, in cents.</summary>
    public int Gross => Lines.Sum(line => line.Gross);

    /// <summary>The tax, in cents.</summary>
    public int Vat => Lines.Sum(line => line.Vat);

    /// <summary>Without tax, in cents.</summary>
    public int Net => Gross - Vat;

    /// <summary>Net, tax and sum by rate, the highest rate first.</summary>
    public IReadOnlyList<(int Rate, int Net, int Vat)> Rates =>
        [.. Lines.GroupBy(line => line.Rate).OrderByDescending(rate => rate.Key).Select(rate => (rate.Key, rate.Sum(line => line.Net), rate.Sum(line => line.Vat)))];

    internal static Invoice Of(InvoiceRow row, int? credits, IEnumerable<InvoiceLineRow> lines) => new(
        row.Id,
        JsonSerializer.Deserialize<DistrictSeller>(row.SellerDetails)!,
        row.Number,
        credits,
        row.AgentId,
        row.Organisation,
        row.Buyer,
        row.Language,
        DistrictCalendar.DateOf(row.Dated),
        DistrictCalendar.DateOf(row.Due),
        row.Reference,
        row.Paid is { } paid ? DistrictCalendar.DateOf(paid) : null,
        [.. lines.OrderBy(line => line.Id).Select(line => new InvoiceLine(line.Source, line.Text, DistrictCalendar.DateOf(line.Day), line.Gross, line.Vat, line.Rate))]);
}
