using System.Net;
using System.Text.Json.Nodes;
using Kera.Base.Access;
using Kera.Base.Invoices;
using Kera.Base.Ledger;
using Kera.Base.Payments;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Features.Spaces;
using Kera.Sharing;
using Kera.Tests.Accounts;
using Kera.Tests.District;
using Kera.Tests.Features.Homes;
using Kera.Tests.Features.Spaces;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Payments;

/// <summary>What is paid online is paid once, holds or goes back, whoever tells first, how often and how late.</summary>
public sealed class PaymentTests(PostgresServer server)
{
    private const string Seller = "demo-hall-association";
    private const string Desk = "/en/payment-desk/" + Seller;
    private const string Court = "2026-11-26T16:00:00Z";
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Rule_20_what_is_paid_online_waits_for_its_payment_which_counts_once_whoever_tells_it(string provider)
    {
        await using var paytrail = await FakePaytrail.StartAsync();
        await using var town = await SpaceTown.PayingAsync(paytrail.Settings(), provider, server);
        var (aino, olli) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"));
        var keeper = await town.Kera.JoinAsync("Kaisa Kallio", "partner:" + Seller);

        // Before it is booked one sees that it is paid at once, and where the provider's receipt goes.
        var booking = await SpaceTown.HoldAsync(aino, "court-1", Court, 60);
        var held = MyHomeTests.Plain((await aino.GetAsync(booking)).Text);
        Assert.Contains("Paid online when you book.", held, StringComparison.Ordinal);
        Assert.Contains("and pay €18.00", held, StringComparison.Ordinal);
        var (refused, why, _) = await aino.SubmitAsync(booking, booking + "/confirm", ("people", "2"), ("email", "nobody"));
        Assert.Equal(HttpStatusCode.BadRequest, refused);
        Assert.Contains("the payment service needs it", MyHomeTests.Plain(why), StringComparison.Ordinal);
        Assert.Equal(BookingState.Held, (await town.RowAsync(booking)).State);

        // The third step leads to the provider; pressed twice it is one payment, and the time is kept for ten minutes.
        var (status, _, href) = await aino.SubmitAsync(booking, booking + "/confirm", ("people", "2"), ("email", "aino@example.org"));
        var payment = Assert.Single(paytrail.Payments);
        Assert.Equal((HttpStatusCode.SeeOther, $"{paytrail.Url}/pay/{payment["stamp"]}"), (status, href));
        Assert.Equal(href, (await aino.SubmitAsync(booking, booking + "/pay", ("email", "aino@example.org"))).Location);
        Assert.Single(paytrail.Payments);
        Assert.Equal(("1800", "EN", "13.5", "aino@example.org"), ($"{payment["amount"]}", $"{payment["language"]}", $"{payment["items"]![0]!["vatPercentage"]}", $"{payment["customer"]!["email"]}"));
        var waiting = await town.RowAsync(booking);
        Assert.Equal((BookingState.AwaitingPayment, Duration.FromMinutes(10)), (waiting.State, DistrictCalendar.ToInstant(waiting.HeldUntil!.Value) - DistrictCalendar.ToInstant(waiting.Changed)));
        Assert.Contains("The time is yours until", (await aino.GetAsync(booking)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await olli.SubmitAsync("/en/spaces/court-1?day=2026-11-26&minutes=60", "/en/spaces/court-1/hold", ("start", Court), ("minutes", "60"), ("people", "2"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await olli.SubmitAsync("/en/spaces/court-1?day=2026-11-26&minutes=60", booking + "/pay", ("email", "olli@example.org"))).Status);

        // What is not signed by the provider, or is of another payment, changes nothing.
        var right = FakePaytrail.Query(payment);
        string[] forged =
        [
            "",
            right.Replace("checkout-amount=1800", "checkout-amount=1", StringComparison.Ordinal),
            right.Replace("status=ok", "status=fail", StringComparison.Ordinal),
            right + "&checkout-status=ok",
            right + "&checkout-more=1",
            right[..^1] + (right[^1] == '0' ? '1' : '0'),
            right[..right.IndexOf("&signature", StringComparison.Ordinal)],
            FakePaytrail.Query(payment, "ok", ("checkout-amount", "1799")),
            FakePaytrail.Query(payment, "ok", ("checkout-reference", "another")),
            FakePaytrail.Query(payment, "ok", ("checkout-stamp", "another")),
            FakePaytrail.Query(payment, "ok", ("checkout-transaction-id", "t-another")),
            FakePaytrail.Query(payment, "ok", ("checkout-account", "1")),
            FakePaytrail.Query(payment, "ok", ("checkout-algorithm", "none")),
        ];
        foreach (var query in forged)
        {
            Assert.Equal((HttpStatusCode.BadRequest, query), ((await olli.GetAsync("/en" + PaymentBook.CallbackPath + query)).Status, query));
            Assert.Equal(HttpStatusCode.BadRequest, (await aino.GetAsync("/en" + PaymentBook.ReturnPath + query)).Status);
        }

        Assert.Equal(BookingState.AwaitingPayment, (await town.RowAsync(booking)).State);

        // The payer's browser and the provider itself, twenty times at once; then that it failed, which comes too late.
        var told = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => number % 2 == 0 ? aino.GetAsync("/en" + PaymentBook.ReturnPath + right) : new TestBrowser(town.Kera.App).GetAsync("/en" + PaymentBook.CallbackPath + right)));
        Assert.All(told, each => Assert.Equal(each.Location is null ? HttpStatusCode.OK : HttpStatusCode.Redirect, each.Status));
        Assert.Equal([booking + "?told=paid"], told.Select(each => each.Location).OfType<string>().Distinct());
        Assert.Equal(HttpStatusCode.OK, (await olli.GetAsync("/en" + PaymentBook.CallbackPath + FakePaytrail.Query(payment, "fail"))).Status);
        Assert.Equal((BookingState.Confirmed, null), ((await town.RowAsync(booking)).State, (await town.RowAsync(booking)).HeldUntil));
        var receipt = Assert.Single(await ReceiptsAsync(town));
        Assert.Equal((1, 1800, 214, "Aino Virta", new LocalDate(2026, 11, 24)), (receipt.Number, receipt.Gross, receipt.Vat, receipt.Buyer, receipt.Paid));
        await using (var db = Open(town))
        {
            int[] counts = [await db.Audits.CountAsync(row => row.Operation == "payment.paid", _stop), await db.Audits.CountAsync(row => row.Operation == "booking.paid", _stop), await db.Payments.CountAsync(row => row.State == PaymentState.Paid, _stop), await db.PaymentRefunds.CountAsync(_stop)];
            Assert.Equal([1, 1, 1, 0], counts);
            var account = await town.Kera.AccountOfAsync("Aino Virta");
            Assert.Equal(["booking.toPay", "booking.booked", "invoice.receipt"], await db.Notices.Where(row => row.AgentId == account.AgentId).OrderBy(row => row.Id).Select(row => row.Kind).ToListAsync(_stop));
        }

        var page = MyHomeTests.Plain((await aino.GetAsync(booking + "?told=paid")).Text);
        Assert.Contains("Paid and booked.", page, StringComparison.Ordinal);
        Assert.Contains("€18.00 paid 24 Nov 2026", page, StringComparison.Ordinal);
        Assert.Contains("Invoice 1", (await aino.GetAsync("/en" + InvoiceBook.PathOf(receipt.Id))).Text, StringComparison.Ordinal);

        // Cancelled in time all of it goes back: the provider is asked until it answers, and pays back once.
        Assert.NotNull((await aino.SubmitAsync(booking, booking + "/cancel")).Location);
        paytrail.Failing = 503;
        var refunds = town.Services.GetRequiredService<PaymentRefunds>();
        await refunds.SendDueAsync(_stop);
        Assert.Empty(paytrail.Refunds);
        // What it did, and Kera could not be sure of, is asked again by the same stamp.
        (paytrail.Failing, paytrail.SignsWrongly) = (null, true);
        town.Pass(Duration.FromMinutes(10));
        await refunds.SendDueAsync(_stop);
        var refund = Assert.Single(paytrail.Refunds).Value;
        paytrail.SignsWrongly = false;
        town.Pass(Duration.FromMinutes(10));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => refunds.SendDueAsync(_stop)));
        Assert.Equal(("1800", payment["stamp"]!.ToString()), ($"{Assert.Single(paytrail.Refunds).Value["amount"]}", refund["refundReference"]!.ToString()));
        Assert.Contains("€18.00 paid back", MyHomeTests.Plain((await aino.GetAsync(booking)).Text), StringComparison.Ordinal);
        Assert.Contains("€18.00 was paid back to you.", MyHomeTests.Plain((await aino.GetAsync("/en/my/inbox")).Text), StringComparison.Ordinal);

        // The receipt is credited in the same series, and a month's end finds nothing more to invoice.
        var book = town.Services.GetRequiredService<InvoiceBook>();
        await book.IssueAsync(_stop);
        town.Pass(Duration.FromDays(10));
        await book.IssueAsync(_stop);
        Assert.Equal([(2, -1800), (1, 1800)], (await ReceiptsAsync(town)).Select(invoice => (invoice.Number, invoice.Gross)));

        // The seller sees what was paid, and not who; the payer has it in what is held of them.
        var desk = MyHomeTests.Plain((await keeper.GetAsync(Desk)).Text);
        Assert.Contains("Paid €18.00, of which €18.00 was paid back", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("Aino", desk, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await aino.GetAsync(Desk)).Status);
        var csv = (await keeper.GetAsync(Desk + "/payments.csv")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, csv.Length);
        Assert.EndsWith($",18.00,2.14,osuuspankki,t-{payment["stamp"]},1,18.00,0.00,0.00", csv[1], StringComparison.Ordinal);
        var export = await town.Services.GetRequiredService<PersonalData>().ExportAsync((await town.Kera.AccountOfAsync("Aino Virta")).AgentId, _stop);
        Assert.Equal(("1800", "Paid", "1800"), ($"{export["payments"]![0]!["cents"]}", $"{export["payments"]![0]!["state"]}", $"{export["payments"]![0]!["refunds"]![0]!["cents"]}"));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Rule_19_what_is_not_paid_in_ten_minutes_is_free_and_paid_late_it_holds_where_nobody_else_has_the_time(string provider)
    {
        await using var paytrail = await FakePaytrail.StartAsync();
        await using var town = await SpaceTown.PayingAsync(paytrail.Settings(), provider, server);
        var (aino, olli) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"));

        // Somebody else has it by then: all goes back, and the payer is told.
        var (gone, late) = await BeginAsync(aino, paytrail, "court-1", Court);
        var (free, alsoLate) = await BeginAsync(aino, paytrail, "court-2", Court);
        town.Pass(Duration.FromMinutes(11));
        var (taken, other) = await BeginAsync(olli, paytrail, "court-1", Court);
        Assert.Equal(gone + "?told=repaid", (await aino.GetAsync("/en" + PaymentBook.ReturnPath + FakePaytrail.Query(late))).Location);
        Assert.Equal((BookingState.Cancelled, BookingState.AwaitingPayment), ((await town.RowAsync(gone)).State, (await town.RowAsync(taken)).State));
        Assert.Contains("goes back to you in full", (await aino.GetAsync("/en/my/inbox")).Text, StringComparison.Ordinal);
        Assert.Equal(taken + "?told=paid", (await olli.GetAsync("/en" + PaymentBook.ReturnPath + FakePaytrail.Query(other))).Location);

        // It was let go and told, and is still free: it holds after all.
        Assert.Equal(1, await town.Register.ForgetUnpaidAsync(_stop));
        Assert.Equal(0, await town.Register.ForgetUnpaidAsync(_stop));
        Assert.Contains("the time is free again", MyHomeTests.Plain((await aino.GetAsync(free)).Text), StringComparison.Ordinal);
        Assert.Equal(free + "?told=paid", (await aino.GetAsync("/en" + PaymentBook.ReturnPath + FakePaytrail.Query(alsoLate))).Location);
        Assert.Equal(BookingState.Confirmed, (await town.RowAsync(free)).State);

        // Given back by its booker and paid all the same, it goes back.
        var (given, regretted) = await BeginAsync(aino, paytrail, "court-3", Court);
        Assert.NotNull((await aino.SubmitAsync(given, given + "/cancel")).Location);
        Assert.Equal(given + "?told=repaid", (await aino.GetAsync("/en" + PaymentBook.ReturnPath + FakePaytrail.Query(regretted))).Location);
        Assert.Equal(BookingState.Cancelled, (await town.RowAsync(given)).State);

        await town.Services.GetRequiredService<PaymentRefunds>().SendDueAsync(_stop);
        Assert.Equal(new[] { late, regretted }.Select(payment => $"{payment["stamp"]}").Order(), paytrail.Refunds.Values.Select(refund => $"{refund["refundReference"]}").Order());

        // It runs out, is paid, and somebody else wants it, all at once: one of them has it, and money is kept for that one alone.
        var (contested, contest) = await BeginAsync(olli, paytrail, "court-3", "2026-11-27T16:00:00Z");
        town.Pass(Duration.FromMinutes(11));
        var time = new Interval(Instant.FromUtc(2026, 11, 27, 16, 0), Instant.FromUtc(2026, 11, 27, 17, 0));
        await Task.WhenAll(
            [town.Register.ForgetUnpaidAsync(_stop), town.Register.HoldAsync(new BookingRequest("court-3", time), SpaceTown.Person(9), _stop),
            .. Enumerable.Range(0, 8).Select(_ => new TestBrowser(town.Kera.App).GetAsync("/en" + PaymentBook.CallbackPath + FakePaytrail.Query(contest)))]);
        await using var db = Open(town);
        var held = await db.Bookings.CountAsync(row => row.Space == "court-3" && row.State == BookingState.Held, _stop);
        var row = await town.RowAsync(contested);
        var back = await db.PaymentRefunds.Where(each => db.Payments.Any(payment => payment.Id == each.PaymentId && payment.Key == $"{contest["stamp"]}")).SumAsync(each => each.Amount, _stop);
        Assert.Equal(held == 1 ? (BookingState.Cancelled, 1800) : (BookingState.Confirmed, 0), (row.State, back));
    }

    [Fact]
    public async Task The_provider_is_away_a_payment_is_broken_off_paid_twice_and_a_refund_is_refused()
    {
        await using var paytrail = await FakePaytrail.StartAsync();
        await using var town = await SpaceTown.PayingAsync(paytrail.Settings());
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var keeper = await town.Kera.JoinAsync("Kaisa Kallio", "partner:" + Seller);

        // Away, or not who it says: the time stays one's own, and one tries again.
        var booking = await SpaceTown.HoldAsync(aino, "court-1", Court, 60);
        paytrail.Failing = 500;
        Assert.Equal(booking + "?told=away", (await aino.SubmitAsync(booking, booking + "/confirm", ("people", "2"), ("email", "aino@example.org"))).Location);
        (paytrail.Failing, paytrail.SignsWrongly) = (null, true);
        Assert.Equal(booking + "?told=away", (await aino.SubmitAsync(booking, booking + "/pay", ("email", "aino@example.org"))).Location);
        paytrail.SignsWrongly = false;
        Assert.Contains("does not answer", MyHomeTests.Plain((await aino.GetAsync(booking + "?told=away")).Text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await aino.SubmitAsync(booking, booking + "/pay", ("email", "aino@example.org"))).Status);
        var first = paytrail.Payments.Last();

        // Broken off, nothing is known, paid with the next; then the first comes through after all, and goes back.
        Assert.Equal(booking + "?told=pending", (await aino.GetAsync("/en" + PaymentBook.ReturnPath + FakePaytrail.Query(first, "pending"))).Location);
        Assert.Equal(booking + "?told=unpaid", (await aino.GetAsync("/en" + PaymentBook.ReturnPath + FakePaytrail.Query(first, "fail"))).Location);
        Assert.Equal(HttpStatusCode.SeeOther, (await aino.SubmitAsync(booking, booking + "/pay", ("email", "aino@example.org"))).Status);
        var second = paytrail.Payments.Last();
        Assert.NotEqual($"{first["stamp"]}", $"{second["stamp"]}");
        Assert.Equal(booking + "?told=paid", (await aino.GetAsync("/en" + PaymentBook.ReturnPath + FakePaytrail.Query(second))).Location);
        Assert.Equal(booking + "?told=repaid", (await aino.GetAsync("/en" + PaymentBook.ReturnPath + FakePaytrail.Query(first))).Location);
        var refunds = town.Services.GetRequiredService<PaymentRefunds>();
        await refunds.SendDueAsync(_stop);
        Assert.Equal($"{first["stamp"]}", $"{Assert.Single(paytrail.Refunds).Value["refundReference"]}");

        // Denied after it was paid, all goes back; the provider has it in hand, and then cannot: the seller sees to it.
        paytrail.RefundStatus = "pending";
        var desk = "/en/space-desk/" + Seller + "/bookings/" + SpaceTown.KeyOf(booking);
        Assert.NotNull((await keeper.SubmitAsync(desk, desk + "/deny", ("answer", "A pipe broke"))).Location);
        await refunds.SendDueAsync(_stop);
        var denied = paytrail.Refunds.Values.Single(refund => $"{refund["refundReference"]}" == $"{second["stamp"]}");
        Assert.Equal(1800, denied["amount"]!.GetValue<int>());
        var call = new Uri($"{denied["callbackUrls"]!["cancel"]}").AbsolutePath;
        Assert.Equal(HttpStatusCode.BadRequest, (await aino.GetAsync(call + FakePaytrail.Query(denied, "ok", ("checkout-amount", "1")))).Status);
        Assert.Equal(HttpStatusCode.OK, (await aino.GetAsync(call + FakePaytrail.Query(denied, "fail"))).Status);
        Assert.Contains("Refunds that the payment service refused: 1", (await keeper.GetAsync(Desk)).Text, StringComparison.Ordinal);
        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, $"{Desk}/refunds/{denied["refundStamp"]}", ("way", "again"))).Location);
        paytrail.RefundStatus = "fail";
        await refunds.SendDueAsync(_stop);
        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, $"{Desk}/refunds/{denied["refundStamp"]}", ("way", "done"))).Location);
        Assert.Contains("Paid €36.00, of which €36.00 was paid back", MyHomeTests.Plain((await keeper.GetAsync(Desk)).Text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await keeper.SubmitAsync("/en/my/data", $"{Desk}/refunds/{denied["refundStamp"]}", ("way", "again"))).Status);

        // Who is erased gets back what they paid for and did not use; the payment stays, and is nobody's.
        paytrail.RefundStatus = "ok";
        var (_, last) = await BeginAsync(aino, paytrail, "court-2", Court);
        await aino.GetAsync("/en" + PaymentBook.CallbackPath + FakePaytrail.Query(last));
        var account = await town.Kera.AccountOfAsync("Aino Virta");
        Assert.Empty(await town.Services.GetRequiredService<PersonalData>().EraseAsync(account.AgentId, Actor.Operator(), _stop));
        await refunds.SendDueAsync(_stop);
        Assert.Contains(paytrail.Refunds.Values, refund => $"{refund["refundReference"]}" == $"{last["stamp"]}" && refund["amount"]!.GetValue<int>() == 1800 && refund["email"] is null);
        await town.Services.GetRequiredService<InvoiceBook>().IssueAsync(_stop);
        Assert.Equal(0, (await ReceiptsAsync(town)).Sum(invoice => invoice.Gross));
        await using var db = Open(town);
        Assert.False(await db.Payments.AnyAsync(row => row.AgentId != null, _stop));
        Assert.Equal(5, await db.Payments.CountAsync(_stop));
    }

    [Fact]
    public async Task Rule_23_what_was_paid_online_goes_back_by_the_steps_of_the_space_with_its_tax_and_a_closure_gives_all_of_it()
    {
        using var files = new EditedKera();
        files.Replace("spaces.yaml", "- key: kitchen\n    pricings", "audiences: [{ audience: residents, price: 8 }] }", "audiences: [{ audience: residents, price: 8 }], pay: online }");
        await using var paytrail = await FakePaytrail.StartAsync();
        await using var town = await SpaceTown.PayingAsync([.. paytrail.Settings(), ("Kera:District", files.Folder)]);
        var (aino, olli) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"));

        // Half of what is cancelled less than a week before.
        var (kitchen, payment) = await BeginAsync(aino, paytrail, "kitchen", "2026-11-27T06:00:00Z", 240);
        await aino.GetAsync("/en" + PaymentBook.CallbackPath + FakePaytrail.Query(payment));
        Assert.NotNull((await aino.SubmitAsync(kitchen, kitchen + "/cancel")).Location);

        // All of what a closure takes, once it would begin.
        var (court, other) = await BeginAsync(olli, paytrail, "court-1", Court);
        await aino.GetAsync("/en" + PaymentBook.CallbackPath + FakePaytrail.Query(other));
        var (unpaid, never) = await BeginAsync(olli, paytrail, "court-2", Court);
        var time = new Interval(Instant.FromUtc(2026, 11, 26, 12, 0), Instant.FromUtc(2026, 11, 26, 20, 0));
        foreach (var space in new[] { "court-1", "court-2" })
        {
            await town.Register.CloseAsync(new ClosureRequest(space, time, ClosureReason.Fault, ""), Seller, Actor.Job(), _stop);
        }

        // What waited for its payment is denied with it, and paid all the same it goes back.
        Assert.Equal(unpaid + "?told=repaid", (await olli.GetAsync("/en" + PaymentBook.ReturnPath + FakePaytrail.Query(never))).Location);
        town.Pass(Duration.FromDays(3));
        await town.Register.LapseAsync(_stop);
        await town.Services.GetRequiredService<PaymentRefunds>().SendDueAsync(_stop);
        await town.Services.GetRequiredService<InvoiceBook>().IssueAsync(_stop);

        Assert.Equal(
            new[] { (payment, 1600), (other, 1800), (never, 1800) }.Select(each => ($"{each.Item1["stamp"]}", each.Item2)).Order(),
            paytrail.Refunds.Values.Select(refund => ($"{refund["refundReference"]}", refund["amount"]!.GetValue<int>())).Order());
        var receipts = await ReceiptsAsync(town);
        Assert.Equal([1, 2, 3, 4], receipts.Select(invoice => invoice.Number).Order());
        Assert.Equal([(-1800, -214), (-1600, -325), (1800, 214), (3200, 650)], receipts.Select(invoice => (invoice.Gross, invoice.Vat)).Order());
        Assert.Equal((BookingState.Cancelled, BookingState.Cancelled), ((await town.RowAsync(kitchen)).State, (await town.RowAsync(court)).State));
    }

    // Books as far as the provider's page.
    private static async Task<(string Booking, JsonObject Payment)> BeginAsync(TestBrowser browser, FakePaytrail paytrail, string space, string start, int minutes = 60)
    {
        var booking = await SpaceTown.HoldAsync(browser, space, start, minutes);
        var (status, text, _) = await browser.SubmitAsync(booking, booking + "/confirm", ("people", "2"), ("email", "payer@example.org"));
        Assert.True(status == HttpStatusCode.SeeOther, $"{status} {text}");
        return (booking, paytrail.Payments.Last());
    }

    private Task<IReadOnlyList<Invoice>> ReceiptsAsync(SpaceTown town) => town.Services.GetRequiredService<InvoiceBook>().OfSellerAsync(Seller, 2026, _stop);

    private static KeraDb Open(SpaceTown town) => town.Services.GetRequiredService<KeraStore>().OpenContext();
}
