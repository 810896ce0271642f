using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Store;
using Kera.Tests.Accounts;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Homes;

/// <summary>A report of a room reaches who keeps the building, and nobody else; who reported sees who has it and by when it is answered.</summary>
public sealed partial class RoomReportTests(PostgresServer server)
{
    private const string Desk = "/en/keeper-desk/demo-housing";
    private static readonly Duration Hour = Duration.FromHours(1);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_report_stands_beside_what_was_measured_and_is_taken_and_answered(string provider)
    {
        await using var town = await HomesTown.StartAsync(provider, server);
        var (aino, keeper) = await ReportedAsync(town);

        var desk = MyHomeTests.Plain((await keeper.GetAsync(Desk)).Text);
        Assert.Contains("Bedroom: too cold", desk, StringComparison.Ordinal);
        Assert.Contains("B 14", desk, StringComparison.Ordinal);
        Assert.Contains("It draws.", desk, StringComparison.Ordinal);
        Assert.Contains("18.0 °C (24 Nov 2026, 12:00); since that day 17.0 °C to 19.0 °C", desk, StringComparison.Ordinal);
        // Reported on the 24th, answered within three days.
        Assert.Contains("answers by 27 Nov 2026.", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("Aino", desk, StringComparison.Ordinal);
        Assert.Contains("/en/keeper-desk/demo-housing", (await keeper.GetAsync("/en/my")).Text, StringComparison.Ordinal);
        Assert.Contains("One notice is new", (await keeper.GetAsync("/en/my/inbox")).Text, StringComparison.Ordinal);
        Assert.Contains("has had it since", MyHomeTests.Plain((await aino.GetAsync("/en/my/home")).Text), StringComparison.Ordinal);

        var number = Number().Match((await keeper.GetAsync(Desk)).Text).Groups[1].Value;
        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, Desk + "/take", ("request", number))).Location);
        Assert.Contains("has been working on it since", MyHomeTests.Plain((await aino.GetAsync("/en/my/home")).Text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await keeper.SubmitAsync(Desk, Desk + "/answer", ("request", number), ("answer", " "))).Status);
        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, Desk + "/answer", ("request", number), ("answer", "The radiator is mended."))).Location);

        Assert.Contains("The radiator is mended.", (await aino.GetAsync("/en/my/home")).Text, StringComparison.Ordinal);
        Assert.Contains("has been answered", MyHomeTests.Plain((await aino.GetAsync("/en/my/inbox")).Text), StringComparison.Ordinal);
        Assert.Contains("No report waits for an answer.", (await keeper.GetAsync(Desk)).Text, StringComparison.Ordinal);
        Assert.Contains("The radiator is mended.", (await keeper.GetAsync(Desk + "?answered=true")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await keeper.SubmitAsync(Desk, Desk + "/answer", ("request", number), ("answer", "Again."))).Status);
        // Whoever looked is told to the reporter.
        Assert.Contains("report of a room", (await aino.GetAsync("/en/my/data")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_acts_for_the_keeper_of_the_building_comes_to_the_desk()
    {
        await using var town = await HomesTown.StartAsync();
        var (_, keeper) = await ReportedAsync(town);
        var number = Number().Match((await keeper.GetAsync(Desk)).Text).Groups[1].Value;

        foreach (var role in new[] { "resident", "partner:nokia", "partner:demo-school", "city", "desk", "operator" })
        {
            var other = await town.Kera.JoinAsync($"Other {role.Replace(':', ' ')}", role);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(Desk)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.SubmitAsync("/en/my", Desk + "/answer", ("request", number), ("answer", "Mine now."))).Status);
            Assert.DoesNotContain("It draws.", (await other.GetAsync("/en/desk/requests")).Text, StringComparison.Ordinal);
        }

        // The keeper of another building has a desk, and the report is not on it.
        var school = await town.Kera.JoinAsync("Sanna School", "partner:demo-school");
        const string SchoolDesk = "/en/keeper-desk/demo-school";
        Assert.DoesNotContain("It draws.", (await school.GetAsync(SchoolDesk)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await school.SubmitAsync(SchoolDesk, SchoolDesk + "/answer", ("request", number), ("answer", "Mine now."))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await school.SubmitAsync(SchoolDesk, SchoolDesk + "/record", ("place", "demo-block-b"), ("room", "Kitchen"), ("feeling", "TooCold"), ("since", "2026-11-24"))).Status);
        Assert.Contains("It draws.", (await keeper.GetAsync(Desk)).Text, StringComparison.Ordinal);
        // Who keeps nothing has no desk.
        var nokia = await town.Kera.JoinAsync("Nina Nokia", "partner:nokia");
        Assert.Equal(HttpStatusCode.NotFound, (await nokia.GetAsync("/en/keeper-desk/nokia")).Status);
    }

    [Fact]
    public async Task What_is_late_is_shown_to_both()
    {
        await using var town = await HomesTown.StartAsync();
        var (aino, keeper) = await ReportedAsync(town);

        // To the end of the third day it is in time.
        town.Pass(Duration.FromHours(81));
        Assert.DoesNotContain("it is late", MyHomeTests.Plain((await aino.GetAsync("/en/my/home")).Text), StringComparison.Ordinal);
        town.Pass(Duration.FromHours(2));

        Assert.Contains("should have answered by 27 Nov 2026: it is late.", MyHomeTests.Plain((await aino.GetAsync("/en/my/home")).Text), StringComparison.Ordinal);
        Assert.Contains("should have answered by 27 Nov 2026: it is late.", MyHomeTests.Plain((await keeper.GetAsync(Desk)).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_taken_along_and_goes_with_its_reporter()
    {
        await using var town = await HomesTown.StartAsync();
        var (aino, keeper) = await ReportedAsync(town);
        Assert.Contains("\"room\": \"bedroom\"", (await aino.GetAsync("/en/my/data/export.json")).Text, StringComparison.Ordinal);

        await aino.SubmitAsync("/en/my/data", "/en/my/data/erase", ("password", AccountsHarness.Password));

        Assert.DoesNotContain("It draws.", (await keeper.GetAsync(Desk)).Text, StringComparison.Ordinal);
        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        Assert.Empty(db.Requests.ToList());
    }

    [Fact]
    public async Task On_paper_the_keeper_records_it_and_the_code_opens_the_answer()
    {
        await using var town = await HomesTown.StartAsync();
        var keeper = await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-housing");

        var (status, text, _) = await keeper.SubmitAsync(Desk, Desk + "/record", ("place", "demo-block-c"), ("door", "C 3"), ("room", "Kitchen"), ("feeling", "TooWarm"), ("since", "2026-11-20"), ("words", ""));

        Assert.Equal(HttpStatusCode.OK, status);
        var code = Code().Match(text).Value;
        var number = Number().Match(text).Groups[1].Value;
        Assert.Contains("nothing measures it there", text, StringComparison.Ordinal);
        await keeper.SubmitAsync(Desk, Desk + "/answer", ("request", number), ("answer", "The valve is set."));
        var visitor = new TestBrowser(town.Kera.App);
        var answer = MyHomeTests.Plain((await visitor.GetAsync("/en/feedback/status?code=" + code)).Text);
        Assert.Contains("The valve is set.", answer, StringComparison.Ordinal);
        Assert.Contains("Kitchen: too warm", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "TooCold", "2026-11-20", "Choose the room.")]
    [InlineData("Cellar", "TooCold", "2026-11-20", "Choose the room.")]
    [InlineData("Kitchen", "Fine", "2026-11-20", "Choose too cold or too warm.")]
    [InlineData("Kitchen", "TooCold", "2026-11-25", "Choose a day of the last year")]
    [InlineData("Kitchen", "TooCold", "2025-11-20", "Choose a day of the last year")]
    [InlineData("Kitchen", "TooCold", "", "Choose a day of the last year")]
    public async Task What_is_no_report_is_refused_and_what_was_typed_stays(string room, string feeling, string since, string error)
    {
        await using var town = await HomesTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        await MyHomeTests.SetAsync(aino);

        var (status, text, _) = await aino.SubmitAsync("/en/my/home", "/en/my/home/report", ("room", room), ("feeling", feeling), ("since", since), ("words", "Brr, it is cold"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(error, text, StringComparison.Ordinal);
        Assert.Contains("Brr, it is cold", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_home_or_with_ten_reports_that_wait_there_is_no_other()
    {
        await using var town = await HomesTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        Assert.Equal(HttpStatusCode.BadRequest, (await ReportAsync(aino)).Status);
        await MyHomeTests.SetAsync(aino);
        for (var number = 0; number < 10; number++)
        {
            Assert.Equal("/en/my/home?told=reported#reports", (await ReportAsync(aino)).Location);
        }

        Assert.Contains("Ten of your reports wait for an answer already.", (await ReportAsync(aino)).Text, StringComparison.Ordinal);
    }

    private static async Task<(TestBrowser Reporter, TestBrowser Keeper)> ReportedAsync(HomesTown town)
    {
        var keeper = await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-housing");
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        await MyHomeTests.SetAsync(aino);
        // Colder before the day that the report names.
        await town.ReadAsync(await town.PersonAsync("Aino Virta"), "demo-home-bedroom", "Cel", Hour, Instant.FromUtc(2026, 11, 23, 21, 0), [15, 19, .. Enumerable.Repeat(17m, 11), 18]);
        Assert.Equal("/en/my/home?told=reported#reports", (await ReportAsync(aino)).Location);
        return (aino, keeper);
    }

    private static Task<(HttpStatusCode Status, string Text, string? Location)> ReportAsync(TestBrowser browser) =>
        browser.SubmitAsync("/en/my/home", "/en/my/home/report", ("room", "Bedroom"), ("feeling", "TooCold"), ("since", "2026-11-24"), ("words", "It draws."));

    [GeneratedRegex("name=\"request\" value=\"([0-9]+)\"")]
    private static partial Regex Number();

    [GeneratedRegex("[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")]
    private static partial Regex Code();
}
