using Microsoft.Playwright;

namespace Kera.BrowserTests;

/// <summary>A space is booked by keyboard alone, and each page on the way is as good as the others.</summary>
public sealed class BookingTests(Site site)
{
    [Theory]
    [InlineData("/en", "2026-11-26", 1280, ColorScheme.Light)]
    [InlineData("/fi", "2026-11-27", 390, ColorScheme.Dark)]
    [InlineData("/sv", "2026-11-28", 320, ColorScheme.Light)]
    public async Task A_space_is_booked_and_given_back_by_keyboard_alone(string language, string day, int width, ColorScheme scheme)
    {
        await using var context = await site.ContextAsync(width, scheme, role: "resident");
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{language}/spaces/court-1?day={day}");
        await PictureAsync(page, $"book-time{language.Replace('/', '-')}-{width}");

        await PressAsync(page, page.Locator("button.slot").First);
        await page.WaitForURLAsync("**/bookings/*");
        await PictureAsync(page, $"book-check{language.Replace('/', '-')}-{width}");
        await FrameTests.AssertSoundAsync(page);

        await page.Locator("#purpose").FocusAsync();
        await page.Keyboard.TypeAsync("Padel");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/bookings/*?told=booked");
        await PictureAsync(page, $"book-done{language.Replace('/', '-')}-{width}");
        await FrameTests.AssertSoundAsync(page);

        await page.GotoAsync(new Uri(page.Url).AbsolutePath + "/move");
        await FrameTests.AssertSoundAsync(page);
        await page.GoBackAsync();
        await PressAsync(page, page.Locator("form[action$='/cancel'] button"));
        await page.WaitForURLAsync("**/bookings/*?told=cancelled");
        await FrameTests.AssertSoundAsync(page);
    }

    private static async Task PressAsync(IPage page, ILocator target)
    {
        await target.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("KERA_SCREENSHOTS") == "1")
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(ScreenshotTests.Folder(), name + ".png"), FullPage = true });
        }
    }
}
