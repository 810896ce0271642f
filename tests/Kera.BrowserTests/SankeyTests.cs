using Microsoft.Playwright;

namespace Kera.BrowserTests;

/// <summary>What only a browser can tell of the Sankey: how wide its words are.</summary>
public sealed class SankeyTests(Site site)
{
    private const string Misplaced = """
        () => {
          const found = [];
          for (const drawing of document.querySelectorAll('svg.sankey')) {
            const box = drawing.getBoundingClientRect();
            if (box.width === 0) continue;
            const words = [...drawing.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
            words.forEach(([text, one], at) => {
              if (one.left < box.left - 1 || one.right > box.right + 1) found.push(`${text} sticks out`);
              // Lines stand closer than their boxes are high.
              words.slice(at + 1).filter(([, other]) => one.left < other.right && other.left < one.right && one.top < other.bottom - 4 && other.top < one.bottom - 4)
                .forEach(([other]) => found.push(`${text} covers ${other}`));
            });
          }
          return found;
        }
        """;

    [Theory]
    [InlineData("/fi/flows", 1)]
    [InlineData("/sv/flows?period=hour", 1)]
    [InlineData("/en/flows?specification=electricity&period=month", 1)]
    [InlineData("/fi/flows?action=produce&unit=kg", 1)]
    [InlineData("/fi/flows", 2)]
    public async Task No_word_covers_another_or_sticks_out_at_any_width(string address, int textSize)
    {
        await using var context = await site.ContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await page.EvaluateAsync("() => document.fonts.ready");
        await page.EvaluateAsync("size => { const sheet = new CSSStyleSheet(); sheet.replaceSync(`html { font-size: ${size * 100}% }`); document.adoptedStyleSheets = [sheet]; }", textSize);
        foreach (var width in new[] { 320, 390, 700, 959, 960, 1280 })
        {
            await page.SetViewportSizeAsync(width, 900);

            Assert.Empty(await page.EvaluateAsync<string[]>(Misplaced));
            Assert.Equal(width >= 960 ? 1 : 2, await page.Locator("svg.sankey:visible").CountAsync());
        }
    }

    [Fact]
    public async Task It_stays_visible_in_forced_colours_and_wide_on_paper()
    {
        await using var context = await site.ContextAsync(width: 700, forcedColors: ForcedColors.Active);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/flows");
        var ground = await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        foreach (var shape in new[] { ".node", ".band", "text" })
        {
            Assert.NotEqual(ground, await page.Locator($".sankey-narrow {shape}").First.EvaluateAsync<string>("e => getComputedStyle(e).fill"));
        }

        await page.EmulateMediaAsync(new() { Media = Media.Print, ForcedColors = ForcedColors.None });

        await Assertions.Expect(page.Locator(".sankey-wide")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".sankey-narrow").First).ToBeHiddenAsync();
        Assert.Empty(await page.EvaluateAsync<string[]>(Misplaced));
    }
}
