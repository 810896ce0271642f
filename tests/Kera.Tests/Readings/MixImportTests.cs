using Kera.Base.Access;
using Kera.Base.Series;
using Kera.CommandLine;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Readings;

/// <summary><c>kera import mix</c>: a grid's generation by the hour.</summary>
public sealed class MixImportTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Power_of_quarters_becomes_energy_and_the_same_again_adds_nothing()
    {
        var file = Write("time,wind,nuclear\n2026-01-01T00:00Z,100,4000\n2026-01-01T00:15Z,200,4000\n2026-01-01T00:30Z,,4000\n");

        var (code, output, _) = await RunAsync(file);
        var again = await RunAsync(file);

        Assert.Equal(0, code);
        Assert.Contains("1 cells have no value", output, StringComparison.Ordinal);
        Assert.Contains("wind     0      2     0", again.Output, StringComparison.Ordinal);
        Assert.Equal([25m, 50m], await ValuesAsync("mix.finland.wind"));
        Assert.Equal([1_000m, 1_000m, 1_000m], await ValuesAsync("mix.finland.nuclear"));
    }

    [Fact]
    public async Task Columns_of_other_names_are_said_to_be_kinds()
    {
        var file = Write("utc;Wind power, MW;Price\n2026-01-01T00:00Z;50;-3\n2026-01-01T01:00Z;60;1\n");

        var (code, _, error) = await RunAsync(file, "--column", "wind=Wind power, MW");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal([50m, 60m], await ValuesAsync("mix.finland.wind"));
    }

    [Fact]
    public async Task A_file_of_one_hour_says_how_long_its_row_is()
    {
        var file = Write("time,wind\n2026-01-01T00:00Z,80\n");

        var (_, _, missing) = await RunAsync(file);
        var (misused, _, _) = await RunAsync(file, "--step", "0");
        var (code, _, error) = await RunAsync(file, "--step", "60");

        Assert.Contains("--step MINUTES", missing, StringComparison.Ordinal);
        Assert.Equal((2, 0, ""), (misused, code, error));
        Assert.Equal([80m], await ValuesAsync("mix.finland.wind"));
    }

    [Theory]
    [InlineData("time,wnid\n2026-01-01T00:00Z,1\n", "It has nuclear, wind")]
    [InlineData("time,wind\n2026-01-01T00:00Z,-1\n2026-01-01T01:00Z,-1\n", "below zero")]
    [InlineData("time,wind\n2026-01-01T00:00Z,much\n2026-01-01T01:00Z,-1\n", "'much' is no number")]
    [InlineData("time,wind\n2026-01-01T00:00Z,1\n2026-01-01T07:00Z,1\n", "do not make up hours")]
    [InlineData("time,wind\nsoon,1\n", "line 2")]
    public async Task What_is_wrong_is_told_and_nothing_is_kept(string text, string told)
    {
        var (code, _, error) = await RunAsync(Write(text));

        Assert.Equal(1, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Empty(await ValuesAsync("mix.finland.wind"));
    }

    [Fact]
    public async Task Finnish_hours_of_two_years_are_kept()
    {
        var file = Requires.Shared("data/energy/fi_hourly_2023_2024.csv");

        var (code, output, _) = await RunAsync(file, "--column", "wind=wind_fi_mw", "--column", "nuclear=nuclear_fi_mw");

        Assert.Equal(0, code);
        Assert.Contains("2023-01-01T00:00:00Z", output, StringComparison.Ordinal);
        Assert.Equal(3_711m, (await ValuesAsync("mix.finland.wind"))[0]);
    }

    private string Write(string text)
    {
        var file = _folder.Combine("mix.csv");
        File.WriteAllText(file, text);
        return file;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string file, params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await KeraCommandLine.RunAsync(["import", "mix", file, "--zone", "+00:00", "--data", _folder.Combine("data"), .. more], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private async Task<IReadOnlyList<decimal>> ValuesAsync(string key)
    {
        var place = new Base.Hosting.KeraPlace(Base.Hosting.KeraPlace.BuiltInDistrict, _folder.Combine("data"), "", Demonstration: false);
        await using var services = await Base.Hosting.KeraServices.OpenAsync(place, CancellationToken.None);
        var page = await services.GetRequiredService<SeriesStore>().ReadAsync(key, Reader.Public, limit: 10);
        return [.. (page?.Values ?? []).Select(value => value.Value.ToDecimal())];
    }
}
