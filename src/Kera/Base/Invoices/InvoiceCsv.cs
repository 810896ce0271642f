using System.Globalization;
using System.Text;
using Kera.Base.Ui;
using NodaTime.Text;

namespace Kera.Base.Invoices;

/// <summary>Invoices line by line, for a spreadsheet or an accounting program.</summary>
public static class InvoiceCsv
{
    private static readonly string[] s_columns = ["number", "credits", "dated", "due", "reference", "buyer", "text", "day", "net", "vat_percent", "vat", "gross", "paid"];

    /// <summary>Writes them, the oldest first.</summary>
    public static string Write(IEnumerable<Invoice> invoices)
    {
        var csv = new StringBuilder();
        csv.CsvLine(s_columns);
        foreach (var invoice in invoices.OrderBy(invoice => invoice.Number))
        {
            foreach (var line in invoice.Lines)
            {
                csv.CsvLine([
                    Whole(invoice.Number),
                    invoice.Credits is { } credited ? Whole(credited) : null,
                    LocalDatePattern.Iso.Format(invoice.Dated),
                    LocalDatePattern.Iso.Format(invoice.Due),
                    invoice.Reference,
                    invoice.Buyer,
                    Texts.WithoutSoftHyphens(line.Text),
                    LocalDatePattern.Iso.Format(line.Day),
                    Hundredths(line.Net),
                    Hundredths(line.Rate),
                    Hundredths(line.Vat),
                    Hundredths(line.Gross),
                    invoice.Paid is { } paid ? LocalDatePattern.Iso.Format(paid) : null]);
            }
        }

        return csv.ToString();
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hundredths(int number) => (number / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
