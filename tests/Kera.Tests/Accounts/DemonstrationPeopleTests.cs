using System.Net;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task The_demonstration_fills_with_people_and_feedback_by_itself_and_once()
    {
        await using var kera = await AccountsHarness.StartAsync(new Dictionary<string, string?> { ["Kera:Demo"] = "true" });
        var store = kera.App.Services.GetRequiredService<KeraStore>();
        while (await CountAsync(store) is var (people, requests, answered) && (people < 300 || requests < 4 || answered < 1))
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        var browser = new TestBrowser(kera.App);
        await browser.SubmitAsync("/en/sign-in", "/en/sign-in/demonstration", ("role", "desk"));
        Assert.Contains("people found", (await browser.SubmitAsync("/en/desk/people", "/en/desk/people", ("name", "Virtanen"), ("reason", "tries the desk"))).Text, StringComparison.Ordinal);
        await using var db = store.OpenContext();
        Assert.All(await db.Persons.Select(person => person.Email).ToListAsync(TestContext.Current.CancellationToken), Assert.Empty);
        Assert.False(await db.Accounts.AnyAsync(account => account.PasswordHash != null, TestContext.Current.CancellationToken));

        static async Task<(int People, int Requests, int Answered)> CountAsync(KeraStore store)
        {
            await using var db = store.OpenContext();
            return (await db.Accounts.CountAsync(), await db.Requests.CountAsync(), await db.Requests.CountAsync(request => request.Answered != null));
        }
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
