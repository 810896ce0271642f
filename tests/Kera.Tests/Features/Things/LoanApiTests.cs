using System.Net;
using System.Text.Json;
using Kera.Base.Access;
using Kera.Tests.Accounts;
using Microsoft.AspNetCore.TestHost;
using NodaTime;

namespace Kera.Tests.Features.Things;

/// <summary>Programs find, reserve, extend and give up by the same rules as people; a keeper's scanner hands out and takes back once however often it is read.</summary>
public sealed class LoanApiTests
{
    [Fact]
    public async Task Programs_borrow_order_and_keep_for_their_agents_alone()
    {
        await using var town = await ThingTown.StartAsync();
        await town.Kera.JoinAsync("Aino Virta", "resident");
        using var anybody = town.Kera.App.GetTestClient();
        using var person = await town.Kera.ProgramAsync((await town.Kera.AccountOfAsync("Aino Virta")).PersonKey, Scopes.WriteLoans);
        using var reader = await town.Kera.ProgramAsync("demo-hall-association", Scopes.Read);
        using var keeper = await town.Kera.ProgramAsync("demo-hall-association", Scopes.WriteLoans);
        using var builder = await town.Kera.ProgramAsync("demo-site-builder", Scopes.WriteLoans);
        using var pool = await town.Kera.ProgramAsync("demo-machine-pool", Scopes.WriteLoans);

        // What there is, for everyone.
        Assert.Equal(["drill"], Ids(await anybody.SendAsync(HttpMethod.Get, "things?words=porakone")));
        Assert.Contains("sander", Ids(await anybody.SendAsync(HttpMethod.Get, "things?category=tools&first=2026-11-24&last=2026-11-26")));
        Assert.Equal(HttpStatusCode.BadRequest, (await anybody.SendAsync(HttpMethod.Get, "things?first=2026-11-24&last=2026-11-23")).Status);
        Assert.Contains("{\"day\":\"2026-11-25\",\"free\":3}", (await anybody.SendAsync(HttpMethod.Get, "things/drill?first=2026-11-24&last=2026-11-25")).Text, StringComparison.Ordinal);
        Assert.Equal("""{"id":"drill-1","thing":"drill","state":"here","keeper":"demo-hall-association","place":"demo-hall-workshop","resource":"demo-thing-drill-1"}""", (await anybody.SendAsync(HttpMethod.Get, "things/items/drill-1")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.SendAsync(HttpMethod.Get, "things/xyzzy")).Status);

        // Nobody without the scope; nothing wrong; nothing unsigned.
        const string Wish = """{ "thing": "sander", "first": "2026-11-24", "days": 3, "signs": true, "idempotencyKey": "one" }""";
        Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.SendAsync(HttpMethod.Post, "loans", Wish)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendAsync(HttpMethod.Post, "loans", Wish)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendAsync(HttpMethod.Get, "loans")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await person.SendAsync(HttpMethod.Post, "loans", """{ "thing": "sander", "kit": "renovation", "first": "2026-11-24", "days": 3 }""")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await person.SendAsync(HttpMethod.Post, "loans", """{ "thing": "sander", "first": "soon", "days": 3 }""")).Status);
        Assert.Equal(["unsigned"], Rules(await person.SendAsync(HttpMethod.Post, "loans", """{ "thing": "sander", "first": "2026-11-24", "days": 3 }""")));
        Assert.Equal(["notForYou"], Rules(await keeper.SendAsync(HttpMethod.Post, "loans", """{ "thing": "ladder", "first": "2026-11-24", "days": 3 }""")));

        // Sent twice it is one; another wish under the word is refused; what is taken names the day that will do.
        var (status, text) = await person.SendAsync(HttpMethod.Post, "loans", Wish);
        Assert.Equal(HttpStatusCode.Created, status);
        var loan = Ids((status, text)).Single();
        Assert.Equal(loan, Ids(await person.SendAsync(HttpMethod.Post, "loans", Wish)).Single());
        Assert.Contains("KeyUsedBefore", (await person.SendAsync(HttpMethod.Post, "loans", Wish.Replace("sander", "ladder", StringComparison.Ordinal))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sander", Ids(await anybody.SendAsync(HttpMethod.Get, "things?first=2026-11-25")));
        var taken = await person.SendAsync(HttpMethod.Post, "loans", """{ "thing": "sander", "first": "2026-11-25", "days": 2, "signs": true }""");
        Assert.Equal(["noneFree"], Rules(taken));
        Assert.Contains("\"nearest\":[{\"thing\":\"sander\",\"first\":\"2026-11-28\",\"days\":2}]", taken.Text, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"waiting\"", (await person.SendAsync(HttpMethod.Post, "loans", """{ "thing": "sander", "first": "2026-11-25", "days": 2, "latest": "2026-11-26", "signs": true }""")).Text, StringComparison.Ordinal);

        // The scanner: read twice it is done once, and others find nothing.
        var @out = $$"""{ "loan": "{{loan}}", "depositTaken": true }""";
        Assert.Equal(HttpStatusCode.NotFound, (await pool.SendAsync(HttpMethod.Put, "things/items/sander-1/out", @out)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await person.SendAsync(HttpMethod.Put, "things/items/sander-1/out", @out)).Status);
        Assert.Contains(loan, Ids(await keeper.SendAsync(HttpMethod.Get, "loans?keeper=demo-hall-association")));
        Assert.Equal(HttpStatusCode.NotFound, (await pool.SendAsync(HttpMethod.Get, "loans?keeper=demo-hall-association")).Status);
        Assert.Equal(["notout"], Rules(await keeper.SendAsync(HttpMethod.Put, "things/items/sander-1/back", "{}")));
        Assert.Contains("\"state\":\"out\"", (await keeper.SendAsync(HttpMethod.Put, "things/items/sander-1/out", @out)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await keeper.SendAsync(HttpMethod.Put, "things/items/sander-1/out", @out)).Status);
        Assert.Contains("\"state\":\"lent\"", (await anybody.SendAsync(HttpMethod.Get, "things/items/sander-1")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await person.SendAsync(HttpMethod.Put, $"loans/{loan}", """{ "change": "extend" }""")).Status);
        Assert.Equal(["somebodyWaits"], Rules(await person.SendAsync(HttpMethod.Put, $"loans/{loan}", """{ "change": "extend", "due": "2026-11-26" }""")));
        Assert.Equal(HttpStatusCode.NotFound, (await builder.SendAsync(HttpMethod.Put, $"loans/{loan}", """{ "change": "extend", "due": "2026-11-26" }""")).Status);
        Assert.Equal(["out"], Rules(await person.SendAsync(HttpMethod.Delete, $"loans/{loan}", null)));
        const string Back = """{ "condition": "worn", "consumed": ["0:2"] }""";
        Assert.Contains("\"price\":4.6", (await keeper.SendAsync(HttpMethod.Put, "things/items/sander-1/back", Back)).Text, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"returned\"", (await keeper.SendAsync(HttpMethod.Put, "things/items/sander-1/back", Back)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await keeper.SendAsync(HttpMethod.Get, $"loans/{loan}")).Status);

        // A company: its site's orders, off-hire and the hours that the machine ran.
        var order = Ids(await builder.SendAsync(HttpMethod.Post, "loans", """{ "thing": "mini-excavator", "first": "2026-11-24", "days": 5, "site": "demo-site-street", "delivered": true }""")).Single();
        var over = await builder.SendAsync(HttpMethod.Post, "loans", """{ "thing": "mini-excavator", "first": "2026-11-24", "days": 7, "site": "demo-site-street" }""");
        Assert.Equal(["ordererLimit"], Rules(over));
        Assert.Contains("\"left\":[{\"rule\":\"ordererLimit\",\"euros\":1100", over.Text, StringComparison.Ordinal);
        Assert.Equal([order], Ids(await builder.SendAsync(HttpMethod.Get, "loans?site=demo-site-street")));
        Assert.Equal(HttpStatusCode.NotFound, (await pool.SendAsync(HttpMethod.Get, "loans?site=demo-site-street")).Status);
        Assert.Equal(["notOut"], Rules(await builder.SendAsync(HttpMethod.Put, $"loans/{order}", """{ "change": "offHire" }""")));
        Assert.Equal(HttpStatusCode.OK, (await pool.SendAsync(HttpMethod.Put, "things/items/excavator-1/out", $$"""{ "loan": "{{order}}" }""")).Status);
        const string Hours = """{ "keeper": "demo-machine-pool", "lines": ["excavator-1;2026-11-24;6.5"] }""";
        Assert.Equal("""{"changed":1}""", (await pool.SendAsync(HttpMethod.Post, "things/hours", Hours)).Text);
        Assert.Equal("""{"changed":0}""", (await pool.SendAsync(HttpMethod.Post, "things/hours", Hours)).Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await pool.SendAsync(HttpMethod.Post, "things/hours", Hours.Replace("excavator-1", "drill-1", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await builder.SendAsync(HttpMethod.Post, "things/hours", Hours)).Status);
        town.Pass(Duration.FromDays(1));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Contains("\"due\":\"2026-12-03\"", (await builder.SendAsync(HttpMethod.Put, $"loans/{order}", """{ "change": "extend", "due": "2026-11-28" }""")).Text, StringComparison.Ordinal);
        }

        // 2,700 euros are more than one may order for.
        Assert.Equal(["overLimit"], Rules(await builder.SendAsync(HttpMethod.Put, $"loans/{order}", """{ "change": "extend", "due": "2026-12-03" }""")));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Contains("\"offHire\":\"2026-11-25\"", (await builder.SendAsync(HttpMethod.Put, $"loans/{order}", """{ "change": "offHire" }""")).Text, StringComparison.Ordinal);
        }
    }

    private static List<string> Ids((HttpStatusCode Status, string Text) answer) => [.. JsonDocument.Parse(answer.Text).RootElement.EnumerateArray().Select(each => each.GetProperty("id").GetString()!)];

    private static List<string> Rules((HttpStatusCode Status, string Text) answer)
    {
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        return [.. JsonDocument.Parse(answer.Text).RootElement.GetProperty("rules").EnumerateArray().Select(each => each.GetString()!)];
    }
}
