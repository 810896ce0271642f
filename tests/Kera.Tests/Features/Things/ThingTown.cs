using Kera.Features.Things;
using Kera.Tests.Accounts;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Things;

/// <summary>A running platform with the built-in district's things, on a Tuesday of November at five past two in the afternoon.</summary>
internal sealed class ThingTown : IAsyncDisposable
{
    private readonly MovedClock _clock = new();

    public AccountsHarness Kera { get; private set; } = null!;

    public IServiceProvider Services => Kera.App.Services;

    public static async Task<ThingTown> StartAsync(string provider = "sqlite", PostgresServer? server = null)
    {
        var town = new ThingTown();
        town.Kera = await AccountsHarness.OnAsync(provider, server!, town._clock);
        return town;
    }

    public void Pass(Duration time) => _clock.Now += time;

    /// <summary>Does what the jobs do.</summary>
    public async Task AdvanceAsync()
    {
        await TurnAsync();
        await Services.GetRequiredService<LoanLedger>().AdvanceAsync(TestContext.Current.CancellationToken);
    }

    public Task TurnAsync() => Services.GetRequiredService<LoanTurns>().AdvanceAsync(TestContext.Current.CancellationToken);

    /// <summary>Reserves one of a kind through its page.</summary>
    /// <returns>The path of the loan's page.</returns>
    public static async Task<string> ReserveAsync(TestBrowser browser, string kind, string first, int days, params (string, string)[] others)
    {
        var (status, text, location) = await browser.SubmitAsync("/en/things/" + kind, $"/en/things/{kind}/reserve", [("first", first), ("days", $"{days}"), .. others]);
        Assert.True(location is not null, $"{status} {text}");
        return location!;
    }

    public static string KeyOf(string loan) => loan[(loan.LastIndexOf('/') + 1)..];

    public ValueTask DisposeAsync() => Kera.DisposeAsync();

    private sealed class MovedClock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 11, 24, 12, 5);

        public Instant GetCurrentInstant() => Now;
    }
}
