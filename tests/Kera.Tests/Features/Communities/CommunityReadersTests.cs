using System.Net;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Energy;
using Kera.Features.Communities;
using Kera.Flows;
using Kera.Tests.District;
using Kera.Tests.Features.Carbon;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Communities;

/// <summary>Who may read what of a community, and how readings come to quarters of an hour.</summary>
public sealed class CommunityReadersTests
{
    private const string Community = "/en/communities/sun-of-block-a";

    private static readonly YearMonth November = new(2026, 11);

    [Fact]
    public async Task An_hour_is_split_into_quarters_and_marked_estimated()
    {
        await using var town = await StartAsync();
        await town.ReadingAsync("demo-solar-a", 12, 1.001m);
        await town.ReadingAsync("demo-pole-1-power", 12, 0);
        await town.ReadingAsync("demo-power-b", 12, 0.3m);

        var quarters = CommunityPagesTests.Lines(await town.PageAsync($"{Community}.csv")).Where(line => line["quality"] != "missing").ToList();
        var statement = CommunityPagesTests.Lines(await town.PageAsync($"{Community}/block-b.csv")).Where(line => line["quality"] != "missing").ToList();

        Assert.Equal(["251", "250", "250", "250"], quarters.Select(line => line["production_Wh"]));
        Assert.All(quarters, line => Assert.Equal("estimated", line["quality"]));
        // 30 % of 251 and of 250, of which no more than the use of 75 is credited.
        Assert.Equal(["75", "75", "75", "75"], statement.Select(line => line["offered_Wh"]));
        Assert.Equal(["75", "75", "75", "75"], statement.Select(line => line["credited_Wh"]));
    }

    [Fact]
    public async Task What_is_less_than_a_watt_hour_is_carried_into_the_next_hours()
    {
        await using var town = await StartAsync();
        for (var hour = 0; hour < 5; hour++)
        {
            await town.ReadingAsync("demo-solar-a", hour, 0.0006m);
            await town.ReadingAsync("demo-pole-1-power", hour, 0);
        }

        Assert.Equal(3, CommunityPagesTests.Lines(await town.PageAsync($"{Community}.csv")).Sum(line => CommunityPagesTests.Number(line, "production_Wh")));
    }

    [Fact]
    public async Task A_private_point_is_not_shown_to_a_stranger_nor_a_sum_that_would_betray_it()
    {
        await using var town = await StartAsync(files => files.Replace("flows.yaml", "key: demo-power-b", "audience: public", "audience: [demo-housing]"));
        foreach (var flow in new[] { "demo-solar-a", "demo-pole-1-power", "demo-power-b", "demo-power-c" })
        {
            await town.ReadingAsync(flow, 12, flow == "demo-solar-a" ? 90 : 10);
        }

        var page = CommunityPagesTests.Plain(await town.PageAsync(Community));
        Assert.Contains("Block C", page, StringComparison.Ordinal);
        Assert.Contains("You see only the points whose readings you may read", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Block B", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Left to share", page, StringComparison.Ordinal);
        Assert.DoesNotContain("In all", page, StringComparison.Ordinal);
        await NotThereAsync(town, $"{Community}.csv");
        await NotThereAsync(town, $"{Community}/block-b");
        await NotThereAsync(town, $"{Community}/block-b.csv");
        Assert.Contains("Block C", await town.PageAsync($"{Community}/block-c"), StringComparison.Ordinal);

        var (stranger, housing) = (await ReadAsync(town, "demo-school"), await ReadAsync(town, "demo-housing"));
        Assert.False(stranger.Whole);
        Assert.DoesNotContain(stranger.Settlement!.Members, member => member.Point == "block-b");
        Assert.DoesNotContain(stranger.Memberships, membership => membership.Point == "block-b");
        Assert.True(housing.Whole);
        Assert.Equal(10_000, housing.Settlement!.Statement("block-b").Totals.Energy.Credit);
        // What the others are told is as it would be.
        Assert.Equal(housing.Settlement.Statement("block-c").Totals, stranger.Settlement.Statement("block-c").Totals);
    }

    [Fact]
    public async Task Where_the_property_is_private_nobody_else_has_a_statement()
    {
        await using var town = await StartAsync(files => files.Replace("flows.yaml", "key: demo-solar-a", "audience: public", "audience: [demo-housing]"));
        await town.ReadingAsync("demo-solar-a", 12, 90);

        await NotThereAsync(town, $"{Community}/block-b");
        Assert.Null((await ReadAsync(town, null)).Settlement);
        Assert.DoesNotContain("block-b", await town.PageAsync(Community), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_households_Series_is_read_in_its_quarters_by_its_owner_alone()
    {
        await using var town = await StartAsync(files => files.Replace("communities.yaml", "key: pole-2", "use: [demo-pole-2-power]", "use: [household-demo]"));
        await town.ReadingAsync("demo-solar-a", 12, 40);
        await town.ReadingAsync("demo-pole-1-power", 12, 0);
        var series = town.Services.GetRequiredService<SeriesStore>();
        var catalog = town.Services.GetRequiredService<Catalog>();
        var keeper = catalog.Agents.Find("demo-street-keeper")!.Row.Id;
        var opened = await series.OpenAsync(new SeriesDeclaration("household-demo:demo-street-keeper", "readings", "kWh", SettlementPeriods.Length, catalog.AudienceId(["demo-street-keeper"]), keeper), Actor.Job());
        await series.AppendAsync(opened, [.. Enumerable.Range(0, 4).Select(number => new SeriesValue(CarbonTown.Hour(12) + SettlementPeriods.Length * number, new Quantity((number + 1) * 100_000), SeriesQuality.Measured))], Actor.Job());

        var owner = await ReadAsync(town, "demo-street-keeper");
        var stranger = await ReadAsync(town, "demo-housing");

        // 5 % of each quarter's 10 kWh is 500 Wh.
        Assert.Equal([100L, 200L, 300L, 400L], owner.Settlement!.Statement("pole-2").Lines.Where(line => line.Quality != ReadingQuality.Missing).Select(line => line.Energy.Credit));
        Assert.DoesNotContain(stranger.Settlement!.Members, member => member.Point == "pole-2");
        await NotThereAsync(town, $"{Community}/pole-2");
    }

    [Fact]
    public async Task Without_readings_the_page_says_so()
    {
        await using var town = await StartAsync();

        Assert.Contains("the property has no readings", CommunityPagesTests.Plain(await town.PageAsync(Community)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_leads_only_to_months_in_which_its_member_belonged_to_the_community()
    {
        await using var town = await StartAsync(files => files.Replace("communities.yaml", "point: pole-2, share", "given: 2026-10-14T09:00:00+03:00, day: 2026-11-01", "given: 2026-09-01T09:00:00+03:00"));

        Assert.Contains("?month=2026-10\"", await town.PageAsync(Community), StringComparison.Ordinal);
        Assert.Contains("?month=2026-10\"", await town.PageAsync($"{Community}/pole-2"), StringComparison.Ordinal);
        Assert.DoesNotContain("?month=2026-10\"", await town.PageAsync($"{Community}/school"), StringComparison.Ordinal);
        // From the 16th of September to the end of the month.
        Assert.Equal(15 * 96, CommunityPagesTests.Lines(await town.PageAsync($"{Community}/pole-2.csv?month=2026-09")).Count);
    }

    private static Task<CarbonTown> StartAsync(Action<EditedKera>? edit = null) =>
        CarbonTown.StartAsync(File.ReadAllText(Path.Combine(EditedKera.Source, "carbon.yaml")), files =>
        {
            // A plan is public, and takes no flow that is not.
            File.Delete(files.PathOf("energy.yaml"));
            edit?.Invoke(files);
        });

    private static async Task<CommunityMonth> ReadAsync(CarbonTown town, string? agent)
    {
        var reader = new Reader(agent is null ? null : town.Services.GetRequiredService<Catalog>().Agents.Find(agent)!.Row.Id);
        var book = town.Services.GetRequiredService<CommunityBook>();
        return (await book.ReadAsync(book.Find("sun-of-block-a")!, November, new CommunityReader(reader, reader), CancellationToken.None))!;
    }

    private static async Task NotThereAsync(CarbonTown town, string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<HttpRequestException>(() => town.PageAsync(address))).StatusCode);
}
