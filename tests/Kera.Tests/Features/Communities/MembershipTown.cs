using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Store;
using Kera.Features.Communities;
using Kera.Tests.Accounts;
using Kera.Tests.District;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Features.Communities;

/// <summary>The built-in district with its community, on 24 November 2026, with files that a test changes and people whom it brings in.</summary>
internal sealed class MembershipTown : IAsyncDisposable
{
    public const string Ask = "/en/my/communities/sun-of-block-a";
    public const string Desk = "/en/community-desk/demo-housing";

    private readonly TemporaryDirectory _data = new();
    private readonly EditedKera _files = new();
    private readonly MovedClock _clock = new();
    private PostgresDatabase? _database;

    public WebApplication App { get; private set; } = null!;

    public IServiceProvider Services => App.Services;

    public static async Task<MembershipTown> StartAsync(string provider = "sqlite", PostgresServer? server = null, Action<EditedKera>? edit = null)
    {
        var town = new MembershipTown { _database = provider == "postgres" ? await server!.CreateDatabaseAsync() : null };
        edit?.Invoke(town._files);
        await town.OpenAsync();
        return town;
    }

    public async Task RestartAsync(Action<EditedKera> edit)
    {
        await CloseAsync();
        edit(_files);
        await OpenAsync();
    }

    public void Pass(Duration time) => _clock.Now += time;

    /// <summary>A new person, signed in.</summary>
    public async Task<TestBrowser> JoinAsync(string name, params string[] roles)
    {
        await using var scope = Services.CreateAsyncScope();
        var code = (await scope.ServiceProvider.GetRequiredService<Invitations>().AddAsync([.. roles.Select(RoleGrant.Parse)], "en", Duration.FromDays(1), Actor.Operator(), cancellation: TestContext.Current.CancellationToken)).Code;
        var browser = new TestBrowser(App);
        var (status, text, location) = await browser.SubmitAsync($"/en/join?code={code}", "/en/join", ("code", code), ("name", name), ("userName", AccountsHarness.UserName(name)), ("email", ""), ("password", AccountsHarness.Password));
        Assert.True(location == "/en/my", $"{status} {text}");
        return browser;
    }

    /// <summary>The same after a start: sessions live on in the store, and a browser belongs to one server.</summary>
    public async Task<TestBrowser> SignInAsync(string name)
    {
        var browser = new TestBrowser(App);
        await browser.SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", AccountsHarness.UserName(name)), ("password", AccountsHarness.Password));
        return browser;
    }

    public async Task<string> KeyOfAsync(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Kera.Base.Accounts.Accounts>().SearchAsync(name, 10, TestContext.Current.CancellationToken)).Single().PersonKey;
    }

    public Task<NoticesInForce> NoticesAsync() => Services.GetRequiredService<CommunityNotices>().ReadAsync(TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<string>> AuditAsync()
    {
        await using var db = Services.GetRequiredService<KeraStore>().OpenContext();
        return await db.Audits.OrderBy(line => line.Id).Select(line => $"{line.Operation} {line.Subject} by {line.Via}").ToListAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _data.Dispose();
        _files.Dispose();
    }

    private async Task OpenAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Kera:Data"] = _data.Combine("data"),
            ["Kera:District"] = _files.Folder,
            ["Kera:Postgres"] = _database?.ConnectionString ?? "",
            ["Kera:Limits:ReadsPerSecond"] = "0",
            ["Kera:Limits:WritesPerSecond"] = "0",
        };
        App = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IClock>(_clock);
        });
        await App.StartAsync(TestContext.Current.CancellationToken);
    }

    private async Task CloseAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }

    private sealed class MovedClock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 11, 24, 12, 5);

        public Instant GetCurrentInstant() => Now;
    }
}
