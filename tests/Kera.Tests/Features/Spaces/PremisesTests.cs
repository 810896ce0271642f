using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Features.Spaces.Premises;
using Kera.Flows;
using Kera.Tests.Accounts;
using Kera.Tests.Features.Homes;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>Empty premises find their temporary user: called for, applied for, chosen with reasons, agreed on and ended, by pages as people use them.</summary>
public sealed partial class PremisesTests(PostgresServer server)
{
    private const string Hall = "kutoja-brewery-hall";
    private const string Desk = "/en/premises-desk/demo-hall-association";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_call_is_answered_decided_and_becomes_an_agreement_in_the_ledger(string provider)
    {
        await using var town = await SpaceTown.StartAsync(provider, server);
        var owner = await town.Kera.JoinAsync("Olavi Omena", "partner:demo-hall-association");
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var bea = await town.Kera.JoinAsync("Bea Borg", "partner:demo-hall-users");
        var eve = await town.Kera.JoinAsync("Eve Hunt", "resident", "partner:nokia");

        var call = await CallAsync(owner);
        var (ainos, beas, late) = (await BeginAsync(aino, call, ""), await BeginAsync(bea, call, "demo-hall-users"), await BeginAsync(eve, call, ""));
        Assert.Equal(HttpStatusCode.BadRequest, (await eve.SubmitAsync($"/en/premises/{Hall}", $"/en/premises/{Hall}/apply", ("call", call), ("organisation", "demo-hall-users"))).Status);

        // What is missing is told by field, and nothing is sent.
        var (status, text, _) = await aino.SubmitAsync(ainos, ainos, Wish("", "120", ("send", "true")));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Say what you would do there.", text, StringComparison.Ordinal);
        Assert.Equal(ainos + "?told=sent", (await aino.SubmitAsync(ainos, ainos, Wish("A clay studio", "120", ("send", "true")))).Location);
        Assert.Equal(beas + "?told=sent", (await bea.SubmitAsync(beas, beas, Wish("A repair workshop", "200", ("send", "true")))).Location);
        Assert.Equal(late + "?told=saved", (await eve.SubmitAsync(late, late, Wish("A skate ramp", "60"))).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await eve.GetAsync(ainos)).Status);

        // Before it closes the owner sees how many there are, and nothing else; nobody is judged.
        var desk = $"{Desk}/calls/{call}";
        var sealedPage = MyHomeTests.Plain((await owner.GetAsync(desk)).Text);
        Assert.Contains("2 applications.", sealedPage, StringComparison.Ordinal);
        Assert.DoesNotContain("clay studio", sealedPage, StringComparison.Ordinal);
        await owner.SubmitAsync(desk, desk + "/judge", Judge(ainos, "3", "x", choose: false));
        town.Pass(Duration.FromDays(15));
        Assert.DoesNotContain("points of a hundred", (await owner.GetAsync(desk)).Text, StringComparison.Ordinal);

        // Late ones are refused; who looked is told.
        (status, text, _) = await eve.SubmitAsync(late, late, Wish("A skate ramp", "60", ("send", "true")));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("The call is not open: no applications are taken.", text, StringComparison.Ordinal);
        Assert.Contains("clay studio", (await owner.GetAsync(desk)).Text, StringComparison.Ordinal);
        Assert.Contains("application or agreement on premises", (await aino.GetAsync("/en/my/data")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await eve.GetAsync($"/en/premises-desk/nokia/calls/{call}")).Status);

        Assert.Contains("A call for empty premises has closed", (await owner.GetAsync("/en/today")).Text, StringComparison.Ordinal);

        // Everyone is judged before anyone is told, and told with a reason.
        Assert.Contains("Judge every application first.", (await owner.SubmitAsync(desk, desk + "/decide")).Text, StringComparison.Ordinal);
        Assert.Contains("Give points from 0 to 5", (await owner.SubmitAsync(desk, desk + "/judge", Judge(ainos, "6", "Noisy", choose: false))).Text, StringComparison.Ordinal);
        Assert.NotNull((await owner.SubmitAsync(desk, desk + "/judge", Judge(ainos, "2", "Too little open to the public", choose: false))).Location);
        Assert.NotNull((await owner.SubmitAsync(desk, desk + "/judge", Judge(beas, "5", "Open every day", choose: true))).Location);
        Assert.Contains("The call has closed", (await aino.GetAsync(ainos)).Text, StringComparison.Ordinal);
        Assert.NotNull((await owner.SubmitAsync(desk, desk + "/decide")).Location);
        var told = MyHomeTests.Plain((await aino.GetAsync(ainos)).Text);
        Assert.Contains("The application was not chosen", told, StringComparison.Ordinal);
        Assert.Contains("Too little open to the public", told, StringComparison.Ordinal);
        Assert.Contains("40 points of a hundred", told, StringComparison.Ordinal);
        Assert.Contains("was not chosen. Read the reason.", (await aino.GetAsync("/en/my/inbox")).Text, StringComparison.Ordinal);
        var everyone = MyHomeTests.Plain((await new TestBrowser(town.Kera.App).GetAsync($"/en/premises/{Hall}")).Text);
        Assert.Contains("The choice is made", everyone, StringComparison.Ordinal);
        Assert.Contains("They repair for all", everyone, StringComparison.Ordinal);
        Assert.DoesNotContain("Aino", everyone, StringComparison.Ordinal);

        await AgreeAsync(town, owner, bea, eve, desk, beas);
    }

    [Fact]
    public async Task Owners_enter_premises_of_their_own_and_not_those_of_the_files_or_of_others()
    {
        await using var town = await SpaceTown.StartAsync();
        var owner = await town.Kera.JoinAsync("Olavi Omena", "partner:demo-hall-association");
        var other = await town.Kera.JoinAsync("Nora Nord", "partner:nokia");

        var (status, text, _) = await owner.SubmitAsync($"{Desk}/new", $"{Desk}/new", ("namesv", ""), ("place", "nowhere"), ("area", "many"), ("firstDay", "2027-02-31"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Write the name in one language at least.", text, StringComparison.Ordinal);
        Assert.Contains("Write the square metres as a number above zero", text, StringComparison.Ordinal);
        Assert.Contains("Write a day, such as", text, StringComparison.Ordinal);

        (string, string)[] fields = [("namesv", "Gamla kafét"), ("place", "demo-kutoja-hall"), ("area", "80,5"), ("lastDay", "2027-06-30"), ("permit1", "Temporary use"), ("permitFrom1", "2027-01-01"), ("permitTo1", "2027-06-30")];
        Assert.Equal(Desk, (await owner.SubmitAsync($"{Desk}/new", $"{Desk}/new", fields)).Location);
        // The one language falls back for readers of the others, and says which it is.
        var page = (await new TestBrowser(town.Kera.App).GetAsync("/en/premises/gamla-kafet")).Text;
        Assert.Contains("<h1 class=\"mt1\" lang=\"sv\">Gamla kafét</h1>", page, StringComparison.Ordinal);
        Assert.Contains("80.5 m²", MyHomeTests.Plain(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"{Desk}/premises/{Hall}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/en/premises-desk/nokia/premises/gamla-kafet")).Status);
        Assert.Contains("/en/my", (await other.GetAsync($"{Desk}/premises/gamla-kafet")).Location ?? "/en/my", StringComparison.Ordinal);

        // Two colleagues change it at once: the second is told.
        var before = Field("changed", (await owner.GetAsync($"{Desk}/premises/gamla-kafet")).Text);
        Assert.Equal(Desk, (await owner.SubmitAsync($"{Desk}/new", $"{Desk}/premises/gamla-kafet", [.. fields, ("changed", before), ("nameen", "The old café")])).Location);
        Assert.Contains("Somebody changed this meanwhile.", (await owner.SubmitAsync($"{Desk}/new", $"{Desk}/premises/gamla-kafet", [.. fields, ("changed", before)])).Text, StringComparison.Ordinal);
        Assert.Contains("The old café", (await owner.GetAsync("/en/premises")).Text, StringComparison.Ordinal);

        // Search knows it by its new name, whichever server it was changed on.
        Assert.Contains("/en/premises/gamla-kafet\"", (await owner.GetAsync("/en/search?q=old+caf%C3%A9")).Text, StringComparison.Ordinal);
        var elsewhere = new PremisesRegister(town.Services.GetRequiredService<KeraStore>(), town.Services.GetRequiredService<DistrictInForce>(), town.Services.GetRequiredService<Catalog>(), town.Services.GetRequiredService<IClock>());
        var known = (await elsewhere.FindAsync("gamla-kafet", TestContext.Current.CancellationToken))!;
        await elsewhere.SaveAsync(known with { Words = known.Words with { Name = known.Words.Name with { En = "The tram depot" } } }, Actor.Operator(), TestContext.Current.CancellationToken);
        Assert.Contains("/en/premises/gamla-kafet\"", (await owner.GetAsync("/en/search?q=tram+depot")).Text, StringComparison.Ordinal);

        // A call does not reach past the last day.
        var call = $"{Desk}/premises/gamla-kafet/call";
        Assert.Contains("cannot be used after their last day", (await owner.SubmitAsync(call, call, Call("2027-07-01"))).Text, StringComparison.Ordinal);
        Assert.NotNull((await owner.SubmitAsync(call, call, Call("2027-06-30"))).Location);
        Assert.Contains("There is a call for these premises that is not decided.", (await owner.SubmitAsync(call, call, Call("2027-06-30"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_applied_for_goes_with_them()
    {
        await using var town = await SpaceTown.StartAsync();
        var owner = await town.Kera.JoinAsync("Olavi Omena", "partner:demo-hall-association");
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var call = await CallAsync(owner);
        var application = await BeginAsync(aino, call, "");
        await aino.SubmitAsync(application, application, Wish("A clay studio", "120", ("send", "true")));
        var account = await town.Kera.AccountOfAsync("Aino Virta");
        var personal = town.Services.GetRequiredService<PersonalData>();
        Assert.Contains("A clay studio", (await personal.ExportAsync(account.AgentId, TestContext.Current.CancellationToken)).ToJsonString(), StringComparison.Ordinal);

        Assert.Empty(await personal.EraseAsync(account.AgentId, Actor.Operator(), TestContext.Current.CancellationToken));

        town.Pass(Duration.FromDays(15));
        var desk = MyHomeTests.Plain((await owner.GetAsync($"{Desk}/calls/{call}")).Text);
        Assert.Contains("1 application.", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("clay", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("Aino", desk, StringComparison.Ordinal);
    }

    [Fact]
    public void Duties_are_by_the_month_and_a_part_of_a_month_counts_by_its_days()
    {
        var terms = new TenancyTerms(Quantity.Whole(100), new LocalDate(2027, 1, 16), new LocalDate(2027, 3, 31), 100_00, 0, 0, 10, 0, 0, "", 30);

        Assert.Equal(
            ["Rent 2027-01 51.61 by 2027-01-16", "Upkeep 2027-01 5.16 by 2027-01-31", "Rent 2027-02 100 by 2027-02-01", "Upkeep 2027-02 10 by 2027-02-28", "Rent 2027-03 100 by 2027-03-01", "Upkeep 2027-03 10 by 2027-03-31"],
            TenancyDuties.Of(terms).Select(duty => FormattableString.Invariant($"{duty.Kind} {duty.Month:yyyy-MM} {duty.Amount} by {duty.Due:yyyy-MM-dd}")));
        Assert.Equal(3 * 31 * 24, TenancyDuties.Of(terms with { FirstDay = new(2026, 12, 1), LastDay = new(2027, 1, 31), Use = 744, Rent = 0, Upkeep = 744 }).Take(3).Sum(duty => duty.Amount.ToDecimal()));
    }

    private static async Task AgreeAsync(SpaceTown town, TestBrowser owner, TestBrowser bea, TestBrowser eve, string desk, string chosen)
    {
        var edit = (await owner.SubmitAsync(desk, desk + "/agreement", ("application", Key(chosen)))).Location!;
        Assert.Equal(edit, (await owner.SubmitAsync(desk, desk + "/agreement", ("application", Key(chosen)))).Location);
        var page = $"/en/agreements/{Key(edit)}";
        Assert.Equal(HttpStatusCode.NotFound, (await bea.GetAsync(page)).Status);
        var (_, text, _) = await owner.SubmitAsync(edit, edit, Terms("2029-01-31", Field("changed", (await owner.GetAsync(edit)).Text)));
        Assert.Contains("cannot be used after their last day", text, StringComparison.Ordinal);
        Assert.Equal(page, (await owner.SubmitAsync(edit, edit, Terms("2027-06-30", Field("changed", (await owner.GetAsync(edit)).Text)))).Location);

        // What they saw is what they accept: a version that was changed meanwhile is not.
        var seen = Field("changed", (await bea.GetAsync(page)).Text);
        await owner.SubmitAsync(edit, edit, Terms("2027-05-31", Field("changed", (await owner.GetAsync(edit)).Text)));
        Assert.Contains("Somebody changed this meanwhile.", (await bea.SubmitAsync(page, page + "/answer", ("answer", "accept"), ("changed", seen))).Text, StringComparison.Ordinal);
        Assert.Equal(page, (await bea.SubmitAsync(page, page + "/answer", ("answer", "accept"), ("changed", Field("changed", (await bea.GetAsync(page)).Text)))).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await eve.GetAsync(page)).Status);

        var (catalog, ledger) = (town.Services.GetRequiredService<Catalog>(), town.Services.GetRequiredService<TenancyLedger>());
        await ledger.AdvanceAsync(TestContext.Current.CancellationToken);
        var key = "tenancy-" + Key(page);
        Assert.NotNull(catalog.Find(catalog.Agreements, key));
        var (use, rent, upkeep) = (catalog.Find(catalog.Commitments, key + "-use-2027-01")!, catalog.Find(catalog.Commitments, key + "-rent-2027-05")!, catalog.Find(catalog.Commitments, key + "-upkeep-2027-01")!);
        Assert.Equal(("use", "demo-hall-association", "demo-hall-users", false), (use.Noun.Action.Name, use.Noun.Provider.Key, use.Noun.Receiver.Key, use.Row.Reciprocal));
        Assert.Equal(("transfer", "demo-hall-users", "demo-hall-association", true, "450"), (rent.Noun.Action.Name, rent.Noun.Provider.Key, rent.Noun.Receiver.Key, rent.Row.Reciprocal, rent.Noun.ResourceQuantity!.Value.ToString()));
        Assert.Equal(("work", "8"), (upkeep.Noun.Action.Name, upkeep.Noun.EffortQuantity!.Value.ToString()));
        var head = await town.Services.GetRequiredService<LedgerQueries>().HeadAsync(TestContext.Current.CancellationToken);
        await ledger.AdvanceAsync(TestContext.Current.CancellationToken);
        Assert.Equal(head.Position, (await town.Services.GetRequiredService<LedgerQueries>().HeadAsync(TestContext.Current.CancellationToken)).Position);

        // The owner, and not the tenant, says what was done; it counts once, and not before its month.
        town.Pass(Duration.FromDays(30));
        // Colleagues go on where the sessions of those who agreed have ended.
        (owner, bea) = (await town.Kera.JoinAsync("Otto Olki", "partner:demo-hall-association"), await town.Kera.JoinAsync("Bo Berg", "partner:demo-hall-users"));
        await bea.SubmitAsync(page, page + "/done", ("kind", "Upkeep"), ("month", "2027-01-01"));
        Assert.Equal(0, await FulfilledAsync("upkeep-2027-01"));
        await owner.SubmitAsync(page, page + "/done", ("kind", "Upkeep"), ("month", "2027-01-01"));
        await owner.SubmitAsync(page, page + "/done", ("kind", "Upkeep"), ("month", "2027-01-01"));
        await owner.SubmitAsync(page, page + "/done", ("kind", "Opening"), ("month", "2027-01-01"));
        await owner.SubmitAsync(page, page + "/done", ("kind", "Upkeep"), ("month", "2027-02-01"));
        Assert.Equal((8_000_000, 20_000_000, 0), (await FulfilledAsync("upkeep-2027-01"), await FulfilledAsync("opening-2027-01"), await FulfilledAsync("upkeep-2027-02")));

        // Ended early, not before its notice; what was promised for later is promised no more.
        Assert.Contains("On 7 Feb 2027 at the earliest", MyHomeTests.Plain((await bea.GetAsync(page)).Text), StringComparison.Ordinal);
        Assert.Contains("Choose a day after the notice", (await bea.SubmitAsync(page, page + "/end", ("endDay", "2027-02-06"), ("endReason", "We grew"))).Text, StringComparison.Ordinal);
        Assert.Equal(page, (await bea.SubmitAsync(page, page + "/end", ("endDay", "2027-03-31"), ("endReason", "We grew"))).Location);
        Assert.Contains("The tenant ended the agreement early", (await owner.GetAsync(page)).Text, StringComparison.Ordinal);
        await ledger.AdvanceAsync(TestContext.Current.CancellationToken);
        Assert.Equal((false, true), (catalog.Find(catalog.Commitments, key + "-rent-2027-03")!.Row.Finished, catalog.Find(catalog.Commitments, key + "-rent-2027-05")!.Row.Finished));
        Assert.Empty((await town.Services.GetRequiredService<LedgerVerifier>().VerifyAsync(cancellation: TestContext.Current.CancellationToken)).Faults);

        async Task<long> FulfilledAsync(string duty)
        {
            await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
            return await db.Commitments.Where(row => row.Key == $"{key}-{duty}").Select(row => row.Fulfilled).SingleAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> CallAsync(TestBrowser owner)
    {
        var (status, text, location) = await owner.SubmitAsync($"{Desk}/premises/{Hall}/call", $"{Desk}/premises/{Hall}/call", Call("2028-12-31"));
        Assert.True(location is not null, $"{status} {text}");
        return Key(location!);
    }

    private static async Task<string> BeginAsync(TestBrowser browser, string call, string organisation)
    {
        var (status, text, location) = await browser.SubmitAsync($"/en/premises/{Hall}", $"/en/premises/{Hall}/apply", ("call", call), ("organisation", organisation));
        Assert.True(location is not null, $"{status} {text}");
        return location!;
    }

    private static (string, string)[] Call(string lastDay) =>
    [
        ("texten", "Who wakes the hall up?"), ("opens", "2026-11-24T00:00"), ("closes", "2026-12-08T15:00"), ("firstDay", "2027-01-01"), ("lastDay", lastDay),
        ("rent", "2,50"), ("vat", "25.5"), ("upkeep", "8"), ("opening", "20"), ("criterion1", "Open to the public"), ("weight1", "3"),
    ];

    private static (string, string)[] Wish(string plan, string area, params (string, string)[] more) =>
        [("plan", plan), ("area", area), ("firstDay", "2027-01-01"), ("lastDay", "2027-12-31"), ("sharing", "Our kiln"), ("answer1", "Every day"), .. more];

    private static (string, string)[] Judge(string application, string points, string reason, bool choose) =>
        [("application", Key(application)), ("score1", points), ("reason", reason), ("publicReason", choose ? "They repair for all" : ""), ("choose", choose ? "true" : "")];

    private static (string, string)[] Terms(string lastDay, string changed) =>
        [("area", "180"), ("firstDay", "2027-01-01"), ("lastDay", lastDay), ("rent", "450"), ("vat", "25.5"), ("use", "744"), ("upkeep", "8"), ("opening", "20"), ("terms", "Open from noon"), ("noticeDays", "30"), ("offer", "true"), ("changed", changed)];

    private static string Key(string path) => path[(path.LastIndexOf('/') + 1)..].Split('?')[0];

    private static string Field(string name, string page) => Hidden().Matches(page).First(match => match.Groups[1].Value == name).Groups[2].Value;

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
