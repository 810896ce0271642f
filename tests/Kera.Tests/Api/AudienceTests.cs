using System.Net;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using Kera.Tests.Ledger;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static Kera.Tests.Api.ApiClient;

namespace Kera.Tests.Api;

/// <summary>Nobody sees what is not for them, and nobody writes what is not theirs.</summary>
public sealed class AudienceTests : IAsyncLifetime
{
    private const string Correction = """
        "corrects":"1","resourceQuantity":{"hasNumericalValue":1,"hasUnit":"kg"}
        """;

    private ApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_private_event_is_seen_by_its_audience_only()
    {
        using var city = await _host.WriterAsync("city");
        using var builder = await _host.AsAsync("builder", Scopes.Read);
        using var carrier = await _host.AsAsync("carrier", Scopes.Read);
        using var noReading = await _host.AsAsync("city", Scopes.WriteEvents);
        var only = Raise("5").Replace("[\"public\"]", "[\"city\",\"builder\"]", StringComparison.Ordinal);
        await city.RecordedAsync(only);
        await city.RecordedAsync(Consume("1").Replace("[\"public\"]", "[\"city\",\"builder\"]", StringComparison.Ordinal));

        string[] lists = ["/events", "/balances", "/totals?granularity=month", "/resources/pile/trace", "/resources/pile/track"];
        foreach (var list in lists)
        {
            Assert.NotEmpty((await city.ReadAsync(list)).EnumerateArray());
            Assert.Empty((await carrier.ReadAsync(list)).EnumerateArray());
            Assert.Empty((await noReading.ReadAsync(list)).EnumerateArray());
            Assert.Empty((await _host.Anyone.ReadAsync(list)).EnumerateArray());
        }

        foreach (var one in new[] { "/events/1", "/events/1/trace", "/events/1/track" })
        {
            Assert.Equal(HttpStatusCode.OK, (await builder.AskAsync(one)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await carrier.AskAsync(one)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await _host.Anyone.AskAsync(one)).StatusCode);
        }

        Assert.Equal("", (await carrier.ReadAsync("/resources/pile")).Text("state"));
        Assert.NotEqual("", (await city.ReadAsync("/resources/pile")).Text("state"));
    }

    [Fact]
    public async Task Without_an_audience_an_event_is_its_parties()
    {
        using var city = await _host.WriterAsync("city");
        using var builder = await _host.AsAsync("builder", Scopes.Read);
        await city.RecordedAsync(Raise("5").Replace(",\"audience\":[\"public\"]", "", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, (await city.AskAsync("/events/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await builder.AskAsync("/events/1")).StatusCode);
    }

    [Theory]
    [InlineData("city", false, 201)]
    [InlineData("builder", false, 201)]
    [InlineData("carrier", false, 403)]
    [InlineData("carrier", true, 201)]
    public async Task Only_its_parties_record_an_event_or_who_may_for_all(string agent, bool any, int status)
    {
        using var city = await _host.WriterAsync("city");
        await city.RecordedAsync(Raise("5"));
        using var client = any ? await _host.AsAsync(agent, Scopes.WriteEvents, Scopes.WriteAnyEvents) : await _host.WriterAsync(agent);
        var before = await _host.EverythingAsync();

        var response = await client.RecordAsync("""{"action":"transfer","provider":"city","receiver":"builder","resourceInventoriedAs":"pile","resourceQuantity":{"hasNumericalValue":5,"hasUnit":"kg"},"hasPointInTime":"2026-11-03T08:00:00Z"}""");

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 403)
        {
            Assert.Equal((403, "NotAParty", "provider"), await response.ProblemAsync());
            Assert.Equal(before, await _host.EverythingAsync());
        }
    }

    [Theory]
    [InlineData("city", 201)]
    [InlineData("carrier", 403)]
    public async Task Only_its_parties_correct_an_event(string agent, int status)
    {
        using var city = await _host.WriterAsync("city");
        await city.RecordedAsync(Raise("5"));
        using var client = await _host.WriterAsync(agent);

        // Naming oneself as a party of the correction does not help: the original's parties count.
        var parties = agent == "city" ? "" : $"\"provider\":\"{agent}\",\"receiver\":\"{agent}\",";
        var response = await client.RecordAsync($"{{{parties}{Correction}}}");
        var batch = await client.RecordAsync($"[{{{Correction}}}]", "/api/v1/events/batch");

        Assert.Equal((status, status), ((int)response.StatusCode, (int)batch.StatusCode));
    }

    [Fact]
    public async Task A_correction_is_read_by_whoever_reads_its_event()
    {
        using var city = await _host.WriterAsync("city");
        await city.RecordedAsync(Raise("5"));
        await city.RecordedAsync($"{{{Correction}}}");

        Assert.Equal("public", (await _host.Anyone.ReadAsync("/events/2")).GetProperty("audience")[0].GetString());
        Assert.Equal("6", (await _host.Anyone.ReadAsync("/balances"))[0].GetProperty("state").GetProperty("onhandQuantity").Text("hasNumericalValue"));
        Assert.Equal((422, "WrongCorrection", "audience"), await (await city.RecordAsync($"{{{Correction},\"audience\":[\"city\"]}}")).ProblemAsync());
    }

    [Fact]
    public async Task A_correction_of_what_is_still_to_come_is_refused()
    {
        using var city = await _host.WriterAsync("city");

        // The position would be the first event's of this very request, or, by chance, somebody else's.
        var refused = await city.RecordAsync($"[{Raise("5")},{{{Correction}}}]", "/api/v1/events/batch");

        Assert.Equal((422, "WrongCorrection", "corrects"), await refused.ProblemAsync());
    }

    [Fact]
    public async Task A_person_is_listed_to_nobody_else()
    {
        using var person = await _host.AsAsync(ApiHost.Person, Scopes.Read);

        Assert.DoesNotContain((await _host.Anyone.ReadAsync("/agents")).EnumerateArray(), agent => agent.Text("id") == ApiHost.Person);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Anyone.AskAsync("/agents/" + ApiHost.Person)).StatusCode);
        Assert.Equal("person", (await person.ReadAsync("/agents/" + ApiHost.Person)).Text("type"));
    }

    [Fact]
    public async Task A_private_series_is_its_owners_token_alone()
    {
        var services = _host.App.Services;
        var (catalog, store) = (services.GetRequiredService<Catalog>(), services.GetRequiredService<SeriesStore>());
        var series = await store.OpenAsync(
            new SeriesDeclaration("household", "test", "kWh", Duration.FromHours(1), catalog.AudienceId([ApiHost.Person]), catalog.Agents.Find(ApiHost.Person)!.Noun.Id), LedgerHarness.Tester, TestContext.Current.CancellationToken);
        await store.AppendAsync(
            series,
            [.. Enumerable.Range(0, 3).Select(hour => new SeriesValue(Instant.FromUtc(2026, 1, 1, hour, 0), new Quantity(1_500_001 + hour), SeriesQuality.Measured))], LedgerHarness.Tester, TestContext.Current.CancellationToken);
        using var owner = await _host.AsAsync(ApiHost.Person, Scopes.Read, Scopes.ReadSeries);
        using var ownerWithout = await _host.AsAsync(ApiHost.Person, Scopes.Read);
        using var city = await _host.AsAsync("city", Scopes.Read, Scopes.ReadSeries);

        foreach (var path in new[] { "/series/household", "/series/household/values" })
        {
            Assert.Equal(HttpStatusCode.OK, (await owner.AskAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await ownerWithout.AskAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await city.AskAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await _host.Anyone.AskAsync(path)).StatusCode);
        }

        Assert.Equal("PT3600S", (await owner.ReadAsync("/series/household")).Text("step"));
        var page = await owner.AskAsync("/series/household/values?limit=2");
        Assert.Equal(
            """[{"hasBeginning":"2026-01-01T00:00:00Z","hasNumericalValue":1.500001,"quality":"measured"},{"hasBeginning":"2026-01-01T01:00:00Z","hasNumericalValue":1.500002,"quality":"measured"}]""",
            await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("from=2026-01-01T02:00:00Z", Uri.UnescapeDataString(page.Headers.GetValues("Link").Single()), StringComparison.Ordinal);
    }
}
