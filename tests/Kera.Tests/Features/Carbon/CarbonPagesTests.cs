using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Features.Carbon;
using Kera.Tests.Features.Today;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Carbon;

/// <summary>The pages of carbon over the demonstration: every number adds up, and leads to its events and its sources.</summary>
public sealed partial class CarbonPagesTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static TheoryData<string> Languages => ["fi", "sv", "en"];

    public static TheoryData<string> Times => ["2026-11-24t11z", "2026-11-23", "2026-11", "2026"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_page_opens_with_the_last_whole_day_in_each_language(string language)
    {
        await TracedAsync();
        var page = await kera.PageAsync($"/{language}/carbon");

        Assert.Contains(language == "en" ? "on 23 November 2026" : language == "sv" ? "den 23 november 2026" : "23.11.2026", page, StringComparison.Ordinal);
        Assert.Contains("CO<sub>2</sub>e", page, StringComparison.Ordinal);
        Assert.DoesNotContain("CO2e</th>", page, StringComparison.Ordinal);
        Assert.Contains("/why/carbon.total.2026-11-23", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task The_file_sums_to_the_total_that_its_figure_says(string at)
    {
        await TracedAsync();
        var lines = (await kera.PageAsync($"/en/carbon.csv?at={at}")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var sum = lines.Skip(1).Sum(line => double.Parse(line[(line.LastIndexOf(',') + 1)..], Invariant));

        var figure = await FigureAsync($"carbon.total.{at}");
        Assert.Equal(sum, figure, 2e-2);
        Assert.True(sum > 50);
        await kera.PageAsync($"/sv/carbon?at={at}");
    }

    [Fact]
    public async Task An_hour_agrees_with_one_solved_by_hand()
    {
        await TracedAsync();
        var hour = Instant.FromUtc(2026, 11, 24, 11, 0);
        var filter = new LedgerFilter { From = DistrictCalendar.ToMicroseconds(hour), Until = DistrictCalendar.ToMicroseconds(hour + Duration.FromHours(1)) };
        var catalog = kera.App.Services.GetRequiredService<Catalog>();
        var flows = (await kera.App.Services.GetRequiredService<LedgerQueries>().TotalsAsync(Reader.Everything, filter, Granularity.Hour))
            .Where(total => total.Flow.DeclaredId is not null)
            .ToDictionary(total => catalog.DeclaredFlows.Get(total.Flow.DeclaredId!.Value).Row.Key, total => (double)total.Quantity.ToDecimal());
        var grid = await GridAsync(hour);
        var sun = flows.Where(flow => flow.Key.StartsWith("demo-solar", StringComparison.Ordinal)).Sum(flow => flow.Value);
        var powered = flows.Where(flow => flow.Key is "demo-heat-pump-power" or "demo-boiler-power" or "demo-chiller-power" or "demo-data-centre-power" or "demo-street-lights" or "demo-farm-power" or "demo-hall-power" or "demo-grid-export"
            || flow.Key.StartsWith("demo-power-", StringComparison.Ordinal) || flow.Key.StartsWith("demo-charging", StringComparison.Ordinal) || flow.Key.StartsWith("demo-pole", StringComparison.Ordinal)).Sum(flow => flow.Value);
        var power = ((flows["demo-grid-import"] * grid) + (sun * 45)) / powered;
        var heated = flows.Where(flow => flow.Key is "demo-hall-heat" || (flow.Key.StartsWith("demo-heat-", StringComparison.Ordinal) && !flow.Key.StartsWith("demo-heat-pump", StringComparison.Ordinal))).Sum(flow => flow.Value);
        var heat = (flows["demo-heat-pump-power"] + flows["demo-boiler-power"]) * power / heated;

        Assert.Equal(power, await FigureAsync("carbon.resource.power-network.2026-11-24t11z"), 1e-2);
        Assert.Equal(heat, await FigureAsync("carbon.resource.heat-network.2026-11-24t11z"), 1e-2);
        var homes = flows.Where(flow => flow.Key is "demo-heat-a" or "demo-heat-b" or "demo-heat-c" or "demo-heat-d").Sum(flow => flow.Value) * heat
            + (flows.Where(flow => flow.Key is "demo-power-a" or "demo-power-b" or "demo-power-c" or "demo-power-d").Sum(flow => flow.Value) * power);
        Assert.Equal(homes / 1_000, await FigureAsync("carbon.use.homes.2026-11-24t11z"), 1e-2);
        // And others find it by its key.
        var series = await kera.App.Services.GetRequiredService<SeriesStore>().ReadAsync("carbon.intensity.heat-network", Reader.Public, hour, hour + Duration.FromHours(1));
        Assert.Equal(heat, (double)Assert.Single(series!.Values).Value.ToDecimal(), 1e-3);
    }

    [Fact]
    public async Task The_inventory_sums_and_its_bridge_leads_to_the_traced_total()
    {
        await TracedAsync();
        var book = kera.App.Services.GetRequiredService<CarbonBook>();
        var period = await book.PeriodAsync(CarbonTime.Parse("2026", book.Zone)!, Reader.Public, CancellationToken.None);
        var inventory = new Inventory(period!, book.Rules!.Carbon);

        var (plus, carried, stages, outside, traced) = inventory.Bridge;
        Assert.Equal(traced, plus - carried + stages + outside, 1e-6);
        Assert.True(inventory.Basic < inventory.BasicPlus);
        Assert.Equal(["I.1.1", "I.1.2", "I.1.3", "I.2.1"], inventory.Lines.Take(4).Select(line => line.Reference));
        Assert.All(inventory.Lines, line => Assert.True(line.Kilograms is null ? line.Notation is "NO" or "NE" or "IE" or "C" : line.Notation is null));
        // The farm's power is counted where it was used, though its leaves carry it away.
        Assert.True(inventory.Lines.Single(line => line.Reference == "I.5.2").Kilograms > 100);
        // What has activity and no factor is not estimated, and never nothing.
        Assert.All(inventory.Lines.Where(line => line.Subsector is "III.2" or "III.3" && line.NoFactor), line => Assert.Equal("NE", line.Notation));
        Assert.Equal(2, inventory.Lines.Count(line => line.NoFactor));

        var csv = (await kera.PageAsync("/en/carbon/inventory.csv?year=2026")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("GPC ref No.,Scope,GHG emissions source,Notation key,CO2,CH4,N2O,HFC,PFC,SF6,NF3,Total tonnes CO2e,CO2(b)", csv[0], StringComparison.Ordinal);
        Assert.Equal(inventory.Lines.Count + 1, csv.Length);
        foreach (var language in Languages)
        {
            await kera.PageAsync($"/{language.Data}/carbon/inventory");
        }
    }

    [Fact]
    public async Task An_event_is_its_part_of_the_hours_flow()
    {
        await TracedAsync();
        var queries = kera.App.Services.GetRequiredService<LedgerQueries>();
        var catalog = kera.App.Services.GetRequiredService<Catalog>();
        var at = DistrictCalendar.ToMicroseconds(Instant.FromUtc(2026, 11, 24, 11, 0));
        var events = await queries.EventsAsync(Reader.Everything, new LedgerFilter { From = at, Until = at + 3_600_000_000, Process = catalog.Processes.Find("demo-heating-a")!.Noun }, null, 10);
        var heating = Assert.Single(events);
        var intensity = await FigureAsync("carbon.resource.heat-network.2026-11-24t11z");

        Assert.Equal((double)heating.Event.ResourceQuantity!.Value.ToDecimal() * intensity / 1_000, await FigureAsync($"carbon.event.{heating.Event.Position}"), 1e-2);
        Assert.Contains("CO<sub>2</sub>e", await kera.PageAsync($"/fi/flows/events/{heating.Event.Position}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_hour_carries_its_share_of_energy_and_of_what_the_hall_was_made_with()
    {
        await TracedAsync();
        var page = await kera.PageAsync("/en/why/carbon.room.demo-hall-skate.2026-11-23");

        Assert.Contains("Refurbishment of Kutoja hall", page, StringComparison.Ordinal);
        Assert.Contains("Bookable hours", page, StringComparison.Ordinal);
        Assert.Contains("Empty hours, the owner’s", page, StringComparison.Ordinal);
        Assert.Contains("Left over at the end of its life, the owner’s: Refurbishment of Kutoja hall", page, StringComparison.Ordinal);
        Assert.Contains("/en/why/carbon.room.demo-hall-skate", await kera.PageAsync("/en/places/demo-hall-skate"), StringComparison.Ordinal);
        Assert.InRange(await FigureAsync("carbon.room.demo-hall-skate.2026-11-23"), 1, 20);
    }

    [Fact]
    public async Task No_figure_on_a_page_is_without_a_way_to_its_events_and_sources()
    {
        await TracedAsync();
        var ways = new HashSet<string>(StringComparer.Ordinal);
        foreach (var address in new[] { "/en/carbon", "/en/carbon?at=2026-11", "/en/carbon?at=2026-11-24t11z", "/en/carbon/inventory", "/en/goals", "/en/road-map", "/en/today" })
        {
            var page = await kera.PageAsync(address);
            foreach (Match figure in LargeFigure().Matches(page))
            {
                // Beneath each large figure, before the next, stands its way.
                var after = page[figure.Index..];
                var next = LargeFigure().Match(after, figure.Length);
                Assert.Contains("/why/", next.Success ? after[..next.Index] : after, StringComparison.Ordinal);
            }

            ways.UnionWith(Why().Matches(page).Select(way => WebUtility.HtmlDecode(way.Groups[1].Value)));
        }

        Assert.True(ways.Count > 60, $"Only {ways.Count} ways were found.");
        foreach (var way in ways)
        {
            var page = await kera.PageAsync(way);
            var told = page.Contains("id=\"events\"", StringComparison.Ordinal) || page.Contains("id=\"factors\"", StringComparison.Ordinal);
            Assert.True(told || page.Contains("There is no number yet", StringComparison.Ordinal), $"{way} tells neither events nor sources.");
        }
    }

    [Fact]
    public async Task Each_chart_has_its_file()
    {
        await TracedAsync();
        var course = (await kera.PageAsync("/en/carbon.csv?at=2026-11-23&table=course")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var ahead = (await kera.PageAsync("/en/carbon.csv?table=intensity")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(25, course.Length);
        Assert.Equal(await FigureAsync("carbon.total.2026-11-23"), course.Skip(1).Sum(line => double.Parse(line[(line.LastIndexOf(',') + 1)..], Invariant)), 1e-2);
        // A day back and a day ahead of three networks.
        Assert.Equal(1 + (3 * 48), ahead.Length);
        Assert.Equal(3 * 24, ahead.Count(line => line.EndsWith("yes", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_pace_of_a_year_is_that_of_the_days_that_are_recorded()
    {
        await TracedAsync();
        var month = await FigureAsync("carbon.month");
        var pace = await FigureAsync("carbon.pace");

        // The demonstration's 14 days of hours.
        Assert.Equal(month / 14 * 365, pace, 1);
    }

    [Theory]
    [InlineData("/en/carbon.csv?at=2026-11-23&table=everything", HttpStatusCode.NotFound)]
    [InlineData("/en/carbon?at=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/en/carbon?at=2026-13", HttpStatusCode.BadRequest)]
    [InlineData("/en/carbon.csv?at=x", HttpStatusCode.NotFound)]
    [InlineData("/en/carbon/inventory?year=abc", HttpStatusCode.NotFound)]
    [InlineData("/en/why/carbon.total.soon", HttpStatusCode.NotFound)]
    [InlineData("/en/why/carbon.use.nobody.2026", HttpStatusCode.NotFound)]
    [InlineData("/en/carbon?at=2020", HttpStatusCode.OK)]
    public async Task What_cannot_be_is_told(string address, HttpStatusCode status) => await kera.PageAsync(address, status);

    private async Task TracedAsync() => await kera.App.Services.GetRequiredService<CarbonTracing>().AdvanceAsync();

    private async Task<double> FigureAsync(string key)
    {
        var json = await kera.App.GetTestClient().GetStringAsync(new Uri($"/api/v1/figures/{key}", UriKind.Relative));
        return System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("hasNumericalValue").GetDouble();
    }

    // The generation of the hour times the factors, both read here by themselves.
    private async Task<double> GridAsync(Instant hour)
    {
        var factors = kera.App.Services.GetRequiredService<DistrictInForce>().Model!.Factors;
        var (kilograms, generated) = (0.0, 0.0);
        foreach (var kind in new[] { "nuclear", "wind", "hydro", "solar", "biomass", "gas", "coal", "oil" })
        {
            var page = await kera.App.Services.GetRequiredService<SeriesStore>().ReadAsync($"mix.finland.{kind}", Reader.Public, hour, hour + Duration.FromHours(1));
            var amount = (double)Assert.Single(page!.Values).Value.ToDecimal();
            var ofKind = factors.Where(factor => factor.Key == $"electricity.{kind}" && factor.Stage == Kera.Carbon.FactorStage.LifeCycle && factor.To is null).ToList();
            kilograms += amount * (ofKind.Where(factor => factor.Region == "FI").MaxBy(factor => factor.From) ?? ofKind.Single(factor => factor.Region == "global")).Kilograms;
            generated += amount;
        }

        return kilograms / generated * 1_000;
    }

    [GeneratedRegex("<p class=\"fig( [a-z-]+)* mt[0-9]\">")]
    private static partial Regex LargeFigure();

    [GeneratedRegex("href=\"(/en/why/[^\"]+)\"")]
    private static partial Regex Why();
}
