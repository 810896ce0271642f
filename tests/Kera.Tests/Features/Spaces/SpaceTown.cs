using Kera.Base.Accounts;
using Kera.Base.Store;
using Kera.Features.Spaces;
using Kera.Tests.Accounts;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>A running platform with the built-in district's spaces, on a Tuesday of November at five past two in the afternoon.</summary>
internal sealed class SpaceTown : IAsyncDisposable
{
    private readonly MovedClock _clock = new();
    private TemporaryDirectory? _mails;

    /// <summary>Where mails are written once they are sent.</summary>
    public string MailFolder => _mails!.Combine("mail");

    public AccountsHarness Kera { get; private set; } = null!;

    public IServiceProvider Services => Kera.App.Services;

    public BookingRegister Register => Services.GetRequiredService<BookingRegister>();

    public static async Task<SpaceTown> StartAsync(string provider = "sqlite", PostgresServer? server = null)
    {
        var town = new SpaceTown();
        town.Kera = await AccountsHarness.OnAsync(provider, server!, town._clock);
        return town;
    }

    /// <summary>One on which something is paid online; nothing recurs by itself.</summary>
    public static async Task<SpaceTown> PayingAsync((string Key, string Value)[] settings, string provider = "sqlite", PostgresServer? server = null)
    {
        var town = new SpaceTown();
        town.Kera = await AccountsHarness.OnAsync(provider, server!, town._clock, settings, jobs: false);
        return town;
    }

    /// <summary>One that sends mail into the outbox, and tells doors of the hall association.</summary>
    public static async Task<SpaceTown> TellingAsync(params (string Key, string Value)[] settings)
    {
        var town = new SpaceTown { _mails = new TemporaryDirectory() };
        town.Kera = await AccountsHarness.StartAsync(
            new Dictionary<string, string?>(settings.Select(each => KeyValuePair.Create(each.Key, (string?)each.Value)))
            {
                ["Kera:PublicUrl"] = "https://kera.example.org",
                ["Kera:Mail:From"] = "kera@example.org",
                ["Kera:Mail:Directory"] = town.MailFolder,
                ["Kera:Limits:ReadsPerSecond"] = "0",
                ["Kera:Limits:WritesPerSecond"] = "0",
            },
            town._clock);
        return town;
    }

    /// <summary>A person who gave an address and agreed to notices by mail.</summary>
    public async Task<TestBrowser> MailedAsync(string name, string email, params string[] roles)
    {
        var browser = await Kera.JoinAsync(name, roles);
        Assert.NotNull((await browser.SubmitAsync("/en/my/data", "/en/my/data/contact", ("name", name), ("email", email), ("contactPassword", AccountsHarness.Password))).Location);
        await browser.SubmitAsync("/en/my/inbox", "/en/my/inbox/ways", ("way", "mail.notice"));
        return browser;
    }

    /// <summary>What waits to be sent, the oldest first.</summary>
    public async Task<IReadOnlyList<OutboxMessageRow>> OutboxAsync(OutboxChannel channel = OutboxChannel.Mail)
    {
        await using var db = Services.GetRequiredService<KeraStore>().OpenContext();
        return await db.OutboxMessages.AsNoTracking().Where(row => row.Channel == channel).OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The row of a booking by the path of its page.</summary>
    public async Task<BookingRow> RowAsync(string booking)
    {
        await using var db = Services.GetRequiredService<KeraStore>().OpenContext();
        return await db.Bookings.AsNoTracking().SingleAsync(row => row.Key == KeyOf(booking), TestContext.Current.CancellationToken);
    }

    public static string KeyOf(string booking) => booking[(booking.LastIndexOf('/') + 1)..];

    /// <summary>Books a space through its pages.</summary>
    /// <returns>The path of the booking's page.</returns>
    public static async Task<string> BookAsync(TestBrowser browser, string space, string start, int minutes = 60, string freeReason = "")
    {
        var booking = await HoldAsync(browser, space, start, minutes);
        Assert.NotNull((await browser.SubmitAsync(booking, booking + "/confirm", ("people", "2"), ("purpose", "A match"), ("freeReason", freeReason))).Location);
        return booking;
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

    public async ValueTask DisposeAsync()
    {
        await Kera.DisposeAsync();
        _mails?.Dispose();
    }

    private sealed class MovedClock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 11, 24, 12, 5);

        public Instant GetCurrentInstant() => Now;
    }
}
