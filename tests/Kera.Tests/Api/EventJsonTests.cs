using System.Text;
using Kera.Base.Ledger;

namespace Kera.Tests.Api;

public sealed class EventJsonTests
{
    private const string Whole = """
        {"idempotencyKey":"k","action":"consume","provider":"a","receiver":"b","inputOf":"p","resourceInventoriedAs":"r","toResourceInventoriedAs":null,
         "resourceConformsTo":"s","resourceQuantity":{"hasNumericalValue":12.5,"hasUnit":"kWh"},"effortQuantity":{"hasNumericalValue":"0.000001","hasUnit":"h"},
         "hasBeginning":"2026-03-29T03:00:00+03:00","hasEnd":"2026-03-29T01:00:00.000001Z","toLocation":"here","state":"new","note":"a\nnote","reason":"why",
         "corrects":"7","fulfills":[{"commitment":"c","resourceQuantity":{"hasNumericalValue":1e1,"hasUnit":"kWh"}}],"realizationOf":"g","audience":["public"],"flow":"f"}
        """;

    [Fact]
    public void Every_field_is_read_exactly()
    {
        var input = EventJson.Read(Encoding.UTF8.GetBytes(Whole), out var refusal);

        Assert.Null(refusal);
        Assert.Equal(12_500_000, input!.ResourceQuantity!.HasNumericalValue.Millionths);
        Assert.Equal(1, input.EffortQuantity!.HasNumericalValue.Millionths);
        Assert.Equal("2026-03-29T00:00:00Z", input.HasBeginning!.ToString());
        Assert.Equal("2026-03-29T01:00:00.000001Z", Moments.Write(DistrictCalendar.ToMicroseconds(input.HasEnd!.Value)));
        Assert.Equal(7, input.Corrects);
        Assert.Equal(("c", 10_000_000), (input.Fulfills[0].Commitment, input.Fulfills[0].Quantity.HasNumericalValue.Millionths));
        Assert.Null(input.ToResourceInventoriedAs);
        Assert.Equal(["public"], input.Audience);
        Assert.Equal(
            ("k", "consume", "a", "b", "p", "r", "s", "here", "new", "a\nnote", "why", "g", "f"),
            (input.IdempotencyKey, input.Action, input.Provider, input.Receiver, input.InputOf, input.ResourceInventoriedAs, input.ResourceConformsTo, input.ToLocation, input.State, input.Note, input.Reason, input.RealizationOf, input.Flow));
    }

    [Theory]
    [InlineData("", nameof(MalformedJson), "", "line 1, byte 1")]
    [InlineData("{\"action\":\n  produce}", nameof(MalformedJson), "", "line 2, byte 3")]
    [InlineData("{\"action\":\"produce\"} {}", nameof(MalformedJson), "", "line 1, byte 22")]
    [InlineData("{\"resourceQuantity\":{\"hasNumericalValue\":NaN}}", nameof(MalformedJson), "", "byte 42")]
    [InlineData("[]", nameof(WrongShape), "", "an object in braces")]
    [InlineData("{\"actoin\":\"produce\"}", nameof(UnknownField), "actoin", "'action'")]
    [InlineData("{\"zzzzzzzzzz\":1}", nameof(UnknownField), "zzzzzzzzzz", "idempotencyKey, action")]
    [InlineData("{\"id\":\"1\"}", nameof(GivenByLedger), "id", "given by the ledger")]
    [InlineData("{\"note\":\"a\",\"note\":\"b\"}", nameof(RepeatedField), "note", "twice")]
    [InlineData("{\"action\":5}", nameof(WrongShape), "action", "a text in quotes")]
    [InlineData("{\"note\":\"\\ud800\"}", nameof(WrongText), "note", "half of a character")]
    [InlineData("{\"\\ud800\":1}", nameof(WrongText), "", "half of a character")]
    [InlineData("{\"provider\":\"a\\u0000b\"}", nameof(WrongText), "provider", "U+0000")]
    [InlineData("{\"resourceQuantity\":12}", nameof(WrongShape), "resourceQuantity", "object")]
    [InlineData("{\"resourceQuantity\":{\"hasUnit\":\"kg\"}}", nameof(MissingField), "resourceQuantity.hasNumericalValue", "missing")]
    [InlineData("{\"resourceQuantity\":{\"hasNumericalValue\":1}}", nameof(MissingField), "resourceQuantity.hasUnit", "missing")]
    [InlineData("{\"resourceQuantity\":{\"hasNumericalValue\":1,\"hasUnti\":\"kg\"}}", nameof(UnknownField), "resourceQuantity.hasUnti", "'hasUnit'")]
    [InlineData("{\"resourceQuantity\":{\"hasNumericalValue\":0.1234567,\"hasUnit\":\"kg\"}}", nameof(TooManyDecimals), "resourceQuantity.hasNumericalValue", "six decimals")]
    [InlineData("{\"resourceQuantity\":{\"hasNumericalValue\":1e-2147483648,\"hasUnit\":\"kg\"}}", nameof(NotANumber), "resourceQuantity.hasNumericalValue", "12.5")]
    [InlineData("{\"resourceQuantity\":{\"hasNumericalValue\":1e300,\"hasUnit\":\"kg\"}}", nameof(NotANumber), "resourceQuantity.hasNumericalValue", "12.5")]
    [InlineData("{\"resourceQuantity\":{\"hasNumericalValue\":9223372036854.775808,\"hasUnit\":\"kg\"}}", nameof(NumberTooLarge), "resourceQuantity.hasNumericalValue", "9,223,372,036,854")]
    [InlineData("{\"resourceQuantity\":{\"hasNumericalValue\":\"12,5\",\"hasUnit\":\"kg\"}}", nameof(NotANumber), "resourceQuantity.hasNumericalValue", "12.5")]
    [InlineData("{\"resourceQuantity\":{\"hasNumericalValue\":true,\"hasUnit\":\"kg\"}}", nameof(NotANumber), "resourceQuantity.hasNumericalValue", "12.5")]
    [InlineData("{\"hasPointInTime\":\"2026-03-29T03:00:00\"}", nameof(WrongMoment), "hasPointInTime", "offset")]
    [InlineData("{\"hasPointInTime\":\"2026-03-29\"}", nameof(WrongMoment), "hasPointInTime", "offset")]
    [InlineData("{\"hasPointInTime\":\"2026-02-30T03:00:00Z\"}", nameof(WrongMoment), "hasPointInTime", "no moment")]
    [InlineData("{\"hasPointInTime\":\"2026-03-29T03:00:00.0000001Z\"}", nameof(WrongMoment), "hasPointInTime", "microsecond")]
    [InlineData("{\"corrects\":0}", nameof(WrongShape), "corrects", "whole number above 0")]
    [InlineData("{\"corrects\":1.5}", nameof(WrongShape), "corrects", "whole number above 0")]
    [InlineData("{\"corrects\":\"99999999999999999999\"}", nameof(WrongShape), "corrects", "whole number above 0")]
    [InlineData("{\"audience\":{}}", nameof(WrongShape), "audience", "[\"public\"]")]
    [InlineData("{\"audience\":[1]}", nameof(WrongShape), "audience[0]", "a text in quotes")]
    [InlineData("{\"fulfills\":[{\"commitment\":\"c\"}]}", nameof(MissingField), "fulfills[0].resourceQuantity", "missing")]
    [InlineData("{\"fulfills\":[{\"comitment\":\"c\"}]}", nameof(UnknownField), "fulfills[0].comitment", "'commitment'")]
    public void A_mistake_is_named_with_its_field_and_remedy(string json, string code, string field, string words)
    {
        var input = EventJson.Read(Encoding.UTF8.GetBytes(json), out var refusal);

        Assert.Null(input);
        Assert.Equal((code, field), (refusal!.Code, refusal.Field));
        Assert.Contains(words, refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_audience_may_be_one_word() =>
        Assert.Equal(["public"], EventJson.Read("""{"audience":"public"}"""u8.ToArray(), out _)!.Audience);

    [Fact]
    public void Bytes_that_are_no_utf8_are_named_by_their_place()
    {
        var json = "{\"note\":\"smör\"}"u8.ToArray();
        json[12] = 0xff;

        Assert.Null(EventJson.Read(json, out var refusal));
        Assert.Equal(new InvalidUtf8(12), refusal);
    }

    [Fact]
    public void In_a_list_the_event_with_the_mistake_is_numbered()
    {
        Assert.Null(EventJson.ReadMany("""[{"action":"raise"},{"acton":"raise"}]"""u8.ToArray(), 1_000, out var refusal, out var index));
        Assert.Equal(("UnknownField", 1), (refusal!.Code, index));

        Assert.Null(EventJson.ReadMany("[{},{},{}]"u8.ToArray(), 2, out refusal, out index));
        Assert.Equal((new TooManyEvents(3, 2), -1), (refusal, index));

        Assert.Null(EventJson.ReadMany("[]"u8.ToArray(), 2, out refusal, out _));
        Assert.Equal(new NoEvents(), refusal);

        Assert.Equal(2, EventJson.ReadMany("[{},{}]"u8.ToArray(), 2, out refusal, out _)!.Count);
        Assert.Null(refusal);
    }
}
