using System.Net;
using Kera.Tests.District;
using Kera.Tests.Features.Carbon;

namespace Kera.Tests.Features.Homes;

/// <summary>A building for everyone: its public flows and nothing else.</summary>
public sealed class BuildingPagesTests
{
    private const string Building = "/en/buildings/demo-block-a?month=2026-11";

    [Fact]
    public async Task A_building_tells_what_it_used_and_gave_and_what_is_not_known()
    {
        await using var town = await StartAsync();
        for (var hour = 0; hour < 24; hour++)
        {
            await town.ReadingAsync("demo-heat-a", hour, 215);
            await town.ReadingAsync("demo-solar-a", hour, 10);
        }

        var page = MyHomeTests.Plain(await town.PageAsync(Building));

        Assert.Contains("Heat 5,160 kWh in November 2026", page, StringComparison.Ordinal);
        // 5,160 kWh over 21,500 square metres.
        Assert.Contains("Heat, used 5,160 kWh 0.24 kWh/m²", page, StringComparison.Ordinal);
        Assert.Contains("Electricity, given by the building 240 kWh 0.01 kWh/m² –", page, StringComparison.Ordinal);
        // One day of the 23 that are over.
        Assert.Contains("There are readings of 4% of the time that is over", page, StringComparison.Ordinal);
        Assert.Contains("The demonstration's housing companies (fictional) answers reports of rooms within 3 days", page, StringComparison.Ordinal);
        Assert.Contains("not measured for all to see", page, StringComparison.Ordinal);
        var lines = (await town.PageAsync("/en/buildings/demo-block-a.csv?month=2026-11")).Split("\r\n");
        Assert.Contains(lines, line => line.StartsWith("2026-11-09T22:00:00Z,heat-network,5160,kWh,24,", StringComparison.Ordinal));
        // What is unknown is empty.
        Assert.Contains("2026-11-10T22:00:00Z,heat-network,,kWh,0,,,used", lines);
    }

    [Fact]
    public async Task What_is_not_for_all_is_not_there()
    {
        await using var town = await StartAsync(files => files.Replace("flows.yaml", "key: demo-heat-a", "audience: public", "audience: [demo-housing]"));
        await town.ReadingAsync("demo-heat-a", 12, 215);
        await town.ReadingAsync("demo-power-a", 12, 50);

        var page = MyHomeTests.Plain(await town.PageAsync(Building));

        Assert.Contains("Electricity, used 50 kWh", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Heat, used", page, StringComparison.Ordinal);
        Assert.DoesNotContain("heat-network", await town.PageAsync("/en/buildings/demo-block-a.csv?month=2026-11"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_hour_that_one_of_two_meters_lacks_is_not_known()
    {
        await using var town = await StartAsync(files => files.Replace("flows.yaml", "key: demo-heat-b", "place: demo-block-b", "place: demo-block-a"));
        await town.ReadingAsync("demo-heat-a", 12, 215);
        await town.ReadingAsync("demo-heat-b", 12, 100);
        await town.ReadingAsync("demo-heat-a", 13, 215);

        Assert.Contains("Heat, used 315 kWh", MyHomeTests.Plain(await town.PageAsync(Building)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/en/buildings/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/en/buildings/keran-hallit", HttpStatusCode.NotFound)]
    [InlineData("/en/buildings/demo-block-a?month=November", HttpStatusCode.BadRequest)]
    [InlineData("/en/buildings/demo-block-a?month=2026", HttpStatusCode.BadRequest)]
    [InlineData("/en/buildings/nowhere.csv", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_told(string address, HttpStatusCode expected)
    {
        await using var town = await StartAsync();

        Assert.Equal(expected, (await Assert.ThrowsAsync<HttpRequestException>(() => town.PageAsync(address))).StatusCode);
    }

    [Fact]
    public async Task A_place_leads_to_its_building()
    {
        await using var town = await StartAsync();

        Assert.Contains("href=\"/en/buildings/demo-block-a\"", await town.PageAsync("/en/places/demo-block-a"), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/en/buildings/keran-hallit\"", await town.PageAsync("/en/places/keran-hallit"), StringComparison.Ordinal);
        Assert.Contains("href=\"/en/buildings/demo-block-a\"", await town.PageAsync("/en/buildings"), StringComparison.Ordinal);
    }

    private static Task<CarbonTown> StartAsync(Action<EditedKera>? edit = null) =>
        CarbonTown.StartAsync(File.ReadAllText(Path.Combine(EditedKera.Source, "carbon.yaml")), files =>
        {
            // A plan is public, and takes no flow that is not; a community of what is moved is another test's.
            File.Delete(files.PathOf("energy.yaml"));
            edit?.Invoke(files);
        });
}
