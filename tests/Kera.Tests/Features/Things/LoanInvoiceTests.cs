using System.Globalization;
using System.Net;
using Kera.Base.Access;
using Kera.Base.Invoices;
using Kera.Tests.Features.Homes;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Things;

/// <summary>What is borrowed is invoiced once: its days, late ones and what was used up with tax, what was kept of a deposit without; what is taken back is credited.</summary>
public sealed class LoanInvoiceTests(PostgresServer server)
{
    private const string Library = "demo-hall-association";
    private const string Machines = "demo-machine-pool";
    private const string Desk = "/en/thing-desk/" + Library;
    private const string Pool = "/en/thing-desk/" + Machines;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_loan_is_invoiced_once_and_credited_when_taken_back(string provider)
    {
        await using var town = await ThingTown.StartAsync(provider, server);
        var (aino, keeper, builder, pool) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Kalle Keeper", "partner:" + Library), await town.Kera.JoinAsync("Berta Builder", "partner:demo-site-builder"), await town.Kera.JoinAsync("Paavo Pool", "partner:" + Machines));
        var drill = ThingTown.KeyOf(await ThingTown.ReserveAsync(aino, "drill", "2026-11-24", 3, ("signs", "true")));
        var saw = ThingTown.KeyOf(await ThingTown.ReserveAsync(aino, "circular-saw", "2026-11-24", 1));
        await keeper.SubmitAsync(Desk, Desk + "/items/drill-1/out", ("loan", drill));
        await keeper.SubmitAsync(Desk, Desk + "/items/saw-1/out", ("loan", saw), ("deposit", "true"));
        var order = ThingTown.KeyOf(await ThingTown.ReserveAsync(builder, "plate-compactor", "2026-11-24", 30, ("site", "demo-site-north")));
        await pool.SubmitAsync(Pool, Pool + "/items/compactor-1/out", ("loan", order));

        // Five days of the drill, one of them late, and a set of bits: 14.50; a battery is missing, and 12 of the deposit are kept. The saw broke: all of its deposit, which was paid at the counter.
        town.Pass(Duration.FromDays(3));
        await keeper.SubmitAsync(Desk, Desk + "/items/drill-1/back", ("loan", drill), ("condition", "Worn"), ("came", "0"), ("used0", "1"), ("words", ""));
        await keeper.SubmitAsync(Desk, Desk + "/items/saw-1/back", ("loan", saw), ("condition", "Broken"), ("words", ""));
        foreach (var wrong in new[] { "20.01", "0", "", "twelve" })
        {
            var refused = await keeper.SubmitAsync(Desk, Desk + "/keep", ("loan", drill), ("amount", wrong));
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains("Write how much is kept", refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, Desk + "/keep", ("loan", drill), ("amount", "12,00"))).Location);
        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, Desk + "/keep", ("loan", saw), ("amount", "40"))).Location);
        Assert.Contains("€12.00 is kept for a damage or a loss. It is invoiced, without tax.", MyHomeTests.Plain((await aino.GetAsync("/en/loans/" + drill)).Text), StringComparison.Ordinal);

        // Nothing before the month is over; then once, however often and from however many sides it is asked for.
        var book = town.Services.GetRequiredService<InvoiceBook>();
        Assert.Equal(0, await book.IssueAsync(book.SellerOf(Library)!, Actor.Job(), TestContext.Current.CancellationToken));
        town.Pass(Duration.FromDays(5));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => book.IssueAsync(book.SellerOf(Library)!, Actor.Job(), TestContext.Current.CancellationToken)));
        var invoice = Assert.Single(await book.OfSellerAsync(Library, 2026, TestContext.Current.CancellationToken));
        Assert.Equal(["loan:" + drill + " 1450 295 2550", "loan:" + drill + " 1200 0 0", "loan:" + saw + " 2800 569 2550"], Lines(invoice));
        Assert.Equal(("Aino Virta", 5450, 864), (invoice.Buyer, invoice.Gross, invoice.Vat));

        // The battery turned up, and the saw was broken before: what was invoiced of both is credited.
        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, Desk + "/deposit", ("loan", drill))).Location);
        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, Desk + "/forgive", ("loan", saw))).Location);
        await book.IssueAsync(book.SellerOf(Library)!, Actor.Job(), TestContext.Current.CancellationToken);
        Assert.Equal(0, await book.IssueAsync(book.SellerOf(Library)!, Actor.Job(), TestContext.Current.CancellationToken));
        // The platform's own job may have credited the one before the other was taken back.
        var credits = (await book.OfSellerAsync(Library, 2026, TestContext.Current.CancellationToken)).Where(each => each.Credits is not null).ToList();
        Assert.All(credits, credit => Assert.Equal(1, credit.Credits));
        Assert.Equal((-4000, -569), (credits.Sum(credit => credit.Gross), credits.Sum(credit => credit.Vat)));

        // The company pays a machine that stays on its site month by month, and the rest of it when it is back.
        await book.IssueAsync(book.SellerOf(Machines)!, Actor.Job(), TestContext.Current.CancellationToken);
        var november = Assert.Single(await book.OfSellerAsync(Machines, 2026, TestContext.Current.CancellationToken));
        Assert.Equal(["loan:" + order + " 24500 4978 2550"], Lines(november));
        Assert.Equal((null, "demo-site-builder"), (november.AgentId, november.Organisation));
        await builder.SubmitAsync("/en/loans/" + order, "/en/loans/" + order + "/off-hire");
        town.Pass(Duration.FromDays(3));
        await pool.SubmitAsync(Pool, Pool + "/items/compactor-1/back", ("loan", order), ("condition", ""), ("words", ""));
        town.Pass(Duration.FromDays(28));
        await book.IssueAsync(book.SellerOf(Machines)!, Actor.Job(), TestContext.Current.CancellationToken);
        Assert.Equal(0, await book.IssueAsync(book.SellerOf(Machines)!, Actor.Job(), TestContext.Current.CancellationToken));
        Assert.Equal(["loan:" + order + " 7000 1422 2550"], Lines(Assert.Single(await book.OfSellerAsync(Machines, 2027, TestContext.Current.CancellationToken))));
    }

    private static IEnumerable<string> Lines(Invoice invoice) => invoice.Lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Source} {line.Gross} {line.Vat} {line.Rate}"));
}
