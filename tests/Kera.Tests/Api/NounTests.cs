using System.Net;
using Kera.Base.Access;
using static Kera.Tests.Api.ApiClient;

namespace Kera.Tests.Api;

public sealed class NounTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private HttpClient _operator = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _operator = await _host.AsAsync("city", Scopes.Read, Scopes.WriteMaster, Scopes.WriteEvents);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/agents/reuse", """{"name":{"fi":"Kierto","sv":"Krets","en":"Reuse"},"type":"organization","outside":true,"note":{"fi":"a","sv":"b","en":"c"}}""")]
    [InlineData("/places/hall", """{"name":{"fi":"Halli","sv":"Hall","en":"Hall"},"kind":"building","partOf":"yard","geometry":{"type":"Point","coordinates":[24.75,60.2]},"schematic":true}""")]
    [InlineData("/resource-specifications/tile", """{"name":{"fi":"Tiili","sv":"Tegel","en":"Tile"},"defaultUnitOfResource":"kg","defaultUnitOfEffort":"h","resourceClassifiedAs":"material"}""")]
    [InlineData("/process-specifications/crushing", """{"name":{"fi":"Murskaus","sv":"Krossning","en":"Crushing"}}""")]
    [InlineData("/resources/heap", """{"name":{"fi":"Kasa","sv":"Hög","en":"Heap"},"conformsTo":"brick","kind":"stock","lot":"A-1","place":"yard","note":{"fi":"a","sv":"b","en":"c"}}""")]
    [InlineData("/processes/mending", """{"name":{"fi":"Korjaus","sv":"Lagning","en":"Mending"},"basedOn":"repair","continuous":false,"place":"site"}""")]
    [InlineData("/agreements/pact", """{"name":{"fi":"Sopu","sv":"Pakt","en":"Pact"},"audience":["public"]}""")]
    [InlineData("/commitments/promise", """{"name":{"fi":"Lupaus","sv":"Löfte","en":"Promise"},"action":"transfer","provider":"builder","receiver":"city","resourceConformsTo":"brick","resourceQuantity":{"hasNumericalValue":2000.5,"hasUnit":"kg"},"due":"2027-12-31T22:00:00Z","finished":false,"audience":["public"]}""")]
    public async Task A_noun_that_was_put_is_read_as_it_was_sent_and_putting_it_again_changes_nothing(string path, string json)
    {
        var put = await _operator.PutAsync(path, json);
        Assert.True(put.StatusCode == HttpStatusCode.Created, await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("/api/v1" + path, put.Headers.Location?.ToString());
        var before = await _host.EverythingAsync();

        var again = await _operator.PutAsync(path, json);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(before, await _host.EverythingAsync());
        var read = (await _host.Anyone.ReadAsync(path)).GetRawText();
        Assert.StartsWith($$"""{"id":"{{path.Split('/')[2]}}",{{json[1..^1]}}""", read, StringComparison.Ordinal);
        Assert.Contains(read, (await _host.Anyone.ReadAsync("/" + path.Split('/')[1])).EnumerateArray().Select(each => each.GetRawText()));
    }

    [Theory]
    [InlineData("/agents/Reuse", """{"name":"A","type":"organization"}""", "WrongKey", "id")]
    [InlineData("/agents/public", """{"name":"A","type":"organization"}""", "ReservedKey", "id")]
    [InlineData("/agents/" + ApiHost.Person, """{"name":"A","type":"organization"}""", "ReservedKey", "id")]
    [InlineData("/agents/filed", """{"name":"A","type":"organization"}""", "TakenByFiles", "id")]
    [InlineData("/agents/new", """{"name":"A","type":"person"}""", "WrongShape", "type")]
    [InlineData("/agents/new", """{"type":"organization"}""", "MissingField", "name")]
    [InlineData("/agents/new", """{"name":{"fi":"A","sv":"A"},"type":"organization"}""", "MissingField", "name.en")]
    [InlineData("/agents/new", """{"name":"A","type":"organization","outsid":true}""", "UnknownField", "outsid")]
    [InlineData("/agents/grid", """{"name":"A","type":"organization","outside":false}""", "CannotChange", "outside")]
    [InlineData("/resource-specifications/brick", """{"name":"A","defaultUnitOfResource":"t","resourceClassifiedAs":"material"}""", "CannotChange", "defaultUnitOfResource")]
    [InlineData("/resource-specifications/new", """{"name":"A","defaultUnitOfResource":"kgs","resourceClassifiedAs":"material"}""", "UnknownNoun", "defaultUnitOfResource")]
    [InlineData("/resources/pile", """{"name":"A","conformsTo":"brick","kind":"identified"}""", "CannotChange", "kind")]
    [InlineData("/resources/new", """{"name":"A","conformsTo":"brik"}""", "UnknownNoun", "conformsTo")]
    [InlineData("/resources/new", """{"name":"A","conformsTo":"brick","kind":"liquid"}""", "WrongShape", "kind")]
    [InlineData("/processes/works", """{"name":"A","continuous":true}""", "CannotChange", "continuous")]
    [InlineData("/places/new", """{"name":"A","kind":"block","geometry":{"type":"Point","coordinates":[240,60]}}""", "WrongText", "geometry")]
    [InlineData("/places/yard", """{"name":"A","kind":"block","partOf":"yard"}""", "PartOfItself", "partOf")]
    [InlineData("/agreements/new", """{"name":"A"}""", "MissingField", "audience")]
    [InlineData("/agreements/new", """{"name":"A","audience":["nobody"]}""", "UnknownNoun", "audience")]
    [InlineData("/commitments/bricks", """{"name":"A","action":"transfer","provider":"city","receiver":"builder","resourceConformsTo":"heat","resourceQuantity":{"hasNumericalValue":1,"hasUnit":"kWh"}}""", "CannotChange", "resourceConformsTo")]
    [InlineData("/commitments/bricks", """{"name":"A","action":"transfer","provider":"city","receiver":"builder","resourceConformsTo":"brick","effortQuantity":{"hasNumericalValue":1,"hasUnit":"h"}}""", "CannotChange", "resourceQuantity")]
    [InlineData("/commitments/new", """{"name":"A","action":"transfer","provider":"city","receiver":"builder","resourceConformsTo":"brick"}""", "MissingField", "resourceQuantity")]
    [InlineData("/commitments/new", """{"name":"A","action":"transfer","provider":"city","receiver":"builder","resourceConformsTo":"brick","resourceQuantity":{"hasNumericalValue":1,"hasUnit":"kWh"}}""", "WrongUnit", "resourceQuantity.hasUnit")]
    public async Task A_noun_that_cannot_be_is_refused_and_nothing_changes(string path, string json, string code, string field)
    {
        await _operator.PutAsync("/commitments/bricks", """{"name":"A","action":"transfer","provider":"city","receiver":"builder","resourceConformsTo":"brick","resourceQuantity":{"hasNumericalValue":1,"hasUnit":"kg"}}""");
        var before = await _host.EverythingAsync();

        Assert.Equal((422, code, field), await (await _operator.PutAsync(path, json)).ProblemAsync());
        Assert.Equal(before, await _host.EverythingAsync());
    }

    [Fact]
    public async Task A_new_thing_takes_events_at_once()
    {
        await _operator.PutAsync("/resources/heap", """{"name":"Heap","conformsTo":"brick"}""");
        await _operator.RecordedAsync(Raise("3").Replace("pile", "heap", StringComparison.Ordinal));

        Assert.Equal("3", (await _host.Anyone.ReadAsync("/resources/heap")).GetProperty("state").GetProperty("onhandQuantity").Text("hasNumericalValue"));
    }

    [Fact]
    public async Task Events_fulfil_commitments_and_only_whose_audience_one_is_sees_it()
    {
        await _operator.PutAsync("/commitments/promise", """{"name":"P","action":"transfer","provider":"city","receiver":"builder","resourceConformsTo":"brick","resourceQuantity":{"hasNumericalValue":10,"hasUnit":"kg"}}""");
        await _operator.RecordedAsync(Raise("5"));
        await _operator.RecordedAsync("""{"action":"transfer","provider":"city","receiver":"builder","resourceInventoriedAs":"pile","resourceQuantity":{"hasNumericalValue":5,"hasUnit":"kg"},"hasPointInTime":"2026-11-03T08:00:00Z","audience":["public"],"fulfills":[{"commitment":"promise","resourceQuantity":{"hasNumericalValue":4,"hasUnit":"kg"}}]}""");
        using var carrier = await _host.AsAsync("carrier", Scopes.Read);

        Assert.Equal("4", (await _operator.ReadAsync("/commitments/promise")).GetProperty("fulfilled").Text("hasNumericalValue"));
        Assert.Equal("promise", (await _operator.ReadAsync("/events/3")).GetProperty("fulfills")[0].Text("commitment"));
        Assert.Equal(HttpStatusCode.NotFound, (await carrier.AskAsync("/commitments/promise")).StatusCode);
        Assert.Empty((await carrier.ReadAsync("/commitments")).EnumerateArray());
        Assert.Equal("", (await carrier.ReadAsync("/events/3")).Text("fulfills"));
    }

    [Fact]
    public async Task Lists_come_in_pages_by_key()
    {
        var keys = new List<string>();
        for (var next = "/api/v1/agents?limit=2"; next is not null;)
        {
            var response = await _host.Anyone.GetAsync(next, TestContext.Current.CancellationToken);
            keys.AddRange((await response.BodyAsync()).EnumerateArray().Select(each => each.Text("id")));
            next = response.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }

        Assert.Equal(["builder", "carrier", "city", "filed", "grid"], keys);
    }

    [Fact]
    public async Task Places_are_geojson_for_who_asks_for_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/places");
        request.Headers.Accept.ParseAdd("application/geo+json");

        var response = await _host.Anyone.SendAsync(request, TestContext.Current.CancellationToken);
        var collection = await response.BodyAsync();

        Assert.Equal("application/geo+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("FeatureCollection", collection.Text("type"));
        Assert.Equal(
            [("site", ""), ("yard", """{"type":"Point","coordinates":[24.75,60.2]}""")],
            collection.GetProperty("features").EnumerateArray().Select(feature => (feature.Text("id"), feature.Text("geometry"))));
    }
}
