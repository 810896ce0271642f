using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Kera.BrowserTests;

/// <summary>Passkeys with an authenticator that the browser itself plays.</summary>
public sealed class PasskeyTests(Site site)
{
    [Fact]
    public async Task A_passkey_is_added_signs_in_and_is_gone_when_removed()
    {
        await using var context = await site.ContextAsync();
        var page = await context.NewPageAsync();
        await WithAuthenticatorAsync(page);
        var code = await site.InviteAsync();
        // A passkey belongs to a name, not to a number: the site is asked for as localhost.
        var root = site.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await page.GotoAsync($"{root}/en/join?code={code}");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Paula Key");
        await page.GetByLabel("User name (optional)").FillAsync("paula.key");
        await page.GetByLabel("New password").FillAsync("seven tall birches");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the account" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/my$"));

        await page.GotoAsync($"{root}/en/my/security");
        await page.GetByLabel("Name of the passkey").FillAsync("My phone");
        await page.Locator("[name=passkeyPassword]").FillAsync("seven tall birches");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("My phone", new() { Exact = true })).ToBeVisibleAsync();

        await page.GotoAsync($"{root}/en/my");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/sign-in$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/my$"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Paula Key");

        await page.GotoAsync($"{root}/en/my/security");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove: My phone" }).ClickAsync();
        await Assertions.Expect(page.GetByText("My phone", new() { Exact = true })).ToHaveCountAsync(0);
        await page.GotoAsync($"{root}/en/my");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/sign-in$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The device’s answer could not be used")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_the_password_an_open_session_gets_no_key()
    {
        await using var context = await site.ContextAsync();
        var page = await context.NewPageAsync();
        await WithAuthenticatorAsync(page);
        var code = await site.InviteAsync();
        var root = site.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await page.GotoAsync($"{root}/en/join?code={code}");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Otto Open");
        await page.GetByLabel("User name (optional)").FillAsync("otto.open");
        await page.GetByLabel("New password").FillAsync("seven tall birches");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the account" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/my$"));

        await page.GotoAsync($"{root}/en/my/security");
        await page.GetByLabel("Name of the passkey").FillAsync("Thief's phone");
        await page.Locator("[name=passkeyPassword]").FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();

        await Assertions.Expect(page.GetByText("The password is not right")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Thief's phone", new() { Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_script_no_button_promises_a_passkey()
    {
        await using var context = await site.ContextAsync(script: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/sign-in");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
    }

    private static async Task WithAuthenticatorAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
