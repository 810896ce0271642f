using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kera.Base.Access;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Features.Communities;

/// <summary>Programs of members and keepers: the same doors, the same rules, and nothing of others.</summary>
public sealed class CommunityApiTests
{
    private const string Requests = "/api/v1/communities/sun-of-block-a/requests";

    [Fact]
    public async Task A_program_asks_once_and_the_keepers_answers()
    {
        await using var town = await MembershipTown.StartAsync();
        var list = JsonDocument.Parse(await town.App.GetTestClient().GetStringAsync(new Uri("/api/v1/communities", UriKind.Relative))).RootElement;
        Assert.Equal(("sun-of-block-a", "demo-housing", "2026-12-09"), (list[0].GetProperty("id").GetString(), list[0].GetProperty("keeper").GetString(), list[0].GetProperty("earliestDay").GetString()));
        using var school = await ProgramAsync(town, "demo-school", Scopes.WriteCommunities);
        using var keeper = await ProgramAsync(town, "demo-housing", Scopes.WriteCommunities);
        using var other = await ProgramAsync(town, "demo-street-keeper", Scopes.WriteCommunities);
        using var reader = await ProgramAsync(town, "demo-school", Scopes.Read);

        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(reader, "/school", """{ "kind": "leave" }""")).Status);
        // Another's point looks as one that is not there.
        var (status, stranger) = await PutAsync(other, "/school", """{ "kind": "leave" }""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, (await PutAsync(other, "/nothing", """{ "kind": "leave" }""")).Text.Replace("nothing", "school", StringComparison.Ordinal)), (status, stranger));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PutAsync(school, "/school", """{ "kind": "change", "sharePercent": 0 }""")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PutAsync(school, "/school", """{ "kind": "change", "sharePercent": 10, "day": "2026-12-01" }""")).Status);

        Assert.Equal(HttpStatusCode.Created, (await PutAsync(school, "/school", """{ "kind": "change", "sharePercent": 10, "words": "Fewer pupils." }""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(school, "/school", """{ "kind": "change", "sharePercent": 10 }""")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PutAsync(school, "/school", """{ "kind": "leave" }""")).Status);
        Assert.Contains("\"holdsFrom\":\"2026-12-09\"", await school.GetStringAsync(new Uri(Requests, UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("\"due\":\"20", await school.GetStringAsync(new Uri(Requests, UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("\"point\":\"school\"", await keeper.GetStringAsync(new Uri(Requests, UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal("[]", await other.GetStringAsync(new Uri(Requests, UriKind.Relative)));

        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(school, "/school/answer", """{ "accepted": true }""")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PutAsync(keeper, "/school/answer", """{ "accepted": false }""")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PutAsync(keeper, "/school/answer", "{}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(keeper, "/pole-2/answer", """{ "accepted": true }""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(keeper, "/school/answer", """{ "accepted": true }""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(keeper, "/school/answer", """{ "accepted": true }""")).Status);
        Assert.Equal(10m, Assert.Single((await town.NoticesAsync()).Stored).Notice.Share.Percent);
    }

    private static async Task<(HttpStatusCode Status, string Text)> PutAsync(HttpClient client, string path, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PutAsync(new Uri(Requests + path, UriKind.Relative), body);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpClient> ProgramAsync(MembershipTown town, string agent, string scope)
    {
        var issued = await town.Services.GetRequiredService<Tokens>().AddAsync(new TokenRequest($"{agent} {scope}", agent, [scope]), new Actor("somebody", "test"), TestContext.Current.CancellationToken);
        var client = town.App.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issued.Text);
        return client;
    }
}
