using System.Net;

namespace Kera.Tests.Accounts;

/// <summary>The chooser of roles is there with the demonstration, and nowhere else.</summary>
public sealed class DemonstrationPeopleTests
{
    [Fact]
    public async Task With_the_demonstration_each_role_can_be_tried()
    {
        await using var kera = await AccountsHarness.StartAsync(new Dictionary<string, string?> { ["Kera:Demo"] = "true" });
        foreach (var (role, door) in new[] { ("resident", "/en/my"), ("partner", "/en/desk/invitations"), ("desk", "/en/desk/people"), ("operator", "/en/desk/audit") })
        {
            var browser = new TestBrowser(kera.App);
            Assert.Equal("/en/my", (await browser.SubmitAsync("/en/sign-in", "/en/sign-in/demonstration", ("role", role))).Location);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(door)).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await new TestBrowser(kera.App).SubmitAsync("/en/sign-in", "/en/sign-in/demonstration", ("role", "mayor"))).Status);
    }

    [Fact]
    public async Task Without_it_there_is_no_such_way_in()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var browser = new TestBrowser(kera.App);
        Assert.DoesNotContain("Try a role", (await browser.GetAsync("/en/sign-in")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.SubmitAsync("/en/sign-in", "/en/sign-in/demonstration", ("role", "operator"))).Status);
    }
}
