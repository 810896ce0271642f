using System.Net;
using System.Text.Json;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Live;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Live;

/// <summary>Who listens is told of each position, of public flows only, and misses nothing by being away or slow.</summary>
public sealed class LiveTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly TestClock _clock = new();

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_listener_is_told_where_the_ledger_stands_and_what_public_flow_went_on(string provider)
    {
        await using var database = provider == "postgres" ? await server.CreateDatabaseAsync() : null;
        await using var app = await StartAsync(database);
        var head = await HeadAsync(app);
        using var stream = await StreamAsync(app);

        Assert.Equal((head, "[]"), await NextAsync(stream));

        await RecordAsync(app, "heat-demand", hour: 0);
        Assert.Equal((head + 1, """["heat-demand"]"""), await NextAsync(stream));

        await RecordAsync(app, "heat-demand", hour: 1, audience: "nokia");
        Assert.Equal((head + 2, "[]"), await NextAsync(stream));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Another_process_is_heard_within_a_second(string provider)
    {
        await using var database = provider == "postgres" ? await server.CreateDatabaseAsync() : null;
        await using var app = await StartAsync(database);
        using var stream = await StreamAsync(app);
        var (head, _) = await NextAsync(stream);
        var other = await KeraServices.OpenAsync(app.Services.GetRequiredService<KeraPlace>(), CancellationToken.None);
        await using (other)
        {
            await RecordAsync(other.GetRequiredService<LedgerWriter>(), "heat-demand", hour: 0);
        }

        Assert.Equal((head + 1, """["heat-demand"]"""), await NextAsync(stream));
    }

    [Fact]
    public async Task Who_comes_back_is_told_of_what_was_missed()
    {
        await using var app = await StartAsync(null);
        using var other = await StreamAsync(app);
        var (head, _) = await NextAsync(other);
        await RecordAsync(app, "heat-demand", hour: 0);
        await NextAsync(other);
        await RecordAsync(app, "heat-demand", hour: 1);
        await NextAsync(other);

        using var back = await StreamAsync(app, lastEventId: head);
        Assert.Equal((head + 2, """["heat-demand"]"""), await NextAsync(back));
        // What is not remembered any more, or never was: anything may have changed.
        using var older = await StreamAsync(app, lastEventId: 0);
        Assert.Equal((head + 2, "null"), await NextAsync(older));
        using var restored = await StreamAsync(app, lastEventId: head + 100);
        Assert.Equal((head + 2, "null"), await NextAsync(restored));
    }

    [Fact]
    public async Task A_slow_listener_gets_the_newest_with_the_flows_of_all_it_missed()
    {
        await using var app = await StartAsync(null);
        var broadcaster = app.Services.GetRequiredService<LiveBroadcaster>();
        using var slow = (await broadcaster.ListenAsync("slow", null))!;
        using var quick = (await broadcaster.ListenAsync("quick", null))!;
        var head = (await slow.NextAsync())!.Position;
        await quick.NextAsync();
        foreach (var flow in new[] { "heat-demand", "demo-heat-a", "heat-demand" })
        {
            await RecordAsync(app, flow, hour: (int)(await HeadAsync(app) - head));
            for (LiveUpdate? told = null; told is null;)
            {
                told = await PumpAsync(quick.NextAsync().AsTask());
            }
        }

        var update = await slow.NextAsync();

        Assert.Equal(head + 3, update!.Position);
        Assert.Equal(["demo-heat-a", "heat-demand"], update.Flows);
    }

    [Fact]
    public async Task Silence_has_signs_of_life()
    {
        await using var app = await StartAsync(null);
        using var stream = await StreamAsync(app);
        await NextAsync(stream);

        var line = "";
        while (line is "")
        {
            line = await PumpAsync(stream.ReadLineAsync());
        }

        Assert.Equal(": here", line);
    }

    [Fact]
    public async Task An_address_has_a_share_and_gives_it_back()
    {
        await using var app = await StartAsync(null, ("Kera:Limits:LivePerAddress", "2"));
        var broadcaster = app.Services.GetRequiredService<LiveBroadcaster>();
        using var one = await broadcaster.ListenAsync("here", null);
        var two = await broadcaster.ListenAsync("here", null);

        Assert.Null(await broadcaster.ListenAsync("here", null));
        Assert.NotNull(await broadcaster.ListenAsync("there", null));
        two!.Dispose();
        two.Dispose();
        Assert.NotNull(await broadcaster.ListenAsync("here", null));
        Assert.Null(await broadcaster.ListenAsync("here", null));
    }

    [Fact]
    public async Task Too_many_and_a_wrong_id_are_told_as_problems_and_HEAD_ends()
    {
        await using var app = await StartAsync(null, ("Kera:Limits:LivePerAddress", "1"));
        using var client = Client(app);
        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/api/v1/live");
        wrong.Headers.Add("Last-Event-ID", "yesterday");
        using var refused = await client.SendAsync(wrong);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/v1/live"));
        Assert.Equal("text/event-stream", head.Content.Headers.ContentType?.MediaType);
        using var stream = await StreamAsync(app);
        await NextAsync(stream);

        using var many = await client.GetAsync(new Uri("/api/v1/live", UriKind.Relative));

        Assert.Equal(HttpStatusCode.TooManyRequests, many.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), many.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_server_that_stops_ends_every_stream()
    {
        await using var app = await StartAsync(null);
        using var stream = await StreamAsync(app);
        await NextAsync(stream);

        var stopping = app.StopAsync();

        Assert.Equal("", (await stream.ReadToEndAsync()).Trim());
        await stopping;
    }

    /// <summary>Lets time go on until something is there.</summary>
    private async Task<T> PumpAsync<T>(Task<T> something)
    {
        while (!something.IsCompleted)
        {
            _clock.Advance(Duration.FromSeconds(1));
            await Task.Yield();
        }

        return await something;
    }

    private async Task<(long Position, string Flows)> NextAsync(StreamReader stream)
    {
        string? id = null;
        while (await PumpAsync(stream.ReadLineAsync()) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var data = JsonElement.Parse(line[6..]);
                Assert.Equal(id, data.GetProperty("position").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture));
                return (data.GetProperty("position").GetInt64(), data.GetProperty("flows").GetRawText());
            }
        }

        throw new EndOfStreamException();
    }

    private static Task<long> HeadAsync(WebApplication app) => app.Services.GetRequiredService<LedgerQueries>().HeadAsync().ContinueWith(head => head.Result.Position, TaskScheduler.Default);

    private static Task RecordAsync(WebApplication app, string flow, int hour, string audience = "public") => RecordAsync(app.Services.GetRequiredService<LedgerWriter>(), flow, hour, audience);

    private static async Task RecordAsync(LedgerWriter writer, string flow, int hour, string audience = "public")
    {
        var begin = Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromHours(hour);
        var outcome = await writer.AppendAsync(
            [new EventInput { Flow = flow, ResourceQuantity = LedgerHarness.Measure(1, "kWh"), HasBeginning = begin, HasEnd = begin + Duration.FromHours(1), Audience = [audience] }],
            LedgerHarness.Tester);
        Assert.True(outcome.Accepted, outcome.Refusal?.Sentence);
    }

    private static HttpClient Client(WebApplication app) =>
        new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

    private static async Task<StreamReader> StreamAsync(WebApplication app, long? lastEventId = null)
    {
        var client = Client(app);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/live");
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    private async Task<WebApplication> StartAsync(PostgresDatabase? database, params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value);
        all["Kera:Data"] = _folder.Combine("data");
        all["Kera:Postgres"] = database?.ConnectionString ?? "";
        all["Kera:Url"] = "http://127.0.0.1:0";
        var app = await KeraApp.BuildAsync(new KeraAppOptions(all, []), builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IClock>(_clock);
            builder.Services.AddSingleton<TimeProvider>(_clock.Time);
        });
        await app.StartAsync();
        return app;
    }
}
