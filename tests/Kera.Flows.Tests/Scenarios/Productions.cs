namespace Kera.Flows.Tests.Scenarios;

/// <summary>Processes that turn one thing into others.</summary>
public class Productions
{
    private readonly Town town = new();
    private readonly Agent crusher;
    private readonly Agent city;
    private readonly EconomicResource concrete;
    private readonly EconomicResource gravel;
    private readonly EconomicResource steel;
    private readonly Process crushing;

    public Productions()
    {
        (crusher, city) = (town.Agent("crusher"), town.Agent("city"));
        concrete = town.Stock("rubble", town.Kind("concrete", "t"));
        gravel = town.Stock("gravel", town.Kind("gravel", "t"));
        steel = town.Stock("steel", town.Kind("steel", "kg"));
        crushing = town.Process("crushing", "crushed");
        town.Opens(city, concrete, 100);
    }

    [Fact]
    public void One_input_becomes_two_co_products_in_one_transaction()
    {
        town.Happens(
            town.Event("consume", city, crusher, concrete, 100) with { InputOf = crushing },
            town.Effort("work", crusher, city, crushing, 8) with { ConformsTo = town.Kind("labour", "1") },
            town.Event("produce", crusher, city, gravel, 96) with { OutputOf = crushing },
            town.Event("produce", crusher, city, steel, 3_500) with { OutputOf = crushing });

        town.Has(concrete, 0, 0, city);
        town.Has(gravel, 96, 96, city, city);
        town.Has(steel, 3_500, 3_500, city, city);
        Assert.Equal(crushing.BasedOn, town.State(gravel).Stage);
    }

    [Fact]
    public void What_is_made_for_another_is_the_other_s_and_counts_once()
    {
        town.Happens(town.Event("produce", crusher, city, gravel, 10) with { OutputOf = crushing });

        town.Has(gravel, 10, 10, city, city);
        town.Refuses<NotEntitled>(town.Event("consume", crusher, gravel, 1) with { InputOf = crushing });
    }

    [Fact]
    public void A_stock_is_added_to_only_for_who_answers_for_it()
    {
        town.Happens(town.Event("produce", crusher, city, gravel, 10) with { OutputOf = crushing });
        town.Refuses<NotEntitled>(town.Event("produce", crusher, gravel, 10) with { OutputOf = crushing });
    }

    [Fact]
    public void Amounts_are_kept_in_the_specification_s_unit()
    {
        var made = town.Happens(town.Event("produce", crusher, steel, 1.5m) with { ResourceUnit = Unit.Find("t"), OutputOf = crushing });

        Assert.Equal((Town.Amount(1_500), "kg"), (made.ResourceQuantity!.Value, made.ResourceUnit!.Code));
        town.Refuses<WrongUnit>(town.Event("produce", crusher, steel, 1) with { ResourceUnit = Unit.Find("kWh"), OutputOf = crushing });
        town.Refuses<WrongUnit>(town.Event("consume", city, concrete, 0.1m) with { ResourceUnit = Unit.Find("g"), InputOf = crushing });
    }

    [Fact]
    public void A_drawing_is_cited_and_copied_without_becoming_less()
    {
        var plan = town.Kind("drawing", "1");
        var (drawing, copy) = (town.Stock("drawing", plan), town.Stock("copy", plan));
        town.Opens(city, drawing, 1);

        town.Happens(town.Event("cite", city, drawing, 1) with { InputOf = crushing });
        town.Happens(town.Event("copy", city, crusher, drawing, 3, copy));

        town.Has(drawing, 1, 1, city, city);
        town.Has(copy, 3, 3, crusher, crusher);
    }

    [Fact]
    public void A_service_moves_no_stock()
    {
        var ride = town.Kind("ride", "{person}.km");
        town.Happens(town.Event("deliverService", crusher, city, null, 120) with { ConformsTo = ride, ResourceUnit = ride.Unit, OutputOf = crushing });
        town.Refuses<UnexpectedResource>(town.Event("deliverService", crusher, city, concrete, 120) with { OutputOf = crushing });
    }
}
