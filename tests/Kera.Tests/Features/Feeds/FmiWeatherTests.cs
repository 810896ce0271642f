using System.Globalization;
using System.Text;
using Kera.Base.Readings;
using Kera.Features.Feeds;
using NodaTime;
using NodaTime.Text;

namespace Kera.Tests.Features.Feeds;

/// <summary>Weather as the Finnish Meteorological Institute publishes it.</summary>
public sealed class FmiWeatherTests
{
    private static readonly Instant Begin = Instant.FromUtc(2026, 11, 24, 10, 0);
    private static readonly Duration Hour = Duration.FromHours(1);

    public static TheoryData<string, string> Failures => FeedHarness.Failures;

    [Fact]
    public void Observations_are_read_by_parameter_and_NaN_is_a_gap()
    {
        var read = FmiWeather.Parse(Document(("t2m", 0, "-3.5"), ("t2m", 10, "NaN"), ("T2M", 20, "-3.25"), ("t2m", 20, "-3.250"), ("ws_10min", 0, "2.0")));

        Assert.Equal(["t2m", "ws_10min"], read.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([Begin, Begin + Duration.FromMinutes(20)], read["t2m"].Keys.Order());
        Assert.Equal(ExactNumber.Fraction(-13, 4), read["t2m"][Begin + Duration.FromMinutes(20)]);
        Assert.Empty(FmiWeather.Parse(Document()));
    }

    [Theory]
    [InlineData("is no wfs:FeatureCollection", "<ExceptionReport/>")]
    [InlineData("no whole XML", "<FeatureCollection>")]
    [InlineData("has no Time", "<FeatureCollection><member><BsWfsElement/></member></FeatureCollection>")]
    [InlineData("has no ParameterValue", "<FeatureCollection><member><BsWfsElement><Time>2026-11-24T10:00:00Z</Time><ParameterName>t2m</ParameterName></BsWfsElement></member></FeatureCollection>")]
    [InlineData("a Time is no moment", "<FeatureCollection><member><BsWfsElement><Time>soon</Time><ParameterName>t2m</ParameterName><ParameterValue>1</ParameterValue></BsWfsElement></member></FeatureCollection>")]
    [InlineData("neither a number nor NaN", "<FeatureCollection><member><BsWfsElement><Time>2026-11-24T10:00:00Z</Time><ParameterName>t2m</ParameterName><ParameterValue>cold</ParameterValue></BsWfsElement></member></FeatureCollection>")]
    public void A_document_of_another_form_is_refused(string told, string document) =>
        Assert.Contains(told, Assert.Throws<FeedException>(() => FmiWeather.Parse(Encoding.UTF8.GetBytes(document))).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_values_of_one_moment_are_refused() =>
        Assert.Contains("two stations", Assert.Throws<FeedException>(() => FmiWeather.Parse(Document(("t2m", 0, "1"), ("t2m", 0, "2")))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_job_keeps_means_of_hours_that_are_over_and_the_same_again_changes_nothing()
    {
        await using var feed = await StartAsync();
        var more = "NaN";
        // 10:00 whole; 11:00 half, without radiation; 12:00 a sixth; 13:00 is not over when the job runs first.
        feed.Answer = context => context.Response.Body.WriteAsync(context.Request.Query["parameters"] == "glob_1min"
            ? Document(("glob_1min", 0, "-2.5"), ("glob_1min", 10, "0"), ("glob_1min", 20, "4.5"), ("glob_1min", 30, "-10"), ("glob_1min", 40, "NaN"), ("glob_1min", 50, "NaN"))
            : Document(
                ("t2m", 0, "1"), ("t2m", 10, "2"), ("t2m", 20, "3"), ("t2m", 30, "4"), ("t2m", 40, "5"), ("t2m", 50, "6"), ("ws_10min", 0, "1"), ("ws_10min", 10, "1"), ("ws_10min", 20, "4"),
                ("t2m", 60, "-1"), ("t2m", 80, "-1"), ("t2m", 100, "-1"), ("t2m", 110, more), ("t2m", 120, "9"), ("t2m", 180, "9"), ("t2m", 190, "9"), ("t2m", 200, "9")))
            .AsTask();

        Assert.Equal(("done", ""), EntsoEPricesTests.Outcome(await feed.RunAsync("feeds.weather")));
        Assert.Equal([KeyValuePair.Create(Begin, 3.5m), KeyValuePair.Create(Begin + Hour, -1m)], (await feed.ValuesAsync("weather.temperature")).OrderBy(value => value.Key));
        Assert.Equal([KeyValuePair.Create(Begin, 2m)], await feed.ValuesAsync("weather.wind"));
        Assert.Equal([KeyValuePair.Create(Begin, 1.125m)], await feed.ValuesAsync("weather.radiation"));
        more = "-3";
        Assert.Equal(("done", ""), EntsoEPricesTests.Outcome(await feed.RunAsync("feeds.weather")));

        Assert.Equal([3.5m, -1.5m, 9m], (await feed.ValuesAsync("weather.temperature")).OrderBy(value => value.Key).Select(value => value.Value));
        Assert.Single(feed.Logs, line => line.Contains("temperature 1 hours added, 1 replaced", StringComparison.Ordinal));
        Assert.Equal(
            "?service=WFS&version=2.0.0&request=getFeature&storedquery_id=fmi%3A%3Aobservations%3A%3Aweather%3A%3Asimple&place=Kumpula,Helsinki&maxlocations=1&parameters=t2m,ws_10min&timestep=10&starttime=2026-11-21T13%3A00%3A00Z&endtime=2026-11-24T13%3A00%3A00Z",
            feed.Calls.First().Query);
    }

    [Theory]
    [InlineData("t2m", "61", "a value of temperature makes no sense")]
    [InlineData("ws_10min", "-1", "a value of wind makes no sense")]
    [InlineData("glob_1min", "-10.1", "a value of radiation makes no sense")]
    [InlineData("t2m", "NaN", "has no observations of the last three days")]
    public async Task What_makes_no_sense_is_told_and_nothing_is_kept(string parameter, string value, string told)
    {
        await using var feed = await StartAsync();
        feed.Answer = context => context.Response.Body.WriteAsync(context.Request.Query["parameters"].ToString().Contains(parameter, StringComparison.Ordinal) ? Document((parameter, 0, value), (parameter, 10, "0"), ("p_sea", 0, "1000")) : Document()).AsTask();

        var status = await feed.RunAsync("feeds.weather");

        Assert.Equal("failed", status.Outcome);
        Assert.Contains(told, status.Error, StringComparison.Ordinal);
        Assert.Empty(await feed.ValuesAsync("weather.temperature"));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_fails_is_told_once_and_nothing_is_kept(string how, string told)
    {
        await using var feed = await StartAsync();
        await feed.FailAsync(how);

        var status = await feed.RunAsync("feeds.weather");

        Assert.Equal("failed", status.Outcome);
        Assert.StartsWith("FMI: ", status.Error, StringComparison.Ordinal);
        Assert.Contains(told, status.Error, StringComparison.Ordinal);
        Assert.Equal(how == "away" ? 0 : 1, feed.Calls.Count);
        Assert.Equal(feed.Clock.GetCurrentInstant() + Hour, status.NextRun);
    }

    private static Task<FeedHarness> StartAsync() => FeedHarness.StartAsync(("Fmi:Url", "{0}/wfs"), ("Fmi:Place", "Kumpula,Helsinki"));

    private static byte[] Document(params (string Parameter, int Minutes, string Value)[] observations) => Encoding.UTF8.GetBytes(
        """<?xml version="1.0" encoding="UTF-8"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:BsWfs="urn:example:simple:2">"""
        + string.Concat(observations.Select(each => string.Create(
            CultureInfo.InvariantCulture,
            $"<wfs:member><BsWfs:BsWfsElement><BsWfs:Time>{InstantPattern.General.Format(Begin + Duration.FromMinutes(each.Minutes))}</BsWfs:Time><BsWfs:ParameterName>{each.Parameter}</BsWfs:ParameterName><BsWfs:ParameterValue>{each.Value}</BsWfs:ParameterValue></BsWfs:BsWfsElement></wfs:member>")))
        + "</wfs:FeatureCollection>");
}
