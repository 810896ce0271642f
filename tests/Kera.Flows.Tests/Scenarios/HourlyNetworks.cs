namespace Kera.Flows.Tests.Scenarios;

/// <summary>Heat in pipes: plants put in, meters take out, hour by hour, and readings arrive in any order.</summary>
public class HourlyNetworks
{
    private readonly Town town = new();
    private readonly Agent utility;
    private readonly Agent house;
    private readonly Agent plantOwner;
    private readonly Agent abroad;
    private readonly EconomicResource heat;
    private readonly Process plant;
    private readonly Process meter;

    public HourlyNetworks()
    {
        (utility, house, plantOwner, abroad) = (town.Agent("utility"), town.Agent("house"), town.Agent("plant owner"), town.Outside("next town"));
        heat = town.Network("heat", town.Kind("heat", "kWh"));
        (plant, meter) = (town.Process("plant", continuous: true), town.Process("meter", continuous: true));
    }

    private EconomicEvent Fed(decimal amount, int hour) =>
        town.Event("produce", plantOwner, utility, heat, amount) with { OutputOf = plant, PointInTime = null, Beginning = Town.At(hour), End = Town.At(hour + 1) };

    private EconomicEvent Used(decimal amount, int hour) =>
        town.Event("consume", utility, house, heat, amount) with { InputOf = meter, PointInTime = null, Beginning = Town.At(hour), End = Town.At(hour + 1) };

    [Fact]
    public void The_difference_of_in_and_out_may_be_short()
    {
        town.Happens(Fed(100, 1), Used(98, 1), Used(3, 1));
        town.Has(heat, -1, -1, utility, utility);
    }

    [Fact]
    public void Readings_arrive_in_any_order()
    {
        town.Happens(Fed(100, 9));
        town.Happens(Used(40, 3), Fed(50, 2), Used(90, 9));

        town.Has(heat, 20, 20);
        Assert.Equal(50, town.Book.StateAt(heat, Town.At(2))!.Value.Accounting.ToDecimal());
        Assert.Equal(10, town.Book.StateAt(heat, Town.At(8))!.Value.Onhand.ToDecimal());
        Assert.Null(town.Book.StateAt(heat, Town.At(1)));
    }

    [Fact]
    public void Before_anything_is_fed_into_the_log_nothing_is_taken()
    {
        town.Refuses<NotThereYet>(Used(1, 5));
        town.Happens(Fed(1, 9));
        town.Happens(Used(1, 5));
    }

    [Fact]
    public void The_first_in_the_log_makes_the_holder_for_good()
    {
        town.Happens(Fed(1, 9));
        town.Refuses<NotEntitled>(Fed(1, 2) with { Receiver = house });
        town.Refuses<NotEntitled>(Used(1, 9) with { Provider = plantOwner });
    }

    [Fact]
    public void Import_and_export_have_one_side_here()
    {
        town.Happens(
            town.Event("transfer", abroad, utility, null, 30, heat),
            town.Event("transfer", utility, abroad, heat, 45));
        town.Has(heat, -15, -15, utility, utility);
    }

    [Fact]
    public void A_network_is_not_handed_over_inside() => town.Refuses<NotForNetworks>(Opened("transfer", house));

    [Theory]
    [InlineData("transferCustody")]
    [InlineData("transferAllRights")]
    public void Nor_by_halves(string action) => town.Refuses<NotForNetworks>(Opened(action, house));

    [Fact]
    public void Nor_carried() => town.Refuses<NotForNetworks>(Opened("pickup", utility) with { InputOf = meter });

    [Fact]
    public void It_has_no_place() => town.Refuses<UnexpectedEffect>(Fed(1, 1) with { ToLocation = town.Place("pipe") });

    [Fact]
    public void A_reading_is_corrected_whatever_came_after()
    {
        var first = town.Happens(Fed(100, 1));
        town.Happens(Used(100, 2));
        town.Happens(Town.Correction(first, -60));
        town.Has(heat, -60, -60);
    }

    [Fact]
    public void Corrected_to_nothing_the_first_reading_leaves_the_network_to_its_holder()
    {
        var first = town.Happens(Fed(100, 1));
        town.Happens(Used(40, 2));
        town.Happens(Town.Correction(first, -100));
        town.Has(heat, -40, -40, utility, utility);
    }

    private EconomicEvent Opened(string action, Agent receiver)
    {
        town.Happens(Fed(1, 1));
        return town.Event(action, utility, receiver, heat, 1);
    }
}
