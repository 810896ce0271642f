using Kera.Base.Access;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Features.Carbon;
using Kera.Tests.District;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Features.Carbon;

/// <summary>The market-based intensity of a network: there where all that was bought has a factor of the market, and never a guess.</summary>
public sealed class CarbonMarketTests(PostgresServer server)
{
    private const string Residual = "test.residual,250,g,CO2e,kWh,lifeCycle,market,,global,2014-01-01,,printed,unstated,made up for a test\n";
    private const string ByLocation = "{ factor: test.hundred, unit: kWh, stage: lifeCycle }";
    private const string ByBoth = ByLocation + ", { factor: test.residual, unit: kWh, stage: lifeCycle, method: market }";

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task With_a_residual_mix_each_hour_has_one_and_what_is_made_here_carries_what_it_does(string provider)
    {
        await using var database = provider == "postgres" ? await server.CreateDatabaseAsync() : null;
        await using var town = await StartAsync(residual: true, database?.ConnectionString);
        await HourAsync(town, 0, 60, 40);
        await HourAsync(town, 1, 0, 50);

        // (60 × 250 + 40 × 10) ÷ 100, and the sun alone.
        Assert.Equal([154m, 10m], await ValuesAsync(town, "carbon.market.power-network"));
        Assert.Equal([64m, 10m], await ValuesAsync(town, "carbon.intensity.power-network"));
        Assert.Equal([10m, 10m], await ValuesAsync(town, "carbon.produced.demo-solar-a"));
        // (15,000 + 400 + 500) ÷ 150.
        Assert.Equal(106, await FigureAsync(town, "carbon.market.power-network.2026-11-10"), 1e-9);
        Assert.Equal(100, await FigureAsync(town, "carbon.market-coverage.power-network.2026-11-10"), 1e-9);
        Assert.Contains("test.residual", await town.PageAsync("/en/why/carbon.market.power-network.2026-11-10"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_one_an_hour_with_something_bought_has_none_and_its_coverage_says_so()
    {
        await using var town = await StartAsync(residual: false);
        await HourAsync(town, 0, 60, 40);
        await HourAsync(town, 1, 0, 50);

        Assert.Equal([10m], await ValuesAsync(town, "carbon.market.power-network"));
        Assert.Equal([64m, 10m], await ValuesAsync(town, "carbon.intensity.power-network"));
        Assert.Equal(40, await FigureAsync(town, "carbon.market-coverage.power-network.2026-11-09t22z"), 1e-9);
        Assert.Equal(10, await FigureAsync(town, "carbon.market.power-network.2026-11-09t23z"), 1e-9);
        Assert.Contains("residual mix", await town.PageAsync("/en/why/carbon.market.power-network.2026-11-09t22z"), StringComparison.Ordinal);
        Assert.Contains("60", await town.PageAsync("/fi/why/carbon.market-coverage.power-network.2026-11-09t22z"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_factor_that_goes_takes_the_values_with_it_and_one_that_comes_brings_them(string provider)
    {
        await using var database = provider == "postgres" ? await server.CreateDatabaseAsync() : null;
        await using var town = await StartAsync(residual: true, database?.ConnectionString);
        await HourAsync(town, 0, 60, 40);
        await HourAsync(town, 1, 0, 50);
        Assert.Equal(2, (await ValuesAsync(town, "carbon.market.power-network")).Count);

        await town.RestartAsync(files => files.Replace("carbon.yaml", "- key: grid", ByBoth, ByLocation));
        Assert.Equal([10m], await ValuesAsync(town, "carbon.market.power-network"));
        Assert.Equal([64m, 10m], await ValuesAsync(town, "carbon.intensity.power-network"));
        await using (var db = town.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            Assert.StartsWith("carbon.market.power-network: 1 removed", await db.Audits.Where(line => line.Operation == "series.remove").Select(line => line.Subject).SingleAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await town.RestartAsync(files => files.Replace("carbon.yaml", "- key: grid", ByLocation, ByBoth));
        Assert.Equal([154m, 10m], await ValuesAsync(town, "carbon.market.power-network"));
    }

    [Fact]
    public async Task A_late_import_changes_its_hour_alone()
    {
        await using var town = await StartAsync(residual: false);
        await HourAsync(town, 0, 0, 40);
        await HourAsync(town, 1, 0, 50);
        Assert.Equal([10m, 10m], await ValuesAsync(town, "carbon.market.power-network"));

        await town.ReadingAsync("demo-grid-import", 0, 60);

        Assert.Equal([10m], await ValuesAsync(town, "carbon.market.power-network"));
        Assert.Equal(CarbonTown.Hour(1), (await PageAsync(town, "carbon.market.power-network"))!.Values[0].Start);
    }

    [Fact]
    public async Task Of_a_private_flow_and_of_a_private_network_nothing_is_published()
    {
        await using var town = await StartAsync(residual: true, null, files => files.Replace("flows.yaml", "key: demo-solar-a", "audience: public", "audience: [demo-housing]"));
        await HourAsync(town, 0, 60, 40);
        await town.HourAsync(0);

        Assert.Null(await PageAsync(town, "carbon.produced.demo-solar-a"));
        Assert.Equal([154m], await ValuesAsync(town, "carbon.market.power-network"));
    }

    [Fact]
    public void What_was_stored_before_coverage_by_market_was_traced_is_still_read()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write((byte)2);
        foreach (var words in new[] { new[] { "grid" }, ["kg", "kWh"] })
        {
            writer.Write7BitEncodedInt(words.Length);
            Array.ForEach(words, writer.Write);
        }

        writer.Write7BitEncodedInt(0);
        writer.Write7BitEncodedInt(0);
        writer.Write7BitEncodedInt(1);
        writer.Write(7);
        writer.Write(12.0);
        // Location, the source, and of the second unit what entered and was covered.
        (int Place, double Number)[] numbers = [(0, 3), (4, 2), (7, 12), (8, 9)];
        writer.Write7BitEncodedInt(numbers.Length);
        foreach (var (place, number) in numbers)
        {
            writer.Write7BitEncodedInt(place);
            writer.Write(number);
        }

        writer.Write7BitEncodedInt(0);
        writer.Flush();
        var stock = Assert.Single(CarbonContent.Of(stream.ToArray()).Stocks);

        // Three places a unit now: entered, covered, known by market.
        Assert.Equal([3, 0, 0, 0, 2, 0, 0, 0, 12, 9, 0], stock.Carried);
    }

    internal static Task<CarbonTown> StartAsync(bool residual, string? postgres = null, Action<EditedKera>? edit = null) => CarbonTown.StartAsync(
        (residual ? CarbonTracingTests.Rules.Replace(ByLocation, ByBoth, StringComparison.Ordinal) : CarbonTracingTests.Rules) + "\n",
        files =>
        {
            files.Append("factors.csv", CarbonTracingTests.Factors + Residual);
            // A plan is public, and takes no flow that is not.
            File.Delete(files.PathOf("energy.yaml"));
            edit?.Invoke(files);
        },
        postgres);

    private static async Task HourAsync(CarbonTown town, int hour, decimal bought, decimal sun)
    {
        if (bought > 0)
        {
            await town.ReadingAsync("demo-grid-import", hour, bought);
        }

        await town.ReadingAsync("demo-solar-a", hour, sun);
        await town.ReadingAsync("demo-power-a", hour, bought + sun);
    }

    private static async Task<IReadOnlyList<decimal>> ValuesAsync(CarbonTown town, string key)
    {
        await town.Services.GetRequiredService<CarbonTracing>().AdvanceAsync();
        return [.. (await PageAsync(town, key))!.Values.Select(value => value.Value.ToDecimal())];
    }

    private static Task<SeriesPage?> PageAsync(CarbonTown town, string key) => town.Services.GetRequiredService<SeriesStore>().ReadAsync(key, Reader.Public);

    private static async Task<double> FigureAsync(CarbonTown town, string key) =>
        System.Text.Json.JsonDocument.Parse(await town.PageAsync($"/api/v1/figures/{key}")).RootElement.GetProperty("hasNumericalValue").GetDouble();
}
