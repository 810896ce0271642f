using System.Collections.Concurrent;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Jobs;
using Kera.Base.Series;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Features.Feeds;

/// <summary>Kera with feeds, and the other side of them: a server of this process that answers as the test says. It is 24 November 2026, 12:00 UTC.</summary>
internal sealed class FeedHarness : IAsyncDisposable
{
    public static readonly string Key = "k3y-that-nobody-may-read";

    private readonly TemporaryDirectory _folder = new();
    private WebApplication _server = null!;

    public TestClock Clock { get; } = new();

    public WebApplication App { get; private set; } = null!;

    /// <summary>Every line logged by Kera, however unimportant, with what was thrown.</summary>
    public ConcurrentQueue<string> Logs { get; } = new();

    /// <summary>What was asked for: path, query, and the header with the key.</summary>
    public ConcurrentQueue<(string Path, string Query, string Key)> Calls { get; } = new();

    /// <summary>What the server does.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsync("");

    /// <summary>Starts both.</summary>
    /// <param name="settings">By name under Kera:Feeds; {0} is the server's address.</param>
    public static async Task<FeedHarness> StartAsync(params (string Name, string Value)[] settings)
    {
        var harness = new FeedHarness();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        harness._server = builder.Build();
        harness._server.Run(context =>
        {
            harness.Calls.Enqueue((context.Request.Path, context.Request.QueryString.Value ?? "", context.Request.Headers["x-api-key"].ToString()));
            return harness.Answer(context);
        });
        await harness._server.StartAsync(TestContext.Current.CancellationToken);
        var all = settings.ToDictionary(setting => "Kera:Feeds:" + setting.Name, setting => (string?)setting.Value.Replace("{0}", harness._server.Urls.First(), StringComparison.Ordinal));
        all["Kera:Data"] = harness._folder.Combine("data");
        try
        {
            harness.App = await KeraApp.BuildAsync(new KeraAppOptions(all, []), app =>
            {
                app.WebHost.UseTestServer();
                app.Logging.ClearProviders();
                app.Services.AddSingleton<ILoggerProvider>(new Recorder(harness.Logs));
                app.Services.PostConfigure<LoggerFilterOptions>(filter =>
                {
                    filter.Rules.Clear();
                    filter.MinLevel = LogLevel.Trace;
                });
                app.Services.AddSingleton<IClock>(harness.Clock);
                app.Services.AddSingleton<TimeProvider>(harness.Clock.Time);
            });
            return harness;
        }
        catch
        {
            await harness._server.DisposeAsync();
            harness._folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Nobody answers any more.</summary>
    public Task StopServerAsync() => _server.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Runs a job as a node does, once; no secret may have been told by it.</summary>
    public async Task<JobStatus> RunAsync(string name)
    {
        var board = App.Services.GetRequiredService<JobBoard>();
        var job = App.Services.GetServices<Job>().Single(each => each.Name == name);
        await board.EnterAsync([job], LedgerHarness.Helsinki, TestContext.Current.CancellationToken);
        Clock.Advance(Duration.FromHours(1));
        await Task.WhenAll(await App.Services.GetServices<IHostedService>().OfType<JobRunner>().Single().RunDueAsync(TestContext.Current.CancellationToken));
        var status = (await board.ListAsync(TestContext.Current.CancellationToken)).Single(each => each.Name == name);
        Assert.DoesNotContain(Key, status.Error, StringComparison.Ordinal);
        Assert.All(Logs, line => Assert.DoesNotContain(Key, line, StringComparison.Ordinal));
        return status;
    }

    /// <summary>The amounts of a Series by their beginnings; none where there is none.</summary>
    public async Task<Dictionary<Instant, decimal>> ValuesAsync(string key) =>
        ((await App.Services.GetRequiredService<SeriesStore>().ReadAsync(key, Reader.Public, cancellation: TestContext.Current.CancellationToken))?.Values ?? []).ToDictionary(value => value.Start, value => value.Value.ToDecimal());

    /// <summary>What may go wrong on the other side, and what is told of it; each answer repeats the key.</summary>
    public static TheoryData<string, string> Failures => new()
    {
        { "401", "does not accept the key of the settings (401)" },
        { "403", "does not accept the key of the settings (403)" },
        { "429", "wants fewer requests (429)" },
        { "500", "it answered 500" },
        { "302", "it answered 302; nothing is followed" },
        { "garbage", "no whole" },
        { "empty", "no whole" },
        { "other", "is no" },
        { "entities", "no whole" },
        { "large", "larger than 5 MB" },
        { "broken", "connection broke" },
        { "away", "cannot be reached" },
    };

    /// <summary>Makes the server fail.</summary>
    public async Task FailAsync(string how)
    {
        if (how == "away")
        {
            await StopServerAsync();
            return;
        }

        Answer = async context =>
        {
            var query = context.Request.QueryString.Value + " " + Key;
            context.Response.StatusCode = int.TryParse(how, out var status) ? status : 200;
            context.Response.Headers.Location = "/elsewhere" + context.Request.QueryString.Value;
            switch (how)
            {
                case "garbage":
                    await context.Response.WriteAsync($"{Key} is what you asked with: {query}");
                    break;
                case "empty":
                    break;
                case "other":
                    await context.Response.WriteAsync($"<html><body>{Key}</body></html>");
                    break;
                case "entities":
                    await context.Response.WriteAsync($"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname"><!ENTITY c "{Key}">]><a>&b;&c;</a>""");
                    break;
                case "large":
                    await context.Response.WriteAsync("<a>" + new string(' ', 5_000_001) + "</a>");
                    break;
                case "broken":
                    context.Response.ContentLength = 1_000;
                    await context.Response.WriteAsync("<a>");
                    await context.Response.Body.FlushAsync();
                    context.Abort();
                    break;
                default:
                    await context.Response.WriteAsync(query);
                    break;
            }
        };
    }

    private sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
            // Nothing is held.
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
