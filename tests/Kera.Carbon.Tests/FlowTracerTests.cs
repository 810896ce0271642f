using CsCheck;
using Kera.Generated;

namespace Kera.Carbon.Tests;

/// <summary>The equation of flow tracing and what follows from it.</summary>
public sealed class FlowTracerTests
{
    // Where KERA_TESTS_FULL is 1: 10,000 networks of up to 300 nodes.
    private static readonly int s_more = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 10 : 1;
    private static readonly Gen<RandomFlows> s_flows = Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, s_more == 1 ? 60 : 300], Gen.Double[0.5, 5], (seed, nodes, degree) => RandomFlows.Make(seed, nodes, degree));

    /// <summary>The check value: 1 kWh stored at 100 g/kWh, charge 9 at 10, discharge 9.</summary>
    [Fact]
    public void A_store_mixes_what_it_held_with_what_it_is_given()
    {
        var network = new FlowNetwork(["grid", "battery", "homes"], [new(0, 1), new(1, 2)]);
        var step = FlowStep.Of(network, 1);
        (step.Flows[0], step.Flows[1], step.Stock[1], step.FinalUse[2]) = (9, 9, 1, 9);
        step.Sources[0] = 9 * 10;

        var traced = new FlowTracer(network, 1).Trace(step, [0, 1 * 100, 0]);

        Assert.Equal(19, traced.Intensities[1], 1e-12);
        Assert.Equal(19, traced.Closing[1], 1e-12);
        Assert.Equal(19, traced.Intensities[2], 1e-12);
    }

    [Fact]
    public void Losses_concentrate_what_is_carried()
    {
        var network = new FlowNetwork(["grid", "homes"], [new(0, 1)]);
        var step = FlowStep.Of(network, 1);
        // 10 kWh come in at 90 g, 9 are delivered.
        (step.Flows[0], step.FinalUse[1], step.Sources[0]) = (9, 9, 900);

        Assert.Equal(100, new FlowTracer(network, 1).Trace(step, []).Intensities[1], 1e-12);
    }

    [Fact]
    public void What_goes_around_is_counted_once()
    {
        // A data centre's waste heat warms the homes by a heat pump that runs on the power which the homes' panels give.
        var network = new FlowNetwork(["power", "pump", "heat"], [new(0, 1), new(1, 2), new(2, 0)]);
        var step = FlowStep.Of(network, 1);
        (step.Flows[0], step.Flows[1], step.Flows[2], step.FinalUse[2], step.Sources[0]) = (10, 10, 5, 5, 50);

        var traced = new FlowTracer(network, 1).Trace(step, []);

        Assert.Equal(10, traced.Intensities[2], 1e-12);
        Assert.Equal((50.0, 50.0), (traced.Balances[0].Sources, traced.Balances[0].FinalUse));
    }

    [Fact]
    public void Any_network_agrees_with_an_independent_dense_solve() => s_flows.Sample(AgreesWithDense, iter: 300 * s_more);

    [Fact]
    public void A_loop_too_large_for_elimination_agrees_too() => AgreesWithDense(RandomFlows.Make(7, nodes: 600, linksPerNode: 6));

    [Theory]
    [InlineData(NetworkStructure.District, 0.1)]
    [InlineData(NetworkStructure.Local, 0.1)]
    [InlineData(NetworkStructure.Local, 0.001)]
    [InlineData(NetworkStructure.Random, 0.01)]
    public void A_generated_network_agrees_too(NetworkStructure structure, double boundary)
    {
        var generated = new GeneratedNetwork(1, new NetworkOptions(600, 3_300, structure, boundary));

        AgreesWithDense(new RandomFlows(generated.Network, generated.Step(1, 2), new double[600 * 2], 2));
    }

    [Fact]
    public void In_and_out_agree_in_any_network() => s_flows.Sample(
        flows => Assert.All(flows.Trace().Balances, balance => Assert.InRange(Math.Abs(balance.Difference), 0, 1e-12 * balance.Size)),
        iter: 1_000 * s_more);

    [Fact]
    public void A_node_split_in_two_changes_no_intensity() => s_flows.Sample(
        flows =>
        {
            // What comes to node 0 comes half to a twin; what either gives is half of what the one gave.
            var nodes = flows.Network.Nodes.Count;
            var links = new List<FlowLink>();
            var amounts = new List<double>();
            for (var link = 0; link < flows.Network.Links.Count; link++)
            {
                var (from, to) = (flows.Network.Links[link].From, flows.Network.Links[link].To);
                int[] froms = from == 0 ? [0, nodes] : [from];
                int[] tos = to == 0 ? [0, nodes] : [to];
                foreach (var (one, other) in froms.SelectMany(_ => tos, (one, other) => (one, other)))
                {
                    links.Add(new FlowLink(one, other));
                    amounts.Add(flows.Step.Flows[link] / froms.Length / tos.Length);
                }
            }

            double[] Halved(double[] values, int width) => [.. values.Select((value, index) => index < width ? value / 2 : value), .. values.Take(width).Select(value => value / 2)];
            var step = new FlowStep([.. amounts], Halved(flows.Step.FinalUse, 1), Halved(flows.Step.Export, 1), Halved(flows.Step.Stock, 1), Halved(flows.Step.Sources, flows.Footprints));
            var split = new FlowTracer(new FlowNetwork([.. flows.Network.Nodes, "twin"], links), flows.Footprints).Trace(step, Halved(flows.Opening, flows.Footprints));

            AssertClose(flows.Trace().Intensities, split.Intensities[..(nodes * flows.Footprints)], flows.Footprints);
        },
        iter: 200 * s_more);

    [Fact]
    public void Another_unit_changes_no_intensity_but_by_its_size() => s_flows.Sample(
        flows =>
        {
            double[] Scaled(double[] values) => Array.ConvertAll(values, value => value * 1000);
            var step = flows.Step with { Flows = Scaled(flows.Step.Flows), FinalUse = Scaled(flows.Step.FinalUse), Export = Scaled(flows.Step.Export), Stock = Scaled(flows.Step.Stock) };

            var inWatts = new FlowTracer(flows.Network, flows.Footprints, Enumerable.Repeat(1e-3, flows.Network.Nodes.Count).ToArray()).Trace(step, flows.Opening);

            AssertClose(flows.Trace().Intensities, Scaled(inWatts.Intensities), flows.Footprints);
        },
        iter: 200 * s_more);

    [Fact]
    public void Coverage_falls_by_just_what_a_missing_factor_covered() => s_flows.Sample(
        (flows) =>
        {
            // All that comes in, and what of it has a factor.
            double[] amounts = [.. flows.Network.Nodes.Select((_, node) => Math.Abs(flows.Step.Sources[node * flows.Footprints]))];
            double Covered(double[] covered) => new FlowTracer(flows.Network, 1).Trace(flows.Step with { Sources = covered }, []).Balances[0] is var balance ? balance.FinalUse + balance.Export + balance.Closing + balance.Residual : 0;
            var without = amounts.ToArray();
            without[0] = 0;

            Assert.Equal(amounts[0], Covered(amounts) - Covered(without), 1e-9 * amounts.Sum());
        },
        iter: 200 * s_more);

    [Fact]
    public void A_loop_that_gives_next_to_nothing_out_loses_no_digits()
    {
        var network = new FlowNetwork(["a", "b", "use"], [new(0, 1), new(1, 0), new(1, 2)]);
        var step = FlowStep.Of(network, 1);
        (step.Flows[0], step.Flows[1], step.Flows[2], step.FinalUse[2], step.Sources[0]) = (1e12, 1e12, 1e-3, 1e-3, 1);

        // A millionth of a millionth of a millionth of what goes round leaves, with all that came in.
        Assert.Equal(1000, new FlowTracer(network, 1).Trace(step, []).Intensities[2], 1e-9);
    }

    [Fact]
    public void What_enters_a_node_that_gives_nothing_on_is_kept_as_residual()
    {
        var network = new FlowNetwork(["grid", "meter"], [new(0, 1)]);
        var step = FlowStep.Of(network, 1);
        (step.Flows[0], step.Sources[0], step.FinalUse[1]) = (4, 100, 1e-7);

        var traced = new FlowTracer(network, 1).Trace(step, []);

        Assert.Equal([0.0, 100.0], traced.Residual);
        Assert.Equal([25.0, 0.0], traced.Intensities);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loop_without_a_way_out_is_named(bool alone)
    {
        var network = new FlowNetwork(["grid", "b", "a"], alone ? [new(0, 2), new(2, 2)] : [new(0, 1), new(1, 2), new(2, 1)]);
        var step = FlowStep.Of(network, 1);
        step.Flows.AsSpan().Fill(5);
        step.Sources[0] = 1;

        var mistake = Assert.Throws<FlowTracingException>(() => new FlowTracer(network, 1).Trace(step, []));

        Assert.Equal(alone ? ["a"] : ["a", "b"], mistake.Members);
    }

    [Fact]
    public void A_loop_without_a_way_out_that_receives_nothing_carries_nothing()
    {
        var network = new FlowNetwork(["a", "b"], [new(0, 1), new(1, 0)]);
        var step = FlowStep.Of(network, 1);
        step.Flows.AsSpan().Fill(5);

        Assert.Equal([0.0, 0.0], new FlowTracer(network, 1).Trace(step, []).Intensities);
    }

    [Theory]
    [InlineData(-1, "flows[0]")]
    [InlineData(double.NaN, "flows[0]")]
    public void What_is_no_amount_is_named(double amount, string field)
    {
        var network = new FlowNetwork(["grid", "homes"], [new(0, 1)]);
        var step = FlowStep.Of(network, 1);
        step.Flows[0] = amount;

        var mistake = Assert.Throws<FlowTracingException>(() => new FlowTracer(network, 1).Trace(step, []));

        Assert.Equal(field, mistake.Field);
        Assert.Equal(["grid", "homes"], mistake.Members);
    }

    [Fact]
    public void A_tracer_forgets_the_step_before()
    {
        var flows = RandomFlows.Make(3, 40);
        var tracer = new FlowTracer(flows.Network, flows.Footprints);
        tracer.Trace(RandomFlows.Make(3, 40).Step with { Flows = new double[flows.Step.Flows.Length] }, []);

        Assert.Equal(flows.Trace().Intensities, tracer.Trace(flows.Step, flows.Opening).Intensities);
    }

    private static void AgreesWithDense(RandomFlows flows) => AssertClose(flows.Densely(), flows.Trace().Intensities, flows.Footprints);

    // To 1e-9 of the largest of a footprint.
    private static void AssertClose(double[] expected, double[] actual, int footprints)
    {
        for (var footprint = 0; footprint < footprints; footprint++)
        {
            var size = expected.Where((_, index) => index % footprints == footprint).Max(Math.Abs);
            for (var index = footprint; index < expected.Length; index += footprints)
            {
                Assert.True(Math.Abs(expected[index] - actual[index]) <= 1e-9 * size, $"node {index / footprints}, footprint {footprint}: {expected[index]:R} and {actual[index]:R}");
            }
        }
    }
}
