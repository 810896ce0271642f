using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Energy;
using Kera.Features.Communities;
using Kera.Tests.Accounts;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static Kera.Tests.Features.Communities.MembershipTown;

namespace Kera.Tests.Features.Communities;

/// <summary>Joins, changes and leaves that are told through the site: who may ask, who answers, and what becomes of it.</summary>
public sealed partial class MembershipTests(PostgresServer server)
{
    private const string Pole = "      - { kind: join, point: pole-2, share: 5, given: 2026-10-14T09:00:00+03:00, day: 2026-11-01 }\n";

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_is_asked_is_seen_by_both_and_accepted_it_is_settled_from_its_day(string provider)
    {
        await using var town = await MembershipTown.StartAsync(provider, server);
        var (school, keeper) = (await town.JoinAsync("Sanna School", "partner:demo-school"), await town.JoinAsync("Kalle Keeper", "partner:demo-housing"));

        Assert.Contains("Member with 20% from 17 Nov 2026", Plain((await school.GetAsync(Ask)).Text), StringComparison.Ordinal);
        Assert.Equal(Ask + "?told=asked#asks", (await AskAsync(school, "school", "change", "12,5")).Location);

        // Asked on the 24th, answered within seven days; told with fourteen days of notice.
        var asked = Plain((await school.GetAsync(Ask + "?told=asked")).Text);
        Assert.Contains("for a share of 12.5%, as early as possible.", asked, StringComparison.Ordinal);
        Assert.Contains("answers by 1 Dec 2026.", asked, StringComparison.Ordinal);
        Assert.Contains("energy community", Plain((await school.GetAsync("/en/my")).Text), StringComparison.Ordinal);
        var desk = Plain((await keeper.GetAsync(Desk)).Text);
        Assert.Contains("Accepted now, it holds from 9 Dec 2026.", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("Sanna", desk, StringComparison.Ordinal);
        Assert.Contains("1 request waits for an answer.", Plain((await keeper.GetAsync("/en/today")).Text), StringComparison.Ordinal);
        Assert.Contains(Desk, await InboxTargetsAsync(keeper), StringComparison.Ordinal);

        // Twice: the first is answered first.
        Assert.Contains("Something is asked for this point already.", (await AskAsync(school, "school", "leave", "")).Text, StringComparison.Ordinal);

        var number = Number().Match((await keeper.GetAsync(Desk)).Text).Groups[1].Value;
        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, Desk + "/accept", ("request", number), ("note", "Welcome."))).Location);
        Assert.Equal(HttpStatusCode.BadRequest, (await keeper.SubmitAsync(Desk, Desk + "/accept", ("request", number), ("note", ""))).Status);

        var answered = Plain((await school.GetAsync(Ask)).Text);
        Assert.Contains("It holds from 9 Dec 2026.\nWelcome.", answered, StringComparison.Ordinal);
        Assert.Contains("Member with 12.5% from 9 Dec 2026", answered, StringComparison.Ordinal);
        Assert.Contains("Member with 20% from 17 Nov 2026 to 8 Dec 2026", answered, StringComparison.Ordinal);
        var audit = await town.AuditAsync();
        Assert.Contains(audit, line => line.StartsWith("community.notice sun-of-block-a: change school, 12.5 %, 2026-12-09", StringComparison.Ordinal));
        // Another on the same day is one too many.
        Assert.Contains("Another change of the point takes effect on that day", (await AskAsync(school, "school", "change", "1")).Text, StringComparison.Ordinal);

        town.Pass(Duration.FromDays(20));
        var book = town.Services.GetRequiredService<CommunityBook>();
        var month = (await book.ReadAsync(book.Find("sun-of-block-a")!, new YearMonth(2026, 12), new CommunityReader(Reader.Everything, Reader.Everything), TestContext.Current.CancellationToken))!;
        Assert.Equal([(20m, new LocalDate(2026, 11, 17)), (12.5m, new LocalDate(2026, 12, 9))], month.Memberships.Where(membership => membership.Point == "school").Select(membership => (membership.Share.Percent, membership.From)));
    }

    [Theory]
    [InlineData("block-b", "change", "10", "", "There is no such metering point for which you may ask.")]
    [InlineData("nothing", "change", "10", "", "There is no such metering point for which you may ask.")]
    [InlineData("school", "change", "0", "", "Give a share above 0")]
    [InlineData("school", "change", "-5", "", "Give a share above 0")]
    [InlineData("school", "change", "100.1", "", "Give a share above 0")]
    [InlineData("school", "change", "1.23456", "", "Give a share above 0")]
    [InlineData("school", "change", "10", "2026-12-08", "Choose a day on which the notice is over")]
    [InlineData("school", "change", "10", "2029-01-01", "Choose a day on which the notice is over")]
    [InlineData("school", "change", "10", "soon", "Choose a day on which the notice is over")]
    [InlineData("school", "join", "10", "", "A point joins while it is no member")]
    [InlineData("school", "sell", "10", "", "Choose whether to join")]
    public async Task What_may_not_be_asked_is_refused_with_what_was_typed(string point, string kind, string share, string day, string error)
    {
        await using var town = await StartAsync();
        var school = await town.JoinAsync("Sanna School", "partner:demo-school");

        var (status, text, _) = await AskAsync(school, point, kind, share, day, "Please, please");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(error, Plain(text), StringComparison.Ordinal);
        Assert.Contains("Please, please", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_acts_for_the_keeper_answers_and_nobody_else_learns_what_was_asked()
    {
        await using var town = await StartAsync();
        var school = await town.JoinAsync("Sanna School", "partner:demo-school");
        await AskAsync(school, "school", "change", "10", "", "Our own words");
        var number = await NumberAsync(town);

        foreach (var role in new[] { "resident", "partner:nokia", "partner:demo-school", "city", "desk", "operator" })
        {
            var other = await town.JoinAsync($"Other {role.Replace(':', ' ')}", role);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(Desk)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.SubmitAsync("/en/my", Desk + "/accept", ("request", number), ("note", ""))).Status);
            Assert.DoesNotContain("Our own words", (await other.GetAsync("/en/desk/requests")).Text, StringComparison.Ordinal);
            Assert.Equal(role == "partner:demo-school", (await other.GetAsync(Ask)).Text.Contains("Our own words", StringComparison.Ordinal));
        }

        // Who manages none has no desk, and the desk of buildings of the same keeper neither shows nor answers it.
        var nokia = await town.JoinAsync("Nina Nokia", "partner:nokia");
        Assert.Equal(HttpStatusCode.NotFound, (await nokia.GetAsync("/en/community-desk/nokia")).Status);
        var keeper = await town.JoinAsync("Kalle Keeper", "partner:demo-housing");
        const string Buildings = "/en/keeper-desk/demo-housing";
        Assert.DoesNotContain("Our own words", (await keeper.GetAsync(Buildings)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await keeper.SubmitAsync(Buildings, Buildings + "/answer", ("request", number), ("answer", "Sneaked in."))).Status);
        Assert.Contains("No metering point is named under you", Plain((await nokia.GetAsync(Ask)).Text), StringComparison.Ordinal);
        var nobody = new TestBrowser(town.App);
        Assert.StartsWith("/en/sign-in", (await nobody.GetAsync(Ask)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_the_whole_is_for_the_keeper_to_see_and_a_refusal_has_a_reason()
    {
        await using var town = await StartAsync();
        var (school, keeper) = (await town.JoinAsync("Sanna School", "partner:demo-school"), await town.JoinAsync("Kalle Keeper", "partner:demo-housing"));
        // The shares come to 100 %. Who asks is not told what others have.
        Assert.NotNull((await AskAsync(school, "school", "change", "21")).Location);
        var number = await NumberAsync(town);

        Assert.Contains("would come to more than 100 %", Plain((await keeper.GetAsync(Desk)).Text), StringComparison.Ordinal);
        Assert.Contains("would come to more than 100 %", Plain((await keeper.SubmitAsync(Desk, Desk + "/accept", ("request", number), ("note", ""))).Text), StringComparison.Ordinal);
        Assert.Empty((await town.NoticesAsync()).Stored);
        Assert.Contains("Give the reason", (await keeper.SubmitAsync(Desk, Desk + "/refuse", ("request", number), ("reason", " "))).Text, StringComparison.Ordinal);
        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, Desk + "/refuse", ("request", number), ("reason", "The shares are given away."))).Location);

        Assert.Contains("The reason: The shares are given away.", Plain((await school.GetAsync(Ask)).Text), StringComparison.Ordinal);
        Assert.Contains("The shares are given away.", (await keeper.GetAsync(Desk + "?answered=true")).Text, StringComparison.Ordinal);
        Assert.Empty((await town.NoticesAsync()).Stored);
    }

    [Fact]
    public async Task Days_that_are_over_stay_as_they_were_settled()
    {
        await using var town = await StartAsync();
        var (school, keeper) = (await town.JoinAsync("Sanna School", "partner:demo-school"), await town.JoinAsync("Kalle Keeper", "partner:demo-housing"));
        await AskAsync(school, "school", "leave", "", "2026-12-10");
        var number = await NumberAsync(town);
        town.Pass(Duration.FromDays(16));

        Assert.Contains("should have answered by 1 Dec 2026: it is late.", Plain((await school.GetAsync(Ask)).Text), StringComparison.Ordinal);
        Assert.Contains("The day that was asked for is over", (await keeper.SubmitAsync(Desk, Desk + "/accept", ("request", number), ("note", ""))).Text, StringComparison.Ordinal);
        await keeper.SubmitAsync(Desk, Desk + "/refuse", ("request", number), ("reason", "Too late."));

        // What was asked for as early as possible holds from tomorrow, where its own day is over.
        await AskAsync(school, "school", "leave", "");
        town.Pass(Duration.FromDays(30));
        keeper = await town.SignInAsync("Kalle Keeper");
        await keeper.SubmitAsync(Desk, Desk + "/accept", ("request", await NumberAsync(town)), ("note", ""));
        Assert.Equal(new LocalDate(2027, 1, 10), Assert.Single((await town.NoticesAsync()).Stored).Notice.Day);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Of_two_that_fit_only_one_by_one_the_second_is_refused(string provider)
    {
        await using var town = await StartAsync(provider, server, files => files.Replace("communities.yaml", "notices:", Pole, ""));
        // 95 % are given away: either fits alone.
        var requests = town.Services.GetRequiredService<CommunityRequests>();
        await AskInCodeAsync(town, new MembershipAsk(NoticeKind.ChangeShare, "school", CommunityShare.OfPercent(25), null), "demo-school");
        await AskInCodeAsync(town, new MembershipAsk(NoticeKind.Join, "pole-2", CommunityShare.OfPercent(5), null), "demo-street-keeper");
        var waiting = await requests.OfKeeperAsync("demo-housing", false, 10, 0, TestContext.Current.CancellationToken);

        var outcomes = await Task.WhenAll(waiting.Select(async held =>
        {
            try
            {
                await requests.AcceptAsync(held.Request.Id, "demo-housing", "", new Actor("somebody", "test"), CancellationToken.None);
                return null;
            }
            catch (AccessException refused)
            {
                return refused.TextKey;
            }
        }));

        Assert.Equal([null, "communities.rule.Shares"], outcomes.Order());
        Assert.Single((await town.NoticesAsync()).Stored);
        Assert.Equal(1, await requests.CountOpenAsync("demo-housing", TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_persons_own_point_is_theirs_to_tell_of_to_take_along_and_to_have_forgotten(string provider)
    {
        await using var town = await StartAsync(provider, server);
        await town.JoinAsync("Aino Virta", "resident");
        var key = await town.KeyOfAsync("Aino");
        await town.RestartAsync(files =>
        {
            files.Replace("communities.yaml", "notices:", Pole, "");
            files.Replace("communities.yaml", "points:", "points:", $"points:\n  - {{ key: flat, name: {{ fi: Asunto, sv: Lägenheten, en: The flat }}, owner: {key}, use: [household-demo] }}");
        });
        var (aino, keeper, desk) = (await town.SignInAsync("Aino Virta"), await town.JoinAsync("Kalle Keeper", "partner:demo-housing"), await town.JoinAsync("Dora Desk", "desk"));

        Assert.Contains("Belongs to no community", (await aino.GetAsync(Ask)).Text, StringComparison.Ordinal);
        // At the desk, on record, as she herself could.
        Assert.DoesNotContain("The flat", (await desk.GetAsync(Ask)).Text, StringComparison.Ordinal);
        await desk.SubmitAsync("/en/desk/people", "/en/desk/acting", ("person", key), ("reason", "wants to join the community"));
        Assert.NotNull((await AskAsync(desk, "flat", "join", "5", "", "On paper")).Location);
        Assert.Contains(await town.AuditAsync(), line => line.StartsWith("asked.add", StringComparison.Ordinal) && line.EndsWith($"by desk for {key}", StringComparison.Ordinal));
        Assert.Contains("On paper", (await aino.GetAsync(Ask)).Text, StringComparison.Ordinal);
        await keeper.SubmitAsync(Desk, Desk + "/accept", ("request", await NumberAsync(town)), ("note", ""));

        Assert.Contains("Member with 5% from 9 Dec 2026", Plain((await aino.GetAsync(Ask)).Text), StringComparison.Ordinal);
        Assert.Contains("Your points, their shares", Plain((await aino.GetAsync("/en/my")).Text), StringComparison.Ordinal);
        var export = (await aino.GetAsync("/en/my/data/export.json")).Text;
        Assert.Contains("\"community\": [", export, StringComparison.Ordinal);
        Assert.Contains("\"from\": \"2026-12-09\"", export, StringComparison.Ordinal);
        // Whoever looked is told.
        Assert.Contains("request to an energy community", (await aino.GetAsync("/en/my/data")).Text, StringComparison.Ordinal);

        await aino.SubmitAsync("/en/my/data", "/en/my/data/erase", ("password", AccountsHarness.Password));
        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        Assert.Empty(await db.CommunityNotices.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await db.Requests.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_asked_for_an_organizations_point_is_forgotten_and_the_membership_stays()
    {
        await using var town = await StartAsync();
        var school = await town.JoinAsync("Sanna School", "partner:demo-school", "resident");
        var keeper = await town.JoinAsync("Kalle Keeper", "partner:demo-housing");
        await AskAsync(school, "school", "change", "10");
        await keeper.SubmitAsync(Desk, Desk + "/accept", ("request", await NumberAsync(town)), ("note", ""));

        await school.SubmitAsync("/en/my/data", "/en/my/data/erase", ("password", AccountsHarness.Password));

        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        Assert.Null((await db.CommunityNotices.SingleAsync(TestContext.Current.CancellationToken)).AskedById);
        Assert.Single((await town.NoticesAsync()).Stored);
    }

    [Fact]
    public async Task A_change_of_the_file_that_contradicts_what_was_accepted_is_told_and_what_was_accepted_stays()
    {
        const string join = "      - { kind: join, point: school, share: 20, given: 2026-11-02T12:00:00+02:00 }\n";
        const string late = "      - { kind: change, point: school, share: 15, given: 2026-11-24T18:00:00+02:00, day: 2026-12-09 }\n";
        await using var town = await StartAsync();
        var school = await town.JoinAsync("Sanna School", "partner:demo-school");
        await town.JoinAsync("Kalle Keeper", "partner:demo-housing");
        await AskAsync(school, "school", "change", "10");
        await AcceptAsync(town);

        await town.RestartAsync(files => files.Replace("communities.yaml", "notices:", join, join + late));
        var notices = await town.NoticesAsync();
        Assert.Equal([20m, 10m], notices.Communities["sun-of-block-a"].Notices.Where(notice => notice.Point == "school").Select(notice => notice.Share.Percent));
        Assert.Equal((15m, MembershipRule.Day), (Assert.Single(notices.Conflicts).Notice.Share.Percent, notices.Conflicts[0].Rule));
        var keeper = await town.SignInAsync("Kalle Keeper");
        Assert.Contains("The district’s file contradicts what was accepted here, which is kept", Plain((await keeper.GetAsync(Desk)).Text), StringComparison.Ordinal);

        // And where the file takes away what it rests on.
        await town.RestartAsync(files => files.Replace("communities.yaml", "notices:", join + late, ""));
        notices = await town.NoticesAsync();
        Assert.DoesNotContain(notices.Communities["sun-of-block-a"].Notices, notice => notice.Point == "school");
        Assert.NotNull(Assert.Single(notices.Conflicts).Stored);
        Assert.Single(notices.Stored);
        keeper = await town.SignInAsync("Kalle Keeper");
        Assert.Contains("rests on what the district’s file says no more", Plain((await keeper.GetAsync(Desk)).Text), StringComparison.Ordinal);
        school = await town.SignInAsync("Sanna School");
        Assert.Contains("is kept, but not followed now", Plain((await school.GetAsync(Ask)).Text), StringComparison.Ordinal);

        // Mended, it is followed again.
        await town.RestartAsync(files => files.Replace("communities.yaml", "notices:", "notices:\n", "notices:\n" + join));
        notices = await town.NoticesAsync();
        Assert.Empty(notices.Conflicts);
        Assert.Equal([20m, 10m], notices.Communities["sun-of-block-a"].Notices.Where(notice => notice.Point == "school").Select(notice => notice.Share.Percent));
    }

    [Theory]
    [InlineData("fi", "Liittyä", "Yksikään pyyntö ei odota vastausta.")]
    [InlineData("sv", "Gå med", "Ingen begäran väntar på svar.")]
    public async Task Each_language_has_the_form_and_the_desk(string language, string join, string none)
    {
        await using var town = await StartAsync();
        var school = await town.JoinAsync("Sanna School", "partner:demo-school", "partner:demo-housing");

        Assert.Contains(join, Plain((await school.GetAsync($"/{language}/my/communities/sun-of-block-a")).Text), StringComparison.Ordinal);
        Assert.Contains(none, Plain((await school.GetAsync($"/{language}/community-desk/demo-housing")).Text), StringComparison.Ordinal);
        Assert.Contains($"/{language}/my/communities/sun-of-block-a", (await new TestBrowser(town.App).GetAsync($"/{language}/communities/sun-of-block-a")).Text, StringComparison.Ordinal);
    }

    private static Task<(HttpStatusCode Status, string Text, string? Location)> AskAsync(TestBrowser browser, string point, string kind, string share, string day = "", string words = "") =>
        browser.SubmitAsync(Ask, Ask, ("point", point), ("kind", kind), ("share", share), ("day", day), ("words", words));

    private static async Task AskInCodeAsync(MembershipTown town, MembershipAsk ask, string owner)
    {
        var community = town.Services.GetRequiredService<CommunityBook>().Find("sun-of-block-a")!;
        await town.Services.GetRequiredService<CommunityRequests>().AskAsync(community, ask, "", new Asker([owner], null, Language.English), new Actor(owner, "test"), TestContext.Current.CancellationToken);
    }

    private static async Task AcceptAsync(MembershipTown town) =>
        await town.Services.GetRequiredService<CommunityRequests>().AcceptAsync(int.Parse(await NumberAsync(town), System.Globalization.CultureInfo.InvariantCulture), "demo-housing", "", new Actor("somebody", "test"), TestContext.Current.CancellationToken);

    private static async Task<string> NumberAsync(MembershipTown town) =>
        (await town.Services.GetRequiredService<CommunityRequests>().OfKeeperAsync("demo-housing", false, 10, 0, TestContext.Current.CancellationToken)).Single().Request.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // A notice leads to the desk of communities, and not to that of buildings.
    private static async Task<string> InboxTargetsAsync(TestBrowser browser)
    {
        var inbox = (await browser.GetAsync("/en/my/inbox")).Text;
        var id = NoticeId().Match(inbox).Groups[1].Value;
        return (await browser.SubmitAsync("/en/my/inbox", "/en/my/inbox/open", ("notice", id))).Location ?? inbox;
    }

    private static string Plain(string page) => CommunityPagesTests.Plain(page).Replace('\u00A0', ' ');

    [GeneratedRegex("name=\"request\" value=\"(\\d+)\"")]
    private static partial Regex Number();

    [GeneratedRegex("name=\"notice\" value=\"(\\d+)\"")]
    private static partial Regex NoticeId();
}
