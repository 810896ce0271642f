using System.Globalization;
using Kera.Base.Invoices;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Invoices;

/// <summary>Invoices in the reader's words.</summary>
internal static class InvoiceWords
{
    private const int CentsInEuro = 100;

    public static string Euros(PageContext page, int cents) => page.Formats.Amount(new Quantity(cents * (Quantity.One / CentsInEuro)), "EUR", 2);

    public static string Percent(PageContext page, int hundredths) => page.Formats.Amount(new Quantity(hundredths * (Quantity.One / CentsInEuro)), "%");

    /// <summary>A number as it stands in the bookkeeping, without spaces.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Which one it is.</summary>
    public static string Title(PageContext page, Invoice invoice) => page.Texts.Format(invoice.Credits is null ? "invoices.title" : "invoices.credit", ("number", Number(invoice.Number)));

    /// <summary>How it stands: paid, due, or late.</summary>
    public static string State(PageContext page, Invoice invoice, LocalDate today) =>
        invoice.Credits is { } credited ? page.Texts.Format("invoices.credits", ("number", Number(credited)))
        : invoice.Paid is { } paid ? page.Texts.Format("invoices.paid", ("day", page.Formats.Date(paid)))
        : page.Texts.Format(invoice.Due < today ? "invoices.late" : "invoices.due", ("day", page.Formats.Date(invoice.Due)));
}
