using System.Net;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Features.Today;

/// <summary>The built-in district with its demonstration, in memory, at five past two on a day in November 2026, or as it is told; time can go on.</summary>
public sealed class DemonstrationKera : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();
    private readonly MovedClock _clock;
    private WebApplication? _app;

    public DemonstrationKera()
        : this(Instant.FromUtc(2026, 11, 24, 12, 5))
    {
    }

    // A fixture has one public constructor.
    internal DemonstrationKera(Instant start) => _clock = new MovedClock(start);

    /// <summary>The running platform.</summary>
    public WebApplication App => _app ?? throw new InvalidOperationException("The platform has not been started.");

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?> { ["Kera:Data"] = _data.Combine("data"), ["Kera:Demo"] = "true", ["Kera:Limits:ReadsPerSecond"] = "0" };
        _app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IClock>(_clock);
        });
        await _app.StartAsync();
        var flows = App.Services.GetRequiredService<DistrictInForce>().Model!.Demo!.Flows.Count;
        var lastHour = new LedgerFilter { From = DistrictCalendar.ToMicroseconds(_clock.Start - Duration.FromMinutes(65)) };
        var queries = App.Services.GetRequiredService<LedgerQueries>();
        while ((await queries.EventsAsync(Reader.Everything, lastHour, null, flows)).Count < flows)
        {
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _data.Dispose();
    }

    /// <summary>Time goes on, so far from where it began.</summary>
    public void GoOn(Duration later) => _clock.Later = later;

    /// <summary>The text of a page, asked for so much later; it must have the given status.</summary>
    public async Task<string> PageAsync(string address, HttpStatusCode expected = HttpStatusCode.OK, Duration later = default)
    {
        var now = _clock.Later;
        _clock.Later = now + later;
        using var answer = await App.GetTestClient().GetAsync(address, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        _clock.Later = now;
        Assert.Equal(expected, answer.StatusCode);
        return text;
    }

    private sealed class MovedClock(Instant start) : IClock
    {
        public Instant Start => start;

        public Duration Later { get; set; }

        public Instant GetCurrentInstant() => start + Later;
    }
}
