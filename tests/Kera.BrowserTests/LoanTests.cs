using Microsoft.Playwright;

namespace Kera.BrowserTests;

/// <summary>A thing is lent and given back on phones, with photographs as a browser sends and shows them.</summary>
public sealed class LoanTests(Site site)
{
    [Theory]
    [InlineData("fi", "ladder", ColorScheme.Light)]
    [InlineData("en", "sewing-machine", ColorScheme.Dark)]
    public async Task A_thing_is_reserved_handed_out_with_a_photograph_and_given_back(string language, string thing, ColorScheme scheme)
    {
        await using var borrower = await site.ContextAsync(390, scheme, role: "resident");
        var mine = await borrower.NewPageAsync();
        await mine.GotoAsync($"/{language}/things/{thing}");
        await mine.Locator("form[action$='/reserve'] button").ClickAsync();
        await mine.WaitForURLAsync("**/loans/*");
        await FrameTests.AssertSoundAsync(mine);
        var loan = new Uri(mine.Url).AbsolutePath;
        var key = loan[(loan.LastIndexOf('/') + 1)..];
        var photo = new FilePayload { Name = "thing.jpg", MimeType = "image/jpeg", Buffer = await mine.ScreenshotAsync(new() { Type = ScreenshotType.Jpeg }) };

        await using var keeper = await site.ContextAsync(390, scheme, role: "partner");
        var desk = await keeper.NewPageAsync();
        await desk.GotoAsync($"/{language}/thing-desk/demo-hall-association/items/{thing}-1");
        var handing = desk.Locator($"form:has(input[value='{key}'])");
        await handing.Locator("input[type=file]").SetInputFilesAsync(photo);
        await PictureAsync(desk, $"item-out-{language}-390");
        await handing.Locator("button").ClickAsync();
        await Assertions.Expect(desk.Locator("form[action$='/back']")).ToBeVisibleAsync();
        await AssertSeenAsync(desk);
        await FrameTests.AssertSoundAsync(desk);
        await PictureAsync(desk, $"item-back-{language}-390");

        await mine.GotoAsync(loan);
        await AssertSeenAsync(mine);
        await FrameTests.AssertSoundAsync(mine);
        await PictureAsync(mine, $"loan-{language}-390");

        await desk.Locator("form[action$='/back'] button").ClickAsync();
        await Assertions.Expect(desk.Locator("form[action$='/back']")).ToHaveCountAsync(0);
        await FrameTests.AssertSoundAsync(desk);
    }

    // A picture that a browser could not read has no width.
    private static async Task AssertSeenAsync(IPage page)
    {
        var photo = page.Locator("img.photo").First;
        await photo.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(photo).ToHaveJSPropertyAsync("complete", true);
        Assert.InRange(await photo.EvaluateAsync<int>("e => e.naturalWidth"), 300, 4000);
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("KERA_SCREENSHOTS") == "1")
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(ScreenshotTests.Folder(), name + ".png"), FullPage = true });
        }
    }
}
