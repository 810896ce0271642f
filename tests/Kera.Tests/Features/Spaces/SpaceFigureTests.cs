using Kera.Base.Access;
using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Sharing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>What bookings tell of the district: figures that show nobody, a map of what can be booked, and a ledger without what did not take place.</summary>
public sealed class SpaceFigureTests
{
    private const long Hour = 3_600_000_000;

    [Fact]
    public async Task What_took_place_is_counted_by_hours_and_people_and_of_too_few_nothing_is_told()
    {
        await using var town = await SpaceTown.StartAsync();
        // A Monday and a Tuesday of two weeks ago, ten and eight in the evening.
        var begin = DistrictCalendar.ToMicroseconds(Instant.FromUtc(2026, 11, 9, 10, 0));
        await AddAsync(town, [.. Enumerable.Range(0, 9).Select(number => Row($"b{number}", "court-1", begin + (number * Hour), 2))]);
        Assert.Null(await FigureAsync(town, "spaces.people"));

        await AddAsync(town, Row("whole", "kutoja-hall", begin + (30 * Hour), 50, hours: 2), Row("missed", "court-1", begin + (40 * Hour), 7, noShow: true), Row("closed", "court-2", begin, 1, kind: BookingKind.Block), Row("later", "court-2", begin + (30 * 24 * Hour), 9));
        var people = await FigureAsync(town, "spaces.people");
        Assert.Equal(((9 * 2) + 50m, "1"), (people!.Quantity.ToDecimal(), people.Unit));
        Assert.Equal((1m, "h"), ((await FigureAsync(town, "spaces.missed"))!.Quantity.ToDecimal(), (await FigureAsync(town, "spaces.missed"))!.Unit));
        var use = (await FigureAsync(town, "spaces.use-rate"))!;
        // Who has the hall has each of the courts: nine hours of the first, and two of every smallest space in it.
        Assert.Contains(use.Parts, part => part.Quantity == Kera.Flows.Quantity.Whole(11));
        Assert.Contains(use.Parts, part => part.Quantity == Kera.Flows.Quantity.Whole(2));
        Assert.Equal(use.Quantity.ToDecimal(), 100m * use.Parts.Sum(part => part.Quantity.ToDecimal()) / use.Divisor!.Quantity.ToDecimal(), 5);
        Assert.InRange(use.Quantity.ToDecimal(), 0.1m, 5m);
        // Both premises of the files have nobody yet, and one of them can be used from January on only.
        var vacancy = (await FigureAsync(town, "premises.vacancy"))!;
        Assert.Equal((100m, 240m), (vacancy.Quantity.ToDecimal(), vacancy.Divisor!.Quantity.ToDecimal()));
    }

    [Fact]
    public async Task What_nobody_came_to_is_no_use_in_the_ledger_and_is_one_again_when_it_is_taken_back()
    {
        await using var town = await SpaceTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var booking = await SpaceTown.BookAsync(aino, "court-1", "2026-11-25T16:00:00Z");
        await town.RecordAsync();
        Assert.Equal(BookingRecord.Committed, (await town.RowAsync(booking)).Recorded);
        town.Pass(Duration.FromHours(29));
        await town.Register.MarkAsync(SpaceTown.KeyOf(booking), "demo-hall-association", noShow: true, new Actor("keeper", "test"), TestContext.Current.CancellationToken);
        await town.RecordAsync();
        Assert.Equal(BookingRecord.Withdrawn, (await town.RowAsync(booking)).Recorded);
        await town.Register.MarkAsync(SpaceTown.KeyOf(booking), "demo-hall-association", noShow: false, new Actor("keeper", "test"), TestContext.Current.CancellationToken);
        await town.RecordAsync();
        Assert.Equal(BookingRecord.Used, (await town.RowAsync(booking)).Recorded);
    }

    [Fact]
    public async Task The_map_shows_where_one_can_book_and_a_place_leads_there()
    {
        await using var town = await SpaceTown.StartAsync();
        using var anybody = town.Kera.App.GetTestClient();
        var (all, bookable) = (await TextAsync(anybody, "/en/map"), await TextAsync(anybody, "/en/map?offer=spaces"));
        Assert.Contains("id=\"place-kera-station\"", all, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"place-kera-station\"", bookable, StringComparison.Ordinal);
        Assert.Contains("id=\"place-demo-hall-brewery\"", bookable, StringComparison.Ordinal);
        Assert.Contains("href=\"/en/spaces/brewery\"", await TextAsync(anybody, "/en/places/demo-hall-brewery"), StringComparison.Ordinal);
        Assert.Contains("knows no choice", await TextAsync(anybody, "/en/map?offer=parking"), StringComparison.Ordinal);
        Assert.Contains("/en/map?offer=spaces", await TextAsync(anybody, "/en/spaces"), StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task AddAsync(SpaceTown town, params BookingRow[] rows)
    {
        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        db.Bookings.AddRange(rows);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static BookingRow Row(string key, string space, long begin, int people, int hours = 1, bool noShow = false, BookingKind kind = BookingKind.Normal) =>
        new() { Key = key, Space = space, Begin = begin, End = begin + (hours * Hour), People = people, NoShow = noShow, Kind = kind, State = BookingState.Confirmed, Recorded = BookingRecord.Used };

    private static async Task<FigureValue?> FigureAsync(SpaceTown town, string key)
    {
        await using var scope = town.Services.CreateAsyncScope();
        var figure = scope.ServiceProvider.GetServices<Figure>().Single(figure => figure.Key == key);
        return await figure.Compute(new FigureContext(scope.ServiceProvider, Reader.Everything, Language.English, Instant.FromUtc(2026, 11, 24, 12, 5)), TestContext.Current.CancellationToken);
    }
}
