using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.BrowserTests;
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
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>What every page believes the time to be: five past two in Kera.</summary>
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 24, 12, 5);

    private readonly string _data = Directory.CreateTempSubdirectory("kera-site-").FullName;
    private WebApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
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
        _app = KeraApp.Build(new KeraAppOptions(settings, []), builder => builder.Services.Replace(ServiceDescriptor.Singleton<IClock>(new StoppedClock(Now))));
        await _app.StartAsync();
        await RecordAsync(_app.Services);
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
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A fresh context of the browser; skips the test where there is no browser.</summary>
    public async Task<IBrowserContext> ContextAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = true, int height = 900, ForcedColors forcedColors = ForcedColors.None)
    {
        if (_browser is null)
        {
            const string Reason = "There is no browser at " + Chromium + ": apt-get install chromium.";
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
        });
    }

    private static async Task RecordAsync(IServiceProvider services)
    {
        var model = DistrictFiles.Read(services.GetRequiredService<KeraPlace>().DistrictDirectory).Model!;
        var clock = services.GetRequiredService<IClock>();
        var catalog = services.GetRequiredService<Catalog>();
        await using var writer = new LedgerWriter(services.GetRequiredService<KeraStore>(), catalog, services.GetRequiredService<FlowTable>(), clock, DateTimeZoneProviders.Tzdb["Europe/Helsinki"]);
        await new DistrictLoader(services.GetRequiredService<KeraStore>(), catalog, writer, clock).LoadAsync(model, demonstration: true);
        foreach (var batch in Demonstration(model.Demo!).Chunk(1_000))
        {
            var outcome = await writer.AppendAsync(batch, Actor.Start());
            Assert.True(outcome.Accepted, outcome.Refusal?.Sentence);
        }
    }

    private static IEnumerable<EventInput> Demonstration(DistrictDemo demo)
    {
        for (var hour = Now - Duration.FromMinutes(5) - Duration.FromDays(demo.Days); hour < Now - Duration.FromHours(1); hour += Duration.FromHours(1))
        {
            foreach (var load in demo.Flows)
            {
                yield return new EventInput
                {
                    IdempotencyKey = $"{load.Flow.Key}:{hour}:0",
                    Flow = load.Flow.Key,
                    ResourceQuantity = new MeasureInput(DemoLoad.Quantity(load, demo.Seed, hour), load.Flow.Unit.Code),
                    HasBeginning = hour,
                    HasEnd = hour + Duration.FromHours(1),
                };
            }
        }
    }

    private sealed class StoppedClock(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
