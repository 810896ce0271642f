using System.Net;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Features.Things;
using Kera.Tests.Accounts;
using Kera.Tests.Features.Homes;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Things;

/// <summary>Things are found, reserved, handed out, taken back and looked after, by pages as people use them.</summary>
public sealed class LoanTests(PostgresServer server)
{
    private const string Desk = "/en/thing-desk/demo-hall-association";
    private const string Pool = "/en/thing-desk/demo-machine-pool";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_drill_is_reserved_lent_once_and_brought_back_and_the_ledger_follows(string provider)
    {
        await using var town = await ThingTown.StartAsync(provider, server);
        var (aino, keeper) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-hall-association"));
        Assert.Contains("Free now", MyHomeTests.Plain((await new TestBrowser(town.Kera.App).GetAsync("/en/things?q=drill")).Text), StringComparison.Ordinal);

        // Nothing is lent before its terms are signed; they are signed once.
        var (status, text, _) = await aino.SubmitAsync("/en/things/drill", "/en/things/drill/reserve", ("first", "2026-11-24"), ("days", "3"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("tick the terms", MyHomeTests.Plain(text), StringComparison.Ordinal);
        var loan = await ThingTown.ReserveAsync(aino, "drill", "2026-11-24", 3, ("signs", "true"));
        await ThingTown.ReserveAsync(aino, "drill", "2026-12-24", 1);
        Assert.Contains("Reserved 24 Nov 2026–26 Nov 2026", MyHomeTests.Plain((await aino.GetAsync("/en/my")).Text), StringComparison.Ordinal);
        await town.AdvanceAsync();
        var key = ThingTown.KeyOf(loan);
        var (catalog, queries) = (town.Services.GetRequiredService<Catalog>(), town.Services.GetRequiredService<LedgerQueries>());
        Assert.NotNull(catalog.Find(catalog.Commitments, "loan-" + key));

        // The code on the drill leads its keeper to the counter; read twice, it is handed out once.
        Assert.Equal(Desk + "/items/drill-1", (await keeper.GetAsync("/en/things/item/drill-1")).Location);
        Assert.Contains("Aino Virta", (await keeper.GetAsync(Desk + "/items/drill-1")).Text, StringComparison.Ordinal);
        Assert.NotNull((await keeper.SubmitAsync(Desk, Desk + "/items/drill-1/out", ("loan", key))).Location);
        Assert.NotNull((await keeper.SubmitAsync(Desk, Desk + "/items/drill-1/out", ("loan", key))).Location);
        Assert.Equal(HttpStatusCode.Conflict, (await keeper.SubmitAsync(Desk, Desk + "/items/drill-2/out", ("loan", key))).Status);
        Assert.Contains("Lent", (await new TestBrowser(town.Kera.App).GetAsync("/en/things/item/drill-1")).Text, StringComparison.Ordinal);
        await Task.WhenAll(town.AdvanceAsync(), town.AdvanceAsync());
        var account = await town.Kera.AccountOfAsync("Aino Virta");
        Assert.Equal(account.PersonKey, await CustodianAsync(queries, "demo-thing-drill-1"));
        Assert.NotEmpty(await town.Services.GetRequiredService<PersonalData>().EraseAsync(account.AgentId, Actor.Operator(), TestContext.Current.CancellationToken));

        // A day late, one battery missing, one set of bits used up: five days with a late one, at 2 euros, and 4.50.
        town.Pass(Duration.FromDays(3));
        await town.AdvanceAsync();
        var notices = await town.Services.GetRequiredService<NoticeBoard>().ListAsync(account.AgentId, 10, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains("loan.late", notices.Select(notice => notice.Kind));
        var back = new[] { ("loan", key), ("condition", "Worn"), ("came", "0"), ("used0", "1"), ("words", "Please bring the batteries.") };
        Assert.NotNull((await keeper.SubmitAsync(Desk, Desk + "/items/drill-1/back", back)).Location);
        Assert.NotNull((await keeper.SubmitAsync(Desk, Desk + "/items/drill-1/back", back)).Location);
        var told = MyHomeTests.Plain((await aino.GetAsync(loan)).Text);
        Assert.Contains("€14.50", told, StringComparison.Ordinal);
        Assert.Contains("Two batteries", told, StringComparison.Ordinal);
        Assert.Contains("Please bring the batteries.", told, StringComparison.Ordinal);
        // 25 kg over 500 hours: four hours carry 0.2 kg.
        Assert.Contains("0.2", told, StringComparison.Ordinal);
        Assert.Contains("Deposits to decide on", (await keeper.GetAsync(Desk)).Text, StringComparison.Ordinal);
        await Task.WhenAll(town.AdvanceAsync(), town.AdvanceAsync());
        Assert.Equal("demo-hall-association", await CustodianAsync(queries, "demo-thing-drill-1"));
        var used = await queries.EventAsync(Reader.Everything, (await queries.FindKeyAsync("loan-" + key, TestContext.Current.CancellationToken))!.Value, TestContext.Current.CancellationToken);
        Assert.Equal("4", used!.Stored.Event.EffortQuantity!.Value.ToString());
        var head = (await queries.HeadAsync(TestContext.Current.CancellationToken)).Position;
        await town.AdvanceAsync();
        Assert.Equal(head, (await queries.HeadAsync(TestContext.Current.CancellationToken)).Position);
        Assert.Empty((await town.Services.GetRequiredService<LedgerVerifier>().VerifyAsync(cancellation: TestContext.Current.CancellationToken)).Faults);

        // Nobody else sees it; with the person it goes.
        Assert.Equal(HttpStatusCode.NotFound, (await (await town.Kera.JoinAsync("Olli Otso", "resident")).GetAsync(loan)).Status);
        Assert.Contains("drill-1", (await aino.GetAsync("/en/my/data/export.json")).Text, StringComparison.Ordinal);
        // What she owes for it keeps her until nothing is asked any more.
        Assert.Equal("invoices.erasure", Assert.Single(await town.Services.GetRequiredService<PersonalData>().EraseAsync(account.AgentId, Actor.Operator(), TestContext.Current.CancellationToken)).TextKey);
        Assert.NotNull((await keeper.SubmitAsync(Desk, Desk + "/forgive", ("loan", key))).Location);
        Assert.Empty(await town.Services.GetRequiredService<PersonalData>().EraseAsync(account.AgentId, Actor.Operator(), TestContext.Current.CancellationToken));
        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        Assert.All(await db.Loans.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken), row => Assert.True(row is { AgentId: null, Words: "" }));
        Assert.False(await db.ThingWaivers.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_waits_is_offered_what_comes_free_and_nobody_extends_meanwhile()
    {
        await using var town = await ThingTown.StartAsync();
        var (aino, olli, keeper) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"), await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-hall-association"));
        var first = await ThingTown.ReserveAsync(aino, "ladder", "2026-11-24", 5);
        Assert.NotNull((await keeper.SubmitAsync(Desk, Desk + "/items/ladder-1/out", ("loan", ThingTown.KeyOf(first)))).Location);

        // The day of looking after it counts too.
        var (status, text, _) = await olli.SubmitAsync("/en/things/ladder", "/en/things/ladder/reserve", ("first", "2026-11-27"), ("days", "2"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("The first day that will do: 30 Nov 2026", MyHomeTests.Plain(text), StringComparison.Ordinal);
        var wait = (await olli.SubmitAsync("/en/things/ladder", "/en/things/ladder/wait", ("first", "2026-11-25"), ("latest", "2026-11-28"), ("days", "2"))).Location;
        Assert.NotNull(wait);
        Assert.Contains("Somebody waits", MyHomeTests.Plain((await aino.SubmitAsync(first, first + "/extend")).Text), StringComparison.Ordinal);

        town.Pass(Duration.FromDays(1));
        Assert.NotNull((await keeper.SubmitAsync(Desk, Desk + "/items/ladder-1/back", ("loan", ThingTown.KeyOf(first)), ("condition", ""), ("words", ""))).Location);
        await Task.WhenAll(town.TurnAsync(), town.TurnAsync());
        var olliId = (await town.Kera.AccountOfAsync("Olli Otso")).AgentId;
        Assert.Single(await town.Services.GetRequiredService<NoticeBoard>().ListAsync(olliId, 10, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("It came free: yours from 25 Nov 2026", MyHomeTests.Plain((await olli.GetAsync(wait!)).Text), StringComparison.Ordinal);
        Assert.Equal(wait, (await olli.SubmitAsync(wait!, wait + "/accept")).Location);
        // Not fetched, it lapses; then the ladder goes to be mended, and nobody knows for how long.
        town.Pass(Duration.FromDays(3));
        await town.TurnAsync();
        Assert.Contains("Cancelled", MyHomeTests.Plain((await olli.GetAsync(wait!)).Text), StringComparison.Ordinal);
        Assert.NotNull((await keeper.SubmitAsync(Desk, Desk + "/items/ladder-1/deed", ("deed", "Repair"), ("until", ""))).Location);
        Assert.Contains("None is free", MyHomeTests.Plain((await olli.GetAsync("/en/things/ladder")).Text), StringComparison.Ordinal);
        Assert.NotNull((await keeper.SubmitAsync(Desk, Desk + "/items/ladder-1/deed", ("deed", "Service"), ("until", ""))).Location);
        Assert.Equal(Desk + "?missing=8", (await keeper.SubmitAsync(Desk, Desk + "/count", ("seen", "ladder-1"))).Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await aino.GetAsync(Desk)).Status);

        // A kit is reserved whole or not at all.
        var kit = await olli.SubmitAsync("/en/things", "/en/things/kits/renovation/reserve", ("first", "2026-11-29"), ("days", "2"), ("signs", "true"));
        Assert.Equal("/en/my#my-loans", kit.Location);
        Assert.Equal(HttpStatusCode.Conflict, (await aino.SubmitAsync("/en/things", "/en/things/kits/renovation/reserve", ("first", "2026-11-29"), ("days", "2"), ("signs", "true"))).Status);
        Assert.Equal(3, (await town.Services.GetRequiredService<LoanRegister>().OpenAsync(olliId, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task A_company_orders_to_its_site_within_its_limits_and_pays_until_off_hire()
    {
        await using var town = await ThingTown.StartAsync();
        var (builder, pool, aino) = (await town.Kera.JoinAsync("Berta Builder", "partner:demo-site-builder"), await town.Kera.JoinAsync("Paavo Pool", "partner:demo-machine-pool"), await town.Kera.JoinAsync("Aino Virta", "resident"));
        Assert.Equal(HttpStatusCode.Conflict, (await aino.SubmitAsync("/en/my", "/en/things/mini-excavator/reserve", ("first", "2026-11-24"), ("days", "2"), ("site", "demo-site-north"))).Status);

        // 180 euros a day: 12 days are more than the 2,000 that one may order to the street works.
        var (status, text, _) = await builder.SubmitAsync("/en/things/mini-excavator", "/en/things/mini-excavator/reserve", ("first", "2026-11-24"), ("days", "12"), ("site", "demo-site-street"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("you can order for €2,000.00 more", MyHomeTests.Plain(text), StringComparison.Ordinal);
        var order = await ThingTown.ReserveAsync(builder, "mini-excavator", "2026-11-24", 5, ("site", "demo-site-street"), ("delivered", "true"));
        Assert.Contains("Brought to the site", (await pool.GetAsync(Pool)).Text, StringComparison.Ordinal);
        Assert.NotNull((await pool.SubmitAsync(Pool, Pool + "/items/excavator-1/out", ("loan", ThingTown.KeyOf(order)))).Location);
        await town.AdvanceAsync();
        Assert.Equal("demo-site-builder", await CustodianAsync(town.Services.GetRequiredService<LedgerQueries>(), "demo-thing-excavator-1"));

        // Off-hired on the second day and fetched on the fourth: two days are paid; it ran for eight and a half hours.
        town.Pass(Duration.FromDays(1));
        Assert.Equal(order, (await builder.SubmitAsync(order, order + "/off-hire")).Location);
        Assert.Contains("to be fetched", (await pool.GetAsync(Pool)).Text, StringComparison.Ordinal);
        const string Hours = "excavator-1;2026-11-24;6,5\nexcavator-1;2026-11-25;2\n";
        Assert.Equal(Pool + "?hours=2", (await pool.SubmitAsync(Pool, Pool + "/hours", ("hours", Hours))).Location);
        Assert.Equal(Pool + "?hours=0", (await pool.SubmitAsync(Pool, Pool + "/hours", ("hours", Hours))).Location);
        Assert.Equal(HttpStatusCode.BadRequest, (await pool.SubmitAsync(Pool, Pool + "/hours", ("hours", "drill-1;2026-11-24;1"))).Status);
        town.Pass(Duration.FromDays(2));
        Assert.NotNull((await pool.SubmitAsync(Pool, Pool + "/items/excavator-1/back", ("loan", ThingTown.KeyOf(order)), ("condition", ""), ("came", "0"), ("words", ""))).Location);
        var site = MyHomeTests.Plain((await builder.GetAsync("/en/site-desk/demo-site-builder")).Text);
        Assert.Contains("€360.00 of €4,000.00", site, StringComparison.Ordinal);
        // 8,000 kg over 8,000 hours.
        Assert.Contains("8.5", site, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await pool.GetAsync("/en/site-desk/demo-site-builder")).Status);

        // What is lost is gone from the shelf and from the ledger.
        var lost = await ThingTown.ReserveAsync(builder, "plate-compactor", "2026-11-27", 2, ("site", "demo-site-north"));
        Assert.NotNull((await pool.SubmitAsync(Pool, Pool + "/items/compactor-1/out", ("loan", ThingTown.KeyOf(lost)))).Location);
        await town.AdvanceAsync();
        Assert.NotNull((await pool.SubmitAsync(Pool, Pool + "/items/compactor-1/lost", ("loan", ThingTown.KeyOf(lost)))).Location);
        await town.AdvanceAsync();
        Assert.NotNull(await town.Services.GetRequiredService<LedgerQueries>().FindKeyAsync("thing-gone:demo-thing-compactor-1", TestContext.Current.CancellationToken));
        Assert.Empty((await town.Services.GetRequiredService<LedgerVerifier>().VerifyAsync(cancellation: TestContext.Current.CancellationToken)).Faults);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Of_many_who_want_the_same_things_at_once_only_as_many_get_them_as_there_are(string provider)
    {
        await using var town = await ThingTown.StartAsync(provider, server);
        var (register, kind) = (town.Services.GetRequiredService<LoanRegister>(), town.Services.GetRequiredService<ThingShelf>().Things!.Kinds["sewing-machine"]);
        var got = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (number, cancellation) =>
        {
            var outcome = await register.ReserveAsync([kind], new LoanWish(new LocalDate(2026, 12, 1 + (number % 3)), 3), Spaces.SpaceTown.Person(number), cancellation);
            Interlocked.Add(ref got, outcome.Keys.Count);
        });

        // All of them meet on the third of December.
        Assert.Equal(2, got);
    }

    private static async Task<string?> CustodianAsync(LedgerQueries queries, string resource) =>
        (await queries.BalancesAsync(Reader.Everything, cancellation: TestContext.Current.CancellationToken)).Single(balance => balance.Resource.Key == resource).State.Custodian?.Key;
}
