using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Invoices;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Features.Spaces;
using Kera.Sharing;
using Kera.Tests.Accounts;
using Kera.Tests.Features.Homes;
using Kera.Tests.Features.Spaces;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Invoices;

/// <summary>What was used and costs something comes on one invoice of the month, is credited where it falls away, and stays as the law says.</summary>
public sealed class InvoiceTests(PostgresServer server)
{
    private const string Desk = "/en/invoice-desk/demo-hall-association";
    private const string Seller = "demo-hall-association";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_month_is_invoiced_once_credited_paid_and_kept(string provider)
    {
        await using var town = await SpaceTown.StartAsync(provider, server);
        var keeper = await town.Kera.JoinAsync("Kaisa Kallio", "partner:" + Seller);
        var (aino, olli) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"));
        var (court, other) = (await BookAsync(aino, "court-1", "2026-11-25T16:00:00Z", 60), await BookAsync(aino, "court-2", "2026-11-26T16:00:00Z", 120));
        // Half is paid back of what is cancelled less than a week before.
        var kitchen = await BookAsync(olli, "kitchen", "2026-11-27T06:00:00Z", 240);
        await town.RecordAsync();
        Assert.NotNull((await olli.SubmitAsync(kitchen, kitchen + "/cancel")).Location);
        var book = town.Services.GetRequiredService<InvoiceBook>();
        var seller = book.SellerOf(Seller)!;

        // Nothing before the month is over; then one invoice, however often and from however many sides it is asked for.
        Assert.Equal(0, await book.IssueAsync(seller, Actor.Job(), TestContext.Current.CancellationToken));
        town.Pass(Duration.FromDays(8));
        var personal = town.Services.GetRequiredService<PersonalData>();
        var account = await town.Kera.AccountOfAsync("Aino Virta");
        Assert.Equal("invoices.erasure", Assert.Single(await personal.EraseAsync(account.AgentId, Actor.Operator(), TestContext.Current.CancellationToken)).TextKey);
        // The morning's job may be one of those who ask.
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => book.IssueAsync(seller, Actor.Job(), TestContext.Current.CancellationToken)));
        var all = await book.OfSellerAsync(Seller, 2026, TestContext.Current.CancellationToken);
        Assert.Equal(2, all.Count);
        var invoice = all[1];
        Assert.Equal((1, 5400, 642, "Aino Virta", "10000016"), (invoice.Number, invoice.Gross, invoice.Vat, invoice.Buyer, invoice.Reference));
        Assert.Equal([(1350, 4758, 642)], invoice.Rates);
        Assert.Equal(["booking:" + Key(court), "booking:" + Key(other)], invoice.Lines.Select(line => line.Source));
        Assert.Equal((2, 1600, 325, "Olli Otso"), (all[0].Number, all[0].Gross, all[0].Vat, all[0].Buyer));

        // Only who pays finds it, and they are told.
        var page = MyHomeTests.Plain((await aino.GetAsync("/en" + InvoiceBook.PathOf(invoice.Id))).Text);
        Assert.Contains("Invoice 1", page, StringComparison.Ordinal);
        Assert.Contains("€54.00", page, StringComparison.Ordinal);
        Assert.Contains("100 00016", page, StringComparison.Ordinal);
        Assert.Contains("due 16 Dec 2026", page, StringComparison.Ordinal);
        Assert.Contains("You have a new invoice.", (await aino.GetAsync("/en/my/inbox")).Text, StringComparison.Ordinal);
        Assert.Contains("Invoice 1: €54.00", MyHomeTests.Plain((await aino.GetAsync("/en/my")).Text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await olli.GetAsync("/en" + InvoiceBook.PathOf(invoice.Id))).Status);

        // What falls away after all is credited on the invoice that had it, with the next number.
        await using (var db = town.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            await db.Bookings.Where(row => row.Key == Key(other)).ExecuteUpdateAsync(row => row.SetProperty(each => each.State, BookingState.Denied), TestContext.Current.CancellationToken);
        }

        await keeper.SubmitAsync(Desk, Desk + "/issue");
        Assert.Equal(Desk + "?made=0", (await keeper.SubmitAsync(Desk, Desk + "/issue")).Location);
        var credited = await book.OfSellerAsync(Seller, 2026, TestContext.Current.CancellationToken);
        Assert.Equal(3, credited.Count);
        var credit = credited[0];
        Assert.Equal((3, 1, -3600, -428), (credit.Number, credit.Credits, credit.Gross, credit.Vat));

        var credits = XDocument.Parse((await keeper.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{Desk}/{credit.Id}.xml"))).Text).Descendants("InvoiceRow").Single();
        Assert.Equal(["-1", "31,72", "-36,00"], new[] { "InvoicedQuantity", "UnitPriceAmount", "RowAmount" }.Select(name => credits.Element(name)!.Value));

        var csv = (await keeper.GetAsync(Desk + "/invoices.csv")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"1,,2026-12-02,2026-12-16,10000016,Aino Virta,{invoice.Lines[0].Text},2026-11-25,15.86,13.50,2.14,18.00,", csv[1]);
        Assert.Equal(5, csv.Length);
        Assert.Contains("invoice", (await aino.GetAsync("/en/my/data")).Text, StringComparison.Ordinal);

        // Paid, they may go: the invoice stays with its name, and is nobody's account's.
        var own = string.Create(CultureInfo.InvariantCulture, $"{Desk}/{invoice.Id}");
        Assert.Contains("Write a day that is not to come.", (await keeper.SubmitAsync(own, own + "/paid", ("day", "2027-01-01"))).Text, StringComparison.Ordinal);
        Assert.Equal(own, (await keeper.SubmitAsync(own, own + "/paid", ("day", "2026-12-01"))).Location);
        Assert.Empty(await personal.EraseAsync(account.AgentId, Actor.Operator(), TestContext.Current.CancellationToken));
        var kept = (await book.FindAsync(invoice.Id, Seller, TestContext.Current.CancellationToken))!;
        Assert.Equal(("Aino Virta", null, new LocalDate(2026, 12, 1)), (kept.Buyer, kept.AgentId, kept.Paid));
    }

    [Fact]
    public async Task Finvoice_has_its_parts_in_order_and_sums_that_agree()
    {
        await using var town = await SpaceTown.StartAsync();
        var keeper = await town.Kera.JoinAsync("Kaisa Kallio", "partner:" + Seller);
        var aino = await town.Kera.JoinAsync("Aino & Ville <Virta>", "resident");
        await BookAsync(aino, "court-1", "2026-11-25T16:00:00Z", 60);
        town.Pass(Duration.FromDays(8));
        await keeper.SubmitAsync(Desk, Desk + "/issue");
        var invoice = Assert.Single(await town.Services.GetRequiredService<InvoiceBook>().OfSellerAsync(Seller, 2026, TestContext.Current.CancellationToken));

        var (status, text, _) = await keeper.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{Desk}/{invoice.Id}.xml"));

        Assert.Equal(HttpStatusCode.OK, status);
        var root = XDocument.Parse(text).Root!;
        Assert.Equal(("Finvoice", "3.0"), (root.Name.LocalName, root.Attribute("Version")!.Value));
        Assert.Equal(
            ["MessageTransmissionDetails", "SellerPartyDetails", "SellerOrganisationUnitNumber", "SellerInformationDetails", "BuyerPartyDetails", "InvoiceDetails", "InvoiceRow", "EpiDetails"],
            root.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(
            ["InvoiceTypeCode", "InvoiceTypeCodeUN", "InvoiceTypeText", "OriginCode", "InvoiceNumber", "InvoiceDate", "InvoiceTotalVatExcludedAmount", "InvoiceTotalVatAmount", "InvoiceTotalVatIncludedAmount", "VatSpecificationDetails", "PaymentTermsDetails"],
            root.Element("InvoiceDetails")!.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(["15,86", "2,14", "18,00", "13,5"], new[] { "InvoiceTotalVatExcludedAmount", "InvoiceTotalVatAmount", "InvoiceTotalVatIncludedAmount", "VatRatePercent" }.Select(name => root.Descendants(name).Single().Value));
        Assert.Equal(("20261202", "20261216"), (root.Descendants("InvoiceDate").Single().Value, root.Descendants("EpiDateOptionDate").Single().Value));
        Assert.Equal("Aino & Ville <Virta>", root.Descendants("BuyerOrganisationName").Single().Value);
        var reference = root.Descendants("EpiRemittanceInfoIdentifier").Single();
        Assert.Equal(("ISO", FinnishNumbers.CreditorReference("10000016")), (reference.Attribute("IdentificationSchemeName")!.Value, reference.Value));
        Assert.Equal("FI2112345600000785", root.Descendants("EpiAccountID").Single().Value);
        Assert.Equal(HttpStatusCode.NotFound, (await keeper.GetAsync($"{Desk}/999.xml")).Status);
    }

    [Theory]
    [InlineData("123456", "1234561")]
    [InlineData("1000000", "10000003")]
    [InlineData("999", "9991")]
    public void A_reference_number_has_the_check_digit_of_the_banks(string digits, string reference) => Assert.Equal(reference, FinnishNumbers.Reference(digits));

    [Fact]
    public void Numbers_with_a_wrong_digit_are_seen()
    {
        // The example of ISO 11649, the banks' example account, and a business id of a large company.
        Assert.Equal("RF18539007547034", FinnishNumbers.CreditorReference("539007547034"));
        Assert.True(FinnishNumbers.IsIban("FI21 1234 5600 0007 85") && FinnishNumbers.IsBusinessId("0112038-9"));
        Assert.DoesNotContain(Enumerable.Range(0, 10).Where(digit => digit != 9), digit => FinnishNumbers.IsBusinessId($"0112038-{digit}"));
        Assert.DoesNotContain(new[] { "FI21 1234 5600 0007 84", "FI2112345600000785X", "FI12", "", "2112345600000785FI" }, FinnishNumbers.IsIban);
    }

    [Fact]
    public async Task What_is_paid_on_site_or_free_for_an_accepted_reason_is_not_invoiced()
    {
        await using var town = await SpaceTown.StartAsync();
        var (me, keeper) = (SpaceTown.Person(1) with { Roles = [new RoleGrant(Role.Partner, "nokia")] }, Actor.Job());
        // The whole hall for a day at 900 euros, a projector at 10 that is paid on site.
        var day = new Interval(Instant.FromUtc(2026, 12, 21, 6, 0), Instant.FromUtc(2026, 12, 21, 18, 0));
        var hall = (await town.Register.BookAsync(new BookingRequest("kutoja-hall", day) { People = 10, Equipment = [new EquipmentUse("projector", 1)] }, new BookingDetails(10, "", ""), me, TestContext.Current.CancellationToken)).Booking!;
        var free = (await town.Register.BookAsync(new BookingRequest("kutoja-hall", new Interval(day.Start + Duration.FromDays(1), day.End + Duration.FromDays(1))) { People = 10 }, new BookingDetails(10, "", "A working bee"), me, TestContext.Current.CancellationToken)).Booking!;
        foreach (var key in new[] { hall.Key, free.Key })
        {
            await town.Register.HandleAsync(key, Seller, KeeperDecision.Approve, "", keeper, TestContext.Current.CancellationToken);
        }

        town.Pass(Duration.FromDays(40));
        var book = town.Services.GetRequiredService<InvoiceBook>();
        Assert.Equal(910, hall.Gross);
        await book.IssueAsync(book.SellerOf(Seller)!, keeper, TestContext.Current.CancellationToken);
        Assert.Equal(["booking:" + hall.Key + " 90000"], Assert.Single(await book.OfSellerAsync(Seller, 2027, TestContext.Current.CancellationToken)).Lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Source} {line.Gross}")));
    }

    private static async Task<string> BookAsync(TestBrowser browser, string space, string start, int minutes)
    {
        var booking = await SpaceTown.HoldAsync(browser, space, start, minutes);
        Assert.Equal(booking + "?told=booked", (await browser.SubmitAsync(booking, booking + "/confirm", ("people", "2"), ("purpose", "Padel"))).Location);
        return booking;
    }

    private static string Key(string booking) => booking[(booking.LastIndexOf('/') + 1)..];
}
