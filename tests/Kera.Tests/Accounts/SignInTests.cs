using System.Net;

namespace Kera.Tests.Accounts;

/// <summary>Coming in and going out, and what is tried by those who should not come in.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task A_code_opens_an_account_once_and_its_owner_comes_and_goes()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var code = await kera.InviteAsync("resident");
        var browser = new TestBrowser(kera.App);
        (string, string)[] form = [("code", code.ToLowerInvariant()), ("name", "Aino Virta"), ("userName", "aino"), ("email", "aino@example.org"), ("password", AccountsHarness.Password)];

        Assert.Equal("/en/my", (await browser.SubmitAsync($"/en/join?code={code}", "/en/join", form)).Location);
        Assert.Contains("Hello, Aino Virta", (await browser.GetAsync("/en/my")).Text, StringComparison.Ordinal);

        var another = new TestBrowser(kera.App);
        var again = await another.SubmitAsync("/en/join", "/en/join", form);
        Assert.Equal(HttpStatusCode.BadRequest, (await another.GetAsync($"/en/join?code={code}")).Status);
        Assert.Equal((HttpStatusCode)400, again.Status);

        await browser.SubmitAsync("/en/my", "/en/sign-out");
        Assert.Equal("/en/sign-in?next=%2Fen%2Fmy", (await browser.GetAsync("/en/my")).Location);
        Assert.Equal("/fi/my/data", (await browser.SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", "AINO@example.org"), ("password", AccountsHarness.Password), ("next", "/fi/my/data"))).Location);
    }

    [Fact]
    public async Task A_session_ends_with_the_sign_out_for_whoever_stole_it_too()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var browser = await kera.JoinAsync("Aino Virta", "resident");
        var thief = browser.Stolen();
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/en/my")).Status);

        await browser.SubmitAsync("/en/my", "/en/sign-out");

        Assert.Equal(HttpStatusCode.Found, (await thief.GetAsync("/en/my")).Status);
    }

    [Fact]
    public async Task Sessions_elsewhere_are_listed_and_ended()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var here = await kera.JoinAsync("Aino Virta", "resident");
        var elsewhere = new TestBrowser(kera.App);
        await elsewhere.SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", "aino.virta"), ("password", AccountsHarness.Password));
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/en/my")).Status);

        await here.SubmitAsync("/en/my/security", "/en/my/security/end");

        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/en/my")).Status);
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.GetAsync("/en/my")).Status);
    }

    [Fact]
    public async Task A_new_password_ends_every_other_session_and_wants_the_old_one()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var here = await kera.JoinAsync("Aino Virta", "resident");
        var thief = here.Stolen();
        Assert.Contains("The password is not right", (await here.SubmitAsync("/en/my/security", "/en/my/security/password", ("current", "guessed it"), ("password", "nine small boats"))).Text, StringComparison.Ordinal);
        var elsewhere = new TestBrowser(kera.App);
        await elsewhere.SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", "aino.virta"), ("password", AccountsHarness.Password));

        Assert.Equal("/en/my/security?done=true", (await here.SubmitAsync("/en/my/security", "/en/my/security/password", ("current", AccountsHarness.Password), ("password", "nine small boats"))).Location);

        Assert.Equal(HttpStatusCode.Found, (await elsewhere.GetAsync("/en/my")).Status);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/en/my")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await new TestBrowser(kera.App).SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", "aino.virta"), ("password", AccountsHarness.Password))).Status);
    }

    [Fact]
    public async Task One_password_tried_on_many_accounts_is_stopped_at_its_address()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        await kera.JoinAsync("Aino Virta", "resident");
        var sprayer = new TestBrowser(kera.App, "198.51.100.7");
        for (var account = 0; account < 10; account++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await sprayer.SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", $"somebody{account}"), ("password", AccountsHarness.Password))).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await sprayer.SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", "aino.virta"), ("password", AccountsHarness.Password))).Status);
        Assert.Equal("/en/my", (await new TestBrowser(kera.App, "198.51.100.8").SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", "aino.virta"), ("password", AccountsHarness.Password))).Location);
    }

    [Fact]
    public async Task Many_passwords_tried_on_one_account_are_stopped_from_any_address()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        await kera.JoinAsync("Aino Virta", "resident");
        for (var guess = 0; guess < 5; guess++)
        {
            var guesser = new TestBrowser(kera.App, $"198.51.100.{guess}");
            Assert.Equal(HttpStatusCode.BadRequest, (await guesser.SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", "aino.virta"), ("password", $"guess number {guess}"))).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await new TestBrowser(kera.App, "198.51.100.99").SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", "aino.virta"), ("password", AccountsHarness.Password))).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/en/my")]
    [InlineData("/\\evil.example")]
    [InlineData("/en\\..\\//evil.example")]
    [InlineData("/en/\r\nSet-Cookie: a=b")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/api/v1/events")]
    [InlineData("/english")]
    public async Task Signing_in_leads_to_no_address_but_a_page_of_ours(string next)
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        await kera.JoinAsync("Aino Virta", "resident");
        var (_, _, location) = await new TestBrowser(kera.App).SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", "aino.virta"), ("password", AccountsHarness.Password), ("next", next));
        Assert.Equal("/en/my", location);
    }

    [Theory]
    [InlineData("", "aino", "", "seven tall birches", "A name has 1 to 200 characters")]
    [InlineData("Aino", "a", "", "seven tall birches", "A user name has 3 to 100 characters")]
    [InlineData("Aino", "a b c", "", "seven tall birches", "A user name has 3 to 100 characters")]
    [InlineData("Aino", "aino", "nowhere", "seven tall birches", "This is no e-mail address")]
    [InlineData("Aino", "aino", "", "short", "A password has 10 to 200 characters")]
    [InlineData("Aino", "aino", "", "kerakerakera12", "This password is easily guessed")]
    [InlineData("Aino", "ainovirta", "", "ainovirtaainovirta", "This password is easily guessed")]
    [InlineData("Aino", "taken.name", "", "seven tall birches", "This user name is taken")]
    public async Task A_field_that_is_wrong_is_told_and_the_code_is_not_used_up(string name, string userName, string email, string password, string told)
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        await kera.JoinAsync("Taken Name", "resident");
        var code = await kera.InviteAsync("resident");
        var browser = new TestBrowser(kera.App);

        var (status, text, _) = await browser.SubmitAsync($"/en/join?code={code}", "/en/join", ("code", code), ("name", name), ("userName", userName), ("email", email), ("password", password));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.Equal("/en/my", (await browser.SubmitAsync($"/en/join?code={code}", "/en/join", ("code", code), ("name", "Aino"), ("userName", "aino"), ("email", ""), ("password", "seven tall birches"))).Location);
    }
}
