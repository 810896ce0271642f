using CsCheck;
using Kera.Features.Flows;
using Kera.Flows;
using NodaTime;

namespace Kera.Tests.Features.Flows;

public sealed class FlowsSankeyTests
{
    private static readonly FlowsWindow Window = new(BarWidth.Day, new LocalDate(2026, 11, 1), DateTimeZoneProviders.Tzdb["Europe/Helsinki"]);
    private static readonly FlowsQuery All = new();
    private static readonly Noun Utility = new("utility", "Utility");
    private static readonly Noun Homes = new("homes", "Homes");
    private static readonly Noun Carrier = new("carrier", "Carrier");
    private static readonly Noun Network = new("network", "Network");
    private static readonly Noun Heap = new("heap", "Heap");
    private static readonly Noun Kind = new("kind", "Kind");

    // A few nouns of each kind, so that flows meet in the same nodes.
    private static readonly Gen<Flow> Flows =
        from action in Gen.Int[0, FlowAction.All.Count - 1]
        from provider in Gen.Int[0, 20]
        from receiver in Gen.Int[0, 20]
        from resource in Gen.Int[-1, 14]
        from toResource in Gen.Int[-1, 14]
        from process in Gen.Int[-1, 14]
        from outward in Gen.Bool
        select new Flow(
            FlowAction.All[action].Name,
            new Noun($"a{provider}", "A"),
            new Noun($"a{receiver}", "A"),
            resource < 0 ? null : new Noun($"r{resource}", "R"),
            toResource < 0 ? null : new Noun($"r{toResource}", "R"),
            process < 0 ? null : new Noun($"p{process}", "P"),
            Kind,
            "kWh",
            null)
        {
            Network = resource is >= 0 and < 3 || toResource is >= 0 and < 3,
            Outward = outward,
        };

    private static readonly Gen<FlowAmount[]> Amounts =
        (from flow in Flows from day in Gen.Int[0, 29] from quantity in Gen.Long[-2_000_000, 20_000_000] select new FlowAmount(flow, Window.Starts[day], new Quantity(quantity), 1)).Array[1, 60];

    [Fact]
    public void The_bands_add_up_to_the_total_of_the_table_whatever_is_drawn() => Amounts.Sample(amounts =>
    {
        foreach (var query in new[] { All, new FlowsQuery { Agent = "a1" }, new FlowsQuery { Place = "somewhere" } })
        {
            foreach (var movement in new FlowsOverview(amounts, Window, null, null).Movements)
            {
                var sankey = new FlowsSankey(amounts, movement.Action, movement.Unit, query);

                Assert.Equal(movement.Quantity, Sum(sankey.Bands.Select(band => band.Counted)) + sankey.LeftOut);
                Assert.Equal(movement.Quantity, Sum(sankey.Drawn.Select(band => band.Counted)) + sankey.LeftOut);
                Assert.Equal(Sum(sankey.Bands.Select(band => band.Quantity)), Sum(sankey.Drawn.Select(band => band.Quantity)));
            }
        }
    });

    [Fact]
    public void Every_network_gives_what_it_gets_and_the_difference_is_named() => Amounts.Sample(amounts =>
    {
        foreach (var movement in new FlowsOverview(amounts, Window, null, null).Movements)
        {
            var sankey = new FlowsSankey([.. amounts.Where(amount => amount.Quantity > Quantity.Zero)], movement.Action, movement.Unit, All);
            var networks = sankey.Bands.Where(band => band.From.Kind == SankeyKind.Unmetered || band.To.Kind == SankeyKind.Loss)
                .Select(band => band.From.Column == 1 ? band.From : band.To);
            Assert.All(networks, network => Assert.Equal(
                Sum(sankey.Bands.Where(band => band.To == network).Select(band => band.Quantity)),
                Sum(sankey.Bands.Where(band => band.From == network).Select(band => band.Quantity))));
        }
    });

    [Fact]
    public void No_column_has_more_nodes_than_can_be_read() => Amounts.Sample(amounts =>
    {
        foreach (var movement in new FlowsOverview(amounts, Window, null, null).Movements)
        {
            var columns = new FlowsSankey(amounts, movement.Action, movement.Unit, All).Drawn
                .SelectMany(band => new[] { band.From, band.To }).Distinct().Where(point => !point.IsDifference).GroupBy(point => point.Column);
            Assert.All(columns, column => Assert.InRange(column.Count(), 1, 10));
        }
    });

    [Fact]
    public void What_a_network_loses_stands_beside_what_was_taken_from_it()
    {
        var sankey = Sankey("consume", Into(Network, "plant", 100, network: true), OutOf(Network, "heating", 93, network: true));

        Assert.Equal([("plant", "network", 100), ("network", "heating", 93), ("network", "Loss", 7)], Told(sankey));
    }

    [Fact]
    public void What_nobody_measured_stands_beside_what_was_put_in()
    {
        var sankey = Sankey("produce", Into(Network, "plant", 90, network: true), OutOf(Network, "heating", 93, network: true));

        Assert.Equal([("network", "heating", 93), ("plant", "network", 90), ("Unmetered", "network", 3)], Told(sankey));
    }

    [Fact]
    public void Import_into_a_network_and_export_out_of_it_are_part_of_it()
    {
        var import = Day(new Flow("transfer", Carrier, Utility, null, Network, null, Kind, "kWh", null) { Network = true }, 50);
        var export = Day(new Flow("transfer", Utility, Carrier, Network, null, null, Kind, "kWh", null) { Network = true, Outward = true }, 20);

        Assert.Equal(
            [("carrier", "network", 50), ("network", "heating", 30), ("network", "carrier", 20)],
            Told(Sankey("consume", import, export, OutOf(Network, "heating", 30, network: true))));
    }

    [Fact]
    public void Of_a_part_of_a_network_no_difference_is_told()
    {
        var amounts = new[] { OutOf(Network, "heating", 93, network: true) };

        Assert.Equal([("network", "heating", 93)], Told(new FlowsSankey(amounts, "consume", "kWh", new FlowsQuery { Agent = "homes" })));
        Assert.Equal([("network", "heating", 93)], Told(new FlowsSankey(amounts, "consume", "kWh", new FlowsQuery { Place = "block" })));
    }

    [Fact]
    public void A_stock_keeps_what_is_left_and_ends_a_band_where_nothing_was_taken()
    {
        Assert.Equal([("yard", "heap", 10), ("heap", "street", 7), ("heap", "IntoStock", 3)], Told(Sankey("produce", Into(Heap, "yard", 10), OutOf(Heap, "street", 7))));
        Assert.Equal([("yard", "heap", 10)], Told(Sankey("produce", Into(Heap, "yard", 10))));
    }

    [Fact]
    public void A_transfer_goes_from_provider_to_receiver()
    {
        var transfer = Day(new Flow("transfer", Homes, Carrier, Heap, null, null, Kind, "kWh", null) { Outward = true }, 4);

        Assert.Equal([("homes", "carrier", 4)], Told(Sankey("transfer", transfer)));
    }

    [Fact]
    public void What_only_changes_hands_is_not_gone()
    {
        var handed = Day(new Flow("transfer", Homes, Utility, Heap, null, null, Kind, "kWh", null), 7);

        Assert.Equal([("yard", "heap", 10), ("heap", "street", 3), ("heap", "IntoStock", 7)], Told(Sankey("produce", Into(Heap, "yard", 10), OutOf(Heap, "street", 3), handed)));
    }

    [Fact]
    public void A_flow_that_corrections_made_negative_is_told_and_not_drawn()
    {
        var sankey = Sankey("consume", OutOf(Heap, "street", 7), OutOf(Heap, "garden", -2));

        Assert.Equal([("heap", "street", 7)], Told(sankey));
        Assert.Equal((1, Quantity.Whole(-2)), (sankey.NegativeBands, sankey.LeftOut));
    }

    [Fact]
    public void The_smallest_of_many_are_gathered_and_counted()
    {
        var sankey = Sankey("consume", [.. Enumerable.Range(1, 20).Select(at => OutOf(Heap, $"use-{at:00}", at))]);

        var others = Assert.Single(sankey.Drawn, band => band.To.Kind == SankeyKind.Others);
        Assert.Equal((11, Quantity.Whole(66)), (others.To.Count, others.Quantity));
        Assert.Equal(20, sankey.Bands.Count);
    }

    private static FlowsSankey Sankey(string action, params FlowAmount[] amounts) => new(amounts, action, "kWh", All);

    private static List<(string From, string To, int Amount)> Told(FlowsSankey sankey) =>
        [.. sankey.Bands.Select(band => (Name(band.From), Name(band.To), (int)band.Quantity.ToDecimal()))];

    private static string Name(SankeyPoint point) => point.Noun?.Key ?? point.Kind.ToString();

    private static FlowAmount Into(Noun resource, string process, long units, bool network = false) =>
        Day(new Flow("produce", Homes, Utility, resource, null, new Noun(process, process), Kind, "kWh", null) { Network = network }, units);

    private static FlowAmount OutOf(Noun resource, string process, long units, bool network = false) =>
        Day(new Flow("consume", Utility, Homes, resource, null, new Noun(process, process), Kind, "kWh", null) { Network = network }, units);

    private static FlowAmount Day(Flow flow, long units) => new(flow, Window.Starts[0], Quantity.Whole(units), 1);

    private static Quantity Sum(IEnumerable<Quantity> quantities) => quantities.Aggregate(Quantity.Zero, (sum, quantity) => sum + quantity);
}
