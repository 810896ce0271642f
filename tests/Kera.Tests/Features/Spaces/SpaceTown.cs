using Kera.Base.Accounts;
using Kera.Features.Spaces;
using Kera.Tests.Accounts;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>A running platform with the built-in district's spaces, on a Tuesday of November at five past two in the afternoon.</summary>
internal sealed class SpaceTown : IAsyncDisposable
{
    private readonly MovedClock _clock = new();

    public AccountsHarness Kera { get; private set; } = null!;

    public IServiceProvider Services => Kera.App.Services;

    public BookingRegister Register => Services.GetRequiredService<BookingRegister>();

    public static async Task<SpaceTown> StartAsync(string provider = "sqlite", PostgresServer? server = null)
    {
        var town = new SpaceTown();
        town.Kera = await AccountsHarness.OnAsync(provider, server!, town._clock);
        return town;
    }

    public void Pass(Duration time) => _clock.Now += time;

    public Task RecordAsync() => Services.GetRequiredService<BookingLedger>().AdvanceAsync(TestContext.Current.CancellationToken);

    /// <summary>Somebody who is signed in, as the register sees them; made up where a test needs many.</summary>
    public static SignedIn Person(int number) => new(number, number, 1_000_000 + number, $"p-{number}", null, [new RoleGrant(Role.Resident)]);

    /// <summary>Holds a start of a space through its page.</summary>
    /// <returns>The path of the booking's page.</returns>
    public static async Task<string> HoldAsync(TestBrowser browser, string space, string start, int minutes)
    {
        var (status, text, location) = await browser.SubmitAsync($"/en/spaces/{space}?day={start[..10]}&minutes={minutes}", $"/en/spaces/{space}/hold", ("start", start), ("minutes", $"{minutes}"), ("people", "2"));
        Assert.True(location is not null, $"{status} {text}");
        return location!;
    }

    public ValueTask DisposeAsync() => Kera.DisposeAsync();

    private sealed class MovedClock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 11, 24, 12, 5);

        public Instant GetCurrentInstant() => Now;
    }
}
