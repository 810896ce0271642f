using System.Net;
using System.Text.Json;
using Kera.Base.Access;
using Kera.Tests.Accounts;
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
}
