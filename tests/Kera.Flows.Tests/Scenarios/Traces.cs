namespace Kera.Flows.Tests.Scenarios;

/// <summary>Where something came from and where it went.</summary>
public class Traces
{
    private readonly Town town = new();
    private readonly Agent mason;
    private readonly Agent builder;
    private readonly ResourceSpecification brick;

    public Traces()
    {
        (mason, builder) = (town.Agent("mason"), town.Agent("builder"));
        brick = town.Kind("brick", "1");
    }

    private long[] Walk(EconomicEvent start, TraceDirection direction, int limit = 1_000) =>
        [.. Tracer.Walk(new TraceIndex(town.Log), start, direction, limit).Select(step => step.Event.Position).Order()];

    private long[] Walk(EconomicResource start, TraceDirection direction) =>
        [.. Tracer.Walk(new TraceIndex(town.Log), start, direction, 1_000).Select(step => step.Event.Position).Order()];

    private static long[] Positions(params EconomicEvent[] events) => [.. events.Select(happening => happening.Position).Order()];

    [Fact]
    public void Over_a_process_a_transfer_and_a_move_both_ways()
    {
        var kiln = town.Process("kiln");
        var (clay, pallet, site, wall) = (town.Stock("clay", town.Kind("clay", "t")), town.Stock("pallet", brick), town.Stock("site", brick), town.Stock("wall", brick));
        var unrelated = town.Stock("unrelated", brick);
        var dug = town.Opens(mason, clay, 10);
        town.Opens(mason, unrelated, 7);
        var fired = town.Happens(town.Event("consume", mason, clay, 4) with { InputOf = kiln });
        var made = town.Happens(town.Event("produce", mason, pallet, 900) with { OutputOf = kiln });
        var sold = town.Happens(town.Event("transfer", mason, builder, pallet, 300, site));
        var moved = town.Happens(town.Event("move", builder, site, 300, wall));

        Assert.Equal(Positions(dug, fired, made, sold, moved), Walk(wall, TraceDirection.Trace));
        Assert.Equal(Positions(dug, fired, made, sold, moved), Walk(dug, TraceDirection.Track));
        Assert.Equal(Positions(dug, fired, made), Walk(made, TraceDirection.Trace));
    }

    [Fact]
    public void A_later_addition_does_not_feed_an_earlier_sale()
    {
        var (pallet, site) = (town.Stock("pallet", brick), town.Stock("site", brick));
        var opening = town.Opens(mason, pallet, 300);
        var sold = town.Happens(town.Event("transfer", mason, builder, pallet, 300, site));
        var later = town.Opens(mason, pallet, 50);

        Assert.Equal(Positions(opening, sold), Walk(sold, TraceDirection.Trace));
        Assert.Equal(Positions(later), Walk(later, TraceDirection.Track));
    }

    [Fact]
    public void A_repair_is_crossed_by_the_thing_itself()
    {
        var repair = town.Process("repair");
        var bicycle = town.Thing("bicycle", town.Kind("bicycle", "1"));
        var bought = town.Opens(mason, bicycle, 1);
        var accepted = town.Happens(town.Event("accept", mason, bicycle, 1) with { InputOf = repair });
        var modified = town.Happens(town.Event("modify", mason, bicycle, 1) with { OutputOf = repair });

        Assert.Equal(Positions(bought, accepted, modified), Walk(modified, TraceDirection.Trace));
        Assert.Equal(Positions(bought, accepted, modified), Walk(bought, TraceDirection.Track));
    }

    [Fact]
    public void What_lies_in_a_box_goes_where_the_box_goes()
    {
        var packing = town.Process("packing");
        var (cups, box) = (town.Stock("cups", brick), town.Thing("box", town.Kind("carton", "1")));
        town.Opens(mason, cups, 24);
        town.Opens(mason, box, 1);
        var packed = town.Happens(town.Event("combine", mason, cups, 24, box) with { InputOf = packing });
        var sent = town.Happens(town.Event("transfer", mason, builder, box, 1));

        Assert.Contains(sent.Position, Walk(packed, TraceDirection.Track));
        Assert.Contains(packed.Position, Walk(sent, TraceDirection.Trace));
    }

    [Fact]
    public void A_correction_is_found_with_what_it_corrects()
    {
        var pallet = town.Stock("pallet", brick);
        var opening = town.Opens(mason, pallet, 300);
        var correction = town.Happens(Town.Correction(opening, -10));

        var steps = Tracer.Walk(new TraceIndex(town.Log), opening, TraceDirection.Track, 100);

        Assert.Equal((TraceVia.Correction, (long?)opening.Position), steps.Where(step => step.Event.Position == correction.Position).Select(step => (step.Via, step.From)).Single());
    }

    [Fact]
    public void A_circle_ends_where_it_closes()
    {
        var (yard, site) = (town.Stock("yard", brick), town.Stock("site", brick));
        town.Opens(mason, yard, 10);
        for (var round = 0; round < 5; round++)
        {
            town.Happens(town.Event("move", mason, yard, 10, site));
            town.Happens(town.Event("move", mason, site, 10, yard));
        }

        Assert.Equal(town.Log.Select(happening => happening.Position), Walk(town.Log[0], TraceDirection.Track));
        Assert.Equal(town.Log.Select(happening => happening.Position), Walk(town.Log[^1], TraceDirection.Trace));
    }

    [Fact]
    public void A_network_and_a_continuous_process_are_crossed_only_within_the_hour()
    {
        var heat = town.Network("heat", town.Kind("heat", "kWh"));
        var (plant, meter) = (town.Process("plant", continuous: true), town.Process("meter", continuous: true));
        EconomicEvent Fed(int hour) => town.Happens(town.Event("produce", mason, heat, 10) with { OutputOf = plant, PointInTime = null, Beginning = Town.At(hour) });
        EconomicEvent Used(int hour) => town.Happens(town.Event("consume", mason, builder, heat, 10) with { InputOf = meter, PointInTime = null, Beginning = Town.At(hour) });
        var (fedFirst, fedSecond, usedFirst, usedSecond) = (Fed(1), Fed(2), Used(1), Used(2));

        Assert.Equal(Positions(fedFirst, usedFirst), Walk(usedFirst, TraceDirection.Trace));
        Assert.Equal(Positions(fedSecond, usedSecond), Walk(fedSecond, TraceDirection.Track));
    }

    [Fact]
    public void The_nearest_come_first_and_no_more_than_asked()
    {
        var yard = town.Stock("yard", brick);
        town.Opens(mason, yard, 10);
        var last = town.Log[0];
        var from = yard;
        for (var number = 0; number < 9; number++)
        {
            var next = town.Stock($"heap {number}", brick);
            last = town.Happens(town.Event("move", mason, from, 10, next));
            from = next;
        }

        var steps = Tracer.Walk(new TraceIndex(town.Log), last, TraceDirection.Trace, 4);

        Assert.Equal([0, 1, 2, 3], steps.Select(step => step.Distance));
        Assert.Equal((TraceVia.Start, null), (steps[0].Via, steps[0].From));
    }
}
