using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Sharing;
using Kera.Tests.Accounts;
using Kera.Tests.Features.Homes;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>Groups and their bookings, and bookings each week, by pages as people use them.</summary>
public sealed partial class GroupSeriesTests(PostgresServer server)
{
    private const string Court = "/en/spaces/court-1/series";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Rule_15_a_group_books_by_its_leader_within_its_limit_and_its_people_see_it(string provider)
    {
        await using var town = await SpaceTown.StartAsync(provider, server);
        var (aino, olli, eve) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"), await town.Kera.JoinAsync("Eve Hunt", "resident"));
        var group = await MakeAsync(aino, "Night Skaters", "youth-sport");
        var code = Code().Match((await aino.SubmitAsync(group, group + "/invite")).Text).Value;
        Assert.Contains("Night Skaters", (await olli.GetAsync("/en/my/groups/join?code=" + code)).Text, StringComparison.Ordinal);
        Assert.Equal(group, (await olli.SubmitAsync("/en/my/groups/join?code=" + code, "/en/my/groups/join", ("code", code))).Location);
        // A code works once, and who is not in the group finds nothing.
        Assert.Equal(HttpStatusCode.BadRequest, (await eve.SubmitAsync("/en/my/groups", "/en/my/groups/join", ("code", code))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await eve.GetAsync(group)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await olli.SubmitAsync(group, group + "/invite")).Status);

        var key = group[(group.LastIndexOf('/') + 1)..];
        var booking = await SpaceTown.HoldAsync(aino, "skate-hall", "2026-12-01T15:00:00Z", 180);
        Assert.Equal(booking + "?told=booked", (await aino.SubmitAsync(booking, booking + "/confirm", ("people", "20"), ("purpose", "Training"), ("group", key))).Location);
        var second = await SpaceTown.HoldAsync(aino, "skate-hall", "2026-12-02T15:00:00Z", 180);
        await aino.SubmitAsync(second, second + "/confirm", ("people", "20"), ("group", key));
        // Six hours a week are the group's, whoever of it books.
        var third = await SpaceTown.HoldAsync(aino, "skate-hall", "2026-12-03T15:00:00Z", 60);
        var (status, text, _) = await aino.SubmitAsync(third, third + "/confirm", ("people", "20"), ("group", key));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Booked time would be 7 h; at most 6 h", MyHomeTests.Plain(text), StringComparison.Ordinal);
        Assert.Equal(third + "?told=booked", (await aino.SubmitAsync(third, third + "/confirm", ("people", "20"), ("group", ""))).Location);

        // Its people see it and only its leaders cancel; nobody else finds it, and nobody books for a group that they do not lead.
        Assert.Contains("Night Skaters", MyHomeTests.Plain((await olli.GetAsync(booking)).Text), StringComparison.Ordinal);
        Assert.Contains("Tue 1 Dec 2026, 17:00–20:00", MyHomeTests.Plain((await olli.GetAsync("/en/my")).Text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await olli.SubmitAsync(group, booking + "/cancel")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await eve.GetAsync(booking)).Status);
        var own = await SpaceTown.HoldAsync(eve, "skate-hall", "2026-12-10T15:00:00Z", 60);
        Assert.Equal(HttpStatusCode.BadRequest, (await eve.SubmitAsync(own, own + "/confirm", ("people", "2"), ("group", key))).Status);

        // The last leader stays; who is erased hands over to who is left, without their words.
        var account = await town.Kera.AccountOfAsync("Aino Virta");
        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        var leader = await db.GroupMembers.SingleAsync(row => row.AgentId == account.AgentId, TestContext.Current.CancellationToken);
        Assert.Contains("A group keeps a leader", (await aino.SubmitAsync(group, group + "/remove", ("member", $"{leader.Id}"))).Text, StringComparison.Ordinal);
        Assert.Contains("Night Skaters", (await aino.GetAsync("/en/my/data/export.json")).Text, StringComparison.Ordinal);
        await town.Services.GetRequiredService<PersonStore>().EraseAsync(account.PersonKey, Actor.Operator(), TestContext.Current.CancellationToken);
        Assert.Contains("Booked", MyHomeTests.Plain((await olli.GetAsync(booking)).Text), StringComparison.Ordinal);
        Assert.DoesNotContain("Training", (await olli.GetAsync(booking)).Text, StringComparison.Ordinal);
        Assert.Equal("/en/my/groups", (await olli.SubmitAsync(group, group + "/end")).Location);
        Assert.Equal(2, await db.Bookings.CountAsync(row => row.GroupId != null && row.State == BookingState.Cancelled, TestContext.Current.CancellationToken));
        Assert.Equal("", await db.Groups.Select(row => row.Name).SingleAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Rule_28_of_a_series_the_dates_that_clash_are_refused_with_their_rule_and_the_rest_is_made_at_once(string provider)
    {
        await using var town = await SpaceTown.StartAsync(provider, server);
        var (aino, olli, kalle) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"), await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-hall-association"));
        await SpaceTown.HoldAsync(olli, "workshop", "2026-12-09T15:00:00Z", 60);
        const string Plan = "/en/spaces/workshop/series?from=2026-12-01&to=2026-12-30&weekday=Wednesday&weeks=1&begin=17:00&minutes=60&people=4&group=";

        var page = await aino.GetAsync(Plan);
        var told = MyHomeTests.Plain(page.Text);
        Assert.Contains("3 of 5 dates can be booked", told, StringComparison.Ordinal);
        Assert.Contains("Another booking or its cleaning takes the time", told, StringComparison.Ordinal);
        Assert.Contains("Too far ahead: it begins 24 Dec 2026", told, StringComparison.Ordinal);
        Assert.Contains("Nearest: Wed 9 Dec 2026", told, StringComparison.Ordinal);
        // Residents use the workshop free of charge.
        Assert.Contains("Price in all: free of charge", told, StringComparison.Ordinal);
        var seal = Seal().Match(page.Text).Groups[1].Value;
        (string, string)[] wish = [("from", "2026-12-01"), ("to", "2026-12-30"), ("weekday", "Wednesday"), ("weeks", "1"), ("begin", "17:00"), ("minutes", "60"), ("people", "4"), ("group", ""), ("purpose", "Repairs")];
        var series = (await aino.SubmitAsync(Plan, "/en/spaces/workshop/series", [.. wish, ("seal", seal)])).Location;
        Assert.NotNull(series);
        // Sent twice, or seen before somebody else came, nothing is made.
        var (status, text, _) = await aino.SubmitAsync("/en/my", "/en/spaces/workshop/series", [.. wish, ("seal", seal)]);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("What is free has changed", text, StringComparison.Ordinal);
        series = series![..series!.IndexOf('?', StringComparison.Ordinal)];
        told = MyHomeTests.Plain((await aino.GetAsync(series)).Text);
        Assert.Contains("Wed 16 Dec 2026, 17:00–18:00", told, StringComparison.Ordinal);
        Assert.Contains("Dates that were not booked", told, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await olli.GetAsync(series)).Status);

        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        var keys = await db.Bookings.Where(row => row.Series != "").OrderBy(row => row.Begin).Select(row => row.Key).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, keys.Count);
        Assert.Equal(HttpStatusCode.NotFound, (await olli.SubmitAsync("/en/my", series + "/cancel", ("booking", keys[1]), ("scope", "All"))).Status);
        Assert.Contains("2 bookings were cancelled.", (await aino.SubmitAsync(series, series + "/cancel", ("booking", keys[1]), ("scope", "Following"))).Text, StringComparison.Ordinal);
        Assert.Equal([BookingState.Confirmed, BookingState.Cancelled, BookingState.Cancelled], await db.Bookings.AsNoTracking().Where(row => row.Series != "").OrderBy(row => row.Begin).Select(row => row.State).ToListAsync(TestContext.Current.CancellationToken));
        // Within two hours of its beginning it stays.
        town.Pass(Duration.FromDays(8) + Duration.FromMinutes(90));
        Assert.Contains("It could be cancelled until", (await aino.SubmitAsync(series, series + "/cancel", ("booking", keys[0]), ("scope", "All"))).Text, StringComparison.Ordinal);

        // What waits for its keeper is decided on together.
        const string Brewery = "/en/spaces/brewery/series?from=2026-12-15&to=2027-01-30&weekday=Tuesday&weeks=2&begin=18:00&minutes=240&people=2&group=";
        page = await aino.GetAsync(Brewery);
        await aino.SubmitAsync(Brewery, "/en/spaces/brewery/series", ("from", "2026-12-15"), ("to", "2027-01-30"), ("weekday", "Tuesday"), ("weeks", "2"), ("begin", "18:00"), ("minutes", "240"), ("people", "2"), ("seal", Seal().Match(page.Text).Groups[1].Value));
        var waiting = await db.Bookings.AsNoTracking().Where(row => row.Space == "brewery").ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(4, waiting.Count(row => row.State == BookingState.AwaitingHandling));
        const string Desk = "/en/space-desk/demo-hall-association";
        Assert.Equal(Desk, (await kalle.SubmitAsync(Desk, Desk + "/decide", ("booking", waiting[0].Key), ("decision", "approve"), ("answer", ""), ("whole", "true"))).Location);
        Assert.All(await db.Bookings.AsNoTracking().Where(row => row.Space == "brewery").ToListAsync(TestContext.Current.CancellationToken), row => Assert.Equal(BookingState.Confirmed, row.State));

        // What cannot be is told by its field; only staff give seasonal times.
        foreach (var (query, sentence) in new[] { ("from=2026-12-01&to=2026-11-01&weekday=Monday&weeks=1&begin=17:00&minutes=60&people=1", "A series ends after it begins"), ("from=2026-12-01&to=2026-12-31&weeks=1&begin=17:00&minutes=60&people=1", "Choose a day of the week"), ("from=2026-12-01&to=2026-12-31&weekday=Monday&weeks=1&begin=17&minutes=60&people=1", "Write a time as 18:00") })
        {
            var refused = await aino.GetAsync(Court + "?" + query);
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        }

        const string Seasonal = Court + "?from=2026-12-10&to=2026-12-31&weekday=Monday&weeks=1&begin=17:00&minutes=60&people=4&kind=Seasonal&group=";
        Assert.Contains("0 of 3 dates", MyHomeTests.Plain((await aino.GetAsync(Seasonal)).Text), StringComparison.Ordinal);
        Assert.Contains("3 of 3 dates", MyHomeTests.Plain((await kalle.GetAsync(Seasonal)).Text), StringComparison.Ordinal);
    }

    /// <summary>Makes a group through the page.</summary>
    /// <returns>The path of its page.</returns>
    internal static async Task<string> MakeAsync(TestBrowser browser, string name, string kind)
    {
        var (status, text, location) = await browser.SubmitAsync("/en/my/groups", "/en/my/groups", ("name", name), ("kind", kind));
        Assert.True(location is not null, $"{status} {text}");
        return location!;
    }

    [GeneratedRegex("[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")]
    private static partial Regex Code();

    [GeneratedRegex("name=\"seal\" value=\"([^\"]*)\"")]
    private static partial Regex Seal();
}
