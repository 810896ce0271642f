using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Letters;
using Kera.Base.Store;
using Kera.Tests.Accounts;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Contact;

/// <summary>Codes, notices and letters by mail: to whom they are meant, from the site's own address, once.</summary>
public sealed partial class MailTests
{
    [Fact]
    public async Task An_invitation_goes_by_mail_and_opens_an_account()
    {
        using var folder = new TemporaryDirectory();
        await using var kera = await MailingAsync(folder);
        var olga = await kera.JoinAsync("Olga Lind", "operator");
        var (_, page, _) = await olga.SubmitAsync("/fi/desk/invitations", "/fi/desk/invitations", ("role", "resident"), ("email", "aino@example.org"));

        var mail = Assert.Single(await MailsAsync(kera));
        Assert.Equal("aino@example.org", mail.Recipient);
        var code = Code().Match(mail.Body).Value;
        Assert.Contains($"https://kera.example.org/fi/join?code={code}", mail.Body, StringComparison.Ordinal);
        Assert.Contains(code, page, StringComparison.Ordinal);
        Assert.Equal("/fi/my", (await new TestBrowser(kera.App).SubmitAsync($"/fi/join?code={code}", "/fi/join", ("code", code), ("name", "Aino Virta"), ("userName", ""), ("email", "aino@example.org"), ("password", AccountsHarness.Password))).Location);
    }

    [Theory]
    [InlineData("aino@example.org\r\nBcc: eve@example.org")]
    [InlineData("aino@example.org, eve@example.org")]
    [InlineData("Aino <aino@example.org>")]
    public async Task A_mail_has_one_address_and_no_other_headers(string email)
    {
        using var folder = new TemporaryDirectory();
        await using var kera = await MailingAsync(folder);
        var olga = await kera.JoinAsync("Olga Lind", "operator");

        Assert.Equal(HttpStatusCode.BadRequest, (await olga.SubmitAsync("/en/desk/invitations", "/en/desk/invitations", ("role", "resident"), ("email", email))).Status);
        Assert.Empty(await MailsAsync(kera));
    }

    [Fact]
    public async Task A_forgotten_password_is_set_anew_by_a_code_in_a_mail()
    {
        using var folder = new TemporaryDirectory();
        await using var kera = await MailingAsync(folder);
        await WithAddressAsync(kera, "Aino Virta", "aino@example.org");
        var visitor = new TestBrowser(kera.App);
        var (_, known, _) = await visitor.SubmitAsync("/en/sign-in/forgotten", "/en/sign-in/forgotten", ("userName", "aino.virta"));
        var (_, unknown, _) = await visitor.SubmitAsync("/en/sign-in/forgotten", "/en/sign-in/forgotten", ("userName", "nobody"));

        Assert.Equal(known, unknown);
        var mail = Assert.Single(await MailsAsync(kera));
        var code = Code().Match(mail.Body).Value;
        Assert.Equal("/en/my", (await visitor.SubmitAsync($"/en/join?code={code}", "/en/join", ("code", code), ("password", "nine new pine trees"))).Location);
        Assert.Equal("/en/my", (await new TestBrowser(kera.App).SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", "aino@example.org"), ("password", "nine new pine trees"))).Location);
    }

    [Fact]
    public async Task Nobody_is_flooded_with_codes()
    {
        using var folder = new TemporaryDirectory();
        await using var kera = await MailingAsync(folder);
        await WithAddressAsync(kera, "Aino Virta", "aino@example.org");
        for (var time = 0; time < 8; time++)
        {
            await new TestBrowser(kera.App, $"192.0.2.{time + 10}").SubmitAsync("/en/sign-in/forgotten", "/en/sign-in/forgotten", ("userName", "aino.virta"));
        }

        Assert.Equal(3, (await MailsAsync(kera)).Count);
        var one = new TestBrowser(kera.App, "192.0.2.99");
        var statuses = new List<HttpStatusCode>();
        for (var time = 0; time < 6; time++)
        {
            statuses.Add((await one.SubmitAsync("/en/sign-in/forgotten", "/en/sign-in/forgotten", ("userName", "nobody"))).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[5]);
    }

    [Fact]
    public async Task A_host_that_a_request_makes_up_stands_in_no_mail()
    {
        using var folder = new TemporaryDirectory();
        await using var kera = await MailingAsync(folder);
        await WithAddressAsync(kera, "Aino Virta", "aino@example.org");
        var visitor = new TestBrowser(kera.App) { Host = "evil.example" };
        await visitor.SubmitAsync("/en/sign-in/forgotten", "/en/sign-in/forgotten", ("userName", "aino.virta"));

        Assert.DoesNotContain("evil.example", Assert.Single(await MailsAsync(kera)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_address_takes_the_password()
    {
        using var folder = new TemporaryDirectory();
        await using var kera = await MailingAsync(folder);
        var aino = await WithAddressAsync(kera, "Aino Virta", "aino@example.org");

        Assert.Equal(HttpStatusCode.BadRequest, (await aino.SubmitAsync("/en/my/data", "/en/my/data/contact", ("name", "Aino Virta"), ("email", "eve@example.org"), ("contactPassword", "wrong wrong"))).Status);
        Assert.Equal("aino@example.org", (await kera.AccountOfAsync("Aino Virta")).Email);
        Assert.Equal("/en/my/data", (await aino.SubmitAsync("/en/my/data", "/en/my/data/contact", ("name", "Aino Salo"), ("email", "aino@example.org"), ("contactPassword", ""))).Location);
        Assert.Equal("Aino Salo", (await kera.AccountOfAsync("Aino Salo")).Name);
    }

    [Fact]
    public async Task The_former_address_is_told_and_codes_that_went_there_end()
    {
        using var folder = new TemporaryDirectory();
        await using var kera = await MailingAsync(folder);
        var aino = await WithAddressAsync(kera, "Aino Virta", "aino@example.org");
        await new TestBrowser(kera.App).SubmitAsync("/en/sign-in/forgotten", "/en/sign-in/forgotten", ("userName", "aino.virta"));
        var code = Code().Match(Assert.Single(await MailsAsync(kera)).Body).Value;
        Assert.Equal(HttpStatusCode.OK, (await new TestBrowser(kera.App).GetAsync($"/en/join?code={code}")).Status);

        await aino.SubmitAsync("/en/my/data", "/en/my/data/contact", ("name", "Aino Virta"), ("email", "aino@example.net"), ("contactPassword", AccountsHarness.Password));

        var told = (await MailsAsync(kera))[^1];
        Assert.Equal(("aino@example.org", "The address of your account was changed"), (told.Recipient, told.Subject));
        Assert.Contains("https://kera.example.org/en/feedback", told.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("aino@example.net", told.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await new TestBrowser(kera.App).GetAsync($"/en/join?code={code}")).Status);
    }

    [Fact]
    public async Task Notices_are_mailed_only_to_who_agreed_and_until_they_withdraw()
    {
        using var folder = new TemporaryDirectory();
        await using var kera = await MailingAsync(folder);
        var aino = await WithAddressAsync(kera, "Aino Virta", "aino@example.org");
        var desk = await kera.JoinAsync("Dina Desk", "desk");
        await AskAndAnswerAsync(1);
        Assert.Empty(await MailsAsync(kera));

        await aino.SubmitAsync("/en/my/inbox", "/en/my/inbox/ways", ("way", "mail.notice"));
        Assert.Contains("agreed until", (await aino.GetAsync("/en/my/inbox")).Text, StringComparison.Ordinal);
        Assert.Contains("Notices by mail", (await aino.GetAsync("/en/my/data")).Text, StringComparison.Ordinal);
        await AskAndAnswerAsync(2);
        Assert.StartsWith("Your request 2 has been answered.\nhttps://kera.example.org/en/my\n", Assert.Single(await MailsAsync(kera)).Body, StringComparison.Ordinal);

        await aino.SubmitAsync("/en/my/inbox", "/en/my/inbox/ways");
        await AskAndAnswerAsync(3);
        Assert.Single(await MailsAsync(kera));

        async Task AskAndAnswerAsync(int number)
        {
            await aino.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "Hello?"), ("email", ""));
            await desk.SubmitAsync("/en/desk/requests", "/en/desk/requests/answer", ("request", number.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("answer", "Yes."));
        }
    }

    [Fact]
    public async Task The_letter_of_the_week_comes_once_to_who_agreed()
    {
        using var folder = new TemporaryDirectory();
        await using var kera = await MailingAsync(folder);
        var aino = await WithAddressAsync(kera, "Aino Virta", "aino@example.org");
        await WithAddressAsync(kera, "Bo Berg", "bo@example.org");
        await aino.SubmitAsync("/en/my/inbox", "/en/my/inbox/ways", ("way", "letter.week"));
        await aino.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "Hello?"), ("email", ""));
        var letters = kera.App.Services.GetRequiredService<WeekLetter>();

        Assert.Equal(1, await letters.SendAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await letters.SendAsync(TestContext.Current.CancellationToken));

        var mail = Assert.Single(await MailsAsync(kera));
        Assert.Equal("aino@example.org", mail.Recipient);
        Assert.Contains("What you wait for", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain('\u00AD', mail.Body);
        Assert.Contains("What you wait for", (await aino.GetAsync("/en/my/letter")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("What you wait for", (await aino.GetAsync("/en/week")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_page_becomes_a_sheet_with_a_code_that_leads_back_to_it()
    {
        using var folder = new TemporaryDirectory();
        await using var kera = await MailingAsync(folder);
        var browser = new TestBrowser(kera.App);
        var page = (await browser.GetAsync("/fi/map?year=2030&kind=street")).Text;
        Assert.Contains("href=\"/fi/map?year=2030&amp;kind=street&amp;notice=1\"", page, StringComparison.Ordinal);

        var sheet = (await browser.GetAsync("/fi/map?year=2030&kind=street&notice=1")).Text;
        Assert.Contains("https://kera.example.org/fi/map?year=2030&amp;kind=street<", sheet, StringComparison.Ordinal);
        Assert.Contains("class=\"qr\"", sheet, StringComparison.Ordinal);
    }

    private static Task<AccountsHarness> MailingAsync(TemporaryDirectory folder) => AccountsHarness.StartAsync(new Dictionary<string, string?>
    {
        ["Kera:PublicUrl"] = "https://kera.example.org",
        ["Kera:Mail:Directory"] = folder.Combine("mail"),
        ["Kera:Mail:From"] = "kera@example.org",
    });

    private static async Task<TestBrowser> WithAddressAsync(AccountsHarness kera, string name, string email)
    {
        var browser = await kera.JoinAsync(name, "resident");
        Assert.Equal("/en/my/data", (await browser.SubmitAsync("/en/my/data", "/en/my/data/contact", ("name", name), ("email", email), ("contactPassword", AccountsHarness.Password))).Location);
        return browser;
    }

    private static async Task<List<OutboxMessageRow>> MailsAsync(AccountsHarness kera)
    {
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        return await db.OutboxMessages.AsNoTracking().OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")]
    private static partial Regex Code();
}
