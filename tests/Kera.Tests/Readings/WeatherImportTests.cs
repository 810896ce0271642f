using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.CommandLine;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Readings;

/// <summary><c>kera import weather</c>: temperature, radiation and wind by the hour.</summary>
public sealed class WeatherImportTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Hours_are_kept_as_they_are_and_another_value_replaces()
    {
        var file = Write("utc,t,sun,wind\n2026-01-01T00:00Z,-12.5,0,3.1\n2026-01-01T01:00Z,-13,,3.2\n");
        string[] columns = ["--temperature", "t", "--radiation", "sun", "--wind", "wind", "--step", "60"];

        var (code, output, error) = await RunAsync(file, columns);
        var again = await RunAsync(file, columns);
        var changed = await RunAsync(Write("utc,t\n2026-01-01T00:00Z,-12.5\n2026-01-01T01:00Z,-13.5\n"), "--temperature", "t");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("1 cells have no value", output, StringComparison.Ordinal);
        Assert.Contains("weather.temperature  0      2     0", again.Output, StringComparison.Ordinal);
        Assert.Contains("weather.temperature  0      1     1", changed.Output, StringComparison.Ordinal);
        Assert.Equal([-12.5m, -13.5m], Amounts(await SeriesAsync("weather.temperature")));
        Assert.Equal([0m], Amounts(await SeriesAsync("weather.radiation")));
        Assert.Equal([3.1m, 3.2m], Amounts(await SeriesAsync("weather.wind")));
        foreach (var (key, unit) in new[] { ("weather.temperature", "Cel"), ("weather.radiation", "W/m2"), ("weather.wind", "m/s") })
        {
            var series = (await SeriesAsync(key))!.Series;
            Assert.Equal((unit, Duration.FromHours(1), "energy", "public"), (series.Unit, series.Step, series.Feature, series.Audience));
        }
    }

    [Fact]
    public async Task Finer_rows_become_the_mean_of_their_hour_where_half_of_it_was_observed()
    {
        // Whole: (1 + 2 + 3 + 5) / 4. Half: (1 + 1.000001) / 2, between two millionths, goes to the even one. A quarter: none.
        var (code, output, _) = await RunAsync(
            Write("utc,t\n2026-01-01T00:00Z,1\n2026-01-01T00:15Z,2\n2026-01-01T00:30Z,3\n2026-01-01T00:45Z,5\n2026-01-01T01:00Z,1\n2026-01-01T01:15Z,1.000001\n2026-01-01T02:00Z,9\n"), "--temperature", "t");

        Assert.Equal(0, code);
        Assert.Contains("1 hours were observed for less than half", output, StringComparison.Ordinal);
        var series = await SeriesAsync("weather.temperature");
        Assert.Equal([2.75m, 1m], Amounts(series));
        Assert.Equal([SeriesQuality.Measured, SeriesQuality.Estimated], series!.Values.Select(value => value.Quality));
    }

    [Theory]
    [InlineData("2026-03-29 02:00,2\n2026-03-29 04:00,4\n", 0, "2026-03-29T00:00:00Z to 2026-03-29T02:00:00Z")]
    [InlineData("2026-03-29 02:00,2\n2026-03-29 03:00,3\n", 1, "weather.csv:3: time: 2026-03-29 03:00:00 never was in Europe/Helsinki")]
    [InlineData("2026-10-25 02:00,2\n2026-10-25 03:00,3\n", 1, "weather.csv:3: time: 2026-10-25 03:00:00 was twice in Europe/Helsinki")]
    [InlineData("2026-10-25 02:00,2\n2026-10-25T03:00+03:00,3\n2026-10-25T03:00+02:00,4\n2026-10-25 04:00,5\n", 0, "2026-10-24T23:00:00Z to 2026-10-25T03:00:00Z")]
    public async Task Clock_changes_of_a_named_zone_are_told_or_right(string rows, int ended, string told)
    {
        var (code, output, error) = await RunInAsync("Europe/Helsinki", Write("time,t\n" + rows), "--temperature", "t");

        Assert.Equal(ended, code);
        Assert.Contains(told, output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-01T00:00Z,-60.1\n2026-01-01T01:00Z,0\n", "--temperature", ":2: x: temperature is -60 to 60 Cel")]
    [InlineData("2026-01-01T00:00Z,0\n2026-01-01T01:00Z,60.1\n", "--temperature", ":3: x: temperature is -60 to 60 Cel")]
    [InlineData("2026-01-01T00:00Z,0\n2026-01-01T01:00Z,-0.1\n", "--radiation", ":3: x: radiation is 0 to 2,000 W/m2")]
    [InlineData("2026-01-01T00:00Z,0\n2026-01-01T01:00Z,-0.1\n", "--wind", ":3: x: wind is 0 to 120 m/s")]
    [InlineData("2026-01-01T00:30Z,0\n2026-01-01T01:30Z,1\n", "--wind", ":2: time: the interval from 2026-01-01T00:30:00Z reaches into the next hour")]
    [InlineData("2026-01-01T00:00Z,0\n2026-01-01T00:25Z,1\n", "--wind", ": time: intervals of 25 minutes do not make up hours")]
    [InlineData("2026-01-01T00:00Z,NaN\n2026-01-01T01:00Z,1\n", "--wind", ":2: x: 'NaN' is no number")]
    public async Task What_is_wrong_is_told_with_its_line_and_nothing_is_kept(string rows, string option, string told)
    {
        var (code, _, error) = await RunAsync(Write("utc,y,x\n" + rows.Replace("Z,", "Z,1,", StringComparison.Ordinal)), option, "x", option == "--temperature" ? "--wind" : "--temperature", "y");

        Assert.Equal(1, code);
        Assert.Contains("weather.csv" + told, error, StringComparison.Ordinal);
        Assert.Null(await SeriesAsync("weather.temperature"));
        Assert.Null(await SeriesAsync("weather.wind"));
    }

    [Fact]
    public async Task At_least_one_column_is_named_and_must_be_there()
    {
        var file = Write("utc,t\n2026-01-01T00:00Z,1\n2026-01-01T01:00Z,1\n");

        var (none, _, missing) = await RunAsync(file);
        var (other, _, unknown) = await RunAsync(file, "--wind", "w");

        Assert.Equal((2, 1), (none, other));
        Assert.Contains("--temperature C, --radiation C or --wind C", missing, StringComparison.Ordinal);
        Assert.Contains("weather.csv:1: --wind: The file has no column 'w'. It has: 'utc', 't'.", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finnish_temperatures_of_two_years_are_kept()
    {
        var file = Requires.Shared("data/energy/fi_hourly_2023_2024.csv");
        var rows = File.ReadLines(file).Skip(1).Count(line => line.Split(',')[2].Length > 0);

        var (code, output, _) = await RunAsync(file, "--temperature", "temp_vantaa_c", "--json");

        Assert.Equal(0, code);
        Assert.Equal(rows, JsonSerializer.Deserialize<JsonElement>(output).GetProperty("series").GetProperty("weather.temperature").GetProperty("added").GetInt32());
        Assert.Equal([4.0m, 3.8m], Amounts(await SeriesAsync("weather.temperature"))[..2]);
    }

    private static List<decimal> Amounts(SeriesPage? page) => [.. (page?.Values ?? []).Select(value => value.Value.ToDecimal())];

    private string Write(string text) => _folder.Write("weather.csv", text);

    private Task<(int Code, string Output, string Error)> RunAsync(string file, params string[] more) => RunInAsync("+00:00", file, more);

    private async Task<(int Code, string Output, string Error)> RunInAsync(string zone, string file, params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await KeraCommandLine.RunAsync(["import", "weather", file, "--zone", zone, "--data", _folder.Combine("data"), .. more], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private async Task<SeriesPage?> SeriesAsync(string key)
    {
        var place = new KeraPlace(KeraPlace.BuiltInDistrict, _folder.Combine("data"), "", Demonstration: false);
        await using var services = await KeraServices.OpenAsync(place, CancellationToken.None);
        return await services.GetRequiredService<SeriesStore>().ReadAsync(key, Reader.Public, limit: 100);
    }
}
