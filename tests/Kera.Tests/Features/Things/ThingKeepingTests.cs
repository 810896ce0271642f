using System.Net;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Store;
using Kera.Tests.Accounts;
using Kera.Tests.Features.Homes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Things;

/// <summary>What keepers and companies do beside lending: stocks of what is used up, inspections, who may order up to what; and all of it is found by searching.</summary>
public sealed class ThingKeepingTests
{
    private const string Desk = "/en/thing-desk/demo-hall-association";
    private const string Sites = "/en/site-desk/demo-site-builder";

    [Fact]
    public async Task What_is_used_up_is_consumed_and_what_was_not_inspected_is_not_lent()
    {
        await using var town = await ThingTown.StartAsync();
        var (aino, keeper) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-hall-association"));
        var queries = town.Services.GetRequiredService<LedgerQueries>();

        // 200 sheets by the file, counted as 3; a loan that uses five shows that there were two more.
        Assert.Contains("The ledger has 200.", MyHomeTests.Plain((await keeper.GetAsync(Desk)).Text), StringComparison.Ordinal);
        Assert.Contains("as whole numbers", (await keeper.SubmitAsync(Desk, Desk + "/supplies", ("supply-demo-supply-sanding-sheets", "many"))).Text, StringComparison.Ordinal);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, Desk + "/supplies", ("supply-demo-supply-sanding-sheets", "3"), ("supply-demo-supply-drill-bits", ""))).Location);
        }

        Assert.Equal(3, await LeftAsync(queries, "demo-supply-sanding-sheets"));
        var loan = ThingTown.KeyOf(await ThingTown.ReserveAsync(aino, "sander", "2026-11-24", 2, ("signs", "true")));
        await keeper.SubmitAsync(Desk, Desk + "/items/sander-1/out", ("loan", loan));
        town.Pass(Duration.FromDays(1));
        await keeper.SubmitAsync(Desk, Desk + "/items/sander-1/back", ("loan", loan), ("condition", ""), ("came", "0"), ("used0", "5"), ("words", ""));
        await Task.WhenAll(town.AdvanceAsync(), town.AdvanceAsync());
        Assert.Equal(0, await LeftAsync(queries, "demo-supply-sanding-sheets"));
        var used = await queries.EventAsync(Reader.Everything, (await queries.FindKeyAsync($"loan-{loan}-used-0", TestContext.Current.CancellationToken))!.Value, TestContext.Current.CancellationToken);
        Assert.Equal(("consume", "5"), (used!.Stored.Event.Action.Name, used.Stored.Event.ResourceQuantity!.Value.ToString()));
        var head = (await queries.HeadAsync(TestContext.Current.CancellationToken)).Position;
        await town.AdvanceAsync();
        Assert.Equal(head, (await queries.HeadAsync(TestContext.Current.CancellationToken)).Position);
        Assert.Empty((await town.Services.GetRequiredService<LedgerVerifier>().VerifyAsync(cancellation: TestContext.Current.CancellationToken)).Faults);

        // A year after it came, the ladder is lent to nobody until it is inspected, and its keeper is told.
        var (plain, ladder) = (MyHomeTests.Plain((await keeper.GetAsync("/en/today")).Text), Desk + "/items/ladder-1");
        Assert.DoesNotContain("looked after or inspected", plain, StringComparison.Ordinal);
        town.Pass(Duration.FromDays(280));
        // Whoever was signed in so long ago is so no more.
        (aino, keeper) = (await town.Kera.JoinAsync("Ville Virta", "resident"), await town.Kera.JoinAsync("Kerttu Keeper", "partner:demo-hall-association"));
        Assert.DoesNotContain("Free now", MyHomeTests.Plain((await aino.GetAsync("/en/things?q=ladder")).Text), StringComparison.Ordinal);
        var later = ThingTown.KeyOf(await ThingTown.ReserveAsync(aino, "ladder", "2027-09-04", 2));
        town.Pass(Duration.FromDays(3));
        Assert.Contains("has to be inspected before it is lent", (await keeper.SubmitAsync(Desk, ladder + "/out", ("loan", later))).Text, StringComparison.Ordinal);
        await Task.WhenAll(town.TurnAsync(), town.TurnAsync());
        var told = await town.Services.GetRequiredService<NoticeBoard>().ListAsync((await town.Kera.AccountOfAsync("Kerttu Keeper")).AgentId, 10, cancellation: TestContext.Current.CancellationToken);
        // The platform's own job may have told it in the week before; in a week it is told once.
        var weeks = told.Where(notice => notice.Kind == "thing.due").Select(notice => (notice.At - NodaConstants.UnixEpoch).Days).ToList();
        Assert.InRange(weeks.Count, 1, 2);
        Assert.Distinct(weeks);
        Assert.Contains("looked after or inspected", MyHomeTests.Plain((await keeper.GetAsync("/en/today")).Text), StringComparison.Ordinal);
        Assert.Equal(ladder, (await keeper.SubmitAsync(Desk, ladder + "/deed", ("deed", "Inspect"), ("until", ""))).Location);
        Assert.Equal(ladder, (await keeper.SubmitAsync(Desk, ladder + "/out", ("loan", later))).Location);

        // What is gone takes what no loan carried with it: it is its keeper's.
        await keeper.SubmitAsync(Desk, Desk + "/items/sander-1/deed", ("deed", "Remove"), ("until", ""));
        Assert.Contains("Written off", (await keeper.GetAsync(Desk)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_company_says_who_orders_up_to_what_and_everything_is_found_by_its_words()
    {
        await using var town = await ThingTown.StartAsync();
        var (berta, carl, aino) = (await town.Kera.JoinAsync("Berta Builder", "partner:demo-site-builder"), await town.Kera.JoinAsync("Carl Crane", "partner:demo-site-builder"), await town.Kera.JoinAsync("Aino Virta", "resident"));
        var (bertaKey, carlKey) = ((await town.Kera.AccountOfAsync("Berta Builder")).PersonKey, (await town.Kera.AccountOfAsync("Carl Crane")).PersonKey);
        var page = MyHomeTests.Plain((await berta.GetAsync(Sites)).Text);
        Assert.Contains("Carl Crane", page, StringComparison.Ordinal);
        Assert.Contains("Now €2,000.00, as the file says.", page, StringComparison.Ordinal);

        // Nobody raises their own limit, gives one to a stranger, or types words.
        Assert.Contains("A colleague says", (await LimitAsync(berta, bertaKey, "9000")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await LimitAsync(berta, (await town.Kera.AccountOfAsync("Aino Virta")).PersonKey, "9000")).Status);
        Assert.Contains("Write an amount in euros", (await LimitAsync(berta, carlKey, "plenty")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await aino.PostAsync(Sites + "/limits", ("form-token", TestBrowser.TokenIn((await aino.GetAsync("/en/my/data")).Text)), ("site", "demo-site-street"), ("orderer", carlKey), ("limit", "1"))).Status);

        // Nothing at all, then up to 3,000 within the 2,500 of the site; then as the file says.
        Assert.Equal(Sites, (await LimitAsync(berta, carlKey, "0")).Location);
        Assert.Contains("you can order for €0.00 more", await OrderAsync(carl, 1), StringComparison.Ordinal);
        Assert.Equal(Sites, (await LimitAsync(berta, carlKey, "3000,00")).Location);
        Assert.Equal(Sites, (await LimitAsync(berta, "", "2500")).Location);
        Assert.Contains("the site can order for €2,500.00 more", await OrderAsync(carl, 14), StringComparison.Ordinal);
        Assert.Equal("", await OrderAsync(carl, 12));
        Assert.Equal(Sites, (await LimitAsync(berta, carlKey, "")).Location);
        Assert.Contains("you can order for €0.00 more", await OrderAsync(carl, 1), StringComparison.Ordinal);
        Assert.Contains("demo-site-street", (await carl.GetAsync("/en/my/data/export.json")).Text, StringComparison.Ordinal);
        await using (var db = town.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            Assert.Equal(4, await db.Audits.CountAsync(row => row.Operation == "site.limit", TestContext.Current.CancellationToken));
        }

        foreach (var (words, kind, path) in new[] { ("sewing machine", "thing", "/en/things/sewing-machine"), ("padel court 1", "space", "/en/spaces/court-1"), ("brewery hall", "premises", "/en/premises/kutoja-brewery-hall"), ("spring 2027", "round", "/en/rounds/spring-2027") })
        {
            var (_, found, _) = await aino.GetAsync($"/en/search?q={Uri.EscapeDataString(words)}&kind={kind}");
            Assert.Contains($"href=\"{path}\"", found, StringComparison.Ordinal);
        }
    }

    private static Task<(HttpStatusCode Status, string Text, string? Location)> LimitAsync(TestBrowser browser, string orderer, string limit) =>
        browser.SubmitAsync(Sites, Sites + "/limits", ("site", "demo-site-street"), ("orderer", orderer), ("limit", limit));

    // What is in the way; empty where it is ordered.
    private static async Task<string> OrderAsync(TestBrowser browser, int days)
    {
        var (_, text, location) = await browser.SubmitAsync("/en/things/mini-excavator", "/en/things/mini-excavator/reserve", ("first", "2026-11-24"), ("days", $"{days}"), ("site", "demo-site-street"));
        return location is null ? MyHomeTests.Plain(text) : "";
    }

    private static async Task<decimal> LeftAsync(LedgerQueries queries, string resource) =>
        (await queries.BalancesAsync(Reader.Everything, cancellation: TestContext.Current.CancellationToken)).Single(balance => balance.Resource.Key == resource).State.Onhand.ToDecimal();
}
