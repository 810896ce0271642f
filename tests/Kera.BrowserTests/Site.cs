using Kera.BrowserTests;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Site))]

namespace Kera.BrowserTests;

/// <summary>Kera on a real port, and one browser, for all tests. Each test takes a context of its own.</summary>
public sealed class Site : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private WebApplicationFactory<Program>? _factory;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.UseSetting("Logging:LogLevel:Default", "Warning"));
        _factory.UseKestrel(0);
        _factory.StartServer();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_factory is not null)
        {
            await _factory.DisposeAsync();
        }
    }

    /// <summary>A fresh context of the browser; skips the test where there is no browser.</summary>
    public async Task<IBrowserContext> ContextAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = true, int height = 900, float scale = 1, ForcedColors forcedColors = ForcedColors.None)
    {
        if (_browser is null)
        {
            const string Reason = "There is no browser at " + Chromium + "; install it with apt-get install chromium.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("KERA_TESTS_REQUIRE_ALL") == "1", Reason);
            Assert.Fail(Reason);
        }

        return await _browser.NewContextAsync(new()
        {
            BaseURL = _factory!.ClientOptions.BaseAddress.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            DeviceScaleFactor = scale,
            ForcedColors = forcedColors,
            ReducedMotion = ReducedMotion.Reduce,
        });
    }
}
