using System.Globalization;
using System.Text;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Features.Feeds;
using Kera.Flows;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Feeds;

/// <summary>Generation by kind as Fingrid publishes it.</summary>
public sealed class FingridMixTests
{
    private static readonly Instant Begin = Instant.FromUtc(2026, 11, 24, 10, 0);
    private static readonly Duration Hour = Duration.FromHours(1);

    public static TheoryData<string, string> Failures => FeedHarness.Failures;

    [Fact]
    public void A_page_has_readings_and_the_number_of_the_next()
    {
        var (readings, next) = FingridMix.Parse(Page(181, [Row(181, Begin, 3, "100.5"), Row(181, Begin + Duration.FromMinutes(3), 3, "null")], "2"), 181);

        var only = Assert.Single(readings);
        Assert.Equal((Begin, Begin + Duration.FromMinutes(3), 2), (only.Start, only.End, next));
        Assert.Equal(ExactNumber.Fraction(201, 2), only.Megawatts);
        Assert.Null(FingridMix.Parse(Page(181, []), 181).Next);
    }

    [Theory]
    [InlineData("no whole JSON", "{\"data\":[")]
    [InlineData("no whole JSON", "[]")]
    [InlineData("no whole JSON", "{\"data\":[]}")]
    [InlineData("no whole JSON", "{\"data\":{},\"pagination\":{\"nextPage\":null}}")]
    [InlineData("no whole JSON", "{\"data\":[{\"datasetId\":181,\"startTime\":\"soon\",\"endTime\":\"2026-11-24T10:03:00.000Z\",\"value\":1}],\"pagination\":{\"nextPage\":null}}")]
    [InlineData("no whole JSON", "{\"data\":[{\"datasetId\":181,\"startTime\":\"2026-11-24T10:00:00.000Z\",\"endTime\":\"2026-11-24T10:03:00.000Z\",\"value\":\"1\"}],\"pagination\":{\"nextPage\":null}}")]
    [InlineData("is of another", "{\"data\":[{\"datasetId\":188,\"startTime\":\"2026-11-24T10:00:00.000Z\",\"endTime\":\"2026-11-24T10:03:00.000Z\",\"value\":1}],\"pagination\":{\"nextPage\":null}}")]
    [InlineData("does not end within an hour", "{\"data\":[{\"datasetId\":181,\"startTime\":\"2026-11-24T10:00:00.000Z\",\"endTime\":\"2026-11-24T10:00:00.000Z\",\"value\":1}],\"pagination\":{\"nextPage\":null}}")]
    [InlineData("beyond 100,000 MW", "{\"data\":[{\"datasetId\":181,\"startTime\":\"2026-11-24T10:00:00.000Z\",\"endTime\":\"2026-11-24T10:03:00.000Z\",\"value\":100001}],\"pagination\":{\"nextPage\":null}}")]
    public void What_is_wrong_in_a_page_is_told(string told, string page) =>
        Assert.Contains(told, Assert.Throws<FeedException>(() => FingridMix.Parse(Encoding.UTF8.GetBytes(page), 181)).Message, StringComparison.Ordinal);

    [Fact]
    public void Power_becomes_the_energy_of_whole_steps_and_what_is_not_whole_is_a_gap()
    {
        // 10:00 to 11:00 at 100 MW for 45 min and 40 MW for 15; 11:00 to 12:00 lacks its end; 12:00 to 13:00 takes more than it gives.
        PowerReading[] readings =
        [
            Of(0, 45, 100), Of(45, 60, 40), Of(45, 60, 40), Of(60, 115, 10), Of(120, 150, -3), Of(150, 180, 2),
        ];

        Assert.Equal([new SeriesValue(Begin, Quantity.Whole(85), SeriesQuality.Measured)], FingridMix.Energy(readings.Reverse(), Hour));
        // An hour's mean power is that of its parts, and a reading may reach over the end of a step.
        Assert.Equal([25m, 25m, 25m, 10m], FingridMix.Energy(readings[..3], Duration.FromMinutes(15)).Select(value => value.Value.ToDecimal()));
        Assert.Equal([50m, 40m], FingridMix.Energy([Of(0, 20, 100), Of(20, 40, 100), Of(40, 60, 70)], Duration.FromMinutes(30)).Select(value => value.Value.ToDecimal()));
    }

    [Fact]
    public void Two_values_of_one_time_are_refused()
    {
        Assert.Throws<FeedException>(() => FingridMix.Energy([Of(0, 15, 1), Of(0, 15, 2)], Hour));
        Assert.Throws<FeedException>(() => FingridMix.Energy([Of(0, 15, 1), Of(10, 25, 1)], Hour));
    }

    [Fact]
    public async Task The_job_reads_every_page_of_every_kind_and_the_same_again_changes_nothing()
    {
        await using var feed = await StartAsync(("Fingrid:Datasets:wind", "181"), ("Fingrid:Datasets:nuclear", "188"));
        var nuclear = "3000";
        feed.Answer = context => context.Response.Body.WriteAsync((context.Request.Path.Value, context.Request.Query["page"].ToString()) switch
        {
            ("/api/datasets/181/data", "1") => Page(181, [.. Enumerable.Range(0, 10).Select(at => Row(181, Begin + Duration.FromMinutes(at * 3), 3, "1234.5"))], "2"),
            ("/api/datasets/181/data", "2") => Page(181, [.. Enumerable.Range(9, 11).Select(at => Row(181, Begin + Duration.FromMinutes(at * 3), 3, "1234.5"))]),
            ("/api/datasets/188/data", "1") => Page(188, [Row(188, Begin, 60, nuclear), Row(188, Begin + Hour, 60, "3100")]),
            _ => throw new InvalidOperationException(),
        }).AsTask();

        Assert.Equal(("done", ""), EntsoEPricesTests.Outcome(await feed.RunAsync("feeds.mix")));
        await feed.RunAsync("feeds.mix");
        Assert.Equal([KeyValuePair.Create(Begin, 1_234.5m)], await feed.ValuesAsync("mix.finland.wind"));
        nuclear = "2999";
        await feed.RunAsync("feeds.mix");

        Assert.Equal([KeyValuePair.Create(Begin, 2_999m), KeyValuePair.Create(Begin + Hour, 3_100m)], (await feed.ValuesAsync("mix.finland.nuclear")).OrderBy(value => value.Key));
        Assert.All(feed.Calls, call => Assert.Equal(FeedHarness.Key, call.Key));
        Assert.Equal("?startTime=2026-11-21T13:00:00Z&endTime=2026-11-24T13:00:00Z&format=json&page=1&pageSize=20000&sortBy=startTime&sortOrder=asc", feed.Calls.First().Query);
        Assert.Equal(3, feed.Logs.Count(line => line.Contains("values added", StringComparison.Ordinal)));
        Assert.Single(feed.Logs, line => line.Contains("nuclear 0 values added, 1 replaced", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Series_that_a_file_began_in_quarters_goes_on_in_quarters()
    {
        await using var feed = await StartAsync(("Fingrid:Datasets:wind", "181"));
        var mix = feed.App.Services.GetRequiredService<DistrictInForce>().Model!.Carbon!.Mixes["finland"];
        var quarter = Duration.FromMinutes(15);
        await feed.App.Services.GetRequiredService<MixImport>().AppendAsync(mix, mix.Kinds["wind"], [new SeriesValue(Begin - quarter, Quantity.Whole(7), SeriesQuality.Measured)], quarter, Actor.Operator(), TestContext.Current.CancellationToken);
        feed.Answer = context => context.Response.Body.WriteAsync(Page(181, [Row(181, Begin, 60, "100")])).AsTask();

        Assert.Equal(("done", ""), EntsoEPricesTests.Outcome(await feed.RunAsync("feeds.mix")));

        Assert.Equal([7m, 25m, 25m, 25m, 25m], (await feed.ValuesAsync("mix.finland.wind")).OrderBy(value => value.Key).Select(value => value.Value));
    }

    [Theory]
    [InlineData("carbon.yaml has no mix", "Fingrid:Mix", "elsewhere", "Fingrid:Datasets:wind", "181")]
    [InlineData("the mix 'finland' has no kind 'wnid'", "Fingrid:Datasets:wnid", "181")]
    public async Task What_carbon_yaml_does_not_declare_is_told(string told, params string[] settings)
    {
        await using var feed = await StartAsync([.. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        var status = await feed.RunAsync("feeds.mix");

        Assert.Equal("failed", status.Outcome);
        Assert.Contains(told, status.Error, StringComparison.Ordinal);
        Assert.Empty(feed.Calls);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    public async Task Pages_without_end_are_not_followed(string next)
    {
        await using var feed = await StartAsync(("Fingrid:Datasets:wind", "181"));
        feed.Answer = context => context.Response.Body.WriteAsync(Page(181, [], next == "1" ? next : (int.Parse(context.Request.Query["page"]!, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture))).AsTask();

        Assert.Equal("failed", (await feed.RunAsync("feeds.mix")).Outcome);
        Assert.Equal(next == "1" ? 1 : 20, feed.Calls.Count);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_fails_is_told_once_without_the_key_and_nothing_is_kept(string how, string told)
    {
        await using var feed = await StartAsync(("Fingrid:Datasets:hydro", "191"), ("Fingrid:Datasets:wind", "181"));
        await feed.FailAsync(how);
        var fails = feed.Answer;
        feed.Answer = context => context.Request.Path.Value!.Contains("191", StringComparison.Ordinal) ? context.Response.Body.WriteAsync(Page(191, [Row(191, Begin, 60, "1")])).AsTask() : fails(context);

        var status = await feed.RunAsync("feeds.mix");

        Assert.Equal("failed", status.Outcome);
        Assert.StartsWith("Fingrid: ", status.Error, StringComparison.Ordinal);
        Assert.Contains(told, status.Error, StringComparison.Ordinal);
        Assert.Equal(how == "away" ? 0 : 2, feed.Calls.Count);
        Assert.Equal(feed.Clock.GetCurrentInstant() + Hour, status.NextRun);
        Assert.Empty(await feed.ValuesAsync("mix.finland.hydro"));
    }

    private static Task<FeedHarness> StartAsync(params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] usual = [("Fingrid:Url", "{0}/api"), ("Fingrid:Key", FeedHarness.Key), ("Fingrid:Mix", "finland")];
        return FeedHarness.StartAsync([.. usual.Where(setting => more.All(other => other.Name != setting.Name)), .. more]);
    }

    private static PowerReading Of(int from, int until, int megawatts) => new(Begin + Duration.FromMinutes(from), Begin + Duration.FromMinutes(until), ExactNumber.Fraction(megawatts, 1));

    private static string Row(int dataset, Instant start, int minutes, string value) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"datasetId":{{dataset}},"startTime":"{{Moment(start)}}","endTime":"{{Moment(start + Duration.FromMinutes(minutes))}}","value":{{value}}}""");

    private static string Moment(Instant instant) => instant.ToString("uuuu-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);

    private static byte[] Page(int dataset, string[] rows, string next = "null") =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"data":[{{string.Join(',', rows)}}],"pagination":{"total":{{rows.Length}},"currentPage":1,"nextPage":{{next}}},"of":{{dataset}}}"""));
}
