using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Features.Carbon;
using Kera.Flows;
using Kera.Tests.District;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Features.Carbon;

/// <summary>The built-in district with other rules for its carbon, and what a test records in it. Nothing of the demonstration is loaded.</summary>
internal sealed class CarbonTown : IAsyncDisposable
{
    /// <summary>A midnight of the district, long past.</summary>
    public static readonly Instant Midnight = Instant.FromUtc(2026, 11, 9, 22, 0);

    private readonly TemporaryDirectory _data = new();
    private readonly string? _postgres;
    private readonly MovedClock _clock = new();
    private WebApplication _app = null!;

    private CarbonTown(EditedKera files, string? postgres) => (Files, _postgres) = (files, postgres);

    public EditedKera Files { get; }

    public IServiceProvider Services => _app.Services;

    public CarbonBook Book => Services.GetRequiredService<CarbonBook>();

    /// <summary>Starts; the rules stand in the place of the built-in ones.</summary>
    public static async Task<CarbonTown> StartAsync(string carbon, Action<EditedKera>? edit = null, string? postgres = null)
    {
        var files = new EditedKera();
        files.Write("carbon.yaml", carbon);
        // The demonstration and the indicators name what these rules leave out.
        File.Delete(files.PathOf("demo.yaml"));
        File.Delete(files.PathOf("indicators.yaml"));
        files.Write("agreements.yaml", string.Join('\n', File.ReadLines(files.PathOf("agreements.yaml")).TakeWhile(line => line != "    targets:").Append("    source: espoo-commitment\n")));
        edit?.Invoke(files);
        var town = new CarbonTown(files, postgres);
        await town.OpenAsync();
        return town;
    }

    /// <summary>Stops, lets the files be changed, and starts again.</summary>
    public async Task RestartAsync(Action<EditedKera> edit)
    {
        await CloseAsync();
        edit(Files);
        await OpenAsync();
    }

    public void Pass(Duration time) => _clock.Now += time;

    /// <summary>The beginning of an hour after midnight.</summary>
    public static Instant Hour(int hour) => Midnight + Duration.FromHours(hour);

    /// <summary>Records a reading of a declared flow.</summary>
    public Task<long> ReadingAsync(string flow, int hour, decimal amount, string unit = "kWh") => RecordAsync(new EventInput
    {
        IdempotencyKey = $"{flow}|{hour}",
        Flow = flow,
        ResourceQuantity = Measure(amount, unit),
        HasBeginning = Hour(hour),
        HasEnd = Hour(hour + 1),
    });

    /// <summary>Records an event that must be accepted; gives its position.</summary>
    public async Task<long> RecordAsync(EventInput input)
    {
        var outcome = await Services.GetRequiredService<LedgerWriter>().AppendAsync([input], new Actor("tester", "command"));
        Assert.True(outcome.Accepted, outcome.Refusal?.Sentence);
        return outcome.Events[0].Position;
    }

    public static MeasureInput Measure(decimal amount, string unit) => new(new Quantity((long)(amount * Quantity.One)), unit);

    /// <summary>What was traced of an hour; the newest events are traced first.</summary>
    public async Task<TracedPeriod> HourAsync(int hour, Reader? reader = null) => await PeriodAsync(CarbonTime.Of(CarbonSpan.Hour, Hour(hour), Book.Zone), reader);

    public async Task<TracedPeriod> PeriodAsync(CarbonTime time, Reader? reader = null)
    {
        await Services.GetRequiredService<CarbonTracing>().AdvanceAsync();
        var period = await Book.PeriodAsync(time, reader ?? Reader.Everything, CancellationToken.None);
        Assert.NotNull(period);
        return period;
    }

    public CarbonTime Time(CarbonSpan span) => CarbonTime.Of(span, Midnight, Book.Zone);

    /// <summary>What a declared flow carried, in grams.</summary>
    public double GramsOf(TracedPeriod period, string flow) => period.Flows
        .Where(each => each.Nouns.DeclaredId is { } id && Services.GetRequiredService<Catalog>().DeclaredFlows.Get(id).Row.Key == flow)
        .Sum(each => each.Carbon.Carried[0]) * 1_000;

    public async Task<string> PageAsync(string address)
    {
        await Services.GetRequiredService<CarbonTracing>().AdvanceAsync();
        return await _app.GetTestClient().GetStringAsync(new Uri(address, UriKind.Relative));
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _data.Dispose();
        Files.Dispose();
    }

    private async Task OpenAsync()
    {
        var settings = new Dictionary<string, string?> { ["Kera:Data"] = _data.Combine("data"), ["Kera:District"] = Files.Folder, ["Kera:Limits:ReadsPerSecond"] = "0" };
        if (_postgres is not null)
        {
            settings["Kera:Postgres"] = _postgres;
        }

        _app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IClock>(_clock);
        });
        await _app.StartAsync();
    }

    private async Task CloseAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class MovedClock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 11, 24, 12, 5);

        public Instant GetCurrentInstant() => Now;
    }
}
