using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.CommandLine;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Readings;

/// <summary><c>kera import prices</c>: what power costs, by quarters of an hour.</summary>
public sealed class PriceImportTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_hour_is_four_quarters_and_the_same_again_adds_nothing()
    {
        var file = Write("utc,price\n2026-01-01T00:00Z,-5.25\n2026-01-01T01:00Z,40\n");

        var (code, output, error) = await RunAsync(file);
        var again = await RunAsync(file);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("8 added, 0 were there, 0 replaced", output, StringComparison.Ordinal);
        Assert.Contains("0 added, 8 were there, 0 replaced", again.Output, StringComparison.Ordinal);
        var series = await SeriesAsync();
        Assert.Equal(("price.day-ahead", "energy", "EUR/MWh", Duration.FromMinutes(15), "public"), (series!.Series.Key, series.Series.Feature, series.Series.Unit, series.Series.Step, series.Series.Audience));
        Assert.Equal([-5.25m, -5.25m, -5.25m, -5.25m, 40m, 40m, 40m, 40m], Amounts(series));
        Assert.Equal(Instant.FromUtc(2026, 1, 1, 1, 45), series.Values[^1].Start);
    }

    [Fact]
    public async Task Quarters_follow_hours_in_one_Series_and_hours_quarters()
    {
        await RunAsync(Write("utc,price\n2025-09-30T20:00Z,10\n2025-09-30T21:00Z,20\n"));
        var (code, _, error) = await RunAsync(Write("utc,price\n2025-09-30T22:00Z,1\n2025-09-30T22:15Z,2\n2025-09-30T22:30Z,3\n2025-09-30T22:45Z,4\n"));
        var (_, output, _) = await RunAsync(Write("utc,price\n2025-09-30T22:00Z,2\n2025-09-30T23:00Z,5\n"));

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("4 added, 1 were there, 3 replaced", output, StringComparison.Ordinal);
        Assert.Equal([10m, 10m, 10m, 10m, 20m, 20m, 20m, 20m, 2m, 2m, 2m, 2m, 5m, 5m, 5m, 5m], Amounts(await SeriesAsync()));
    }

    [Theory]
    [InlineData("100", "100", "--unit", "EUR/MWh")]
    [InlineData("0.1", "100", "--unit", "EUR/kWh")]
    [InlineData("10", "100", "--unit", "ct/kWh")]
    [InlineData("12.55", "100", "--unit", "ct/kWh", "--vat", "25.5")]
    [InlineData("-1.24", "-1", "--vat", "24")]
    // 1 / 1.24 = 0.80645161…; then exactly between two millionths, to the even one: down, and up.
    [InlineData("1", "0.806452", "--vat", "24")]
    [InlineData("0.0000025", "0.000002")]
    [InlineData("0.0000035", "0.000004")]
    [InlineData("0.000005", "0.000002", "--vat", "100")]
    [InlineData("10000", "10000")]
    [InlineData("-10000", "-10000")]
    public async Task A_price_is_kept_in_euros_for_a_megawatt_hour_without_tax(string written, string kept, params string[] options)
    {
        var (code, _, error) = await RunAsync(Write($"utc,price\n2026-01-01T00:00Z,{written}\n"), ["--step", "15", .. options]);

        Assert.Equal((0, ""), (code, error));
        Assert.Equal([kept], (await SeriesAsync())!.Values.Select(value => value.Value.ToString()));
    }

    [Fact]
    public async Task Of_several_columns_one_is_named()
    {
        var file = Write("temp;utc;spot\n-3;2026-01-01T00:00Z;50\n-4;2026-01-01T01:00Z;60\n");

        var (code, _, error) = await RunAsync(file, "--time-column", "utc");
        var (named, _, _) = await RunAsync(file, "--time-column", "utc", "--column", "spot");

        Assert.Equal((1, 0), (code, named));
        Assert.Contains($"{file}:1: --column: The file has 3 columns, so name the one of the numbers. It has: 'temp', 'utc', 'spot'.", error, StringComparison.Ordinal);
        Assert.Equal(50m, Amounts(await SeriesAsync())[0]);
    }

    [Fact]
    public async Task An_empty_cell_and_a_missing_row_are_gaps_and_told()
    {
        var (_, output, _) = await RunAsync(Write("utc,price\n2026-01-01T00:00Z,1\n2026-01-01T00:15Z,\n2026-01-01T00:30Z,3\n2026-01-01T00:45Z,4\n2026-01-01T01:15Z,6\n"));

        Assert.Contains("1 cells have no value", output, StringComparison.Ordinal);
        Assert.Contains("2 quarters of an hour between have no price", output, StringComparison.Ordinal);
        Assert.Equal([1m, 3m, 4m, 6m], Amounts(await SeriesAsync()));
    }

    [Fact]
    public async Task In_March_the_hour_after_two_is_four_and_nothing_is_missing()
    {
        var (code, output, error) = await RunInHelsinkiAsync(Write("time,price\n2026-03-29 01:00,1\n2026-03-29 02:00,2\n2026-03-29 04:00,4\n"));
        var (skipped, _, told) = await RunInHelsinkiAsync(Write("time,price\n2026-03-29 02:00,2\n2026-03-29 03:00,3\n"));

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("2026-03-28T23:00:00Z to 2026-03-29T02:00:00Z", output, StringComparison.Ordinal);
        Assert.DoesNotContain("have no price", output, StringComparison.Ordinal);
        Assert.Equal(1, skipped);
        Assert.Contains("prices.csv:3: time: 2026-03-29 03:00:00 never was in Europe/Helsinki", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_October_the_hour_that_was_twice_says_which_it_is()
    {
        var (twice, _, told) = await RunInHelsinkiAsync(Write("time,price\n2026-10-25 02:00,2\n2026-10-25 03:00,3\n"));
        var (code, output, error) = await RunInHelsinkiAsync(Write("time,price\n2026-10-25 02:00,2\n2026-10-25T03:00+03:00,3\n2026-10-25T03:00+02:00,4\n2026-10-25 04:00,5\n"));

        Assert.Equal(1, twice);
        Assert.Contains("prices.csv:3: time: 2026-10-25 03:00:00 was twice in Europe/Helsinki", told, StringComparison.Ordinal);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("2026-10-24T23:00:00Z to 2026-10-25T03:00:00Z", output, StringComparison.Ordinal);
        Assert.Contains("16 added", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utc,price\n2026-01-01T00:00Z,1\n2026-01-01T01:00Z,10000.000001\n", ":3: price: a price beyond ±10,000 EUR/MWh")]
    [InlineData("utc,price\n2026-01-01T00:00Z,1\n2026-01-01T01:00Z,-10001\n", ":3: price: a price beyond ±10,000 EUR/MWh")]
    [InlineData("utc,price\n2026-01-01T00:00Z,1\n2026-01-01T01:00Z,cheap\n", ":3: price: 'cheap' is no number")]
    [InlineData("utc,price\nsoon,1\n", ":2: utc: 'soon' is no time")]
    [InlineData("utc,price\n2026-01-01T01:00Z,1\n2026-01-01T00:00Z,1\n", ":3: utc: 2026-01-01T00:00:00Z is not after")]
    [InlineData("utc,price\n2026-01-01T00:10Z,1\n2026-01-01T01:10Z,1\n", ":2: time: 2026-01-01T00:10:00Z is no beginning of a quarter")]
    [InlineData("utc,price\n2026-01-01T00:00Z,1\n2026-01-01T00:20Z,1\n", "intervals of 20 minutes are no prices")]
    [InlineData("utc,price\n2026-01-01T00:00Z,1\n2026-01-01T05:00Z,1\n", "intervals of 300 minutes are no prices")]
    [InlineData("utc,price\n2026-01-01T00:00Z,1\n", ":2: file: one row does not say how long its interval is")]
    [InlineData("utc,price\n2026-01-01T00:00Z,\n", "it has no row with a value")]
    [InlineData("utc,price\n2025-09-30T18:00Z,1\n2025-09-30T19:00Z,1\n2025-09-30T20:00Z,1\n2025-09-30T21:00Z,1\n2025-09-30T22:00Z,1\n2025-09-30T22:15Z,1\n", ":5: time: rows are an hour apart here, and 15 minutes elsewhere. Cut the file")]
    public async Task What_is_wrong_is_told_with_its_line_and_nothing_is_kept(string text, string told)
    {
        var (code, output, error) = await RunAsync(Write(text));

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("prices.csv" + (told[0] == ':' ? told : ": "), error, StringComparison.Ordinal);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Null(await SeriesAsync());
    }

    [Theory]
    [InlineData("--unit: 'EUR/Mwh' is no unit", "--unit", "EUR/Mwh")]
    [InlineData("--vat: 'some' is no share", "--vat", "some")]
    [InlineData("--vat: '-1' is no share", "--vat", "-1")]
    [InlineData("--vat: '100.1' is no share", "--vat", "100.1")]
    [InlineData("--step: an interval lasts 1 to 60 minutes", "--step", "0")]
    public async Task A_misused_option_says_what_would_be_right(string told, params string[] options)
    {
        var (code, _, error) = await RunAsync(Write("utc,price\n2026-01-01T00:00Z,1\n2026-01-01T01:00Z,1\n"), options);

        Assert.Equal(2, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finnish_prices_of_two_years_are_kept_and_again_add_nothing()
    {
        var file = Requires.Shared("data/energy/fi_hourly_2023_2024.csv");
        var rows = File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Where(cells => cells[1].Length > 0).ToList();

        var report = await JsonAsync(file);
        var again = await JsonAsync(file);

        Assert.Equal(rows.Count * 4, report.GetProperty("values").GetProperty("added").GetInt32());
        Assert.Equal(rows.Count * 4, again.GetProperty("values").GetProperty("same").GetInt32());
        var hours = (Instant.FromDateTimeOffset(DateTimeOffset.Parse(rows[^1][0], System.Globalization.CultureInfo.InvariantCulture)) - Instant.FromUtc(2023, 1, 1, 0, 0)).TotalHours + 1;
        Assert.Equal((hours - rows.Count) * 4, report.GetProperty("gaps").GetInt32());
        Assert.Equal([1.38m, 1.38m, 1.38m, 1.38m, 0.09m], Amounts(await SeriesAsync())[..5]);

        async Task<JsonElement> JsonAsync(string path) => JsonSerializer.Deserialize<JsonElement>((await RunAsync(path, "--column", "spot_eur_mwh_ex_vat", "--json")).Output);
    }

    private static List<decimal> Amounts(SeriesPage? page) => [.. (page?.Values ?? []).Select(value => value.Value.ToDecimal())];

    private string Write(string text) => _folder.Write("prices.csv", text);

    private Task<(int Code, string Output, string Error)> RunAsync(string file, params string[] more) => RunInAsync("+00:00", file, more);

    private Task<(int Code, string Output, string Error)> RunInHelsinkiAsync(string file) => RunInAsync("Europe/Helsinki", file);

    private async Task<(int Code, string Output, string Error)> RunInAsync(string zone, string file, params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await KeraCommandLine.RunAsync(["import", "prices", file, "--zone", zone, "--data", _folder.Combine("data"), .. more], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private async Task<SeriesPage?> SeriesAsync()
    {
        var place = new KeraPlace(KeraPlace.BuiltInDistrict, _folder.Combine("data"), "", Demonstration: false);
        await using var services = await KeraServices.OpenAsync(place, CancellationToken.None);
        return await services.GetRequiredService<SeriesStore>().ReadAsync(PriceImport.Key, Reader.Public, limit: 100);
    }
}
