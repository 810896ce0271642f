using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Kera.BrowserTests;

/// <summary>What every page keeps to, whatever it shows.</summary>
public sealed class FrameTests(Site site)
{
    // One visit for all: a page is made and loaded once, then looked at from every side.
    [Theory]
    [MemberData(nameof(Addresses.All), MemberType = typeof(Addresses))]
    public async Task Axe_finds_nothing_the_policy_stops_nothing_and_nothing_sticks_out(string address)
    {
        var page = await site.KeptPageAsync(Addresses.RoleFor(address));
        var complaints = new List<string>();
        EventHandler<IConsoleMessage> said = (_, message) => complaints.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        EventHandler<IRequest> failed = (_, request) => complaints.Add($"{request.Url} failed");
        page.Console += said;
        page.RequestFailed += failed;
        try
        {
            await LookAtAsync(page, address);
        }
        finally
        {
            page.Console -= said;
            page.RequestFailed -= failed;
        }

        AssertNone("console", complaints.Where(complaint => !IsStatus(complaint) && !IsOfTheGraphics(complaint)));
    }

    private static async Task LookAtAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        Assert.InRange(await page.EvaluateAsync<double>(LayoutShift), 0, 0.05);
        await OpenFoldsAsync(page);
        AssertNone("without a name", await page.EvaluateAsync<string[]>(Nameless));
        // What a page is built of and its colours are the same in every language: in one axe looks at all of it, in the light and in the dark.
        if (address.StartsWith("/fi", StringComparison.Ordinal))
        {
            // The page allows no script; axe comes in beside it, as a browser's own tools do.
            await page.EvaluateAsync(s_axe);
            AssertNone("axe", await ViolationsAsync(page, "{}"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            AssertNone("axe in the dark", await ViolationsAsync(page, "{ runOnly: ['color-contrast'] }"));
        }

        await page.SetViewportSizeAsync(320, 900);
        AssertNone("320 pixels", await StickingOutAsync(page));

        await page.SetViewportSizeAsync(390, 900);
        await page.EvaluateAsync("() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('html { font-size: 200% }'); document.adoptedStyleSheets = [sheet]; }");
        AssertNone("text at twice its size", await StickingOutAsync(page));
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
    public async Task The_flows_can_be_narrowed_by_keyboard_alone_and_without_script()
    {
        await using var context = await site.ContextAsync(script: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/flows");

        // By arrows, for letters typed slowly on a busy machine would each begin a new search in the list.
        var happened = page.GetByLabel("What happened");
        await happened.FocusAsync();
        for (var value = await happened.InputValueAsync(); value != "transfer"; value = await happened.InputValueAsync())
        {
            await page.Keyboard.PressAsync("ArrowDown");
            await Assertions.Expect(happened).Not.ToHaveValueAsync(value);
        }

        var show = page.GetByRole(AriaRole.Button, new() { Name = "Show the flows" });
        foreach (var stop in new[] { page.GetByLabel("Place"), page.GetByLabel("Date"), show })
        {
            // The date has a stop for day, month, year and calendar each.
            for (var parts = 0; parts < 6 && await stop.EvaluateAsync<bool>("stop => stop !== document.activeElement"); parts++)
            {
                await page.Keyboard.PressAsync("Tab");
            }

            await Assertions.Expect(stop).ToBeFocusedAsync();
        }

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/en/flows\?.*action=transfer"));

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("was transferred");
    }

    [Fact]
    public async Task What_one_looks_for_is_found_by_keyboard_alone_and_without_script()
    {
        await using var context = await site.ContextAsync(width: 390, script: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/fi/flows");

        var search = page.GetByRole(AriaRole.Link, new() { Name = "Haku", Exact = true });
        for (var stops = 0; stops < 4 && await search.EvaluateAsync<bool>("stop => stop !== document.activeElement"); stops++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(search).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Mitä etsit?")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("keranpuitso");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=keranpuitso"));
        await page.GetByRole(AriaRole.Link, new() { Name = "keranpuisto", Exact = true }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Keranpuisto", Exact = true }).First.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Keranpuisto");
    }

    [Theory]
    [MemberData(nameof(Addresses.InFinnish), MemberType = typeof(Addresses))]
    public async Task Without_script_the_keyboard_reaches_all_there_is_and_shows_where_it_is(string address)
    {
        var page = await site.KeptPageAsync(Addresses.RoleFor(address), script: false);
        await page.GotoAsync(address);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        var stops = 0;
        // Where the page begins in a field, what stands before it comes after the end.
        for (var rounds = await page.Locator("[autofocus]").CountAsync() + 1; rounds > 0; rounds--)
        {
            for (var place = await NextStopAsync(page); place.Length > 0; place = await NextStopAsync(page))
            {
                Assert.True(place == "seen", place);
                Assert.InRange(++stops, 1, 1000);
            }
        }

        // Of several radio buttons one is a stop and the arrows lead to the others.
        AssertNone("not reached", await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex=\"0\"]')].filter(e => e.tabIndex >= 0 && e.checkVisibility() && !e.disabled && !e.dataset.reached && !(e.type === 'radio' && document.querySelector(`[name=\"${e.name}\"][data-reached]`))).map(e => e.outerHTML.slice(0, 160))"));
        AssertNone("does nothing without script", await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('button')].filter(e => e.checkVisibility() && !e.form).map(e => e.outerHTML.slice(0, 160))"));
    }

    [Theory]
    [InlineData("/fi/flows")]
    [InlineData("/sv/flows/resources/heat-network")]
    public async Task Nothing_covers_the_page_or_scrolls_sideways_at_four_times_its_size(string address)
    {
        // 1280 by 1024 pixels at 400 %.
        await using var context = await site.ContextAsync(width: 320, height: 256);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);

        Assert.Empty(await StickingOutAsync(page));
        Assert.Equal(0, await page.EvaluateAsync<int>("() => [...document.querySelectorAll('body *')].filter(e => getComputedStyle(e).position === 'fixed').length"));
    }

    [Fact]
    public async Task The_bars_stay_visible_in_forced_colours()
    {
        await using var context = await site.ContextAsync(forcedColors: ForcedColors.Active);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/flows");

        var bar = await page.Locator(".chart .bar").First.EvaluateAsync<string>("e => getComputedStyle(e).fill");
        var ground = await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

        Assert.NotEqual(ground, bar);
    }

    [Fact]
    public async Task On_paper_there_is_no_navigation_and_no_form()
    {
        await using var context = await site.ContextAsync(scheme: ColorScheme.Dark);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/flows");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Assertions.Expect(page.Locator("header.top")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("form").First).ToBeHiddenAsync();
        Assert.Equal("rgb(18, 22, 31)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).color"));
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

    /// <summary>Axe finds nothing on a page, and nothing sticks out of it.</summary>
    internal static async Task AssertSoundAsync(IPage page)
    {
        await page.EvaluateAsync(s_axe);
        AssertNone("axe", await ViolationsAsync(page, "{}"));
        AssertNone("the page", await StickingOutAsync(page));
    }

    private static readonly string s_axe = new BundledAxeScriptProvider().GetScript();

    // What moved while the page loaded, as browsers add it up (cumulative layout shift).
    private const string LayoutShift = "() => new Promise(done => { let sum = 0; new PerformanceObserver(list => list.getEntries().filter(e => !e.hadRecentInput).forEach(e => sum += e.value)).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => setTimeout(() => done(sum), 0)); })";

    // What a language may lack: words for a field, a button, a link or a picture.
    private const string Nameless = "() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, img, svg[role=img]')].filter(e => e.checkVisibility() && !e.ariaLabel && !e.hasAttribute('aria-labelledby') && !(e.labels?.length && e.labels[0].textContent.trim()) && !e.textContent.trim() && !(e.alt || e.closest('[aria-hidden=true]') || e.querySelector('img[alt], [aria-label]'))).map(e => e.outerHTML.slice(0, 160))";

    private static void AssertNone(string side, IEnumerable<string> found)
    {
        var list = found.ToList();
        Assert.True(list.Count == 0, $"{side}: {string.Join(Environment.NewLine, list)}");
    }

    private static Task<string[]> ViolationsAsync(IPage page, string options) => page.EvaluateAsync<string[]>(
        $"() => axe.run(document, {options}).then(result => result.violations.map(violation => `${{violation.id}}: ${{violation.help}} ${{violation.nodes.map(node => node.html).join(' ')}}`))");

    private static async Task OpenFoldsAsync(IPage page) =>
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(fold => fold.open = true)");

    // Goes one stop on: "seen" where it can be seen, what is wrong with it where not, and nothing at the end of the page.
    private static async Task<string> NextStopAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Tab");
        return await page.EvaluateAsync<string>(
            "() => { const e = document.activeElement; if (e === document.body) return ''; e.dataset.reached = 1; const r = e.getBoundingClientRect(); const s = getComputedStyle(e); return (parseFloat(s.outlineWidth) >= 2 && s.outlineStyle !== 'none' && r.bottom > 0 && r.top < innerHeight) ? 'seen' : `${e.outerHTML.slice(0, 80)} outline ${s.outline}, ${r.top} to ${r.bottom} of ${innerHeight}`; }");
    }

    // What makes the page wider than the window; tables scroll inside themselves.
    private static Task<string[]> StickingOutAsync(IPage page) => page.EvaluateAsync<string[]>(
        "() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')].filter(e => !e.closest('.tablewrap, .vh, .skip') && e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 160))");

    // The browser reports the status of the pages that are meant to have one.
    private static bool IsStatus(string complaint) => complaint.Contains("the server responded with a status of 40", StringComparison.Ordinal);

    // A machine without a graphics card draws maps by its processor, and says that this is slow.
    private static bool IsOfTheGraphics(string complaint) => complaint.Contains("GL Driver Message", StringComparison.Ordinal);
}
