using System.Text;
using Kera.Base.Ledger;
using NodaTime;

namespace Kera.Tests.Ledger;

public sealed class EventJsonTests
{
    [Fact]
    public void Every_field_is_read_in_the_standard_s_name()
    {
        var input = Read("""
            {
              "idempotencyKey": "k", "action": "transfer", "provider": "a", "receiver": "b", "inputOf": "c", "outputOf": "d",
              "resourceInventoriedAs": "e", "toResourceInventoriedAs": "f", "resourceConformsTo": "g",
              "resourceQuantity": {"hasNumericalValue": 1.5e1, "hasUnit": "kg"}, "effortQuantity": {"hasNumericalValue": 0.000001, "hasUnit": "h"},
              "hasPointInTime": "2026-01-31T13:00:00+02:00", "hasBeginning": "2026-01-31T11:00:00.5Z", "hasEnd": "2026-01-31T12:00:00Z",
              "toLocation": "i", "state": "j", "note": "päivää", "reason": null, "corrects": 7,
              "fulfills": [{"commitment": "l", "quantity": {"hasNumericalValue": 2, "hasUnit": "kg"}}],
              "realizationOf": "m", "audience": ["n", "o"], "flow": "p"
            }
            """);

        Assert.Equal(("k", "transfer", "a", "b", "c", "d"), (input.IdempotencyKey, input.Action, input.Provider, input.Receiver, input.InputOf, input.OutputOf));
        Assert.Equal(("e", "f", "g"), (input.ResourceInventoriedAs, input.ToResourceInventoriedAs, input.ResourceConformsTo));
        Assert.Equal(LedgerHarness.Measure(15, "kg"), input.ResourceQuantity);
        Assert.Equal(LedgerHarness.Measure(0.000001m, "h"), input.EffortQuantity);
        Assert.Equal(Instant.FromUtc(2026, 1, 31, 11, 0), input.HasPointInTime);
        Assert.Equal(Instant.FromUtc(2026, 1, 31, 11, 0) + Duration.FromMilliseconds(500), input.HasBeginning);
        Assert.Equal(Instant.FromUtc(2026, 1, 31, 12, 0), input.HasEnd);
        Assert.Equal(("i", "j", "päivää", null, 7L, "m", "p"), (input.ToLocation, input.State, input.Note, input.Reason, input.Corrects, input.RealizationOf, input.Flow));
        Assert.Equal([new FulfilmentInput("l", LedgerHarness.Measure(2, "kg"))], input.Fulfills);
        Assert.Equal(["n", "o"], input.Audience);
    }

    [Fact]
    public void The_audience_may_be_one_word() => Assert.Equal(["public"], Read("""{"audience": "public"}""").Audience);

    [Theory]
    [InlineData("", "event", "This is no JSON")]
    [InlineData("{\"action\": ", "event", "This is no JSON, from character 12 on")]
    [InlineData("{} {}", "event", "This is no JSON")]
    [InlineData("[1]", "event", "'event' is a list; it is an object")]
    [InlineData("{\"recieverr\": \"a\"}", "recieverr", "Did you mean 'receiver'?")]
    [InlineData("{\"quantity\": 1}", "quantity", "There is no field 'quantity' here")]
    [InlineData("{\"action\": \"use\", \"action\": \"cite\"}", "action", "'action' is given twice")]
    [InlineData("{\"action\": 1}", "action", "'action' is a number; it is a text")]
    [InlineData("{\"resourceQuantity\": 5}", "resourceQuantity", "'resourceQuantity' is a number; it is an object")]
    [InlineData("{\"resourceQuantity\": {\"hasNumericalValue\": 5}}", "resourceQuantity.hasUnit", "'hasUnit' is missing")]
    [InlineData("{\"resourceQuantity\": {\"hasUnit\": \"kg\"}}", "resourceQuantity.hasNumericalValue", "'hasNumericalValue' is missing")]
    [InlineData("{\"resourceQuantity\": {\"hasNumericalValue\": \"5\", \"hasUnit\": \"kg\"}}", "resourceQuantity.hasNumericalValue", "it is a number without quotes")]
    [InlineData("{\"resourceQuantity\": {\"hasNumericalValue\": 1.2345678, \"hasUnit\": \"kg\"}}", "resourceQuantity.hasNumericalValue", "more than six decimals")]
    [InlineData("{\"resourceQuantity\": {\"hasNumericalValue\": 1e13, \"hasUnit\": \"kg\"}}", "resourceQuantity.hasNumericalValue", "beyond")]
    [InlineData("{\"resourceQuantity\": {\"hasNumericalValue\": 1, \"unit\": \"kg\"}}", "resourceQuantity.unit", "There is no field 'unit' here")]
    [InlineData("{\"hasPointInTime\": \"2026-01-31\"}", "hasPointInTime", "'2026-01-31' is no moment")]
    [InlineData("{\"hasPointInTime\": \"2026-01-31T13:00:00\"}", "hasPointInTime", "Write it with its offset")]
    [InlineData("{\"hasPointInTime\": \"2026-02-30T13:00:00Z\"}", "hasPointInTime", "is no moment")]
    [InlineData("{\"hasPointInTime\": \"2026-01-31T13:00:00.1234567Z\"}", "hasPointInTime", "finer than a microsecond")]
    [InlineData("{\"corrects\": 1.5}", "corrects", "a whole number")]
    [InlineData("{\"audience\": {}}", "audience", "it is a list")]
    [InlineData("{\"fulfills\": [{\"commitment\": \"a\"}]}", "fulfills", "A link names the commitment")]
    [InlineData("{\"note\": \"\\ud800\"}", "note", "half of a surrogate pair")]
    [InlineData("{\"fulfills\": [[[[[[[[[1]]]]]]]]]}", "event", "This is no JSON")]
    public void Each_mistake_has_its_own_refusal(string json, string field, string told)
    {
        Assert.Null(EventJson.Read(Encoding.UTF8.GetBytes(json), out var refusal));

        Assert.NotNull(refusal);
        Assert.Equal(field, refusal.Field);
        Assert.Contains(told, refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        Assert.Null(EventJson.Read((byte[])[.. "{\"note\": \""u8, 0xff, .. "\"}"u8], out var refusal));

        Assert.Contains("not valid UTF-8", refusal!.Sentence, StringComparison.Ordinal);
    }

    private static EventInput Read(string json)
    {
        var input = EventJson.Read(Encoding.UTF8.GetBytes(json), out var refusal);
        Assert.Null(refusal);
        return input!;
    }
}
