using System.Net;
using Kera.Base.Hosting;
using Kera.Tests.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Support;

/// <summary>The built-in district without its demonstration, in memory, on a day in November 2026: for pages that only read.</summary>
public sealed class BuiltInKera : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();
    private WebApplication? _app;

    /// <summary>The running platform.</summary>
    public WebApplication App => _app ?? throw new InvalidOperationException("The platform has not been started.");

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?> { ["Kera:Data"] = _data.Combine("data"), ["Kera:Limits:ReadsPerSecond"] = "0" };
        _app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IClock>(new FixedClock(Instant.FromUtc(2026, 11, 24, 12, 5)));
        });
        await _app.StartAsync();
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

    /// <summary>The text of a page, which must have the given status.</summary>
    public async Task<string> PageAsync(string address, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await App.GetTestClient().GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
