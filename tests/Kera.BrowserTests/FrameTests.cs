using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Kera.BrowserTests;

/// <summary>What every page keeps to, whatever it shows.</summary>
public sealed class FrameTests(Site site)
{
    [Theory]
    [MemberData(nameof(Addresses.All), MemberType = typeof(Addresses))]
    public async Task Axe_finds_nothing_in_light_and_dark_and_the_policy_stops_nothing(string address)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var context = await site.ContextAsync(scheme: scheme);
            var page = await context.NewPageAsync();
            var complaints = new List<string>();
            page.Console += (_, message) => complaints.Add(message.Text);
            page.RequestFailed += (_, request) => complaints.Add($"{request.Url} failed");
            await page.GotoAsync(address);
            await OpenFoldsAsync(page);

            // The page allows no script; axe comes in beside it, as a browser's own tools do.
            var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });

            Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {violation.Help} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
            Assert.DoesNotContain(complaints, complaint => !IsStatus(complaint));
        }
    }

    [Theory]
    [MemberData(nameof(Addresses.All), MemberType = typeof(Addresses))]
    public async Task Nothing_scrolls_sideways_at_320_pixels(string address)
    {
        await using var context = await site.ContextAsync(width: 320);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await OpenFoldsAsync(page);

        Assert.Equal(320, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Theory]
    [MemberData(nameof(Addresses.All), MemberType = typeof(Addresses))]
    public async Task Text_at_twice_its_size_is_not_cut_off(string address)
    {
        await using var context = await site.ContextAsync(width: 390);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await page.EvaluateAsync("() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('html { font-size: 200% }'); document.adoptedStyleSheets = [sheet]; }");

        Assert.Equal(390, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task The_language_switch_keeps_page_and_query_without_script()
    {
        await using var context = await site.ContextAsync(script: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/flows?period=month");

        await page.GetByRole(AriaRole.Link, new() { Name = "SV", Exact = true }).ClickAsync();

        Assert.EndsWith("/sv/flows?period=month", page.Url, StringComparison.Ordinal);
        Assert.Equal("sv", await page.Locator("html").GetAttributeAsync("lang"));
    }

    [Fact]
    public async Task The_first_stop_of_the_keyboard_leads_to_the_content()
    {
        await using var context = await site.ContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/flows");

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        Assert.Equal("main", await page.EvaluateAsync<string>("() => document.activeElement.id"));
    }

    private static async Task OpenFoldsAsync(IPage page) =>
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(fold => fold.open = true)");

    // The browser reports the status of the pages that are meant to have one.
    private static bool IsStatus(string complaint) => complaint.Contains("the server responded with a status of 40", StringComparison.Ordinal);
}
