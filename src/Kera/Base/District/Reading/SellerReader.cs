using Kera.Base.Invoices;

namespace Kera.Base.District.Reading;

/// <summary>Reads invoicing.yaml.</summary>
internal static class SellerReader
{
    private const int LongestPayment = 120;

    private static readonly string[] Times = ["monthly", "atOnce"];

    /// <summary>Who sends invoices, by agent.</summary>
    public static IReadOnlyDictionary<string, DistrictSeller> Sellers(Entry root)
    {
        var sellers = ModelReader.Section(root, "sellers", "seller", Seller, seller => seller.Agent);
        root.Done();
        return sellers;
    }

    private static DistrictSeller Seller(Entry entry)
    {
        var (illustrative, _) = EnergyReader.Provenance(entry);
        return new DistrictSeller
        {
            Agent = entry.Reference("agent", Noun.Agent),
            Name = entry.Text("name", "write its name as the register has it", 70),
            BusinessId = Number(entry, "businessId", FinnishNumbers.IsBusinessId, "write it as 1234567-1, with its check digit"),
            VatId = entry.OptionalText("vatId", 35),
            Street = entry.Text("street", "write street and number", 70),
            PostalCode = entry.Text("postalCode", "write it with its zeros, in quotes: \"02750\"", 10),
            Town = entry.Text("town", "write the town", 35),
            Iban = Number(entry, "iban", FinnishNumbers.IsIban, "write the account as FI21 1234 5600 0007 85").Replace(" ", "", StringComparison.Ordinal),
            Bic = entry.Text("bic", "write the bank's BIC", 11),
            EInvoiceAddress = entry.OptionalText("eInvoiceAddress", 35),
            EInvoiceOperator = entry.OptionalText("eInvoiceOperator", 35),
            PaymentDays = entry.RequiredWhole("paymentDays", 1, LongestPayment),
            Monthly = entry.Word("when", Times) == "monthly",
            Illustrative = illustrative,
        };
    }

    private static string Number(Entry entry, string name, Func<string, bool> isRight, string remedy)
    {
        var text = entry.Text(name, remedy, 40);
        if (text.Length > 0 && !isRight(text))
        {
            entry.Report.Add(entry.Node.Field(name)!, $"'{name}' is '{text}', whose check digits are wrong", remedy);
        }

        return text;
    }
}
