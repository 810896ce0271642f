using System.Globalization;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Features.Spaces;
using Kera.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Bench;

/// <summary>The built-in district with as many padel courts in its hall as are asked for, at five past two on a day in November 2026.</summary>
internal sealed class BookedDistrict : IAsyncDisposable
{
    // The court that the others are copies of.
    private const string Court = "court-3";
    private static readonly Instant s_now = Instant.FromUtc(2026, 11, 24, 12, 5);
    private readonly WebApplication _app;

    private BookedDistrict(WebApplication app) => _app = app;

    /// <summary>Where bookings are made.</summary>
    public BookingRegister Register => _app.Services.GetRequiredService<BookingRegister>();

    /// <summary>Builds it in a folder, or on a PostgreSQL database; it serves nobody.</summary>
    public static async Task<BookedDistrict> OpenAsync(string folder, string? postgres, int courts)
    {
        var files = Path.Combine(folder, "district");
        Write(files, courts);
        var settings = new Dictionary<string, string?> { ["Kera:Data"] = Path.Combine(folder, "data"), ["Kera:District"] = files, ["Kera:Postgres"] = postgres ?? "", ["urls"] = "http://127.0.0.1:0" };
        return new BookedDistrict(await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IClock>(new StoppedClock());
        }));
    }

    /// <summary>Every hour that a court may be booked at, none overlapping another.</summary>
    public IEnumerable<BookingRequest> Hours()
    {
        var spaces = _app.Services.GetRequiredService<SpaceCalendar>().Spaces!;
        var book = new BookingBook(spaces.Tree, []);
        var today = s_now.InZone(spaces.Tree.Zone).Date;
        var wish = new StartWish(today, today.PlusDays(14)) { Duration = Duration.FromHours(1) };
        return spaces.Tree.Spaces.Where(space => space.Kind == "padel-court")
            .SelectMany(space => OfferedStarts.Of(book, space.Key, wish, new Asker("somebody"), s_now).Starts.Select(start => new BookingRequest(space.Key, new Interval(start, start + Duration.FromHours(1)))));
    }

    /// <summary>A resident, made up.</summary>
    public static SignedIn Person(int number) => new(number, number, 1_000_000 + number, string.Create(CultureInfo.InvariantCulture, $"p-{number}"), null, [new RoleGrant(Role.Resident)]);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Write(string folder, int courts)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(KeraPlace.BuiltInDistrict))
        {
            var text = File.ReadAllText(file);
            var name = Path.GetFileName(file);
            File.WriteAllText(Path.Combine(folder, name), name is "spaces.yaml" or "resources.yaml" ? WithCourts(text, name == "spaces.yaml" ? Court : "demo-space-" + Court, courts) : text);
        }
    }

    // The entry of the last court, again and again with other numbers.
    private static string WithCourts(string text, string key, int courts)
    {
        var begin = text.IndexOf($"  - key: {key}\n", StringComparison.Ordinal);
        var end = text.IndexOf("\n  - key: ", begin, StringComparison.Ordinal) + 1;
        var entry = text[begin..end];
        return text[..end] + string.Concat(Enumerable.Range(4, courts - 3).Select(number => entry.Replace(Court, string.Create(CultureInfo.InvariantCulture, $"court-{number}"), StringComparison.Ordinal))) + text[end..];
    }

    private sealed class StoppedClock : IClock
    {
        public Instant GetCurrentInstant() => s_now;
    }
}
