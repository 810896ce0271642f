using System.Net;
using System.Text.Json;
using Kera.Base.Access;
using static Kera.Tests.Api.ApiClient;

namespace Kera.Tests.Api;

public sealed class EventTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private HttpClient _city = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _city = await _host.WriterAsync("city");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_recorded_event_is_read_as_it_was_sent()
    {
        var response = await _city.RecordAsync(Raise("12.500001", more: ",\"note\":\"Määrä laskettu\",\"idempotencyKey\":\"k1\""));
        var receipt = await response.BodyAsync();

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/api/v1/events/1", response.Headers.Location?.ToString());
        Assert.Equal(("1", "k1", "False"), (receipt.Text("id"), receipt.Text("idempotencyKey"), receipt.Text("wasThere")));
        var read = await _host.Anyone.ReadAsync("/events/1");
        Assert.Equal(
            """{"id":"1","idempotencyKey":"k1","action":"raise","provider":"city","receiver":"city","resourceInventoriedAs":"pile","resourceConformsTo":"brick","resourceQuantity":{"hasNumericalValue":12.500001,"hasUnit":"kg"},"hasPointInTime":"2026-11-01T06:00:00Z","note":"Määrä laskettu","reason":"count","audience":["public"],"created":"2026-11-24T12:00:00Z"}""",
            Without(read, "hash"));
        Assert.Equal(64, read.Text("hash").Length);
        var chain = await _host.Anyone.ReadAsync("/chain");
        Assert.Equal(("1", read.Text("hash"), "Europe/Helsinki"), (chain.Text("position"), chain.Text("hash"), chain.Text("zone")));
    }

    [Fact]
    public async Task The_same_key_with_the_same_content_adds_nothing_and_is_answered_with_200()
    {
        using var first = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = Json(Raise("1")) };
        first.Headers.Add("Idempotency-Key", "\"k\"");
        Assert.Equal(HttpStatusCode.Created, (await _city.SendAsync(first, TestContext.Current.CancellationToken)).StatusCode);
        var before = await _host.EverythingAsync();

        var again = await _city.RecordAsync(Raise("1.0", more: ",\"idempotencyKey\":\"k\""));

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(("1", "True"), ((await again.BodyAsync()).Text("id"), (await again.BodyAsync()).Text("wasThere")));
        Assert.Equal(before, await _host.EverythingAsync());
        Assert.Equal((409, "KeyUsedBefore", "idempotencyKey"), await (await _city.RecordAsync(Raise("2", more: ",\"idempotencyKey\":\"k\""))).ProblemAsync());
    }

    [Fact]
    public async Task A_batch_is_recorded_in_order()
    {
        var response = await _city.RecordAsync($"[{Raise("5")},{Consume("5")}]", "/api/v1/events/batch");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(["1", "2"], (await response.BodyAsync()).EnumerateArray().Select(each => each.Text("id")));
        Assert.Equal("0", (await _host.Anyone.ReadAsync("/resources/pile")).GetProperty("state").GetProperty("accountingQuantity").Text("hasNumericalValue"));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_hold_each_event_once()
    {
        await _city.RecordedAsync(Raise("100"));
        for (var hour = 0; hour < 10; hour++)
        {
            // Two by two at the same moment, so that only the position tells them apart.
            await _city.RecordedAsync(Consume("1", $"2026-11-02T0{hour / 2}:00:00Z"));
        }

        var ids = new List<string>();
        for (var next = "/api/v1/events?action=consume&limit=3"; next is not null;)
        {
            var response = await _host.Anyone.GetAsync(next, TestContext.Current.CancellationToken);
            ids.AddRange((await response.BodyAsync()).EnumerateArray().Select(each => each.Text("id")));
            next = response.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }

        Assert.Equal(["11", "10", "9", "8", "7", "6", "5", "4", "3", "2"], ids);
    }

    [Fact]
    public async Task Events_are_found_by_what_they_are()
    {
        await _city.RecordedAsync(Raise("100"));
        await _city.RecordedAsync(Consume("1"));

        Assert.Equal(["2"], await IdsAsync("?process=works"));
        Assert.Equal(["2", "1"], await IdsAsync("?agent=city&resource=pile&specification=brick"));
        Assert.Empty(await IdsAsync("?agent=builder"));
        Assert.Equal(["1"], await IdsAsync("?until=2026-11-02T06:00:00Z"));
        Assert.Equal(["2"], await IdsAsync("?from=2026-11-02T06:00:00Z"));
        Assert.Empty(await IdsAsync("?place=yard"));

        async Task<IEnumerable<string>> IdsAsync(string query) => (await _host.Anyone.ReadAsync("/events" + query)).EnumerateArray().Select(each => each.Text("id"));
    }

    [Fact]
    public async Task A_correction_shows_at_its_event_and_in_balances_and_totals()
    {
        await _city.RecordedAsync(Raise("100"));

        var id = await _city.RecordedAsync("""{"corrects":"1","resourceQuantity":{"hasNumericalValue":-40.5,"hasUnit":"kg"},"reason":"counted twice"}""");

        Assert.Equal(["2"], (await _host.Anyone.ReadAsync("/events/1")).GetProperty("correctedBy").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(("1", "2"), ((await _host.Anyone.ReadAsync("/events/2")).Text("corrects"), id));
        Assert.Equal("59.5", (await _host.Anyone.ReadAsync("/balances"))[0].GetProperty("state").GetProperty("onhandQuantity").Text("hasNumericalValue"));
        var total = (await _host.Anyone.ReadAsync("/totals?granularity=month"))[0];
        Assert.Equal(("59.5", "1", "2026-10-31T22:00:00Z"), (total.GetProperty("resourceQuantity").Text("hasNumericalValue"), total.Text("events"), total.Text("hasBeginning")));
    }

    [Fact]
    public async Task Balances_are_told_as_of_any_instant()
    {
        await _city.RecordedAsync(Raise("100"));
        await _city.RecordedAsync(Consume("30"));

        Assert.Empty((await _host.Anyone.ReadAsync("/balances?at=2026-11-01T05:59:59Z")).EnumerateArray());
        Assert.Equal("100", await AtAsync("2026-11-01T06:00:00Z"));
        Assert.Equal("100", await AtAsync("2026-11-02T07:59:59.999999%2B02:00"));
        Assert.Equal("70", await AtAsync("2026-11-02T08:00:00%2B02:00"));

        async Task<string> AtAsync(string at) => (await _host.Anyone.ReadAsync("/balances?at=" + at))[0].GetProperty("state").GetProperty("accountingQuantity").Text("hasNumericalValue");
    }

    [Theory]
    [InlineData("hour", "2026-11-02T06:00:00Z")]
    [InlineData("day", "2026-11-01T22:00:00Z")]
    [InlineData("month", "2026-10-31T22:00:00Z")]
    public async Task Totals_have_the_districts_hours_days_and_months(string granularity, string start)
    {
        await _city.RecordedAsync(Raise("100"));
        await _city.RecordedAsync(Consume("30", "2026-11-02T08:10:00+02:00"));
        await _city.RecordedAsync(Consume("0.5", "2026-11-02T08:50:00+02:00"));

        var total = Assert.Single((await _host.Anyone.ReadAsync($"/totals?granularity={granularity}&action=consume&from=2026-11-01T00:00:00Z&until=2026-11-03T00:00:00Z")).EnumerateArray());

        Assert.Equal((start, "30.5", "2", "works"), (total.Text("hasBeginning"), total.GetProperty("resourceQuantity").Text("hasNumericalValue"), total.Text("events"), total.Text("inputOf")));
    }

    [Fact]
    public async Task Things_are_traced_back_and_tracked_on()
    {
        using var feed = await _host.AsAsync("grid", Scopes.WriteEvents, Scopes.WriteAnyEvents);
        await _city.RecordedAsync(Raise("100"));
        await feed.RecordedAsync("""{"action":"transfer","provider":"city","receiver":"builder","resourceInventoriedAs":"pile","toResourceInventoriedAs":"wall","resourceQuantity":{"hasNumericalValue":60,"hasUnit":"kg"},"hasPointInTime":"2026-11-03T08:00:00Z","audience":["public"]}""");

        Assert.Equal([("2", "", "start"), ("1", "2", "resource")], await StepsAsync("/resources/wall/trace"));
        Assert.Equal([("1", "", "start"), ("2", "1", "resource")], await StepsAsync("/events/1/track"));
        Assert.Equal([("2", "", "start"), ("1", "2", "resource")], await StepsAsync("/events/2/trace"));
        Assert.Equal([("2", "", "start")], await StepsAsync("/events/2/trace?limit=1"));

        async Task<IEnumerable<(string, string, string)>> StepsAsync(string path) =>
            (await _host.Anyone.ReadAsync(path)).EnumerateArray().Select(step => (step.GetProperty("event").Text("id"), step.Text("from"), step.Text("via")));
    }

    [Theory]
    [InlineData("/events")]
    [InlineData("/events/1")]
    [InlineData("/balances")]
    [InlineData("/totals?granularity=month")]
    [InlineData("/resources/pile/trace")]
    [InlineData("/resources/pile")]
    [InlineData("/chain")]
    public async Task Who_has_the_answer_already_gets_304_until_something_is_written(string path)
    {
        await _city.RecordedAsync(Raise("100"));
        var first = await _host.Anyone.AskAsync(path);

        Assert.Equal("public, no-cache", first.Headers.CacheControl?.ToString().Replace("no-cache, public", "public, no-cache", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotModified, (await AgainAsync(_host.Anyone)).StatusCode);
        // What one reader has is no answer for another.
        Assert.True((await _city.AskAsync(path)).Headers.CacheControl!.Private);

        await _city.RecordedAsync("""{"corrects":"1","resourceQuantity":{"hasNumericalValue":1,"hasUnit":"kg"},"audience":["public"]}""");
        Assert.Equal(HttpStatusCode.OK, (await AgainAsync(_host.Anyone)).StatusCode);

        Task<HttpResponseMessage> AgainAsync(HttpClient client)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1" + path);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            return client.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    private static string Without(JsonElement element, string name)
    {
        var fields = element.EnumerateObject().Where(property => property.Name != name).Select(property => $"\"{property.Name}\":{property.Value.GetRawText()}");
        return $"{{{string.Join(',', fields)}}}";
    }
}
