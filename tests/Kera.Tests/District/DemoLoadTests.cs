using Kera.Base.District;
using Kera.Flows;
using NodaTime;

namespace Kera.Tests.District;

public sealed class DemoLoadTests
{
    private static readonly DistrictDemo Demo = DistrictFiles.Read(EditedKera.Source).Model!.Demo!;

    // Noon of a Monday in winter, in Helsinki.
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 19, 10, 0);

    [Fact]
    public void Two_weeks_of_hours_are_at_most_twenty_thousand_events() =>
        Assert.InRange(Demo.Days * 24 * Demo.Flows.Count, 10_000, 20_000);

    [Fact]
    public void Every_load_of_two_weeks_is_there_again_and_never_negative()
    {
        foreach (var flow in Demo.Flows)
        {
            for (var hour = 0; hour < Demo.Days * 24; hour++)
            {
                var at = Noon + Duration.FromHours(hour);
                var quantity = DemoLoad.Quantity(flow, Demo.Seed, at);
                Assert.True(quantity >= Quantity.Zero, $"{flow.Flow.Key} at {at} is {quantity}");
                Assert.Equal(quantity, DemoLoad.Quantity(flow, Demo.Seed, at));
            }
        }
    }

    [Theory]
    [InlineData("demo-heat-a", "545.391")]
    [InlineData("demo-solar-a", "4.798")]
    [InlineData("demo-grid-import", "3833.43")]
    [InlineData("demo-biowaste", "13.986")]
    public void A_load_is_the_same_on_every_machine(string key, string expected) =>
        Assert.Equal(expected, DemoLoad.Quantity(Flow(key), 2026, Noon).ToString());

    [Fact]
    public void Another_seed_makes_another_load() =>
        Assert.NotEqual(DemoLoad.Quantity(Flow("demo-heat-a"), 1, Noon), DemoLoad.Quantity(Flow("demo-heat-a"), 2, Noon));

    [Fact]
    public void Hours_follow_the_districts_clock_through_the_change_to_summer_time()
    {
        // The street lights have no noise: 5 in the morning is the same before and after the clocks change.
        var lights = Flow("demo-street-lights");
        var before = DemoLoad.Quantity(lights, 1, Instant.FromUtc(2026, 3, 28, 3, 0)).ToDecimal();
        var after = DemoLoad.Quantity(lights, 1, Instant.FromUtc(2026, 3, 29, 2, 0)).ToDecimal();
        Assert.InRange(after / before, 0.97m, 1.03m);
    }

    [Fact]
    public void A_network_is_fed_what_is_taken_and_lost()
    {
        var needs = Demo.Flows.Where(flow => flow.Flow.Resource == "heat-network" && flow.Flow.Action!.Name == "consume").Sum(Load);
        var supplies = Demo.Flows.Where(flow => flow.Flow.Resource == "heat-network" && flow.Flow.Action!.Name == "produce").Sum(Load);
        Assert.Equal(decimal.Round(needs * 1.08m, 3), supplies);
    }

    [Fact]
    public void What_is_bought_and_what_is_sold_are_never_both()
    {
        var (import, export) = (Flow("demo-grid-import"), Flow("demo-grid-export"));
        for (var hour = 0; hour < 24 * 14; hour++)
        {
            var at = Instant.FromUtc(2026, 6, 15, 0, 0) + Duration.FromHours(hour);
            Assert.True(DemoLoad.Quantity(import, 1, at) == Quantity.Zero || DemoLoad.Quantity(export, 1, at) == Quantity.Zero, $"at {at}");
        }
    }

    [Fact]
    public void Only_whole_hours_have_a_load() =>
        Assert.Throws<ArgumentException>(() => DemoLoad.Quantity(Flow("demo-heat-a"), 1, Noon + Duration.FromMinutes(1)));

    private static decimal Load(DemoFlow flow) => DemoLoad.Quantity(flow, 2026, Noon).ToDecimal();

    private static DemoFlow Flow(string key) => Demo.Flows.Single(flow => flow.Flow.Key == key);
}
