using CsCheck;

namespace Kera.Carbon.Tests;

/// <summary>Where what a unit carries came from.</summary>
public sealed class FlowContributionsTests
{
    [Fact]
    public void A_unit_of_a_mix_names_its_sources_with_their_ways()
    {
        var network = new FlowNetwork(["coal", "wind", "grid", "pump", "homes"], [new(0, 2), new(1, 2), new(2, 3), new(3, 4), new(2, 4)]);
        var step = FlowStep.Of(network, 1);
        // 1 kWh of coal at 900 g and 3 of wind at 10 make a grid of 232.5 g; the homes take 3 from it and 1 from the pump.
        (step.Flows[0], step.Flows[1], step.Flows[2], step.Flows[3], step.Flows[4], step.FinalUse[4]) = (1, 3, 1, 1, 3, 4);
        (step.Sources[0], step.Sources[1]) = (900, 30);
        var traced = new FlowTracer(network, 1).Trace(step, []);

        var contributions = FlowContributions.Of(network, step, [], traced, node: 4, footprint: 0);

        Assert.Equal([0, 1], contributions.Select(contribution => contribution.Node));
        Assert.Equal(225, contributions[0].Amount, 1e-9);
        Assert.Equal(7.5, contributions[1].Amount, 1e-9);
        Assert.Equal([0, 2, 4], contributions[0].Path);
    }

    [Fact]
    public void What_a_store_held_is_told_apart()
    {
        var network = new FlowNetwork(["grid", "battery"], [new(0, 1)]);
        var step = FlowStep.Of(network, 1);
        (step.Flows[0], step.Stock[1], step.FinalUse[1], step.Sources[0]) = (9, 1, 9, 90);
        var traced = new FlowTracer(network, 1).Trace(step, [0, 100]);

        var contributions = FlowContributions.Of(network, step, [0, 100], traced, node: 1, footprint: 0);

        Assert.Equal([(1, 0.0, 10.0), (0, 9.0, 0.0)], contributions.Select(contribution => (contribution.Node, Math.Round(contribution.Entered, 12), Math.Round(contribution.Held, 12))));
    }

    [Fact]
    public void Together_they_are_the_intensity_and_each_way_is_one() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[2, 40]).Sample(
            (seed, nodes) =>
            {
                var flows = RandomFlows.Make(seed, nodes);
                var traced = flows.Trace();
                var (node, footprint) = (seed % nodes, seed % flows.Footprints);

                var contributions = FlowContributions.Of(flows.Network, flows.Step, flows.Opening, traced, node, footprint);

                var intensity = traced.Intensities[(node * flows.Footprints) + footprint];
                Assert.Equal(intensity, contributions.Sum(contribution => contribution.Amount), 1e-9 * Math.Max(1, contributions.Sum(contribution => Math.Abs(contribution.Amount))));
                Assert.All(contributions, contribution =>
                {
                    Assert.Equal((contribution.Node, node), (contribution.Path[0], contribution.Path[^1]));
                    Assert.All(contribution.Path.Zip(contribution.Path.Skip(1)), hop => Assert.Contains(Enumerable.Range(0, flows.Network.Links.Count), link => flows.Network.Links[link] == new FlowLink(hop.First, hop.Second) && flows.Step.Flows[link] > 0));
                });
            },
            iter: 500);

    [Fact]
    public void A_source_more_adds_what_it_is_said_to_give() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[2, 30]).Sample(
            (seed, nodes) =>
            {
                var flows = RandomFlows.Make(seed, nodes, footprints: 2);
                var (node, traced) = (seed % nodes, flows.Trace());
                var source = Array.FindIndex(flows.Step.Sources, amount => amount > 0) / 2;
                if (flows.Step.Sources[source * 2] == 0)
                {
                    return;
                }

                var told = FlowContributions.Of(flows.Network, flows.Step, flows.Opening, traced, node, 0).FirstOrDefault(contribution => contribution.Node == source)?.Entered ?? 0;
                var twice = flows.Step.Sources.ToArray();
                twice[source * 2] *= 2;
                var more = (flows with { Step = flows.Step with { Sources = twice } }).Trace();

                Assert.Equal(told, more.Intensities[node * 2] - traced.Intensities[node * 2], 1e-9 * Math.Max(1, Math.Abs(more.Intensities[node * 2])));
            },
            iter: 300);

    [Fact]
    public void A_node_that_carries_nothing_has_no_sources()
    {
        var network = new FlowNetwork(["sun", "homes"], [new(0, 1)]);
        var step = FlowStep.Of(network, 1);
        (step.Flows[0], step.FinalUse[1]) = (5, 5);

        Assert.Empty(FlowContributions.Of(network, step, [], new FlowTracer(network, 1).Trace(step, []), 1, 0));
    }
}
