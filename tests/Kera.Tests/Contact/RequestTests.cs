using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Requests;
using Kera.Base.Store;
using Kera.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Contact;

/// <summary>Who asks sees who has it and by when; who has it answers, and the answer finds who asked.</summary>
public sealed partial class RequestTests
{
    [Fact]
    public async Task Somebody_without_an_account_asks_sees_who_has_it_and_reads_the_answer()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var visitor = new TestBrowser(kera.App);
        var (status, receipt, _) = await visitor.SubmitAsync("/en/feedback?page=%2Fmap%3Fyear%3D2030", "/en/feedback", ("kind", "mistake"), ("text", "The hall is in the wrong place."), ("email", ""), ("about", "/map?year=2030"));

        Assert.Equal(HttpStatusCode.OK, status);
        var code = Code().Match(receipt).Value;
        var due = kera.App.Services.GetRequiredService<IClock>().GetCurrentInstant().InZone(Zone).Date.PlusDays(14);
        Assert.Contains($"You get an answer by {due.Day}\u00A0", Decoded(receipt), StringComparison.Ordinal);
        Assert.Contains("City's project team has had it since", Decoded(receipt), StringComparison.Ordinal);

        var city = await kera.JoinAsync("Cilla City", "city");
        var list = (await city.GetAsync("/en/desk/requests")).Text;
        Assert.Contains("The hall is in the wrong place.", list, StringComparison.Ordinal);
        Assert.Contains("href=\"/en/map?year=2030\"", list, StringComparison.Ordinal);
        Assert.Equal("/en/desk/requests", (await city.SubmitAsync("/en/desk/requests", "/en/desk/requests/take", ("request", "1"))).Location);
        Assert.Contains("has taken it on", (await visitor.GetAsync($"/en/feedback/status?code={code}")).Text, StringComparison.Ordinal);
        await city.SubmitAsync("/en/desk/requests", "/en/desk/requests/answer", ("request", "1"), ("answer", "Moved, thank you."));

        // Typed by hand, as from paper.
        var answered = (await visitor.GetAsync($"/en/feedback/status?code={code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()}")).Text;
        Assert.Contains("Moved, thank you.", answered, StringComparison.Ordinal);
        Assert.Contains("Nothing waits for an answer", (await city.GetAsync("/en/desk/requests")).Text, StringComparison.Ordinal);
        Assert.Contains("Moved, thank you.", (await city.GetAsync("/en/desk/requests?answered=true")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_finds_a_resident_in_their_inbox_and_in_their_data()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var aino = await kera.JoinAsync("Aino Virta", "resident");
        await aino.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "idea"), ("text", "A sauna on the roof"), ("email", ""));
        Assert.Contains("An idea, number 1. City's project team has had it since", Decoded((await aino.GetAsync("/en/my")).Text), StringComparison.Ordinal);

        var city = await kera.JoinAsync("Cilla City", "city");
        await city.SubmitAsync("/en/desk/requests", "/en/desk/requests/answer", ("request", "1"), ("answer", "It is planned."));

        Assert.Contains("One notice is new", (await aino.GetAsync("/en/my/inbox")).Text, StringComparison.Ordinal);
        Assert.Contains("Your request 1 has been answered.", (await aino.GetAsync("/en/my/inbox")).Text, StringComparison.Ordinal);
        Assert.Contains("A sauna on the roof", (await aino.GetAsync("/en/my/data/export.json")).Text, StringComparison.Ordinal);
        Assert.Equal("/en/my", (await aino.SubmitAsync("/en/my/inbox", "/en/my/inbox/open", ("notice", (await NoticeOfAsync(kera)).ToString(System.Globalization.CultureInfo.InvariantCulture)))).Location);
        Assert.Contains("Nothing new", (await aino.GetAsync("/en/my/inbox")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_is_opened_by_its_owner_only()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var aino = await kera.JoinAsync("Aino Virta", "resident");
        await aino.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "idea"), ("text", "A sauna"), ("email", ""));
        var city = await kera.JoinAsync("Cilla City", "city");
        await city.SubmitAsync("/en/desk/requests", "/en/desk/requests/answer", ("request", "1"), ("answer", "It is planned."));
        var eve = await kera.JoinAsync("Eve Other", "resident");

        Assert.Equal("/en/my/inbox", (await eve.SubmitAsync("/en/my", "/en/my/inbox/open", ("notice", (await NoticeOfAsync(kera)).ToString(System.Globalization.CultureInfo.InvariantCulture)))).Location);
        Assert.Contains("One notice is new", (await aino.GetAsync("/en/my/inbox")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_office_answers_only_what_is_its_and_passes_on_the_rest()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var visitor = new TestBrowser(kera.App);
        await visitor.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "Where is my parcel?"), ("email", ""));
        var desk = await kera.JoinAsync("Dina Desk", "desk");
        var city = await kera.JoinAsync("Cilla City", "city");
        Assert.DoesNotContain("parcel", (await city.GetAsync("/en/desk/requests")).Text, StringComparison.Ordinal);

        var (status, text, _) = await city.SubmitAsync("/en/my", "/en/desk/requests/answer", ("request", "1"), ("answer", "Not mine"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("not with your office", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SubmitAsync("/en/desk/requests", "/en/desk/requests/pass", ("request", "1"), ("to", "resident"))).Status);
        await desk.SubmitAsync("/en/desk/requests", "/en/desk/requests/pass", ("request", "1"), ("to", "city"));

        Assert.Contains("parcel", (await city.GetAsync("/en/desk/requests")).Text, StringComparison.Ordinal);
        Assert.Contains("Request 1 has come to your office", (await city.GetAsync("/en/my/inbox")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("parcel", (await desk.GetAsync("/en/desk/requests")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_given_once_and_a_long_one_is_refused_with_what_was_typed()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        await new TestBrowser(kera.App).SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "Hello?"), ("email", ""));
        var desk = await kera.JoinAsync("Dina Desk", "desk");
        var longer = new string('x', 5_001);

        var (status, text, _) = await desk.SubmitAsync("/en/desk/requests", "/en/desk/requests/answer", ("request", "1"), ("answer", longer));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(longer, text, StringComparison.Ordinal);
        await desk.SubmitAsync("/en/desk/requests", "/en/desk/requests/answer", ("request", "1"), ("answer", "First"));
        Assert.Contains("answered already", (await desk.SubmitAsync("/en/my", "/en/desk/requests/answer", ("request", "1"), ("answer", "Second"))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Second", (await desk.GetAsync("/en/desk/requests?answered=true")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Text", "", "Choose what it is about")]
    [InlineData("nonsense", "Text", "", "Choose what it is about")]
    [InlineData("idea", "  ", "", "Write 1 to 5,000 characters")]
    [InlineData("idea", "bad\u0001control", "", "Write 1 to 5,000 characters")]
    [InlineData("idea", "Text", "nobody", "This is no e-mail address")]
    [InlineData("idea", "Text", "a@example.org\r\nBcc: b@example.org", "This is no e-mail address")]
    public async Task What_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(string kind, string text, string email, string told)
    {
        await using var kera = await AccountsHarness.SqliteAsync();

        var (status, page, _) = await new TestBrowser(kera.App).SubmitAsync("/en/feedback", "/en/feedback", ("kind", kind), ("text", text), ("email", email));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.Contains(text.Trim(), Decoded(page), StringComparison.Ordinal);
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        Assert.False(await db.Requests.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_script_in_what_was_asked_or_answered_stays_text()
    {
        const string Script = "<script>alert(1)</script>";
        await using var kera = await AccountsHarness.SqliteAsync();
        var visitor = new TestBrowser(kera.App);
        var (_, receipt, _) = await visitor.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", Script), ("email", ""), ("about", "//evil.example\"" + Script));
        var desk = await kera.JoinAsync("Dina Desk", "desk");
        var list = (await desk.GetAsync("/en/desk/requests")).Text;
        await desk.SubmitAsync("/en/desk/requests", "/en/desk/requests/answer", ("request", "1"), ("answer", Script));

        foreach (var page in new[] { list, receipt, (await visitor.GetAsync($"/en/feedback/status?code={Code().Match(receipt).Value}")).Text, (await desk.GetAsync("/en/desk/requests?answered=true")).Text })
        {
            Assert.DoesNotContain(Script, page, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", page, StringComparison.Ordinal);
        }

        Assert.Contains("&lt;script&gt;", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sends_a_thousand_waits_after_twenty()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var visitor = new TestBrowser(kera.App);
        var statuses = new List<HttpStatusCode>();
        for (var time = 0; time < 21; time++)
        {
            statuses.Add((await visitor.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "Again"), ("email", ""))).Status);
        }

        Assert.All(statuses.Take(20), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[20]);
        Assert.Equal(HttpStatusCode.OK, (await new TestBrowser(kera.App, "192.0.2.2").SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "Me"), ("email", ""))).Status);
    }

    [Fact]
    public async Task A_resident_who_sends_a_thousand_waits_too_and_the_desk_does_not()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var aino = await kera.JoinAsync("Aino Virta", "resident");
        var desk = await kera.JoinAsync("Dina Desk", "desk");
        for (var time = 0; time < 20; time++)
        {
            await aino.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "Again"), ("email", ""));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await aino.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "Again"), ("email", ""))).Status);
        await desk.SubmitAsync("/en/desk/people", "/en/desk/acting", ("person", (await kera.AccountOfAsync("Aino Virta")).PersonKey), ("reason", "asks by phone"));
        Assert.Equal(HttpStatusCode.OK, (await desk.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "By phone"), ("email", ""))).Status);
    }

    [Theory]
    [InlineData("/en/feedback/status?code=ABCD-EFGH-JKMN", "/feedback/status")]
    [InlineData("/en/join?code=ABCD-EFGH-JKMN", "/join")]
    public async Task A_code_in_an_address_is_not_handed_to_an_office(string address, string told)
    {
        await using var kera = await AccountsHarness.SqliteAsync();

        Assert.Contains($"href=\"/en/feedback?page={Uri.EscapeDataString(told)}\"", (await new TestBrowser(kera.App).GetAsync(address)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guessed_code_is_stopped()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var (_, receipt, _) = await new TestBrowser(kera.App, "192.0.2.7").SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "Mine"), ("email", ""));
        var thief = new TestBrowser(kera.App);
        for (var guess = 0; guess < 10; guess++)
        {
            await thief.GetAsync($"/en/feedback/status?code=AAAA-AAAA-AAA{guess + 2}");
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await thief.GetAsync($"/en/feedback/status?code={Code().Match(receipt).Value}")).Status);
    }

    [Fact]
    public async Task The_answer_is_mailed_where_an_address_was_left_and_the_office_never_sees_it()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        await new TestBrowser(kera.App).SubmitAsync("/fi/feedback", "/fi/feedback", ("kind", "other"), ("text", "Missä\nlasku?"), ("email", "Aino@Example.org"));
        var desk = await kera.JoinAsync("Dina Desk", "desk");
        Assert.DoesNotContain("example.org", (await desk.GetAsync("/en/desk/requests")).Text, StringComparison.OrdinalIgnoreCase);
        await desk.SubmitAsync("/en/desk/requests", "/en/desk/requests/answer", ("request", "1"), ("answer", "Sähköpostissa."));

        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        var mail = await db.OutboxMessages.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("aino@example.org", "Vastaus pyyntöösi 1"), (mail.Recipient, mail.Subject));
        Assert.StartsWith("Sähköpostissa.\n\nKysyit:\n\n> Missä\n> lasku?", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offices_are_told_once_when_it_comes_once_before_its_day_and_once_after()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var desk = await kera.JoinAsync("Dina Desk", "desk");
        await new TestBrowser(kera.App).SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "Hello?"), ("email", ""));
        var book = kera.App.Services.GetRequiredService<RequestBook>();
        await book.RemindAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["request.new"], await KindsAsync());

        await MoveDueAsync(Duration.FromDays(2));
        await book.RemindAsync(TestContext.Current.CancellationToken);
        await book.RemindAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["request.new", "request.due"], await KindsAsync());

        await MoveDueAsync(Duration.FromDays(-1));
        await book.RemindAsync(TestContext.Current.CancellationToken);
        await book.RemindAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["request.new", "request.due", "request.late"], await KindsAsync());
        Assert.Contains("is late", (await desk.GetAsync("/en/desk/requests")).Text, StringComparison.Ordinal);

        async Task<List<string>> KindsAsync()
        {
            await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
            return await db.Notices.OrderBy(row => row.Id).Select(row => row.Kind).ToListAsync(TestContext.Current.CancellationToken);
        }

        async Task MoveDueAsync(Duration ahead)
        {
            await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
            var due = Kera.Base.Ledger.DistrictCalendar.ToMicroseconds(SystemClock.Instance.GetCurrentInstant() + ahead);
            await db.Requests.ExecuteUpdateAsync(set => set.SetProperty(row => row.Due, due), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task With_a_person_goes_what_they_asked_and_what_they_were_told()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var aino = await kera.JoinAsync("Aino Virta", "resident");
        await aino.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "qqzzyq"), ("email", ""));
        var desk = await kera.JoinAsync("Dina Desk", "desk");
        await desk.SubmitAsync("/en/desk/requests", "/en/desk/requests/answer", ("request", "1"), ("answer", "qqzzyq too"));
        var (status, text, location) = await aino.SubmitAsync("/en/my/data", "/en/my/data/erase", ("password", AccountsHarness.Password));
        Assert.True(location == "/en/sign-in", $"{status} {text}");

        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        Assert.False(await db.Requests.AnyAsync(TestContext.Current.CancellationToken));
        Assert.False(await db.RequestSteps.AnyAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(await db.Notices.Select(row => row.Kind).ToListAsync(TestContext.Current.CancellationToken), kind => kind == "request.answered");
    }

    private static DateTimeZone Zone => DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    private static async Task<long> NoticeOfAsync(AccountsHarness kera)
    {
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        return await db.Notices.Where(row => row.Kind == "request.answered").Select(row => row.Id).SingleAsync(TestContext.Current.CancellationToken);
    }

    private static string Decoded(string page) => WebUtility.HtmlDecode(page).Replace("\u00AD", "", StringComparison.Ordinal).Replace("’", "'", StringComparison.Ordinal);

    [GeneratedRegex("[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")]
    private static partial Regex Code();
}
