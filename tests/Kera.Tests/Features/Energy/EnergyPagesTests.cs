using System.Globalization;
using System.Net;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Energy;
using Kera.Features.Energy;
using Kera.Tests.Features.Today;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Energy;

/// <summary>The plan of the demonstration and its page: what it says adds up.</summary>
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
                - plan.Levels["heat-pump"][hour] / performance - plan.Levels["electric-boiler"][hour] * 1.02 - plan.Levels["chiller"][hour] * 0.3;

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
    public async Task A_store_whose_power_holds_the_plan_back_is_told_where_it_does()
    {
        var plan = await PlanAsync();
        var limits = plan.Limits.Where(limit => limit.Kind is RowKind.StoreCharge or RowKind.StoreDischarge).ToList();

        Assert.NotEmpty(limits);
        Assert.All(limits, limit => Assert.Equal((double)Planning.Energy!.Stores[limit.Element].Power * (limit.Kind == RowKind.StoreCharge ? 1 : -1), plan.StorePowers[limit.Element][limit.Hour], 0.01));
        Assert.Contains("at full power.", Plain(await kera.PageAsync("/en/energy")), StringComparison.Ordinal);
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

    private async Task<PlanContent> PlanAsync()
    {
        await Planning.RunAsync(TestContext.Current.CancellationToken);
        return (await Planning.NewestAsync(TestContext.Current.CancellationToken))!.Value.Content;
    }

    private static string Plain(string page) => WebUtility.HtmlDecode(page).Replace("\u00AD", "", StringComparison.Ordinal);
}
