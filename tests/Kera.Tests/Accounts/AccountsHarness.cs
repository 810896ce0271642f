using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Jobs;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Accounts;

/// <summary>A running platform with people in it.</summary>
internal sealed class AccountsHarness : IAsyncDisposable
{
    public const string Password = "seven tall birches";
    private static readonly Lazy<Task<string>> s_prepared = new(PrepareAsync);
    private readonly TemporaryDirectory _data;
    private PostgresDatabase? _database;

    private AccountsHarness(TemporaryDirectory data) => _data = data;

    public required WebApplication App { get; init; }

    public static Task<AccountsHarness> SqliteAsync() => StartAsync(new Dictionary<string, string?>());

    /// <summary>On a provider, without limits of requests.</summary>
    public static async Task<AccountsHarness> OnAsync(string provider, PostgresServer server, IClock? clock = null, (string Key, string Value)[]? more = null, bool jobs = true)
    {
        var settings = new Dictionary<string, string?>((more ?? []).Select(each => KeyValuePair.Create(each.Key, (string?)each.Value))) { ["Kera:Limits:ReadsPerSecond"] = "0", ["Kera:Limits:WritesPerSecond"] = "0" };
        var database = provider == "postgres" ? await server.CreateDatabaseAsync() : null;
        settings["Kera:Postgres"] = database?.ConnectionString ?? "";
        var kera = await StartAsync(settings, clock, jobs);
        kera._database = database;
        return kera;
    }

    /// <param name="settings">The settings.</param>
    /// <param name="clock">The clock; null for the machine's.</param>
    /// <param name="jobs">Whether what recurs runs by itself; else the test runs it.</param>
    public static async Task<AccountsHarness> StartAsync(Dictionary<string, string?> settings, IClock? clock = null, bool jobs = true)
    {
        var data = new TemporaryDirectory();
        settings["Kera:Data"] = data.Combine("data");
        if (!settings.ContainsKey("Kera:Demo") && settings.GetValueOrDefault("Kera:Postgres") is null or "")
        {
            // What every test begins with is made once: the schema and the district take longer than most tests.
            Directory.CreateDirectory(data.Combine("data"));
            File.Copy(await s_prepared.Value, data.Combine("data", "kera.db"));
        }

        var app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            if (clock is not null)
            {
                builder.Services.AddSingleton(clock);
            }

            if (!jobs)
            {
                builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(JobRunner)));
            }
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new AccountsHarness(data) { App = app };
    }

    private static async Task<string> PrepareAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kera-accounts-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var app = await KeraApp.BuildAsync(new KeraAppOptions(new Dictionary<string, string?> { ["Kera:Data"] = folder }, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
        });
        // Closing the store empties its log into the file.
        await app.DisposeAsync();
        return Path.Combine(folder, "kera.db");
    }

    /// <summary>A code for a new account.</summary>
    public async Task<string> InviteAsync(params string[] roles)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Invitations>().AddAsync(
            [.. roles.Select(RoleGrant.Parse)], "en", Duration.FromDays(1), Actor.Operator(), cancellation: TestContext.Current.CancellationToken)).Code;
    }

    /// <summary>A new person, signed in.</summary>
    public async Task<TestBrowser> JoinAsync(string name, params string[] roles)
    {
        var browser = new TestBrowser(App);
        var code = await InviteAsync(roles);
        var (status, text, location) = await browser.SubmitAsync($"/en/join?code={code}", "/en/join", ("code", code), ("name", name), ("userName", UserName(name)), ("email", ""), ("password", Password));
        Assert.True(location == "/en/my", $"{status} {text}");
        return browser;
    }

    public static string UserName(string name) => name.ToLowerInvariant().Replace(' ', '.');

    public async Task<AccountDescription> AccountOfAsync(string name)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Kera.Base.Accounts.Accounts>().SearchAsync(name, 10, TestContext.Current.CancellationToken)).Single();
    }

    public async ValueTask DisposeAsync()
    {
        // What still runs by itself would write into the folder that goes.
        await App.StopAsync();
        await App.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _data.Dispose();
    }
}
