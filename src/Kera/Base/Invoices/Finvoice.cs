using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Kera.Base.District;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Invoices;

/// <summary>Invoices as Finvoice 3.0, the XML of Finnish banks and accounting programs. Elements stand in the order of its schema.</summary>
public static class Finvoice
{
    private const int LongestName = 70;
    private static readonly XNamespace s_schema = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly LocalDatePattern s_day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <summary>Writes an invoice, or a credit note with negative amounts.</summary>
    /// <param name="invoice">What.</param>
    /// <param name="now">The moment of the message.</param>
    public static byte[] Write(Invoice invoice, Instant now)
    {
        var seller = invoice.Seller;
        var root = new XElement(
            "Finvoice",
            new XAttribute("Version", "3.0"),
            new XAttribute(XNamespace.Xmlns + "xsi", s_schema.NamespaceName),
            new XAttribute(s_schema + "noNamespaceSchemaLocation", "Finvoice3.0.xsd"),
            Transmission(invoice, now),
            SellerParty(seller),
            seller.EInvoiceAddress is { } unit ? new XElement("SellerOrganisationUnitNumber", unit) : null,
            new XElement("SellerInformationDetails", new XElement("SellerHomeTownName", seller.Town), new XElement(
                "SellerAccountDetails",
                Scheme("SellerAccountID", "IBAN", seller.Iban),
                Scheme("SellerBic", "BIC", seller.Bic))),
            new XElement("BuyerPartyDetails", new XElement("BuyerOrganisationName", Name(invoice.Buyer))),
            Details(invoice),
            invoice.Lines.Select(Row),
            Epi(invoice));
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            root.Save(writer);
        }

        return stream.ToArray();
    }

    private static XElement Transmission(Invoice invoice, Instant now) => new(
        "MessageTransmissionDetails",
        // Without an address for electronic invoices the file is for an accounting program, which knows both sides.
        new XElement("MessageSenderDetails", new XElement("FromIdentifier", invoice.Seller.EInvoiceAddress ?? invoice.Seller.BusinessId), new XElement("FromIntermediator", invoice.Seller.EInvoiceOperator ?? "NONE")),
        new XElement("MessageReceiverDetails", new XElement("ToIdentifier", "NONE"), new XElement("ToIntermediator", "NONE")),
        new XElement(
            "MessageDetails",
            new XElement("MessageIdentifier", string.Create(CultureInfo.InvariantCulture, $"{invoice.Seller.BusinessId}-{invoice.Number}")),
            new XElement("MessageTimeStamp", InstantPattern.General.Format(now))));

    private static XElement SellerParty(DistrictSeller seller) => new(
        "SellerPartyDetails",
        new XElement("SellerPartyIdentifier", seller.BusinessId),
        new XElement("SellerOrganisationName", Name(seller.Name)),
        seller.VatId is { } vat ? new XElement("SellerOrganisationTaxCode", vat) : null,
        new XElement(
            "SellerPostalAddressDetails",
            new XElement("SellerStreetName", seller.Street),
            new XElement("SellerTownName", seller.Town),
            new XElement("SellerPostCodeIdentifier", seller.PostalCode),
            new XElement("CountryCode", "FI")));

    private static XElement Details(Invoice invoice) => new(
        "InvoiceDetails",
        new XElement("InvoiceTypeCode", new XAttribute("CodeListAgencyIdentifier", "SPY"), invoice.Credits is null ? "INV01" : "INV02"),
        new XElement("InvoiceTypeCodeUN", invoice.Credits is null ? "380" : "381"),
        new XElement("InvoiceTypeText", invoice.Credits is null ? "LASKU" : "HYVITYSLASKU"),
        new XElement("OriginCode", "Original"),
        new XElement("InvoiceNumber", invoice.Number),
        Day("InvoiceDate", invoice.Dated),
        invoice.Credits is { } credited ? new XElement("OriginalInvoiceNumber", credited) : null,
        Amount("InvoiceTotalVatExcludedAmount", invoice.Net),
        Amount("InvoiceTotalVatAmount", invoice.Vat),
        Amount("InvoiceTotalVatIncludedAmount", invoice.Gross),
        invoice.Rates.Select(rate => new XElement(
            "VatSpecificationDetails",
            Amount("VatBaseAmount", rate.Net),
            new XElement("VatRatePercent", Percent(rate.Rate)),
            new XElement("VatCode", VatCode(rate.Rate)),
            Amount("VatRateAmount", rate.Vat))),
        new XElement(
            "PaymentTermsDetails",
            new XElement("PaymentTermsFreeText", string.Create(CultureInfo.InvariantCulture, $"{invoice.Seller.PaymentDays} pv netto")),
            Day("InvoiceDueDate", invoice.Due)));

    private static XElement Row(InvoiceLine line, int at) => new(
        "InvoiceRow",
        new XElement("ArticleName", Text(line.Text, 100)),
        // Of what is credited the quantity is negative: a unit price is not (EN 16931, BR-27).
        Quantity("DeliveredQuantity", line),
        Quantity("InvoicedQuantity", line),
        Day("StartDate", line.Day),
        Day("EndDate", line.Day),
        Amount("UnitPriceAmount", Math.Abs(line.Net)),
        new XElement("RowPositionIdentifier", at + 1),
        new XElement("RowVatRatePercent", Percent(line.Rate)),
        new XElement("RowVatCode", VatCode(line.Rate)),
        Amount("RowVatAmount", line.Vat),
        Amount("RowVatExcludedAmount", line.Net),
        Amount("RowAmount", line.Gross));

    private static XElement Epi(Invoice invoice) => new(
        "EpiDetails",
        new XElement("EpiIdentificationDetails", Day("EpiDate", invoice.Dated), new XElement("EpiReference")),
        new XElement(
            "EpiPartyDetails",
            new XElement("EpiBfiPartyDetails", Scheme("EpiBfiIdentifier", "BIC", invoice.Seller.Bic)),
            new XElement(
                "EpiBeneficiaryPartyDetails",
                new XElement("EpiNameAddressDetails", Text(invoice.Seller.Name, 35)),
                new XElement("EpiBei", invoice.Seller.BusinessId.Replace("-", "", StringComparison.Ordinal)),
                Scheme("EpiAccountID", "IBAN", invoice.Seller.Iban))),
        new XElement(
            "EpiPaymentInstructionDetails",
            Scheme("EpiRemittanceInfoIdentifier", "ISO", FinnishNumbers.CreditorReference(invoice.Reference)),
            Amount("EpiInstructedAmount", invoice.Gross),
            new XElement("EpiCharge", new XAttribute("ChargeOption", "SHA"), "SHA"),
            Day("EpiDateOptionDate", invoice.Due)));

    private static XElement Quantity(string name, InvoiceLine line) => new(name, new XAttribute("QuantityUnitCode", "kpl"), line.Net < 0 ? "-1" : "1");

    private static string VatCode(int rate) => rate == 0 ? "Z" : "S";

    private static XElement Amount(string name, int cents) => new(name, new XAttribute("AmountCurrencyIdentifier", "EUR"), (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ','));

    private static XElement Day(string name, LocalDate day) => new(name, new XAttribute("Format", "CCYYMMDD"), s_day.Format(day));

    private static XElement Scheme(string name, string scheme, string value) => new(name, new XAttribute("IdentificationSchemeName", scheme), value);

    private static string Percent(int hundredths) => (hundredths / 100m).ToString("0.##", CultureInfo.InvariantCulture).Replace('.', ',');

    // A name has two letters at least.
    private static string Name(string name) => name.Length < 2 ? "--" : Text(name, LongestName);

    private static string Text(string text, int most)
    {
        var plain = Ui.Texts.WithoutSoftHyphens(text);
        return plain.Length <= most ? plain : plain[..most];
    }
}
