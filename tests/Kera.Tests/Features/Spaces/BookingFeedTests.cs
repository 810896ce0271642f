using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Kera.Tests.Accounts;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>Calendars that programs poll: of a space without who, of a person behind a secret.</summary>
public sealed partial class BookingFeedTests
{
    [Fact]
    public async Task Calendars_tell_what_is_taken_to_all_and_whose_it_is_to_who_has_the_link()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, olli) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"));
        var booking = await SpaceTown.BookAsync(aino, "court-1", "2026-11-26T16:00:00Z");
        await SpaceTown.BookAsync(olli, "court-2", "2026-11-26T17:00:00Z");
        using var program = town.Kera.App.GetTestClient();

        var space = await GetAsync(program, "/en/spaces/court-1.ics");
        Assert.Contains("DTSTART:20261126T160000Z\r\nDTEND:20261126T170000Z\r\nSUMMARY:Booked\r\n", space.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SpaceTown.KeyOf(booking), space.Text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(space.Text, "BEGIN:VEVENT"));
        Assert.Equal(2, Regex.Count((await GetAsync(program, "/fi/spaces/kutoja-hall.ics")).Text, "SUMMARY:Varattu"));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(program, "/en/spaces/nowhere.ics")).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await GetAsync(program, "/en/spaces/court-1.ics", space.Tag)).Status);

        var first = await LinkAsync(aino);
        var own = await GetAsync(program, first);
        Assert.Contains("SUMMARY:Padel court 1 (fictional)", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Padel court 2", own.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, (await GetAsync(program, first, own.Tag)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(program, "/en/calendar.ics?key=guessed")).Status);
        var second = await LinkAsync(aino);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(program, first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(program, second)).Status);
        await using (var db = town.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            var secret = second[(second.IndexOf('=', StringComparison.Ordinal) + 1)..];
            Assert.All(await db.CalendarLinks.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken), row => Assert.NotEqual(secret, System.Text.Encoding.UTF8.GetString(row.Hash)));

            // What is polled comes from a copy: written past the register, it shows a minute later and not before.
            var begin = DistrictCalendar.ToMicroseconds(Instant.FromUtc(2026, 11, 27, 10, 0));
            db.Bookings.Add(new BookingRow { Key = "past", Space = "court-1", Begin = begin, End = begin + 3_600_000_000, Kind = BookingKind.Staff, State = BookingState.Confirmed });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        town.Pass(Duration.FromSeconds(50));
        Assert.Equal(space.Tag, (await GetAsync(program, "/en/spaces/court-1.ics")).Tag);
        town.Pass(Duration.FromSeconds(20));
        Assert.NotEqual(space.Tag, (await GetAsync(program, "/en/spaces/court-1.ics", space.Tag)).Tag);
        await aino.SubmitAsync("/en/my", "/en/my/calendar/revoke");
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(program, second)).Status);
    }

    private static async Task<string> LinkAsync(TestBrowser browser)
    {
        var (_, text, _) = await browser.SubmitAsync("/en/my", "/en/my/calendar");
        return new Uri(WebUtility.HtmlDecode(Link().Match(text).Groups[1].Value)).PathAndQuery;
    }

    private static async Task<(HttpStatusCode Status, string Text, string? Tag)> GetAsync(HttpClient program, string path, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        using var answer = await program.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.ETag?.ToString());
    }

    [GeneratedRegex("id=\"calendar-link\">([^<]+)<")]
    private static partial Regex Link();
}
