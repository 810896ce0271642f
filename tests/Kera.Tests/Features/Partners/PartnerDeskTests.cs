using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Features.Partners;
using Kera.Flows;
using Kera.Tests.Accounts;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Partners;

/// <summary>What partners say of themselves at their desk, and what everyone then reads.</summary>
public sealed partial class PartnerDeskTests(PostgresServer server)
{
    private const string Desk = "/en/partner-desk/nokia";
    private static readonly (string, string)[] Nothing = [];

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_a_partner_says_is_read_by_everyone_with_who_says_it_and_in_which_language(string provider)
    {
        await using var kera = await AccountsHarness.OnAsync(provider, server, new FixedClock(Instant.FromUtc(2026, 11, 24, 12, 0)));
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        Assert.Contains("href=\"/en/partner-desk/nokia\"", (await nina.GetAsync("/en/my")).Text, StringComparison.Ordinal);

        var (_, _, saved) = await SaveProfileAsync(nina, ("textfi", "Rakennamme verkkoja.\r\n\r\nTule käymään."), ("website", "https://www.nokia.com"), ("email", "kera@nokia.example"));

        Assert.Equal(Desk + "/profile?saved=true", saved);
        Assert.Contains("Saved.", (await nina.GetAsync(saved!)).Text, StringComparison.Ordinal);
        var anyone = new TestBrowser(kera.App);
        var finnish = WebUtility.HtmlDecode((await anyone.GetAsync("/fi/partners/nokia")).Text);
        Assert.Contains("<p class=\"mt3 lines-kept\">Rakennamme verkkoja.\n\nTule käymään.</p>", finnish, StringComparison.Ordinal);
        Assert.Contains("Lähde: kumppani itse, 24.11.2026", finnish, StringComparison.Ordinal);
        var english = (await anyone.GetAsync("/en/partners/nokia")).Text;
        Assert.Contains("<p class=\"mt3 lines-kept\" lang=\"fi\">Rakennamme verkkoja.", english, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://www.nokia.com/\" rel=\"external\">www.nokia.com</a>", english, StringComparison.Ordinal);
        Assert.Contains("href=\"mailto:kera@nokia.example\"", english, StringComparison.Ordinal);
        Assert.Equal([$"agent.profile nokia"], await AuditAsync(kera, "agent."));
    }

    [Fact]
    public async Task What_a_partner_says_and_offers_is_found_at_once_and_no_more_when_it_is_gone()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var nina = await kera.JoinAsync("Nina Nokia", "partner:nokia");
        Assert.DoesNotContain("item-title", (await nina.GetAsync("/en/search?q=zeppelin")).Text, StringComparison.Ordinal);

        await SaveProfileAsync(nina, ("texten", "We moor a zeppelin."));
        await nina.SubmitAsync(Desk + "/services/new", Desk + "/services/new", ("namefi", "Ilmalaivalennot"), ("textfi", "Joka lauantai"));

        Assert.Contains("href=\"/en/partners/nokia\"", (await nina.GetAsync("/en/search?q=zeppelin")).Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/sv/partners/nokia#offers\"", (await nina.GetAsync("/sv/search?q=ilmalaivalennot")).Text, StringComparison.Ordinal);

        await nina.SubmitAsync(Desk + "/services/1", Desk + "/services/1/remove", ("changed", Changed().Match((await nina.GetAsync(Desk + "/services/1")).Text).Groups[1].Value));
        Assert.DoesNotContain("#offers", (await nina.GetAsync("/sv/search?q=ilmalaivalennot")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partner_that_says_nothing_has_no_empty_section()
    {
        await using var kera = await AccountsHarness.SqliteAsync();

        Assert.DoesNotContain("In its own words", (await new TestBrowser(kera.App).GetAsync("/en/partners/nokia")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_is_stored_stays_text_wherever_it_is_shown()
    {
        const string Script = "</p><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        await using var kera = await AccountsHarness.SqliteAsync();
        var nina = await kera.JoinAsync("Nina <script>alert(2)</script>", "partner:nokia");
        await SaveProfileAsync(nina, ("texten", Script), ("email", "a?cc=boss&body=<script>@nokia.example"), ("website", "https://www.nokia.com/\"><script>alert(3)</script>"));
        await SaveProfileAsync(nina, ("texten", Script), ("website", "https://www.nokia.com/?\"'onmouseover=alert(3)"));
        await nina.SubmitAsync(Desk + "/services/new", Desk + "/services/new", ("namesv", Script), ("texten", Script));
        await nina.SubmitAsync(Desk + "/tokens", Desk + "/tokens", ("name", Script), ("scope", "read"), ("months", "1"));
        await nina.SubmitAsync(Desk + "/tokens", Desk + "/tokens", ("name", Script), ("months", Script));
        await nina.SubmitAsync(Desk + "/tokens", Desk + "/tokens", ("name", Script), ("scope", Script), ("months", "1"));

        foreach (var address in new[] { "/en/partners/nokia", "/fi/partners/nokia", Desk, Desk + "/profile", Desk + "/services", Desk + "/services/1", Desk + "/people", Desk + "/tokens" })
        {
            var (status, text, _) = await nina.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch("href=\"[^\"]*\"[^>]*onmouseover", text);
        }

        Assert.Contains("&lt;script&gt;alert(1)", (await nina.GetAsync("/en/partners/nokia")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_before_the_at_of_an_address_writes_no_headers_of_the_mail()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");

        await SaveProfileAsync(nina, ("email", "kera?cc=other@nokia.example"));

        Assert.Contains("href=\"mailto:kera%3Fcc%3Dother@nokia.example\"", (await nina.GetAsync("/en/partners/nokia")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_makes_no_sense_is_told_beside_it_and_what_was_typed_is_kept()
    {
        (string Field, string Typed)[] mistakes =
        [
            ("website", "http://www.nokia.com"),
            ("website", "www.nokia.com"),
            ("website", "javascript:alert(1)//https://www.nokia.com"),
            ("website", "https://www.nokia.com@evil.example"),
            ("website", "https://www.nokia.com\r\nSet-Cookie: a=b"),
            ("website", "//evil.example"),
            ("website", "https://intranet"),
            ("email", "kera@nokia.example\r\nBcc: all@evil.example"),
            ("email", "Nokia <kera@nokia.example>"),
            ("email", "kera@nokia.example,all@evil.example"),
        ];
        await using var kera = await AccountsHarness.OnAsync("sqlite", server);
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        foreach (var (field, typed) in mistakes)
        {
            var (status, text, _) = await SaveProfileAsync(nina, ("texten", "We were here first."), (field, typed));

            Assert.True(status == HttpStatusCode.BadRequest, typed);
            Assert.Matches($"id=\"{field}-error\">.*{(field == "website" ? "Write the whole address, beginning with https://" : "This is no e-mail address")}", text);
            Assert.Contains("We were here first.", text, StringComparison.Ordinal);
            Assert.Contains($"value=\"{WebUtility.HtmlEncode(typed[..12])}", text, StringComparison.Ordinal);
        }

        Assert.Empty(await AuditAsync(kera, "agent."));
    }

    [Fact]
    public async Task What_is_too_long_is_told_with_its_length_and_kept()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        var long2001 = new string('x', 2_001);

        var (status, text, _) = await SaveProfileAsync(nina, ("textsv", long2001), ("website", "https://www.nokia.com/" + new string('y', 300)));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Matches("id=\"textsv-error\">.*The text has 2,001 characters. At most 2,000 fit.", text);
        Assert.Matches("id=\"website-error\">.*At most 300 fit.", text);
        Assert.Contains(long2001, text, StringComparison.Ordinal);
        // A line's end comes as two characters from a browser, and is one to a person.
        var (again, why, _) = await SaveProfileAsync(nina, ("textsv", string.Concat(Enumerable.Repeat("x\r\n", 1_000)) + "\u0007"));
        Assert.True(again == HttpStatusCode.Found, why);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Two_colleagues_who_write_at_once_see_both_texts_and_lose_none(string provider)
    {
        await using var kera = await AccountsHarness.OnAsync(provider, server);
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        var olli = await kera.JoinAsync("Olli Partner", "partner:nokia");
        var (ninas, ollis) = ((await nina.GetAsync(Desk + "/profile")).Text, (await olli.GetAsync(Desk + "/profile")).Text);
        Assert.Equal(HttpStatusCode.Found, (await nina.PostAsync(Desk + "/profile", [.. Hidden(ninas), ("texten", "Ninas words")])).Status);

        var (status, conflict, _) = await olli.PostAsync(Desk + "/profile", [.. Hidden(ollis), ("texten", "Ollis words")]);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("A colleague saved this meanwhile", conflict, StringComparison.Ordinal);
        Assert.Matches("<dd class=\"lines-kept\" lang=\"en\">Ninas words</dd>", conflict);
        Assert.Matches("<textarea[^>]*>Ollis words</textarea>", conflict);
        Assert.Contains("Ninas words", (await nina.GetAsync("/en/partners/nokia")).Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Found, (await olli.PostAsync(Desk + "/profile", [.. Hidden(conflict), ("texten", "Words of both")])).Status);
        Assert.Contains("Words of both", (await nina.GetAsync("/en/partners/nokia")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await nina.PostAsync(Desk + "/profile", [.. Hidden(ninas), ("texten", "Again")])).Status);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Of_many_who_save_the_same_version_at_the_same_moment_one_succeeds(string provider)
    {
        await using var kera = await AccountsHarness.OnAsync(provider, server, new FixedClock(LedgerHarness.Now));
        var words = kera.App.Services.GetRequiredService<PartnerWords>();
        var nokia = kera.App.Services.GetRequiredService<Catalog>().Agents.Find("nokia")!.Row;
        for (var round = 0; round < 3; round++)
        {
            var seen = await words.ProfileAsync(nokia.Id, TestContext.Current.CancellationToken);

            var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
                words.SaveProfileAsync(nokia, seen with { Website = $"https://example.org/{writer}" }, LedgerHarness.Tester, TestContext.Current.CancellationToken))));

            Assert.Single(saved, each => each);
        }

        Assert.Equal(3, (await AuditAsync(kera, "agent.profile")).Count);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_service_is_added_changed_and_removed_and_colleagues_do_not_overwrite_each_other(string provider)
    {
        await using var kera = await AccountsHarness.OnAsync(provider, server);
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        var olli = await kera.JoinAsync("Olli Partner", "partner:nokia");
        Assert.Matches("id=\"nameen-error\">.*Name the service in at least one language", (await nina.SubmitAsync(Desk + "/services/new", Desk + "/services/new", ("texten", "No name"))).Text);
        Assert.Equal(Desk + "/services", (await nina.SubmitAsync(Desk + "/services/new", Desk + "/services/new", ("namefi", "Paja"), ("textfi", "Korjaamme."), ("website", "https://paja.example"))).Location);
        var service = ServiceLink().Match((await nina.GetAsync(Desk + "/services")).Text).Groups[1].Value;
        var public1 = (await nina.GetAsync("/sv/partners/nokia")).Text;
        Assert.Contains("<h3 class=\"item-title\" lang=\"fi\">Paja</h3>", public1, StringComparison.Ordinal);
        Assert.Contains("Källa: partnern själv", public1, StringComparison.Ordinal);

        var (ninas, ollis, list) = ((await nina.GetAsync(service)).Text, (await olli.GetAsync(service)).Text, (await olli.GetAsync(Desk + "/services")).Text);
        Assert.Equal(HttpStatusCode.Found, (await nina.PostAsync(service, [.. Hidden(ninas), ("namefi", "Pyöräpaja")])).Status);
        var (status, conflict, _) = await olli.PostAsync(service, [.. Hidden(ollis), ("namefi", "Ollin paja")]);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Pyöräpaja", conflict, StringComparison.Ordinal);
        Assert.Contains("value=\"Ollin paja\"", conflict, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await olli.PostAsync(service + "/remove", Hidden(list))).Status);

        var (fresh, open) = ((await nina.GetAsync(Desk + "/services")).Text, (await olli.GetAsync(service)).Text);
        Assert.Equal(HttpStatusCode.Found, (await nina.PostAsync(service + "/remove", Hidden(fresh))).Status);
        var (gone, again, _) = await olli.PostAsync(service, [.. Hidden(open), ("namefi", "Ollin paja")]);
        Assert.Equal(HttpStatusCode.Conflict, gone);
        Assert.Contains("A colleague removed the service meanwhile", again, StringComparison.Ordinal);
        Assert.Contains($"action=\"{Desk}/services/new\"", again, StringComparison.Ordinal);
        Assert.Contains("value=\"Ollin paja\"", again, StringComparison.Ordinal);

        Assert.DoesNotContain("Pyöräpaja", (await nina.GetAsync("/fi/partners/nokia")).Text, StringComparison.Ordinal);
        Assert.Equal(["agent.service.add", "agent.service.change", "agent.service.remove"], (await AuditAsync(kera, "agent.service")).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Thirty_services_are_enough()
    {
        await using var kera = await AccountsHarness.OnAsync("sqlite", server);
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        for (var number = 0; number < 30; number++)
        {
            Assert.Equal(HttpStatusCode.Found, (await nina.SubmitAsync(Desk + "/services/new", Desk + "/services/new", ("nameen", $"Service {number}"))).Status);
        }

        var (status, text, _) = await nina.SubmitAsync(Desk + "/services/new", Desk + "/services/new", ("nameen", "One more"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("There are 30 services, and no more fit", text, StringComparison.Ordinal);
        Assert.Contains("value=\"One more\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_anothers_can_neither_be_seen_nor_touched()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        var siiri = await kera.JoinAsync("Siiri Partner", "partner:sok");
        await nina.SubmitAsync(Desk + "/services/new", Desk + "/services/new", ("nameen", "Ours"));
        var service = ServiceLink().Match((await nina.GetAsync(Desk + "/services")).Text).Groups[1].Value;
        var changed = Hidden((await nina.GetAsync(service)).Text).Single(field => field.Name == "changed");
        var issued = await kera.App.Services.GetRequiredService<Tokens>().AddAsync(new TokenRequest("gateway", "nokia", [Scopes.Read]), Actor.Operator(), TestContext.Current.CancellationToken);
        var theirs = service.Replace("/nokia/", "/sok/", StringComparison.Ordinal);
        const string Sok = "/en/partner-desk/sok";

        Assert.Equal(HttpStatusCode.NotFound, (await siiri.GetAsync(theirs)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await siiri.SubmitAsync(Sok + "/services/new", theirs, ("changed", changed.Value), ("nameen", "Taken over"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await siiri.SubmitAsync(Sok + "/services/new", theirs + "/remove", ("changed", changed.Value))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await siiri.SubmitAsync(Sok + "/tokens", Sok + "/tokens/revoke", ("token", $"{issued.Id}"))).Status);
        Assert.DoesNotContain("gateway", (await siiri.GetAsync(Sok + "/tokens")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await siiri.SubmitAsync(Sok + "/people", Sok + "/people/remove", ("person", (await kera.AccountOfAsync("Nina Partner")).PersonKey))).Status);
        Assert.DoesNotContain("Nina", (await siiri.GetAsync(Sok + "/people")).Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await nina.GetAsync(Desk + "/people")).Status);
        Assert.Contains("Ours", (await nina.GetAsync("/en/partners/nokia")).Text, StringComparison.Ordinal);
        Assert.NotNull(await kera.App.Services.GetRequiredService<Tokens>().AuthenticateAsync(issued.Text, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task While_the_desk_acts_for_a_partner_it_has_no_desk_of_theirs()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        await kera.JoinAsync("Nina Partner", "partner:nokia");
        var dina = await kera.JoinAsync("Dina Desk", "desk", "partner:nokia");
        Assert.Equal(HttpStatusCode.OK, (await dina.GetAsync(Desk)).Status);
        await dina.SubmitAsync("/en/desk/people", "/en/desk/acting", ("person", (await kera.AccountOfAsync("Nina Partner")).PersonKey), ("reason", "asks for help"));

        Assert.Equal(HttpStatusCode.Forbidden, (await dina.GetAsync(Desk)).Status);
        Assert.DoesNotContain(Desk, (await dina.GetAsync("/en/my")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_colleague_comes_by_a_code_and_goes_at_once_and_with_them_the_codes_they_handed_out(string provider)
    {
        await using var kera = await AccountsHarness.OnAsync(provider, server);
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        var olli = new TestBrowser(kera.App);
        var code = CodeIn((await nina.SubmitAsync(Desk + "/people", Desk + "/people", Nothing)).Text);
        await olli.SubmitAsync($"/en/join?code={code}", "/en/join", ("code", code), ("name", "Olli Uusi"), ("userName", "olli"), ("email", ""), ("password", AccountsHarness.Password));
        Assert.Contains("Olli Uusi", (await nina.GetAsync(Desk + "/people")).Text, StringComparison.Ordinal);
        var unused = CodeIn((await olli.SubmitAsync(Desk + "/people", Desk + "/people", Nothing)).Text);
        Assert.Equal(HttpStatusCode.OK, (await new TestBrowser(kera.App).GetAsync($"/en/join?code={unused}")).Status);

        var (_, _, back) = await nina.SubmitAsync(Desk + "/people", Desk + "/people/remove", ("person", (await kera.AccountOfAsync("Olli Uusi")).PersonKey));

        Assert.Equal(Desk + "/people", back);
        Assert.Equal(HttpStatusCode.Forbidden, (await olli.GetAsync(Desk)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await new TestBrowser(kera.App).GetAsync($"/en/join?code={unused}")).Status);
        Assert.Matches("^user.roles p-[a-z0-9]+: partner:nokia -> $", Assert.Single(await AuditAsync(kera, "user.roles")));
        Assert.DoesNotContain("Leave this role", (await nina.GetAsync(Desk + "/people")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_who_acts_for_a_partner_stays_and_others_may_leave()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        var ninasKey = (await kera.AccountOfAsync("Nina Partner")).PersonKey;

        var (status, text, _) = await nina.SubmitAsync(Desk + "/people", Desk + "/people/remove", ("person", ninasKey));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Nobody else acts for this organisation", text, StringComparison.Ordinal);

        await kera.JoinAsync("Olli Partner", "partner:nokia");
        Assert.Equal("/en/my", (await nina.SubmitAsync(Desk + "/people", Desk + "/people/remove", ("person", ninasKey))).Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await nina.GetAsync(Desk)).Status);
    }

    [Fact]
    public async Task A_look_at_colleagues_names_is_on_record_once_a_day()
    {
        var clock = new TestClock();
        await using var kera = await AccountsHarness.OnAsync("sqlite", server, clock);
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        var olli = await kera.JoinAsync("Olli Partner", "partner:nokia");
        await nina.GetAsync(Desk + "/people");
        await nina.GetAsync(Desk + "/people");
        Assert.Single(LookAtTheDesk().Matches((await olli.GetAsync("/en/my/data")).Text));

        clock.Advance(Duration.FromHours(25));
        await nina.GetAsync(Desk + "/people");

        Assert.Equal(2, LookAtTheDesk().Count((await olli.GetAsync("/en/my/data")).Text));
        Assert.Contains("Nobody else has looked at your data", (await nina.GetAsync("/en/my/data")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_shown_once_works_until_it_is_revoked_and_stands_in_the_list_without_its_secret()
    {
        await using var kera = await AccountsHarness.OnAsync("sqlite", server, new FixedClock(Instant.FromUtc(2026, 11, 24, 12, 0)));
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");

        var (status, made, _) = await nina.SubmitAsync(Desk + "/tokens", Desk + "/tokens", ("name", "heat meters"), ("scope", "read"), ("scope", "series:write"), ("months", "3"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("no-store", nina.CacheControl, StringComparison.Ordinal);
        var secret = Secret().Match(made).Value;
        var tokens = kera.App.Services.GetRequiredService<Tokens>();
        var identity = await tokens.AuthenticateAsync(secret, TestContext.Current.CancellationToken);
        Assert.Equal(("nokia", "read series:write"), (identity!.AgentKey, string.Join(' ', identity.Scopes)));
        var list = (await nina.GetAsync(Desk + "/tokens")).Text;
        Assert.DoesNotContain("kera_", list, StringComparison.Ordinal);
        Assert.Contains("heat meters", list, StringComparison.Ordinal);
        Assert.Contains("good until 24&#xA0;Feb 2027, 14:00", list, StringComparison.Ordinal);

        Assert.Equal(Desk + "/tokens", (await nina.SubmitAsync(Desk + "/tokens", Desk + "/tokens/revoke", ("token", $"{identity.TokenId}"))).Location);

        Assert.Null(await tokens.AuthenticateAsync(secret, TestContext.Current.CancellationToken));
        using var client = kera.App.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/agents", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(["token.add token 1 for nokia: read series:write", "token.revoke token 1"], await AuditAsync(kera, "token."));
    }

    [Fact]
    public async Task A_key_never_gives_more_than_is_the_partners_nor_for_ever()
    {
        (string Name, string Scope, string Months, string Field)[] mistakes =
        [
            ("meters", "events:write-any", "3", "scope"),
            ("meters", "master:write", "3", "scope"),
            ("meters", "tokens:write", "3", "scope"),
            ("meters", "", "3", "scope"),
            ("meters", "read", "0", "months"),
            ("meters", "read", "13", "months"),
            ("meters", "read", "-1", "months"),
            ("meters", "read", "", "months"),
            ("", "read", "3", "name"),
            (new string('x', 101), "read", "3", "name"),
        ];
        await using var kera = await AccountsHarness.OnAsync("sqlite", server);
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        foreach (var (name, scope, months, field) in mistakes)
        {
            var (status, text, _) = await nina.SubmitAsync(Desk + "/tokens", Desk + "/tokens", ("name", name), ("scope", scope), ("months", months));

            Assert.True(status == HttpStatusCode.BadRequest, $"{name} {scope} {months}");
            Assert.Contains($"id=\"{field}-error\"", text, StringComparison.Ordinal);
        }

        Assert.Empty(await kera.App.Services.GetRequiredService<Tokens>().ListAsync(null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_late_stands_first_with_what_is_missing_and_how_it_is_fulfilled()
    {
        await using var kera = await AccountsHarness.OnAsync("sqlite", server, new FixedClock(Instant.FromUtc(2026, 11, 24, 12, 0)));
        await PromiseAsync(kera, "reuse-of-beams", "Beams are reused", Instant.FromUtc(2027, 5, 31, 21, 0), [Catalog.Public]);
        await PromiseAsync(kera, "crushed-again", "Concrete is used again", Instant.FromUtc(2026, 5, 31, 21, 0), ["nokia", "city-of-espoo"]);
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");

        var (_, text, _) = await nina.GetAsync(Desk);

        Assert.Contains("1 promise is late.", text, StringComparison.Ordinal);
        Assert.Contains("Promised 500&#xA0;t, missing 500&#xA0;t. Due: 31&#xA0;May 2026.", text, StringComparison.Ordinal);
        Assert.Contains("Transfer, to City of Espoo.", text, StringComparison.Ordinal);
        Assert.Matches("(?s)>crushed-again</code>.*>reuse-of-beams</code>", text);
        Assert.Contains("href=\"/en/partners/nokia\"", text, StringComparison.Ordinal);
        Assert.Contains("href=\"/en/flows?agent=nokia\"", text, StringComparison.Ordinal);
        Assert.Contains("no-store", nina.CacheControl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_acts_for_an_agent_without_a_public_page_has_a_desk_without_a_way_to_it()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var nina = await kera.JoinAsync("Nina Partner", "partner:demo-utility");

        var (status, text, _) = await nina.GetAsync("/en/partner-desk/demo-utility");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("/en/partners/demo-utility", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_who_wrote_it_is_erased_what_the_partner_says_stays()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");
        await SaveProfileAsync(nina, ("texten", "We stay."));
        await nina.SubmitAsync(Desk + "/services/new", Desk + "/services/new", ("nameen", "So does this"));

        Assert.Equal("/en/sign-in", (await nina.SubmitAsync("/en/my/data", "/en/my/data/erase", ("password", AccountsHarness.Password))).Location);

        var page = (await new TestBrowser(kera.App).GetAsync("/en/partners/nokia")).Text;
        Assert.Contains("We stay.", page, StringComparison.Ordinal);
        Assert.Contains("So does this", page, StringComparison.Ordinal);
    }

    /// <summary>Opens the profile, fills in fields and sends it.</summary>
    private static async Task<(HttpStatusCode Status, string Text, string? Location)> SaveProfileAsync(TestBrowser browser, params (string, string)[] fields) =>
        await browser.PostAsync(Desk + "/profile", [.. Hidden((await browser.GetAsync(Desk + "/profile")).Text), .. fields]);

    /// <summary>The hidden fields of the first form of a page.</summary>
    private static (string Name, string Value)[] Hidden(string page) =>
        [.. HiddenField().Matches(page).Select(field => (field.Groups[1].Value, field.Groups[2].Value)).DistinctBy(field => field.Item1)];

    private static string CodeIn(string page) => Code().Match(page).Value;

    private static async Task<List<string>> AuditAsync(AccountsHarness kera, string beginning)
    {
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        return [.. db.Audits.Where(line => line.Operation.StartsWith(beginning)).OrderBy(line => line.Id).Select(line => line.Operation + " " + line.Subject)];
    }

    private static Task<AppendOutcome> PromiseAsync(AccountsHarness kera, string key, string name, Instant due, string[] audience) =>
        kera.App.Services.GetRequiredService<LedgerWriter>().PutCommitmentAsync(
            new CommitmentInput
            {
                Key = key,
                NameFi = name,
                NameSv = name,
                NameEn = name,
                Action = "transfer",
                Provider = "nokia",
                Receiver = "city-of-espoo",
                ResourceInventoriedAs = "halls-crushed-concrete",
                ResourceQuantity = new MeasureInput(new Quantity(500 * Quantity.One), "t"),
                Due = due,
                Audience = audience,
            },
            LedgerHarness.Tester,
            TestContext.Current.CancellationToken);

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<a class=\"item-title\" href=\"([^\"]+/services/[0-9]+)\"")]
    private static partial Regex ServiceLink();

    [GeneratedRegex("[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")]
    private static partial Regex Code();

    [GeneratedRegex("kera_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();

    [GeneratedRegex("name, at a partner’s desk")]
    private static partial Regex LookAtTheDesk();

    [GeneratedRegex("name=\"changed\" value=\"([0-9]+)\"")]
    private static partial Regex Changed();
}
