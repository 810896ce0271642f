using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kera.Tests.Hosting;

public sealed class KeraAppTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task It_says_that_it_lives_and_is_ready()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();

        Assert.Equal("""{"status":"live"}""", await client.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal("""{"status":"ready"}""", await client.GetStringAsync(new Uri("/ready", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/en/flows", "text/html")]
    [InlineData("/api/v1/agents", "application/json")]
    public async Task A_link_can_be_checked_without_fetching_it(string address, string type)
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(address, UriKind.Relative));

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_is_not_ready_without_its_tables()
    {
        await using var app = await StartAsync();
        await using (var db = app.Services.GetRequiredService<Kera.Base.Store.KeraStore>().OpenContext())
        {
            await db.Database.EnsureDeletedAsync(TestContext.Current.CancellationToken);
        }

        using var client = app.GetTestClient();
        await ProblemAsync(await client.GetAsync(new Uri("/ready", UriKind.Relative), TestContext.Current.CancellationToken), HttpStatusCode.ServiceUnavailable, "schema is older");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Started_again_it_takes_over_only_files_that_changed()
    {
        var files = _data.Combine("district");
        Directory.CreateDirectory(files);
        foreach (var file in Directory.EnumerateFiles(KeraPlace.BuiltInDistrict))
        {
            File.Copy(file, Path.Combine(files, Path.GetFileName(file)));
        }

        await StartAndStopAsync();
        await StartAndStopAsync();
        Assert.Equal(1, await LoadsAsync());
        await File.WriteAllTextAsync(Path.Combine(files, "agents.yaml"), (await File.ReadAllTextAsync(Path.Combine(files, "agents.yaml"), TestContext.Current.CancellationToken)).Replace("Nokia", "Nokia Oyj", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await StartAndStopAsync();
        Assert.Equal(2, await LoadsAsync());

        async Task StartAndStopAsync() => await (await StartAsync(("Kera:District", files))).DisposeAsync();

        async Task<int> LoadsAsync()
        {
            using var store = Kera.Base.Store.KeraStore.Sqlite(_data.Combine("data", "kera.db"));
            await using var db = store.OpenContext();
            return db.Audits.Count(line => line.Operation == "district.load");
        }
    }

    [Fact]
    public async Task A_store_of_the_demonstration_is_not_served_as_a_real_one()
    {
        await (await StartAsync(("Kera:Demo", "true"))).DisposeAsync();

        Assert.Contains("with its demonstration", (await Assert.ThrowsAsync<DistrictException>(() => StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_needs_a_token_with_the_scope()
    {
        await using var app = await StartAsync();
        var tokens = app.Services.GetRequiredService<Tokens>();
        var reader = await tokens.AddAsync(new TokenRequest("reader", "nokia", [Scopes.Read]), Actor.Operator(), TestContext.Current.CancellationToken);
        var writer = await tokens.AddAsync(new TokenRequest("writer", "nokia", [Scopes.WriteEvents]), Actor.Operator(), TestContext.Current.CancellationToken);
        using var client = app.GetTestClient();

        var nobody = await PostAsync(client, "/test/write", null);
        await ProblemAsync(nobody, HttpStatusCode.Unauthorized, "a token with the scope 'events:write'");
        Assert.Contains("events:write", nobody.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        await ProblemAsync(await PostAsync(client, "/test/write", reader.Text), HttpStatusCode.Forbidden, "lacks the scope 'events:write'");
        Assert.Equal("nokia", await (await PostAsync(client, "/test/write", writer.Text)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        await tokens.RevokeAsync(writer.Id, null, Actor.Operator(), TestContext.Current.CancellationToken);
        await ProblemAsync(await PostAsync(client, "/test/write", writer.Text), HttpStatusCode.Unauthorized, "revoked");
    }

    [Fact]
    public async Task An_endpoint_that_names_no_scope_takes_no_writes()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();

        await ProblemAsync(await PostAsync(client, "/test/forgotten", null), HttpStatusCode.Forbidden, "Nothing can be written");
        await ProblemAsync(await PostAsync(client, "/health", null), HttpStatusCode.MethodNotAllowed, "");
        await ProblemAsync(await PostAsync(client, "/nowhere/at/all", null), HttpStatusCode.NotFound, "");
    }

    [Fact]
    public async Task A_wrong_token_is_refused_also_where_all_may_read_and_too_many_must_wait()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "kera_wrong");

        for (var attempt = 0; attempt < 20; attempt++)
        {
            await ProblemAsync(await client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken), HttpStatusCode.Unauthorized, "not known here");
        }

        var last = await client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        await ProblemAsync(last, HttpStatusCode.TooManyRequests, "Too many wrong tokens");
        Assert.Equal(TimeSpan.FromMinutes(1), last.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_caller_has_a_share_of_requests()
    {
        await using var app = await StartAsync(("Kera:Limits:ReadsPerSecond", "1"));
        using var client = app.GetTestClient();

        var answers = new List<HttpStatusCode>();
        for (var request = 0; request < 20; request++)
        {
            answers.Add((await client.GetAsync(new Uri("/test/read", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, answers[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_unreadable_gets_its_own_answer()
    {
        await using var app = await StartAsync();
        var token = await app.Services.GetRequiredService<Tokens>().AddAsync(new TokenRequest("writer", "nokia", [Scopes.WriteEvents]), Actor.Operator(), TestContext.Current.CancellationToken);
        using var client = app.GetTestClient();

        await ProblemAsync(await PostAsync(client, "/test/write", token.Text, new string('x', 10_000_000)), HttpStatusCode.RequestEntityTooLarge, "larger than 1,048,576 bytes");
        await ProblemAsync(await PostAsync(client, "/test/body", token.Text, "{oops"), HttpStatusCode.BadRequest, "");
    }

    [Fact]
    public async Task What_is_not_there_and_what_fails_is_told_as_a_problem_without_a_stack()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();

        await ProblemAsync(await client.GetAsync(new Uri("/api/v1/nothing", UriKind.Relative), TestContext.Current.CancellationToken), HttpStatusCode.NotFound, "");
        var failed = await client.GetAsync(new Uri("/api/test/fail", UriKind.Relative), TestContext.Current.CancellationToken);
        await ProblemAsync(failed, HttpStatusCode.InternalServerError, "");
        Assert.DoesNotContain("secret detail", await failed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kera:Url", "localhost", "Url")]
    [InlineData("Kera:Limits:ReadsPerSecond", "-1", "Limits")]
    [InlineData("Kera:Limits:ReadsPerSecond", "many", "Kera")]
    [InlineData("Kera:Colour", "red", "Colour")]
    [InlineData("Kera:TrustedProxies:0", "proxy", "TrustedProxies")]
    public async Task A_setting_that_cannot_be_used_is_named(string setting, string value, string named) =>
        Assert.Contains(named, (await Assert.ThrowsAsync<SettingException>(() => StartAsync((setting, value)))).Message, StringComparison.Ordinal);

    private async Task<WebApplication> StartAsync(params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value);
        all["Kera:Data"] = _data.Combine("data");
        var app = await KeraApp.BuildAsync(new KeraAppOptions(all, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
        });
        app.MapPost("/test/write", (HttpContext context) => context.Actor().Key).RequireScope(Scopes.WriteEvents);
        app.MapPost("/test/body", (JsonElement body) => body).RequireScope(Scopes.WriteEvents);
        app.MapPost("/test/forgotten", () => "written");
        app.MapGet("/test/read", () => "read");
        app.MapGet("/api/test/fail", string () => throw new InvalidOperationException("secret detail"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string? token, string body = "{}")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json")) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task ProblemAsync(HttpResponseMessage response, HttpStatusCode status, string detail)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(detail, JsonSerializer.Deserialize<JsonElement>(text).TryGetProperty("detail", out var told) ? told.GetString()! : "", StringComparison.Ordinal);
    }
}
