namespace Kera.Flows.Tests.Scenarios;

/// <summary>A carrier picks up soil at one place and drops it off at another.</summary>
public class Transports
{
    private readonly Town town = new();
    private readonly Agent site;
    private readonly Agent carrier;
    private readonly Agent park;
    private readonly EconomicResource soil;
    private readonly SpatialThing pit;
    private readonly SpatialThing garden;
    private readonly Process trip;

    public Transports()
    {
        (site, carrier, park) = (town.Agent("site"), town.Agent("carrier"), town.Agent("park"));
        soil = town.Stock("soil", town.Kind("soil", "t"));
        (pit, garden) = (town.Place("pit"), town.Place("garden"));
        trip = town.Process("trip", "carried");
        town.Happens(town.Event("produce", site, soil, 12) with { OutputOf = town.Process("digging"), ToLocation = pit });
    }

    private EconomicEvent Pickup(decimal amount) => town.Event("pickup", site, carrier, soil, amount) with { InputOf = trip };

    private EconomicEvent Dropoff(Agent to, decimal amount) => town.Event("dropoff", carrier, to, soil, amount) with { OutputOf = trip, ToLocation = garden };

    [Fact]
    public void On_the_way_it_is_in_nobody_s_stock_and_the_site_still_answers_for_it()
    {
        town.Happens(Pickup(12));
        town.Has(soil, 12, 0, site, carrier);

        town.Happens(Dropoff(park, 12));
        town.Has(soil, 12, 12, site, park);
        Assert.Equal((garden, trip.BasedOn), (town.State(soil).Location, town.State(soil).Stage));
    }

    [Fact]
    public void The_carrier_takes_all_or_a_resource_of_its_own() =>
        town.Refuses<DividedHands>(Pickup(8));

    [Fact]
    public void It_can_come_off_the_truck_in_two_heaps_and_then_be_handed_over()
    {
        town.Happens(Pickup(12));
        town.Happens(Dropoff(carrier, 5), Dropoff(carrier, 7));
        town.Has(soil, 12, 12, site, carrier);

        town.Happens(town.Event("transferCustody", carrier, park, soil, 12));
        town.Has(soil, 12, 12, site, park);
    }

    [Fact]
    public void The_second_heap_cannot_go_to_another_keeper()
    {
        town.Happens(Pickup(12));
        town.Happens(Dropoff(carrier, 5));

        town.Refuses<DividedHands>(Dropoff(park, 7));
    }

    [Fact]
    public void No_more_comes_off_than_went_on()
    {
        town.Happens(Pickup(12));
        Assert.False(town.Book.Append([Dropoff(park, 12.000001m)]).Accepted);
    }

    [Fact]
    public void It_comes_off_the_same_trip()
    {
        town.Happens(Pickup(12));
        town.Refuses<WrongPairing>(Dropoff(park, 12) with { OutputOf = town.Process("another trip") });
    }

    [Fact]
    public void What_was_picked_up_is_not_modified()
    {
        town.Happens(Pickup(12));
        town.Refuses<WrongPairing>(town.Event("modify", carrier, park, soil, 12) with { OutputOf = trip });
    }

    [Fact]
    public void Nothing_comes_off_that_never_went_on() => Assert.False(town.Book.Append([town.Event("dropoff", site, soil, 1) with { OutputOf = trip }]).Accepted);

    [Fact]
    public void A_pickup_of_nothing_says_nothing() => town.Refuses<NothingMoved>(Pickup(0));

    [Fact]
    public void While_it_is_away_it_cannot_be_used_up()
    {
        town.Happens(Pickup(12));
        town.Refuses<Overdraft>(town.Event("consume", site, soil, 1) with { InputOf = town.Process("planting") });
    }

    [Fact]
    public void The_owner_may_sell_it_while_it_is_away()
    {
        town.Happens(Pickup(12));
        town.Happens(town.Event("transferAllRights", site, park, soil, 12));
        town.Happens(Dropoff(park, 12));

        town.Has(soil, 12, 12, park, park);
    }
}
