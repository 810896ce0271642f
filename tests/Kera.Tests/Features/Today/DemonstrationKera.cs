using System.Net;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

[assembly: AssemblyFixture(typeof(Kera.Tests.Features.Today.FilledDemonstration))]

namespace Kera.Tests.Features.Today;

/// <summary>The data of a demonstration that is filled: made once, when first asked for, for it takes seconds; a platform is copied as files.</summary>
public sealed class FilledDemonstration : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly Lazy<Task> _filled;

    public FilledDemonstration()
        : this(Instant.FromUtc(2026, 11, 24, 12, 5))
    {
    }

    // A fixture has one public constructor.
    internal FilledDemonstration(Instant start) => (Start, _filled) = (start, new(FillAsync));

    /// <summary>The moment until which it is filled.</summary>
    public Instant Start { get; }

    /// <summary>Copies the data into a folder that is made.</summary>
    public async Task CopyToAsync(string folder)
    {
        await _filled.Value;
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(_data.Path))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    public void Dispose() => _data.Dispose();

    private async Task FillAsync()
    {
        await using var app = await DemonstrationKera.StartAsync(_data.Path, new MovedClock(Start));
        var flows = app.Services.GetRequiredService<DistrictInForce>().Model!.Demo!.Flows.Count;
        var lastHour = new LedgerFilter { From = DistrictCalendar.ToMicroseconds(Start - Duration.FromMinutes(65)) };
        var queries = app.Services.GetRequiredService<LedgerQueries>();
        while ((await queries.EventsAsync(Reader.Everything, lastHour, null, flows)).Count < flows)
        {
            await Task.Delay(50);
        }

        // What is over of the bookings is in the ledger, so that no copy has to tell it anew.
        await using var db = app.Services.GetRequiredService<KeraStore>().OpenContext();
        var now = DistrictCalendar.ToMicroseconds(Start);
        while (!await db.Bookings.AnyAsync() || await db.Bookings.AnyAsync(row => row.End <= now && row.Recorded != BookingRecord.Used))
        {
            await Task.Delay(50);
        }

        await app.StopAsync();
    }
}

/// <summary>A moment, and later.</summary>
internal sealed class MovedClock(Instant start) : IClock
{
    public Duration Later { get; set; }

    public Instant GetCurrentInstant() => start + Later;
}

/// <summary>The built-in district with its demonstration, in memory, at five past two on a day in November 2026, or when what it is copied from was filled; time can go on.</summary>
public sealed class DemonstrationKera(FilledDemonstration filled) : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();
    private readonly MovedClock _clock = new(filled.Start);
    private WebApplication? _app;

    /// <summary>The running platform.</summary>
    public WebApplication App => _app ?? throw new InvalidOperationException("The platform has not been started.");

    internal static async Task<WebApplication> StartAsync(string data, IClock clock)
    {
        var settings = new Dictionary<string, string?> { ["Kera:Data"] = data, ["Kera:Demo"] = "true", ["Kera:Limits:ReadsPerSecond"] = "0" };
        var app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(clock);
        });
        await app.StartAsync();
        return app;
    }

    public async ValueTask InitializeAsync()
    {
        await filled.CopyToAsync(_data.Combine("data"));
        _app = await StartAsync(_data.Combine("data"), _clock);
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
}
