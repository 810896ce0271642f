using Microsoft.Playwright;

namespace Kera.BrowserTests;

/// <summary>Today keeps up with the ledger while it is looked at. The ledger's word and the newer page are the test's own.</summary>
public sealed class LiveTests(Site site)
{
    // The first says where the ledger is, the second that it went on.
    private const string Told = "id: 1\nevent: head\ndata: {}\n\nid: 2\nevent: head\ndata: {}\n\n";

    [Fact]
    public async Task What_changed_takes_the_old_ones_place_and_an_open_fold_stays_open()
    {
        await using var context = await site.ContextAsync();
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.RouteAsync("**/api/v1/live", route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = Told }));
        await page.GotoAsync("/en/today");
        var before = await page.Locator("h1").InnerTextAsync();
        await page.Locator("[data-live=hero] details summary").ClickAsync();
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.RouteAsync("**/en/today", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("<h1 class=\"mt1\">", "<h1 class=\"mt1\">Newer: ", StringComparison.Ordinal) });
        });

        await page.Clock.FastForwardAsync(15_000);

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Newer: " + before);
        await Assertions.Expect(page.Locator("[data-live=hero] details")).ToHaveAttributeAsync("open", "");
    }

    [Fact]
    public async Task Nothing_is_fetched_while_the_ledger_rests()
    {
        await using var context = await site.ContextAsync();
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.RouteAsync("**/api/v1/live", route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = "id: 1\nevent: head\ndata: {}\n\n" }));
        await page.GotoAsync("/en/today");
        var fetched = 0;
        page.Request += (_, request) => fetched += request.ResourceType == "fetch" ? 1 : 0;

        await page.Clock.FastForwardAsync(60_000);
        await page.EvaluateAsync("() => 1");

        Assert.Equal(0, fetched);
    }
}
