using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Features.Communities;
using Kera.Tests.Features.Carbon;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Communities;

/// <summary>Credits change the market-based carbon of a member and nothing else (conventions D).</summary>
public sealed class CommunityCarbonTests
{
    private const string Community = "/en/communities/sun-of-block-a";

    [Fact]
    public async Task With_a_residual_mix_both_numbers_stand_side_by_side_and_the_file_sums_to_them()
    {
        await using var town = await CarbonMarketTests.StartAsync(residual: true);
        await NoonAsync(town);

        // Block B uses 10 kWh and is credited all; block C uses 50 and is credited 10. The network: 40 g by location, by market
        // (20 × 250 + 40 × 10) ÷ 60 = 90 g; the sun 10 g.
        await SaysAsync(town, "block-b", "0.4 kg CO2e", "0.1 kg CO2e");
        await SaysAsync(town, "block-c", "2 kg CO2e", "3.7 kg CO2e");
        var lines = CommunityPagesTests.Lines(await town.PageAsync($"{Community}/block-c.csv")).Where(line => line["quality"] != "missing").ToList();
        Assert.All(lines, line => Assert.Equal(("500", "925"), (line["location_gCO2e"], line["market_gCO2e"])));
        Assert.Equal(3_700, lines.Sum(line => decimal.Parse(line["market_gCO2e"], CultureInfo.InvariantCulture)));
        Assert.Contains("/en/why/carbon.market.power-network.2026-11", await town.PageAsync($"{Community}/block-c"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_one_what_was_bought_is_told_as_not_known_and_what_was_credited_is_known()
    {
        await using var town = await CarbonMarketTests.StartAsync(residual: false);
        await NoonAsync(town);

        await SaysAsync(town, "block-b", "0.4 kg CO2e", "0.1 kg CO2e");
        await SaysAsync(town, "block-c", "2 kg CO2e", "known for 20% of it: 0.1 kg CO2e");
        await SaysAsync(town, "pole-2", "0 kg CO2e", "0 kg CO2e");
        var page = await town.PageAsync($"{Community}/block-c");
        Assert.Contains("/en/why/carbon.market-coverage.power-network.2026-11", page, StringComparison.Ordinal);
        Assert.Contains("a factor of the market, as the residual mix, is not declared", page, StringComparison.Ordinal);
        Assert.All(CommunityPagesTests.Lines(await town.PageAsync($"{Community}/block-c.csv")).Where(line => line["quality"] != "missing"), line => Assert.Equal(("500", ""), (line["location_gCO2e"], line["market_gCO2e"])));
    }

    [Fact]
    public async Task Another_share_changes_the_market_based_number_alone()
    {
        await using var town = await CarbonMarketTests.StartAsync(residual: true, edit: files => files.Replace("communities.yaml", "point: block-c", "share: 25", "share: 5"));
        await NoonAsync(town);

        // Credited are 2 of 50 kWh: 48 × 90 + 2 × 10.
        await SaysAsync(town, "block-c", "2 kg CO2e", "4.34 kg CO2e");
    }

    [Fact]
    public async Task The_sun_of_a_private_roof_counts_as_nothing_at_the_point_of_use_and_strangers_see_no_number()
    {
        await using var town = await CarbonMarketTests.StartAsync(residual: true, edit: files => files.Replace("flows.yaml", "key: demo-solar-a", "audience: public", "audience: [demo-housing]"));
        await NoonAsync(town);
        await town.Services.GetRequiredService<Kera.Features.Carbon.CarbonTracing>().AdvanceAsync();

        var (housing, stranger) = (await ReadAsync(town, "demo-housing"), await ReadAsync(town, null));
        var carbon = housing.Carbon["block-c"].Of(housing.Settlement!.Statement("block-c"));
        Assert.Equal(new KnownCarbon(2_000, 50_000, 50_000), carbon.Location);
        Assert.Equal(new KnownCarbon(3_600, 50_000, 50_000), carbon.Market);
        Assert.Empty(stranger.Carbon);
        Assert.DoesNotContain("id=\"carbon\"", await town.PageAsync(Community), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fi", "Sijaintiperusteinen", "Hankintaperusteinen")]
    [InlineData("sv", "Platsbaserat", "Marknadsbaserat")]
    public async Task Each_language_says_both(string language, string location, string market)
    {
        await using var town = await CarbonMarketTests.StartAsync(residual: false);
        await NoonAsync(town);

        var page = CommunityPagesTests.Plain(await town.PageAsync($"/{language}/communities/sun-of-block-a/block-c"));
        Assert.Contains(location, page, StringComparison.Ordinal);
        Assert.Contains(market, page, StringComparison.Ordinal);
    }

    // 40 kWh of sun and 20 bought; nothing else is used than blocks B and C do.
    private static async Task NoonAsync(CarbonTown town)
    {
        foreach (var (flow, amount) in new[] { ("demo-grid-import", 20m), ("demo-solar-a", 40), ("demo-pole-1-power", 0), ("demo-power-b", 10), ("demo-power-c", 50), ("demo-pole-2-power", 0) })
        {
            await town.ReadingAsync(flow, 12, amount);
        }
    }

    // On the statement and in the community's table.
    private static async Task SaysAsync(CarbonTown town, string point, string location, string market)
    {
        var statement = Text(await town.PageAsync($"{Community}/{point}"));
        Assert.Contains($"Location-based</dt><dd>{location}<small>", statement, StringComparison.Ordinal);
        Assert.Contains($"Market-based</dt><dd>{market}<small>", statement, StringComparison.Ordinal);
        Assert.Contains($"<td>{location}</td><td>{market}</td>", Text(await town.PageAsync(Community)), StringComparison.Ordinal);
    }

    private static string Text(string page) => CommunityPagesTests.Plain(page).Replace("<sub>2</sub>", "2", StringComparison.Ordinal).Replace('\u00A0', ' ');

    private static async Task<CommunityMonth> ReadAsync(CarbonTown town, string? agent)
    {
        var reader = new Reader(agent is null ? null : town.Services.GetRequiredService<Catalog>().Agents.Find(agent)!.Row.Id);
        var book = town.Services.GetRequiredService<CommunityBook>();
        return (await book.ReadAsync(book.Find("sun-of-block-a")!, new YearMonth(2026, 11), new CommunityReader(reader, reader), CancellationToken.None))!;
    }
}
