using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Tests.Accounts;
using Kera.Tests.Api;
using Microsoft.AspNetCore.TestHost;

namespace Kera.Tests.Features.Spaces;

/// <summary>Programs find, hold, book, move and cancel by the same rules as people, and see nothing of others.</summary>
public sealed class BookingApiTests
{
    private const string Hour = """{ "space": "workshop", "hasBeginning": "2026-11-26T15:00:00Z", "hasEnd": "2026-11-26T16:00:00Z", "people": 2 }""";

    [Fact]
    public async Task A_program_books_for_its_agent_alone()
    {
        await using var town = await SpaceTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        using var anybody = town.Kera.App.GetTestClient();
        using var person = await town.Kera.ProgramAsync((await town.Kera.AccountOfAsync("Aino Virta")).PersonKey, Scopes.WriteBookings);
        using var other = await town.Kera.ProgramAsync("nokia", Scopes.WriteBookings);
        using var reader = await town.Kera.ProgramAsync("nokia", Scopes.Read);

        Assert.Contains("\"id\":\"court-1\"", (await anybody.SendAsync(HttpMethod.Get, "spaces")).Text, StringComparison.Ordinal);
        Assert.Contains("{\"space\":\"court-1\",\"hasBeginning\":\"2026-11-25T16:00:00Z\",\"hasEnd\":\"2026-11-25T17:00:00Z\",\"price\":18", (await person.SendAsync(HttpMethod.Get, "spaces/court-1/free?day=2026-11-25&minutes=60")).Text, StringComparison.Ordinal);
        Assert.Contains("\"space\":\"court-2\"", (await anybody.SendAsync(HttpMethod.Get, "spaces/free?day=2026-11-25&minutes=60&people=4")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await anybody.SendAsync(HttpMethod.Get, "spaces/free?day=soon")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.SendAsync(HttpMethod.Post, "bookings", Hour)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendAsync(HttpMethod.Post, "bookings", Hour)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await person.SendAsync(HttpMethod.Post, "bookings", """{ "space": "workshop" }""")).Status);

        var (status, held) = await person.SendAsync(HttpMethod.Post, "bookings", Hour);
        Assert.Equal(HttpStatusCode.Created, status);
        var id = JsonDocument.Parse(held).RootElement.GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.OK, (await person.SendAsync(HttpMethod.Post, "bookings", Hour)).Status);
        var (taken, problem) = await other.SendAsync(HttpMethod.Post, "bookings", Hour);
        Assert.Equal(HttpStatusCode.Conflict, taken);
        Assert.Equal("overlap", JsonDocument.Parse(problem).RootElement.GetProperty("rules")[0].GetString());

        Assert.Contains("\"state\":\"confirmed\"", (await person.SendAsync(HttpMethod.Put, $"bookings/{id}/confirm", """{ "people": 3, "purpose": "A chair" }""")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await person.SendAsync(HttpMethod.Put, $"bookings/{id}/confirm", """{ "people": 3 }""")).Status);
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Delete, ""), (HttpMethod.Put, "/move") })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(method, $"bookings/{id}{path}", method == HttpMethod.Put ? """{ "hasBeginning": "2026-11-28T09:00:00Z" }""" : null)).Status);
        }

        Assert.Contains("\"sequence\":2", (await person.SendAsync(HttpMethod.Put, $"bookings/{id}/move", """{ "hasBeginning": "2026-11-28T09:00:00Z" }""")).Text, StringComparison.Ordinal);
        Assert.Equal("[]", (await other.SendAsync(HttpMethod.Get, "bookings")).Text);
        Assert.Contains("\"people\":3", (await person.SendAsync(HttpMethod.Get, "bookings")).Text, StringComparison.Ordinal);
        // For a display at the door: when, and nothing else.
        Assert.Equal("""[{"hasBeginning":"2026-11-28T09:00:00Z","hasEnd":"2026-11-28T10:00:00Z","state":"confirmed"}]""", (await anybody.SendAsync(HttpMethod.Get, "spaces/workshop/taken?day=2026-11-28")).Text);
        Assert.Contains("\"state\":\"cancelled\"", (await person.SendAsync(HttpMethod.Delete, $"bookings/{id}", null)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await person.SendAsync(HttpMethod.Delete, $"bookings/{id}", null)).Status);
        Assert.Contains("Cancelled", (await aino.GetAsync($"/en/bookings/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_can_be_booked_a_wish_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        using var person = await host.AsAsync(ApiHost.Person, Scopes.WriteBookings);

        var (status, problem) = await person.SendAsync(HttpMethod.Post, "bookings", Hour);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("space", JsonDocument.Parse(problem).RootElement.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_program_books_a_series_by_what_it_was_offered_for_a_group_of_its_person()
    {
        await using var town = await SpaceTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        await town.Kera.JoinAsync("Olli Otso", "resident");
        using var person = await town.Kera.ProgramAsync((await town.Kera.AccountOfAsync("Aino Virta")).PersonKey, Scopes.WriteBookings);
        using var other = await town.Kera.ProgramAsync((await town.Kera.AccountOfAsync("Olli Otso")).PersonKey, Scopes.WriteBookings);
        var group = Text(await person.SendAsync(HttpMethod.Post, "groups", """{ "name": "Thursday players", "kind": "friends" }"""), HttpStatusCode.Created, "id");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await person.SendAsync(HttpMethod.Post, "groups", """{ "name": "Thursday players", "kind": "strangers" }""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Post, "groups/codes", $$"""{ "group": "{{group}}" }""")).Status);
        var code = Text(await person.SendAsync(HttpMethod.Post, "groups/codes", $$"""{ "group": "{{group}}" }"""), HttpStatusCode.Created, "code");
        Assert.Equal("[]", (await other.SendAsync(HttpMethod.Get, "groups")).Text);
        using var organisation = await town.Kera.ProgramAsync("nokia", Scopes.WriteBookings);
        Assert.Equal(HttpStatusCode.Forbidden, (await organisation.SendAsync(HttpMethod.Post, "groups", """{ "name": "Phones", "kind": "friends" }""")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await organisation.SendAsync(HttpMethod.Post, "groups/join", $$"""{ "code": "{{code}}" }""")).Status);
        Assert.Contains("\"leads\":false,\"people\":2", (await other.SendAsync(HttpMethod.Post, "groups/join", $$"""{ "code": "{{code}}" }""")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.SendAsync(HttpMethod.Post, "groups/join", $$"""{ "code": "{{code}}" }""")).Status);

        string Wish(string seal = "", string begin = "18:00") => $$"""{ "space": "court-1", "firstDay": "2026-11-25", "lastDay": "2026-12-02", "days": [3], "begin": "{{begin}}", "minutes": 60, "people": 4, "group": "{{group}}"{{seal}} }""";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await person.SendAsync(HttpMethod.Post, "bookings/series/offers", Wish(begin: "six"))).Status);
        // Who leads no such group books nothing for it.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.SendAsync(HttpMethod.Post, "bookings/series/offers", Wish())).Status);
        var offered = await person.SendAsync(HttpMethod.Post, "bookings/series/offers", Wish());
        Assert.Equal(2, JsonDocument.Parse(offered.Text).RootElement.GetProperty("dates").EnumerateArray().Count(date => date.GetProperty("state").GetString() == "confirmed"));
        var seal = $", \"seal\": \"{Text(offered, HttpStatusCode.OK, "seal")}\"";
        Assert.Equal(HttpStatusCode.Conflict, (await person.SendAsync(HttpMethod.Post, "bookings/series", Wish(seal, "19:00"))).Status);

        var (status, booked) = await person.SendAsync(HttpMethod.Post, "bookings/series", Wish(seal));
        Assert.Equal(HttpStatusCode.Created, status);
        var series = JsonDocument.Parse(booked).RootElement;
        Assert.Equal(["2026-11-25T16:00:00Z", "2026-12-02T16:00:00Z"], series.GetProperty("bookings").EnumerateArray().Select(booking => booking.GetProperty("hasBeginning").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await person.SendAsync(HttpMethod.Post, "bookings/series", Wish(seal))).Status);
        // The group's calendar is behind the secret of each of its people.
        var (_, links, _) = await aino.SubmitAsync("/en/my", "/en/my/calendar");
        var address = new Uri(WebUtility.HtmlDecode(Regex.Match(links, "[^>\\s]+group=[^<\\s]+").Value)).PathAndQuery;
        Assert.Equal(2, Regex.Count(await person.GetStringAsync(address, TestContext.Current.CancellationToken), "BEGIN:VEVENT"));
        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync(address + "x", TestContext.Current.CancellationToken)).StatusCode);
        var (id, last) = (series.GetProperty("id").GetString(), series.GetProperty("bookings")[1].GetProperty("id").GetString());
        // Its people see it, and its leader alone changes it.
        Assert.Equal(HttpStatusCode.OK, (await other.SendAsync(HttpMethod.Get, $"bookings/series/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Delete, $"bookings/series/{id}?booking={last}&scope=one")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await person.SendAsync(HttpMethod.Delete, $"bookings/series/{id}?booking={last}&scope=some")).Status);
        Assert.Equal($$"""{"cancelled":["{{last}}"],"kept":[]}""", (await person.SendAsync(HttpMethod.Delete, $"bookings/series/{id}?booking={last}&scope=one")).Text);
    }

    [Fact]
    public async Task A_program_that_guesses_codes_of_groups_is_stopped_also_with_a_right_one()
    {
        await using var town = await SpaceTown.StartAsync();
        await town.Kera.JoinAsync("Aino Virta", "resident");
        await town.Kera.JoinAsync("Eve Else", "resident");
        using var person = await town.Kera.ProgramAsync((await town.Kera.AccountOfAsync("Aino Virta")).PersonKey, Scopes.WriteBookings);
        using var guesser = await town.Kera.ProgramAsync((await town.Kera.AccountOfAsync("Eve Else")).PersonKey, Scopes.WriteBookings);
        var group = Text(await person.SendAsync(HttpMethod.Post, "groups", """{ "name": "Thursday players", "kind": "friends" }"""), HttpStatusCode.Created, "id");
        var code = Text(await person.SendAsync(HttpMethod.Post, "groups/codes", $$"""{ "group": "{{group}}" }"""), HttpStatusCode.Created, "code");

        var answers = new List<HttpStatusCode>();
        for (var guess = 0; guess < 60 && !answers.Contains(HttpStatusCode.TooManyRequests); guess++)
        {
            answers.Add((await guesser.SendAsync(HttpMethod.Post, "groups/join", $$"""{ "code": "AAAA-AAAA-{{guess:0000}}" }""")).Status);
        }

        Assert.InRange(answers.Count, 2, 50);
        Assert.All(answers.SkipLast(1), status => Assert.Equal(HttpStatusCode.UnprocessableEntity, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.SendAsync(HttpMethod.Post, "groups/join", $$"""{ "code": "{{code}}" }""")).Status);
    }

    private static string Text((HttpStatusCode Status, string Text) answer, HttpStatusCode expected, string name)
    {
        Assert.True(answer.Status == expected, answer.Text);
        return JsonDocument.Parse(answer.Text).RootElement.GetProperty(name).GetString()!;
    }
}
