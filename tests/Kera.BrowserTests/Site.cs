using System.Collections.Concurrent;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.BrowserTests;
using Kera.Features.Carbon;
using Kera.Features.Energy;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;
using NodaTime;
using IClock = NodaTime.IClock;

[assembly: AssemblyFixture(typeof(Site))]

namespace Kera.BrowserTests;

/// <summary>
/// The district of Kera with its demonstration on a real port, at a fixed moment, and one browser, for all tests. Each test
/// takes a context of its own.
/// </summary>
public sealed class Site : IAsyncLifetime
{
    // Debian's, without windows where it is installed: it takes a quarter less time.
    private static readonly string? s_chromium = new[] { "/usr/bin/chromium-headless-shell", "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    /// <summary>What every page believes the time to be: five past two in Kera.</summary>
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 24, 12, 5);

    private readonly string _data = Directory.CreateTempSubdirectory("kera-site-").FullName;
    private readonly Dictionary<string, string> _signedIn = [];
    private readonly ConcurrentDictionary<(string?, bool), Task<IPage>> _kept = [];
    private readonly SemaphoreSlim _signingIn = new(1, 1);
    private WebApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (s_chromium is null)
        {
            return;
        }

        var settings = new Dictionary<string, string?>
        {
            ["Kera:Data"] = _data,
            ["Kera:Url"] = "http://127.0.0.1:0",
            ["Kera:Demo"] = "true",
            ["Kera:Limits:ReadsPerSecond"] = "0",
        };
        _app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder => builder.Services.Replace(ServiceDescriptor.Singleton<IClock>(new StoppedClock(Now))));
        await _app.StartAsync();
        await DemonstrationAsync(_app.Services);
        // What is waited for comes late where other programs run beside, and a wait ends when it comes.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = s_chromium, Args = ["--no-sandbox", "--enable-unsafe-swiftshader"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _signingIn.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A fresh context of the browser; skips the test where there is no browser.</summary>
    public async Task<IBrowserContext> ContextAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = true, int height = 900, ForcedColors forcedColors = ForcedColors.None, string? role = null)
    {
        if (_browser is null)
        {
            const string Reason = "There is no browser at /usr/bin/chromium: apt-get install chromium.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("KERA_TESTS_REQUIRE_ALL") == "1", Reason);
            Assert.Fail(Reason);
        }

        return await _browser.NewContextAsync(new()
        {
            BaseURL = _app!.Urls.First(),
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            ForcedColors = forcedColors,
            ReducedMotion = ReducedMotion.Reduce,
            StorageState = role is null ? null : await SignedInAsync(role),
        });
    }

    /// <summary>
    /// A page that only goes from address to address and is looked at, for a class whose tests take turns: what it has loaded it loads no
    /// more. It is as large and light as a new one, and disposed with the browser.
    /// </summary>
    public async Task<IPage> KeptPageAsync(string? role, bool script = true)
    {
        var page = await _kept.GetOrAdd((role, script), async _ => await (await ContextAsync(script: script, role: role)).NewPageAsync());
        await page.SetViewportSizeAsync(script ? 1280 : 390, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return page;
    }

    /// <summary>Where it listens.</summary>
    public string Address => _app!.Urls.First();

    /// <summary>A code for a resident's account.</summary>
    public async Task<string> InviteAsync()
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Invitations>().AddAsync([new RoleGrant(Role.Resident)], "en", Duration.FromDays(1), Actor.Operator())).Code;
    }

    /// <summary>What a browser keeps in which somebody with a role has signed in: done once for all tests.</summary>
    private async Task<string> SignedInAsync(string role)
    {
        await _signingIn.WaitAsync();
        try
        {
            if (!_signedIn.TryGetValue(role, out var state))
            {
                await using var context = await ContextAsync();
                await SignInAsync(await context.NewPageAsync(), role);
                _signedIn[role] = state = await context.StorageStateAsync();
            }

            return state;
        }
        finally
        {
            _signingIn.Release();
        }
    }

    /// <summary>Signs in as one of the demonstration's people.</summary>
    public static async Task SignInAsync(IPage page, string role)
    {
        await page.GotoAsync("/en/sign-in");
        await page.Locator($"button[name=role][value={role}]").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/en/my$"));
    }

    /// <summary>The demonstration comes after the server listens: waits until its newest hour is whole.</summary>
    private static async Task DemonstrationAsync(IServiceProvider services)
    {
        var flows = services.GetRequiredService<DistrictInForce>().Model!.Demo!.Flows.Count;
        var lastHour = new LedgerFilter { From = DistrictCalendar.ToMicroseconds(Now - Duration.FromMinutes(65)) };
        var queries = services.GetRequiredService<LedgerQueries>();
        while ((await queries.EventsAsync(Reader.Everything, lastHour, null, flows)).Count < flows)
        {
            await Task.Delay(100);
        }

        await services.GetRequiredService<CarbonTracing>().AdvanceAsync();
        // The clock stands, so that the job would not come to it again.
        await services.GetRequiredService<EnergyPlanning>().RunAsync(CancellationToken.None);
    }

    private sealed class StoppedClock(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
