using System.Globalization;
using System.Net;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Energy;
using Kera.Features.Carbon;
using Kera.Features.Energy;
using Kera.Flows;
using Kera.Tests.Features.Today;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Energy;

/// <summary>The plan of the demonstration and its page: what it says adds up, and it changes when what it rests on does.</summary>
public sealed class EnergyPagesTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    private EnergyPlanning Planning => kera.App.Services.GetRequiredService<EnergyPlanning>();

    [Fact]
    public async Task Each_hour_of_each_carrier_is_met_by_what_the_plan_runs()
    {
        var plan = await PlanAsync();
        var energy = Planning.Energy!;

        Assert.Equal((SolveStatus.Optimal, 48, Instant.FromUtc(2026, 11, 24, 13, 0)), (plan.Status, plan.Hours, plan.At(0)));
        Assert.Empty(plan.Unmet);
        for (var hour = 0; hour < plan.Hours; hour++)
        {
            var performance = energy.Plants["heat-pump"].HeatPump!.Performance(plan.Temperature.Values[hour]);
            var heat = plan.Levels["heat-pump"][hour] + plan.Levels["electric-boiler"][hour] - plan.StorePowers["heat-tank"][hour];
            var power = plan.Levels["grid in"][hour] - plan.Levels["grid out"][hour] + plan.Levels["sun"][hour] - plan.StorePowers["battery"][hour]
                - plan.Levels["heat-pump"][hour] / performance - plan.Levels["electric-boiler"][hour] * 1.02;

            Assert.Equal(energy.Demands.Values.Where(demand => demand.Bus == "heat").Sum(demand => plan.Levels[demand.Key][hour]), heat, 0.1);
            Assert.Equal(energy.Demands.Values.Where(demand => demand.Bus == "power").Sum(demand => plan.Levels[demand.Key][hour]), power, 0.1);
            // The heat pump takes no more waste heat than the data centre gives.
            Assert.True(plan.Levels["heat-pump"][hour] * (1 - 1 / performance) <= plan.Levels["data-centre-heat"][hour] + 0.1);
        }
    }

    [Fact]
    public async Task What_is_forecast_of_the_homes_is_near_what_comes()
    {
        var plan = await PlanAsync();
        var demo = kera.App.Services.GetRequiredService<DistrictInForce>().Model!.Demo!;
        var flows = demo.Flows.Where(flow => Planning.Energy!.Demands["homes-heat"].Flows.Contains(flow.Flow.Key)).ToList();
        var comes = Enumerable.Range(0, plan.Hours).Select(hour => flows.Sum(flow => (double)DemoLoad.Quantity(flow, demo.Seed, plan.At(hour)).ToDecimal())).ToList();
        var forecast = plan.Forecasts["homes-heat"];

        Assert.All(forecast.Knowledge, knowledge => Assert.Equal(Knowledge.Forecast, knowledge));
        Assert.InRange(forecast.Values.Zip(comes, (said, came) => Math.Abs(said - came)).Sum() / comes.Sum(), 0, 0.08);
        // Losses of the network are put in too.
        Assert.Equal(forecast.Values[7] * 1.08, plan.Levels["homes-heat"][7], 0.01);
    }

    [Fact]
    public async Task Stores_are_filled_when_power_is_cheaper_than_when_they_are_emptied()
    {
        var plan = await PlanAsync();
        var prices = plan.Market["grid"].Values;
        foreach (var store in Planning.Energy!.Stores.Keys)
        {
            double Mean(Func<double, double> part) => plan.StorePowers[store].Zip(prices, (power, price) => part(power) * price).Sum() / plan.StorePowers[store].Sum(part);

            Assert.True(Mean(power => Math.Max(0, power)) < Mean(power => Math.Max(0, -power)), store);
            Assert.All(plan.StoreLevels[store], level => Assert.InRange(level, -0.01, (double)Planning.Energy!.Stores[store].Capacity + 0.01));
        }
    }

    [Fact]
    public async Task A_plan_is_made_once_an_hour_and_again_when_a_price_changed()
    {
        await PlanAsync();
        var before = await CountAsync();
        await Planning.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before, await CountAsync());

        var series = kera.App.Services.GetRequiredService<SeriesStore>();
        var known = (await series.FindAsync("price.day-ahead", Reader.Everything))!;
        await series.AppendAsync(known, [.. PriceImport.Quarters(Instant.FromUtc(2026, 11, 25, 9, 0), Duration.FromHours(1), Quantity.Whole(777))], Actor.Job());
        var plan = await PlanAsync();

        Assert.Equal(before + 1, await CountAsync());
        Assert.Contains(777, plan.Market["grid"].Values);
    }

    [Theory]
    [InlineData("en", "Power is cheapest", "The plan and what happened")]
    [InlineData("sv", "Billigast att använda el", "Planen och det som hände")]
    [InlineData("fi", "Halvinta käyttää sähköä", "Suunnitelma ja toteuma")]
    public async Task The_page_tells_the_best_hours_and_why_in_each_language(string language, string best, string past)
    {
        var plan = await PlanAsync();
        var page = Plain(await kera.PageAsync($"/{language}/energy"));

        Assert.Contains(best, page, StringComparison.Ordinal);
        Assert.Contains(past, page, StringComparison.Ordinal);
        Assert.Contains(language == "fi" ? "Lämpöpumppu" : language == "sv" ? "Värmepumpen" : "Heat pump", page, StringComparison.Ordinal);
        Assert.Equal(33, plan.Market["grid"].Knowledge.Count(each => each == Knowledge.Known));
    }

    [Fact]
    public async Task The_price_of_heat_is_that_of_the_boilers_power_where_the_boiler_sets_it()
    {
        var plan = await PlanAsync();
        var view = (await kera.App.Services.GetRequiredService<EnergyViewer>().ViewAsync(Reader.Everything, "en", Instant.FromUtc(2026, 11, 24, 12, 5), TestContext.Current.CancellationToken))!;

        var reasons = PlanReasons.Of(view, plan, Planning.Energy!.Buses["heat"]);

        Assert.Equal(plan.Hours, reasons.Count);
        var set = reasons.Where(reason => reason.Setter == "electric-boiler").ToList();
        Assert.NotEmpty(set);
        Assert.All(set, reason => Assert.Equal(1 + 1.02 * plan.Prices["power"][reason.First], reason.Low, 0.01));
        // The heat pump is held back where it takes all waste heat, and sets no price then.
        Assert.Contains(reasons, reason => reason.Scarce == ("heat-pump", "waste-heat"));
        var together = PlanReasons.Together(reasons);
        Assert.Equal((0, plan.Hours), (together[0].First, together[^1].After));
        Assert.All(together.Zip(together.Skip(1)), pair => Assert.Equal((pair.First.After, false), (pair.Second.First, pair.First.Setter == pair.Second.Setter)));
    }

    [Fact]
    public async Task The_file_has_what_the_plan_has()
    {
        var plan = await PlanAsync();
        var lines = (await kera.PageAsync("/en/energy.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();

        Assert.Equal(["from", "element", "name", "what", "unit", "value", "low", "high", "knowledge"], lines[0]);
        Assert.Equal(plan.Levels["electric-boiler"].Sum(), lines.Where(line => line[1] == "electric-boiler" && line[3] == "power").Sum(line => double.Parse(line[5], CultureInfo.InvariantCulture)), 0.01);
        Assert.Equal(48, lines.Count(line => line[3] == "market price"));
    }

    [Fact]
    public async Task Of_an_intensity_that_nobody_knows_there_is_no_carbon_told_which_is_not_nothing()
    {
        var plan = await PlanAsync();
        var hour = Instant.FromUtc(2026, 11, 24, 9, 0);
        var unknown = plan with { First = hour.ToUnixTimeSeconds(), Carbon = null, Intensity = new Dictionary<string, HourNumbers> { ["grid"] = new([.. new double[48]], [.. Enumerable.Repeat(Knowledge.Assumed, 48)]) } };
        await AddAsync(unknown, hour);

        var past = Assert.Single(await kera.App.Services.GetRequiredService<EnergyPast>().ReadAsync(Reader.Everything, hour, hour + Duration.FromHours(1), TestContext.Current.CancellationToken));

        Assert.Equal((null, null), (past.PlannedCarbon, past.ActualCarbon));
        Assert.True(past.ActualCost > 0);
        await kera.App.Services.GetRequiredService<CarbonTracing>().AdvanceAsync(TestContext.Current.CancellationToken);
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        await db.EnergyPlans.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        Assert.True((await PlanAsync()).Carbon > 1_000);
    }

    [Fact]
    public async Task What_was_planned_stands_beside_what_is_recorded()
    {
        var plan = await PlanAsync();
        var hour = Instant.FromUtc(2026, 11, 24, 10, 0);
        await AddAsync(plan with { First = hour.ToUnixTimeSeconds() }, hour);

        var past = Assert.Single(await kera.App.Services.GetRequiredService<EnergyPast>().ReadAsync(Reader.Everything, hour, hour + Duration.FromHours(1), TestContext.Current.CancellationToken));

        var recorded = (double)(await kera.App.Services.GetRequiredService<LedgerQueries>().DeclaredHoursAsync("demo-grid-import", DistrictCalendar.ToMicroseconds(hour), DistrictCalendar.ToMicroseconds(hour) + 1)).Single().Quantity.ToDecimal();
        Assert.Equal((plan.Levels["heat-pump"][0], recorded), (past.Elements["heat-pump"].Planned, past.Elements["grid in"].Actual));
        // 12 in the day, and 25 for margin and tax.
        Assert.Equal(recorded / 1_000 * (plan.Market["grid"].Values[0] + 37), past.ActualCost, 0.01);
        Assert.Contains("In the last", Plain(await kera.PageAsync("/en/energy?again=1")), StringComparison.Ordinal);
    }

    private async Task<PlanContent> PlanAsync()
    {
        await Planning.RunAsync(TestContext.Current.CancellationToken);
        return (await Planning.NewestAsync(TestContext.Current.CancellationToken))!.Value.Content;
    }

    private async Task<int> CountAsync()
    {
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        return await db.EnergyPlans.CountAsync();
    }

    private async Task AddAsync(PlanContent plan, Instant first)
    {
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        db.EnergyPlans.Add(new EnergyPlanRow { Made = DistrictCalendar.ToMicroseconds(first), First = DistrictCalendar.ToMicroseconds(first), Content = plan.ToBytes() });
        await db.SaveChangesAsync();
    }

    private static string Plain(string page) => WebUtility.HtmlDecode(page).Replace("\u00AD", "", StringComparison.Ordinal);
}
