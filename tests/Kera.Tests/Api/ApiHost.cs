using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Api;

/// <summary>The running platform in memory, with a small district in a store of its own: whoever asks is a client of it.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public const string Person = "p-abcdefghijkmnpqrstuv";

    private readonly TemporaryDirectory _directory;
    private readonly IAsyncDisposable? _database;

    private ApiHost(WebApplication app, TemporaryDirectory directory, IAsyncDisposable? database) => (App, _directory, _database) = (app, directory, database);

    public WebApplication App { get; }

    public HttpClient Anyone => App.GetTestClient();

    public static Task<ApiHost> StartAsync() => BuildAsync("", null);

    public static async Task<ApiHost> StartAsync(string provider, PostgresServer server)
    {
        if (provider == "sqlite")
        {
            return await StartAsync();
        }

        var database = await server.CreateDatabaseAsync();
        return await BuildAsync(database.ConnectionString, database);
    }

    /// <summary>A client with a token of the agent.</summary>
    public async Task<HttpClient> AsAsync(string agent, params string[] scopes)
    {
        var token = await App.Services.GetRequiredService<Tokens>().AddAsync(new TokenRequest("test", agent, scopes), LedgerHarness.Tester);
        var client = App.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        return client;
    }

    /// <summary>A client that may record what it is party of, and read.</summary>
    public Task<HttpClient> WriterAsync(string agent) => AsAsync(agent, Scopes.Read, Scopes.WriteEvents);

    /// <summary>The head, the balances and the number of audit lines: what a refusal must leave as it was.</summary>
    public async Task<string> EverythingAsync()
    {
        var queries = App.Services.GetRequiredService<LedgerQueries>();
        await using var db = App.Services.GetRequiredService<KeraStore>().OpenContext();
        var (position, hash) = await queries.HeadAsync();
        var balances = await queries.BalancesAsync(Reader.Everything);
        return $"{position} {Convert.ToHexString(hash)} {string.Join(';', balances.Select(balance => $"{balance.Resource.Key} {balance.State}"))} {db.Audits.Count()} {db.Agents.Count()}";
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _directory.Dispose();
    }

    private static async Task<ApiHost> BuildAsync(string postgres, IAsyncDisposable? database)
    {
        var directory = new TemporaryDirectory();
        directory.Write("district/district.yaml", "key: tiny\nname: Tiny\ntimeZone: Europe/Helsinki\ndescription: { fi: Pieni, sv: Liten, en: Small }\nposition:\n  latitude: 60.2\n  longitude: 24.7\n");
        var settings = new Dictionary<string, string?>
        {
            ["Kera:District"] = directory.Combine("district"),
            ["Kera:Data"] = directory.Combine("data"),
            ["Kera:Postgres"] = postgres,
            ["Kera:Limits:ReadsPerSecond"] = "0",
            ["Kera:Limits:WritesPerSecond"] = "0",
        };
        var app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IClock>(new FixedClock(LedgerHarness.Now));
        });
        var host = new ApiHost(app, directory, database);
        await app.StartAsync();
        await using var db = host.App.Services.GetRequiredService<KeraStore>().OpenContext();
        db.AddRange(
            Agent("city"), Agent("builder"), Agent("carrier"), new AgentRow { Key = "grid", NameEn = "Grid", Outside = true, Origin = Origin.Api },
            new AgentRow { Key = "filed", NameEn = "Filed", Origin = Origin.File },
            new AgentRow { Key = Person, NameEn = Person, Kind = "person", Origin = Origin.Person },
            Specification("brick", "kg", null), Specification("heat", "kWh", null), Specification("drill", "1", "h"),
            new ProcessSpecificationRow { Key = "repair", NameEn = "Repair", Origin = Origin.Api },
            new PlaceRow { Key = "yard", NameEn = "Yard", Kind = "block", Origin = Origin.Api, Geometry = """{"type":"Point","coordinates":[24.75,60.2]}""" },
            new PlaceRow { Key = "site", NameEn = "Site", Kind = "block", Origin = Origin.Api });
        await db.SaveChangesAsync();
        db.AddRange(
            Resource("pile", "brick"), Resource("wall", "brick"), Resource("network", "heat", ResourceKind.Throughput), Resource("drill-1", "drill", ResourceKind.Identified),
            new ProcessRow { Key = "works", NameEn = "Works", Origin = Origin.Api }, new ProcessRow { Key = "meter", NameEn = "Meter", Continuous = true, Origin = Origin.Api });
        await db.SaveChangesAsync();
        host.App.Services.GetRequiredService<Catalog>().Reload();
        return host;

        static AgentRow Agent(string key) => new() { Key = key, NameFi = key, NameSv = key, NameEn = key, Origin = Origin.Api };
        static SpecificationRow Specification(string key, string unit, string? effort) => new() { Key = key, NameEn = key, Unit = unit, EffortUnit = effort, Classification = "material", Origin = Origin.Api };
        ResourceRow Resource(string key, string specification, ResourceKind kind = ResourceKind.Stock) =>
            new() { Key = key, NameEn = key, Kind = kind, Origin = Origin.Api, SpecificationId = db.Specifications.Single(row => row.Key == specification).Id };
    }
}

/// <summary>Requests and answers in few words.</summary>
internal static class ApiClient
{
    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public static Task<HttpResponseMessage> RecordAsync(this HttpClient client, string json, string path = "/api/v1/events") =>
        client.PostAsync(path, Json(json), TestContext.Current.CancellationToken);

    /// <summary>Records an event that must be accepted; gives its id.</summary>
    public static async Task<string> RecordedAsync(this HttpClient client, string json)
    {
        var response = await client.RecordAsync(json);
        var body = await response.BodyAsync();
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        return body.GetProperty("id").GetString()!;
    }

    public static Task<HttpResponseMessage> PutAsync(this HttpClient client, string path, string json) => client.PutAsync("/api/v1" + path, Json(json), TestContext.Current.CancellationToken);

    public static async Task<JsonElement> ReadAsync(this HttpClient client, string path)
    {
        var response = await client.GetAsync("/api/v1" + path, TestContext.Current.CancellationToken);
        var body = await response.BodyAsync();
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        return body;
    }

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, string path) => client.GetAsync("/api/v1" + path, TestContext.Current.CancellationToken);

    public static async Task<JsonElement> BodyAsync(this HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

    public static string Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    /// <summary>The problem of a refused request: its status, code and field.</summary>
    public static async Task<(int Status, string Code, string Field)> ProblemAsync(this HttpResponseMessage response)
    {
        var problem = await response.BodyAsync();
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("/problems/" + problem.Text("code"), problem.Text("type"));
        Assert.NotEmpty(problem.Text("title"));
        Assert.NotEmpty(problem.Text("detail"));
        Assert.DoesNotContain("   at ", problem.ToString(), StringComparison.Ordinal);
        return ((int)response.StatusCode, problem.Text("code"), problem.Text("field"));
    }

    /// <summary>An event that raises bricks of the city, public.</summary>
    public static string Raise(string amount, string at = "2026-11-01T08:00:00+02:00", string more = "") =>
        $$"""{"action":"raise","provider":"city","resourceInventoriedAs":"pile","resourceQuantity":{"hasNumericalValue":{{amount}},"hasUnit":"kg"},"hasPointInTime":"{{at}}","reason":"count","audience":["public"]{{more}}}""";

    /// <summary>An event that consumes bricks of the city, public.</summary>
    public static string Consume(string amount, string at = "2026-11-02T08:00:00+02:00", string more = "") =>
        $$"""{"action":"consume","provider":"city","inputOf":"works","resourceInventoriedAs":"pile","resourceQuantity":{"hasNumericalValue":{{amount}},"hasUnit":"kg"},"hasPointInTime":"{{at}}","audience":["public"]{{more}}}""";
}
