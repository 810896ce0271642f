using System.Text;
using Kera.Base.Access;
using static Kera.Tests.Api.ApiClient;

namespace Kera.Tests.Api;

/// <summary>Each malformed event gets its own clear refusal and changes nothing.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private HttpClient _city = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _city = await _host.WriterAsync("city");
        await _city.RecordedAsync(Raise("10", more: ",\"idempotencyKey\":\"opening\""));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_malformed_event_gets_its_own_refusal_and_changes_nothing()
    {
        (string Json, int Status, string Code, string Field)[] cases =
        [
            (Consume("1").Replace("\"kg\"", "\"kWh\"", StringComparison.Ordinal), 422, "WrongUnit", "resourceQuantity.hasUnit"),
            (Consume("1").Replace("\"kg\"", "\"kilo\"", StringComparison.Ordinal), 422, "UnknownNoun", "resourceQuantity.hasUnit"),
            (Consume("1").Replace("\"city\"", "\"city\",\"receiver\":\"ciyt\"", StringComparison.Ordinal), 422, "UnknownNoun", "receiver"),
            (Consume("1").Replace("\"pile\"", "\"heap\"", StringComparison.Ordinal), 422, "UnknownNoun", "resourceInventoriedAs"),
            (Consume("1").Replace("consume", "eat", StringComparison.Ordinal), 422, "UnknownNoun", "action"),
            (Consume("10.000001"), 422, "Overdraft", "resourceQuantity"),
            (Consume("1").Replace("\"inputOf\":\"works\",", "", StringComparison.Ordinal), 422, "WrongProcess", "inputOf"),
            ("""{"action":"transfer","provider":"city","receiver":"city","resourceInventoriedAs":"pile","toResourceInventoriedAs":"wall","resourceQuantity":{"hasNumericalValue":1,"hasUnit":"kg"},"hasPointInTime":"2026-11-02T08:00:00Z"}""", 422, "SelfTransfer", "receiver"),
            ("""{"action":"consume","provider":"city","inputOf":"works","resourceInventoriedAs":"pile","hasPointInTime":"2026-11-02T08:00:00Z"}""", 422, "MissingQuantity", "resourceQuantity"),
            ("""{"provider":"city","hasPointInTime":"2026-11-02T08:00:00Z"}""", 422, "MissingField", "action"),
            ("""{"action":"transfer","provider":"city","resourceInventoriedAs":"pile","resourceQuantity":{"hasNumericalValue":1,"hasUnit":"kg"},"hasPointInTime":"2026-11-02T08:00:00Z"}""", 422, "MissingAgent", "receiver"),
            (Consume("0.1234567"), 422, "TooManyDecimals", "resourceQuantity.hasNumericalValue"),
            (Consume("1e-2147483648"), 422, "NotANumber", "resourceQuantity.hasNumericalValue"),
            (Consume("1e300"), 422, "NotANumber", "resourceQuantity.hasNumericalValue"),
            (Consume("9223372036854.775808"), 422, "NumberTooLarge", "resourceQuantity.hasNumericalValue"),
            (Consume("\"viisi\""), 422, "NotANumber", "resourceQuantity.hasNumericalValue"),
            (Consume("-1"), 422, "NegativeQuantity", "resourceQuantity"),
            (Consume("1", "2026-11-24T12:05:01Z"), 422, "AbsurdTime", "hasPointInTime"),
            (Consume("1", "1899-12-31T23:59:59Z"), 422, "AbsurdTime", "hasPointInTime"),
            (Consume("1", "2026-11-02T08:00:00"), 422, "WrongMoment", "hasPointInTime"),
            (Consume("1", "2026-13-02T08:00:00Z"), 422, "WrongMoment", "hasPointInTime"),
            (Consume("1", more: ",\"hasBeginning\":\"2026-11-02T08:00:00Z\""), 422, "WrongTime", "hasPointInTime"),
            (Consume("1", more: ",\"colour\":\"red\""), 422, "UnknownField", "colour"),
            (Consume("1", more: ",\"id\":\"7\""), 422, "GivenByLedger", "id"),
            (Consume("1", more: ",\"action\":\"raise\""), 422, "RepeatedField", "action"),
            (Consume("1", more: ",\"note\":\"" + new string('x', 10_001) + "\""), 422, "WrongText", "note"),
            (Consume("1", more: ",\"idempotencyKey\":\"" + new string('x', 201) + "\""), 422, "WrongText", "idempotencyKey"),
            (Consume("1", more: ",\"note\":\"\\u0007\""), 422, "WrongText", "note"),
            (Consume("1", more: ",\"state\":\"a\\u0000b\""), 422, "WrongText", "state"),
            (Consume("1", more: ",\"reason\":\"because\""), 422, "UnexpectedReason", "reason"),
            (Consume("1", more: ",\"toLocation\":\"yard\""), 422, "UnexpectedEffect", "toLocation"),
            (Consume("1", more: ",\"corrects\":\"77\""), 422, "WrongCorrection", "corrects"),
            (Consume("1", more: ",\"flow\":\"no-flow\""), 422, "UnknownNoun", "flow"),
            (Consume("1").Replace("\"public\"", "\"nobody\"", StringComparison.Ordinal), 422, "UnknownNoun", "audience"),
            (Consume("2", more: ",\"idempotencyKey\":\"opening\""), 409, "KeyUsedBefore", "idempotencyKey"),
            ("""{"action":"transferCustody","provider":"city","receiver":"carrier","resourceInventoriedAs":"pile","resourceQuantity":{"hasNumericalValue":1,"hasUnit":"kg"},"hasPointInTime":"2026-11-02T08:00:00Z"}""", 422, "PartNeedsResource", "toResourceInventoriedAs"),
            ("""{"action":"use","provider":"city","inputOf":"works","resourceInventoriedAs":"drill-1","effortQuantity":{"hasNumericalValue":1,"hasUnit":"h"},"hasPointInTime":"2026-11-02T08:00:00Z"}""", 422, "NotThereYet", "resourceInventoriedAs"),
            ("", 400, "MalformedJson", ""),
            ("{", 400, "MalformedJson", ""),
            ("[]", 422, "WrongShape", ""),
            (new string('[', 100), 400, "MalformedJson", ""),
        ];
        var before = await _host.EverythingAsync();

        foreach (var (json, status, code, field) in cases)
        {
            var problem = await (await _city.RecordAsync(json)).ProblemAsync();
            Assert.True((status, code, field) == problem, $"{json[..Math.Min(json.Length, 300)]}: {problem}");
            var batch = await (await _city.RecordAsync($"[{json},{Raise("1")}]", "/api/v1/events/batch")).ProblemAsync();
            Assert.True(batch.Status is 400 or 409 or 422, $"{json}: {batch}");
        }

        Assert.Equal(before, await _host.EverythingAsync());
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_and_bodies_that_are_no_json_are_refused()
    {
        var before = await _host.EverythingAsync();
        var bytes = Encoding.UTF8.GetBytes(Consume("1", more: ",\"note\":\"?\""));
        bytes[Array.LastIndexOf(bytes, (byte)'?')] = 0xff;
        using var invalid = new ByteArrayContent(bytes);
        invalid.Headers.ContentType = new("application/json");
        using var text = new StringContent(Consume("1"), Encoding.UTF8, "text/plain");

        Assert.Equal((400, "InvalidUtf8", ""), await (await _city.PostAsync("/api/v1/events", invalid, TestContext.Current.CancellationToken)).ProblemAsync());
        Assert.Equal((415, "UnsupportedMediaType", ""), await (await _city.PostAsync("/api/v1/events", text, TestContext.Current.CancellationToken)).ProblemAsync());
        Assert.Equal(before, await _host.EverythingAsync());
    }

    [Fact]
    public async Task What_is_too_large_is_refused_before_it_is_read()
    {
        var before = await _host.EverythingAsync();

        var note = await _city.RecordAsync(Consume("1", more: ",\"note\":\"" + new string('x', 10_000_000) + "\""));
        var many = await _city.RecordAsync("[" + string.Join(',', Enumerable.Repeat("{}", 1_001)) + "]", "/api/v1/events/batch");

        Assert.Equal((413, "RequestTooLarge", ""), await note.ProblemAsync());
        Assert.Equal((413, "TooManyEvents", ""), await many.ProblemAsync());
        Assert.Equal(before, await _host.EverythingAsync());
    }

    [Fact]
    public async Task A_batch_is_recorded_wholly_or_not_at_all_and_names_the_event()
    {
        var before = await _host.EverythingAsync();

        var refused = await (await _city.RecordAsync($"[{Raise("5")},{Consume("15")},{Consume("1")}]", "/api/v1/events/batch")).BodyAsync();

        Assert.Equal(("Overdraft", "2"), (refused.Text("code"), (await (await _city.RecordAsync($"[{Raise("5")},{Consume("15")},{Consume("1")}]", "/api/v1/events/batch")).BodyAsync()).Text("index")));
        Assert.Equal(before, await _host.EverythingAsync());
    }

    [Theory]
    [InlineData("/events?colour=red", "UnknownParameter", "colour")]
    [InlineData("/events?limt=5", "UnknownParameter", "limt")]
    [InlineData("/events?limit=501", "WrongParameter", "limit")]
    [InlineData("/events?limit=-1", "WrongParameter", "limit")]
    [InlineData("/events?limit=1&limit=2", "WrongParameter", "limit")]
    [InlineData("/events?after=yesterday", "WrongParameter", "after")]
    [InlineData("/events?after=9223372036854775807_1", "WrongParameter", "after")]
    [InlineData("/events?agent=nobody", "UnknownNoun", "agent")]
    [InlineData("/events?agent=a%00b", "WrongParameter", "agent")]
    [InlineData("/events?action=eat", "UnknownNoun", "action")]
    [InlineData("/events?from=2026-01-01", "WrongMoment", "from")]
    [InlineData("/events?from=9999-12-31T23:59:59Z", "WrongParameter", "from")]
    [InlineData("/events?from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "WrongParameter", "until")]
    [InlineData("/balances?at=now", "WrongMoment", "at")]
    [InlineData("/totals", "WrongParameter", "granularity")]
    [InlineData("/totals?granularity=year", "WrongParameter", "granularity")]
    [InlineData("/totals?granularity=hour", "WrongParameter", "from")]
    [InlineData("/totals?granularity=hour&from=2026-01-01T00:00:00Z&until=2026-03-01T00:00:00Z", "WrongParameter", "until")]
    [InlineData("/agents?colour=red", "UnknownParameter", "colour")]
    [InlineData("/resources/pile/trace?limit=0", "WrongParameter", "limit")]
    public async Task An_address_that_asks_for_nonsense_is_told_so(string path, string code, string field) =>
        Assert.Equal((400, code, field), await (await _host.Anyone.AskAsync(path)).ProblemAsync());

    [Theory]
    [InlineData("/events/999", "NotFound")]
    [InlineData("/agents/nobody", "NotFound")]
    [InlineData("/resources/Pile", "NotFound")]
    [InlineData("/resources/nothing/trace", "NotFound")]
    [InlineData("/events/999/track", "NotFound")]
    [InlineData("/series/nothing", "NotFound")]
    [InlineData("/series/nothing/values", "NotFound")]
    [InlineData("/nonsense", "NotFound")]
    public async Task What_is_not_there_is_a_problem_too(string path, string code)
    {
        var response = await _host.Anyone.AskAsync(path);
        var problem = await response.BodyAsync();

        Assert.Equal((404, code), ((int)response.StatusCode, problem.Text("code")));
    }

    [Fact]
    public async Task Who_sends_too_much_or_may_not_write_is_told_in_the_same_form()
    {
        using var reader = await _host.AsAsync("city", Scopes.Read);

        Assert.Equal((401, "TokenMissing", ""), await (await _host.Anyone.RecordAsync(Raise("1"))).ProblemAsync());
        Assert.Equal((403, "ScopeMissing", ""), await (await reader.RecordAsync(Raise("1"))).ProblemAsync());
        Assert.Equal((403, "ScopeMissing", ""), await (await _city.PutAsync("/agents/new", """{"name":"New","type":"organization"}""")).ProblemAsync());
    }
}
