using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Kera.BrowserTests;

/// <summary>The map by hand: the year by keyboard, the number that leads to the list, paper.</summary>
public sealed class MapTests(Site site)
{
    [Fact]
    public async Task The_year_can_be_changed_by_keyboard_alone_and_without_script()
    {
        await using var context = await site.ContextAsync(script: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/map");

        await page.GetByLabel("Kera in the year").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/en/map\?year=2023$"));

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("In 2023, building begins");
    }

    [Fact]
    public async Task Layers_are_chosen_without_script_and_stay_when_the_year_changes()
    {
        await using var context = await site.ContextAsync(width: 390, script: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/map");

        await page.GetByText("Choose kinds of places").ClickAsync();
        await page.GetByLabel("Park", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the chosen kinds" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "2027" }).ClickAsync();

        Assert.EndsWith("/en/map?year=2027&kind=park", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator(".place")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_number_on_the_map_leads_to_its_place_in_the_list()
    {
        await using var context = await site.ContextAsync(width: 390, script: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/fi/map");

        await page.Locator(".map a[href='#place-nihtimaki']").ClickAsync();

        await Assertions.Expect(page.Locator("#place-nihtimaki")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Tab");
        Assert.NotEqual("BODY", await page.EvaluateAsync<string>("() => document.activeElement.tagName"));
    }

    [Fact]
    public async Task The_map_is_no_stop_of_the_keyboard_for_the_list_is()
    {
        await using var context = await site.ContextAsync(script: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/map");

        Assert.Equal(0, await page.Locator(".map a:not([tabindex='-1'])").CountAsync());
        Assert.Equal(0, await page.Locator(".map svg:not([aria-hidden])").CountAsync());
    }

    [Fact]
    public async Task On_paper_there_are_map_and_list_and_no_slider()
    {
        await using var context = await site.ContextAsync(scheme: ColorScheme.Dark);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/map");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Assertions.Expect(page.Locator(".range")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".map")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".place").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task With_script_the_map_can_be_moved_and_its_numbers_lead_to_the_list()
    {
        await using var context = await site.ContextAsync(scheme: ColorScheme.Dark);
        var page = await context.NewPageAsync();
        var refused = new List<string>();
        page.Console += (_, message) => refused.AddRange(message.Text.Contains("Content Security Policy", StringComparison.Ordinal) ? [message.Text] : []);
        await page.GotoAsync("/en/map");

        await page.Locator(".map-disc[href='#place-nihtimaki']").ClickAsync();

        await Assertions.Expect(page.Locator("#place-nihtimaki")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("kera-map .map-land")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        Assert.Empty(refused);
    }

    [Fact]
    public async Task Where_the_library_does_not_come_the_drawing_stays()
    {
        await using var context = await site.ContextAsync();
        var page = await context.NewPageAsync();
        await page.RouteAsync("**/maplibre-gl.mjs*", route => route.AbortAsync());
        var told = page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.StartsWith("The map stays a drawing", StringComparison.Ordinal) });
        await page.GotoAsync("/en/map");
        await told;

        await Assertions.Expect(page.Locator("kera-map .map-land")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".map-stage")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(true, 600_000)]
    [InlineData(false, 100_000)]
    public async Task The_page_stays_small(bool script, int most)
    {
        await using var context = await site.ContextAsync(script: script);
        var page = await context.NewPageAsync();
        var sizes = new ConcurrentBag<Task<RequestSizesResult>>();
        page.RequestFinished += (_, request) => sizes.Add(request.SizesAsync());
        await page.GotoAsync("/en/map");
        if (script)
        {
            await Assertions.Expect(page.Locator(".map-disc").First).ToBeVisibleAsync();
        }

        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var all = (await Task.WhenAll(sizes)).Sum(size => size.ResponseBodySize);

        Assert.InRange(all, 1, most);
    }
}
