using System.Globalization;
using System.Text;
using Kera.Base.Jobs;
using Kera.Base.Readings;
using Kera.Features.Feeds;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Kera.Tests.Features.Feeds;

/// <summary>Day-ahead prices as ENTSO-E publishes them.</summary>
public sealed class EntsoEPricesTests
{
    private static readonly Instant Begin = Instant.FromUtc(2026, 11, 24, 23, 0);
    private static readonly Duration Quarter = Duration.FromMinutes(15);

    public static TheoryData<string, string> Failures => FeedHarness.Failures;

    [Fact]
    public void Hours_are_quarters_and_a_position_that_is_missing_of_A03_is_the_one_before()
    {
        var quarters = EntsoEPrices.Parse(Document(
            Series("A01", Period("2026-11-24T23:00Z", "2026-11-25T01:00Z", "PT60M", (1, "-1.5"), (2, "20"))),
            Series("A03", Period("2026-11-25T01:00Z", "2026-11-25T02:15Z", "PT15M", (1, "3"), (4, "4.123456")))));

        Assert.Equal([-1.5m, -1.5m, -1.5m, -1.5m, 20m, 20m, 20m, 20m, 3m, 3m, 3m, 4.123456m, 4.123456m], quarters.Select(quarter => quarter.Value.ToDecimal()));
        Assert.Equal(Enumerable.Range(0, 13).Select(at => Begin + (Quarter * at)), quarters.Select(quarter => quarter.Start));
    }

    [Fact]
    public void A_position_that_is_missing_of_A01_is_a_gap() =>
        Assert.Equal([Begin, Begin + (Quarter * 2)], EntsoEPrices.Parse(Document(Series("A01", Period("2026-11-24T23:00Z", "2026-11-24T23:45Z", "PT15M", (1, "1"), (3, "1"))))).Select(quarter => quarter.Start));

    [Fact]
    public void Days_of_clock_changes_have_as_many_hours_as_they_have()
    {
        var march = EntsoEPrices.Parse(Document(Series("A03", Period("2026-03-28T23:00Z", "2026-03-29T22:00Z", "PT15M", (1, "1")))));
        var october = EntsoEPrices.Parse(Document(Series("A03", Period("2026-10-24T22:00Z", "2026-10-25T23:00Z", "PT60M", (1, "1"), (25, "2")))));

        Assert.Equal((23 * 4, 25 * 4), (march.Count, october.Count));
        Assert.Equal(4, october.Count(quarter => quarter.Value.ToDecimal() == 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_hours_and_quarters_tell_of_one_time_quarters_count_and_equal_duplicates_are_one(bool quartersFirst)
    {
        var hours = Series("A01", Period("2026-11-24T23:00Z", "2026-11-25T00:00Z", "PT60M", (1, "10")));
        var quarters = Series("A01", Period("2026-11-24T23:00Z", "2026-11-25T00:00Z", "PT15M", (1, "1"), (2, "2")));

        var read = EntsoEPrices.Parse(Document(quartersFirst ? [quarters, hours, quarters] : [hours, quarters, quarters]));

        Assert.Equal([1m, 2m, 10m, 10m], read.Select(quarter => quarter.Value.ToDecimal()));
    }

    [Fact]
    public void An_acknowledgement_is_no_data() =>
        Assert.Empty(EntsoEPrices.Parse(Encoding.UTF8.GetBytes("""<Acknowledgement_MarketDocument xmlns="urn:example:acknowledgement:1"><mRID>1</mRID><Reason><code>999</code><text>No matching data found</text></Reason></Acknowledgement_MarketDocument>""")));

    [Theory]
    [InlineData("is no Publication_MarketDocument", "<GL_MarketDocument/>")]
    [InlineData("an acknowledgement gives no reason", "<Acknowledgement_MarketDocument/>")]
    [InlineData("has no TimeSeries", "<Publication_MarketDocument/>")]
    [InlineData("no whole XML", "<Publication_MarketDocument><TimeSeries>")]
    public void A_document_of_another_form_is_refused(string told, string document) => Refused(told, Encoding.UTF8.GetBytes(document));

    [Theory]
    [InlineData("not in EUR", "EUR", "SEK")]
    [InlineData("not in EUR", "MWH", "KWH")]
    [InlineData("curveType", "A01", "A02")]
    [InlineData("resolution", "PT15M", "P1D")]
    [InlineData("whole intervals", "2026-11-24T23:45Z", "2026-11-24T23:40Z")]
    [InlineData("whole intervals", "2026-11-24T23:45Z", "2026-11-24T22:45Z")]
    [InlineData("whole intervals", "2026-11-24T23:45Z", "2027-11-24T23:45Z")]
    [InlineData("no moment in UTC", "2026-11-24T23:45Z", "soon")]
    [InlineData("no position within", "<position>3", "<position>4")]
    [InlineData("no position within", "<position>3", "<position>0")]
    [InlineData("no position within", "<position>3", "<position>third")]
    [InlineData("no Point at its beginning", "<position>1", "<position>3")]
    [InlineData("a position has two prices", "<position>3", "<position>1")]
    [InlineData("no number", "7.5", "cheap")]
    [InlineData("beyond ±10,000", "7.5", "10000.01")]
    [InlineData("has no timeInterval", "timeInterval", "interval")]
    public void What_is_wrong_in_a_document_is_told(string told, string right, string wrong)
    {
        var document = Encoding.UTF8.GetString(Document(Series("A01", Period("2026-11-24T23:00Z", "2026-11-24T23:45Z", "PT15M", (1, "7.5"), (3, right == "<position>1" ? "7.5" : "8")))));

        Refused(told, Encoding.UTF8.GetBytes(document.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_prices_of_one_time_and_two_auctions_are_refused()
    {
        string Of(string price, string sequence = "") => Series("A01", Period("2026-11-24T23:00Z", "2026-11-24T23:15Z", "PT15M", (1, price))).Replace("<curveType>", sequence + "<curveType>", StringComparison.Ordinal);

        Refused("the same time has two prices", Document(Of("1"), Of("2")));
        Refused("several auctions", Document(
            Of("1", "<classificationSequence_AttributeInstanceComponent.position>1</classificationSequence_AttributeInstanceComponent.position>"),
            Of("1", "<classificationSequence_AttributeInstanceComponent.position>2</classificationSequence_AttributeInstanceComponent.position>")));
    }

    [Fact]
    public async Task The_job_asks_for_three_days_keeps_them_and_the_same_again_changes_nothing()
    {
        await using var feed = await StartAsync();
        var last = "40";
        feed.Answer = context => context.Response.Body.WriteAsync(Document(Series("A03", Period("2026-11-24T23:00Z", "2026-11-25T23:00Z", "PT15M", (1, "30"), (96, last))))).AsTask();

        Assert.Equal(("done", ""), Outcome(await feed.RunAsync("feeds.prices")));
        Assert.Equal(("done", ""), Outcome(await feed.RunAsync("feeds.prices")));
        var kept = await feed.ValuesAsync(PriceImport.Key);
        last = "41.5";
        await feed.RunAsync("feeds.prices");
        var replaced = await feed.ValuesAsync(PriceImport.Key);

        Assert.Equal($"?securityToken={FeedHarness.Key}&documentType=A44&in_Domain=10YFI-1--------U&out_Domain=10YFI-1--------U&periodStart=202611231300&periodEnd=202611261300", feed.Calls.First().Query);
        Assert.Equal((96, 30m, 40m), (kept.Count, kept[Begin], kept[Begin + (Quarter * 95)]));
        Assert.Equal((96, 41.5m), (replaced.Count, replaced[Begin + (Quarter * 95)]));
        Assert.Single(feed.Logs, line => line.Contains("96 quarters of an hour added", StringComparison.Ordinal));
        Assert.Single(feed.Logs, line => line.Contains("0 quarters of an hour added, 1 replaced", StringComparison.Ordinal));
    }

    [Fact]
    public async Task That_there_are_no_prices_yet_is_no_failure()
    {
        await using var feed = await StartAsync();
        feed.Answer = context => context.Response.WriteAsync("<Acknowledgement_MarketDocument><Reason><code>999</code></Reason></Acknowledgement_MarketDocument>");

        Assert.Equal(("done", ""), Outcome(await feed.RunAsync("feeds.prices")));
        Assert.Empty(await feed.ValuesAsync(PriceImport.Key));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_fails_is_told_once_without_the_key_and_nothing_is_kept(string how, string told)
    {
        await using var feed = await StartAsync();
        await feed.FailAsync(how);

        var status = await feed.RunAsync("feeds.prices");

        Assert.Equal("failed", status.Outcome);
        Assert.StartsWith("ENTSO-E: ", status.Error, StringComparison.Ordinal);
        Assert.Contains(told, status.Error, StringComparison.Ordinal);
        Assert.Equal(how == "away" ? 0 : 1, feed.Calls.Count);
        Assert.Equal(feed.Clock.GetCurrentInstant() + Quarter, status.NextRun);
        Assert.Empty(await feed.ValuesAsync(PriceImport.Key));
    }

    [Fact]
    public async Task Who_does_not_answer_is_not_waited_for_longer_than_a_minute()
    {
        await using var feed = await StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        feed.Answer = async context =>
        {
            await context.Response.WriteAsync("<Publication_MarketDocument>");
            await context.Response.Body.FlushAsync();
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        var run = feed.RunAsync("feeds.prices");
        await asked.Task;
        feed.Clock.Advance(Duration.FromSeconds(60));

        Assert.Equal(("failed", "ENTSO-E: it did not answer within 60 seconds."), Outcome(await run));
    }

    internal static (string Outcome, string Error) Outcome(JobStatus status) => (status.Outcome, status.Error);

    private static Task<FeedHarness> StartAsync() => FeedHarness.StartAsync(("EntsoE:Url", "{0}/api"), ("EntsoE:Key", FeedHarness.Key), ("EntsoE:Area", "10YFI-1--------U"));

    private static void Refused(string told, byte[] document) => Assert.Contains(told, Assert.Throws<FeedException>(() => EntsoEPrices.Parse(document)).Message, StringComparison.Ordinal);

    private static byte[] Document(params string[] series) => Encoding.UTF8.GetBytes(
        $"""<?xml version="1.0" encoding="utf-8"?><Publication_MarketDocument xmlns="urn:example:publication:1"><type>A44</type>{string.Concat(series)}</Publication_MarketDocument>""");

    private static string Series(string curve, params string[] periods) =>
        $"<TimeSeries><currency_Unit.name>EUR</currency_Unit.name><price_Measure_Unit.name>MWH</price_Measure_Unit.name><curveType>{curve}</curveType>{string.Concat(periods)}</TimeSeries>";

    private static string Period(string start, string end, string resolution, params (int Position, string Price)[] points) =>
        $"<Period><timeInterval><start>{start}</start><end>{end}</end></timeInterval><resolution>{resolution}</resolution>"
        + string.Concat(points.Select(point => string.Create(CultureInfo.InvariantCulture, $"<Point><position>{point.Position}</position><price.amount>{point.Price}</price.amount></Point>"))) + "</Period>";
}
