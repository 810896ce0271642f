using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Kera.Base.Access;
using Kera.Base.Solving;
using Kera.Base.Store;
using Kera.Features.Spaces;
using Kera.Sharing;
using Kera.Sharing.Rounds;
using Kera.Tests.Accounts;
using Kera.Tests.Features.Homes;
using Kera.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>A round from the first wish to the bookings, by pages as groups and the handler use them.</summary>
public sealed class RoundTests(PostgresServer server)
{
    private const string Round = "/en/rounds/spring-2027";
    private const string Desk = "/en/round-desk/demo-hall-association/spring-2027";

    [Fact]
    public void Rule_29_states_follow_from_what_was_done_and_when_one_asks()
    {
        var (opens, closes) = (Instant.FromUtc(2026, 11, 2, 0, 0), Instant.FromUtc(2026, 12, 13, 0, 0));
        Instant[] times = [opens - Duration.Epsilon, opens, closes - Duration.Epsilon, closes];
        Assert.Equal([RoundState.Upcoming, RoundState.Open, RoundState.Open, RoundState.InAllocation], times.Select(now => RoundStates.Of(opens, closes, handled: false, resultsSent: false, now)));
        Assert.Equal(RoundState.Handled, RoundStates.Of(opens, closes, handled: true, resultsSent: false, closes));
        Assert.Equal(RoundState.ResultsSent, RoundStates.Of(opens, closes, handled: true, resultsSent: true, closes));
        var rounds = Enum.GetValues<RoundState>();
        Assert.Equal([ApplicationState.Received, ApplicationState.Received, ApplicationState.InAllocation, ApplicationState.Handled, ApplicationState.ResultsSent], rounds.Select(round => RoundStates.Of(round, sent: true, cancelled: false)));
        Assert.Equal([ApplicationState.Draft, ApplicationState.Draft, ApplicationState.Expired, ApplicationState.Expired, ApplicationState.Expired], rounds.Select(round => RoundStates.Of(round, sent: false, cancelled: false)));
        Assert.All(rounds, round => Assert.Equal(ApplicationState.Cancelled, RoundStates.Of(round, sent: true, cancelled: true)));
    }

    [Fact]
    public async Task Rule_30_a_wish_is_written_by_leaders_until_the_close_and_read_by_its_group_until_it_is_sent()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, olli, kalle) = await PeopleAsync(town);
        var (first, late) = (ApplicationOf(await GroupSeriesTests.MakeAsync(aino, "Night Skaters", "youth-sport")), ApplicationOf(await GroupSeriesTests.MakeAsync(aino, "Late Ones", "association")));

        foreach (var (wish, sentence) in new[] { (Wish("skate-hall", 1, "17-"), "Write whole hours as 17-20."), (Wish("skate-hall", 8, "17-19"), "Write a whole number; times are 1 to 7."), (Wish("kitchen", 1, "17-19"), "Choose a space."), (Wish("skate-hall", 1, ""), "Write suitable hours on one day at least.") })
        {
            var (status, text, _) = await aino.SubmitAsync(first, first + "/wish", wish);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(sentence, text, StringComparison.Ordinal);
        }

        Assert.Equal(first, (await aino.SubmitAsync(first, first + "/wish", Wish("skate-hall", 1, "17-19"))).Location);
        Assert.Equal(first, (await aino.SubmitAsync(first, first + "/wish", Wish("court-1", 2, "18-20"))).Location);
        Assert.Equal(first, (await aino.SubmitAsync(first, first + "/first", ("wish", "wish-2"))).Location);
        Assert.Contains("Wish 1 1–2 times a week, 1 h – 1 h 30 min, 4 people: Padel court 1", MyHomeTests.Plain((await aino.GetAsync(first)).Text), StringComparison.Ordinal);
        await aino.SubmitAsync(late, late + "/wish", Wish("court-2", 1, "17-19"));
        Assert.Equal(HttpStatusCode.NotFound, (await olli.GetAsync(first)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await olli.SubmitAsync("/en/my", first + "/send")).Status);
        Assert.Contains("Draft, not sent", MyHomeTests.Plain((await aino.GetAsync(first)).Text), StringComparison.Ordinal);
        Assert.DoesNotContain("Night Skaters", (await kalle.GetAsync(Desk)).Text, StringComparison.Ordinal);
        Assert.Equal(first, (await aino.SubmitAsync(first, first + "/send")).Location);
        Assert.Contains("Night Skaters", (await kalle.GetAsync(Desk)).Text, StringComparison.Ordinal);
        // Solving waits for the close, and is nobody's but the keeper's.
        Assert.Equal(HttpStatusCode.BadRequest, (await kalle.SubmitAsync("/en/my", Desk + "/solve")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await olli.GetAsync(Desk)).Status);

        town.Pass(Duration.FromDays(20));
        Assert.Contains("Not sent in time", MyHomeTests.Plain((await aino.GetAsync(late)).Text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await aino.SubmitAsync("/en/my", late + "/send")).Status);
        Assert.Equal(first, (await aino.SubmitAsync(first, first + "/cancel")).Location);
        Assert.Contains("Taken back", MyHomeTests.Plain((await aino.GetAsync(first)).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_31_the_answer_follows_the_weights_and_Rule_32_force_leaves_out_the_suitable_hours_and_nothing_that_is_closed()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, olli, kalle) = await PeopleAsync(town);
        var (youth, adults) = await AppliedAsync(town, aino, olli);

        await SolveAsync(town, kalle);
        var desk = MyHomeTests.Plain((await kalle.GetAsync(Desk)).Text);
        Assert.Contains("the best there is", desk, StringComparison.Ordinal);
        Assert.Contains("Begins", desk, StringComparison.Ordinal);
        Assert.Contains("Sport for children and young people gets 1 h 30 min a week, at least 10 h was meant", desk, StringComparison.Ordinal);
        Assert.Contains("10:00–16:00 closed closed closed closed closed free free", desk, StringComparison.Ordinal);
        Assert.Contains("1 times in a space that was not named first.", desk, StringComparison.Ordinal);
        Assert.Equal([(youth, "skate-hall"), (adults, "court-1")], await TimesAsync(town));

        // Granted by hand: not within the suitable hours only by force, and where the round has no time not even so.
        (string, string)[] pin = [("wish", youth + "|wish-1"), ("space", "skate-hall"), ("day", "3"), ("begin", "17:00"), ("end", "18:00")];
        Assert.Contains("It is not within the suitable hours.", (await kalle.SubmitAsync(Desk, Desk + "/pin", pin)).Text, StringComparison.Ordinal);
        Assert.Contains("The round does not give the space out then.", (await kalle.SubmitAsync(Desk, Desk + "/pin", [.. pin[..3], ("begin", "08:00"), ("end", "09:00"), ("force", "true")])).Text, StringComparison.Ordinal);
        Assert.Equal(Desk, (await kalle.SubmitAsync(Desk, Desk + "/pin", [.. pin, ("force", "true")])).Location);
        Assert.Contains("The round has changed since this answer.", (await kalle.GetAsync(Desk)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await kalle.SubmitAsync(Desk, Desk + "/accept")).Status);
        await SolveAsync(town, kalle);
        Assert.Contains("Moved: The skate hall (fictional), Tuesday", MyHomeTests.Plain((await kalle.GetAsync(Desk)).Text), StringComparison.Ordinal);
        Assert.Contains((youth, "skate-hall"), await TimesAsync(town));

        // What is not wanted is in no answer.
        Assert.Equal(Desk, (await kalle.SubmitAsync(Desk, Desk + "/forbid", ("group", adults), ("space", "skate-hall"))).Location);
        await SolveAsync(town, kalle);
        Assert.Equal([(youth, "skate-hall"), (adults, "court-1")], await TimesAsync(town));
        Assert.Equal(HttpStatusCode.BadRequest, (await kalle.SubmitAsync(Desk, Desk + "/forbid", ("day", "3"))).Status);
    }

    [Fact]
    public async Task A_solve_tells_how_far_it_is_until_the_handler_stops_it_and_one_that_fails_says_so()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, olli, kalle) = await PeopleAsync(town);
        await AppliedAsync(town, aino, olli);
        var (round, desk) = (town.Services.GetRequiredService<SpaceCalendar>().Spaces!.Rounds["spring-2027"], town.Services.GetRequiredService<RoundDesk>());

        // A solver that finds something and then goes on and on.
        using var endless = SolvesOf(town, "read -r question; echo kera-progress 4100 4200; exec sleep 100000");
        await desk.AskAsync(round, Actor.Operator(), TestContext.Current.CancellationToken);
        var running = endless.RunAsync(TestContext.Current.CancellationToken);
        while ((await ReadAsync(town)).Progress is null)
        {
            Assert.False(running.IsCompleted);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Contains("even the best would count at most 100 points more.", MyHomeTests.Plain((await kalle.GetAsync(Desk)).Text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await kalle.SubmitAsync(Desk, Desk + "/accept")).Status);
        Assert.Equal(Desk, (await kalle.SubmitAsync(Desk, Desk + "/stop")).Location);
        await running;
        Assert.True(await ReadAsync(town) is { Solving: RoundSolving.None, Progress: null, Answer: null });

        using var broken = SolvesOf(town, "exit 1");
        await desk.AskAsync(round, Actor.Operator(), TestContext.Current.CancellationToken);
        await broken.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(RoundSolving.Failed, (await ReadAsync(town)).Solving);
        await SolveAsync(town, kalle);
        Assert.NotNull((await ReadAsync(town)).Answer);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Rule_33_results_become_seasonal_series_and_are_told_and_Rule_17_until_then_the_days_are_kept(string provider)
    {
        await using var town = await SpaceTown.StartAsync(provider, server);
        var (aino, olli, kalle) = await PeopleAsync(town);
        var (youth, _) = await AppliedAsync(town, aino, olli);
        Assert.Contains("given out by an application round", await RefusedAsync(aino), StringComparison.Ordinal);
        await SolveAsync(town, kalle);
        Assert.Contains("share out the times", (await kalle.GetAsync("/en/today")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await kalle.SubmitAsync(Desk, Desk + "/send")).Status);
        Assert.Equal(Desk, (await kalle.SubmitAsync(Desk, Desk + "/accept")).Location);
        Assert.Contains("given out by an application round", await RefusedAsync(aino), StringComparison.Ordinal);
        Assert.DoesNotContain("Granted", MyHomeTests.Plain((await aino.GetAsync($"{Round}/{youth}")).Text), StringComparison.Ordinal);

        Assert.Equal(Desk, (await kalle.SubmitAsync(Desk, Desk + "/send")).Location);
        Assert.DoesNotContain("share out the times", (await kalle.GetAsync("/en/today")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await kalle.SubmitAsync("/en/my", Desk + "/send")).Status);

        // Tuesdays from 12 January to 25 May are twenty, and none is a holiday.
        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        var made = await db.Bookings.AsNoTracking().Where(row => row.Kind == BookingKind.Seasonal).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([20, 20], made.GroupBy(row => row.Series).Select(series => series.Count()));
        Assert.All(made, row => Assert.True(row is { State: BookingState.Confirmed, People: 4, GroupId: not null, Gross: > 0 }));
        var told = MyHomeTests.Plain((await aino.GetAsync($"{Round}/{youth}")).Text);
        Assert.Contains("Granted 1 h 30 min a week of 1 h 30 min wished at most: 100%.", told, StringComparison.Ordinal);
        Assert.Contains("1 times as wished.", told, StringComparison.Ordinal);
        Assert.Contains("The times that your group applied for are decided", MyHomeTests.Plain((await aino.GetAsync("/en/my/inbox")).Text), StringComparison.Ordinal);
        Assert.Contains("Tue 12 Jan 2027", MyHomeTests.Plain((await aino.GetAsync("/en/my/groups/" + youth)).Text), StringComparison.Ordinal);
        Assert.Equal([90, 90], await db.RoundApplications.Where(row => row.Wished > 0).Select(row => row.Granted).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Another booking", await RefusedAsync(aino), StringComparison.Ordinal);
        await SpaceTown.HoldAsync(aino, "skate-hall", "2027-01-14T15:00:00Z", 60);
    }

    [Fact]
    public async Task Programs_read_rounds_and_write_applications_of_groups_that_their_person_leads()
    {
        await using var town = await SpaceTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var group = KeyOf(await GroupSeriesTests.MakeAsync(aino, "Night Skaters", "youth-sport"));
        var account = await town.Kera.AccountOfAsync("Aino Virta");
        var issued = await town.Services.GetRequiredService<Tokens>().AddAsync(new TokenRequest("program", account.PersonKey, [Scopes.Read, Scopes.WriteApplications]), Actor.Operator(), TestContext.Current.CancellationToken);
        using var client = town.Kera.App.GetTestClient();
        Assert.Contains("\"state\":\"open\"", await client.GetStringAsync(new Uri("/api/v1/rounds/spring-2027", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("[]", await client.GetStringAsync(new Uri("/api/v1/rounds/spring-2027/applications", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/api/v1/rounds/spring-2027/results", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        client.DefaultRequestHeaders.Authorization = new("Bearer", issued.Text);
        var address = new Uri($"/api/v1/rounds/spring-2027/applications/{group}", UriKind.Relative);
        var wish = new { key = "training", spaces = new[] { "skate-hall" }, leastTimes = 1, mostTimes = 2, leastMinutes = 60, mostMinutes = 90, people = 15, suitable = new[] { new { day = 2, fromHour = 17, toHour = 20, primary = true } } };

        using var written = await client.PutAsJsonAsync(address, new { send = true, wishes = new[] { wish } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, written.StatusCode);
        Assert.Contains("\"state\":\"received\"", await written.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("\"training\"", await client.GetStringAsync(new Uri("/api/v1/rounds/spring-2027/applications", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var nowhere = await client.PutAsJsonAsync(address, new { wishes = new[] { new { wish.key, spaces = new[] { "kitchen" }, wish.leastTimes, wish.mostTimes, wish.leastMinutes, wish.mostMinutes, wish.people, wish.suitable } } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nowhere.StatusCode);
        using var others = await client.PutAsJsonAsync(new Uri("/api/v1/rounds/spring-2027/applications/other", UriKind.Relative), new { wishes = new[] { wish } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
    }

    private static async Task SolveAsync(SpaceTown town, TestBrowser handler)
    {
        Assert.Equal(Desk, (await handler.SubmitAsync(Desk, Desk + "/solve")).Location);
        // What began it may have been the desk or the node's own job; this waits for its turn after them.
        await town.Services.GetRequiredService<RoundSolves>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(RoundSolving.None, (await ReadAsync(town)).Solving);
    }

    private static RoundSolves SolvesOf(SpaceTown town, string solver) => new(
        town.Services.GetRequiredService<KeraStore>(), town.Services.GetRequiredService<SpaceCalendar>(), new RoundProcess(new ProcessStartInfo("sh", ["-c", solver]), TimeSpan.FromHours(1)),
        town.Services.GetRequiredService<IHostApplicationLifetime>(), town.Services.GetRequiredService<ILogger<RoundSolves>>());

    private static Task<RoundDeskView> ReadAsync(SpaceTown town) =>
        town.Services.GetRequiredService<RoundDesk>().ReadAsync(town.Services.GetRequiredService<SpaceCalendar>().Spaces!.Rounds["spring-2027"], TestContext.Current.CancellationToken);

    private static async Task<IEnumerable<(string Group, string Space)>> TimesAsync(SpaceTown town) => (await ReadAsync(town)).Answer!.Result.Allocations.Select(time => (time.Group, time.Space));

    // A Tuesday evening in the season.
    private static async Task<string> RefusedAsync(TestBrowser browser) => MyHomeTests.Plain((await browser.SubmitAsync(
        "/en/my", "/en/spaces/skate-hall/hold", ("start", "2027-01-12T15:30:00Z"), ("minutes", "60"), ("people", "2"))).Text);

    private static async Task<(TestBrowser Aino, TestBrowser Olli, TestBrowser Kalle)> PeopleAsync(SpaceTown town) =>
        (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"), await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-hall-association"));

    // Two groups want Tuesday evening in the hall, the adults else a court; then the close passes.
    private static async Task<(string Youth, string Adults)> AppliedAsync(SpaceTown town, TestBrowser aino, TestBrowser olli)
    {
        var (youth, adults) = (await GroupSeriesTests.MakeAsync(aino, "Night Skaters", "youth-sport"), await GroupSeriesTests.MakeAsync(olli, "Old Boards", "adult-sport"));
        await aino.SubmitAsync(ApplicationOf(youth), ApplicationOf(youth) + "/wish", Wish("skate-hall", 1, "17-19"));
        await olli.SubmitAsync(ApplicationOf(adults), ApplicationOf(adults) + "/wish", Wish("skate-hall", 1, "17-19", "court-1"));
        Assert.Equal(ApplicationOf(youth), (await aino.SubmitAsync(ApplicationOf(youth), ApplicationOf(youth) + "/send")).Location);
        Assert.Equal(ApplicationOf(adults), (await olli.SubmitAsync(ApplicationOf(adults), ApplicationOf(adults) + "/send")).Location);
        town.Pass(Duration.FromDays(20));
        return (KeyOf(youth), KeyOf(adults));
    }

    private static string KeyOf(string group) => group[(group.LastIndexOf('/') + 1)..];

    private static string ApplicationOf(string group) => $"{Round}/{KeyOf(group)}";

    // On Tuesdays.
    private static (string, string)[] Wish(string space, int times, string well, string second = "") =>
        [("space1", space), ("space2", second), ("leastTimes", "1"), ("mostTimes", $"{times}"), ("leastMinutes", "60"), ("mostMinutes", "90"), ("people", "4"), ("well2", well)];
}
